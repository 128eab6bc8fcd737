"""The series that a trend's line is fitted to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcheck.stats.trend import Fit


@dataclass(frozen=True)
class Points:
    """The series that the line is fitted to: totals, what each may hold more, what it is out of, with their places."""

    y: tuple[float, ...]
    more: tuple[float, ...]
    out_of: tuple[float, ...]  # rows, those of unknown answer among them
    known: tuple[float, ...]  # rows without those
    lent: float

    @property
    def n(self) -> int:
        return sum(weight > 0 for weight in self.known)

    @property
    def values(self) -> list[float]:
        return [y / weight for y, weight in zip(self.y, self.known, strict=True) if weight > 0]

    @property
    def is_fit_for(self) -> bool:
        return self.n > 1 and any(y > 0 for y, weight in zip(self.y, self.known, strict=True) if weight > 0)

    def fitted(self) -> Fit:
        from factcheck.stats.trend import fit

        return fit(self.y, self.known, self.lent)

    def between(self, start: int, stop: int) -> Points:
        y, more, out_of, known = (part[start:stop] for part in (self.y, self.more, self.out_of, self.known))
        return Points(y, more, out_of, known, self.lent)
