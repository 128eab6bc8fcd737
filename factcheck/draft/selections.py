"""Which of the things that words may mean are meant together: matches that do not claim the same words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from factcheck.draft.match import Match
from factcheck.draft.words import Word
from factcheck.draft.zones import OUTSIDE

_LEAST = 0.4  # score of a match that is considered
_DOUBT = 0.35  # below this score a match explains nothing
_UNIT = 0.4  # how much a word counts that says what a row is
_CONSIDERED = 24  # matches of a dataset, the surest
_WIDTH = 12  # selections kept while they are made


@dataclass(frozen=True)
class Selection:
    """Matches with no word in common, in the order of the sentence; `score` adds up how well their words are meant."""

    matches: tuple[Match, ...]
    score: float

    @property
    def covered(self) -> frozenset[int]:
        """The positions of the words that are meant."""
        return frozenset(at for match in self.matches for at in match.covered)


def selections(
    matches: Sequence[Match],
    sentence: Sequence[Word],
    taken: Collection[int],
    most: int,
    zone: range,
    units: Collection[int],
) -> list[Selection]:
    """The likeliest ways to understand the words that conditions are made of, best first; the last says none.

    Words of another figure's part (outside of the `zone`) count for less, as do those that say what a row is (`units`).
    """

    def worth(match: Match) -> float:
        """How much of the sentence a match explains, and how surely; doubtful ones count for less than they cover."""
        telling = sum(
            _UNIT if at in units else 1.0 for at in match.covered
            if at not in taken and (not sentence[at].stop or match.what == "time")
        )  # fmt: skip
        return telling * (match.score - _DOUBT) * (1.0 if match.first in zone else OUTSIDE)

    useful = [
        match for match in matches
        if match.condition is not None and match.score >= _LEAST and _telling(match, sentence, taken)
    ]  # fmt: skip
    here = {(match.what, match.column) for match in useful if match.first in zone}
    useful = [match for match in useful if match.first in zone or (match.what, match.column) not in here]
    useful.sort(key=lambda match: -worth(match))
    beam = [Selection((), 0.0)]
    for match in useful[:_CONSIDERED]:
        more = worth(match)
        grown = [
            Selection((*one.matches, match), one.score + more)
            for one in beam
            if one.covered.isdisjoint(match.covered) and not _again(one, match)
        ]
        beam = sorted([*beam, *grown], key=lambda one: (-round(one.score, 6), len(one.matches)))[:_WIDTH]
    best = [Selection(tuple(sorted(one.matches, key=lambda m: m.first)), one.score) for one in beam]
    return best[:most]


def _again(one: Selection, match: Match) -> bool:
    """The same condition twice says nothing new."""
    return any(other.condition == match.condition for other in one.matches)


def _telling(match: Match, sentence: Sequence[Word], taken: Collection[int]) -> bool:
    return any(at not in taken and not sentence[at].stop for at in match.covered) or match.what == "time"

