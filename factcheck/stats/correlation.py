"""Correlation of two columns: Pearson's r, Spearman's ρ and Kendall's τ-b, with what each row weighs in it.

All take `x` and `y` of shape (n,), finite, in step, in any order; n is at least 2 and neither may be constant. They
agree with R's `cor(x, y, method = …)`. Sums run over rows in the order of their values, so that the same rows give
the same figure in whatever order they come.

`influence_*` are the derivatives of the coefficient by the weight of each row; they add up to 0, and the sum of
their squares is the variance of the coefficient over samples of independent rows, whatever the distribution (the
infinitesimal jackknife, Jaeckel 1972; Efron 1982, ch. 6). Ties and unequal tails are in it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from factcheck.errors import StatisticsError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Codes = npt.NDArray[np.int64]

_FEW = 10_000  # beyond, SciPy's compiled count is several times faster
_LARGEST = 1e290
_HALF = 31  # bits of a row's place beside its value: more rows than can be held
_PLACE = (1 << _HALF) - 1


def pearson(x: Floats, y: Floats) -> float:
    """Pearson's product-moment correlation r (Pearson 1895), from −1 to 1: how near the points lie to a line."""
    a, b = _standardised(*_ordered(x, y))
    return _within(float(a @ b) / len(a))


def spearman(x: Floats | Codes, y: Floats | Codes) -> float:
    """Spearman's ρ (1904): Pearson's r of the ranks, ties sharing the average of theirs."""
    import numpy as np

    a, b = centred_ranks(x), centred_ranks(y)
    _varies(a, b)
    order = np.lexsort((b, a))
    a, b = a[order], b[order]
    return _within(float(a @ b) / math.sqrt(float(a @ a) * float(b @ b)))


def kendall(x: Floats | Codes, y: Floats | Codes) -> float:
    """Kendall's τ-b (1945): concordant less discordant pairs, over √(pairs untied in x · pairs untied in y)."""
    concordance, untied_x, untied_y = pairs(x, y)
    if not untied_x or not untied_y:
        raise StatisticsError("a column whose values are all alike has no correlation")
    return _within(concordance / math.sqrt(untied_x * untied_y))


def pairs(x: Floats | Codes, y: Floats | Codes) -> tuple[int, int, int]:
    """Concordant less discordant pairs, pairs untied in x, pairs untied in y: whole numbers, exact."""
    import numpy as np
    from scipy.stats import kendalltau

    cx, cy = codes(x), codes(y)
    _same_length(cx, cy)
    untied_x, untied_y = _untied(cx), _untied(cy)
    if not untied_x or not untied_y:
        return 0, untied_x, untied_y
    if len(cx) <= _FEW:
        return int(concordances(cx, cy).sum()) // 2, untied_x, untied_y
    with np.errstate(all="ignore"):  # what its p-value, which nobody asks for, may overflow in
        tau = float(kendalltau(cx, cy, method="asymptotic").statistic)
    return round(tau * math.sqrt(untied_x * untied_y)), untied_x, untied_y


def influence_pearson(x: Floats, y: Floats) -> Floats:
    a, b = _standardised(x, y)
    n = len(a)
    r = float(a @ b) / n
    return (a * b - r / 2 * (a * a + b * b)) / n


def influence_spearman(x: Floats | Codes, y: Floats | Codes) -> Floats:
    cx, cy = codes(x), codes(y)
    a, b = centred_ranks(cx), centred_ranks(cy)
    _varies(a, b)
    total, of_x, of_y = float(a @ b), float(a @ a), float(b @ b)
    rho = total / math.sqrt(of_x * of_y)
    by_both = a * b + pull(cx, b)[cx] + pull(cy, a)[cy]
    by_x, by_y = a * a + 2 * pull(cx, a)[cx], b * b + 2 * pull(cy, b)[cy]
    return by_both / math.sqrt(of_x * of_y) - rho / 2 * (by_x / of_x + by_y / of_y)


def influence_kendall(x: Floats | Codes, y: Floats | Codes) -> Floats:
    import numpy as np

    cx, cy = codes(x), codes(y)
    _varies(centred_ranks(cx), centred_ranks(cy))
    own = concordances(cx, cy)
    untied = [len(cx) - np.bincount(c)[c] for c in (cx, cy)]
    of_x, of_y = (float(part.sum()) / 2 for part in untied)
    scale = math.sqrt(of_x * of_y)
    tau = float(own.sum()) / 2 / scale
    found: Floats = own / scale - tau / 2 * (untied[0] / of_x + untied[1] / of_y)
    return found


def codes(values: Floats | Codes) -> Codes:
    """Whole numbers from 0 in the order of the values, equal where those are."""
    import numpy as np

    if not np.isfinite(values).all():  # NaN would count as the largest of all
        at = int(np.argmin(np.isfinite(values)))
        raise StatisticsError(f"values must be finite; got values[{at}]={values[at]}")
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def centred_ranks(values: Floats | Codes) -> Floats:
    """Average ranks less their mean (n+1)/2: half of how many values lie below less how many above."""
    import numpy as np

    c = codes(values)
    counts = np.bincount(c)
    below = np.cumsum(counts) - counts
    ranks: Floats = (below + (counts - len(c)) / 2)[c]
    return ranks


