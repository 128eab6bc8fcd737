"""Totals of groups in drawn units: held against plain Python, and against the plain query that reports quote."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from typing import Any

import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.cells import answer
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.duckdb import open_engine
from factcheck.evidence.expressions import Scope, bind
from factcheck.evidence.patterns.drawn_groups import DrawnGroups, DrawnGroupsAnswer

GROUPS = {
    "VARCHAR": ["'a'", "'Ü'", "''", "'北京'", "NULL"],
    "BOOLEAN": ["TRUE", "FALSE", "NULL"],
    "DOUBLE": ["0.5", "3", "-1e300", "NULL"],
    "DATE": ["'2020-01-01'", "'1969-12-31'"],
    "ENUM('x', 'y')": ["'y'", "'x'", "NULL"],
    "DECIMAL(9,2)": ["1.10", "1.20"],
    "HUGEINT": ["170141183460469231731687303715884105727", "1"],
}


def asked(
    values: list[tuple[str, str, str]], kind: str, weight: str | None, cluster: str | None, base: str | None = None
) -> tuple[DrawnGroupsAnswer, list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The answer over the table t(c, w, g), its rows, and those of the first query that is quoted."""
    engine = open_engine()
    try:
        engine.execute(f"CREATE TABLE t (c INTEGER, w DOUBLE, g {kind})")
        listed = ", ".join(f"({', '.join(row)})" for row in values)
        engine.execute(f"INSERT INTO t VALUES {listed}")
        dataset = Dataset("t", engine.schema("t"), "t", completeness="complete")
        scope = Scope(dataset.columns, {}, None, "t")
        bound = [None if text is None else bind(text, scope) for text in (weight, cluster, base)]
        question = DrawnGroups("t", bind("g", scope), *bound)
        found = answer(engine, {"t": dataset}, [question])[question]
        if isinstance(found, EvidenceError):
            raise found
        assert isinstance(found, DrawnGroupsAnswer)
        return found, engine.run("SELECT c, w, g FROM t").rows(), engine.run(found.queries[0]).rows()
    finally:
        engine.close()


@pytest.mark.parametrize("kind", GROUPS)
@pytest.mark.parametrize(("weight", "cluster"), [("w", None), (None, "c"), ("w", "c")])
def test_against_plain_python(kind: str, weight: str | None, cluster: str | None) -> None:
    chosen = random.Random(kind)
    values = [(str(chosen.randrange(9)), chosen.choice(["0.5", "2", "0", "1.25"]), chosen.choice(GROUPS[kind]))
              for _ in range(200)]  # fmt: skip
    found, rows, quoted = asked(values, kind, weight, cluster)
    held: dict[Any, float] = defaultdict(float)
    n: Counter[Any] = Counter()
    squares: dict[Any, float] = defaultdict(float)
    for i, (c, w, g) in enumerate(rows):
        w = w if weight else 1.0
        held[(c if cluster else i), g] += w
        n[g] += 1
        squares[g] += w * w
    assert dict(zip(found.groups, found.n, strict=True)) == n
    assert dict(zip(found.groups, found.squares, strict=True)) == pytest.approx(squares)
    assert None not in found.groups[:-1]
    entries = sorted((found.groups[g] is None, str(found.groups[g]), total) for g, total, times in zip(
        found.group, found.total, found.times, strict=True) for _ in range(times))  # fmt: skip
    assert entries == sorted((g is None, str(g), total) for (_, g), total in held.items())  # exact in binary
    assert (found.drawn.n, found.drawn.units) == (200, len({row[0] for row in rows}) if cluster else 200)
    if cluster:
        together: dict[int, float] = defaultdict(float)
        for unit, total in zip(found.unit.tolist(), found.total.tolist(), strict=True):
            together[unit] += total
        by_unit: dict[Any, float] = defaultdict(float)
        for (c, _), total in held.items():
            by_unit[c] += total
        assert sorted(together.values()) == pytest.approx(sorted(by_unit.values()))
    assert {row[0]: row[-1] for row in quoted} == pytest.approx(
        {g: sum(total for (_, of), total in held.items() if of == g) for g in n}
    )


def test_no_rows_at_all() -> None:
    found, _, _ = asked([("1", "1", "'a'")], "VARCHAR", "w", "c", base="w > 5")
    assert (found.groups, len(found.unit), found.drawn.n) == ((), 0, 0)


@pytest.mark.parametrize(("row", "told"), [(("1", "-1", "'a'"), "negative"), (("1", "NULL", "'a'"), "empty"),
                                           (("NULL", "1", "'a'"), "cluster c is empty")])  # fmt: skip
def test_rows_of_which_it_is_not_known_how_they_were_drawn(row: tuple[str, str, str], told: str) -> None:
    with pytest.raises(EvidenceError, match=told):
        asked([row, ("2", "1", "'b'")], "VARCHAR", "w", "c")
