"""The kind `difference`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.fields import InnerMeasure
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.measurement import Measurement
from factcheck.measures.sides import RowShare, Sides, base_of, overlap, side_notes, sides_of, subtract
from factcheck.measures.tallies import Drawn, Proportion, drawn


class DifferenceForm(Form):
    """One measure minus another, in the unit of its sides; each side may name its own `dataset`.

    The difference of two shares is claimed in points ("12 points") and given as a fraction (0.12). Complete data: the
    difference, with the bounds of both sides where values are missing. Random samples: Newcombe's hybrid score
    interval (1998) for two shares, with the φ term where both are taken over the same rows; for everything else both
    sides get an interval at half the error (Bonferroni), which is never too narrow. A partial collection bounds each
    side.

    Example: `measure: {difference: {share: "q = 'yes'"}, minus: {share: "q = 'no'"}}`, `claimed: 58 points`
    """

    kind: ClassVar[str] = "difference"
    difference: InnerMeasure
    minus: InnerMeasure

    def bind(self, binder: Binder) -> Measure:
        sides = sides_of(binder, self.difference, "difference", self.minus, "minus")
        shares = [side.quantity is Quantity.PROPORTION for side in (sides.left, sides.right)]
        if any(shares) and not all(shares):
            raise binder.fail("a share and another number have no common unit to subtract in", "minus")
        return DifferenceOf(sides, Quantity.POINTS if all(shares) else Quantity.DIFFERENCE)


@dataclass(frozen=True)
class DifferenceOf:
    sides: Sides
    quantity: Quantity

    @property
    def unit(self) -> str:
        return self.sides.left.unit

    @property
    def dataset(self) -> str:
        return self.sides.left.dataset

    def words(self) -> str:
        return f"{self.sides.left.words()}, minus {self.sides.right.words()}"

    def measure(self, context: Context) -> Measurement:
        left, right = self.sides.measured(context)
        for side in (left, right):
            if side.unmeasurable is not None:
                return replace(side, quantity=self.quantity, unit=self.unit)
        assert isinstance(left.estimate, Fraction)  # sides_of lets only numbers pass
        assert isinstance(right.estimate, Fraction)
        found = self._region(left, right, context)
        base = base_of(left, right)
        return Measurement(
            self.quantity,
            left.estimate - right.estimate,
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
            return Drawn(None, subtract(left.region, right.region), method)
        newcombe = self._newcombe(left, right, context)
        if newcombe is not None:
            return newcombe
        wide_left, wide_right = self.sides.measured(context, parts=2)
        assert isinstance(wide_left.region, Interval)
        assert isinstance(wide_right.region, Interval)
        return Drawn(None, subtract(wide_left.region, wide_right.region), "bonferroni")

    def _newcombe(self, left: Measurement, right: Measurement, context: Context) -> Drawn | None:
        a, b = left.tally, right.tally
        x, y = self.sides.left, self.sides.right
        if not (isinstance(a, Proportion) and isinstance(b, Proportion)) or a.unknown or b.unknown:
            return None
        if not (isinstance(x, RowShare) and isinstance(y, RowShare)) or a.rule != "rows" or b.rule != "rows":
            return None
        from factcheck.stats.difference import newcombe, newcombe_paired

        level = float(context.setting(x.dataset).level)
        met = overlap(x, y, context)
        if met.apart:
            bounds = newcombe(int(a.k), int(a.n), int(b.k), int(b.n), level=level)
        elif met.paired is not None:
            bounds = newcombe_paired(*met.paired, level=level)
        else:
            return None
        return drawn(None, bounds)
