"""Networks as arrays: components, modularity of a partition, assortativity.

A network of `n` nodes, numbered from 0, is two arrays `a` and `b` of shape (e,): the ends of its links. Links are
undirected unless a function says otherwise; a link from a node to itself adds 2 to its degree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from factcheck.errors import StatisticsError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Codes = npt.NDArray[np.integer]
    Weights = npt.NDArray[np.number]


def checked(n: int, a: Codes, b: Codes, weights: Weights | None = None) -> None:
    """Refuses ends that are no node, arrays that do not run in step, and weights below zero."""
    if a.shape != b.shape or a.ndim != 1:
        raise StatisticsError(f"a and b must be of one length; got {a.shape} and {b.shape}")
    if len(a) and (min(a.min(), b.min()) < 0 or max(a.max(), b.max()) >= n):
        raise StatisticsError(f"ends must lie between 0 and n - 1; got n={n}")
    if weights is None:
        return
    if weights.shape != a.shape:
        raise StatisticsError(f"weights must be as many as links; got {weights.shape} for {a.shape}")
    if len(weights) and not 0 <= float(weights.min()) <= float(weights.max()) < math.inf:  # NaN fails as well
        raise StatisticsError("weights must be numbers from 0; got a negative one, NaN or an infinity")


def components(n: int, a: Codes, b: Codes, *, strong: bool = False) -> npt.NDArray[np.int64]:
    """The size of every component, by its number; `strong`: only ways along the direction a → b count."""
    import numpy as np

    return np.bincount(members(n, a, b, strong=strong)).astype(np.int64)


def members(n: int, a: Codes, b: Codes, *, strong: bool = False) -> npt.NDArray[np.int32]:
    """The number of the component that each node belongs to, shape (n,). Tarjan 1972, by SciPy."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    checked(n, a, b)
    if n == 0:
        return np.zeros(0, np.int32)
    matrix = coo_array((np.ones(len(a), np.int8), (a, b)), shape=(n, n)).tocsr()
    matrix.data[:] = 1  # links that repeat were added up, and eight bits can come to zero
    _, found = connected_components(matrix, directed=strong, connection="strong" if strong else "weak")
    return np.asarray(found, np.int32)


def degrees(n: int, a: Codes, b: Codes, weights: Weights | None = None) -> npt.NDArray[np.number]:
    """The degree of each node, or with weights their sum (its strength), shape (n,)."""
    import numpy as np

    return np.bincount(a, weights, n) + np.bincount(b, weights, n)


@dataclass(frozen=True)
class Split:
    """What the modularity of a partition is made of: Q = inside/total − Σ degrees²/(2·total)².

    `inside` is the weight of the links between members of one group, `total` that of all links, `squares` the sum of
    the squared degrees of the groups.
    """

    inside: Fraction
    total: Fraction
    squares: Fraction

    @property
    def modularity(self) -> Fraction:
        return self.inside / self.total - self.squares / (2 * self.total) ** 2


def split(n: int, a: Codes, b: Codes, groups: Codes, weights: Weights | None = None) -> Split:
    """How a partition divides the links (Newman & Girvan 2004; Newman 2006).

    `groups` of shape (n,) holds whole numbers from 0. Without weights, or with whole ones, the result is exact.
    """
    import numpy as np

    checked(n, a, b, weights)
    if groups.shape != (n,):
        raise StatisticsError(f"groups must be one for each node; got {groups.shape} for n={n}")
    if n and groups.min() < 0:
        raise StatisticsError(f"groups must be numbers from 0; got {int(groups.min())}")
    whole = weights is None or np.issubdtype(weights.dtype, np.integer)
    load = np.ones(len(a), np.int64) if weights is None else weights.astype(np.int64 if whole else np.float64)
    same = groups[a] == groups[b]
    # `bincount` adds in floating point, exact for whole numbers below 2^53.
    of_groups = np.bincount(groups[a], load) if len(a) else np.zeros(1)
    other = np.bincount(groups[b], load) if len(a) else np.zeros(1)
    size = max(len(of_groups), len(other))
    summed = np.pad(of_groups, (0, size - len(of_groups))) + np.pad(other, (0, size - len(other)))
    squares = sum(int(d) ** 2 for d in summed[summed > 0]) if whole else float(np.square(summed).sum())
    inside, total = load[same].sum(), load.sum()
    return Split(*(Fraction(int(v)) if whole else Fraction(float(v)) for v in (inside, total, squares)))


def modularity(n: int, a: Codes, b: Codes, groups: Codes, weights: Weights | None = None) -> Fraction:
    """The modularity of a partition of an undirected network; StatisticsError where there is no link."""
    found = split(n, a, b, groups, weights)
    if found.total == 0:
        raise StatisticsError("modularity needs at least one link")
    return found.modularity


def directed_modularity(n: int, a: Codes, b: Codes, groups: Codes, weights: Weights | None = None) -> float:
    """The modularity of a partition of a network of links a → b (Leicht & Newman 2008)."""
    import numpy as np

    checked(n, a, b, weights)
    load = np.ones(len(a)) if weights is None else weights.astype(np.float64)
    total = float(load.sum())
    if total == 0:
        raise StatisticsError("modularity needs at least one link")
    size = int(groups.max()) + 1
    out, into = np.bincount(groups[a], load, size), np.bincount(groups[b], load, size)
    return float(load[groups[a] == groups[b]].sum() / total - (out * into).sum() / total**2)


def likeness(x: npt.NDArray[np.number], y: npt.NDArray[np.number], *, both_ways: bool) -> float | None:
    """Pearson's correlation of a number at the first and at the second end of each link; None where it does not vary.

    `both_ways`: links have no first end, so that each is taken in both directions. With degrees this is the
    assortativity of Newman 2002, with any other number that of Newman 2003 (eq. 21).
    """
    import numpy as np

    if x.shape != y.shape:
        raise StatisticsError(f"x and y must be of one length; got {x.shape} and {y.shape}")
    first = np.concatenate((x, y)) if both_ways else x
    second = np.concatenate((y, x)) if both_ways else y
    if not len(first) or first.min() == first.max() or second.min() == second.max():
        return None
    first, second = first - first.mean(), second - second.mean()
    found = float((first * second).sum() / math.sqrt(float((first**2).sum()) * float((second**2).sum())))
    return max(-1.0, min(1.0, found))


def mixing(first: Codes, second: Codes, *, both_ways: bool) -> Fraction | None:
    """How far links stay within groups: (Σ e_ii − Σ a_i·b_i)/(1 − Σ a_i·b_i) (Newman 2003, eq. 2).

    `first` and `second` are the groups, numbers from 0, at the ends of each link. None where all ends are of one group.
    """
    import numpy as np

    if first.shape != second.shape:
        raise StatisticsError(f"first and second must be of one length; got {first.shape} and {second.shape}")
    if not len(first):
        return None
    size = int(max(first.max(), second.max())) + 1
    out, into = np.bincount(first, minlength=size), np.bincount(second, minlength=size)
    if both_ways:
        out = into = out + into
    total = int(out.sum())
    chance = Fraction(sum(int(i) * int(j) for i, j in zip(out, into, strict=True)), total**2)
    same = Fraction(int((first == second).sum()), len(first))
    return None if chance == 1 else (same - chance) / (1 - chance)
