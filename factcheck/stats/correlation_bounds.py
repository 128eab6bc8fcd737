"""What a correlation can be once missing values are filled in: worst-case bounds that hold, though not always sharp.

All take `x` and `y` of shape (k,) in step, rows in which at least one is known (`known_x`, `known_y`: which are), and
`neither`, how many further rows have no value at all. They return (least, most) within [−1, 1].
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.stats import correlation

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rows:
    """Rows with at least one known value, and how many have none."""

    x: Floats
    y: Floats
    known_x: Flags
    known_y: Flags
    neither: int = 0

    @property
    def both(self) -> Flags:
        return self.known_x & self.known_y

    @property
    def n(self) -> int:
        return len(self.x) + self.neither

    @property
    def missing(self) -> int:
        return self.n - int(self.both.sum())


def kendall_bounds(rows: Rows) -> tuple[float, float]:
    """Bounds on τ-b.

    Of the pairs of rows, K are not known. Let S be concordant less discordant known pairs, A and B those untied in x
    and in y. With a and b of the unknown pairs untied, they add at most min(a, b) to S, and (S + min(a,
    b))/√((A+a)(B+b)) is largest at a = b = K: making the larger of a and b as small as the other only lowers the
    denominator (where the sum is positive), and (S+t)/√((A+t)(B+t)) grows in t, since |S| ≤ A and |S| ≤ B. The lower
    bound follows by turning y round.
    """
    both = rows.both
    known = int(both.sum())
    unknown = rows.n * (rows.n - 1) // 2 - known * (known - 1) // 2
    s, a, b = correlation.pairs(rows.x[both], rows.y[both])
    scale = math.sqrt((a + unknown) * (b + unknown))
    return (max(-1.0, (s - unknown) / scale), min(1.0, (s + unknown) / scale)) if scale else (-1.0, 1.0)


def spearman_bounds(rows: Rows) -> tuple[float, float]:
    """Bounds on ρ.

    Centred ranks are half of the sum of the signs of a row's distances to all others. Write aᵢ for the part of row
    i's that comes from rows whose x is known; the others add dᵢ with |dᵢ| ≤ p/2, p rows being without x; and where
    the row has no x itself, |aᵢ + dᵢ| ≤ (n−1)/2. The same for y with b, e and q. The sum of products over rows with
    both is then Σaᵢbᵢ, give or take q/2·Σ|aᵢ| + p/2·Σ|bᵢ| + pq/4 per row; rows with x alone add at most (|aᵢ| +
    p/2)(n−1)/2, rows with y alone likewise, rows with neither (n−1)²/4.

    The sum of squares of x lies between Σaᵢ² (dᵢ grows with xᵢ as aᵢ does, so that Σaᵢdᵢ ≥ 0 by Chebyshev's
    inequality) and (n³ − n − Σ(t³ − t))/12 over the known groups of t ties. The bound takes the end that lets ρ be
    largest (least).
    """
    known_x, known_y, both, n = rows.known_x, rows.known_y, rows.both, rows.n
    a, b = _ranks(rows.x, known_x), _ranks(rows.y, known_y)
    p, q = n - int(known_x.sum()), n - int(known_y.sum())
    centre = float(a[both] @ b[both])
    room = q / 2 * float(abs(a[both]).sum()) + p / 2 * float(abs(b[both]).sum()) + p * q / 4 * int(both.sum())
    farthest = (n - 1) / 2
    for ranks, alone, others in ((a, known_x & ~known_y, p), (b, known_y & ~known_x, q)):
        room += farthest * (float(abs(ranks[alone]).sum()) + others / 2 * int(alone.sum()))
    room += farthest**2 * rows.neither
    least = math.sqrt(float(a[known_x] @ a[known_x]) * float(b[known_y] @ b[known_y]))
    most = math.sqrt(_most_squares(rows.x[known_x], n) * _most_squares(rows.y[known_y], n))
    return -_largest(room - centre, least, most), _largest(centre + room, least, most)


def pearson_bounds(rows: Rows) -> tuple[float, float]:
    """Bounds on r, where a missing number can be any.

    Where both columns lack values r can be anything. With only y lacking: let T be the sum of squares of x, Q that
    among the rows with both, r₀ their correlation. Over all y with the known values (and all multiples of them) the
    nearest to x leaves Q(1 − r₀²) unexplained where r₀ > 0, and Q where not (then by letting the missing numbers go
    to infinity), so that r is at most √(1 − Q(1 − max(r₀, 0)²)/T). Sharp, as the supremum; the least follows by
    turning y round.
    """
    both = rows.both
    if rows.missing == 0:
        r = correlation.pearson(rows.x, rows.y)
        return r, r
    if rows.neither or not (rows.known_x.all() or rows.known_y.all()):
        return -1.0, 1.0
    complete = rows.x if rows.known_x.all() else rows.y
    inside = _squares(complete[both]) / _squares(complete)
    r = correlation.pearson(rows.x[both], rows.y[both])
    return (
        -math.sqrt(max(0.0, 1 - inside * (1 - min(r, 0.0) ** 2))),
        math.sqrt(max(0.0, 1 - inside * (1 - max(r, 0.0) ** 2))),
    )


def _ranks(values: Floats, known: Flags) -> Floats:
    """Centred ranks among the known values; 0 for the others."""
    import numpy as np

    ranks = np.zeros(len(values))
    if known.any():
        ranks[known] = correlation.centred_ranks(values[known])
    return ranks


def _most_squares(known: Floats, n: int) -> float:
    import numpy as np

    ties = np.unique(known, return_counts=True)[1].astype(np.float64)
    return (float(n) ** 3 - n - float((ties**3 - ties).sum())) / 12


def _largest(product: float, least: float, most: float) -> float:
    """The largest quotient of a sum of products by a root that lies between `least` and `most`."""
    root = least if product > 0 else most
    return max(-1.0, min(1.0, product / root)) if root else 1.0


def _squares(values: Floats) -> float:
    centred = values - values.mean()
    return float(centred @ centred)
