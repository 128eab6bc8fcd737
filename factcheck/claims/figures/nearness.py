"""How far off still counts as close: the claimed region A widened to A′."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from factcheck.claims.figures.quantity import Quantity
from factcheck.claims.regions import Interval

Rule = Callable[[Fraction], Fraction]

_TENTH: Final = Fraction(1, 10)
_TWO_POINTS: Final = Fraction(1, 50)
_FIVE_PERCENT: Final = Fraction(1, 20)


def default_rule(quantity: Quantity, *, change: bool) -> Rule:
    """The distance that is still near, as a function of the figure (or of the end of a range)."""
    if quantity is Quantity.PROPORTION:
        return _share
    if quantity is Quantity.POINTS or (quantity is Quantity.RATIO and change):
        return lambda figure: min(abs(figure) * _TENTH, _TWO_POINTS)
    if quantity is Quantity.CORRELATION:
        return lambda _: _FIVE_PERCENT
    if quantity is Quantity.RANK:
        return lambda _: Fraction(0)
    return lambda figure: abs(figure) * _FIVE_PERCENT


def _share(figure: Fraction) -> Fraction:
    return max(Fraction(0), min(_TWO_POINTS, figure * _TENTH, (1 - figure) * _TENTH))


def widened(region: Interval, rule: Rule, figure: Fraction | None) -> Interval:
    """The region with `rule` of the figure at both ends, or of each end where there is no one figure."""
    low, low_open = region.low, region.low_open
    high, high_open = region.high, region.high_open
    if low is not None and (distance := rule(low if figure is None else figure)) > 0:
        low, low_open = low - distance, False
    if high is not None and (distance := rule(high if figure is None else figure)) > 0:
        high, high_open = high + distance, False
    return Interval(low, high, low_open, high_open)
