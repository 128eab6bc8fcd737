"""How well the words of a sentence are covered by a candidate, how plausible it is, and which comes first.

**Words** (0…1): every telling word of the sentence counts once, names and words that few datasets know for more,
light verbs for less. A word counts as far as it is surely meant by the claim, by the noun that its rows are, or – for
less – by what is said of the dataset. The mean is lowered where a negation is in no condition.

**Plausibility** (0…1): 1 where the data allow what is claimed, ½ where the estimate lies as far off as still counts as
close, and less the farther it lies; lower where nearly every value would do.

Candidates are ordered by words × (2 + plausibility) / 3: the words decide, and plausibility settles what
they leave open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from factcheck.draft.figures import Figure
from factcheck.draft.grammar import listed
from factcheck.draft.making import Candidate
from factcheck.draft.match import Match
from factcheck.draft.words import Word, words
from factcheck.draft.zones import OUTSIDE
from factcheck.evidence.dataset import Dataset

_OF_DATASET, _NAMED = 0.6, 0.85  # how far words, and names, of the dataset's title or description count
_LIGHT = 0.15  # what verbs like "came" and adverbs weigh
_WEAK, _WEAKLY = 0.6, 0.5  # matches below this score count for less, by this factor
_DOUBT = 0.85  # factor for each of them: much of what the claim says is not in the sentence
_LOST = 0.8  # factor for a negation that no condition heeds
_MORE = 0.97  # factor for each condition after the first: of claims that say the same the shorter one is meant
CLOSE = 0.8  # of the best score: from here on another candidate may as well be meant
LEAST = 0.25  # words of a candidate that is shown
MISSED, MISSED_NAMED = 0.5, 0.7  # the most that may be missed of them; the latter where the dataset is given


@dataclass(frozen=True)
class Weighed:
    """A candidate with how well the words are covered: `covered` by position, with how surely."""

    candidate: Candidate
    words: float
    covered: Mapping[int, float]
    missed: tuple[int, ...]  # telling words that it does not cover
    about: tuple[int, ...] = ()  # those of them that are said of the dataset
    lost: tuple[int, ...] = ()  # negations that it does not heed
    unsaid: float = 0.0  # the part of the telling words that it misses
    plausibility: float | None = None

    @property
    def score(self) -> float:
        """What candidates are ordered by."""
        return round(self.words * (2 + (self.plausibility or 0.0)) / 3, 6)

    def with_plausibility(self, plausibility: float) -> Weighed:
        """The same, evaluated."""
        return replace(self, plausibility=round(plausibility, 3))


@dataclass(frozen=True)
class About:
    """What is said of a dataset: the stems of its name, title, description and origin."""

    stems: frozenset[str]

    @classmethod
    def of(cls, dataset: Dataset) -> About:
        told = (
            dataset.name, dataset.title, dataset.represents, dataset.unit, dataset.source_title, dataset.collected.by,
            *dataset.collected.platforms,
        )  # fmt: skip
        apart = (re.sub(r"[-.]", " ", text) for text in told if text)
        return cls(frozenset(word.stem for text in apart for word in words(text)))


def weigh(
    candidate: Candidate,
    sentence: Sequence[Word],
    figures: Sequence[Figure],
    matches: Sequence[Match],
    about: About,
    rarity: Mapping[str, float],
    zone: range,
) -> Weighed:
    """How well a candidate covers the sentence.

    `matches` are all of its dataset, `rarity` weighs words by stem, `zone` is the part of the sentence that belongs to
    the candidate's figure.
    """
    covered = _covered(candidate, matches)
    own = (candidate.reading.figure, *candidate.reading.parts)
    others = [figure for figure in figures if figure not in own]
    free = candidate.reading.covered | {at for one in others for at in one.positions} | candidate.denials
    weights = {
        at: _weight(word, rarity, first=at == 0) * (1.0 if at in zone else OUTSIDE)
        for at, word in enumerate(sentence)
        if at not in free and (not word.stop or at in covered) and word.folded not in listed("denials")
    }
    got = 0.0
    total = sum(_unused(one) for one in others if one.first in zone and one.positions.isdisjoint(covered))
    missed, described = [], []
    for at, weight in weights.items():
        said = covered.get(at, 0.0)
        credit = _NAMED if _is_name(sentence[at], first=at == 0) else _OF_DATASET
        if said < credit and sentence[at].stem in about.stems:
            said = credit
            described.append(at)
        elif not said and not sentence[at].stop and weight > _LIGHT:
            missed.append(at)
        total += weight
        got += weight * said
    lost = tuple(
        at for at, word in enumerate(sentence)
        if (word.folded in listed("denials") or word.folded.endswith("n't")) and at not in free and at not in covered
    )  # fmt: skip
    share = got / total if total else 0.0
    score = share * _factor(candidate, sentence, about, len(lost))
    telling = [at for at, weight in weights.items() if weight > _LIGHT and not sentence[at].stop]
    unsaid = len(missed) / len(telling) if telling else 0.0
    return Weighed(candidate, round(score, 3), covered, tuple(missed), tuple(described), lost, round(unsaid, 3))


def _factor(candidate: Candidate, sentence: Sequence[Word], about: About, lost: int) -> float:
    """What lowers a candidate whatever it covers: order of words, weak and empty conditions, lost negations."""
    conditions = [match for match in candidate.matches if match.condition is not None]
    doubts = sum(match.score < _WEAK for match in conditions)
    doubts += sum(_is_about(match, sentence, about) for match in conditions if match.what == "value")
    return candidate.prior * _LOST**lost * _DOUBT**doubts * _MORE ** max(0, len(conditions) - 1)


def _is_about(match: Match, sentence: Sequence[Word], about: About) -> bool:
    """Whether a condition says what the dataset itself is about: all of its rows are likely meant."""
    telling = [sentence[at].stem for at in match.covered if not sentence[at].stop]
    return len(telling) > 1 and all(stem in about.stems for stem in telling)


def _unused(figure: Figure) -> float:
    """How much a figure that a candidate says nothing of weighs: a percentage is hardly said in passing."""
    if figure.known:
        return 0.0
    return 1.5 if figure.text.endswith(("%", "cent", "percent")) else 0.7


def _covered(candidate: Candidate, matches: Sequence[Match]) -> dict[int, float]:
    """The words of a candidate's own matches, of its columns, and of what its rows are."""
    found: dict[int, float] = {}

    def add(match: Match) -> None:
        for at in match.covered:
            found[at] = max(found.get(at, 0.0), match.score)

    for match in candidate.matches:
        add(match if match.score >= _WEAK else replace(match, score=match.score * _WEAKLY))
    columns = {match.column for match in candidate.matches}
    for match in matches:
        if match.what == "dataset" or (match.what == "column" and match.column in columns):
            add(match)
    return found


def _weight(word: Word, rarity: Mapping[str, float], *, first: bool) -> float:
    if word.stop:
        return 0.3
    if word.folded in listed("light") or (word.folded.endswith("ly") and len(word.folded) > 4):
        return _LIGHT
    return rarity.get(word.stem, 1.0) * (1.2 if _is_name(word, first=first) else 1.0)


def _is_name(word: Word, *, first: bool) -> bool:
    return word.text[0] in "#@" or (word.text[0].isupper() and not first)
