"""The method of variance estimates recovery (MOVER): from an interval of each of two figures to one of their difference
or their ratio.

Each end is recovered from the distance of the end that matters on either side to its estimate, so that skew intervals
stay skew (Zou & Donner 2008, Statistics in Medicine 27; Donner & Zou 2012, Statistical Methods in Medical Research 21).
`correlation` is that of the two estimates; 0 for independent samples.
"""

from __future__ import annotations

import math

from factcheck.errors import StatisticsError

Ends = tuple[float, float]


def difference(a: float, a_ends: Ends, b: float, b_ends: Ends, correlation: float = 0.0) -> Ends:
    """The ends for a − b, in the unit of both, from the ends of each at the same level; an infinite end opens its side.

    Zou & Donner (2008), equation 8.
    """
    _check(a, a_ends, b, b_ends, correlation)
    low = a - b - _together(a - a_ends[0], b_ends[1] - b, correlation)
    high = a - b + _together(a_ends[1] - a, b - b_ends[0], correlation)
    return low, high


def ratio(a: float, a_ends: Ends, b: float, b_ends: Ends, correlation: float = 0.0) -> Ends:
    """The ends for a/b of figures that are not negative, b above 0; Fieller's shape with recovered variances.

    Donner & Zou (2012), equation 9, solved for the ratio at which the difference a − ratio·b reaches zero. Where the
    low end of b is 0 nothing bounds the ratio from above.
    """
    _check(a, a_ends, b, b_ends, correlation)
    if not b > 0:
        raise StatisticsError(f"b must be above 0 in a ratio; got b={b}")
    if a_ends[0] < 0 or b_ends[0] < 0:
        raise StatisticsError(f"the ends of a ratio's sides must not be negative; got a_ends={a_ends}, b_ends={b_ends}")
    low = _root(a, a - a_ends[0], b, b_ends[1] - b, correlation, -1)
    high = _root(a, a_ends[1] - a, b, b - b_ends[0], correlation, 1)
    return max(0.0, low), high


def _root(a: float, from_a: float, b: float, from_b: float, correlation: float, side: int) -> float:
    """The ratio θ with |a − θb| = √(from_a² + θ²from_b² − 2·correlation·θ·from_a·from_b), below or above a/b."""
    if math.isinf(from_a) or math.isinf(from_b):
        return math.inf if side > 0 else 0.0
    square, middle, rest = b * b - from_b * from_b, a * b - correlation * from_a * from_b, a * a - from_a * from_a
    if side > 0 and square <= 0:
        return math.inf
    root = math.sqrt(max(middle * middle - square * rest, 0.0))
    if side > 0:
        return (middle + root) / square
    # The smaller root, written so that it holds where the square vanishes or turns negative.
    return rest / (middle + root) if middle + root > 0 else 0.0


def _together(x: float, y: float, correlation: float) -> float:
    if math.isinf(x) or math.isinf(y):
        return math.inf
    return math.sqrt(max(x * x + y * y - 2 * correlation * x * y, 0.0))


def _check(a: float, a_ends: Ends, b: float, b_ends: Ends, correlation: float) -> None:
    for name, value, (low, high) in (("a", a, a_ends), ("b", b, b_ends)):
        if not (math.isfinite(value) and low <= value <= high):
            raise StatisticsError(f"{name} must be finite and lie within its ends; got {name}={value}, {low} to {high}")
    if not -1 <= correlation <= 1:
        raise StatisticsError(f"correlation must lie between -1 and 1; got correlation={correlation}")
