"""Questions that cells answer only in part: their row counts come from the cells, the rest from shared passes.

Distinct values and units need to see every value once (masks); quantiles need the values themselves, two of them
for each group once it is known how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlglot import exp

from factcheck.evidence.asks import Aggregate, Answer, AnyAnswer, Ask, Distinct, Quantile, Question, UnitAnswer, UnitAsk
from factcheck.evidence.cells.direct import direct_sql, source
from factcheck.evidence.cells.masks import Seen, count_values
from factcheck.evidence.cells.quantiles import quantile_from, select_places
from factcheck.evidence.cells.run import Totals
from factcheck.evidence.cells.scan import mergeable
from factcheck.evidence.cells.session import Session
from factcheck.evidence.cells.sharing import shared
from factcheck.evidence.clauses import where
from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound

_COUNTS_AT_ONCE = 60
_VALUES_AT_ONCE = 10_000_000  # a quantile keeps its values in memory


def companion(question: Question) -> Ask | None:
    """The part of a question that cells can answer; None where there is no such part."""
    if isinstance(question, UnitAsk) and question.rule != "most":
        return Ask(question.dataset, question.base, (_is_null(question.unit),))
    if not isinstance(question, Ask) or all(mergeable(aggregate) for aggregate in question.aggregates):
        return None
    shared = all(mergeable(a) or isinstance(a, Distinct | Quantile) for a in question.aggregates)
    if not shared or any(by.family is not Family.BOOLEAN for by in question.by):
        return None
    return replace(question, aggregates=tuple(a for a in question.aggregates if mergeable(a)))


def _is_null(bound: Bound) -> Bound:
    tree = exp.Is(this=exp.Paren(this=bound.tree.copy()), expression=exp.Null())
    return Bound(tree.sql(dialect="duckdb"), Family.BOOLEAN, bound.columns, f"{bound.text} is null", tree)


def complete(session: Session, totals: Totals, parts: dict[Question, Answer]) -> dict[Question, AnyAnswer]:
    """The answers to questions whose companions have been answered."""
    found: dict[Question, AnyAnswer] = {}
    units = {question: part for question, part in parts.items() if isinstance(question, UnitAsk)}
    found |= _units(session, totals, units)
    asks = {question: part for question, part in parts.items() if isinstance(question, Ask)}
    figures = _distincts(session, totals, asks) | _quantiles(session, totals, asks)
    for ask, part in asks.items():
        merged = iter(part.values)
        values = [figures[ask, a] if not mergeable(a) else next(merged) for a in ask.aggregates]
        found[ask] = replace(part, values=values, sql=direct_sql(ask, totals.dataset))
    return found


def _units(session: Session, totals: Totals, parts: dict[UnitAsk, Answer]) -> dict[Question, AnyAnswer]:
    by_unit: dict[str, list[UnitAsk]] = {}
    for ask in parts:
        by_unit.setdefault(ask.unit.sql, []).append(ask)
    found: dict[Question, AnyAnswer] = {}
    for unit, asks in by_unit.items():
        for group in shared(asks):
            seen = [one for ask, base in group.rest.items() for one in _seen(ask, base)]
            counts = iter(count_values(session, totals.dataset, unit, seen, group.where))
            for ask in group.rest:
                units, yes, unknown = next(counts), next(counts), next(counts)
                part = parts[ask]
                rows = dict(zip(part.by, part.n, strict=True))
                n, null = sum(part.n), rows.get((True,), 0)
                sql = direct_sql(ask, totals.dataset)
                found[ask] = UnitAnswer(units, yes, unknown, n, null, part.unknown, part.rows, sql)
    return found


def _seen(ask: UnitAsk, base: str) -> tuple[Seen, Seen, Seen]:
    """All units, those for which the rule holds, and those that their NULLs leave open; `base` is its SQL."""
    if ask.that is None:
        return Seen((base,)), Seen((base,)), Seen((base, "FALSE"))
    true, null, false = (f"{base} AND ({ask.that.sql}) IS {word}" for word in ("TRUE", "NULL", "FALSE"))
    if ask.rule == "any":
        return Seen((base,)), Seen((true,)), Seen((null,), (true,))
    return Seen((base,)), Seen((base,), (null, false)), Seen((null,), (false,))


def _cases(ask: Ask, part: Answer, base: str) -> list[str]:
    """The condition under which a row belongs to each entry of the answer; `base` is what is left of the question's."""
    words = {True: "IS TRUE", False: "IS FALSE", None: "IS NULL"}
    return [
        " AND ".join([base, *(f"({by.sql}) {words[v]}" for by, v in zip(ask.by, label, strict=True))])
        for label in part.by
    ]


