"""Refusing impossible input by name and value."""

from __future__ import annotations

import math
import operator
from fractions import Fraction
from typing import SupportsIndex

from factcheck.errors import StatisticsError


def whole(name: str, value: SupportsIndex | float, least: int = 0) -> int:
    """`value` as an int of at least `least`; 3.0 is 3, 3.5 is refused, and so is a truth value: it counts nothing."""
    exact = _as_int(value)
    if exact is None or exact < least:
        raise StatisticsError(f"{name} must be a whole number of at least {least}; got {name}={value}")
    return exact


def _as_int(value: SupportsIndex | float) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    try:
        return operator.index(value)
    except TypeError:
        return None


def part(name: str, k: float, whole_name: str, n: float) -> None:
    """0 ≤ k ≤ n and n > 0, both finite; real numbers are allowed (effective sample sizes)."""
    if not (math.isfinite(n) and n > 0):
        raise StatisticsError(f"{whole_name} must be at least 1; got {whole_name}={n}")
    if not 0 <= k <= n:
        raise StatisticsError(f"{name} must lie between 0 and {whole_name}; got {name}={k}, {whole_name}={n}")


def tail(level: float) -> float:
    """The probability left outside each end of a two-sided interval: (1 − level)/2."""
    if not 0 < level < 1:
        raise StatisticsError(f"level must lie between 0 and 1; got level={level}")
    return (1 - level) / 2


def normal_quantile(level: float) -> float:
    """z with a share `level` of the normal distribution within ±z."""
    from statistics import NormalDist

    return NormalDist().inv_cdf(1 - tail(level))


def fraction(name: str, value: float | Fraction) -> float:
    """A sampling fraction: above 0, at most 1."""
    if isinstance(value, bool) or not 0 < value <= 1:
        raise StatisticsError(f"{name} must lie above 0 and be at most 1; got {name}={value}")
    return float(value)


def population_of(n: int, population: SupportsIndex | float) -> int:
    """A population that a sample of `n` rows can come from."""
    size = whole("population", population, 1)
    if size < n:
        raise StatisticsError(f"population must be at least n; got population={size}, n={n}")
    return size


def rows_if_whole(n: float) -> int | None:
    """n as a number of rows; None where it is an effective size that is not whole."""
    return int(n) if float(n).is_integer() else None
