"""The kind `rate`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Annotated, ClassVar

from pydantic import Field

from factcheck.claims.figures import Quantity
from factcheck.evidence.asks import Answer, Extremes
from factcheck.evidence.expressions import Bound, conjunction, is_null, part_on
from factcheck.evidence.patterns.rates import Day, Rates, RatesAnswer
from factcheck.measures.common import among_notes, aside_notes, plural, refuse_counts
from factcheck.measures.fields import Among, InnerMeasure
from factcheck.measures.form import Binder, BindError, Context, Form, Measure
from factcheck.measures.inner import Inner, inner_of
from factcheck.measures.measurement import Definition, Measurement, Note, Series, unmeasurable
from factcheck.measures.rate_intervals import Side, region_of, side_of
from factcheck.measures.rows import Rows, rows_of
from factcheck.measures.setting import Setting
from factcheck.measures.window import (
    DAY,
    Window,
    as_moment,
    claimed_window,
    covered_window,
    on_clock,
    to_moment,
    window_text,
)

DIFFERS = Fraction(1, 20)  # two ways to tell the length that give figures further apart cost confidence
LONGEST = 3_700  # days that a picture may hold


class RateForm(Form):
    """Events a day in one time against another: (rows `during` / its days) / (rows `versus` / its days).

    Days are those of the calendar on the clock of the claim's `timezone` on which the condition can hold, whether or
    not there is a row, within the time that the claim speaks of (its `period`, what `where` and `among` leave of the
    time column) and the collection covers (`collected.from`, `to`); where neither says, from the day of the first row
    to that of the last. A note names it. A condition that holds for a part of a day counts it whole; where that happens
    the report tells the figure by hours instead, and the verdict is less sure if the two differ by more than 5 %.
    Conditions are read on the time column alone: what another column decides has no length, and is refused.
    `rate` counts rows or different values (`count: distinct author`), with `that`.

    Rows whose `that` is NULL may count, rows without a time may have been in either (they are taken to lie within the
    time looked at, also where the rows alone tell when that begins and ends). A random sample gets the exact
    conditional interval (Przyborowski & Wilenski 1940): rows drawn at random fall into both in proportion. For the
    process behind the data (`about: process`) that interval is far too narrow where events come in bursts (simulated,
    it holds the truth in a quarter of such cases); the interval follows from the counts of single days instead, and
    with fewer than 10 days, or fewer than 5 on one side where they differ much, nothing is concluded. A partial
    collection settles nothing: it may have been made more densely in one time than in the other. Where both conditions
    hold at once a note says so, and there is no interval of the process.

    It shows that more happened in that time, not that it happened because of it.

    Example: `measure: {rate: {count: rows}, during: hour(created_at)<6, versus: hour(created_at)>5, time: created_at}`
    """

    kind: ClassVar[str] = "rate"
    reads: ClassVar[Quantity | None] = Quantity.RATIO
    rate: InnerMeasure
    during: Annotated[
        str,
        Field(
            description="The time of interest: a condition on the time column.", examples=["created_at > '2017-06-01'"]
        ),
    ]
    versus: Annotated[str, Field(description="The time it is held against.", examples=["created_at <= '2017-06-01'"])]
    time: Annotated[str, Field(description="The time column.", examples=["created_at"])]
    among: Among = None

    def bind(self, binder: Binder) -> Measure:
        refuse_counts(binder, "rate")
        time = binder.column(self.time, "time")
        if not (time.family.is_time or time.family == "unknown"):
            raise binder.fail(f"'time' needs a date or time; {self.time} is {time.family.value}", "time")
        inner = inner_of(binder, self.rate, "rate")
        if inner.kind not in ("count", "distinct"):
            raise binder.fail(f"'rate' counts events; {inner.kind} is no count", "rate", hint="write {count: rows}")
        during, versus = both_sides(binder, time, during=self.during, versus=self.versus)
        rows = rows_of(binder, self.among, "among")
        stated = claimed_window(binder, "rate", time, rows.where, rows.among)
        alone, mixed = _limits(rows, time)
        sides = (conjunction(during, alone) or during, conjunction(versus, alone) or versus)
        return RateOf(rows, time, inner, *sides, self.during, self.versus, replace(stated, holes=mixed))


def both_sides(binder: Binder, time: Bound, **texts: str) -> list[Bound]:
    """The two conditions; the problems of both are noted before the first stops the binding."""
    sides: list[Bound] = []
    failed: BindError | None = None
    for key, text in texts.items():
        bound = binder.expression(text, key, expect="condition")
        others = sorted(bound.columns - time.columns)
        if others and time.columns:
            hint = "put other conditions into `among`, or into `that` of the measure"
            message = f"how long '{key}' lasts can be told of the time column alone, and this reads {', '.join(others)}"
            failed = binder.fail(message, key, hint=hint)
        sides.append(bound)
    if failed is not None:
        raise failed
    return sides


def _limits(rows: Rows, time: Bound) -> tuple[Bound | None, bool]:
    """What `where` and `among` ask of the time: days that they leave out have no rows, and do not count as time."""
    names = tuple(time.columns)
    found = [part_on(one, names[0]) for one in (rows.where, rows.among) if one is not None and names]
    return conjunction(*(alone for alone, _ in found)), any(mixed for _, mixed in found)


@dataclass(frozen=True)
class RateOf:
    rows: Rows
    time: Bound
    inner: Inner
    during: Bound
    versus: Bound
    during_text: str
    versus_text: str
    stated: Window
    unit: str = "ratio"
    quantity: Quantity = Quantity.RATIO

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    def words(self) -> str:
        among = f" (among those where {self.rows.among.text})" if self.rows.among is not None else ""
        during, versus = self.during_text, self.versus_text
        return f"{self.inner.text} per day{among} where {during}, divided by that per day where {versus}"

    def measure(self, context: Context) -> Measurement:
        setting = context.setting(self.dataset)
        spread = context.answer(self.rows.ask(aggregates=(Extremes(self.time),)))
        inside = self.rows.inside(spread)
        n, timed = (sum(counts[i] for i in inside) for counts in (spread.n, self.rows.values(spread, 0)["count"]))
        if n and not timed:
            return unmeasurable(self.quantity, "no-numbers", name=self.time.text, rows=n)
        window = self._window(spread)
        if window.is_empty:
            return unmeasurable(self.quantity, "no-period")
        if window.start is None or window.end is None:
            return unmeasurable(self.quantity, "empty-base")
        found = context.answer(self._question(window.start, window.end))
        a, b = side_of(found, first=True), side_of(found, first=False)
        for side, text in ((a, self.during_text), (b, self.versus_text)):
            if not side.days:
                return unmeasurable(self.quantity, "rate-no-days", condition=text)
        if not b.k:
            return unmeasurable(self.quantity, "zero-denominator")
        told = self._measured(a, b, found, window, spread, setting)
        return replace(told, notes=(*told.notes, *self._unitless(context)))

    def _unitless(self, context: Context) -> tuple[Note, ...]:
        """Rows without the value whose different ones are counted."""
        if self.inner.x is None:
            return ()
        conditions = (is_null(self.inner.x), *((self.inner.that,) if self.inner.that is not None else ()))
        lines = self.rows.lines(context.answer(self.rows.ask(*conditions)))
        n = int(sum(size for by, size in lines if all(one is True for one in by)))
        return (Note("null-units", {"rows": n, "name": self.inner.x.text}),) if n else ()

    def _question(self, start: datetime, end: datetime) -> Rates:
        return Rates(
            self.dataset, self.time, next(iter(self.time.columns)), self.during, self.versus, start, end,
            self.rows.base, self.inner.that, self.inner.x,
        )  # fmt: skip

    def _window(self, spread: Answer) -> Window:
        """The time that the claim speaks of and the collection covers; else the days that the rows hold."""
        ends, inside = self.rows.values(spread, 0), self.rows.inside(spread)
        first = min((end for i in inside if (end := as_moment(ends["min"][i])) is not None), default=None)
        last = max((end for i in inside if (end := as_moment(ends["max"][i])) is not None), default=None)
        covered = covered_window(self.time, self.rows.dataset, first, last)
        window = self.stated.within(covered.start, covered.end, "collection").holding(last)
        if first is None or last is None:
            return window
        begins = to_moment(_midnight(on_clock(first, self.time)), self.time)
        ends_with = to_moment(_midnight(on_clock(last, self.time)) + DAY, self.time)
        return window.filled(Window(begins, ends_with, ("rows", "rows")))

    def _measured(
        self, a: Side, b: Side, found: RatesAnswer, window: Window, spread: Answer, setting: Setting
    ) -> Measurement:
        timeless = 0 if self.rows.none_when_missing(self.time) else found.timeless
        unknown = timeless if setting.missing == "bounds" else 0
        held = setting.missing == "bounds"
        low = (a.k, b.k + (b.perhaps if held else 0) + unknown)
        high = (a.k + (a.perhaps if held else 0) + unknown, b.k)
        estimate = Fraction(a.k, a.days) / Fraction(b.k, b.days)
        overlap = sum(1 for day in found.days if day.moments_both)
        region = region_of(low, high, (a, b), found, setting, overlapping=bool(overlap))
        by_hours = (Fraction(a.k) / a.exact) / (Fraction(b.k) / b.exact)
        facts = {
            "k": (a.k, b.k), "days": (a.days, b.days), "n": a.k + b.k, "left": Fraction(a.k, a.days),
            "right": Fraction(b.k, b.days),
        }  # fmt: skip
        return Measurement(
            self.quantity,
            estimate,
            region.region,
            self.unit,
            n=a.k + b.k + a.perhaps + b.perhaps + timeless,
            missing=a.perhaps + b.perhaps + timeless,
            aside=int(self.rows.aside(spread)),
            method=region.method,
            notes=(*self._notes(a, b, found, window, spread, timeless, overlap, estimate, by_hours), *region.notes),
            facts=facts,
            series=self._series(found.days),
            definitions=self._definitions(a, b, by_hours),
            queries=found.queries,
            sampled=region.method not in ("complete", "bounds", "partial"),
            bound_only=region.method == "partial",
        )

    def _definitions(self, a: Side, b: Side, by_hours: Fraction) -> tuple[Definition, ...]:
        whole = a.exact == a.days and b.exact == b.days
        return () if whole else (Definition("length", "days", (("hours", by_hours),)),)

    def _series(self, days: tuple[Day, ...]) -> tuple[Series, ...]:
        if not 1 < len(days) <= LONGEST:
            return ()
        here = [day.day for day in days if day.moments_during]
        joined = here and (here[-1] - here[0]) == timedelta(days=len(here) - 1)
        window: tuple[date | datetime | int, date | datetime | int] | None = (here[0], here[-1]) if joined else None
        x, y = tuple(day.day for day in days), tuple(day.rows for day in days)
        return (Series("time", x, y, "days", f"{plural(self.rows.dataset.unit or 'row')} by day", window=window),)

    def _notes(
        self, a: Side, b: Side, found: RatesAnswer, window: Window, spread: Answer, timeless: int, overlap: int,
        estimate: Fraction, by_hours: Fraction,
    ) -> tuple[Note, ...]:  # fmt: skip
        aside = int(self.rows.aside(spread))
        notes = aside_notes(spread.unknown, spread.rows, "where") + among_notes(aside, a.k + b.k)
        facts = {"period": window_text(window, self.time)}
        notes += (Note("rate-rows" if "rows" in window.sources else "rate-period", facts),)
        if found.outside:
            notes += (Note("outside-period", {"rows": found.outside}),)
        if timeless:
            share = Fraction(timeless, a.k + b.k + a.perhaps + b.perhaps + timeless)
            notes += (Note("null-numbers", {"rows": timeless, "share": share, "name": self.time.text}),)
        if overlap:
            notes += (Note("rate-overlap", {"days": overlap}, "indirectness", -1),)
        if a.exact != a.days or b.exact != b.days:
            far = abs(by_hours - estimate) > DIFFERS * estimate
            notes += (Note("rate-part-days", {}, "indirectness", -1 if far else 0),)
        if window.holes:
            notes += (Note("rate-holes", {"name": self.time.text}, "indirectness", -1),)
        return notes


def _midnight(moment: datetime) -> datetime:
    return datetime(moment.year, moment.month, moment.day)
