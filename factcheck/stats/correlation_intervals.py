"""Intervals for a correlation in a random sample.

Rank correlations. Fisher's z = artanh(r) with the standard error of Bonett & Wright (2000), √((1+ρ²/2)/(n−3)) for
Spearman's ρ and √(0.437/(n−4)) for Kendall's τ, or with that of the infinitesimal jackknife where it is larger, and the
quantile of t with n−2 degrees of freedom. Bonett and Wright's error comes from normal columns: it misses in up to 9 %
of samples a tail where the extremes of both columns go together (t copula with 2 degrees of freedom, ρ = 0.87), and
more where many values are tied; with the larger of both no tail passed 5 %.

Pearson's r. The widest of Fisher's interval, the percentile bootstrap and the bootstrap-t of z (Efron & Tibshirani
1993, ch. 12–14), each of which alone fails somewhere: Fisher's in 18 % of samples a tail for log-normal columns, the
bootstraps in 7 % and more where the correlation is zero and the columns are skew. Together they kept every tail near
5 % wherever n is at least 30 and 25 times the squared skewness of either column (Cochran 1977, as for means);
elsewhere the correlation is unbounded. Of more than 5,000 rows the error of the infinitesimal jackknife stands for both
bootstraps.

A sample with as good as no information is unbounded, too: where the rows outside the largest group of ties are few, so
that rows off it in both columns would be expected fewer than `LEAST_EXPECTED` times if nothing held them together.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal

from factcheck.errors import StatisticsError
from factcheck.stats import correlation
from factcheck.stats.bounds import Bounds, Note
from factcheck.stats.checks import normal_quantile, tail
from factcheck.stats.mean import bootstrap_draws

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Codes = npt.NDArray[np.int64]

Method = Literal["spearman", "pearson", "kendall"]

LEAST_EXPECTED = 10  # below: no interval for rank correlations
FEW_EXPECTED = 50  # below: a note
FEWEST_ROWS = 30
ROWS_PER_SKEWNESS2 = 25
RESAMPLED_ROWS = 5_000  # beyond, the error of the infinitesimal jackknife stands for the bootstrap
_CHUNK_CELLS = 4_000_000


def bonett_wright(r: float, n: int, method: Literal["spearman", "kendall"], level: float = 0.95) -> tuple[float, float]:
    """The interval of Bonett & Wright (2000) as published, for −1 < r < 1 and n > 4."""
    if not -1 < r < 1 or not n > 4:
        raise StatisticsError(f"r must lie between -1 and 1 and n be more than 4; got r={r}, n={n}")
    half = normal_quantile(level) * _rank_error(r, n, method)
    return math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)


def rank_interval(
    x: Floats | Codes, y: Floats | Codes, method: Literal["spearman", "kendall"], level: float = 0.95
) -> Bounds:
    """Spearman's ρ or Kendall's τ-b of what the rows (x, y of shape (n,)) were drawn from."""
    coefficient, influence = {
        "spearman": (correlation.spearman, correlation.influence_spearman),
        "kendall": (correlation.kendall, correlation.influence_kendall),
    }[method]
    r, n = coefficient(x, y), len(x)
    label, expected = "Bonett–Wright", _expected(x, y)
    if expected < LEAST_EXPECTED:
        return Bounds(-1.0, 1.0, label, (Note.FEW_ROWS,), r, n, level)
    notes = (Note.FEW_EVENTS,) if expected < FEW_EXPECTED and n > FEW_EXPECTED else ()
    if abs(r) == 1:
        far = _unbroken(n, method, level)
        low, high = (far, 1.0) if r > 0 else (-1.0, -far)
        return Bounds(low, high, label, notes, r, n, level)
    own = float((influence(x, y) ** 2).sum()) * n / (n - 3)
    error = max(_rank_error(r, n, method), math.sqrt(own) / (1 - r * r))
    half = _t_quantile(level, n - 2) * error
    return Bounds(math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half), label, notes, r, n, level)


def pearson_interval(x: Floats, y: Floats, level: float = 0.95, seed: int = 0) -> Bounds:
    """Pearson's r of what the rows (x, y of shape (n,)) were drawn from; the same seed gives the same interval."""
    import numpy as np

    order = np.lexsort((y, x))
    x, y = x[order], y[order]
    r, n = correlation.pearson(x, y), len(x)
    label = "bootstrap of r"
    skewness = max(abs(_skewness(x)), abs(_skewness(y)))
    if n < FEWEST_ROWS or abs(r) == 1:
        return Bounds(-1.0, 1.0, label, (Note.FEW_ROWS if n < FEWEST_ROWS else Note.NO_VARIATION,), r, n, level)
    if n < ROWS_PER_SKEWNESS2 * skewness**2:
        return Bounds(-1.0, 1.0, label, (Note.LONG_TAIL,), r, n, level)
    z, q = math.atanh(r), normal_quantile(level)
    error = math.sqrt(float((correlation.influence_pearson(x, y) ** 2).sum())) / (1 - r * r)
    ends = [z - q / math.sqrt(n - 3), z + q / math.sqrt(n - 3)]
    ends += _resampled(x, y, z, error, tail(level), seed) if n <= RESAMPLED_ROWS else [z - q * error, z + q * error]
    return Bounds(math.tanh(min(ends)), math.tanh(max(ends)), label, (), r, n, level)


