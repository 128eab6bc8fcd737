"""The kind `peaks`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from factcheck.claims.figures import Quantity
from factcheck.measures.common import plural
from factcheck.measures.fields import Among
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.inner import Inner
from factcheck.measures.measurement import Measurement, Members, Note, Series, unmeasurable
from factcheck.measures.moments import Time
from factcheck.measures.periodic import Periodic, Periods, TooMany, label_of, periodic
from factcheck.measures.periodic_notes import series_notes, spoken
from factcheck.measures.periods import end_of, start_of
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.window import on_clock, period_of

if TYPE_CHECKING:
    from factcheck.stats.peaks import Peaks

CYCLES = {"hour": 24, "day": 7, "month": 12}  # the rhythm that a busy hour, weekday or month may belong to
SHOWN = 6  # days that a note names
NAMED = 31  # days of a claim of which each is meant: more are a time in which one of them lies

Per = Annotated[str, Field(description="hour, day, week, month or year.", examples=["day"])]


class PeaksForm(Form):
    """The days (hours, weeks, months, years) whose number of rows stands out from their surroundings.

    A day is a peak if it has at least 10 rows, at least twice the median of the seven days before and the seven after
    it, and more than noise makes: its residual from that median, on the scale on which the noise of this series is
    level (asinh √(κ(x + ⅜)), Anscombe 1948: a square root for few rows, a logarithm for many), is tested with a t tail
    of 20 degrees of freedom, one-sided, at 5% over all days together (Holm 1979). κ, how much days differ beyond
    chance, is taken from the series by robust spreads, widened for short series. Noise without any peak, with
    differences between days of up to a factor of two either way or dependence of neighbours of 0.8, gives a false
    one in at most 5% of series. What comes round is no peak: a day must also be twice the median of the same weekday
    in the four weeks before and after (an hour: of the same hour of the day, a month: of the same month), where three
    of those exist. Neighbouring days may both be peaks.

    Days are read on the clock of the claim's `timezone` (default: the column's, else UTC) and named by their date; a
    week by its Monday, a month and a year by the first day, an hour as 2017-06-05 14:00. They run over the time that
    the data cover (`where`, the collection, else the first to the last row; the claim's `period` alone tells nothing of
    the data); days without a row count as zero. Peaks outside of that `period` are left out, but what lies there is
    among the surroundings. Fewer than 8 days have no surroundings, and nothing is measured.

    Claimed is a list of days and short periods, or `{includes: […]}`, `{excludes: […]}`. Each item is one event: it is
    found where one of its days stands out, so that "1 to 2 January" holds if either day does (a note names the other).
    With `per: week` the week in which a claimed day lies is meant. `[]` claims that there are no peaks. A claimed day
    that the data do not cover may be one.

    Rows whose time is NULL may fall on any day: a day that all of them together would lift to a peak may be one, and a
    peak that they could drown among its neighbours is not certain (the noise is taken as it was found). In a random
    sample a day that stands out is one; others are ruled out only where even the upper end of their count (Garwood
    1936, 97.5%) is less than twice what is usual. In a partial collection nothing is settled. In a table of counts the
    counts are added up.

    It cannot show a rise that lasts for more than a week, which is no peak but a new level, a rhythm of the week in
    less than four weeks, or why a day stands out.

    Example: `measure: {peaks: created_at, per: day}`, `claimed: [2017-06-05, 2018-01-01 to 2018-01-02]`
    """

    kind: ClassVar[str] = "peaks"
    reads: ClassVar[Quantity | None] = Quantity.DATE
    figures: ClassVar[tuple[str, ...]] = ("[2017-06-05, 2018-01-01 to 2018-01-02]", "{includes: [2017-06-05]}", "[]")
    peaks: Time
    per: Per = "day"
    among: Among = None

    def bind(self, binder: Binder) -> Measure:
        question = periodic(binder, "peaks", self.peaks, self.per, Inner("count"), self.among, whole=True)
        return PeaksOf(question, period_of(binder.period, question.time))


@dataclass(frozen=True)
class PeaksOf:
    question: Periodic
    period: tuple[datetime | None, datetime | None]  # peaks outside of it are none of the claim's
    unit: str = ""
    quantity: Quantity = Quantity.DATE  # of the claim; what is found is a set

    @property
    def dataset(self) -> str:
        return self.question.rows.dataset.name

    @property
    def _things(self) -> str:
        return plural(self.question.rows.dataset.unit or "row")

    def words(self) -> str:
        among = self.question.rows.among
        where = f" where {among.text}" if among is not None else ""
        return f"the {self.question.unit}s whose number of {self._things}{where} stands out, by {self.question.name}"

    def measure(self, context: Context) -> Measurement:
        setting = self.question.rows.setting(context)
        try:
            found = self.question.found(context)
        except TooMany as many:
            return unmeasurable(Quantity.SET, "too-many-periods", whole=f"{many.periods:,} {self.question.unit}s")
        if found is None or (not found.n and not found.timeless.base):
            return unmeasurable(Quantity.SET, "empty-base")
        if not found.n:
            return unmeasurable(Quantity.SET, "no-numbers", name=self.question.name, rows=int(found.timeless.base))
        from factcheck.stats.peaks import LEAST, peaks

        if len(found.starts) < LEAST:
            whole = f"{len(found.starts)} {found.unit}{'s' if len(found.starts) > 1 else ''}"
            return unmeasurable(Quantity.SET, "too-few-periods", whole=whole, least=LEAST, units=f"{found.unit}s")
        counts = [float(part.y) for part in found.parts]
        unplaced = float(found.timeless.base) if setting.missing == "bounds" else 0.0
        result = peaks(counts, cycle=CYCLES.get(found.unit), unplaced=unplaced)
        return self._measured(found, result, setting, bool(unplaced))

    def _measured(self, found: Periods, result: Peaks, setting: Setting, unplaced: bool) -> Measurement:
        labels, spoken_of = found.labels, self._spoken_of(found)
        named = tuple(labels[i] for i in result.found if i in spoken_of)
        members, method = self._members(found, result, setting, spoken_of, unplaced)
        return Measurement(
            Quantity.SET,
            named,
            members,
            n=int(found.n + found.timeless.base),
            missing=int(found.timeless.base),
            aside=found.aside,
            method=method,
            notes=self._notes(found, result, setting, spoken_of),
            facts=self._facts(found, result),
            series=(self._series(found, result, spoken_of),),
            queries=(found.sql,),
            sampled=setting.mode in (Mode.SAMPLE, Mode.PROCESS),
            bound_only=method == "partial",
        )

    def _spoken_of(self, found: Periods) -> frozenset[int]:
        """The periods that the claim speaks of: those that its `period` meets."""
        low, high = (None if end is None else on_clock(end, self.question.time) for end in self.period)
        return frozenset(
            i
            for i, start in enumerate(found.starts)
            if (low is None or end_of(start, found.unit) > low) and (high is None or start < high)
        )

    def _members(
        self, found: Periods, result: Peaks, setting: Setting, spoken_of: frozenset[int], unplaced: bool
    ) -> tuple[Members, str]:
        labels = found.labels
        if setting.mode is Mode.PARTIAL and setting.unseen != 0:
            return Members(frozenset(), frozenset(labels), None, open=True), "partial"
        certain, possible = result.certain, result.possible
        if setting.mode is Mode.SAMPLE:
            possible |= _unseen(found, result, float(setting.level))
        method = "peaks" if setting.mode is not Mode.EXACT or not unplaced else "bounds"
        sure, unsure = (frozenset(labels[i] for i in group & spoken_of) for group in (certain, possible))
        return Members(sure, unsure | frozenset(_beyond(found, setting.labels))), method

    def _facts(self, found: Periods, result: Peaks) -> dict[str, object]:
        usual = [Fraction(median).limit_denominator(100) for median in result.usual]
        return {
            "per": found.unit,
            "periods": len(found.starts),
            "empty": found.empty,
            "peaks": tuple((found.labels[i], found.parts[i].y, usual[i]) for i in result.found),
            "usual": _median([part.y for part in found.parts]),
            "kappa": Fraction(result.kappa).limit_denominator(10**6),
        }

    def _series(self, found: Periods, result: Peaks, spoken_of: frozenset[int]) -> Series:
        hours = found.unit == "hour"
        x = tuple(start if hours else start.date() for start in found.starts)
        y = tuple(int(part.y) if part.y.denominator == 1 else part.y for part in found.parts)
        marks = tuple(x[i] for i in result.found if i in spoken_of)
        return Series("time", x, y, f"{found.unit}s", f"{self._things} by {found.unit}", marks)

    def _notes(self, found: Periods, result: Peaks, setting: Setting, spoken_of: frozenset[int]) -> tuple[Note, ...]:
        notes = series_notes(found, self.question, setting.missing)
        beyond = tuple(spoken(found.starts[i], found.unit) for i in result.found if i not in spoken_of)
        if beyond:
            notes += (Note("peaks-outside", {"found": _few(beyond)}),)
        cut = [found.starts[i] for i, is_cut in ((0, found.cut[0]), (-1, found.cut[1])) if is_cut]
        if cut:
            notes += (Note("edge-partial", {"edges": tuple(spoken(start, found.unit) for start in cut)}),)
        if setting.mode is Mode.SAMPLE:
            notes += (Note("peaks-sampled"),)
        return notes + self._claimed(found, result, setting)

    def _claimed(self, found: Periods, result: Peaks, setting: Setting) -> tuple[Note, ...]:
        """The days that the claim names and that do not stand out, with what they hold; those that no data cover."""
        notes: tuple[Note, ...] = ()
        if beyond := _beyond(found, setting.labels):
            notes += (Note("claimed-beyond", {"named": _few(beyond)}, "coverage", -1),)
        at = {label: i for i, label in enumerate(found.labels)}
        wanted = dict.fromkeys(_periods(setting.labels, found.unit)) if found.unit != "hour" else {}
        low = [at[name] for name in wanted if name in at and at[name] not in result.found]
        if low and len(wanted) <= NAMED:
            from factcheck.stats.peaks import ENOUGH, TIMES

            names = (spoken(found.starts[i], found.unit) for i in low)
            told = [
                f"{name} ({_against(found.parts[i].y, result.usual[i])})" for i, name in zip(low, names, strict=True)
            ]
            facts = {"named": _few(tuple(told)), "enough": ENOUGH, "times": TIMES}
            notes += (Note("not-standing-out", facts),)
        return notes


def _periods(days: tuple[str, ...], unit: str) -> list[str]:
    """The periods in which the days lie that a claim names; of an hour the first of the day."""
    moments = (datetime.fromisoformat(day) for day in days)
    return [label_of(start_of(moment, unit), unit) for moment in moments]


def _beyond(found: Periods, days: tuple[str, ...]) -> tuple[str, ...]:
    """The periods claimed that the data do not cover, so that nobody knows what they hold."""
    unit = "day" if found.unit == "hour" else found.unit
    covered = {label_of(start_of(start, unit), unit) for start in found.starts}
    names = zip(_periods(days, unit), _periods(days, found.unit), strict=True)
    return tuple(dict.fromkeys(name for period, name in names if period not in covered))


def _unseen(found: Periods, result: Peaks, level: float) -> frozenset[int]:
    """The periods that a larger sample could show to be peaks."""
    from factcheck.stats.counts import garwood

    upper = (garwood(int(part.y), level).high for part in found.parts)
    from factcheck.stats.peaks import TIMES

    return frozenset(i for i, high in enumerate(upper) if high >= TIMES * result.usual[i])


def _against(count: Fraction, usual: float) -> str:
    return f"{float(count):,.10g} against {usual:,.10g}"


def _few(names: tuple[str, ...]) -> str:
    shown = "; ".join(names[:SHOWN])
    return shown if len(names) <= SHOWN else f"{shown}; …"


def _median(values: list[Fraction]) -> Fraction:
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