def pull(c: Codes, weights: Floats) -> Floats:
    """For each code v, half of the sum of `weights` over rows of higher codes, less that over rows of lower ones."""
    import numpy as np

    sums = np.bincount(c, weights=weights)
    up_to = np.cumsum(sums)
    found: Floats = ((up_to[-1] - up_to) - (up_to - sums)) / 2
    return found


def concordances(cx: Codes, cy: Codes) -> Codes:
    """For each row, with how many rows it is concordant, less with how many it is discordant."""
    import numpy as np

    n = len(cx)
    of_x, of_y = np.bincount(cx), np.bincount(cy)
    below_x, below_y = (np.cumsum(of_x) - of_x)[cx], (np.cumsum(of_y) - of_y)[cy]
    both = both_below(cx, cy)
    same_y, alike = _below_within(cy, cx)  # lower in x, tied in y
    same_x, _ = _below_within(cx, cy)
    x_below_y_above = below_x - both - same_y
    x_above_y_below = below_y - both - same_x
    x_above_y_tied = of_y[cy] - alike - same_y
    both_above = (n - of_x[cx] - below_x) - x_above_y_tied - x_above_y_below
    found: Codes = both + both_above - x_below_y_above - x_above_y_below
    return found


def both_below(cx: Codes, cy: Codes) -> Codes:
    """For each row, how many rows have a smaller x and a smaller y; n·log n steps.

    Rows stand in the order of x (ties by y, largest first, so that they never count). Bit by bit of y, from the
    highest, rows that share all higher bits form a group; a row whose bit is 1 is above those before it in its group
    whose bit is 0, and the group is then parted by the bit, its order kept.
    """
    import numpy as np

    order = np.lexsort((-cy, cx))
    # The value of a row and its place in `order` travel as one number.
    rows = (cy[order] << _HALF) | np.arange(len(cy))
    found = np.zeros(len(cy), np.int64)
    for bit in range(int(cy.max(initial=0)).bit_length() - 1, -1, -1):
        one = (rows >> (_HALF + bit)) & 1
        group = rows >> (_HALF + bit + 1)
        starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
        ones = np.cumsum(one) - one  # before each row
        ones -= np.repeat(ones[starts], np.diff(np.r_[starts, len(rows)]))
        at = np.flatnonzero(one)
        found[rows[at] & _PLACE] += at - np.repeat(starts, np.diff(np.r_[starts, len(rows)]))[at] - ones[at]
        rows = _parted(rows, one, starts)
    result = np.empty_like(found)
    result[order] = found
    return result


def _parted(rows: Codes, one: Codes, starts: Codes) -> Codes:
    """Each group with its zeros before its ones, in the order in which they stood."""
    import numpy as np

    sizes = np.diff(np.r_[starts, len(rows)])
    zeros = sizes - np.add.reduceat(one, starts)
    moved = np.empty_like(rows)
    filled = np.arange(len(rows)) - np.repeat(starts, sizes) < np.repeat(zeros, sizes)
    moved[filled] = rows[one == 0]
    moved[~filled] = rows[one == 1]
    return moved


def _below_within(group: Codes, value: Codes) -> tuple[Codes, Codes]:
    """For each row, how many rows of its group have a smaller value, and how many the same (itself among them)."""
    import numpy as np

    order = np.lexsort((value, group))
    g, v, at = group[order], value[order], np.arange(len(order))
    new_group = np.r_[True, g[1:] != g[:-1]]
    new_run = new_group | np.r_[True, v[1:] != v[:-1]]
    runs = np.flatnonzero(new_run)
    start = np.maximum.accumulate(np.where(new_run, at, 0))
    below, alike = np.empty_like(group), np.empty_like(group)
    below[order] = start - np.maximum.accumulate(np.where(new_group, at, 0))
    alike[order] = np.repeat(np.diff(np.r_[runs, len(order)]), np.diff(np.r_[runs, len(order)]))
    return below, alike


def _ordered(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    import numpy as np

    _same_length(x, y)
    order = np.lexsort((y, x))
    return x[order], y[order]


def _standardised(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Mean 0 and mean square 1; scaled before squaring, so that neither large nor small units overflow."""
    import numpy as np

    _same_length(x, y)
    found = []
    for values in (x, y):
        if not np.isfinite(values).all() or float(np.abs(values).max()) > _LARGEST:
            raise StatisticsError("values must be finite, and of a size that can be added up")
        centred = values - values[len(values) // 2]
        centred = centred - centred.mean()
        size = float(np.abs(centred).max(initial=0))
        if values.min() == values.max() or size == 0:
            raise StatisticsError("a column whose values are all alike has no correlation")
        centred = centred / size
        centred -= centred.mean()
        found.append(centred / math.sqrt(float(centred @ centred) / len(centred)))
    return found[0], found[1]


def _varies(*ranks: Floats) -> None:
    _same_length(*ranks)
    if not all(rank.any() for rank in ranks):
        raise StatisticsError("a column whose values are all alike has no correlation")


def _same_length(*columns: Floats | Codes) -> None:
    lengths = [len(column) for column in columns]
    if len(set(lengths)) > 1 or lengths[0] < 2:
        raise StatisticsError(f"x and y need as many values, at least 2; got {lengths}")


def _untied(c: Codes) -> int:
    import numpy as np

    counts: list[int] = np.bincount(c).tolist()
    return len(c) * (len(c) - 1) // 2 - sum(n * (n - 1) // 2 for n in counts)


def _within(r: float) -> float:
    """Without what rounding adds beyond ±1."""
    return max(-1.0, min(1.0, r))
