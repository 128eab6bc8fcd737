"""Every kind of question by its own query, against numbers counted by hand or by Python over the bare rows."""

from __future__ import annotations

import math
from collections import Counter
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import (
    Answer,
    Ask,
    Distinct,
    Extremes,
    PerAnswer,
    PerAsk,
    Quantile,
    RowsAnswer,
    RowsAsk,
    SqlAnswer,
    SqlAsk,
    Sum,
    UnitAnswer,
    UnitAsk,
)
from factcheck.evidence.cells import answer, direct_sql
from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.duckdb import DuckDB

from .conftest import bound, dataset

MEDIAN = Quantile(bound("dec", Family.DECIMAL), Fraction(1, 2))
SETS = {"traps": dataset("traps"), "nothing": dataset("nothing")}


def ask(bare: DuckDB, question: Any) -> Any:
    found = answer(bare, SETS, [question])[question]
    assert not isinstance(found, EvidenceError), found
    return found


def values(bare: DuckDB, sql: str) -> list[Any]:
    return [row[0] for row in bare.run(sql).rows()]


def test_a_condition_splits_the_rows_in_three(bare: DuckDB) -> None:
    found = ask(bare, Ask("traps", None, (bound("country = 'Russia'"),)))
    assert isinstance(found, Answer)
    # 400 rows, r % 8: 50 each; 0 is NULL, 1 is Russia.
    assert dict(zip(found.by, found.n, strict=True)) == {(True,): 50, (False,): 300, (None,): 50}
    assert (found.rows, found.unknown) == (400, 0)


def test_rows_with_an_unknown_base_are_set_aside(bare: DuckDB) -> None:
    found = ask(bare, Ask("traps", bound("b"), ()))
    # r % 5 = 0 is NULL (80 rows); of the rest, r % 3 = 0 is true.
    assert (found.n, found.unknown, found.rows) == ([sum(r % 3 == 0 and r % 5 != 0 for r in range(400))], 80, 400)


def test_without_groups_there_is_always_one_entry(bare: DuckDB) -> None:
    found = ask(bare, Ask("nothing", bound("i > 3"), (), (Sum(bound("i", Family.INTEGER)),)))
    assert (found.by, found.n, found.rows, found.values) == ([()], [0], 0, [{"sum": [None], "count": [0]}])
    assert ask(bare, Ask("nothing", None, (bound("b"),))).by == []


def test_sums_of_large_integers_and_decimals_are_exact(bare: DuckDB) -> None:
    aggregates = (Sum(bound("id", Family.INTEGER)), Sum(bound("dec", Family.DECIMAL)))
    found = ask(bare, Ask("traps", None, (), aggregates))
    ids = [v for v in values(bare, "SELECT id FROM traps") if v is not None]
    decimals = [v for v in values(bare, "SELECT dec FROM traps") if v is not None]
    assert found.values[0] == {"sum": [sum(ids)], "count": [len(ids)]}
    assert found.values[1] == {"sum": [sum(decimals, Decimal(0))], "count": [len(decimals)]}


@pytest.mark.parametrize("q", [Fraction(1, 2), Fraction(0), Fraction(1), Fraction(1, 3), Fraction(9, 10)])
@pytest.mark.parametrize(("column", "family"), [("i", Family.INTEGER), ("dec", Family.DECIMAL), ("id", Family.INTEGER)])
@pytest.mark.parametrize("by", [(), ("b",), ("country",)])
def test_quantiles_are_exact_rationals(bare: DuckDB, q: Fraction, column: str, family: Family, by: tuple[str]) -> None:
    keys = tuple(bound(name, Family.BOOLEAN if name == "b" else Family.TEXT) for name in by)
    found = ask(bare, Ask("traps", None, keys, (Quantile(bound(column, family), q),)))
    rows = bare.run(f"SELECT {', '.join([*by, column])} FROM traps").rows()
    for label, value, count in zip(found.by, found.values[0]["quantile"], found.values[0]["count"], strict=True):
        mine = sorted(row[-1] for row in rows if row[:-1] == label and row[-1] is not None)
        h = q * (len(mine) - 1)
        low = math.floor(h)
        high = min(low + 1, len(mine) - 1)
        assert count == len(mine)
        assert value == Fraction(mine[low]) + (h - low) * (Fraction(mine[high]) - Fraction(mine[low]))


def test_extremes_follow_the_engine_in_placing_nan_above_infinity(bare: DuckDB) -> None:
    (low, high) = (Extremes(bound("x", Family.DOUBLE)), Extremes(bound("ts", Family.TIMESTAMP)))
    found = ask(bare, Ask("traps", None, (), (low, high)))
    assert found.values[0]["min"] == [-math.inf]
    assert math.isnan(found.values[0]["max"][0])
    assert found.values[1]["min"] == [datetime(2018, 4, 1)]


@pytest.mark.parametrize("rule", ["any", "all", "most"])
def test_units_are_yes_no_or_open(bare: DuckDB, rule: Any) -> None:
    question = UnitAsk("traps", bound("author", Family.TEXT), bound("i > -3"), bound("b"), rule)
    found = ask(bare, question)
    assert isinstance(found, UnitAnswer)
    rows = [row for row in bare.run("SELECT author, b, i FROM traps").rows() if row[2] is not None and row[2] > -3]
    verdicts = Counter(
        _unit([b for a, b, _ in rows if a == author], rule) for author in {row[0] for row in rows} - {None}
    )
    assert (found.units, found.yes, found.unknown) == (verdicts.total(), verdicts["yes"], verdicts["open"])
    assert (found.n, found.null_units) == (len(rows), sum(row[0] is None for row in rows))


