"""How many times as many events a day fall into one time as into another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import SupportsIndex

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Bounds, Note
from factcheck.stats.checks import normal_quantile, tail, whole

Floats = NDArray[np.float64]
FEW_DAYS = 5  # on either side, below which nothing is known of how much days differ
FEWEST = 10  # days altogether, below which not even that can be told whether they differ more than chance
UNEQUAL = 0.05  # days differ more than chance where a spread as large would be rarer than this


def rate_ratio(
    a: SupportsIndex | float, time_a: float, b: SupportsIndex | float, time_b: float, level: float = 0.95
) -> Bounds:
    """(a/time_a) / (b/time_b) for events that come independently of one another, at a steady rate in each time.

    Given a + b, a is binomial: exact limits of its share, turned into a ratio of rates (Przyborowski & Wilenski 1940,
    Biometrika 31). The same holds for rows drawn at random from any events: then the ratio is that of all of them.
    With b = 0 there is no estimate and no upper end.
    """
    first, second = whole("a", a), whole("b", b)
    _positive("time_a", time_a)
    _positive("time_b", time_b)
    low, high = _conditional(first, second, tail(level))
    unit = time_b / time_a
    notes = (Note.ZERO_DENOMINATOR,) if second == 0 else ()
    estimate = first / second * unit if second else None
    return Bounds(low * unit, high * unit, "exact conditional binomial", notes, estimate, first + second, level)


def daily_rate_ratio(
    days: Sequence[int], counts: Sequence[float], during: Sequence[bool], level: float = 0.95
) -> Bounds:
    """Mean events a day of the days `during` over that of the others, for events that may come in bursts.

    `days` are the numbers of the days in the calendar (ascending), `counts` the events of each. Where daily counts vary
    no more than chance has it, the limits are those of `rate_ratio`, with its counts divided by their dispersion
    (Pearson's X² by its degrees of freedom, at least 1). Where they vary more, or resemble their neighbours (X² or r₁
    beyond its 95 % point), the widest of three intervals is taken, since which holds depends on how bursts grow with
    the rate: quasi-Poisson (variance in proportion to the mean; McCullagh & Nelder 1989), one relative spread for all
    days (variance in proportion to the square of the mean), and Welch's for two spreads (1947), the last two on the
    logarithm of the ratio. Quantiles are Student's with one degree of freedom less than the smaller number of days, and
    variances grow by (1 + r)/(1 − r), r = clip((n·r₁ + 2)/(n − 4), 0, 0.95), r₁ the larger of the correlations between
    neighbouring days of the counts and of their logarithms. With fewer than 5 days on one side, or 10 altogether,
    nothing is concluded then.

    Simulated over 175 settings (Poisson, negative binomial of size 0.3 and 1, log-normal, and days correlated at 0.5; 1
    to 60 days against 27 to 120, 0.6 to 150 events a day; 400 samples each) it holds the true ratio in 93 % to 100 %
    of samples, 98.3 % on average, with no tail above 5 %. `rate_ratio` holds it in 6 % to 94 % of the bursty ones, in
    24 % of the middle one.
    """
    number, y, here = np.asarray(days, np.int64), np.asarray(counts, np.float64), np.asarray(during, np.bool_)
    _check(number, y, here)
    tail(level)
    first, second = y[here], y[~here]
    sizes, totals = (len(first), len(second)), (float(first.sum()), float(second.sum()))
    n, method = len(y), "rate ratio of daily counts"
    estimate = (totals[0] / sizes[0]) / (totals[1] / sizes[1]) if totals[1] else None
    zero = (Note.ZERO_DENOMINATOR,) if not totals[1] else ()
    spread = _Spread(number, y, here)
    if n < FEWEST or (spread.bursts and min(sizes) < FEW_DAYS):
        return Bounds(0.0, math.inf, method, (Note.FEW_DAYS, *zero), estimate, n, level)
    limits = [_scaled(totals, sizes, tail(level), 1.0)]
    if spread.bursts:
        outside = _student_tail(level, min(sizes) - 1)
        spreading = max(1.0, spread.dispersion) * spread.growth
        limits += [_scaled(totals, sizes, outside, spreading), *spread.on_logs(level)]
    else:
        limits.append(_scaled(totals, sizes, tail(level), max(1.0, spread.dispersion)))
    low, high = min(limit[0] for limit in limits), max(limit[1] for limit in limits)
    notes = (Note.BURSTS,) if spread.bursts else ()
    return Bounds(low, high, method, (*notes, *zero), estimate, n, level)


class _Spread:
    """How much the counts of single days vary about the mean of their side."""

    def __init__(self, number: NDArray[np.int64], y: Floats, here: NDArray[np.bool_]) -> None:
        from scipy.special import chdtrc

        self.number, self.y, self.here = number, y, here
        self.mean = np.where(here, y[here].mean(), y[~here].mean())
        self.freedom = len(y) - 2
        known = self.mean > 0
        squares = float(((y[known] - self.mean[known]) ** 2 / self.mean[known]).sum())
        self.dispersion = squares / self.freedom if self.freedom > 0 else 1.0
        unequal = self.freedom > 0 and float(chdtrc(self.freedom, squares)) < UNEQUAL
        self.alike = self._alike()
        self.bursts = unequal or self.alike > normal_quantile(1 - 2 * UNEQUAL) / math.sqrt(len(y))

    def _alike(self) -> float:
        """How much days resemble their neighbours: the larger correlation, of the counts or of their logarithms."""
        logs = np.log(self.y + 0.5)
        logs = logs - np.where(self.here, logs[self.here].mean(), logs[~self.here].mean())
        relative = (self.y - self.mean) / np.where(self.mean > 0, self.mean, 1.0)
        return max(self._neighbours(relative), self._neighbours(logs))

    @property
    def growth(self) -> float:
        """By how much days that resemble their neighbours widen the variance of a mean."""
        n = len(self.y)
        r = min(max((n * self.alike + 2) / (n - 4), 0.0), 0.95)
        return (1 + r) / (1 - r)

    def _neighbours(self, residual: Floats) -> float:
        beside = np.diff(self.number) == 1
        whole_sum = float((residual * residual).sum())
        return float((residual[1:] * residual[:-1])[beside].sum()) / whole_sum if whole_sum > 0 else 0.0

    def on_logs(self, level: float) -> list[tuple[float, float]]:
        """The two intervals on the logarithm of the ratio; none where a side has no event."""
        first, second = self.y[self.here], self.y[~self.here]
        if not first.sum() or not second.sum():
            return []
        n1, n2 = len(first), len(second)
        center = math.log(first.mean() / second.mean())
        relative = float(((self.y / self.mean - 1) ** 2).sum()) / self.freedom
        v1 = float(first.var(ddof=1)) / n1 / float(first.mean()) ** 2
        v2 = float(second.var(ddof=1)) / n2 / float(second.mean()) ** 2
        welch = (v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1)) if v1 + v2 > 0 else math.inf
        pairs = ((relative * (1 / n1 + 1 / n2), float(min(n1, n2) - 1)), (v1 + v2, welch))
        halves = [_student(level, freedom) * math.sqrt(variance * self.growth) for variance, freedom in pairs]
        return [(math.exp(center - half), math.exp(center + half)) for half in halves]


def _scaled(
    totals: tuple[float, float], sizes: tuple[int, int], outside: float, dispersion: float
) -> tuple[float, float]:
    low, high = _conditional(totals[0] / dispersion, totals[1] / dispersion, outside)
    unit = sizes[1] / sizes[0]
    return low * unit, high * unit


def _conditional(a: float, b: float, outside: float) -> tuple[float, float]:
    """Limits of the odds that an event is one of `a`, with `outside` in each tail; counts may be fractions."""
    from scipy.special import betaincinv

    low = float(betaincinv(a, b + 1, outside)) if a > 0 else 0.0
    high = float(betaincinv(a + 1, b, 1 - outside)) if b > 0 else 1.0
    return low / (1 - low), math.inf if high >= 1 else high / (1 - high)


def _student(level: float, freedom: float) -> float:
    from scipy.special import stdtrit

    return normal_quantile(level) if math.isinf(freedom) else float(stdtrit(freedom, 1 - tail(level)))


def _student_tail(level: float, freedom: int) -> float:
    """The part of the normal distribution beyond Student's quantile, which counts as what lies outside each end."""
    from scipy.special import ndtr

    return float(ndtr(-_student(level, freedom)))


def _check(number: NDArray[np.int64], y: Floats, here: NDArray[np.bool_]) -> None:
    if not len(number) == len(y) == len(here):
        raise StatisticsError(
            f"days, counts and during must be of one length; got {len(number)}, {len(y)}, {len(here)}"
        )
    if not here.any() or here.all():
        raise StatisticsError("during must hold for some of the days and not for others")
    if (np.diff(number) <= 0).any():
        raise StatisticsError("days must ascend")
    if not np.isfinite(y).all() or (y < 0).any():
        raise StatisticsError("counts must be finite and not negative")


def _positive(name: str, value: float) -> None:
    if not (math.isfinite(value) and value > 0):
        raise StatisticsError(f"{name} must be above 0; got {name}={value}")
