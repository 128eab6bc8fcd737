"""Codes packed into words and words into columns come out again as they went in."""

from __future__ import annotations

import random

import numpy as np
import pytest

from factcheck.evidence.cells.axes import Axis
from factcheck.evidence.cells.dictionary import Few, _hashed
from factcheck.evidence.cells.session import Session
from factcheck.evidence.cells.words import BITS, columns_sql, key_sql, pack
from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.duckdb import open_engine

SIZES = {
    "one column of 31 bits": [71, 41, 26, 12, 10, 5, 3, 2],
    "one of 62": [4097, 300, 256, 71, 41, 26, 12, 10, 3],
    "several": [4097, 4096, 3000, 2500, 1000, 700, 256, 255, 71, 41, 2, 1],
    "one axis": [3],
}


@pytest.mark.parametrize("bits", [0, 31, BITS])
@pytest.mark.parametrize("sizes", SIZES.values(), ids=SIZES.keys())
def test_every_code_is_had_again(sizes: list[int], bits: int) -> None:
    axes = [Axis(f"axis {i}", f"c{i}", size) for i, size in enumerate(sizes)]
    words = pack(axes, bits)
    assert all(word.shift + word.bits <= max(bits, word.bits) for word in words)
    rng = random.Random(1)
    # The largest and the smallest codes of all, then any.
    rows = [[size - 1 for size in sizes], [0 for _ in sizes]]
    rows += [[rng.randrange(size) for size in sizes] for _ in range(300)]
    values = ", ".join(f"({i}, {', '.join(map(str, row))})" for i, row in enumerate(rows))
    engine = open_engine(threads=2)
    try:
        engine.execute(f"CREATE TABLE codes AS FROM (VALUES {values}) t(r, {', '.join(a.sql for a in axes)})")
        columns = ", ".join(f"{sql} AS {name}" for name, sql in columns_sql(words).items())
        keys = [key_sql(words, {axis.name: np.arange(axis.size)}, {axis.name: 1}) for axis in axes]
        found = engine.run(f"SELECT {', '.join(keys)} FROM (SELECT r, {columns} FROM codes) ORDER BY r").rows()
    finally:
        engine.close()
    assert [list(row) for row in found] == rows


def test_words_of_a_table_share_columns_and_others_do_not() -> None:
    axes = [Axis(f"axis {i}", f"c{i}", 200) for i in range(9)]
    assert len(columns_sql(pack(axes, 0))) == 9
    assert len(columns_sql(pack(axes))) == 2  # seven words of eight bits, and two


@pytest.mark.parametrize("count", [1, 5, 41, 90, 150])
def test_a_code_for_every_text(count: int) -> None:
    texts = [f"text {i}" for i in range(count)]
    listed = ", ".join(f"('{text}')" for text in texts)
    engine = open_engine(threads=2)
    try:
        engine.execute(f"CREATE TABLE texts AS FROM (VALUES {listed}) t(x)")
        hashes = np.asarray(engine.run("SELECT HASH(x) FROM texts").columns[0]).astype(np.uint64)
        coding = _hashed(Few("x", "x", Family.TEXT), hashes)
        assert coding is not None
        sql, size, codes = coding
        found = engine.run(f"SELECT {sql} FROM texts").values(0)
    finally:
        engine.close()
    assert found == codes.tolist()
    assert sorted(found) == list(range(size))


def test_rows_are_counted_in_an_array_only_while_they_are_to_be() -> None:
    engine = open_engine(threads=2)
    try:
        engine.execute("CREATE TABLE numbers AS SELECT CAST(range % 100000 AS INTEGER) AS k FROM range(200000)")
        engine.seal()
        session = Session(engine)
        plan = "EXPLAIN SELECT k, COUNT(*) FROM numbers GROUP BY 1"
        before = str(engine.run(plan).rows())
        with session.dense(100_000):
            meanwhile = str(engine.run(plan).rows())
            counted = sorted(engine.run("SELECT k, COUNT(*) FROM numbers GROUP BY 1").rows())
        assert "Perfect" not in before
        assert "Perfect" in meanwhile
        assert str(engine.run(plan).rows()) == before
        assert counted == [(k, 2) for k in range(100_000)]
        with session.dense(1 << 40):  # too large for memory
            assert str(engine.run(plan).rows()) == before
        assert session.statements == []
    finally:
        engine.close()
