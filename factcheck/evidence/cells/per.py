"""A figure per group, then a histogram of the figures: the first level is a grouping, the second is read off it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from factcheck.evidence.asks import PerAnswer, PerAsk
from factcheck.evidence.cells.direct import direct_sql, per_sql, source
from factcheck.evidence.cells.session import Session
from factcheck.evidence.cells.values import places, plain, ratio
from factcheck.evidence.clauses import sql_of, where
from factcheck.evidence.dataset import Dataset

ENDS = 4  # groups named at either end

# How a group's figure is told apart: share and mean are divided here, exactly, not by the engine.
_READ = {"share": ("true_rows", "open_rows", "size"), "mean": ("total", "size"), "count": ("low", "high")}


def per_answer(session: Session, ask: PerAsk, dataset: Dataset, aside: int, rows: int) -> PerAnswer:
    with session.scratch(per_sql(ask, dataset)) as table:
        return read_per(session, ask, dataset, table, aside, rows)


def read_per(session: Session, ask: PerAsk, dataset: Dataset, table: str, aside: int, rows: int) -> PerAnswer:
    """Everything a `PerAnswer` holds, from a table with a row per group (columns as in `per_sql`)."""
    columns = ", ".join(_READ.get(ask.value, ("low",)))
    groups = session.rows(f"SELECT {columns}, COUNT(*) FROM {table} GROUP BY {columns}")
    histogram: Counter[tuple[Any, Any]] = Counter()
    for row in groups:
        histogram[figure(ask.value, row[:-1])] += int(row[-1])
    keys = [f"g{i}" for i in range(1, len(ask.groups) + 1)]
    spans = session.rows(
        f"SELECT {', '.join(f'MIN({key}), MAX({key}), COUNT(DISTINCT {key})' for key in keys)} FROM {table}"
    )[0]
    n, null_groups = _rows_of(session, ask, dataset)
    return PerAnswer(
        histogram=[(*pair, count) for pair, count in sorted(histogram.items(), key=lambda item: places(item[0]))],
        largest=_end(session, ask, table, keys, "DESC"),
        smallest=_end(session, ask, table, keys, "ASC"),
        spans=[(plain(spans[3 * i]), plain(spans[3 * i + 1])) for i in range(len(keys))],
        distinct=[int(spans[3 * i + 2]) for i in range(len(keys))],
        n=n,
        null_groups=null_groups,
        aside=aside,
        rows=rows,
        sql=direct_sql(ask, dataset),
    )


def figure(value: str, row: tuple[Any, ...]) -> tuple[Any, Any]:
    """(low, high) of a group; shares and means of exact numbers are Fractions."""
    if value == "share":
        return ratio(row[0], row[2]), ratio(row[1], row[2])
    low = plain(ratio(row[0], row[1]) if value == "mean" else row[0])
    return low, (row[1] if value == "count" else low)


def _rows_of(session: Session, ask: PerAsk, dataset: Dataset) -> tuple[int, int]:
    missing = " OR ".join(f"({group.sql}) IS NULL" for group in ask.groups)
    n, null_groups = session.rows(
        f"SELECT COUNT(*), COUNT(CASE WHEN {missing} THEN 1 END) FROM {source(dataset)}{where(sql_of(ask.base))}"
    )[0]
    return int(n), int(null_groups)


def _end(session: Session, ask: PerAsk, table: str, keys: list[str], order: str) -> list[tuple[tuple[Any, ...], Any]]:
    labels = ", ".join(keys)
    columns = ", ".join(_READ.get(ask.value, ("low",)))
    found = session.rows(
        f"SELECT {labels}, {columns} FROM {table} WHERE low IS NOT NULL ORDER BY low {order}, {labels} LIMIT {ENDS}"
    )
    return [(tuple(plain(v) for v in row[: len(keys)]), figure(ask.value, row[len(keys) :])[0]) for row in found]
