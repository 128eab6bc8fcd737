"""Interval for a sum, scaled up from a random sample."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from factcheck.stats.bounds import Bounds, Note
from factcheck.stats.checks import fraction as checked_fraction
from factcheck.stats.checks import tail
from factcheck.stats.histogram import Histogram, histogram
from factcheck.stats.mean import FEWEST_ROWS, OWN_CELLS, ROWS_PER_SKEWNESS2, bootstrap_draws

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from factcheck.stats.histogram import Counts, Numbers

_CHUNK = 500


def scaled_total(
    values: Numbers, counts: Counts | None, fraction: float | Fraction, level: float = 0.95, seed: int = 0
) -> Bounds:
    """The sum over all rows, when each entered the sample with probability `fraction`; in the unit of `values`.

    `values` and `counts` of shape (d,) as for `mean_interval`. Estimate Σx/f with the variance
    (1 − f)Σx²/f² of Horvitz & Thompson (1952), studentised limits from a Poisson bootstrap. The same
    sides as for a mean are unbounded, the skewness being that of the sum; but where no value is
    below 0 the total is never less than what was seen (and the mirror image).
    """
    sample, share, outside = histogram(values, counts), checked_fraction("fraction", fraction), tail(level)
    seen = float((sample.values * sample.counts).sum())
    if share == 1:
        return Bounds(seen, seen, "complete sum", (Note.CENSUS,), seen, sample.n, level)
    low, high, notes = _limits(sample, seen, share, outside, seed)
    if sample.values[0] >= 0:
        low, high = max(low, seen), max(high, seen)
    elif sample.values[-1] <= 0:  # of zeros alone the first holds: those not drawn may be larger
        low, high = min(low, seen), min(high, seen)
    return Bounds(low, high, "Poisson bootstrap-t", notes, seen / share, sample.n, level)


def _limits(
    sample: Histogram, seen: float, share: float, outside: float, seed: int
) -> tuple[float, float, tuple[Note, ...]]:
    """Low and high end before what is known for certain, and the notes."""
    scale = float(abs(sample.values).max())
    if sample.n < FEWEST_ROWS or scale == 0:
        return -math.inf, math.inf, (Note.FEW_ROWS if sample.n < FEWEST_ROWS else Note.NO_VARIATION,)
    z = sample.values / scale
    power = float((z**2 * sample.counts).sum())
    lower_t, upper_t = _poisson_t(z, sample.counts, outside, seed)
    error = math.sqrt((1 - share) * power) * scale / share
    low, high = seen / share - upper_t * error, seen / share - lower_t * error
    skewness = float((z**3 * sample.counts).sum()) / power**1.5
    if ROWS_PER_SKEWNESS2 * skewness**2 > 1:
        low, high = (low, math.inf) if skewness > 0 else (-math.inf, high)
        return low, high, (Note.LONG_TAIL,)
    return low, high, ()


def _poisson_t(
    z: npt.NDArray[np.float64], counts: npt.NDArray[np.int64], outside: float, seed: int
) -> tuple[float, float]:
    """Quantiles of Σ(W − 1)z/√ΣWz² with a Poisson weight W of mean 1 for every row.

    The 200 largest values have their own weights; the sums of all others are taken from their normal
    limit, as in `mean.bootstrap_t`.
    """
    import numpy as np

    order = np.lexsort((z, -np.abs(z)))
    own, body = order[:OWN_CELLS], np.sort(order[OWN_CELLS:])
    second, third, fourth = (float((z[body] ** k * counts[body]).sum()) for k in (2, 3, 4))
    root = math.sqrt(second)
    shared = third / root if root > 0 else 0.0
    rest = math.sqrt(max(fourth - shared**2, 0.0))
    generator = np.random.Generator(np.random.PCG64(seed))
    found = np.empty(bootstrap_draws(outside))
    for start in range(0, len(found), _CHUNK):
        stop = min(start + _CHUNK, len(found))
        drawn = generator.poisson(counts[own], size=(stop - start, len(own)))
        one, two = generator.standard_normal((2, stop - start))
        gaps = ((drawn - counts[own]) * z[own]).sum(axis=1) + root * one
        squares = (drawn * z[own] ** 2).sum(axis=1) + second + shared * one + rest * two
        found[start:stop] = np.where(squares > 0, gaps / np.sqrt(np.where(squares > 0, squares, 1.0)), -np.inf)
    found.sort()
    at = math.floor((len(found) + 1) * outside + 1e-9) - 1
    return float(found[at]), float(found[len(found) - 1 - at])
