"""Counts, proportions, totals and means as they come out of the answers, and the region M of each.

One class per statistic, one method per rule of the calculus (docs: "How a verdict is reached"): exact
data with worst-case bounds for missing values (Manski 1989, 2003), random samples, partial collections.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from factcheck.claims.regions import UNBOUNDED, Interval
from factcheck.measures.measurement import Note
from factcheck.measures.setting import Mode, Setting
from factcheck.stats.bounds import Bounds, between
from factcheck.stats.bounds import Note as Remark

Number = int | Fraction

# With fewer rows on a side of two shares, Newcombe's and Miettinen and Nurminen's limits miss the truth on one side in
# up to 14 % of samples, those recovered from exact limits in up to 5 % (6 % where one share is 2 % and the other 98 %).
SCARCE = 10


@dataclass(frozen=True)
class Drawn:
    """An estimate with its region, the method's code and what an editor should know of it."""

    estimate: Fraction | None
    region: Interval
    method: str = "complete"
    notes: tuple[Note, ...] = ()
    unmeasurable: Note | None = None


def exact(value: float) -> Fraction | None:
    """A limit computed in floating point as a rational; None for infinity."""
    return None if math.isinf(value) else Fraction(value)


def times(region: Interval, factor: Fraction) -> Interval:
    """Every value of a region times a positive factor."""
    return Interval(
        None if region.low is None else region.low * factor, None if region.high is None else region.high * factor
    )


def limits(bounds: Bounds) -> Interval:
    """The ends of an interval as rationals; 1/20 of a population is no double, and must not lie beside itself."""
    low, high = exact(bounds.low), exact(bounds.high)
    if bounds.steps is None or low is None or high is None:
        return Interval(low, high)
    return Interval(_part_of(bounds.steps, low), _part_of(bounds.steps, high))


def _part_of(population: int, end: Fraction) -> Fraction:
    """The whole part of a population that is the same double as an end of an interval; the end itself if none is."""
    part = Fraction(round(end * population), population)
    return part if float(part) == float(end) else end


def drawn(estimate: Fraction | None, bounds: Bounds) -> Drawn:
    """An interval of `stats` as a region, its remarks as notes."""
    notes = tuple(Note(NOTES[note], {"n": bounds.n or 0}) for note in bounds.notes if note in NOTES)
    return Drawn(estimate, limits(bounds), bounds.method, notes)


NOTES = {  # not that nothing was found: what may have gone unseen is told of a share of single rows alone
    Remark.FEW_ROWS: "few-rows",
    Remark.LONG_TAIL: "long-tail",
    Remark.NO_VARIATION: "no-variation",
    Remark.NO_ORDER_STATISTIC: "no-order-statistic",
    Remark.ZERO_DENOMINATOR: "zero-base",
    Remark.FEW_EVENTS: "few-events",
    Remark.UNSEEN_GROUPS: "unseen-groups",
    Remark.FEW_CLUSTERS: "few-clusters",
    Remark.UNEVEN_CLUSTERS: "uneven-clusters",
    Remark.FEW_DAYS: "few-days",
    Remark.BURSTS: "bursts",
}


