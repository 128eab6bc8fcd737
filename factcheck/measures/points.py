"""The series that a trend's line is fitted to."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from factcheck.claims.figures.trends import FLAT
from factcheck.measures.measurement import Note

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


def month_lengths(points: Points, months: Sequence[datetime]) -> tuple[Note, ...]:
    """What totals of months change by for each of their days, where the direction is another for that.

    February has a tenth fewer days than January: a total can fall though no day had less.
    """
    days = tuple(float(monthrange(month.year, month.month)[1]) for month in months)
    change, daily = points.fitted().change, replace(points, known=days, out_of=days).fitted().change
    if (change > 0, change < 0, abs(change) <= FLAT) == (daily > 0, daily < 0, abs(daily) <= FLAT):
        return ()
    return (Note("month-lengths", {"change": f"{daily:+.1%}".replace("-", "−")}),)
