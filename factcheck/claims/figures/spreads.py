"""From a number and its hedge to the values that make it true."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Final

from factcheck.claims.figures.quantity import DOMAIN, Quantity
from factcheck.claims.figures.vocabulary import Hedge
from factcheck.claims.regions import Interval

_TENTH: Final = Fraction(1, 10)
_FIVE_PERCENT: Final = Fraction(1, 20)
SPOKEN: Final = tuple(
    Fraction(k, n)
    for k, n in (
        (0, 1), (1, 10), (1, 5), (1, 4), (1, 3), (2, 5), (1, 2), (3, 5), (2, 3), (3, 4), (4, 5), (9, 10), (1, 1),
    )
)  # fmt: skip


class Style(Enum):
    """How precise a figure is by the way it is spoken."""

    EXACT = "exact"
    ROUNDS = "rounds"  # what rounds to it at the digits written
    CAPPED = "capped"  # a rounded figure whose half unit would be more than 5 %
    HALF_UNIT = "half unit"  # of time
    TENTH = "tenth"  # within 10 %
    SPOKEN = "spoken"  # a spoken fraction among its neighbours
    CHANCE = "chance"  # one in N


@dataclass(frozen=True)
class Amount:
    """A number in the unit of its quantity. For a change (`20% more`) `value` is its size, `change` its sign.

    `alone` are the values that make the bare figure true; `rounding` what rounds to it at its
    significant digits, where it is a bare rounded figure; `said` is how it is printed in a reading.
    """

    value: Fraction
    alone: Interval
    style: Style
    said: str
    change: int = 0
    rounding: Interval | None = None
    integer: bool = False


def around(value: Fraction, distance: Fraction) -> Interval:
    return Interval(value - abs(distance), value + abs(distance))


def clipped(interval: Interval, domain: Interval) -> Interval:
    """The part of the interval that lies in the domain; the caller knows that there is one."""
    low, low_open = interval.low, interval.low_open
    high, high_open = interval.high, interval.high_open
    if domain.low is not None and (low is None or low < domain.low):
        low, low_open = domain.low, False
    if domain.high is not None and (high is None or high > domain.high):
        high, high_open = domain.high, False
    return Interval(low, high, low_open, high_open)


def reflected(interval: Interval) -> Interval:
    low = None if interval.high is None else -interval.high
    high = None if interval.low is None else -interval.low
    return Interval(low, high, interval.high_open, interval.low_open)


def shifted(interval: Interval, by: Fraction) -> Interval:
    low = None if interval.low is None else interval.low + by
    high = None if interval.high is None else interval.high + by
    return Interval(low, high, interval.low_open, interval.high_open)


def whole_figure(value: Fraction) -> tuple[Interval, Style, Interval | None]:
    """A figure without decimals: exact, or half a unit of the last non-zero digit but at most 5 %."""
    size = abs(value)
    if value.denominator != 1 or size < 100 or size % 10:
        return Interval.point(value), Style.EXACT, None
    unit = 10
    while size % (unit * 10) == 0:
        unit *= 10
    half, cap = Fraction(unit, 2), size * _FIVE_PERCENT
    return (
        around(value, min(half, cap)),
        Style.ROUNDS if half <= cap else Style.CAPPED,
        _at_significant_digits(value, unit),
    )


def _at_significant_digits(value: Fraction, unit: int) -> Interval:
    """What still rounds to the figure; below a power of ten the steps are ten times finer."""
    half = Fraction(unit, 2)
    inner = half / 10 if abs(value) == unit else half
    found = Interval(abs(value) - inner, abs(value) + half)
    return found if value >= 0 else reflected(found)


def spoken_fraction(value: Fraction) -> Interval:
    """Nearer to this fraction than to its neighbours, and within 10 % of it."""
    below = max((f for f in SPOKEN if f < value), default=value)
    above = min((f for f in SPOKEN if f > value), default=value)
    low = max((below + value) / 2, value * (1 - _TENTH))
    high = min((above + value) / 2, value * (1 + _TENTH), Fraction(1))
    return Interval(min(low, value), max(high, value))


def chance(top: int, bottom: int) -> Interval:
    """One in N: between 1/(N + ½) and 1/(N − ½)."""
    half = Fraction(1, 2)
    return Interval(top / (bottom + half), min(top / (bottom - half), Fraction(1)))


def hedged(hedge: Hedge, amount: Amount, quantity: Quantity) -> Interval:
    """The values that make the hedged figure true; a change is still told by its size."""
    value = amount.value
    if value < 0 and hedge in (Hedge.ABOUT, Hedge.NEARLY, Hedge.JUST_OVER, Hedge.UP_TO):
        mirrored = Amount(-value, reflected(amount.alone), amount.style, amount.said)
        return reflected(hedged(hedge, mirrored, quantity))
    if hedge is Hedge.PLAIN:
        return amount.alone
    if hedge is Hedge.EXACTLY:
        return Interval.point(value)
    if hedge is Hedge.ABOUT:
        return around(value, _about(value, quantity)).hull(amount.alone)
    reach = _reach(value, quantity)
    if hedge is Hedge.NEARLY:
        return Interval(value - reach, value)
    if hedge is Hedge.JUST_OVER:
        return Interval(value, value + reach)
    if hedge is Hedge.UP_TO:
        return Interval(value * (1 - _TENTH), amount.alone.high)
    return _one_sided(hedge, value, floor(quantity, value, amount.change))


def _about(value: Fraction, quantity: Quantity) -> Fraction:
    """10 %; for shares at most 5 points and half the distance to 100 %."""
    if quantity is Quantity.PROPORTION:
        return min(value * _TENTH, _FIVE_PERCENT, (1 - value) / 2)
    return value * _TENTH


def _reach(value: Fraction, quantity: Quantity) -> Fraction:
    return min(value * _TENTH, _FIVE_PERCENT) if quantity is Quantity.PROPORTION else value * _TENTH


def floor(quantity: Quantity, value: Fraction, change: int) -> Fraction | None:
    """Where `less than X` begins: at zero, unless the number may well be negative."""
    if change:
        return Fraction(0)
    if quantity in (Quantity.DIFFERENCE, Quantity.POINTS):
        return Fraction(0) if value > 0 else None
    return DOMAIN[quantity].low


def _one_sided(hedge: Hedge, value: Fraction, low: Fraction | None) -> Interval:
    if hedge.is_low:
        return Interval(value, None, low_open=hedge is Hedge.MORE)
    return Interval(low, value, high_open=hedge is Hedge.LESS)


def directed(interval: Interval, quantity: Quantity, change: int) -> Interval:
    """A region of sizes of a change as the region of the values themselves, inside what is possible."""
    if change:
        interval = interval if change > 0 else reflected(interval)
        interval = shifted(interval, Fraction(1 if quantity is Quantity.RATIO else 0))
    return clipped(interval, DOMAIN[quantity])
