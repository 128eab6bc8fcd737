"""Totals of drawn units: held against plain Python over random tables, and against the queries that reports quote."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.cells import answer
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.duckdb import open_engine
from factcheck.evidence.expressions import Scope, bind
from factcheck.evidence.patterns import drawn
from factcheck.evidence.patterns.drawn import DrawnAnswer, DrawnTotals, Part

PARTS: tuple[tuple[str | None, str | None, dict[str, Any]], ...] = (
    ("y", None, {}), ("y", None, {"when": "unknown"}), (None, "x", {}), (None, "x", {"lacking": True}),
    ("y", "x", {}), ("y", "x", {"lacking": True}), ("y", "x", {"when": "unknown"}), ("y", "x", {"at_most": 1.5}),
    (None, "x", {"at_most": 0.1}), (None, None, {"when": "unknown"}), ("y", "x", {"squared": "x"}),
    (None, "x", {"squared": "product"}),
)  # fmt: skip
TYPES: dict[str, Callable[[random.Random], Any]] = {
    "DOUBLE": lambda r: r.choice([0.0, 0.1, 0.25, 1.7, 3.0]),
    "FLOAT": lambda r: r.choice([0.5, 0.25, 2.0]),
    "DECIMAL(9,4)": lambda r: Decimal(r.randrange(0, 40_000)) / 10_000,
    "INTEGER": lambda r: r.randrange(0, 5),
    "HUGEINT": lambda r: r.randrange(0, 5),
    "UTINYINT": lambda r: r.randrange(0, 5),
}


def asked(
    rows: str, weight: str | None, cluster: str | None, base: str | None, parts: Any = PARTS, **further: Any
) -> tuple[DrawnAnswer, list[list[tuple[Any, ...]]]]:
    """The pattern's answer over the table t(c, w, y, x, b), and the rows of the quoted queries."""
    engine = open_engine()
    try:
        engine.execute(f"CREATE TABLE t AS {rows}")
        dataset = Dataset("t", engine.schema("t"), "t", completeness="complete")
        scope = Scope(dataset.columns, {}, None, "t")

        def bound(text: str | None) -> Any:
            return None if text is None else bind(text, scope)

        listed = tuple(
            Part(bound(that), bound(x), name=f"part_{i}", **how) for i, (that, x, how) in enumerate(parts, 1)
        )
        question = DrawnTotals("t", listed, bound(weight), bound(cluster), bound(base), **further)
        found = answer(engine, {"t": dataset}, [question])[question]
        if isinstance(found, EvidenceError):
            raise found
        assert isinstance(found, DrawnAnswer)
        return found, [engine.run(query).rows() for query in found.queries]
    finally:
        engine.close()


def literal(value: Any) -> str:
    return "NULL" if value is None else f"'{value}'" if isinstance(value, str) else str(value)


def table(rows: list[tuple[Any, ...]], kind: str) -> str:
    listed = ", ".join(f"({', '.join(map(literal, row))})" for row in rows)
    select = f"c::VARCHAR AS c, w::{kind} AS w, y::BOOLEAN AS y, x::DOUBLE AS x, b::BOOLEAN AS b"
    return f"SELECT {select} FROM (VALUES {listed}) v(c, w, y, x, b)"


def in_part(part: tuple[Any, Any, dict[str, Any]], y: Any, x: Any) -> float:
    """What a row adds to a part, for each unit of its weight."""
    that, number, how = part
    given = y if that is not None else True
    if (given is None) is not (how.get("when") == "unknown") or given is False:
        return 0
    if number is None:
        return 1
    if "at_most" in how:
        return float(x is not None and x <= how["at_most"])
    if how.get("lacking"):
        return float(x is None)
    return 0 if x is None else x**2 if how.get("squared") else x


