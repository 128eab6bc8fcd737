"""The kind `ratio`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.fields import InnerMeasure
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.measurement import Measurement, unmeasurable
from factcheck.measures.sides import RowShare, Sides, base_of, divide, overlap, side_notes, sides_of
from factcheck.measures.tallies import Count, Drawn, Proportion, drawn


class RatioForm(Form):
    """One measure divided by another; each side may name its own `dataset`.

    Complete data: the quotient, with the bounds of both sides where values are missing. Random samples: the score
    interval of Koopman (1984) and Miettinen & Nurminen (1985) for two independent shares, Clopper–Pearson on a/(a+b)
    for two counts of one sample (Przyborowski & Wilenski 1940); for everything else both sides get an interval at half
    the error and the quotients of their values make the region (Bonferroni), which is never too narrow. A partial
    collection bounds each side. A zero denominator makes the claim unverifiable.

    Example: `measure: {ratio: {count: rows, that: "party = 'Labour'"}, to: {count: rows, that: "party = 'SNP'"}}`
    """

    kind: ClassVar[str] = "ratio"
    reads: ClassVar[Quantity | None] = Quantity.RATIO
    ratio: InnerMeasure
    to: InnerMeasure

    def bind(self, binder: Binder) -> Measure:
        return RatioOf(sides_of(binder, self.ratio, "ratio", self.to, "to"))


@dataclass(frozen=True)
class RatioOf:
    sides: Sides
    unit: str = "ratio"
    quantity: Quantity = Quantity.RATIO

    @property
    def dataset(self) -> str:
        return self.sides.left.dataset

    def words(self) -> str:
        return f"{self.sides.left.words()}, divided by {self.sides.right.words()}"

    def measure(self, context: Context) -> Measurement:
        left, right = self.sides.measured(context)
        for side in (left, right):
            if side.unmeasurable is not None:
                return replace(side, quantity=self.quantity, unit=self.unit)
        if right.estimate == 0:
            return unmeasurable(self.quantity, "zero-denominator")
        assert isinstance(left.estimate, Fraction)  # sides_of lets only numbers pass
        assert isinstance(right.estimate, Fraction)
        found = self._region(left, right, context)
        base = base_of(left, right)
        return Measurement(
            self.quantity,
            left.estimate / right.estimate,
            found.region,
            self.unit,
            n=base.n,
            missing=base.missing,
            aside=base.aside,
            method=found.method,
            notes=(*side_notes(left, right), *found.notes),
            facts={"left": left.estimate, "right": right.estimate, "n": base.n},
            queries=(*left.queries, *right.queries),
            sampled=found.method not in ("complete", "bounds", "partial"),
            bound_only=left.bound_only or right.bound_only,
        )

    def _region(self, left: Measurement, right: Measurement, context: Context) -> Drawn:
        assert isinstance(left.region, Interval)  # sides_of lets only numbers pass
        assert isinstance(right.region, Interval)
        if not self.sides.sampled(context):
            exact = left.method == right.method == "complete"
            partial = "partial" in (left.method, right.method)
            method = "complete" if exact else "partial" if partial else "bounds"
            return Drawn(None, divide(left.region, right.region), method)
        named = self._score(left, right, context) or self._counts(left, right, context)
        if named is not None:
            return named
        wide_left, wide_right = self.sides.measured(context, parts=2)
        assert isinstance(wide_left.region, Interval)
        assert isinstance(wide_right.region, Interval)
        return Drawn(None, divide(wide_left.region, wide_right.region), "bonferroni")

    def _score(self, left: Measurement, right: Measurement, context: Context) -> Drawn | None:
        a, b = left.tally, right.tally
        if not (isinstance(a, Proportion) and isinstance(b, Proportion)) or a.unknown or b.unknown:
            return None
        if a.rule != "rows" or b.rule != "rows":
            return None
        x, y = self.sides.left, self.sides.right
        if not (isinstance(x, RowShare) and isinstance(y, RowShare)) or not overlap(x, y, context).apart:
            return None
        from factcheck.stats.difference import ratio_of_proportions

        level = float(context.setting(x.dataset).level)
        bounds = ratio_of_proportions(int(a.k), int(a.n), int(b.k), int(b.n), level)
        return drawn(None, bounds)

    def _counts(self, left: Measurement, right: Measurement, context: Context) -> Drawn | None:
        a, b = left.tally, right.tally
        if not (isinstance(a, Count) and isinstance(b, Count)) or a.unknown or b.unknown:
            return None
        same_sample = self.sides.left.dataset == self.sides.right.dataset and a.scales and b.scales
        if not same_sample:
            return None
        from factcheck.stats.difference import ratio_of_counts

        # Counts of one sample that share rows depend on each other: the interval is then too wide, if anything.
        bounds = ratio_of_counts(int(a.k), int(b.k), float(context.setting(self.dataset).level))
        return drawn(None, bounds)
