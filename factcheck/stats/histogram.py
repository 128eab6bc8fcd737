"""Values with how often each occurs: checked, sorted and merged, so that input order cannot matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.errors import StatisticsError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = Sequence[float] | npt.NDArray[np.float64] | npt.NDArray[np.int64]
    Counts = Sequence[int] | npt.NDArray[np.int64]


@dataclass(frozen=True)
class Histogram:
    """`values` ascending and different, `counts` in step with them (each at least 1), `n` their sum."""

    values: npt.NDArray[np.float64]
    counts: npt.NDArray[np.int64]
    n: int

    @property
    def mean(self) -> float:
        # About the middle value, so that a large offset (a time in seconds, say) costs no digits.
        offset = self.values[len(self.values) // 2]
        return float(offset + ((self.values - offset) * self.counts).sum() / self.n)


def histogram(values: Numbers, counts: Counts | None = None) -> Histogram:
    """From values (shape (d,), finite, any order, may repeat) and counts (shape (d,), ≥ 0; each 1 if None)."""
    import numpy as np

    x = np.asarray(values, dtype=np.float64)
    if x.ndim != 1:
        raise StatisticsError(f"values must be one list of numbers; got shape {x.shape}")
    if not np.isfinite(x).all():
        at = int(np.argmin(np.isfinite(x)))
        raise StatisticsError(f"values must be finite; got values[{at}]={x[at]}")
    c = np.ones(len(x), dtype=np.int64) if counts is None else _counts(counts, len(x))
    different, place = np.unique(x[c > 0], return_inverse=True)
    merged = np.zeros(len(different), dtype=np.int64)
    np.add.at(merged, place, c[c > 0])
    if not len(different):
        raise StatisticsError("values must hold at least one number; got n=0")
    return Histogram(different, merged, int(merged.sum()))


def _counts(counts: Counts, length: int) -> npt.NDArray[np.int64]:
    import numpy as np

    given = np.asarray(counts)
    if given.shape != (length,):
        raise StatisticsError(f"counts must be as many as values ({length}); got shape {given.shape}")
    if not np.isfinite(given).all():
        raise StatisticsError(f"counts must be finite; got {given[~np.isfinite(given)][0]}")
    whole = given.astype(np.int64)
    if (whole != given).any() or (whole < 0).any():
        at = int(np.argmax((whole != given) | (whole < 0)))
        raise StatisticsError(f"counts must be whole numbers of at least 0; got counts[{at}]={given[at]}")
    return whole
