"""Intervals for rows that were drawn in clusters or carry weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, SupportsIndex

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Bounds, Note
from factcheck.stats.checks import part, rows_if_whole, tail, whole
from factcheck.stats.proportion import clopper_pearson

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Sums = Sequence[float] | npt.NDArray[np.float64]

KORN_GRAUBARD = "Korn–Graubard"
FEW_EFFECTIVE = 10  # effective rows that count (or do not), below which a tail may reach 8 %


def kish_effective_size(weights: float, squares: float) -> float:
    """(Σw)²/Σw²: how many equally weighted rows tell as much (Kish 1965, Survey Sampling)."""
    if not (math.isfinite(weights) and weights > 0):
        raise StatisticsError(f"weights must sum to more than 0; got weights={weights}")
    if not (math.isfinite(squares) and squares > 0):
        raise StatisticsError(f"squares must sum to more than 0; got squares={squares}")
    return weights * weights / squares


def effective_clusters(sizes: Sums) -> float:
    """G_eff = (Σm)²/Σm² of cluster sizes of shape (G,): how many equal clusters tell as much."""
    m = _sums("sizes", sizes)
    _refuse(m, m < 0, "sizes", "at least 0")
    return kish_effective_size(float(m.sum()), float((m**2).sum()))


def korn_graubard(p: float, variance: float, n: float, df: float, level: float = 0.95) -> Bounds:
    """Clopper–Pearson at the effective size that `variance` implies (Korn & Graubard 1998, Survey Methodology 24).

    p is the share, `variance` that of its estimate by design, n the rows (or their effective number),
    df the degrees of freedom of `variance`: n* = p(1 − p)/variance · (t_{n−1}/t_df)², at most n. Where
    the variance is 0, n* is n. Without a degree of freedom the interval is [0, 1].
    """
    from scipy.special import stdtrit

    part("p", p, "1", 1)
    outside = tail(level)
    if not variance >= 0:
        raise StatisticsError(f"variance must be at least 0; got variance={variance}")
    if not n > 0:
        raise StatisticsError(f"n must be above 0; got n={n}")
    if df <= 0:
        return Bounds(0.0, 1.0, KORN_GRAUBARD, (Note.FEW_CLUSTERS,), p, rows_if_whole(n), level)
    size = n
    if variance > 0:
        t_rows = float(stdtrit(n - 1, 1 - outside)) if n > 1 else math.inf
        t_design = float(stdtrit(df, 1 - outside))
        wanted = p * (1 - p) / variance * (t_rows / t_design) ** 2 if math.isfinite(t_rows) else n
        size = min(n, wanted) if wanted > 0 else n
    found = clopper_pearson(p * size, size, level)
    notes = found.notes
    if 0 < min(p, 1 - p) * size < FEW_EFFECTIVE:
        notes = (*notes, Note.FEW_EVENTS)
    return Bounds(found.low, found.high, KORN_GRAUBARD, notes, p, rows_if_whole(n), level)


def clustered_proportion(
    yes: Sums, base: Sums, level: float = 0.95, rows: SupportsIndex | float | None = None
) -> Bounds:
    """The share Σyes/Σbase of rows drawn in clusters (authors, respondents), from one pair of sums a cluster.

    `yes` and `base` of shape (G,): in each cluster the rows (or weights) that count and all of them.
    Delete-one-cluster jackknife variance, G_eff − 1 degrees of freedom, then `korn_graubard`. `rows` is
    the number of rows where the sums are weights. Where not one cluster, or every one, counts, the
    clusters themselves are the rows: how alike the rows of a cluster are is then unknown, and this is
    the cautious reading. Clusters with base 0 tell nothing and are left out.
    """
    y, m = _pairs(yes, base)
    total = float(m.sum())
    p = min(float(y.sum()) / total, 1.0)
    groups = effective_clusters(m)
    n = float(total if rows is None else whole("rows", rows, 1))
    variance = _jackknife(y, m)
    if p in (0.0, 1.0) or variance <= 0:
        found = korn_graubard(p, 0.0, min(n, groups), groups - 1, level)
        notes = tuple(dict.fromkeys((*found.notes, Note.NO_VARIATION)))
        return Bounds(found.low, found.high, KORN_GRAUBARD, notes, p, rows_if_whole(n), level)
    found = korn_graubard(p, variance, n, groups - 1, level)
    return Bounds(found.low, found.high, KORN_GRAUBARD, found.notes, p, rows_if_whole(n), level)


def clustered_mean(sums: Sums, sizes: Sums, level: float = 0.95) -> Bounds:
    """The mean Σsums/Σsizes of rows drawn in clusters: jackknife variance, t with G_eff − 1 degrees of freedom.

    `sums` and `sizes` of shape (G,): the total of the number and the rows of each cluster. Unbounded
    with effectively one cluster, or where all clusters have the same mean.
    """
    x, m = _sums("sums", sums), _sums("sizes", sizes)
    _same_shape(x, m, "sums", "sizes")
    _refuse(m, m < 0, "sizes", "at least 0")
    x, m = x[m > 0], m[m > 0]
    df = effective_clusters(m) - 1
    mean, variance = float(x.sum()) / float(m.sum()), _jackknife(x, m)
    return _t_interval(mean, variance, df, "clustered mean, jackknife t", rows_if_whole(float(m.sum())), level)


def korn_graubard_weighted(
    n: SupportsIndex | float, weights: float, squares: float, yes: float, yes_squares: float, level: float = 0.95
) -> Bounds:
    """A share of weighted rows, from sums over the n rows: Σw, Σw², and both over the rows that count.

    p = Σw·y/Σw with its linearised variance n/(n − 1)·Σw²(y − p)²/(Σw)², then `korn_graubard` with n − 1
    degrees of freedom (rows drawn singly). Where no row counts, or every one, Kish's effective size
    stands for n.
    """
    size = whole("n", n, 1)
    kish = kish_effective_size(weights, squares)
    part("yes", yes, "weights", weights)
    part("yes_squares", yes_squares, "squares", squares)
    p = yes / weights
    if p in (0.0, 1.0) or size == 1:
        return korn_graubard(p, 0.0, min(kish, size), max(size - 1, 0), level)
    spread = yes_squares * (1 - p) ** 2 + (squares - yes_squares) * p**2
    return korn_graubard(p, size / (size - 1) * spread / weights**2, size, size - 1, level)


def weighted_mean(values: Sums, weights: Sums, level: float = 0.95) -> Bounds:
    """Σw·x/Σw over rows drawn singly, with its linearised variance and t with Kish's size − 1 degrees of freedom.

    `values` and `weights` of shape (n,), weights at least 0. Unbounded where all values are alike.
    """
    x, w = _sums("values", values), _sums("weights", weights)
    _same_shape(x, w, "values", "weights")
    _refuse(w, w < 0, "weights", "at least 0")
    x, w = x[w > 0], w[w > 0]
    total, n = float(w.sum()), len(w)
    kish = kish_effective_size(total, float((w**2).sum()))
    mean = float((w * x).sum()) / total
    spread = float((w**2 * (x - mean) ** 2).sum()) / total**2
    return _t_interval(mean, spread * n / max(n - 1, 1), kish - 1, "weighted mean, linearised t", n, level)


def _t_interval(mean: float, variance: float, df: float, method: str, n: int | None, level: float) -> Bounds:
    from scipy.special import stdtrit

    outside = tail(level)
    if df <= 0 or variance <= 0:
        note = Note.FEW_CLUSTERS if df <= 0 else Note.NO_VARIATION
        return Bounds(-math.inf, math.inf, method, (note,), mean, n, level)
    half = float(stdtrit(df, 1 - outside)) * math.sqrt(variance)
    return Bounds(mean - half, mean + half, method, (), mean, n, level)


def _jackknife(y: npt.NDArray[np.float64], m: npt.NDArray[np.float64]) -> float:
    """Variance of Σy/Σm by leaving out one cluster at a time, about the full estimate; 0 for one cluster."""
    groups, total = len(m), float(m.sum())
    if groups < 2:
        return 0.0
    ratio = float(y.sum()) / total
    # p without cluster g minus p is −(y_g − p m_g)/(M − m_g): no difference of nearly equal numbers.
    gaps = (y - ratio * m) / (total - m)
    return (groups - 1) / groups * float((gaps**2).sum())


def _pairs(yes: Sums, base: Sums) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    y, m = _sums("yes", yes), _sums("base", base)
    _same_shape(y, m, "yes", "base")
    _refuse(m, m < 0, "base", "at least 0")
    _refuse(y, (y < 0) | (y > m), "yes", "between 0 and base")
    if not (m > 0).any():
        raise StatisticsError("base must sum to more than 0; got base=0")
    return y[m > 0], m[m > 0]


def _sums(name: str, values: Sums) -> npt.NDArray[np.float64]:
    import numpy as np

    given = np.asarray(values, dtype=np.float64)
    if given.ndim != 1 or not len(given):
        raise StatisticsError(f"{name} must hold at least one number; got shape {given.shape}")
    _refuse(given, ~np.isfinite(given), name, "finite")
    return given


def _refuse(given: npt.NDArray[np.float64], wrong: npt.NDArray[np.bool_], name: str, want: str) -> None:
    if wrong.any():
        at = int(wrong.argmax())
        raise StatisticsError(f"{name} must be {want}; got {name}[{at}]={given[at]}")


def _same_shape(a: npt.NDArray[np.float64], b: npt.NDArray[np.float64], a_name: str, b_name: str) -> None:
    if a.shape != b.shape:
        raise StatisticsError(f"{a_name} and {b_name} must be as many; got {len(a)} and {len(b)}")
