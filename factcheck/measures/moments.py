"""The kinds `first` and `last`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import UNBOUNDED, Interval
from factcheck.evidence.asks import Answer, Extremes
from factcheck.evidence.expressions import Bound
from factcheck.measures.common import aside_notes, refuse_counts
from factcheck.measures.fields import That
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.measurement import Measurement, Note, unmeasurable
from factcheck.measures.rows import Rows, rows_of
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.times import span

Time = Annotated[str, Field(description="A time column, or an expression that is a time.", examples=["created_at"])]


class FirstForm(Form):
    """The earliest time of a row that satisfies `that` (of any row, without it).

    A date stands for the whole of its day, a timestamp for its moment, read on the clock of the claim's `timezone`
    (default: the column's, else UTC). Several rows at that time are one time.

    A row for which `that` is NULL may count: where such a row is earlier, the true time lies anywhere from it on.
    A row that counts and whose time is NULL may be earlier than all: there is no lower end. `missing: ignore` and
    `missing: false` leave both out. Where no row is known to satisfy `that`, there is no time to tell. Whatever was
    not collected may be earlier too: in a random sample or a partial collection the time found is an upper end. Of the
    process behind the rows (`about: process`) nothing is concluded.

    It tells when something is first seen in the data, not when it began: the collection may begin later.

    Example: `measure: {first: created_at, that: party = 'Labour'}`, `claimed: after 16 December 2015`
    """

    kind: ClassVar[str] = "first"
    reads: ClassVar[Quantity | None] = Quantity.DATE
    first: Time
    that: That = None

    def bind(self, binder: Binder) -> Measure:
        return moment(binder, self.first, self.that, "first")


class LastForm(Form):
    """The latest time of a row that satisfies `that` (of any row, without it).

    A date stands for the whole of its day, a timestamp for its moment, read on the clock of the claim's `timezone`
    (default: the column's, else UTC). Several rows at that time are one time.

    A row for which `that` is NULL may count: where such a row is later, the true time lies anywhere up to it. A row
    that counts and whose time is NULL may be later than all: there is no upper end. `missing: ignore` and
    `missing: false` leave both out. Where no row is known to satisfy `that`, there is no time to tell. Whatever was
    not collected may be later too: in a random sample or a partial collection the time found is a lower end. Of the
    process behind the rows (`about: process`) nothing is concluded.

    It tells when something is last seen in the data, not when it ended: the collection may end earlier.

    Example: `measure: {last: created_at, that: party = 'Labour'}`, `claimed: December 2015`
    """

    kind: ClassVar[str] = "last"
    reads: ClassVar[Quantity | None] = Quantity.DATE
    last: Time
    that: That = None

    def bind(self, binder: Binder) -> Measure:
        return moment(binder, self.last, self.that, "last")


def moment(binder: Binder, text: str, that: str | None, side: Literal["first", "last"]) -> Measure:
    refuse_counts(binder, side)
    x = binder.expression(text, side, expect="time")
    condition = None if that is None else binder.expression(that, "that", expect="condition")
    return MomentOf(rows_of(binder, None), x, text, condition, that, side)


@dataclass(frozen=True)
class Part:
    """The rows for which the condition has one of its answers: how many, how many with a time, the end of those."""

    n: int = 0
    timed: int = 0
    end: date | datetime | None = None

    @property
    def timeless(self) -> int:
        return self.n - self.timed


@dataclass(frozen=True)
class MomentOf:
    rows: Rows
    x: Bound
    name: str
    condition: Bound | None
    text: str | None
    side: Literal["first", "last"]
    unit: str = ""
    quantity: Quantity = Quantity.DATE

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    def words(self) -> str:
        which = "earliest" if self.side == "first" else "latest"
        return f"the {which} {self.name}" + (f" where {self.text}" if self.text else "")

    def measure(self, context: Context) -> Measurement:
        setting = context.setting(self.dataset)
        conditions = (self.condition,) if self.condition is not None else ()
        answer = context.answer(self.rows.ask(*conditions, aggregates=(Extremes(self.x),)))
        sure, perhaps = self._part(answer, True), self._part(answer, None)
        if sure.end is None:
            return self._nothing(sure, perhaps, setting)
        estimate, region = span(sure.end, self.x.zone)
        timeless = 0 if self.rows.none_when_missing(self.x) else sure.timeless
        if setting.missing == "bounds":
            region = self._widened(region, perhaps, timeless)
        seen_all = setting.mode is Mode.EXACT or (not setting.process and setting.unseen == 0)
        if not seen_all:
            region = UNBOUNDED if setting.process else self._open(region)
        settled = region == span(sure.end, self.x.zone)[1]
        unseen = "no-interval" if setting.process else "partial"
        method = unseen if not seen_all else "complete" if settled else "bounds"
        return Measurement(
            self.quantity,
            estimate,
            region,
            n=sure.n + perhaps.n,
            missing=timeless + perhaps.n,
            method=method,
            notes=self._notes(answer, sure, perhaps, setting),
            facts={"n": sure.n, "k": sure.timed},
            queries=(answer.sql,),
            bound_only=method == "partial",
        )

    def _part(self, answer: Answer, truth: bool | None) -> Part:
        ends = self.rows.values(answer, 0)
        lines = [i for i, by in enumerate(answer.by) if (by[0] if by else True) is truth]
        choose: Callable[..., date | datetime] = min if self.side == "first" else max
        known = [end for i in lines if (end := ends["min" if self.side == "first" else "max"][i]) is not None]
        timed = sum(int(ends["count"][i]) for i in lines)
        return Part(sum(answer.n[i] for i in lines), timed, choose(known) if known else None)

    def _nothing(self, sure: Part, perhaps: Part, setting: Setting) -> Measurement:
        if sure.n:
            return unmeasurable(self.quantity, "no-numbers", name=self.name, rows=sure.n)
        if perhaps.n and setting.missing == "bounds":
            return unmeasurable(self.quantity, "none-certain", rows=perhaps.n)
        return unmeasurable(self.quantity, "empty-base")

    def _widened(self, region: Interval, perhaps: Part, timeless: int) -> Interval:
        """The times that rows leave that may count, or whose time is not known."""
        unplaced = timeless or (perhaps.timeless and not self.rows.none_when_missing(self.x))
        if unplaced:
            return self._open(region)
        return region if perhaps.end is None else self._reaching(region, span(perhaps.end, self.x.zone)[1])

    def _reaching(self, region: Interval, other: Interval) -> Interval:
        assert region.low is not None  # a span has two ends
        assert region.high is not None
        assert other.low is not None
        assert other.high is not None
        if self.side == "first":
            return Interval(min(region.low, other.low), region.high, high_open=region.high_open)
        if other.high <= region.high:
            return region
        return Interval(region.low, other.high, high_open=other.high_open)

    def _open(self, region: Interval) -> Interval:
        if self.side == "first":
            return Interval(None, region.high, high_open=region.high_open)
        return Interval(region.low, None)

    def _notes(self, answer: Answer, sure: Part, perhaps: Part, setting: Setting) -> tuple[Note, ...]:
        notes = aside_notes(answer.unknown, answer.rows, "where")
        if sure.timeless:
            share = Fraction(sure.timeless, sure.n)
            notes += (Note("null-numbers", {"rows": sure.timeless, "share": share, "name": self.name}),)
        if sure.timeless and perhaps.n and setting.missing == "bounds":  # else it is told with every verdict
            facts = {"rows": perhaps.n, "share": Fraction(perhaps.n, sure.n + perhaps.n)}
            notes += (Note("unknown-rows", facts, "missing data"),)
        return (*notes, Note("process-open")) if setting.process else notes
