"""The kind `trend`."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.fields import Among, InnerMeasure
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.inner import inner_of
from factcheck.measures.measurement import Definition, Measurement, Note, Series, unmeasurable
from factcheck.measures.moments import Time
from factcheck.measures.peaks import Per
from factcheck.measures.periodic import Part, Periodic, Periods, TooMany, periodic
from factcheck.measures.periodic_notes import series_notes, spoken
from factcheck.measures.points import Points, month_lengths
from factcheck.measures.setting import Mode, Setting

if TYPE_CHECKING:
    from factcheck.stats.trend import Fit

ANY = Interval(Fraction(-1), None)  # every change there can be
SUMMED = ("count", "sum", "distinct")  # whose figure is zero where there is no row
OUT_OF = ("share", "mean")  # whose periods weigh as much as they have rows


class TrendForm(Form):
    """Whether a figure rises, falls or stays flat over time; the value is the relative change from start to end.

    `of` is measured in each period (default: the number of rows; also `count` with `that`, `count: distinct x`, share,
    sum, mean, median, min, max), and a log-linear line is fitted to the series, by quasi-likelihood for w·exp(a + b·t)
    (McCullagh & Nelder 1989): w is one, for shares and means the rows of the period, so that each weighs as much as it
    has rows. The change is the fitted end over the fitted start, minus one: +1 is a doubling, −0.5 a halving. *Rising*
    is any change above zero, *falling* any below, *flat* one of at most 10% either way, so that a small rise is both
    rising and flat. For a count this asks where the average row lies: behind the middle of the time, and it rises.
    Totals below zero have no such line, and nothing is measured.

    Periods (hour, day, week from Monday, month, year) are those of the clock of the claim's `timezone` (default: the
    column's, else UTC). They run over the time that the claim speaks of (its `period`, the ends that `where` and
    `among` set to the column) as far as the collection covers it, else from the first to the last row that `where`
    leaves. Periods without a row count as zero; for a share, a mean, a median, a least or largest value they have no
    figure and are left out. A first or last period that is covered in part only is left out too: one in which the time
    begins or ends, or in which the rows begin later (end earlier) than in every other period and than chance would have
    it (with fewer than four periods to compare that is a doubt, and stays in). Months are compared as they are, however
    long. An hour that a clock put back has twice holds the rows of both.

    Complete data are not in doubt: the change is what it is. Fewer than 8 points, though, make a line of almost
    anything: there the direction counts as settled where every step goes the same way, and else the region reaches
    from the fitted change to none. For a random sample, and where the claim is `about: process`, the region is an
    interval of the slope with the standard error of quasi-Poisson regression, widened for the dependence of neighbours
    (`r` = 0.4 with fewer than 8 points; else from the residuals, after Geyer 1992): in simulation it covers 96% on
    average and 91% at worst, where neighbours depend with 0.6. Distinct counts, medians and extremes of a sample have
    no interval. In a partial collection nothing is known.

    Rows of which it is not known whether they count, and rows without a time, are placed where they change the trend
    most, within the time looked at; for shares and means the latter leave it open where a period has no row. A missing
    number leaves any trend open. The test of Mann and Kendall, which asks only which values are larger and takes days
    to be independent, is told beside it.

    It is one line over the whole time: it cannot show a rise that is followed by a fall, nor why something rises. More
    rows may be more collecting.

    Example: `measure: {trend: created_at, per: day}`, `claimed: rising`
    """

    kind: ClassVar[str] = "trend"
    reads: ClassVar[Quantity | None] = Quantity.TREND
    trend: Time
    per: Per = "day"
    of: InnerMeasure | None = Field(
        None, description="The measure of each period (default: its rows).", examples=[{"mean": "likes"}]
    )
    among: Among = None

    def bind(self, binder: Binder) -> Measure:
        inner = inner_of(binder, self.of, "of")
        return TrendOf(periodic(binder, "trend", self.trend, self.per, inner, self.among))


@dataclass(frozen=True)
class TrendOf:
    question: Periodic
    unit: str = ""
    quantity: Quantity = Quantity.TREND

    @property
    def dataset(self) -> str:
        return self.question.rows.dataset.name

    def words(self) -> str:
        among = self.question.rows.among
        where = f", where {among.text}" if among is not None else ""
        return f"the trend of {self._what} per {self.question.unit}, by {self.question.name}{where}"

    @property
    def _what(self) -> str:
        return self.question.inner.text

    def measure(self, context: Context) -> Measurement:
        setting = self.question.rows.setting(context)
        try:
            found = self.question.found(context)
        except TooMany as many:
            return unmeasurable(self.quantity, "too-many-periods", whole=f"{many.periods:,} {self.question.unit}s")
        if found is None or (not found.n and (found.outside or not found.timeless.base)):
            return unmeasurable(self.quantity, "empty-base")
        if not found.n:
            return unmeasurable(self.quantity, "no-numbers", name=self.question.name, rows=int(found.timeless.base))
        if any(part.y < 0 for part in found.parts):
            return unmeasurable(self.quantity, "negative-trend", name=self._what)
        whole = self._points(found, setting)
        points = whole.between(*_kept(found))
        if points.n < 2:
            return unmeasurable(self.quantity, "one-period", units=f"{found.unit}s")
        if not points.is_fit_for:
            return unmeasurable(self.quantity, "nothing-counted")
        return self._measured(found, whole, points, setting)

    def _points(self, found: Periods, setting: Setting) -> Points:
        y, more, out_of, known = zip(*(self._point(part, setting) for part in found.parts), strict=True)
        numbers = sum(part.numbers for part in found.parts)
        return Points(y, more, out_of, known, 0.5 * sum(y) / numbers if numbers else 0.5)

    def _point(self, part: Part, setting: Setting) -> tuple[float, float, float, float]:
        kind, open_ = self.question.inner.kind, setting.missing == "bounds"
        more = float(part.more) if open_ and kind in ("count", "share") else 0.0
        if kind in SUMMED:
            return float(part.y), more, 1.0, 1.0
        if kind == "share":
            known = float(part.base if setting.missing == "false" else part.base - part.more)
            return float(part.y), more, float(part.base) if open_ else known, known
        weight = float(part.numbers) if kind == "mean" else float(part.valued)
        return float(part.y), 0.0, weight, weight

    def _measured(self, found: Periods, whole: Points, points: Points, setting: Setting) -> Measurement:
        from factcheck.stats.trend import mann_kendall

        line = points.fitted()
        region, method = self._region(line, points, found, setting)
        start, stop = _kept(found)
        test = mann_kendall(points.values)
        facts = {
            "what": self._what, "per": found.unit, "change": _exact(line.change), "per_unit": _exact(line.per_step),
            "first": _exact(line.first), "last": _exact(line.last), "periods": points.n, "empty": found.empty,
            "begins": spoken(found.starts[start], found.unit), "ends": spoken(found.starts[stop - 1], found.unit),
            "S": test.s, "tau": _exact(test.tau), "p": _exact(test.p), "smoothed": line.smoothed,
        }  # fmt: skip
        return Measurement(
            self.quantity,
            _exact(line.change),
            region,
            n=int(found.n + found.timeless.base),
            missing=found.missing,
            aside=found.aside,
            method=method,
            notes=self._notes(found, points, setting),
            facts=facts,
            series=(self._series(found, whole),),
            definitions=self._definitions(found, whole, points),
            queries=(found.sql,),
            sampled=method == "quasi-poisson",
            degrees=line.degrees if method == "quasi-poisson" else None,
            bound_only=method == "partial",
        )

    def _region(self, line: Fit, points: Points, found: Periods, setting: Setting) -> tuple[Interval, str]:
        from factcheck.stats.trend import FEW

        kind = self.question.inner.kind
        if setting.mode is Mode.PARTIAL and setting.unseen != 0:
            return ANY, "partial"
        if setting.mode is Mode.SAMPLE and kind in ("distinct", "median", "min", "max"):
            return ANY, "no-interval"
        low, high = self._bounds(line, points, found, setting)
        if setting.mode in (Mode.SAMPLE, Mode.PROCESS):
            below, above = line.limits(float(setting.level))
            # Both doubts together: the ends that missing values allow, each as far off as chance allows.
            low, high = _times(low, below, line.change), _times(high, above, line.change)
            return _interval(low, high), "quasi-poisson"
        if points.n < FEW and not self._one_way(points, found, setting):
            return _interval(min(low, 0.0), max(high, 0.0)), "few-points"
        return _interval(low, high), "complete" if low == high else "bounds"

    def _bounds(self, line: Fit, points: Points, found: Periods, setting: Setting) -> tuple[float, float]:
        """The changes that missing answers, numbers and times allow."""
        from factcheck.stats.trend import bounds

        kind, timeless = self.question.inner.kind, found.timeless
        counted = kind in ("count", "share")
        open_numbers = any(part.numberless or (part.more and not counted) for part in (*found.parts, timeless))
        if setting.missing != "bounds" or not found.missing:
            return line.change, line.change
        if open_numbers or (timeless.base and not counted and kind not in ("sum", "mean")) or timeless.y < 0:
            return -1.0, math.inf
        if timeless.base and kind in OUT_OF and not all(points.out_of):
            return -1.0, math.inf  # a row without a time may give a figure to a period that has none
        unplaced = float(timeless.y + timeless.more)
        rows = float(timeless.base if kind == "share" else timeless.numbers) if kind in OUT_OF else 0.0
        low, high = bounds(points.y, points.more, points.out_of, unplaced, rows)
        return min(low, line.change), max(high, line.change)

    def _one_way(self, points: Points, found: Periods, setting: Setting) -> bool:
        """Whether every step goes the same way, or none goes any, whatever the missing values are."""
        values = points.values
        if found.missing and setting.missing == "bounds":
            return False
        steps = [(b > a) - (b < a) for a, b in pairwise(values)]
        return len(set(steps)) == 1

    def _definitions(self, found: Periods, whole: Points, points: Points) -> tuple[Definition, ...]:
        """What the change would be with the periods that are left out, and without those that count as zero."""
        told: tuple[Definition, ...] = ()
        if points != whole:
            told += (Definition("edges", "left-out", (("kept", _exact(whole.fitted().change)),)),)
        if found.empty and self.question.inner.kind in SUMMED:
            start, stop = _kept(found)
            rows = [float(part.base > 0) for part in found.parts[start:stop]]
            other = replace(points, known=tuple(rows), out_of=tuple(rows))
            value = _exact(other.fitted().change) if other.is_fit_for else None
            told += (Definition("empty", "zero", (("skip", value),)),)
        return told

    def _series(self, found: Periods, whole: Points) -> Series:
        hours = found.unit == "hour"
        x = tuple(start if hours else start.date() for start in found.starts)
        y = tuple(_exact(y / k) if k > 0 else Fraction(0) for y, k in zip(whole.y, whole.known, strict=True))
        return Series("time", x, y, f"{found.unit}s", f"{self._what.removeprefix('the number of ')} by {found.unit}")

    def _notes(self, found: Periods, points: Points, setting: Setting) -> tuple[Note, ...]:
        from factcheck.stats.trend import FEW, mann_kendall

        notes = series_notes(found, self.question, setting.missing)
        start, stop = _kept(found)
        cut = [*found.starts[:start], *found.starts[stop:]]
        if cut:
            notes += (Note("edges-left-out", {"edges": tuple(spoken(edge, found.unit) for edge in cut)}),)
        if doubtful := [found.starts[i] for i, cut_off in ((0, found.cut[0]), (-1, found.cut[1])) if cut_off is None]:
            named = tuple(spoken(edge, found.unit) for edge in doubtful)
            notes += (Note("edges-doubtful", {"edges": named}, "coverage", -1),)
        few = setting.mode is Mode.EXACT and points.n < FEW and not self._one_way(points, found, setting)
        if few:
            notes += (Note("steps-differ", {"points": points.n}),)
        if setting.mode is Mode.SAMPLE and self.question.inner.kind in ("distinct", "median", "min", "max"):
            notes += (Note("no-interval"),)
        if points.n > 2:
            test = mann_kendall(points.values)
            p = f"= {test.p:.2g}" if test.p >= 0.001 else "< 0.001"
            facts = {"tau": f"{test.tau:.2f}", "p": p}
            notes += (Note("mann-kendall", facts),)
        if found.unit == "month" and self.question.inner.kind in ("count", "sum"):
            notes += month_lengths(points, found.starts[start:stop])
        return notes


def _kept(found: Periods) -> tuple[int, int]:
    """Where the series begins and stops without periods that are covered in part only."""
    start = int(found.cut[0] is True)
    return start, max(start, len(found.starts) - int(found.cut[1] is True))


def _exact(value: float) -> Fraction:
    """A figure of floating point by its certain digits."""
    return Fraction(f"{value:.12g}") if math.isfinite(value) else Fraction(0)


def _times(end: float, limit: float, estimate: float) -> float:
    """An end moved by as much, in relation, as a limit lies from the estimate."""
    return (1 + end) * (1 + limit) / (1 + estimate) - 1 if math.isfinite(end) and estimate > -1 else end


def _interval(low: float, high: float) -> Interval:
    return Interval(Fraction(-1) if low <= -1 else _exact(low), None if math.isinf(high) else _exact(high))
