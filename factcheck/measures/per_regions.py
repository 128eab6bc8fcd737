"""How far a figure over groups can lie from the one found: by missing numbers, and by rows that were not seen."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from factcheck.claims.regions import Interval
from factcheck.measures.fields import Take
from factcheck.measures.inner import Kind
from factcheck.measures.measurement import Note
from factcheck.measures.setting import Mode, Setting

End = Fraction | None
ZERO = Fraction(0)


@dataclass(frozen=True)
class Range:
    """Where the number `name` may lie: its column's stated `range`; `assumed`: no number seen is negative."""

    name: str = ""
    low: End = None
    high: End = None
    assumed: bool = False

    @property
    def floor(self) -> End:
        return self.low if self.low is not None else ZERO if self.assumed else None


def per_region(
    kind: Kind, take: Take, ends: tuple[End, End], numbers: Range, setting: Setting
) -> tuple[Interval, str, tuple[Note, ...]]:
    """The region M, the method's code and what an editor should know.

    `ends` are the figures that the missing values of the rows at hand allow, None where they have no end.
    """
    if setting.mode is Mode.EXACT:
        return Interval(*ends), "complete" if ends[0] == ends[1] is not None else "bounds", ()
    if setting.process:
        return _anywhere(kind, Range()), "no-interval", (Note(setting.no_interval),)
    region = _open(kind, take, ends, numbers, setting.unseen)
    bounded = region is not None
    region = _anywhere(kind, numbers) if region is None else region
    if setting.mode is Mode.SAMPLE:
        return region, "partial", (Note("not-scaled" if bounded else setting.no_interval),)
    assumed = numbers.assumed and kind == "sum"
    return region, "partial", (Note("sign-assumed", {"name": numbers.name}),) if assumed else ()


def _open(kind: Kind, take: Take, ends: tuple[End, End], numbers: Range, unseen: int | None) -> Interval | None:
    """The bounds that the rows at hand give where others were not seen; None where they give none."""
    low, high = ends
    if (kind, take) == ("min", "min"):
        return Interval(numbers.low, high)
    if take != "max":
        return None
    if kind in ("count", "distinct"):
        return Interval(low, None if high is None or unseen is None else high + unseen)
    if kind == "max":
        return Interval(low, None if high is None or numbers.high is None else max(high, numbers.high))
    return _sums(ends, numbers, unseen) if kind == "sum" else None


def _sums(ends: tuple[End, End], numbers: Range, unseen: int | None) -> Interval | None:
    """The largest sum: rows not seen may all fall on the group that has it, or make a group of their own."""
    (low, high), floor, ceiling = ends, numbers.floor, numbers.high
    if floor is None or (unseen is None and floor < 0):
        bottom: End = None
    else:
        bottom = low if low is None or floor >= 0 else low + (unseen or 0) * floor
    if high is None or ceiling is None or unseen is None:
        return None if bottom is None else Interval(bottom, None)
    return Interval(bottom, max(high, min(ZERO, ceiling)) + unseen * max(ZERO, ceiling))


def _anywhere(kind: Kind, numbers: Range) -> Interval:
    """Every value that the figure can have."""
    if kind == "share":
        return Interval(ZERO, Fraction(1))
    if kind in ("count", "distinct"):
        return Interval(ZERO, None)
    if kind == "sum":
        return Interval(ZERO if numbers.floor is not None and numbers.floor >= 0 else None, None)
    return Interval(numbers.low, numbers.high)
