"""The kind `delay`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from factcheck.claims.figures import Quantity
from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound, conjunction, is_negative, is_null, negation, seconds_between
from factcheck.measures.common import refuse_counts
from factcheck.measures.extremes import Extreme
from factcheck.measures.fields import Among, Expression, Take
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.mean import MeanOf
from factcheck.measures.measurement import Definition, Measurement, Note, Value
from factcheck.measures.numbers import Found, Numbers
from factcheck.measures.quantile import QuantileOf
from factcheck.measures.rows import Rows, rows_of

MANY = Fraction(1, 100)  # more delays than these that run backwards say that the times are faulty
HALF = Fraction(1, 2)


class Ends(BaseModel):
    """The two moments of a row."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    from_: Expression = Field(
        alias="from", description="The earlier time, such as that of the post replied to.", examples=["replied_to_at"]
    )
    to: Expression = Field(description="The later time, such as that of the reply.", examples=["created_at"])


class DelayForm(Form):
    """The time that passes between two moments of a row: a post and its reply, a registration and the first post.

    The delay of a row is `to` minus `from` in seconds that passed, whatever the clocks showed (a night in which they
    change counts as long as it was). Where either holds dates without a time of day, it is the number of days of the
    calendar between both, on the clock of the claim's `timezone`: up to a day more or less than what passed.

    `take` says which figure is meant: median (default: half of the rows wait longer), max, mean or min. Definitions
    in the report tell what the others are.

    A row in which either time is NULL has an unknown delay of any length: the region is that of the median, mean, max
    or min of a number whose range is not known (`missing: ignore` leaves those rows out). A column whose NULL means
    that there is none (`missing: none`: no reply) takes the row out, and a note says how many. Where `to` is earlier
    than `from` the delay is negative: such rows are kept, and a note says how many, since one of the times is wrong or
    the two are not what they are taken for. Random samples and partial collections are treated as for `median`, `mean`,
    `max` and `min`.

    It says nothing of what was never answered: a row without a reply has no delay.

    Example: `measure: {delay: {from: replied_to_at, to: created_at}, take: max}`, `claimed: two months`
    """

    kind: ClassVar[str] = "delay"
    reads: ClassVar[Quantity | None] = Quantity.DURATION
    delay: Ends = Field(
        description="The two times: `from` the earlier, `to` the later.",
        examples=[{"from": "replied_to_at", "to": "created_at"}],
    )
    take: Take = Field("median", description="Which figure over the rows.")
    among: Among = None

    def bind(self, binder: Binder) -> Measure:
        refuse_counts(binder, "delay")
        start = binder.expression(self.delay.from_, "delay", "from", expect="time")
        end = binder.expression(self.delay.to, "delay", "to", expect="time")
        rows = rows_of(binder, self.among, "among")
        absent = tuple(side for side in (start, end) if rows.none_when_missing(side))
        x = seconds_between(start, end)
        name = f"The time from {self.delay.from_} to {self.delay.to}"
        numbers = Numbers(_without(rows, absent), x, name, self.among)
        in_days = Family.DATE in (start.family, end.family)
        return DelayOf(numbers, rows, absent, self.take, self.delay.from_, self.delay.to, in_days)


def _without(rows: Rows, absent: tuple[Bound, ...]) -> Rows:
    """The rows that have a delay at all."""
    given = (negation(is_null(side)) for side in absent)
    return replace(rows, among=conjunction(rows.among, *given))


@dataclass(frozen=True)
class DelayOf:
    numbers: Numbers
    rows: Rows  # those without a moment by definition included
    absent: tuple[Bound, ...]  # the sides whose NULL means that there is none
    take: Take
    start: str
    end: str
    in_days: bool
    unit: str = ""
    quantity: Quantity = Quantity.DURATION

    @property
    def dataset(self) -> str:
        return self.numbers.dataset

    def words(self) -> str:
        figure = {"max": "longest", "min": "shortest"}.get(self.take, self.take)
        told = f"the {figure} time from {self.start} to {self.end}"
        return told + (f" where {self.numbers.among}" if self.numbers.among else "")

    def measure(self, context: Context) -> Measurement:
        found, middle, total, negative, without = context.together(
            lambda: self._figure(self.take).measure(context),
            lambda: self._figure("median").measure(context),
            lambda: self.numbers.found(context),
            lambda: self._count(context, self.numbers.rows, is_negative(self.numbers.x)),
            lambda: sum(self._count(context, self.rows, is_null(side)) for side in self.absent),
        )
        assert isinstance(found, Measurement)  # `together` mixes the types of its steps
        assert isinstance(middle, Measurement)
        assert isinstance(total, Found)
        assert isinstance(negative, int)
        assert isinstance(without, int)
        if found.unmeasurable is not None:
            return replace(found, quantity=self.quantity)
        return replace(
            found,
            quantity=self.quantity,
            unit=self.unit,
            notes=(*found.notes, *self._notes(negative, without, total)),
            facts={**found.facts, "negative": negative},
            definitions=(self._definition(middle.estimate, total),),
        )

    def _figure(self, take: Take) -> Measure:
        if take == "mean":
            return MeanOf(self.numbers)
        if take == "median":
            return QuantileOf(self.numbers, HALF)
        open_ends = (None, None)
        return Extreme(
            self.numbers.rows, self.numbers.x, self.numbers.name, self.numbers.among, take, self.quantity, self.unit,
            open_ends, "UTC",
        )  # fmt: skip

    def _count(self, context: Context, rows: Rows, condition: Bound) -> int:
        answer = context.answer(rows.ask(condition))
        return int(sum(size for by, size in rows.lines(answer) if by[0] is True))

    def _notes(self, negative: int, without: int, total: Found) -> tuple[Note, ...]:
        notes: tuple[Note, ...] = ()
        if negative:
            share = Fraction(negative, total.total.n)
            facts = {"rows": negative, "share": share, "start": self.start, "end": self.end}
            notes += (Note("negative-delays", facts, "collection", -1 if share > MANY else 0),)
        if without:
            notes += (Note("no-moment", {"rows": without, "start": self.start, "end": self.end}),)
        if self.in_days:
            notes += (Note("delay-in-days"),)
        return notes

    def _definition(self, middle: Value, found: Found) -> Definition:
        total = found.total
        figures: dict[str, Value] = {
            "median": middle, "mean": total.s / total.n, "max": total.largest, "min": total.smallest,
        }  # fmt: skip
        return Definition("take", self.take, tuple((name, v) for name, v in figures.items() if name != self.take))
