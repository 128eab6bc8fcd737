"""Labels and sets that claims state for one quantity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from factcheck.claims.figures import Claimed, DateClaim, LabelClaim, SetClaim
from factcheck.claims.figures.readings import Mode
from factcheck.claims.regions import UNBOUNDED
from factcheck.verdicts.consistency.line import Figure
from factcheck.verdicts.consistency.pairs import Pairs
from factcheck.verdicts.consistency.stated import Concern, Stated, folded

FIRST = 20  # each figure is held against the first so many different ones
CLOSE_FROM = 4  # members: with one swapped of at least so many a set is close


@dataclass(frozen=True)
class Named:
    """What a claim names, in one of the modes of a set."""

    members: frozenset[str]
    mode: Mode


def set_clashes(said: Iterable[tuple[Stated, Claimed]], pairs: Pairs) -> Iterator[Concern]:
    """Each label or set against the first different ones."""
    found: dict[Named, list[Figure]] = {}
    for one, claimed in said:
        if (named := _named(claimed)) is not None:
            figure = Figure(one, UNBOUNDED, UNBOUNDED, UNBOUNDED, claimed.text)
            found.setdefault(named, []).append(figure)
    different = [(named, figures[0]) for named, figures in list(found.items())[:FIRST]]
    for named, figures in found.items():
        for figure in figures:
            for other_named, other in different:
                yield from _concern(named, figure, other_named, other, pairs)


def _named(claimed: Claimed) -> Named | None:
    if isinstance(claimed, DateClaim):
        days = claimed.members
        return None if days is None else Named(frozenset(day.isoformat() for day in days), claimed.mode)
    if isinstance(claimed, (LabelClaim, SetClaim)):
        return Named(frozenset(map(folded, claimed.members)), claimed.mode)
    return None


def _concern(a: Named, one: Figure, b: Named, other: Figure, pairs: Pairs) -> Iterator[Concern]:
    how = clash(a, b)
    if how is None or one.stated.key == other.stated.key:
        return
    # Another dataset may spell the same thing otherwise: RU, Russia.
    rests_on = [{dataset.name for dataset in figure.stated.datasets} for figure in (one, other)]
    if how == "contradicts" and rests_on[0] and rests_on[0] == rests_on[1]:
        yield pairs.contradiction(one, other)
    else:
        yield pairs.difference(one, other, named=True)


def clash(a: Named, b: Named) -> Literal["contradicts", "differs"] | None:
    """Whether two sets cannot both be right; where one holds the other, or one of many is swapped, they differ."""
    if a.mode == "equal" and b.mode == "equal":
        if a.members == b.members:
            return None
        missing, extra = a.members - b.members, b.members - a.members
        close = len(missing) <= 1 and len(extra) <= 1 and min(len(a.members), len(b.members)) >= CLOSE_FROM
        return "differs" if not missing or not extra or close else "contradicts"
    if "excludes" in (a.mode, b.mode):
        both = a.mode == b.mode
        return None if both or not a.members & b.members else "contradicts"
    if a.mode == b.mode:
        return None
    whole, part = (a, b) if a.mode == "equal" else (b, a)
    return None if part.members <= whole.members else "contradicts"
