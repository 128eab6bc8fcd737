"""Values as they come out of an engine: one spelling for zero, one order for labels, exact interpolation."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any


def plain(value: Any) -> Any:
    """-0.0 becomes 0.0: the engine groups them together and keeps whichever came first."""
    return value + 0.0 if isinstance(value, float) else value


def place(value: Any) -> tuple[int, Any]:
    """A sort key in the engine's own order: numbers, times and text ascending, NaN after infinity, NULL last."""
    if value is None:
        return (3, 0)
    if isinstance(value, float) and math.isnan(value):
        return (2, 0)
    if isinstance(value, int | float | Decimal | Fraction | str | date):
        return (0, value)
    return (1, repr(value))


def places(values: Iterable[Any]) -> tuple[tuple[int, Any], ...]:
    return tuple(place(value) for value in values)


def rank_of(q: Fraction, n: int) -> tuple[int, Fraction]:
    """Position (from 0) of the quantile q among n sorted values, and the part of the way to the next (R type 7)."""
    h = q * (n - 1)
    return math.floor(h), h - math.floor(h)


def interpolate(low: Any, high: Any, part: Fraction) -> Any:
    """The value `part` of the way from low to high: exact for integers and decimals, nearest double for doubles."""
    if not part or low == high:
        return low
    if isinstance(low, float) or isinstance(high, float):
        return _between_floats(float(low), float(high), part)
    if isinstance(low, date):
        return _between_times(low, high, part)
    value = Fraction(low) + part * (Fraction(high) - Fraction(low))
    return int(value) if value.denominator == 1 else value


def _between_floats(low: float, high: float, part: Fraction) -> float:
    if not (math.isfinite(low) and math.isfinite(high)):
        return low * float(1 - part) + high * float(part)
    return float(Fraction(low) + part * (Fraction(high) - Fraction(low)))


def _between_times(low: date, high: date, part: Fraction) -> datetime:
    start, end = _moment(low), _moment(high)
    microseconds = (end - start) // timedelta(microseconds=1)
    return start + timedelta(microseconds=round(microseconds * part))


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)


def ratio(numerator: Any, denominator: int) -> Any:
    """Exact for integers and decimals; None where there is nothing to divide by."""
    if numerator is None or not denominator:
        return None
    if isinstance(numerator, float):
        return numerator / denominator
    return Fraction(numerator) / denominator
