"""Rows that `where` and `among` set aside, for measures whose question is a pattern of its own."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.evidence.asks import Ask
from factcheck.evidence.expressions import Bound, is_null
from factcheck.measures.common import among_notes, aside_notes
from factcheck.measures.form import Context
from factcheck.measures.measurement import Note
from factcheck.measures.rows import Rows


@dataclass(frozen=True)
class LeftOut:
    """Rows set aside because a value is missing: by `among` and by `where`; `rows` is the size of the dataset."""

    among: int
    where: int
    rows: int

    def notes(self, base: int) -> tuple[Note, ...]:
        return aside_notes(self.where, self.rows, "where") + among_notes(self.among, base)


def left_out(rows: Rows, context: Context, *values: Bound) -> LeftOut:
    """What was set aside.

    `among` sets aside rows for which it is NULL, and those that it leaves out while one of the `values` that it speaks
    of itself is NULL: `among: text is not null` leaves out what is not known.
    """
    hiding = [value for value in values if rows.among is not None and rows.among.columns & value.columns]
    by = () if rows.among is None else (rows.among, *(is_null(value) for value in hiding))
    answer = context.answer(Ask(rows.dataset.name, rows.where, by))
    hidden = 0
    if rows.among is not None:
        lines = zip(answer.by, answer.n, strict=True)
        hidden = sum(n for line, n in lines if line[0] is None or (line[0] is False and True in line[1:]))
    return LeftOut(hidden, answer.unknown, answer.rows)
