"""Which of the things that words may mean are meant together: matches that do not claim the same words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from factcheck.draft.match import Match
from factcheck.draft.words import Word

_LEAST = 0.35  # score of a match that is considered
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
    matches: Sequence[Match], sentence: Sequence[Word], taken: Collection[int], most: int
) -> list[Selection]:
    """The likeliest ways to understand the words that conditions are made of, best first; the last says none."""
    useful = [
        match for match in matches
        if match.condition is not None and match.score >= _LEAST and _telling(match, sentence, taken)
    ]  # fmt: skip
    useful.sort(key=lambda match: -_worth(match, sentence, taken))
    beam = [Selection((), 0.0)]
    for match in useful[:_CONSIDERED]:
        worth = _worth(match, sentence, taken)
        grown = [
            Selection((*one.matches, match), one.score + worth)
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


def _worth(match: Match, sentence: Sequence[Word], taken: Collection[int]) -> float:
    """How much of the sentence a match explains, and how surely; doubtful ones count for less than they cover."""
    telling = sum(1 for at in match.covered if at not in taken and (not sentence[at].stop or match.what == "time"))
    return telling * (match.score - 0.2)
