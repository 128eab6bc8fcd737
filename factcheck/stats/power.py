"""How many rows would settle a claim: rows of a share, of any other figure by its interval, and missing answers."""

from __future__ import annotations

import math

from factcheck.errors import StatisticsError
from factcheck.stats.checks import normal_quantile, tail, whole

_POWER, _POWER_BOTH = 0.84, 1.28  # normal quantiles of 80 % and 90 %, as reports print them


def rows_needed(
    p: float, d: float, deff: float = 1.0, between_two_edges: bool = False, level: float = 0.95
) -> int | None:
    """Rows of a random sample that would clear an edge at distance `d` with a chance of four in five.

    p is the share as now estimated, d the distance (as a fraction, its sign ignored) to the edge that
    the interval must clear, deff how many times the variance exceeds that of rows drawn singly.
    n = (1.96 + 0.84)² p(1 − p) deff/d² at a level of 95 %; between two edges, d to the nearer, (1.96 + 1.28)².
    Never fewer than with not one row counting, 0.025^(1/n) = 1 − d: near 0 and 1 the formula alone would
    promise an answer from a handful of rows. None where d = 0: no number of rows settles this.
    """
    if not 0 <= p <= 1:
        raise StatisticsError(f"p must lie between 0 and 1; got p={p}")
    if not abs(d) <= 1:
        raise StatisticsError(f"d must lie between -1 and 1; got d={d}")
    if not (math.isfinite(deff) and deff > 0):
        raise StatisticsError(f"deff must be above 0; got deff={deff}")
    distance = abs(d)
    if distance == 0:
        return None
    normal = _quantiles(level, between_two_edges) ** 2 * p * (1 - p) / distance**2
    none_counting = math.log(tail(level)) / math.log1p(-distance) if distance < 1 else 1.0
    # Rounded first: 7.84 · 0.25 / 0.05² is 784 rows, and not 785 for an error in the sixteenth digit.
    return math.ceil(round(max(normal, none_counting) * deff, 6))


def rows_by_width(
    n: float, half: float, d: float, between_two_edges: bool = False, level: float = 0.95
) -> int | None:
    """Rows that would clear an edge at distance `d`, for any figure whose interval narrows with the root of the rows.

    n rows have an interval that reaches `half` from the estimate towards the edge (in the unit of the figure, as
    is d). The standard error is half/1.96 at a level of 95 %, so that n·((1.96 + 0.84)/1.96 · half/d)² rows have
    one of d/(1.96 + 0.84): the rule of `rows_needed` with the spread read off the interval, and with it the design
    of the sample (Cochran 1977, 4.6). None where d = 0.
    """
    for name, value in (("n", n), ("half", half)):
        if not (math.isfinite(value) and value > 0):
            raise StatisticsError(f"{name} must be above 0; got {name}={value}")
    if not math.isfinite(d):
        raise StatisticsError(f"d must be finite; got d={d}")
    if d == 0:
        return None
    return math.ceil(round(n * (_quantiles(level, between_two_edges) / _quantile(level) * half / abs(d)) ** 2, 6))


def within_population(rows: float, population: float) -> int:
    """As many rows as tell the same where they are drawn from so many without replacement (Cochran 1977, 4.4)."""
    if not (math.isfinite(rows) and rows > 0 and population > 0):
        raise StatisticsError(f"rows and population must be above 0; got rows={rows}, population={population}")
    return math.ceil(round(rows / (1 + (rows - 1) / population), 6))


def answers_needed(k: int, n: int, missing: int, low: float | None, high: float | None) -> int | None:
    """How many of the missing answers would have to be known for the worst-case bounds of a share to lie in
    [low, high] (None: no edge on that side), if those answer as the others do.

    k of n rows count and `missing` have no known answer. With u of them known the bounds are [(k + pu)/n,
    (k + pu + missing − u)/n], p = k/(n − missing). None where not even all of them would do.
    """
    n, missing, k = whole("n", n, 1), whole("missing", missing), whole("k", k)
    if k + missing > n or missing == n:
        raise StatisticsError(f"k and missing must leave rows of n; got k={k}, missing={missing}, n={n}")
    p = k / (n - missing)
    needed = [0.0]
    if low is not None:
        needed.append(_known(n * low - k, p))
    if high is not None:
        needed.append(_known(k + missing - n * high, 1 - p))
    most = math.ceil(round(max(needed), 6)) if max(needed) < math.inf else missing + 1
    return most if most <= missing else None


def _known(short: float, each: float) -> float:
    """How many answers make up what a bound is short of, where each brings so much."""
    return 0.0 if short <= 0 else short / each if each > 0 else math.inf


def _quantile(level: float) -> float:
    return round(normal_quantile(level), 2)


def _quantiles(level: float, both: bool) -> float:
    return _quantile(level) + (_POWER_BOTH if both else _POWER)