def expected(rows: list[tuple[Any, ...]], clustered: bool, weighted: bool) -> Counter[tuple[float, ...]]:
    """How many units have each row of totals, to nine digits."""
    units: dict[Any, list[list[float]]] = defaultdict(list)
    for i, (c, w, y, x, b) in enumerate(rows):
        if b:
            weight = float(w) if weighted else 1.0
            weights = [weight**2 if part[2].get("squared") == "product" else weight for part in PARTS]
            adds = [each * in_part(part, y, x) for each, part in zip(weights, PARTS, strict=True)]
            units[c if clustered else i].append([weight, *adds])
    return Counter(tuple(round(math.fsum(column), 9) for column in zip(*unit, strict=True)) for unit in units.values())


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize(("clustered", "weighted"), [(True, True), (True, False), (False, True), (False, False)])
def test_totals_of_random_tables(seed: int, kind: str, clustered: bool, weighted: bool) -> None:
    r = random.Random(f"{seed} {kind}")
    rows = [
        (
            r.choice("abcdefghij"), TYPES[kind](r), r.choice([True, False, None]),
            r.choice([None, -1.0, 0.1, 1.5, 2.25]), r.choice([True, True, False, None]),
        )
        for _ in range(r.randrange(1, 60))
    ]  # fmt: skip
    found, (whole, *units) = asked(
        table(rows, kind), "w" if weighted else None, "c" if clustered else None, "b", figure="part_1 + part_2"
    )
    listed = zip(found.size, *found.totals, found.times, strict=True)
    got: Counter[tuple[float, ...]] = Counter()
    for *values, times in listed:
        got[tuple(round(float(value), 9) for value in values)] += int(times)
    wanted = expected(rows, clustered, weighted)
    assert got == wanted
    assert len(got) == len(found.size)  # units that are alike are one entry
    inside = [row for row in rows if row[4]]
    weights = [float(row[1]) if weighted else 1.0 for row in inside]
    assert (found.n, found.units) == (len(inside), sum(wanted.values()))
    assert found.rows == len(rows)
    assert found.aside == sum(row[4] is None for row in rows)
    assert found.zero == sum(weight == 0 for weight in weights)
    assert found.weights == pytest.approx(math.fsum(weights))
    assert found.squares == pytest.approx(math.fsum(weight**2 for weight in weights))
    sums = [math.fsum(values[i + 1] * n for values, n in wanted.items()) for i in range(len(PARTS))]
    assert found.sums == pytest.approx(sums, abs=1e-7)
    # What a reader runs gives the same figures.
    ((estimate, n, *rest),) = whole
    assert n == len(inside)
    assert [float(v or 0) for v in rest[1 if weighted else 0 :]] == pytest.approx(sums, abs=1e-7)
    assert float(estimate or 0) == pytest.approx(sums[0] + sums[1])
    assert len(units) == clustered
    assert all(len(by_unit) == found.units for by_unit in units)


def test_sums_alone_leave_the_units_out() -> None:
    found, queries = asked(table([("a", 1, True, 1.0, True), ("b", 2, False, 1.0, True)], "INTEGER"), "w", "c", "b",
                           apart=False)  # fmt: skip
    assert (len(found.size), found.units, found.sums[:2], len(queries)) == (0, 2, (1.0, 0.0), 1)


@pytest.mark.parametrize(
    ("rows", "weight", "cluster", "base", "told"),
    [
        ([("a", None, True, 1.0, True)], "w", None, "b", "the weight w is empty in 1 of the rows that the claim needs"),
        ([("a", -1, True, 1.0, True)], "w", None, "b", "is negative or no number in 1"),
        ([("a", "inf", True, 1.0, True)], "w", None, "b", "is negative or no number"),
        ([("a", "nan", True, 1.0, True)], "w", None, "b", "is negative or no number"),
        ([(None, 1, True, 1.0, True)], "w", "c", "b", "the cluster c is empty in 1 of the rows that the claim needs"),
        ([("", 1, True, 1.0, True)], "w", "c", "b", "the cluster c is empty"),
        ([("a", "nan", True, 1.0, True)], None, "w", "b", "the cluster w is empty"),
        ([("a", None, True, 1.0, False)], "w", None, None, "or all claims' with `drop` in the manifest"),
    ],
)  # fmt: skip
def test_rows_of_which_nobody_knows_how_they_were_drawn(
    rows: list[tuple[Any, ...]], weight: str | None, cluster: str | None, base: str | None, told: str
) -> None:
    with pytest.raises(EvidenceError) as caught:
        asked(table(rows, "DOUBLE"), weight, cluster, base)
    assert told in str(caught.value)


def test_rows_outside_the_base_need_neither() -> None:
    rows = [("a", 1, True, 1.0, True), (None, None, True, 1.0, False), (None, -5, True, 1.0, None)]
    found, _ = asked(table(rows, "DOUBLE"), "w", "c", "b")
    assert (found.n, found.units, found.weights, found.aside) == (1, 1, 1.0, 1)


def test_no_row_at_all() -> None:
    found, _ = asked(table([("a", 1, True, 1.0, False)], "DOUBLE"), "w", "c", "b")
    assert (found.n, found.units, found.weights, found.squares, len(found.size)) == (0, 0, 0.0, 0.0, 0)
    assert found.sums == (0.0,) * len(PARTS)


def test_more_units_than_can_be_held_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "MOST", 1)
    rows = table([("a", 1, True, 1.0, True), ("b", 1, True, 1.0, True)], "DOUBLE")
    with pytest.raises(EvidenceError, match="2 drawn units are more than can be held"):
        asked(rows, "w", "c", "b")
    asked(rows, "w", "c", "b", apart=False)
