"""The kind `gap`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.evidence.asks import Answer, Extremes
from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.gap import Gap, GapAnswer, Silence
from factcheck.measures.common import among_notes, aside_notes, label, refuse_counts
from factcheck.measures.fields import Among
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.measurement import Definition, Measurement, Note, unmeasurable
from factcheck.measures.moments import Time
from factcheck.measures.rows import Rows, rows_of
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.times import moment_text, seconds
from factcheck.measures.window import (
    Window,
    as_moment,
    claimed_window,
    covered_window,
    on_clock,
    period_of,
    window_text,
)
from factcheck.stats.silences import least_longest

SHOWN = 4  # silences that a report may name
MOST = 1_000  # silences that travel, for the bounds that missing times leave
A_DAY = Fraction(86_400)


class GapForm(Form):
    """The longest silence: the longest stretch of time without a row, in seconds that passed.

    Stretches are those between two rows that follow one another in time and, at the edges of the period, from its
    start to the first row and from the last row to its end. The period is what the claim speaks of: its `period`,
    narrowed by the ends that `where` and `among` set to the column. An end that the claim leaves open is that of the
    collection (`collected.from`, `to`); where neither is known there is no edge on that side. Rows outside of the
    claim's `period` do not count, and a note says how many. A note names the period used, and the report tells what the
    longest silence between two rows is (`edges: skip` leaves the edges out). In a period of the claim without any row
    the silence is the whole of it. Where the collection does not cover the period, rows may be missing: the estimate
    is the longest silence within what was collected, the region reaches to what it would be if there were none.

    A column of dates tells days: the stretch is the number of whole days without a row. Rows at the same moment leave
    no stretch between them. With `by: author` the longest silence of any one author is meant, each author's edges
    included: whoever posts once is silent for most of the period, so that `edges: skip` is often what is meant.

    Rows whose time is NULL may lie in the silence: the region goes down to the shortest that the longest silence can
    be, wherever they lie. Where the period has no ends they may lie outside of all rows, and there is no upper end.
    Rows whose `by` is NULL may belong to anybody, and a row without a time may be the only one of an author: with `by`
    the region then reaches to the whole of the period. In a partial collection or a sample rows that were not collected
    may break the silence: [0, gap] inside a fixed period, else nothing is known. Of the process behind the rows
    (`about: process`) nothing is concluded.

    Silence of the data is not silence of the account: what was deleted or not collected leaves the same trace.

    Example: `measure: {gap: created_at, among: "created_at >= '2018-02-01' and created_at < '2018-06-01'"}`
    """

    kind: ClassVar[str] = "gap"
    reads: ClassVar[Quantity | None] = Quantity.DURATION
    gap: Time
    among: Among = None
    by: Annotated[
        str | None, Field(description="The longest silence within any one of its values.", examples=["author"])
    ] = None
    edges: Literal["count", "skip"] = Field(
        "count", description="Whether the stretches before the first and after the last row count."
    )

    def bind(self, binder: Binder) -> Measure:
        refuse_counts(binder, "gap")
        time = binder.expression(self.gap, "gap", expect="time")
        by = None if self.by is None else binder.column(self.by, "by")
        rows = rows_of(binder, self.among, "among")
        stated = claimed_window(binder, "gap", time, rows.where, rows.among)
        only = period_of(binder.period, time)
        return GapOf(rows, time, self.gap, by, self.by, stated, only, self.edges == "count")


@dataclass(frozen=True)
class GapOf:
    rows: Rows
    time: Bound
    name: str
    by: Bound | None
    label: str | None
    stated: Window  # what the claim says of the time
    period: tuple[datetime | None, datetime | None]  # rows outside of it do not count
    edges: bool
    unit: str = ""
    quantity: Quantity = Quantity.DURATION

    @property
    def dataset(self) -> str:
        return self.rows.dataset.name

    def words(self) -> str:
        of = f" of one {self.label}" if self.label else ""
        told = f"the longest time without a row{of}, by {self.name}"
        return told + (f", where {self.rows.among.text}" if self.rows.among is not None else "")

    def measure(self, context: Context) -> Measurement:
        setting = context.setting(self.dataset)
        spread = context.answer(self.rows.ask(aggregates=(Extremes(self.time),)))
        covered = self._covered(spread)
        window = self.stated.filled(covered)
        inside = self.rows.inside(spread)
        timed = sum(int(self.rows.values(spread, 0)["count"][i]) for i in inside)
        unplaced = sum(spread.n[i] for i in inside) - timed
        found = context.answer(self._question(window, min(MOST, max(SHOWN, unplaced + 1))))
        if found.groupless and unplaced < MOST:
            found = context.answer(self._question(window, min(MOST, found.groupless + unplaced + 1)))
        if window.is_empty or window.within(covered.start, covered.end, "collection").is_empty:
            return unmeasurable(self.quantity, "no-period")
        return self._measured(found, window, covered, spread, setting)

    def _question(self, window: Window, most: int) -> Gap:
        base, (since, before) = self.rows.base, self.period
        return Gap(self.dataset, self.time, base, self.by, since, before, window.start, window.end, most)

    def _covered(self, spread: Answer) -> Window:
        ends = self.rows.values(spread, 0)
        inside = self.rows.inside(spread)
        first = min((end for i in inside if (end := as_moment(ends["min"][i])) is not None), default=None)
        last = max((end for i in inside if (end := as_moment(ends["max"][i])) is not None), default=None)
        return covered_window(self.time, self.rows.dataset, first, last)

    def _measured(
        self, found: GapAnswer, window: Window, covered: Window, spread: Answer, setting: Setting
    ) -> Measurement:
        timeless = 0 if self.rows.none_when_missing(self.time) else found.timeless
        whole = self._ordered(found.between + found.edges if self.edges else found.between)
        if not found.n and timeless and not found.outside:
            return unmeasurable(self.quantity, "no-numbers", name=self.name, rows=found.timeless)
        if not found.n and self.by is None and self.edges and window.is_claimed:
            whole = [self._all_of(window)]
        if not found.n and not whole:
            return unmeasurable(self.quantity, "empty-base")
        if not whole and found.n == found.groups and not (self.edges and window.is_fixed):
            return unmeasurable(self.quantity, "no-silence", rows=found.n)
        silences = self._ordered(self._trimmed(one, covered) for one in whole)
        longest = self._length(silences[0]) if silences else Fraction(0)
        most = self._length(whole[0]) if whole else Fraction(0)
        region, method = self._region(longest, most, silences, found, window, timeless, setting)
        return Measurement(
            self.quantity,
            longest,
            region,
            n=found.n + found.groupless + timeless,
            missing=timeless + found.groupless,
            aside=int(self.rows.aside(spread)),
            method=method,
            notes=self._notes(found, window, covered, spread, timeless, uncovered=most > longest)
            + ((Note("process-open"),) if setting.process else ()),
            facts={"n": found.n, "silences": tuple(self._told(one) for one in silences[:SHOWN])},
            definitions=self._definitions(found, covered, longest) if not self.edges or _has_ends(window) else (),
            queries=found.queries,
            bound_only=method == "partial",
        )

    def _trimmed(self, silence: Silence, covered: Window) -> Silence:
        """The part of a silence at the edge that the collection covers."""
        start, end = silence.start, silence.end
        if silence.edge:
            start = max(start, self._as(covered.start)) if covered.start is not None else start
            end = min(end, self._as(covered.end)) if covered.end is not None else end
        return replace(silence, start=start, end=max(start, end))

    def _as(self, moment: datetime) -> date | datetime:
        return moment.date() if self.time.family is Family.DATE else moment

    def _all_of(self, window: Window) -> Silence:
        assert window.start is not None  # both ends are the claim's
        assert window.end is not None
        return Silence(self._as(window.start), self._as(window.end), edge=True)

    def _ordered(self, silences: Iterable[Silence]) -> list[Silence]:
        return sorted(silences, key=lambda one: (-self._length(one), str(one.start), str(one.group)))

    def _length(self, silence: Silence) -> Fraction:
        return _length(silence.start, silence.end)

    def _region(
        self, longest: Fraction, most: Fraction, silences: list[Silence], found: GapAnswer, window: Window,
        timeless: int, setting: Setting,
    ) -> tuple[Interval, str]:  # fmt: skip
        fixed = self.edges and window.is_fixed
        length = _length(window.start, window.end) if window.start is not None and window.end is not None else None
        seen_all = setting.mode is Mode.EXACT or (not setting.process and setting.unseen == 0)
        if not seen_all:
            # Rows not seen may also be those of somebody who was not, silent for nearly the whole period.
            if setting.process:
                return Interval(Fraction(0), None), "no-interval"
            return Interval(Fraction(0), most if fixed and self.by is None else length), "partial"
        unplaced = timeless + found.groupless
        if not unplaced or setting.missing != "bounds":
            return Interval(longest, most), "complete" if longest == most else "bounds"
        width = A_DAY if self.time.family is Family.DATE else Fraction(0)
        low = least_longest([self._length(one) + width for one in silences], unplaced) - width
        # A row without a time may be the only one of somebody, who is silent for nearly the whole period.
        placed = fixed and (self.by is None or not unplaced)
        return Interval(max(low, Fraction(0)), most if placed else length), "bounds"

    def _definitions(self, found: GapAnswer, covered: Window, longest: Fraction) -> tuple[Definition, ...]:
        others = found.between if self.edges else found.between + found.edges
        instead = self._ordered(self._trimmed(one, covered) for one in others)
        value = self._length(instead[0]) if instead else None
        used, other = ("count", "skip") if self.edges else ("skip", "count")
        return (Definition("edges", used, ((other, value),) if value is not None and value != longest else ()),)

    def _told(self, silence: Silence) -> tuple[str, str, str, Fraction]:
        """Who was silent, from when to when in words, and how long."""
        start, end = (self._shown(moment) for moment in (silence.start, silence.end))
        return (label(silence.group) if silence.group is not None else "", start, end, self._length(silence))

    def _shown(self, moment: date | datetime) -> str:
        return moment_text(on_clock(moment, self.time) if isinstance(moment, datetime) else moment)

    def _notes(
        self, found: GapAnswer, window: Window, covered: Window, spread: Answer, timeless: int, *, uncovered: bool
    ) -> tuple[Note, ...]:
        aside = int(self.rows.aside(spread))
        notes = aside_notes(spread.unknown, spread.rows, "where") + among_notes(aside, found.n)
        notes += (_period(window, self.time) if self.edges else Note("gap-between"),)
        if uncovered:
            notes += (Note("gap-uncovered", {"period": window_text(covered, self.time)}),)
        if found.outside:
            notes += (Note("outside-period", {"rows": found.outside}),)
        if timeless:
            share = Fraction(timeless, found.n + found.groupless + timeless)
            notes += (Note("null-numbers", {"rows": timeless, "share": share, "name": self.name}),)
        if found.groupless:
            notes += (Note("null-labels", {"rows": found.groupless, "name": self.label}),)
        if window.holes:
            notes += (Note("gap-holes", {"name": self.name}, "indirectness", -1),)
        return notes if found.n else (*notes, Note("gap-whole"))


def _has_ends(window: Window) -> bool:
    """Whether there are edges that could count."""
    return window.start is not None or window.end is not None


def _period(window: Window, time: Bound) -> Note:
    """The time in which the silence is looked for, and who set it."""
    if window.start is None and window.end is None:
        return Note("gap-rows")
    collected = "collection" in window.sources
    return Note("gap-collection" if collected else "gap-period", {"period": window_text(window, time)})


def _length(start: date | datetime, end: date | datetime) -> Fraction:
    if isinstance(start, datetime) and isinstance(end, datetime):
        return seconds(end) - seconds(start)
    return Fraction(end.toordinal() - start.toordinal()) * A_DAY
