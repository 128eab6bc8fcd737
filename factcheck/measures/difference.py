"""The kind `difference`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.fields import InnerMeasure
from factcheck.measures.form import Binder, Context, Form, Measure
from factcheck.measures.measurement import Measurement
from factcheck.measures.sides import RowShare, Sides, bound_sides, overlap, subtract
from factcheck.measures.tallies import Drawn, Proportion, drawn
from factcheck.stats.mover import Ends, difference


class DifferenceForm(Form):
    """One measure minus another, in the unit of its sides; each side may name its own `dataset`.

    The difference of two shares is claimed in points ("12 points") and given as a fraction (0.12). Complete data: the
    difference, with the bounds of both sides where values are missing. Random samples: Newcombe's hybrid score
    interval (1998) for two shares, with the φ term where both are taken over the same rows; for other figures of
    independent samples, and for shares of which fewer than ten rows count or do not, the interval recovered from those
    of both (Zou & Donner 2008). For everything else both sides get an interval at half the error (Bonferroni),
    which is never too narrow. A partial collection bounds each side.

    With `weight` or `cluster`, two shares, two means or two counts of one sample are compared over the units that were
    drawn, with the correlation that these give them (Zou & Donner 2008); anything else by Bonferroni.

    Example: `measure: {difference: {share: "q = 'yes'"}, minus: {share: "q = 'no'"}}`, `claimed: 58 points`
    """

    kind: ClassVar[str] = "difference"
    weighs: ClassVar[bool] = True
    difference: InnerMeasure
    minus: InnerMeasure

    def bind(self, binder: Binder) -> Measure:
        left, right = bound_sides(binder, self.difference, "difference", self.minus, "minus")
        shares = [side.quantity is Quantity.PROPORTION for side in (left, right)]
        if any(shares) and not all(shares):
            raise binder.fail("a share and another number have no common unit to subtract in", "minus")
        return DifferenceOf(left, right, Quantity.POINTS if all(shares) else Quantity.DIFFERENCE)


@dataclass(frozen=True)
class DifferenceOf(Sides):
    quantity: Quantity = Quantity.DIFFERENCE

    @property
    def unit(self) -> str:
        return self.left.unit

    def words(self) -> str:
        return f"{self.left.words()}, minus {self.right.words()}"

    def value(self, left: Fraction, right: Fraction) -> Fraction:
        return left - right

    def values(self, left: Interval, right: Interval) -> Interval:
        return subtract(left, right)

    def recovered(self, a: float, a_ends: Ends, b: float, b_ends: Ends) -> Ends | None:
        return difference(a, a_ends, b, b_ends)

    def named(self, left: Measurement, right: Measurement, context: Context) -> Drawn | None:
        a, b = left.tally, right.tally
        x, y = self.left, self.right
        if not (isinstance(a, Proportion) and isinstance(b, Proportion)) or a.unknown or b.unknown:
            return None
        if not (isinstance(x, RowShare) and isinstance(y, RowShare)) or a.rule != "rows" or b.rule != "rows":
            return None
        from factcheck.stats.difference import newcombe, newcombe_paired

        level = float(context.setting(x.dataset).level)
        met = overlap(x, y, context)
        if met.apart and (a.is_scarce or b.is_scarce):
            return self.recovered_from(left, right)
        if met.apart:
            bounds = newcombe(int(a.k), int(a.n), int(b.k), int(b.n), level=level)
        elif met.paired is not None:
            bounds = newcombe_paired(*met.paired, level=level)
        else:
            return None
        return drawn(None, bounds)
