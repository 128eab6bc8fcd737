"""The mean of a number over clustered or weighted rows: bootstrap-t over the units that were drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.stats.bounds import Bounds, Note
from factcheck.stats.checks import tail
from factcheck.stats.mean import FEWEST_ROWS, ROWS_PER_SKEWNESS2, bootstrap_draws
from factcheck.stats.units import Designed, Units, merged, refuse, same_shape, vector

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from factcheck.stats.units import Numbers, Vector

METHOD = "bootstrap-t over what was drawn"
FEWEST_CLUSTERS = 15  # below this neither side of a mean is bounded
PLAIN_UNITS = 1000  # up to here units are resampled one by one
OWN_UNITS = 200  # beyond, the units that are drawn by number; the rest as one body
_CHUNK = 500


@dataclass(frozen=True)
class Ratio:
    """Σx/Σm over units: m, the linearised residual e = (x − mean·m)/Σm, and how many units are alike."""

    mean: float
    sizes: Vector
    residuals: Vector
    times: Vector
    variance: float
    spread: float  # of the rows themselves, with equal weight for every unit of weight
    long_tail: float  # above 0: the high side cannot be told; below 0: the low one

    @property
    def groups(self) -> int:
        return round(float(self.times.sum()))


def designed_mean(units: Units, sums: Numbers, squares: Numbers, level: float = 0.95, seed: int = 0) -> Designed:
    """Σsums/Σsize: the mean of rows that were drawn in clusters, or singly with weights, or both.

    `sums` and `squares` of shape (G,): Σw·x and Σw·x² of each unit (without weights Σx and Σx²), in the
    unit of x and its square. Limits from a bootstrap-t over the units (Efron & Tibshirani 1993, ch. 12;
    Davison & Hinkley 1997, 3.8, for ratios), its standard error the jackknife of clusters (of single rows:
    the linearised one), but at least what the likeness of rows within a cluster implies. Both sides are
    unbounded under 30 rows or 15 clusters and where nothing varies; the side of a long tail is where there
    are fewer than 25·skewness² units (Cochran 1977, 2.15). The same seed gives the same interval, whatever
    the order of the units.
    """
    found = ratio(units, sums, squares)
    degrees = max(units.effective - 1, 0.0)
    rows_variance = found.spread / units.rows
    deff = max(1.0, found.variance / rows_variance) if rows_variance > 0 else 1.0
    bounds = _interval(units, found, tail(level), level, seed)
    return Designed(bounds, units.rows / deff, degrees, deff)


def _interval(units: Units, found: Ratio, outside: float, level: float, seed: int) -> Bounds:
    note = _why_unbounded(units, found)
    if note is not None:
        return Bounds(-math.inf, math.inf, METHOD, (note,), found.mean, units.rows, level)
    lower_t, upper_t = ratio_t(found, outside, seed)
    error = math.sqrt(found.variance)
    # Where more than one resample in forty has no spread at all, its t is infinite and bounds nothing.
    low = -math.inf if math.isinf(upper_t) or found.long_tail < 0 else found.mean - upper_t * error
    high = math.inf if math.isinf(lower_t) or found.long_tail > 0 else found.mean - lower_t * error
    notes: tuple[Note, ...] = (Note.LONG_TAIL,) if math.isinf(low) or math.isinf(high) else ()
    notes += (Note.UNEVEN_CLUSTERS,) if units.uneven else ()
    return Bounds(min(low, found.mean), max(high, found.mean), METHOD, notes, found.mean, units.rows, level)


def _why_unbounded(units: Units, found: Ratio) -> Note | None:
    if units.clustered and (units.drawn < FEWEST_CLUSTERS or units.effective - 1 <= 1e-9):
        return Note.FEW_CLUSTERS
    if (units.rows if units.clustered else units.drawn) < FEWEST_ROWS:
        return Note.FEW_ROWS
    apart = float((found.residuals**2 * found.times).sum())
    return Note.NO_VARIATION if apart <= 1e-24 * found.mean**2 else None


def ratio(units: Units, sums: Numbers, squares: Numbers) -> Ratio:
    """The mean with its variance by the design, and whether a long tail hides it."""
    x, x2 = vector("sums", sums), vector("squares", squares)
    same_shape("sums", x, "size", units.size)
    same_shape("squares", x2, "size", units.size)
    refuse("squares", x2, x2 < 0, "at least 0")
    held = units.size * units.times > 0
    (m, x, x2), times = merged(units.times[held], units.size[held], x[held], x2[held])
    total, groups = float((m * times).sum()), float(times.sum())
    mean = float((x * times).sum()) / total
    e, q = (x - mean * m) / total, m / total
    if units.effective - 1 <= 1e-9:
        return Ratio(mean, m, e, times, 0.0, 0.0, 0.0)
    spread = max(float((x2 * times).sum()) / total - mean**2, 0.0)
    if units.clustered:
        by_design = float(((e / (1 - q)) ** 2 * times).sum()) * (groups - 1) / groups
    else:
        by_design = float((e**2 * times).sum()) * groups / (groups - 1)
    variance = max(by_design, _by_likeness(units, (m, x, x2), times, mean, spread))
    weighted = not units.clustered or units.kish is not None
    return Ratio(mean, m, e, times, variance, spread, _long_tail(e, x / m - mean, times, weighted))


def _by_likeness(
    units: Units, totals: tuple[Vector, Vector, Vector], times: Vector, mean: float, spread: float
) -> float:
    """The variance of the mean if every unit of the same size were as uncertain as any other (as for shares)."""
    m, x, x2 = totals
    total, groups, effective = float((m * times).sum()), float(times.sum()), units.effective
    between = spread * effective / (effective - 1)
    if not units.clustered:
        return between / effective
    rows = units.effective_rows
    scale = rows / total
    among = float((scale * m * (x / m - mean) ** 2 * times).sum()) / (groups - 1)
    inside = max(float((scale * (x2 - x * x / m) * times).sum()), 0.0) / max(rows - groups, 1.0)
    usual = (rows - rows / effective) / (groups - 1)
    component = min(max((among - inside) / usual, 0.0), between)
    return component / effective + min(inside, spread) / rows


def _long_tail(residuals: Vector, gaps: Vector, times: Vector, weighted: bool) -> float:
    """The skewness of what too few units leave open (Cochran's rule), 0 where they are enough.

    Skew are the means of the units, whatever their sizes: that a few units are large makes no mean skew, and
    the bootstrap allows for it. A few heavy weights do, so that there the residuals are asked as well.
    """
    for values in (gaps, residuals) if weighted else (gaps,):
        n = float(times.sum())
        centred = values - float((values * times).sum()) / n
        second = float((centred**2 * times).sum()) / n
        skewness = float((centred**3 * times).sum()) / n / second**1.5 if second > 0 else 0.0
        if ROWS_PER_SKEWNESS2 * skewness**2 > n:
            return skewness
    return 0.0


def ratio_t(found: Ratio, outside: float, seed: int) -> tuple[float, float]:
    """The `outside` and 1 − `outside` quantiles of (mean* − mean)/s* over resamples of the units.

    Up to 1,000 units are resampled one by one; of more, the 200 that weigh most are drawn by number and
    the sums of all others taken from their normal limit, as in `mean.bootstrap_t`.
    """
    import numpy as np

    draws = bootstrap_draws(outside)
    scale = math.sqrt(float((found.residuals**2 * found.times).sum()))
    e, m = found.residuals / scale, found.sizes / float((found.sizes * found.times).sum())
    table = np.stack([e, m, e * e, e * m, m * m], axis=1)
    generator = np.random.Generator(np.random.PCG64(seed))
    draw = _one_by_one if found.groups <= PLAIN_UNITS else _by_cells
    sums = draw(table, found.times, draws, generator)
    t = _studentised(sums, found.groups)
    t.sort()
    at = math.floor((draws + 1) * outside + 1e-9) - 1
    return float(t[at]), float(t[draws - 1 - at])


def _one_by_one(table: Vector, times: Vector, draws: int, generator: np.random.Generator) -> Vector:
    """Sums of the columns over as many units as were drawn, taken with replacement: shape (draws, 5)."""
    import numpy as np

    every = np.repeat(table, times.astype(np.int64), axis=0)
    found = np.empty((draws, table.shape[1]))
    for start in range(0, draws, _CHUNK):
        stop = min(start + _CHUNK, draws)
        drawn = generator.integers(0, len(every), size=(stop - start, len(every)))
        for column in range(table.shape[1]):
            found[start:stop, column] = every[:, column][drawn].sum(axis=1)
    return found


def _by_cells(table: Vector, times: Vector, draws: int, generator: np.random.Generator) -> Vector:
    """The same, with the units that weigh most drawn by number and the others as one body."""
    import numpy as np

    n = float(times.sum())
    weight = np.maximum(np.abs(table[:, 0]), table[:, 1] / math.sqrt(float((table[:, 4] * times).sum())))
    order = np.argsort(-weight, kind="stable")
    own, body = order[:OWN_UNITS], np.sort(order[OWN_UNITS:])
    chances = np.append(times[own], times[body].sum()) / n
    drawn = generator.multinomial(round(n), chances, size=draws)
    found = drawn[:, :-1] @ table[own]
    if len(body):
        share = times[body] / times[body].sum()
        first = share @ table[body]
        gaps = table[body] - first
        root = _root((gaps * share[:, None]).T @ gaps)
        noise = generator.standard_normal((draws, table.shape[1]))
        found += drawn[:, -1:] * first + np.sqrt(drawn[:, -1:]) * (noise @ root.T)
    return found


def _root(covariance: npt.NDArray[np.float64]) -> Vector:
    """A matrix whose square by its transpose is the covariance; also where some columns are one another's multiple."""
    import numpy as np

    # Each column in its own unit, so that tiny ones (squares of shares) are not lost beside large ones.
    unit = np.sqrt(np.maximum(np.diag(covariance), 1e-300))
    values, vectors = np.linalg.eigh(covariance / np.outer(unit, unit))
    root: Vector = unit[:, None] * vectors * np.sqrt(np.maximum(values, 0.0))
    return root


def _studentised(sums: Vector, groups: int) -> Vector:
    """t* of every resample; one without spread is infinitely far on its side."""
    import numpy as np

    e, m, ee, em, mm = sums.T
    m = np.maximum(m, 1e-12)
    gap = e / m
    variances = (ee - 2 * gap * em + gap**2 * mm) / m**2 * groups / (groups - 1)
    flat = variances <= 1e-12
    t = gap / np.sqrt(np.where(flat, 1.0, variances))
    found: Vector = np.where(flat, np.where(gap == 0, 0.0, np.copysign(np.inf, gap)), t)
    return found
