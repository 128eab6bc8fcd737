"""Figures on one line, so that of each the farthest that contradicts it is found without looking at all others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from factcheck.claims.figures import NumberClaim
from factcheck.claims.figures.spreads import reflected, whole_figure
from factcheck.claims.regions import Interval
from factcheck.verdicts.consistency.stated import Stated

End = tuple[Fraction | float, int]
INFINITY = float("inf")


@dataclass(frozen=True, eq=False)
class Figure:
    """A number that a claim states.

    `region` (A) makes it true, `near` (A′) close; `honest` is A with all else that may honestly have been rounded to
    it. `text` is how it was said, `unit` the unit of its measure, "" where that is not known.
    """

    stated: Stated
    region: Interval
    honest: Interval
    near: Interval
    text: str
    unit: str = ""

    @property
    def speaker(self) -> Hashable:
        return self.stated.speaker

    def said(self, text: str) -> Figure:
        return replace(self, text=text)

    def times(self, factor: Fraction) -> Figure:
        """The same for what is `factor` times as large: a share times its base is a count."""
        region, honest, near = (_times(one, factor) for one in (self.region, self.honest, self.near))
        return replace(self, region=region, honest=honest, near=near)


def _times(interval: Interval, factor: Fraction) -> Interval:
    low = None if interval.low is None else interval.low * factor
    high = None if interval.high is None else interval.high * factor
    return Interval(low, high, interval.low_open, interval.high_open)


Pair = tuple[Interval, Interval]  # a narrow region and a wide one
Regions = Callable[[Figure], Pair]


def figure_of(stated: Stated, claimed: NumberClaim) -> Figure:
    unit = stated.measure.unit if stated.measure is not None else ""
    return Figure(stated, claimed.region, honest_region(claimed), claimed.near, claimed.text, unit)


def honest_region(claimed: NumberClaim) -> Interval:
    """The values that make a figure true, with those that round to it at its significant digits.

    A claim of 1,000 is true from 950 to 1,050; whoever rounds to thousands says it of 1,400 as well.
    """
    if claimed.figure is None or not claimed.integer:
        return claimed.region
    region, _, rounding = whole_figure(claimed.figure)
    if rounding is None or claimed.region != region or not claimed.near.covers(rounding):
        return claimed.region
    # Of a tie, which may be rounded either way, two figures can hardly both speak.
    return region.hull(Interval(rounding.low, rounding.high, low_open=True, high_open=True))


def verdicts_clash(figure: Figure) -> Pair:
    """What is compared for a contradiction: if either figure is right, the other is not even close."""
    return figure.honest, figure.near


def regions_differ(figure: Figure) -> Pair:
    """What is compared for a difference: no value makes both figures true."""
    return figure.region, figure.region


class Line:
    """Figures of one scale, sorted by where they begin. Each question takes logarithmic time."""

    def __init__(self, figures: Iterable[Figure], regions: Regions = verdicts_clash) -> None:
        order = list(figures)
        self._regions = regions
        self._up = _Side([(regions(figure), figure) for figure in order])
        self._down = _Side([(_turned(regions(figure)), figure) for figure in order])

    def above(self, figure: Figure, but: Hashable = None) -> Figure | None:
        """The farthest figure above that contradicts the given one, said by another speaker than `but`."""
        return self._up.beyond(self._regions(figure), but)

    def below(self, figure: Figure, but: Hashable = None) -> Figure | None:
        return self._down.beyond(_turned(self._regions(figure)), but)

    def against(self, figure: Figure, but: Hashable = None) -> list[Figure]:
        return [found for found in (self.below(figure, but), self.above(figure, but)) if found is not None]


class _Side:
    """For a narrow and a wide region of each figure: is one wholly above both the other way round?"""

    def __init__(self, figures: list[tuple[Pair, Figure]]) -> None:
        begins = sorted(((_low(pair[0]), _low(pair[1]), figure) for pair, figure in figures), key=lambda b: b[0])
        self._narrow = [narrow for narrow, _, _ in begins]
        # From each place on, the two figures that begin last by their wide region, of different speakers.
        self._last: list[tuple[tuple[End, Figure], ...]] = [()] * (len(begins) + 1)
        for i in range(len(begins) - 1, -1, -1):
            _, wide, figure = begins[i]
            self._last[i] = _two(((wide, figure), *self._last[i + 1]))

    def beyond(self, pair: Pair, but: Hashable) -> Figure | None:
        narrow, wide = pair
        at = bisect_right(self._narrow, _high(wide))
        for begin, figure in self._last[at]:
            if figure.speaker != but and begin > _high(narrow):
                return figure
        return None


def _turned(pair: Pair) -> Pair:
    return reflected(pair[0]), reflected(pair[1])


def _two(found: tuple[tuple[End, Figure], ...]) -> tuple[tuple[End, Figure], ...]:
    """The first of the figures by how late they begin, and the next of another speaker."""
    ranked = sorted(found, key=lambda one: one[0], reverse=True)
    return tuple(one for i, one in enumerate(ranked) if one[1].speaker not in {o[1].speaker for o in ranked[:i]})[:2]


def _low(interval: Interval) -> End:
    """The lower end, ordered among upper ends: (5, 1) begins after 5, so that nothing up to 5 reaches it."""
    return (-INFINITY, 0) if interval.low is None else (interval.low, int(interval.low_open))


def _high(interval: Interval) -> End:
    return (INFINITY, 0) if interval.high is None else (interval.high, -int(interval.high_open))