def _unit(flags: list[bool | None], rule: str) -> str:
    """Every way of filling the NULLs in gives the same answer, or the unit is open."""
    true, null = flags.count(True), flags.count(None)
    holds = {"any": lambda t: t > 0, "all": lambda t: t == len(flags), "most": lambda t: 2 * t > len(flags)}[rule]
    answers = {holds(true + extra) for extra in range(null + 1)}
    return "open" if len(answers) == 2 else "yes" if answers == {True} else "no"


@pytest.mark.parametrize("value", ["count", "share", "sum", "mean", "min", "max", "distinct"])
def test_per_group_figures_and_their_histogram(bare: DuckDB, value: Any) -> None:
    x = bound("i", Family.INTEGER) if value not in ("count", "share") else None
    question = PerAsk("traps", (bound("author", Family.TEXT), bound("d", Family.DATE)), None, bound("b"), x, value)
    found = ask(bare, question)
    assert isinstance(found, PerAnswer)
    groups: dict[Any, list[Any]] = {}
    rows = bare.run("SELECT author, d, b, i FROM traps").rows()
    for author, day, flag, number in rows:
        if author is not None and day is not None:
            groups.setdefault((author, day), []).append((flag, number))
    figures = {label: _per(members, value) for label, members in groups.items()}
    assert Counter({(low, high): n for low, high, n in found.histogram}) == Counter(figures.values())
    best = sorted((-low, label) for label, (low, _) in figures.items() if low is not None)[:4]
    assert found.largest == [(label, -low) for low, label in best]
    assert found.distinct == [len({a for a, _ in groups}), len({d for _, d in groups})]
    assert found.spans[1] == (min(d for _, d in groups), max(d for _, d in groups))
    assert (found.n, found.null_groups) == (400, sum(row[0] is None or row[1] is None for row in rows))


def _per(members: list[tuple[bool | None, int | None]], value: str) -> tuple[Any, Any]:
    true, null = sum(flag is True for flag, _ in members), sum(flag is None for flag, _ in members)
    if value == "count":
        return true, true + null
    if value == "share":
        return Fraction(true, len(members)), Fraction(true + null, len(members))
    numbers = [number for flag, number in members if flag is True and number is not None]
    if value == "distinct":
        return len(set(numbers)), len(set(numbers))
    if not numbers:
        return None, None
    whole = {
        "sum": sum(numbers),
        "mean": Fraction(sum(numbers), len(numbers)),
        "min": min(numbers),
        "max": max(numbers),
    }
    return whole[value], whole[value]


def test_values_come_commonest_first(bare: DuckDB) -> None:
    found = ask(bare, RowsAsk("traps", bound("country", Family.TEXT), bound("b"), 2))
    assert isinstance(found, RowsAnswer)
    rows = bare.run("SELECT country, b FROM traps WHERE b").rows()
    counts = Counter(row[0] for row in rows)
    nulls = counts.pop(None)
    assert found.values == sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:2]
    assert (found.nulls, found.total, found.aside) == (nulls, len(counts), 80)


def test_distinct_leaves_null_out_and_counts_nan_once(bare: DuckDB) -> None:
    found = ask(
        bare, Ask("traps", None, (), (Distinct(bound("x", Family.DOUBLE)), Distinct(bound("empty", Family.INTEGER))))
    )
    xs = {v + 0.0 for v in values(bare, "SELECT x FROM traps WHERE x IS NOT NULL AND NOT ISNAN(x)")}
    assert found.values == [{"distinct": [len(xs) + 1]}, {"distinct": [0]}]


def test_a_select_comes_back_whole(bare: DuckDB) -> None:
    found = ask(bare, SqlAsk("traps", "SELECT MAX(i) AS top, COUNT(*) AS n FROM traps"))
    assert isinstance(found, SqlAnswer)
    assert (found.names, found.table) == (["top", "n"], [(8, 400)])


def test_one_failing_question_leaves_the_others_alone(bare: DuckDB) -> None:
    good, bad = Ask("traps", bound("i > 0")), Ask("traps", bound("CAST(s AS INTEGER) > 0"))
    found = answer(bare, SETS, [bad, good])
    assert isinstance(found[bad], EvidenceError)
    assert isinstance(found[good], Answer)


@pytest.mark.parametrize(
    "question",
    [
        Ask(
            "traps",
            bound("i > 0"),
            (bound("country", Family.TEXT),),
            (Quantile(bound("dec", Family.DECIMAL), Fraction(1, 2)),),
        ),
        UnitAsk("traps", bound("author", Family.TEXT), bound("i > 0"), bound("b"), "most"),
        PerAsk("traps", (bound("d", Family.DATE),), value="share", that=bound("b")),
        RowsAsk("traps", bound("country", Family.TEXT)),
    ],
)
def test_the_quoted_query_runs_as_it_stands(bare: DuckDB, question: Any) -> None:
    assert ask(bare, question).sql == direct_sql(question, SETS["traps"])
    assert bare.run(direct_sql(question, SETS["traps"])).rows()


@pytest.mark.parametrize(
    "base",
    [
        "i > 2",
        "i > 2 AND i < 5",
        "NOT (i = 2 OR i BETWEEN 4 AND 6)",
        "i > 2 OR TRUE",
        "i > 2 AND b",
        "i IN (1, NULL)",
        "i BETWEEN 1 AND empty",
        "COALESCE(i > 2, FALSE)",
        "i IS NULL",
        "i = 3 OR b IS NULL",
        "2 < i",
        "dec > i",
    ],
)
def test_rows_set_aside_are_those_where_the_base_is_null(bare: DuckDB, base: str) -> None:
    found = ask(bare, Ask("traps", bound(base)))
    flags = values(bare, f"SELECT {base} FROM traps")
    assert (found.unknown, found.n) == (flags.count(None), [flags.count(True)])
