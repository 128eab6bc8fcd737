"""The direction of a series: a log-linear fit, what noise leaves open of it, and the test of Mann and Kendall.

The mean of period t is taken to be w_t · exp(a + b·t), with w_t = 1 for counts and sums, and the rows of the period for
shares and means (quasi-likelihood with the variance φμ: McCullagh & Nelder 1989, ch. 9). The slope b depends on the
series only through the mean time of what is counted, Σ t·y / Σ y, and grows with it: a count rises where its average
row lies behind the middle of the time. This makes worst-case bounds for missing values exact and cheap.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import StatisticsError
from factcheck.stats.checks import tail

FEW = 8  # with fewer points their dependence cannot be told
_STEEPEST = 345.0  # of b times half the time: beyond it a double cannot hold the change
_WAVES = 3  # slow waves that the residuals are held against where neighbours depend
_DEPENDENT = 1.5  # times the variance of independent periods, from which they are
_LEVEL = 1e-9  # a smaller change is the rounding of none

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """`change` is the fitted end over the fitted start − 1, `per_step` the same for one period; `first` and `last` are
    the fitted values per unit of weight, `se` the standard error of the slope (None with two points), `degrees` its
    degrees of freedom, `inflation` how many times the variance is that of independent periods, `slow` the standard
    error by the slow waves of the residuals (None where neighbours do not depend). `smoothed`: half a row was lent to
    every period, since a series that has nothing but its first or last period has no finite slope."""

    slope: float
    change: float
    per_step: float
    first: float
    last: float
    span: int
    n: int
    se: float | None
    inflation: float = 1.0
    smoothed: bool = False
    slow: float | None = None

    @property
    def degrees(self) -> float:
        """Degrees of freedom: as many fewer as dependence makes the periods worth fewer."""
        return max(min(2.0, self.n - 2.0), (self.n - 2) / self.inflation)

    def limits(self, level: float) -> tuple[float, float]:
        """The changes that noise leaves open at this level (Student's t)."""
        from scipy.special import stdtrit

        if self.se is None:
            return -1.0, math.inf
        reach = float(stdtrit(self.degrees, 1 - tail(level))) * self.se
        if self.slow is not None:
            reach = max(reach, float(stdtrit(_WAVES, 1 - tail(level))) * self.slow)
        return _change(self.slope - reach, self.span), _change(self.slope + reach, self.span)


def fit(y: Sequence[float], weights: Sequence[float] | None = None, lent: float = 0.5) -> Fit:
    """The log-linear fit to a series of equal steps; periods of weight zero have no value and are left out.

    The standard error is that of quasi-Poisson regression, widened for the dependence of neighbours by the root of
    `inflation`, the larger one of (1+r)/(1−r), r = clip((n·r₁ + 2)/(n − 4) + 1/(2√n), 0, 0.95), and (1 + 1/√n) times
    1 + 2Σ(r_k + 2/n) over the first correlations r_k of the Pearson residuals, up to the first that is not positive and
    to a quarter of the series (Geyer 1992). r₁ alone, with n − 2 degrees of freedom, covered 83 to 93 % of the truth
    where r was 0.6, since the noise of small counts hides dependence; this rule covers 96 % on average, and at least
    91 % in each case tried (`tests/stats`). Fewer than `FEW` points cannot tell: r is 0.4 there.

    Where the inflation is 1.5 or more, the limits also hold by the residuals' first three cosine waves, which no trend
    explains, with Student's t of as many degrees (Lazarus, Lewis, Stock & Watson 2018, JBES 36): how slowly a series
    wanders shows in slow waves, not in neighbours. Where r is 0.9 and there are 90 days, this covers 89 to 93 % where
    the former alone covered 80 to 85 %; independent days are left as they are.

    Args:
        y: totals of the periods (counts, sums, rows that satisfy a condition), none negative, not all zero.
        weights: what each total is out of; None is one each.
        lent: what every period is lent where the totals lie in the first or in the last one alone: half a row.
    """
    t, y_, w = _checked(y, weights)
    total = float(y_.sum())
    target = float((t * y_).sum()) / total
    smoothed = bool(target <= t[0] or target >= t[-1])
    if smoothed:
        y_ = y_ + lent
        total, target = float(y_.sum()), float((t * y_).sum() / y_.sum())
    b = _slope(t, w, target)
    shape = np.exp(b * (t - t.mean()))
    mu = w * shape * (total / float((w * shape).sum()))
    first, last = float(mu[0] / w[0]), float(mu[-1] / w[-1])
    span = int(t[-1] - t[0])
    error, inflation = _error(t, y_, mu)
    slow = _slow_error(t, y_, mu) if inflation >= _DEPENDENT and len(t) >= FEW else None
    per_step = math.expm1(min(b, 700.0))
    return Fit(b, _change(b, span), per_step, first, last, span, len(t), error, inflation, smoothed, slow)


def _checked(y: Sequence[float], weights: Sequence[float] | None) -> tuple[Floats, Floats, Floats]:
    totals = np.asarray(y, dtype=np.float64)
    w = np.ones(len(totals)) if weights is None else np.asarray(weights, dtype=np.float64)
    if totals.shape != w.shape or (w < 0).any() or (totals < 0).any() or not np.isfinite(totals).all():
        raise StatisticsError(f"y and weights must be as many, finite and not negative; got {len(totals)} and {len(w)}")
    kept = w > 0
    if kept.sum() < 2 or totals[kept].sum() <= 0:
        raise StatisticsError(f"a trend needs two periods and something in them; got {int(kept.sum())}")
    return np.flatnonzero(kept).astype(np.float64), totals[kept], w[kept]


def _slope(t: Floats, w: Floats, target: float, extra: float = 0.0) -> float:
    """The slope at which the fitted mean time is the one found; `extra` weight lies where it lowers that most."""
    middle, half = (t[0] + t[-1]) / 2, (t[-1] - t[0]) / 2
    u, wanted = (t - middle) / half, (target - middle) / half
    low, high = -_STEEPEST, _STEEPEST
    for _ in range(200):
        beta = (low + high) / 2
        low, high = (beta, high) if _mean_time(u, w, beta, extra) < wanted else (low, beta)
        if high - low < 1e-13 * max(1.0, abs(beta)):
            break
    return float((low + high) / 2 / half)


def _mean_time(u: Floats, w: Floats, beta: float, extra: float) -> float:
    shape = np.exp(beta * u - abs(beta))
    whole, moment = float((w * shape).sum()), float((w * shape * u).sum())
    if not extra:
        return moment / whole
    return float(((moment + extra * shape * u) / (whole + extra * shape)).min())


def _error(t: Floats, y: Floats, mu: Floats) -> tuple[float | None, float]:
    """The standard error of the slope, and how many times its variance is that of independent periods."""
    n = len(t)
    if n < 3:
        return None, 1.0
    pearson = (y - mu) / np.sqrt(mu)
    scale = float((pearson**2).sum()) / (n - 2)
    centre = float((mu * t).sum() / mu.sum())
    inflation = _inflation(pearson)
    return math.sqrt(scale * inflation / float((mu * (t - centre) ** 2).sum())), inflation


def _slow_error(t: Floats, y: Floats, mu: Floats) -> float:
    """The standard error of the slope, from how far the Pearson residuals follow slow waves that no trend explains."""
    pearson, root = (y - mu) / np.sqrt(mu), np.sqrt(mu)
    begun = (t - t[0] + 0.5) / (t[-1] - t[0] + 1)
    waves = [np.cos(math.pi * k * begun) for k in range(1, _WAVES + 1)]
    across = np.linalg.qr(np.array([root, root * (t - t.mean()), *waves]).T)[0][:, 2:]
    spread = math.sqrt(float(((across.T @ pearson) ** 2).mean()))
    centre = float((mu * t).sum() / mu.sum())
    return spread / math.sqrt(float((mu * (t - centre) ** 2).sum()))


def _inflation(residuals: Floats) -> float:
    n, whole = len(residuals), float((residuals**2).sum())
    if n < FEW or whole <= 0:
        return _variance(0.4 if n < FEW else 0.0)
    first = _correlation(residuals, 1, whole)
    r = (n * first + 2) / (n - 4) + 1 / (2 * math.sqrt(n))
    longest, summed = _variance(0.95), 0.0
    for lag in range(1, max(2, n // 4)):
        added = _correlation(residuals, lag, whole) + 2 / n
        if added <= 0 or 1 + 2 * summed > longest:
            break
        summed += added
    return max(_variance(r), min((1 + 1 / math.sqrt(n)) * (1 + 2 * summed), longest))


def _correlation(residuals: Floats, lag: int, whole: float) -> float:
    return float((residuals[lag:] * residuals[:-lag]).sum()) / whole


def _variance(r: float) -> float:
    held = min(0.95, max(0.0, r))
    return (1 + held) / (1 - held)


def _change(slope: float, span: int) -> float:
    change = math.expm1(max(-700.0, min(slope * span, 700.0)))
    return 0.0 if abs(change) < _LEVEL else change


def bounds(
    y: Sequence[float],
    more: Sequence[float],
    weights: Sequence[float] | None = None,
    unplaced: float = 0,
    rows: float = 0,
) -> tuple[float, float]:
    """The least and the largest change that missing values allow.

    Args:
        y: the least that each period can hold.
        more: how much more it may hold.
        weights: as for `fit`; the rows of unknown answer are among them.
        unplaced: how much may belong to any period.
        rows: weight that belongs to any period (rows without a time, where `weights` are rows).

    Where weights are fixed the bounds are reached; with `rows` they are never too narrow.
    """
    t, low, w = _checked([a + b for a, b in zip(y, more, strict=True)], weights)
    kept = t.astype(int)
    extra = np.asarray(more, dtype=np.float64)[kept]
    low = low - extra
    span = int(t[-1] - t[0])
    latest = _slope(t, w, _extreme_time(t, low, extra, unplaced), rows)
    back = t[0] + t[-1] - t[::-1]
    earliest = _slope(back, w[::-1], _extreme_time(back, low[::-1], extra[::-1], unplaced), rows)
    return _change(-earliest, span), _change(latest, span)


def _extreme_time(t: Floats, y: Floats, more: Floats, unplaced: float) -> float:
    """The latest mean time that the missing values allow: whatever lies behind it is counted."""
    total, moment = float(y.sum()) + unplaced, float((t * y).sum()) + unplaced * float(t[-1])
    for time, extra in zip(t[::-1], more[::-1], strict=True):
        if total > 0 and time * total <= moment:
            break
        total, moment = total + float(extra), moment + float(extra * time)
    return moment / total


@dataclass(frozen=True)
class MannKendall:
    """S (later values larger minus smaller, over all pairs), Kendall's τ_b against time, and the two-sided p."""

    s: int
    tau: float
    p: float
    n: int


def mann_kendall(values: Sequence[float]) -> MannKendall:
    """The test for a trend of any shape (Mann 1945; Kendall 1975), with the correction for ties and for continuity.

    It asks only which of two values is larger, and takes them to be independent: values that depend on their neighbours
    make p too small.
    """
    y = np.asarray(values, dtype=np.float64)
    n = len(y)
    if n < 2:
        raise StatisticsError(f"values must be at least 2; got {n}")
    if not np.isfinite(y).all():
        raise StatisticsError(f"values must be finite; got {y[~np.isfinite(y)][0]}")
    s = _larger_later(np.unique(y, return_inverse=True)[1])
    ties = np.unique(y, return_counts=True)[1].astype(np.float64)
    pairs = n * (n - 1) / 2
    untied = pairs - float((ties * (ties - 1)).sum()) / 2
    variance = (n * (n - 1) * (2 * n + 5) - float((ties * (ties - 1) * (2 * ties + 5)).sum())) / 18
    if untied <= 0 or variance <= 0:
        return MannKendall(s, 0.0, 1.0, n)
    z = (abs(s) - 1) / math.sqrt(variance) if s else 0.0
    return MannKendall(s, s / math.sqrt(pairs * untied), math.erfc(z / math.sqrt(2)), n)


def _larger_later(ranks: NDArray[np.intp]) -> int:
    """Over all pairs, how many later values are larger minus how many are smaller; in n·log²n steps, by halves."""
    n, size, total = len(ranks), 1, 0
    places, top = np.arange(n), int(ranks.max()) + 1
    while size < n:
        pair, is_later = places // (2 * size), (places // size) % 2 == 1
        keys = ranks + pair * top
        before, later, begin = np.sort(keys[~is_later]), keys[is_later], pair[is_later] * size
        smaller = np.searchsorted(before, later, "left") - begin
        not_larger = np.searchsorted(before, later, "right") - begin
        total += int((smaller - (size - not_larger)).sum())
        size *= 2
    return total
