"""The kind `value`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.errors import EvidenceError
from factcheck.evidence.expressions import Bound
from factcheck.measures.common import aside_notes, label, only_column, quantity_of, rational
from factcheck.measures.fields import Among, Expression
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.measurement import Measurement, Members, Region, Value, unmeasurable
from factcheck.measures.rows import Rows, rows_of
from factcheck.measures.times import span


class ValueForm(Form):
    """The value in the one row that `where` and `among` leave.

    Several rows are an error, since it is not known which of them the claim means; no row, or a NULL in it, makes the
    claim unverifiable. The value is what that row says, whatever part of a population was collected.

    Example: `measure: {value: followers, among: author = 'someone'}`
    """

    kind: ClassVar[str] = "value"
    value: Expression
    among: Among = None

    def bind(self, binder: Binder) -> Measure:
        x = binder.expression(self.value, "value", expect="any")
        rows = rows_of(binder, self.among, "among")
        column = only_column(x, binder.dataset)
        unit = (column.unit if column is not None else None) or ""
        quantity = (
            quantity_of(x, binder.dataset)
            if x.family.is_number
            else Quantity.DATE
            if x.family.is_time
            else Quantity.LABEL
        )
        return ValueOf(rows, x, self.value, self.among, quantity, unit, binder.timezone)


@dataclass(frozen=True)
class ValueOf:
    rows: Rows
    x: Bound
    name: str
    among: str | None
    quantity: Quantity
    unit: str
    timezone: str

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    def words(self) -> str:
        return f"the value of {self.name}" + (f" in the row where {self.among}" if self.among else "")

    def measure(self, context: Context) -> Measurement:
        answer = context.answer(type(self.rows)(self.rows.dataset, self.rows.base, None, None).ask(self.x))
        n = sum(answer.n)
        if n == 0:
            return unmeasurable(self.quantity, "empty-base")
        if n > 1:
            raise EvidenceError(
                f"'value' needs one row, and its conditions leave {n}; narrow `among`, or use max, mean or values",
                self.dataset,
            )
        (found,) = answer.by[0]
        if found is None:
            return unmeasurable(self.quantity, "null-value", name=self.name)
        estimate, region = self._region(found)
        notes = aside_notes(answer.unknown, answer.rows, "where" if self.rows.among is None else "among")
        return Measurement(
            self.quantity, estimate, region, self.unit, n=1, notes=notes, queries=(answer.sql,), facts={"n": 1}
        )

    def _region(self, found: object) -> tuple[Value, Region]:
        if isinstance(found, (date, datetime)):
            return span(found, self.timezone)
        if self.quantity in (Quantity.NUMBER, Quantity.PROPORTION):
            number = rational(found, self.dataset, self.name)
            return number, Interval.point(number)
        text = label(found)
        return text, Members(frozenset({text}), frozenset({text}), 1)
