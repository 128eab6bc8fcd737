"""Answering one question by its own plain query: the fallback of the planner, and what it is tested against."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import (
    Answer,
    AnyAnswer,
    Ask,
    Distinct,
    Extremes,
    Pattern,
    Quantile,
    Question,
    RowsAnswer,
    RowsAsk,
    SqlAnswer,
    SqlAsk,
    Sum,
    UnitAnswer,
    UnitAsk,
)
from factcheck.evidence.cells.direct import aside_sql, ask_sql, direct_sql, source, unit_sql
from factcheck.evidence.cells.per import per_answer
from factcheck.evidence.cells.quantiles import quantiles_of
from factcheck.evidence.cells.session import Session
from factcheck.evidence.cells.values import place, places, plain
from factcheck.evidence.clauses import quoted, sql_of, where
from factcheck.evidence.dataset import Dataset, Family
from factcheck.evidence.expressions import Bound


class Totals:
    """Rows of a dataset, and rows set aside by each base: asked once however many questions need them."""

    def __init__(self, session: Session, dataset: Dataset) -> None:
        self.session = session
        self.dataset = dataset
        self._aside: dict[str, int] = {}
        self._rows: int | None = None
        self._has_null: dict[str, bool] = {}

    @property
    def rows(self) -> int:
        if self._rows is None:
            self._rows = int(self.session.rows(f"SELECT COUNT(*) FROM {source(self.dataset)}")[0][0])
        return self._rows

    def without_nulls(self, columns: Iterable[str]) -> Set[str]:
        """Those of the columns that have a value in every row, as far as the statistics of the data tell."""
        new = sorted(set(columns) - self._has_null.keys())
        if new:
            items = ", ".join(f"CAST(STATS({quoted(name)}).has_null AS BOOLEAN)" for name in new)
            try:
                rows = self.session.rows(f"SELECT {items} FROM {source(self.dataset)} LIMIT 1")
            except EvidenceError:
                rows = []
            found = rows[0] if rows else (None,) * len(new)
            self._has_null |= {name: null is not False for name, null in zip(new, found, strict=True)}
        return {name for name in columns if not self._has_null[name]}

    def aside(self, base: Bound | None) -> int:
        sql = aside_sql(base, self.dataset)
        if sql == "SELECT 0":
            return 0
        if sql not in self._aside:
            self._aside[sql] = int(self.session.rows(sql)[0][0])
        return self._aside[sql]


def run_direct(session: Session, totals: Totals, question: Question) -> AnyAnswer:
    """The answer by the question's own query; raises EvidenceError where the engine refuses it."""
    if isinstance(question, Ask):
        return _ask(session, totals, question)
    if isinstance(question, UnitAsk):
        return _units(session, totals, question)
    if isinstance(question, RowsAsk):
        return _rows(session, totals, question)
    if isinstance(question, Pattern):
        raise TypeError("a pattern brings its own query")
    if isinstance(question, SqlAsk):
        frame = session.run(question.sql)
        return SqlAnswer(list(frame.names), frame.rows(), question.sql)
    return per_answer(session, question, totals.dataset, totals.aside(question.base), totals.rows)


def _ask(session: Session, totals: Totals, ask: Ask) -> Answer:
    dataset = totals.dataset
    if len(ask.by) == 1 and ask.by[0].family is Family.BOOLEAN and not ask.aggregates:
        return _share(session, totals, ask)
    exact = [aggregate for aggregate in ask.aggregates if not isinstance(aggregate, Quantile)]
    counted = Ask(ask.dataset, ask.base, ask.by, tuple(exact))
    table = session.rows(ask_sql(counted, dataset, totals=False))
    keys = len(ask.by)
    rows = sorted(((tuple(plain(v) for v in row[:keys]), row[keys:]) for row in table), key=lambda row: places(row[0]))
    labels = [row[0] for row in rows]
    figures = figures_of(counted, [row[1][1:] for row in rows])
    values = []
    for aggregate in ask.aggregates:
        if isinstance(aggregate, Quantile):
            values.append(quantiles_of(session, dataset, ask, aggregate, labels))
        else:
            values.append(figures.pop(0))
    n = [int(row[1][0]) for row in rows]
    return Answer(labels, n, values, totals.aside(ask.base), totals.rows, direct_sql(ask, dataset))


def _share(session: Session, totals: Totals, ask: Ask) -> Answer:
    """Rows by one condition: counting its truth values is cheaper than grouping by them."""
    dataset, condition = totals.dataset, ask.by[0].sql
    items = f"COUNT(*), COUNT(CASE WHEN {condition} THEN 1 END), COUNT({condition})"
    rows, true, known = session.rows(f"SELECT {items} FROM {source(dataset)}{where(sql_of(ask.base))}")[0]
    counted = {False: int(known) - int(true), True: int(true), None: int(rows) - int(known)}
    present = {label: n for label, n in counted.items() if n}
    whole = int(rows) if ask.base is None else totals.rows
    aside, sql = totals.aside(ask.base), direct_sql(ask, dataset)
    return Answer([(label,) for label in present], list(present.values()), [], aside, whole, sql)


_NAMES: dict[type, tuple[str, ...]] = {
    Sum: ("sum", "count"), Extremes: ("min", "max", "count"), Distinct: ("distinct",),
}  # fmt: skip


def figures_of(ask: Ask, rows: list[tuple[Any, ...]]) -> list[dict[str, list[Any]]]:
    """The columns after `n` as one dictionary of lists per aggregate."""
    figures, column = [], 0
    for aggregate in ask.aggregates:
        names = _NAMES[type(aggregate)]
        figures.append({name: [plain(row[column + i]) for row in rows] for i, name in enumerate(names)})
        column += len(names)
    return figures


def _units(session: Session, totals: Totals, ask: UnitAsk) -> UnitAnswer:
    (row,) = session.rows(unit_sql(ask, totals.dataset, totals=False))
    units, yes, unknown, n, null_units = (int(value) for value in row)
    aside = totals.aside(ask.base)
    return UnitAnswer(units, yes, unknown, n, null_units, aside, totals.rows, direct_sql(ask, totals.dataset))


def _rows(session: Session, totals: Totals, ask: RowsAsk) -> RowsAnswer:
    dataset = totals.dataset
    grouped = f"SELECT {ask.x.sql} AS value, COUNT(*) AS n FROM {source(dataset)}{where(sql_of(ask.base))} GROUP BY 1"
    with session.scratch(grouped) as table:
        first = session.rows(
            f"SELECT value, n FROM {table} WHERE value IS NOT NULL ORDER BY n DESC, value LIMIT {ask.limit}"
        )
        total, nulls = session.rows(
            f"SELECT COUNT(value), COALESCE(SUM(CASE WHEN value IS NULL THEN n END), 0) FROM {table}"
        )[0]
    values = sorted(((plain(value), int(n)) for value, n in first), key=lambda row: (-row[1], place(row[0])))
    aside = totals.aside(ask.base)
    return RowsAnswer(values, int(nulls), int(total), aside, totals.rows, direct_sql(ask, dataset))
