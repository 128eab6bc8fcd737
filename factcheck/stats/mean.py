"""Interval for a mean."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, SupportsIndex

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Bounds, Note
from factcheck.stats.checks import population_of, tail
from factcheck.stats.histogram import Histogram, histogram

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from factcheck.stats.histogram import Counts, Numbers

    Sums = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]
    Resampler = Callable[[np.random.Generator, int], Sums]

FEWEST_ROWS = 30  # below this neither side of a mean is bounded
ROWS_PER_SKEWNESS2 = 25  # Cochran 1977, 2.15: n above 25 G₁² for a normal approximation
DRAWS = 3999  # (DRAWS + 1)·0.025 is a whole number, so that the quantiles are order statistics
PLAIN_ROWS = 1000  # up to here rows are resampled one by one
OWN_CELLS = 200  # beyond, the values that are drawn by number; the rest as one body
_CHUNK = 500


def mean_interval(
    values: Numbers,
    counts: Counts | None = None,
    level: float = 0.95,
    seed: int = 0,
    population: SupportsIndex | float | None = None,
) -> Bounds:
    """The mean of what a random sample was drawn from, in the unit of `values`.

    `values` and `counts` of shape (d,): each value with how often it occurs, in any order. Bootstrap-t
    (Efron & Tibshirani 1993, ch. 12); in a population of N rows the standard error shrinks by
    √(1 − n/N), a census is a point. Under 30 rows both sides are unbounded; where n < 25·skewness²
    (Cochran 1977) the side of the long tail is; where all values are alike both are, because a
    sample without spread says nothing about the spread. The same seed gives the same interval,
    whatever the order of the input.
    """
    sample, outside = histogram(values, counts), tail(level)
    if population is not None and population_of(sample.n, population) == sample.n:
        return Bounds(sample.mean, sample.mean, "census", (Note.CENSUS,), sample.mean, sample.n, level)
    if sample.n < FEWEST_ROWS:
        return _unbounded(sample, Note.FEW_ROWS, level)
    deviation = standard_deviation(sample)
    if deviation == 0:
        return _unbounded(sample, Note.NO_VARIATION, level)
    skewness = skew(sample)
    lower_t, upper_t = bootstrap_t(sample, outside, seed)
    error = deviation / math.sqrt(sample.n)
    if population is not None:
        error *= math.sqrt(1 - sample.n / population_of(sample.n, population))
    low, high = sample.mean - upper_t * error, sample.mean - lower_t * error
    notes: tuple[Note, ...] = ()
    if sample.n < ROWS_PER_SKEWNESS2 * skewness**2:
        notes = (Note.LONG_TAIL,)
        low, high = (low, math.inf) if skewness > 0 else (-math.inf, high)
    return Bounds(low, high, "bootstrap-t", notes, sample.mean, sample.n, level)


def _unbounded(sample: Histogram, note: Note, level: float) -> Bounds:
    return Bounds(-math.inf, math.inf, "bootstrap-t", (note,), sample.mean, sample.n, level)


def standard_deviation(sample: Histogram) -> float:
    """With n − 1 in the denominator; 0 where all values are alike."""
    if len(sample.values) == 1:
        return 0.0
    squares = float(((sample.values - sample.mean) ** 2 * sample.counts).sum())
    return math.sqrt(squares / (sample.n - 1))


def skew(sample: Histogram) -> float:
    """Fisher's G₁, the third standardised moment (n in the denominators)."""
    centred = sample.values - sample.mean
    scaled = centred / abs(centred).max()
    second = float((scaled**2 * sample.counts).sum()) / sample.n
    third = float((scaled**3 * sample.counts).sum()) / sample.n
    return third / math.sqrt(second) ** 3


