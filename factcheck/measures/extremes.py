"""The kinds `min` and `max`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import ClassVar, Literal

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.evidence.asks import Extremes
from factcheck.evidence.expressions import Bound
from factcheck.measures.common import among_notes, aside_notes, either, optional, quantity_of
from factcheck.measures.fields import Among, Expression, That
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.measurement import Measurement, Note, Value, unmeasurable
from factcheck.measures.numbers import ends_seen, numbers_of, within_range
from factcheck.measures.rows import Rows
from factcheck.measures.setting import Mode
from factcheck.measures.times import span


class MinForm(Form):
    """The smallest value of a number or a time over the rows.

    A missing value could be smaller still, down to the column's `range`. Whatever was not collected could be too:
    in a random sample or a partial collection the smallest value seen is an upper bound. Of the process behind the rows
    (`about: process`) nothing is concluded.

    Example: `measure: {min: created_at, among: author = 'x'}`
    """

    kind: ClassVar[str] = "min"
    min: Expression
    among: Among = None
    that: That = None

    def bind(self, binder: Binder) -> Measure:
        among, key = either(self, binder)
        return extreme(binder, self.min, "min", among, key)


class MaxForm(Form):
    """The largest value of a number or a time over the rows.

    A missing value could be larger still, up to the column's `range`. Whatever was not collected could be too: in a
    random sample or a partial collection the largest value seen is a lower bound. Of the process behind the rows
    (`about: process`) nothing is concluded.

    Example: `measure: {max: retweets}`
    """

    kind: ClassVar[str] = "max"
    max: Expression
    among: Among = None
    that: That = None

    def bind(self, binder: Binder) -> Measure:
        among, key = either(self, binder)
        return extreme(binder, self.max, "max", among, key)


def extreme(binder: Binder, text: str, side: Literal["min", "max"], among: str | None, path: str) -> Measure:
    numbers = numbers_of(binder, text, side, among, path, expect="any")
    family = numbers.x.family
    if not (family.is_number or family.is_time or family == "unknown"):
        hint = f"state its type in the manifest; `factcheck data {binder.dataset.name}` tells why it is read as it is"
        raise binder.fail(f"'{side}' needs a number or a time; {text} is {family.value}", side, hint=hint)
    quantity = Quantity.DATE if family.is_time else quantity_of(numbers.x, binder.dataset)
    return Extreme(numbers.rows, numbers.x, text, among, side, quantity, numbers.unit, numbers.range, binder.timezone)


@dataclass(frozen=True)
class Extreme:
    rows: Rows
    x: Bound
    name: str
    among: str | None
    side: Literal["min", "max"]
    quantity: Quantity
    unit: str
    range: tuple[Fraction | None, Fraction | None]
    timezone: str

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    def words(self) -> str:
        which = "smallest" if self.side == "min" else "largest"
        return f"the {which} {self.name}" + (f" where {self.among}" if self.among else "")

    def measure(self, context: Context) -> Measurement:
        setting = context.setting(self.dataset)
        answer = context.answer(self.rows.ask(aggregates=(Extremes(self.x),)))
        ends = self.rows.values(answer, 0)
        inside = self.rows.inside(answer)
        known = [ends[self.side][i] for i in inside if ends[self.side][i] is not None]
        n = sum(answer.n[i] for i in inside)
        without = n - sum(int(ends["count"][i]) for i in inside)
        missing = 0 if self.rows.none_when_missing(self.x) else without
        if not known and n:
            return unmeasurable(self.quantity, "no-numbers", name=self.name, rows=n)
        if not known:
            return unmeasurable(self.quantity, "empty-base")
        if self.quantity is not Quantity.DATE:
            within_range(self.name, self.dataset, ends_seen(ends, inside, self.dataset, self.name), self.range)
        best = min(known) if self.side == "min" else max(known)
        estimate, region = self._value(best)
        aside = int(self.rows.aside(answer))
        notes = aside_notes(answer.unknown, answer.rows, "where") + among_notes(aside, n)
        if without:
            notes += (Note("null-numbers", {"rows": without, "share": Fraction(without, n), "name": self.name}),)
        seen_all = setting.mode is Mode.EXACT or (not setting.process and setting.unseen == 0)
        unsure = not seen_all or (missing > 0 and setting.missing == "bounds")
        process = setting.process
        if unsure:
            region = Interval(*self.range) if process else self._opened(region)
        if process:
            notes += (Note("process-open"),)
        method = "complete" if not unsure else "no-interval" if process else "bounds" if seen_all else "partial"
        result = Measurement(self.quantity, estimate, region, self.unit, n=n, missing=missing, method=method)
        return replace(
            result,
            aside=aside,
            notes=notes,
            queries=(answer.sql,),
            facts={"n": n},
            bound_only=method == "partial",
        )

    def _value(self, value: object) -> tuple[Value, Interval]:
        if isinstance(value, (date, datetime)):
            return span(value, self.timezone)
        number = optional(value, self.dataset, self.name) or Fraction(0)
        return number, Interval.point(number)

    def _opened(self, region: Interval) -> Interval:
        """Values not seen may lie beyond the extreme, as far as the column's range allows."""
        low, high = self.range
        if self.side == "min":
            bottom = None if low is None or region.high is None else min(low, region.high)
            return Interval(bottom, region.high, high_open=region.high_open)
        return Interval(region.low, None if high is None or region.low is None else max(high, region.low))
