"""A few questions by themselves: those that share a base in one statement, and in one look at the rows.

The plain query needs a second look for the rows set aside, whose base is NULL. Here the rows whose base is false are
left out instead, and the two kinds that stay are told apart: for `a = 1 AND b > 2` by whether a and b have values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Answer, Ask, Quantile, Question
from factcheck.evidence.cells.direct import aggregate_sql, direct_sql, source
from factcheck.evidence.cells.nullness import never_null, split, strict
from factcheck.evidence.cells.run import Totals, figures_of
from factcheck.evidence.cells.session import Session
from factcheck.evidence.cells.values import plain
from factcheck.evidence.clauses import quoted, where
from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound


def simple(question: Question) -> bool:
    """True for rows and figures where a base is true, undivided; and for rows by one condition."""
    if not isinstance(question, Ask) or any(isinstance(aggregate, Quantile) for aggregate in question.aggregates):
        return False
    if not question.by:
        return True
    return len(question.by) == 1 and question.by[0].family is Family.BOOLEAN and not question.aggregates


def answer_simple(session: Session, totals: Totals, questions: Sequence[Question]) -> dict[Ask, Answer]:
    """Answers to the simple ones, those of a base by one statement; what fails has none, and is asked anew."""
    by_base: dict[str | None, list[Ask]] = {}
    for question in questions:
        if isinstance(question, Ask) and simple(question):
            by_base.setdefault(None if question.base is None else question.base.sql, []).append(question)
    found: dict[Ask, Answer] = {}
    for asks in by_base.values():
        try:
            found |= _one_pass(session, totals, asks)
        except EvidenceError:
            # A row that only the plain query leaves out may be what fails: the plain queries decide.
            continue
    return found


@dataclass(frozen=True)
class _Rows:
    """Which rows to read: those where `base` is not false, and of those, `true` (SQL) where it is true."""

    kept: tuple[str, ...]
    true: str | None  # None where no row has an unknown base
    known: str | None = None  # a column that has a value where `true` holds and nowhere else

    def count(self, condition: str | None = None) -> str:
        """Rows where the base is true, and the condition too. What stands under a CASE is dear: one is enough."""
        if self.known is not None:
            return f"COUNT(CASE WHEN {condition} THEN {self.known} END)" if condition else f"COUNT({self.known})"
        tests = [f"({test})" for test in (self.true, condition) if test is not None]
        return f"COUNT(CASE WHEN {' AND '.join(tests)} THEN 1 END)" if tests else "COUNT(*)"


def _rows(totals: Totals, base: Bound | None) -> _Rows:
    if base is None:
        return _Rows((), None)
    if never_null(base):
        return _Rows((base.sql,), None)
    sure, doubtful, columns = split(base, totals.without_nulls)
    if not doubtful:
        return _Rows((base.sql,), None)
    joined = " AND ".join(f"({part})" for part in doubtful)
    kept = (*sure, f"({joined}) IS NOT FALSE")
    if columns is None:
        return _Rows(kept, joined)
    names = [quoted(name) for name in columns]
    true = " AND ".join(f"{name} IS NOT NULL" for name in names)
    return _Rows(kept, true, names[0] if len(names) == 1 else None)


def _one_pass(session: Session, totals: Totals, asks: list[Ask]) -> dict[Ask, Answer]:
    rows = _rows(totals, asks[0].base)
    items = ["COUNT(*)", rows.count()]
    for ask in asks:
        items += _items(rows, ask)
    table = source(totals.dataset)
    values = session.rows(f"SELECT {', '.join(items)} FROM {table}{where(*rows.kept)}")[0]
    read, true = int(values[0]), int(values[1])
    whole = read if asks[0].base is None else totals.rows
    found, at = {}, 2
    for ask in asks:
        width = len(_items(rows, ask))
        by, n, figures = _answered(ask, true, values[at : at + width])
        found[ask] = Answer(by, n, figures, read - true, whole, direct_sql(ask, totals.dataset))
        at += width
    return found


def _items(rows: _Rows, ask: Ask) -> list[str]:
    if not ask.by:
        return [sql for aggregate in ask.aggregates for sql in aggregate_sql(aggregate, rows.true).values()]
    condition = ask.by[0]
    if never_null(condition):
        return [rows.count(condition.sql)]
    column = strict(condition.tree)
    known = f"({condition.sql})" if column is None else quoted(column)
    if rows.true is None:
        return [rows.count(condition.sql), f"COUNT({known})"]
    return [rows.count(condition.sql), rows.count(f"{known} IS NOT NULL")]


def _answered(
    ask: Ask, rows: int, values: tuple[Any, ...]
) -> tuple[list[tuple[Any, ...]], list[int], list[dict[str, list[Any]]]]:
    """Labels, rows of each and figures, as in an Answer."""
    if not ask.by:
        return [()], [rows], figures_of(ask, [tuple(plain(value) for value in values)])
    true = int(values[0])
    known = int(values[1]) if len(values) > 1 else rows
    counted = {False: known - true, True: true, None: rows - known}
    present = {label: n for label, n in counted.items() if n}
    return [(label,) for label in present], list(present.values()), []
