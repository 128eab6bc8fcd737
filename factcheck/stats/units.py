"""What chance drew: clusters of rows, or single rows with weights; and what a design makes of an interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Bounds

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = Sequence[float] | npt.NDArray[np.float64]
    Vector = npt.NDArray[np.float64]

ROUNDING = 1e-11  # of a total: less than any row that tells something, more than sums in any order are apart


@dataclass(frozen=True, eq=False)
class Units:
    """What was drawn: one entry for each drawn unit (a cluster, or a row drawn singly with its weight).

    `size` of shape (G,): the weighted rows of the base in each unit, 0 where it has none. `times` of shape
    (G,): how many units are alike, so that equal ones may be given once. `rows`: the n rows of the base
    behind them, unweighted. `clustered`: whether units are clusters. `kish`: (Σw)²/Σw² over the rows of
    the base, None without weights (and not needed for rows drawn singly: their sizes are the weights).
    """

    size: Vector
    times: Vector
    rows: int
    clustered: bool
    kish: float | None = None

    def __post_init__(self) -> None:
        size, times = vector("size", self.size), vector("times", self.times)
        object.__setattr__(self, "size", size)
        object.__setattr__(self, "times", times)
        same_shape("size", size, "times", times)
        refuse("size", size, size < 0, "at least 0")
        refuse("times", times, times < 0, "at least 0")
        refuse("times", times, times != times.round(), "a whole number")
        if not (size * times > 0).any():
            raise StatisticsError("size must sum to more than 0; got size=0")
        if self.rows < 1:
            raise StatisticsError(f"rows must be at least 1; got rows={self.rows}")
        if self.kish is not None and not 0 < self.kish <= self.rows * (1 + 1e-9):
            raise StatisticsError(f"kish must lie above 0 and be at most rows; got kish={self.kish}, rows={self.rows}")

    @property
    def drawn(self) -> int:
        """G, the units that hold any row of the base."""
        return round(float(self.times[self.size > 0].sum()))

    @cached_property
    def effective(self) -> float:
        """G_eff = (Σm)²/Σm²: how many units of equal size tell as much; Kish's size where units are rows."""
        return effective_units(self.size, self.times)

    @property
    def uneven(self) -> bool:
        """Whether a few clusters hold most of the rows: those drawn tell no more than half as many equal ones."""
        return self.clustered and self.effective < self.drawn / 2

    @property
    def effective_rows(self) -> float:
        """The rows, or the number of equally weighted rows that tell as much."""
        if self.kish is not None:
            return min(self.kish, float(self.rows))
        return float(self.rows) if self.clustered else min(self.effective, float(self.rows))


@dataclass(frozen=True)
class Designed:
    """An interval of clustered or weighted rows, and how much the rows told.

    `effective_n`: how many rows drawn singly with equal weights tell as much. `degrees`: the degrees of
    freedom of the variance. `deff`: the design effect, rows over `effective_n`, at least 1.
    """

    bounds: Bounds
    effective_n: float
    degrees: float
    deff: float


def effective_units(size: Vector, times: Vector) -> float:
    """(Σm)²/Σm² over units of which some are alike; 0 where no unit has any row."""
    if not (size * times > 0).any():
        return 0.0
    (size,), times = merged(times, size)
    return 1 / float(((size / float((size * times).sum())) ** 2 * times).sum())


def merged(times: Vector, *totals: Vector) -> tuple[tuple[Vector, ...], Vector]:
    """The totals of different units in one fixed order, with how many units have each.

    Sums over floats depend on the order of what is summed, and rows come in any order: without this the
    last digit of an interval could change from one run to the next.
    """
    import numpy as np

    order = np.lexsort(totals)
    rows = np.stack([one[order] for one in totals])
    new = np.append(True, (rows[:, 1:] != rows[:, :-1]).any(axis=0))
    starts = np.flatnonzero(new)
    return tuple(one[new] for one in rows), np.add.reduceat(times[order], starts)


def vector(name: str, given: Numbers) -> Vector:
    """`given` as finite numbers of shape (G,), G at least 1."""
    import numpy as np

    found = np.asarray(given, dtype=np.float64)
    if found.ndim != 1 or not len(found):
        raise StatisticsError(f"{name} must hold at least one number; got shape {found.shape}")
    refuse(name, found, ~np.isfinite(found), "finite")
    return found


def refuse(name: str, given: Vector, wrong: npt.NDArray[np.bool_], want: str) -> None:
    """An error that names the first entry of `given` which is wrong."""
    if wrong.any():
        at = int(wrong.argmax())
        raise StatisticsError(f"{name} must be {want}; got {name}[{at}]={given[at]}")


def same_shape(a_name: str, a: Vector, b_name: str, b: Vector) -> None:
    """Two vectors that are in step."""
    if a.shape != b.shape:
        raise StatisticsError(f"{a_name} and {b_name} must be as many; got {len(a)} and {len(b)}")


def parts(name: str, given: Numbers, base_name: str, base: Vector) -> Vector:
    """`given` as totals that are parts of `base`, unit by unit.

    What is all of a unit, or nothing of it, but for the rounding of sums taken in another order, is set to it: a
    share of 1 − 10⁻¹⁶ would pass for one that rows of this sample vary about.
    """
    import numpy as np

    found = vector(name, given)
    same_shape(name, found, base_name, base)
    refuse(name, found, (found < -ROUNDING * base) | (found > base * (1 + ROUNDING)), f"between 0 and {base_name}")
    found = np.where(found > base * (1 - ROUNDING), base, found)
    return np.where(found < ROUNDING * base, 0.0, found)