@dataclass(frozen=True)
class Proportion:
    """`k` of `n` satisfy the condition and `unknown` of them may.

    `rule` says of what: rows, or units (authors) of which any, all or most rows must. Rows that were not seen can
    turn a unit that was: who has no such row so far may have one, and who has nothing else may have another.
    """

    k: Number
    n: Number
    unknown: Number = 0
    rule: Literal["rows", "any", "all", "most"] = "rows"

    def settled(self, missing: str) -> Proportion:
        if missing == "ignore":
            return replace(self, n=self.n - self.unknown, unknown=0)
        return replace(self, unknown=0) if missing == "false" else self

    @property
    def estimate(self) -> Fraction | None:
        known = self.n - self.unknown
        return Fraction(self.k) / known if known else None

    @property
    def is_scarce(self) -> bool:
        """Whether so few rows satisfy the condition, or do not, that what is made of it needs exact limits."""
        return min(self.k, self.n - self.k) < SCARCE

    def draw(self, setting: Setting) -> Drawn:
        if setting.mode is Mode.PARTIAL:
            return Drawn(self.estimate, self._partial(setting.unseen), "partial")
        if setting.mode is Mode.EXACT:
            region = Interval(Fraction(self.k) / self.n, Fraction(self.k + self.unknown) / self.n)
            return Drawn(self.estimate, region, "bounds" if self.unknown else "complete")
        if setting.mode is Mode.SAMPLE and self.rule != "rows":
            # Rows were drawn, not units: who has many is drawn more often, so that no interval for units holds.
            return Drawn(self.estimate, self._partial(None), "partial", (Note("no-interval"),))
        return self._sampled(setting)

    def _partial(self, unseen: int | None) -> Interval:
        top = self.k + self.unknown
        if unseen is None:
            some = self.k > 0 and self.rule in ("rows", "any")
            not_all = self.n > top and self.rule in ("rows", "all")
            return Interval(Fraction(0), Fraction(1), low_open=some, high_open=not_all)
        # Each unseen row is a unit of its own, or turns one that was seen where the rule lets it.
        lost = min(unseen, self.k) if self.rule in ("all", "most") else 0
        won = min(unseen, self.n - top) if self.rule in ("any", "most") else 0
        return Interval(
            Fraction(self.k - lost) / (self.n + unseen - lost), Fraction(top + unseen) / (self.n + unseen - won)
        )

    def _sampled(self, setting: Setting) -> Drawn:
        from factcheck.stats import proportion as stats

        k, unknown, n, level = int(self.k), int(self.unknown), int(self.n), float(setting.level)
        population = population_behind(n, setting)
        bounds = stats.proportion_with_missing(k, unknown, n, level, population)
        result = drawn(self.estimate, bounds)
        if k or unknown:
            return result
        return replace(result, notes=(Note("zero-events", {"n": n, "bound": Fraction(stats.rule_of_three(n))}),))


def population_behind(n: int, setting: Setting) -> int | None:
    """The size of the population behind `n` rows of a sample; None where it is not known or chance has no end.

    That of a subgroup is not stated. The largest that the sample allows stands for it: its share of the population
    could round to what was drawn, and pass a part of it for the whole.
    """
    if setting.mode is not Mode.SAMPLE or setting.population is None or not setting.rows:
        return None
    population = max(setting.population, setting.rows)
    if n == setting.rows:
        return population
    from factcheck.stats.counts import hypergeometric_total

    return int(hypergeometric_total(n, setting.rows, population, float(setting.level)).high)


@dataclass(frozen=True)
class Count:
    """`k` things and `unknown` more that may count. `scales`: rows, which a sampling fraction scales."""

    k: Number
    unknown: Number = 0
    scales: bool = True
    growing: bool = True  # unseen rows can add at most one each (rows, distinct values)
    blind: bool = False  # nothing is known of any row, so that k = 0 is no estimate

    def settled(self, missing: str) -> Count:
        return self if missing == "bounds" else replace(self, unknown=0)

    def draw(self, setting: Setting) -> Drawn:
        k, high = Fraction(self.k), Fraction(self.k + self.unknown)
        if setting.mode is Mode.EXACT:
            return Drawn(self._known(k), Interval(k, high), "bounds" if self.unknown else "complete")
        if setting.process:
            return self._event(setting)
        if setting.mode is Mode.SAMPLE and self.scales:
            return self._scaled(setting)
        top = high + setting.unseen if self.growing and setting.unseen is not None else None
        notes = (Note("not-scaled"),) if setting.mode is Mode.SAMPLE else ()
        return Drawn(self._known(k), Interval(k, top), "partial", notes)

    def _known(self, value: Fraction) -> Fraction | None:
        return None if self.blind else value

    def _event(self, setting: Setting) -> Drawn:
        """What a process brings on average: of rows drawn at a rate f it is 1/f times that of those drawn, and of
        others than those seen nothing but the lower end is known."""
        from factcheck.stats.counts import garwood

        level, k = float(setting.level), Fraction(self.k)
        low, high = garwood(int(self.k), level), garwood(int(self.k + self.unknown), level)
        if setting.mode is Mode.PROCESS:
            return drawn(self._known(k), between(low, high, None))
        if setting.mode is Mode.SAMPLE and self.scales:
            if setting.fraction is None:
                return Drawn(None, UNBOUNDED, unmeasurable=Note("count-needs-fraction"))
            found = drawn(self._known(k / setting.fraction), between(low, high, None))
            return replace(found, region=times(found.region, 1 / setting.fraction))
        notes = (Note("not-scaled"),) if setting.mode is Mode.SAMPLE else ()
        return Drawn(self._known(k), Interval(exact(low.low), None), "partial", notes)

    def _scaled(self, setting: Setting) -> Drawn:
        from factcheck.stats.counts import hypergeometric_total, scaled_count

        level = float(setting.level)
        k, top = int(self.k), int(self.k + self.unknown)
        if setting.population is not None and setting.rows:
            low = hypergeometric_total(k, setting.rows, setting.population, level)
            high = hypergeometric_total(top, setting.rows, setting.population, level)
            return drawn(self._known(Fraction(k * setting.population, setting.rows)), between(low, high, None))
        if setting.fraction is not None:
            low, high = scaled_count(k, setting.fraction, level), scaled_count(top, setting.fraction, level)
            return drawn(self._known(k / setting.fraction), between(low, high, None))
        return Drawn(None, UNBOUNDED, unmeasurable=Note("count-needs-fraction"))


