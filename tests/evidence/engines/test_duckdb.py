"""The embedded engine: exact values, plain errors, time limits, and nothing reachable once sealed."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.duckdb import DuckDB, open_engine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[DuckDB]:
    engine = open_engine(memory_limit="500MB", threads=2, temp_dir=tmp_path / "spill")
    yield engine
    engine.close()


def test_integers_decimals_and_times_are_exact(engine: DuckDB) -> None:
    frame = engine.run(
        "SELECT 9007199254740993::HUGEINT a, 99999999999999999999::HUGEINT b, 0.10::DECIMAL(38,2) c,"
        " DATE '2018-05-10' d, TIMESTAMP '2018-05-10 12:00:00.5' e, TIMESTAMPTZ '2018-05-10 12:00+02' f,"
        " NULL g, [1, 2] h, true i, 'é' j"
    )
    assert frame.one() == (
        9007199254740993,
        99999999999999999999,
        Decimal("0.10"),
        datetime.date(2018, 5, 10),
        datetime.datetime(2018, 5, 10, 12, 0, 0, 500000),
        datetime.datetime(2018, 5, 10, 10),
        None,
        [1, 2],
        True,
        "é",
    )
    assert str(frame.values("c")[0]) == "0.10"


def test_wide_integers_keep_their_order_and_their_nulls(engine: DuckDB) -> None:
    frame = engine.run("FROM (VALUES (1::HUGEINT), (99999999999999999999), (NULL)) t(x) ORDER BY x DESC NULLS LAST")
    assert frame.values("x") == [99999999999999999999, 1, None]


def test_sums_of_bigints_come_as_a_numpy_integer_column(engine: DuckDB) -> None:
    frame = engine.run("SELECT i % 3 AS k, sum(i) AS s FROM range(9) r(i) GROUP BY k ORDER BY k")
    assert frame.columns[1].dtype.kind == "i"
    assert frame.rows() == [(0, 9), (1, 12), (2, 15)]


def test_labels_of_an_enum_are_text_and_their_nulls_are_nulls(engine: DuckDB) -> None:
    frame = engine.run("SELECT unnest(['x', NULL, 'y'])::ENUM('x', 'y') AS label, 7::HUGEINT AS n")
    assert frame.rows() == [("x", 7), (None, 7), ("y", 7)]


def test_equal_column_names_do_not_hide_one_another(engine: DuckDB) -> None:
    assert engine.run("SELECT 1 AS x, 2::HUGEINT AS x").rows() == [(1, 2)]


@pytest.mark.parametrize(
    ("sql", "part"),
    [
        ("SELECT CAST(x AS INT) FROM (VALUES ('1'), ('n/a')) t(x)", "'n/a'"),
        ("SELECT 9223372036854775807::BIGINT * i FROM range(5) r(i)", "Overflow"),
        ("FROM nowhere", "nowhere"),
    ],
)
def test_errors_are_one_plain_line(engine: DuckDB, sql: str, part: str) -> None:
    with pytest.raises(EvidenceError) as caught:
        engine.run(sql)
    assert part in caught.value.message
    assert "\n" not in caught.value.message
    assert "LINE 1" not in caught.value.message
    assert "Error:" not in caught.value.message


def test_a_long_message_is_cut(engine: DuckDB) -> None:
    with pytest.raises(EvidenceError) as caught:
        engine.run(f"SELECT CAST('{'x' * 5000}' AS INT)")
    assert len(caught.value.message) <= 300


def test_a_runaway_query_stops_and_the_engine_goes_on(engine: DuckDB) -> None:
    began = time.monotonic()
    with pytest.raises(EvidenceError, match=r"took longer than 0\.3 s"):
        engine.run("SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b", timeout=0.3)
    assert time.monotonic() - began < 10
    assert engine.run("SELECT 1").one() == (1,)


def test_a_query_that_finishes_in_time_is_not_interrupted_later(engine: DuckDB) -> None:
    for _ in range(20):
        engine.run("SELECT 1", timeout=0.02)
    time.sleep(0.05)
    assert engine.run("SELECT count(*) FROM range(3000000) r(i) WHERE i % 2 = 0").one() == (1500000,)


def test_schema_names_types_and_families(engine: DuckDB) -> None:
    engine.execute('CREATE TABLE "Моя таб" ("Page Name" VARCHAR, n BIGINT, d DECIMAL(18,2), t TIMESTAMP, l VARCHAR[])')
    families = {c.name: c.family for c in engine.schema("Моя таб").values()}
    assert families == {
        "Page Name": Family.TEXT,
        "n": Family.INTEGER,
        "d": Family.DECIMAL,
        "t": Family.TIMESTAMP,
        "l": Family.LIST,
    }


def test_a_sealed_engine_reaches_nothing_but_its_own_files(engine: DuckDB, tmp_path: Path) -> None:
    kept, other = tmp_path / "kept.parquet", tmp_path / "other.csv"
    other.write_text("a\n1\n")
    engine.execute(f"COPY (SELECT 7 AS a) TO '{kept}'")
    engine.execute(f"CREATE VIEW kept AS FROM '{kept}'")
    engine.seal([kept])
    assert engine.run("FROM kept").rows() == [(7,)]
    for attack in (
        f"FROM '{other}'",
        "SELECT * FROM read_text('/etc/passwd')",
        "FROM glob('/etc/*')",
        f"COPY (SELECT 1) TO '{tmp_path / 'written.csv'}'",
        f"ATTACH '{tmp_path / 'db'}'",
        "SET memory_limit='100GB'",
        "SET allowed_paths=['/etc/passwd']",
        "INSTALL spatial",
        "LOAD httpfs",
        "FROM 'http://example.org/x.parquet'",
        "FROM other",
    ):
        with pytest.raises(EvidenceError):
            engine.run(attack)
    assert not (tmp_path / "written.csv").exists()


def test_python_variables_are_no_tables(engine: DuckDB) -> None:
    import pandas as pd

    secret = pd.DataFrame({"a": [1]})
    with pytest.raises(EvidenceError, match="secret"):
        engine.run("FROM secret")
    assert len(secret) == 1


@pytest.mark.parametrize("value", ["DATE '20000-01-01'", "DATE '0044-03-15 (BC)'", "TIMESTAMP 'infinity'"])
def test_dates_that_python_has_not_are_an_error_and_no_numbers(engine: DuckDB, value: str) -> None:
    with pytest.raises(EvidenceError, match="before the year 1 or after 9999"):
        engine.run(f"SELECT unnest([{value}, '2018-05-01']) AS day").values(0)