Figures = dict[tuple[Ask, Aggregate], dict[str, list[Any]]]


def _distincts(session: Session, totals: Totals, parts: dict[Ask, Answer]) -> Figures:
    by_x: dict[str, dict[Ask, list[Distinct]]] = {}
    for ask in parts:
        for aggregate in ask.aggregates:
            if isinstance(aggregate, Distinct):
                by_x.setdefault(aggregate.x.sql, {}).setdefault(ask, []).append(aggregate)
    figures: Figures = {}
    for x, wanted in by_x.items():
        for group in shared(list(wanted)):
            cases = {ask: _cases(ask, parts[ask], base) for ask, base in group.rest.items()}
            seen = [Seen((case,)) for mine in cases.values() for case in mine]
            counts = iter(count_values(session, totals.dataset, x, seen, group.where))
            for ask, mine in cases.items():
                found = {"distinct": [next(counts) for _ in mine]}
                figures |= {(ask, aggregate): found for aggregate in wanted[ask]}
    return figures


def _quantiles(session: Session, totals: Totals, parts: dict[Ask, Answer]) -> Figures:
    asks = [ask for ask in parts if any(isinstance(aggregate, Quantile) for aggregate in ask.aggregates)]
    figures: Figures = {}
    for group in shared(asks):
        tail = f" FROM {source(totals.dataset)}{where(*group.where)}"
        wanted = [
            (ask, aggregate, [f"CASE WHEN {case} THEN {aggregate.x.sql} END" for case in _cases(ask, parts[ask], base)])
            for ask, base in group.rest.items()
            for aggregate in ask.aggregates
            if isinstance(aggregate, Quantile)
        ]
        figures |= _selected(session, wanted, tail)
    return figures


def _selected(session: Session, wanted: list[tuple[Ask, Quantile, list[str]]], tail: str) -> Figures:
    """The quantiles of each question's cases over the rows of `tail`: how many there are first, then their places."""
    cases = [case for _, _, mine in wanted for case in mine]
    counts: list[int] = []
    for i in range(0, len(cases), _COUNTS_AT_ONCE):
        items = ", ".join(f"COUNT({case})" for case in cases[i : i + _COUNTS_AT_ONCE])
        counts += [int(n) for n in session.rows(f"SELECT {items}{tail}")[0]]
    asked = [(aggregate.q, case) for _, aggregate, mine in wanted for case in mine]
    places = [(case, q, n) for (q, case), n in zip(asked, counts, strict=True) if n]
    ends = iter([end for batch in _batches(places) for end in select_places(session, batch, tail)])
    figures: Figures = {}
    each = iter(counts)
    for ask, aggregate, mine in wanted:
        sizes = [next(each) for _ in mine]
        values = [quantile_from(*next(ends), aggregate.q, n) if n else None for n in sizes]
        figures[ask, aggregate] = {"quantile": values, "count": sizes}
    return figures


def _batches(places: list[tuple[str, Any, int]]) -> Iterator[list[tuple[str, Any, int]]]:
    batch: list[tuple[str, Any, int]] = []
    for place in places:
        if batch and sum(n for _, _, n in batch) + place[2] > _VALUES_AT_ONCE:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