def bootstrap_t(sample: Histogram, outside: float, seed: int) -> tuple[float, float]:
    """The `outside` and 1 − `outside` quantiles of (mean* − mean)/(s*/√n) over resamples.

    Up to 1,000 rows are resampled one by one. Of more, the 200 different values farthest from the mean
    are drawn by their number (a multinomial, whose cost does not grow with n) and all others as one
    body: how many rows fall in it is drawn, and given that number the sums of its values and of their
    squares are taken from their normal limit. The body is what lies nearest the mean and has no
    tails, so that limit is close, while the values that make t skew keep their exact law. (The
    second-order formulas of Johnson 1978 and Hall 1992 are an alternative, but expand in skewness/√n,
    which is largest exactly where an interval is in doubt.)
    """
    import numpy as np

    draws = bootstrap_draws(outside)
    z = (sample.values - sample.mean) / standard_deviation(sample)
    sums = _row_sums(z, sample) if sample.n <= PLAIN_ROWS else _cell_sums(z, sample)
    generator = np.random.Generator(np.random.PCG64(seed))
    found = np.empty(draws)
    for start in range(0, draws, _CHUNK):
        stop = min(start + _CHUNK, draws)
        found[start:stop] = _studentised(*sums(generator, stop - start), sample.n)
    found.sort()
    at = math.floor((draws + 1) * outside + 1e-9) - 1
    return float(found[at]), float(found[draws - 1 - at])


def _row_sums(z: npt.NDArray[np.float64], sample: Histogram) -> Resampler:
    """Draws the sums of z and of z² over n rows taken with replacement."""
    import numpy as np

    rows = np.repeat(z, sample.counts)

    def draw(generator: np.random.Generator, times: int) -> Sums:
        drawn = rows[generator.integers(0, sample.n, size=(times, sample.n))]
        return drawn.sum(axis=1), (drawn * drawn).sum(axis=1)

    return draw


def _cell_sums(z: npt.NDArray[np.float64], sample: Histogram) -> Resampler:
    """The same, with the values farthest from the mean drawn by number and the others as one body."""
    import numpy as np

    order = np.lexsort((z, -np.abs(z)))
    own, body = order[:OWN_CELLS], np.sort(order[OWN_CELLS:])
    chances = np.append(sample.counts[own], sample.counts[body].sum()) / sample.n
    moments = _body_moments(z[body], sample.counts[body])

    def draw(generator: np.random.Generator, times: int) -> Sums:
        drawn = generator.multinomial(sample.n, chances, size=times)
        sums, squares = _body_sums(drawn[:, -1], moments, generator)
        sums += (drawn[:, :-1] * z[own]).sum(axis=1)
        squares += (drawn[:, :-1] * z[own] ** 2).sum(axis=1)
        return sums, squares

    return draw


def bootstrap_draws(outside: float) -> int:
    """Enough resamples for ten of them to lie outside each end; refuses a level that would need millions."""
    needed = math.ceil(10 / outside)
    if needed > 200_000:
        raise StatisticsError(f"level must be at most 0.9999 for a bootstrap interval; got level={1 - 2 * outside}")
    return max(DRAWS, needed - 1)


def _body_moments(
    z: npt.NDArray[np.float64], counts: npt.NDArray[np.int64]
) -> tuple[float, float, float, float, float]:
    """Of one row of the body: means of z and z², and the triangular root of their covariance."""
    rows = int(counts.sum())
    if rows == 0:
        return 0.0, 0.0, 0.0, 0.0, 0.0
    first, second = float((z * counts).sum()) / rows, float((z**2 * counts).sum()) / rows
    a, b = z - first, z**2 - second
    root = math.sqrt(float((a * a * counts).sum()) / rows)
    shared = float((a * b * counts).sum()) / rows / root if root > 0 else 0.0
    rest = math.sqrt(max(float((b * b * counts).sum()) / rows - shared**2, 0.0))
    return first, second, root, shared, rest


def _body_sums(
    rows: npt.NDArray[np.int64], moments: tuple[float, float, float, float, float], generator: np.random.Generator
) -> Sums:
    """Sums of z and z² over `rows` rows of the body, one pair for each resample."""
    import numpy as np

    first, second, root, shared, rest = moments
    one, two = generator.standard_normal((2, len(rows)))
    spread = np.sqrt(rows)
    return rows * first + spread * root * one, rows * second + spread * (shared * one + rest * two)


def _studentised(
    sums: npt.NDArray[np.float64], squares: npt.NDArray[np.float64], n: int
) -> npt.NDArray[np.float64]:
    """t* of every resample; a resample without spread is infinitely far on its side."""
    import numpy as np

    means = sums / n
    variances = (squares / n - means**2) * n / (n - 1)
    flat = variances <= 1e-12
    t = means / np.sqrt(np.where(flat, 1.0, variances) / n)
    return np.where(flat, np.where(means == 0, 0.0, np.copysign(np.inf, means)), t)
