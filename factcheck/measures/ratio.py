"""The kind `ratio`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.designed_counts import ratio_of_counts
from factcheck.measures.fields import InnerMeasure
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.measurement import Measurement
from factcheck.measures.sides import RowShare, Sides, bound_sides, divide, overlap
from factcheck.measures.tallies import Count, Drawn, Proportion, drawn
from factcheck.stats.mover import Ends, ratio


class RatioForm(Form):
    """One measure divided by another; each side may name its own `dataset`.

    Complete data: the quotient, with the bounds of both sides where values are missing. Random samples: the score
    interval of Koopman (1984) and Miettinen & Nurminen (1985) for two independent shares, that of Bonett & Price (2006)
    for two shares of the same rows, Clopper–Pearson on a/(a+b) for two counts of one sample, whose fraction need not be
    known (Przyborowski & Wilenski 1940), and for other figures of independent samples, and for shares of which fewer
    than ten rows count or do not, the interval that is recovered from those of both (Donner & Zou 2012). For everything
    else both sides get an interval at half the error and the quotients of their values make the region (Bonferroni),
    which is never too narrow. A partial collection bounds each side. A zero denominator makes the claim unverifiable.

    With `weight` or `cluster`, two shares or two means of one sample are compared over the units that were drawn, with
    the correlation that these give them (Donner & Zou 2012), and two counts that share no row by Korn and Graubard's
    interval of the one in both; counts stand to one another as their weights do, whatever the population.

    Example: `measure: {ratio: {count: rows, that: "party = 'Labour'"}, to: {count: rows, that: "party = 'SNP'"}}`
    """

    kind: ClassVar[str] = "ratio"
    reads: ClassVar[Quantity | None] = Quantity.RATIO
    weighs: ClassVar[bool] = True
    ratio: InnerMeasure
    to: InnerMeasure

    def bind(self, binder: Binder) -> Measure:
        return RatioOf(*bound_sides(binder, self.ratio, "ratio", self.to, "to"))


@dataclass(frozen=True)
class RatioOf(Sides):
    unit: str = "ratio"
    quantity: Quantity = Quantity.RATIO

    def words(self) -> str:
        return f"{self.left.words()}, divided by {self.right.words()}"

    def value(self, left: Fraction, right: Fraction) -> Fraction:
        return left / right

    def values(self, left: Interval, right: Interval) -> Interval:
        return divide(left, right)

    def unscaled(self, left: Measurement, right: Measurement) -> tuple[Measurement, Measurement]:
        """Two counts of rows of one sample stand to each other as in the population, whatever its size."""
        if self.left.dataset != self.right.dataset:
            return left, right
        a, b = _counted(left), _counted(right)
        return (a, b) if a is not None and b is not None else (left, right)

    def recovered(self, a: float, a_ends: Ends, b: float, b_ends: Ends) -> Ends | None:
        return ratio(a, a_ends, b, b_ends) if min(a_ends[0], b_ends[0]) >= 0 and b > 0 else None

    def measure(self, context: Context) -> Measurement:
        counted = ratio_of_counts(self.left, self.right, context)
        return super().measure(context) if counted is None else counted

    def named(self, left: Measurement, right: Measurement, context: Context) -> Drawn | None:
        return self._score(left, right, context) or self._counts(left, right, context)

    def _score(self, left: Measurement, right: Measurement, context: Context) -> Drawn | None:
        a, b = left.tally, right.tally
        if not (isinstance(a, Proportion) and isinstance(b, Proportion)) or a.unknown or b.unknown:
            return None
        if a.rule != "rows" or b.rule != "rows":
            return None
        x, y = self.left, self.right
        if not (isinstance(x, RowShare) and isinstance(y, RowShare)):
            return None
        from factcheck.stats.difference import ratio_of_paired_proportions, ratio_of_proportions

        level = float(context.setting(x.dataset).level)
        met = overlap(x, y, context)
        if met.apart and (a.is_scarce or b.is_scarce):
            return self.recovered_from(left, right)
        if met.apart:
            return drawn(None, ratio_of_proportions(int(a.k), int(a.n), int(b.k), int(b.n), level))
        return None if met.paired is None else drawn(None, ratio_of_paired_proportions(*met.paired, level=level))

    def _counts(self, left: Measurement, right: Measurement, context: Context) -> Drawn | None:
        a, b = left.tally, right.tally
        if not (isinstance(a, Count) and isinstance(b, Count)) or a.unknown or b.unknown:
            return None
        same_sample = self.left.dataset == self.right.dataset and a.scales and b.scales
        if not same_sample:
            return None
        from factcheck.stats.difference import ratio_of_counts

        # Counts of one sample that share rows depend on each other: the interval is then too wide, if anything.
        bounds = ratio_of_counts(int(a.k), int(b.k), float(context.setting(self.dataset).level))
        return drawn(None, bounds)


def _counted(side: Measurement) -> Measurement | None:
    """A count that only wants a sampling fraction, as the rows that were drawn."""
    tally, reason = side.tally, side.unmeasurable
    if reason is None or reason.code != "count-needs-fraction" or not isinstance(tally, Count) or tally.unknown:
        return None
    return replace(side, estimate=Fraction(tally.k), unmeasurable=None)