def with_missing(found: Bounds, low: float, high: float) -> Bounds:
    """From the low end that belongs to `low` to the high end that belongs to `high`, the least and the largest r that
    the missing values allow, each as far off on the scale of z as that of the known rows (Horowitz & Manski 2000)."""
    r = found.estimate
    if r is None or (found.low, found.high) == (-1.0, 1.0):
        return found
    if abs(r) == 1:  # where that scale has no end, as far off as the coefficients themselves are
        below, above = low - (r - found.low), high + (found.high - r)
    else:
        below = -1.0 if low == -1 else math.tanh(_z(low) - (_z(r) - _z(found.low)))
        above = 1.0 if high == 1 else math.tanh(_z(high) + (_z(found.high) - _z(r)))
    ends = max(-1.0, min(below, found.low, low)), min(1.0, max(above, found.high, high))
    return Bounds(*ends, found.method, found.notes, r, found.n, found.level)


def _z(r: float) -> float:
    return math.atanh(max(-1 + 1e-15, min(1 - 1e-15, r)))


def _rank_error(r: float, n: int, method: str) -> float:
    return math.sqrt((1 + r * r / 2) / (n - 3)) if method == "spearman" else math.sqrt(0.437 / (n - 4))


def _unbroken(n: int, method: str, level: float) -> float:
    """The least coefficient of a population whose sample of n rows shows no exception from a perfect order.

    A part e of its rows may stand anywhere, with (1−e)ⁿ at least the tail. ρ is three times the mean sign over
    triples of rows (τ the mean over pairs), which is at worst −1 as soon as one of them is an exception.
    """
    kept: float = tail(level) ** (1 / n)
    return max(-1.0, 4 * kept**3 - 3 if method == "spearman" else 2 * kept**2 - 1)


def _expected(x: Floats | Codes, y: Floats | Codes) -> float:
    import numpy as np

    off = [len(column) - int(np.unique(column, return_counts=True)[1].max()) for column in (x, y)]
    return off[0] * off[1] / len(x)


def _skewness(values: Floats) -> float:
    """Fisher's G₁ with n in the denominators."""
    centred = values - values.mean()
    scaled = centred / abs(centred).max()
    return float((scaled**3).mean() / (scaled**2).mean() ** 1.5)


def _t_quantile(level: float, degrees: int) -> float:
    from scipy.stats import t

    return float(t.ppf(1 - tail(level), degrees))


def _resampled(x: Floats, y: Floats, z: float, error: float, outside: float, seed: int) -> list[float]:
    """Ends of the percentile interval and of the bootstrap-t, both of z; a resample without spread is left out."""
    import numpy as np

    draws = bootstrap_draws(outside)
    a, b = _scaled(x), _scaled(y)
    generator = np.random.Generator(np.random.PCG64(seed))
    step = max(1, _CHUNK_CELLS // len(a))
    draw: Callable[[int], tuple[Floats, Floats]] = partial(_draw, a, b, generator)
    parts = [draw(min(step, draws - start)) for start in range(0, draws, step)]
    values, errors = (np.concatenate(column) for column in zip(*parts, strict=True))
    kept = np.isfinite(values)
    values, errors = values[kept], errors[kept]
    t = np.sort((values - z) / np.maximum(errors, 1e-12))
    ordered = np.sort(values)
    at = max(0, math.floor((len(ordered) + 1) * outside + 1e-9) - 1)
    high = len(ordered) - 1 - at
    return [float(ordered[at]), float(ordered[high]), z - float(t[high]) * error, z - float(t[at]) * error]


def _scaled(values: Floats) -> Floats:
    centred = values - values.mean()
    scaled: Floats = centred / abs(centred).max()
    return scaled


def _draw(a: Floats, b: Floats, generator: np.random.Generator, times: int) -> tuple[Floats, Floats]:
    """z of `times` resamples with its standard error by the infinitesimal jackknife; NaN without spread."""
    import numpy as np

    rows = generator.integers(0, len(a), size=(times, len(a)))
    u, v = a[rows], b[rows]
    u -= u.mean(axis=1, keepdims=True)
    v -= v.mean(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        u /= np.sqrt((u * u).mean(axis=1, keepdims=True))
        v /= np.sqrt((v * v).mean(axis=1, keepdims=True))
        r = (u * v).mean(axis=1)
        influence = u * v - (r / 2)[:, None] * (u * u + v * v)
        error = np.sqrt((influence**2).mean(axis=1) / len(a)) / (1 - r * r)
        return np.arctanh(np.clip(r, -1 + 1e-12, 1 - 1e-12)), error