@dataclass(frozen=True)
class Total:
    """A sum over `n` known values and `missing` unknown ones, each in [low, high] where a range is known."""

    s: Fraction
    n: int
    missing: int = 0
    smallest: Fraction | None = None  # of the values seen
    largest: Fraction | None = None
    low: Fraction | None = None  # the column's stated range
    high: Fraction | None = None

    def settled(self, missing: str) -> Total:
        return self if missing == "bounds" else replace(self, missing=0)

    @property
    def floor(self) -> Fraction | None:
        """The least an unseen value can be: the stated range, else zero where nothing seen is negative."""
        if self.low is not None:
            return self.low
        return Fraction(0) if self.smallest is not None and self.smallest >= 0 else None

    @property
    def ceiling(self) -> Fraction | None:
        if self.high is not None:
            return self.high
        if self.smallest is None or self.largest is None:
            return None
        # Where all are zero they are taken for counts of which there happened to be none: more may be.
        return Fraction(0) if self.largest <= 0 and self.smallest < 0 else None

    @property
    def sign_assumed(self) -> bool:
        """Whether no stated range, but only the values seen, say that none lies on the other side of zero."""
        return (self.low is None and self.floor is not None) or (self.high is None and self.ceiling is not None)

    def bounds(self) -> Interval:
        """The sums that the missing values allow, by the stated range alone."""
        return _add_unknown(self.s, self.missing, self.low, self.high)

    def partial(self, unseen: int | None, *, everything: bool = False) -> Interval:
        """The sums that the rows not seen allow; `everything`: no condition, every one of them belongs to the sum."""
        inner = self.bounds()
        if unseen is None:
            low = inner.low if self.floor is not None and self.floor >= 0 else None
            high = inner.high if self.ceiling is not None and self.ceiling <= 0 else None
            return Interval(low, high)
        low_each, high_each = self.floor, self.ceiling
        if not everything:
            # Unseen rows need not belong to the base: each adds nothing, or a value in the range.
            low_each = None if low_each is None else min(Fraction(0), low_each)
            high_each = None if high_each is None else max(Fraction(0), high_each)
        low = None if inner.low is None or (unseen and low_each is None) else inner.low + unseen * (low_each or 0)
        high = None if inner.high is None or (unseen and high_each is None) else inner.high + unseen * (high_each or 0)
        return Interval(low, high)

    def mean_bounds(self) -> Interval:
        inner, n = self.bounds(), self.n + self.missing
        return Interval(None if inner.low is None else inner.low / n, None if inner.high is None else inner.high / n)

    def mean_partial(self, unseen: int | None) -> Interval:
        if unseen is None:
            low = self.low if self.low is not None else None
            return Interval(low, self.high)
        unknown = self.missing + unseen
        whole = _add_unknown(self.s, unknown, self.low, self.high)
        n = self.n + unknown
        return Interval(None if whole.low is None else whole.low / n, None if whole.high is None else whole.high / n)


def _add_unknown(s: Fraction, missing: int, low: Fraction | None, high: Fraction | None) -> Interval:
    if not missing:
        return Interval.point(s)
    return Interval(None if low is None else s + missing * low, None if high is None else s + missing * high)
