"""Complete claims for a sentence: a reading of its figure, and what its words mean in a dataset, put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from factcheck.claims.figures import Quantity
from factcheck.draft.acts import cascades, coordination, delays, duplicates
from factcheck.draft.comparisons import ranks, sides
from factcheck.draft.counting import columns, counts, distinct, numbers, shares
from factcheck.draft.figures import Figure
from factcheck.draft.groups import compositions, groups, overlaps
from factcheck.draft.making import Candidate, Drafting
from factcheck.draft.match import Match, best_first
from factcheck.draft.moments import gaps, moments, trends
from factcheck.draft.nets import networks
from factcheck.draft.reading import Kind, Reading
from factcheck.draft.selections import selections
from factcheck.draft.spikes import peaks
from factcheck.draft.thresholds import thresholds
from factcheck.draft.words import Word
from factcheck.evidence.dataset import Dataset

_MANY = 3  # shares from which on each has conditions of its own
_SELECTIONS = 6  # ways to understand the words of a dataset that are tried

Maker = Callable[[Drafting, Reading, list[Match]], Iterator[Candidate]]
MAKERS: Mapping[Kind, Maker] = {
    "share": shares, "count": counts, "distinct": distinct, "columns": columns, "sum": numbers, "mean": numbers,
    "median": numbers, "min": numbers, "max": numbers, "rank": ranks, "top": ranks, "bottom": ranks, "ratio": sides,
    "difference": sides, "points": sides, "trend": trends, "first": moments, "last": moments, "gap": gaps,
    "per": groups, "network": networks, "overlap": overlaps, "composition": compositions,
    "peaks": peaks, "coordination": coordination, "duplicates": duplicates, "delay": delays, "cascade": cascades,
}  # fmt: skip


def candidates(
    sentence: Sequence[Word],
    dataset: Dataset,
    matches: Sequence[Match],
    reading: Reading,
    figures: Sequence[Figure],
    zone: range,
) -> list[Candidate]:
    """The claims about a dataset that a reading of the sentence may make, each once.

    `matches` are what its words mean there, `zone` is the part of the sentence that belongs to the figure.
    """
    others = [figure for figure in figures if figure is not reading.figure]
    flags = frozenset(m.column for m in matches if m.what == "value" and m.column and m.value == 1)
    limits = [one for one in thresholds(sentence, dataset, matches, others) if one.column not in flags]
    theirs = frozenset(at for figure in others if figure.text != "none" for at in figure.positions)
    theirs -= frozenset(at for one in limits if one.covered <= theirs for at in one.covered)  # bounds of what is unsaid
    own = frozenset() if reading.figure is None else reading.figure.positions
    stated = [match for match in matches if _is_number(match) and match.covered & own]
    found_here = (match for match in (*matches, *limits) if match not in stated)
    meant = best_first([match for match in found_here if _is_near(match, figures, zone)])
    drafting = Drafting(sentence, dataset, meant, theirs, zone, flags, frozenset(str(m.column) for m in stated))
    found: dict[str, Candidate] = {}
    for one in _made(drafting, reading):
        if one.key not in found or one.prior > found[one.key].prior:
            found[one.key] = one
    return list(found.values())


def _is_near(match: Match, figures: Sequence[Figure], zone: range) -> bool:
    """Of many shares each has its own conditions, beside those that stand before all of them."""
    shares = [
        one for one in figures
        if not one.known and one.reads(Quantity.PROPORTION) and not one.reads(Quantity.COUNT)
    ]  # fmt: skip
    if len(shares) < _MANY or len(zone) == 0 or match.condition is None:
        return True
    return match.first in zone or match.last <= min(figure.first for figure in shares)


def _is_number(match: Match) -> bool:
    """Whether it is a value that begins with a number: it cannot be what is claimed, too."""
    return match.what == "value" and str(match.value)[:1].isdigit()


def _made(drafting: Drafting, reading: Reading) -> Iterator[Candidate]:
    taken = reading.covered | drafting.others
    units = frozenset(at for match in drafting.matches if match.what == "dataset" for at in match.covered)
    for selection in selections(drafting.matches, drafting.sentence, taken, _SELECTIONS, drafting.zone, units):
        yield from MAKERS[reading.kind](drafting, reading, list(selection.matches))
