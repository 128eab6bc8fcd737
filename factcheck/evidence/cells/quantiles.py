"""Exact quantiles (R type 7): the two neighbouring values are selected by the engine and interpolated as rationals."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from factcheck.evidence.asks import Ask, Quantile
from factcheck.evidence.cells.direct import source
from factcheck.evidence.cells.session import Session
from factcheck.evidence.cells.values import interpolate, plain, rank_of
from factcheck.evidence.clauses import sql_of, where
from factcheck.evidence.dataset import Dataset, Family
from factcheck.evidence.expressions import Bound

Labels = tuple[Any, ...]

# Above this many groups one sorted pass is cheaper than a selection per group.
MANY_GROUPS = 27


def quantiles_of(
    session: Session, dataset: Dataset, ask: Ask, aggregate: Quantile, labels: list[Labels]
) -> dict[str, list[Any]]:
    """`quantile` and `count` for each combination of the `by` values in `labels`, in step with it."""
    if all(by.family is Family.BOOLEAN for by in ask.by) and len(labels) <= MANY_GROUPS:
        found = _by_selection(session, dataset, ask, aggregate, labels)
    else:
        found = _by_sorting(session, dataset, ask, aggregate)
    pairs = [found.get(label, (None, 0)) for label in labels]
    return {"quantile": [value for value, _ in pairs], "count": [count for _, count in pairs]}


def _by_selection(
    session: Session, dataset: Dataset, ask: Ask, aggregate: Quantile, labels: list[Labels]
) -> dict[Labels, tuple[Any, int]]:
    """Counts first, then `QUANTILE_DISC` at fractions that can only mean the two places wanted."""
    if not labels:
        return {}
    cases = [_case(aggregate.x, ask.by, label) for label in labels]
    tail = f" FROM {source(dataset)}{where(sql_of(ask.base))}"
    counts = [int(n) for n in session.rows(f"SELECT {', '.join(f'COUNT({case})' for case in cases)}{tail}")[0]]
    wanted = [(case, aggregate.q, n) for case, n in zip(cases, counts, strict=True) if n]
    chosen = iter(select_places(session, wanted, tail))
    return {
        label: (quantile_from(*next(chosen), aggregate.q, n) if n else None, n)
        for label, n in zip(labels, counts, strict=True)
    }


def selection_sql(x: str, q: Fraction, n: int) -> str:
    """A list of the values at the two places of the quantile q among the n non-NULL values of x."""
    place, part = rank_of(q, n)
    # Half a step into its place, a fraction cannot be rounded into the neighbouring one.
    fractions = [repr((2 * i + 1) / (2 * n)) for i in (place, place + 1 if part else place)]
    return f"QUANTILE_DISC({x}, [{', '.join(f'{fraction}::DOUBLE' for fraction in fractions)}])"


def select_places(session: Session, wanted: list[tuple[str, Fraction, int]], tail: str) -> list[tuple[Any, Any]]:
    """For each (x, q, n): the values below and above the quantile's place, all in one pass."""
    if not wanted:
        return []
    lists = ", ".join(f"{selection_sql(x, q, n)} AS q{i}" for i, (x, q, n) in enumerate(wanted))
    ends = ", ".join(f"LIST_EXTRACT(q{i}, 1), LIST_EXTRACT(q{i}, 2)" for i in range(len(wanted)))
    row = session.rows(f"SELECT {ends} FROM (SELECT {lists}{tail}) AS places")[0]
    return list(zip(row[::2], row[1::2], strict=True))


def quantile_from(low: Any, high: Any, q: Fraction, n: int) -> Any:
    return plain(interpolate(low, high, rank_of(q, n)[1]))


def _case(x: Bound, by: tuple[Bound, ...], label: Labels) -> str:
    if not by:
        return x.sql
    words = {True: "IS TRUE", False: "IS FALSE", None: "IS NULL"}
    tests = " AND ".join(f"({condition.sql}) {words[value]}" for condition, value in zip(by, label, strict=True))
    return f"CASE WHEN {tests} THEN {x.sql} END"


def _by_sorting(session: Session, dataset: Dataset, ask: Ask, aggregate: Quantile) -> dict[Labels, tuple[Any, int]]:
    keys = [f"by_{i}" for i in range(1, len(ask.by) + 1)]
    items = [f"{by.sql} AS {key}" for by, key in zip(ask.by, keys, strict=True)]
    present = f"{aggregate.x.sql} IS NOT NULL"
    inner = (
        f"SELECT {', '.join([*items, f'{aggregate.x.sql} AS x'])} FROM {source(dataset)}"
        f"{where(sql_of(ask.base), present)}"
    )
    partition = f"PARTITION BY {', '.join(keys)}" if keys else ""
    placed = (
        f"SELECT *, ROW_NUMBER() OVER ({partition} ORDER BY x) - 1 AS place, "
        f"CAST(COUNT(*) OVER ({partition}) AS HUGEINT) AS size FROM ({inner}) AS chosen"
    )
    h = f"((size - 1) * {aggregate.q.numerator})"
    whole = f"({h} // {aggregate.q.denominator})"
    reach = f"CASE WHEN {h} % {aggregate.q.denominator} = 0 THEN {whole} ELSE {whole} + 1 END"
    ends = session.rows(
        f"SELECT {', '.join([*keys, 'MIN(x)', 'MAX(x)', 'MAX(size)'])} FROM ({placed}) AS placed "
        f"WHERE place BETWEEN {whole} AND {reach}" + (f" GROUP BY {', '.join(keys)}" if keys else "")
    )
    return {
        tuple(plain(v) for v in row[:-3]): (quantile_from(row[-3], row[-2], aggregate.q, int(row[-1])), int(row[-1]))
        for row in ends
        if row[-1] is not None
    }
