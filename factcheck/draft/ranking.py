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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from factcheck.draft.about import RUN, About
from factcheck.draft.figures import Figure
from factcheck.draft.grammar import denies, listed
from factcheck.draft.making import Candidate
from factcheck.draft.match import Match
from factcheck.draft.roles import idle
from factcheck.draft.words import Word, general
from factcheck.draft.zones import OUTSIDE

_OF_DATASET, _NAMED = 0.6, 0.85  # how far words, and names, of the dataset's title or description count
_LIGHT = 0.15  # what verbs like "came" and adverbs weigh
_ELSEWHERE = 0.5  # what a word of general English weighs that another dataset knows
_STRANGE = 2.0  # how much a name or a noun that the sentence is about counts in what is missed, if no dataset knows it
_SHOUTED = 4  # letters of an abbreviation; more in capitals are emphasis
_STRANGER = 4.0  # and the noun of what is counted: 'eight in ten teachers' are no rows of a table without teachers
_UNHEARD = 0.5  # and another word that none knows: of what is claimed it may say little
_NEAR = 3  # words behind a figure among which is the noun that it counts
_WEAK, _WEAKLY = 0.6, 0.5  # matches below this score count for less, by this factor
_DOUBT = 0.85  # factor for each of them: much of what the claim says is not in the sentence
_LOST = 0.8  # factor for a negation that no condition heeds
_MORE = 0.97  # factor for each condition after the first: of claims that say the same the shorter one is meant
_OTHER_ROWS = 0.85  # factor where rows are counted that are not what the sentence counts
_UNKNOWN_HEAD, _UNKNOWN_NAME = 0.93, 0.85  # factors for what it is about, if another dataset knows it and this one not
_MONEY = 0.5  # factor for a number of rows where the sentence states a sum of money
_LATER = 0.97  # factor for each figure that stands before the one that is claimed: the first is what is said
_KIND = 0.6  # what a word weighs that tells the kind of measure
_CLOSE, _CLOSE_TO_DOUBTFUL = 0.8, 0.65  # of the best score: from here on another candidate may as well be meant
_DOUBTFUL = 0.7  # words of a candidate below which it is doubtful
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
class Heard:
    """A sentence beside a dataset: what all candidates there are weighed by.

    `rarity` weighs the words that some dataset knows by stem, `units` are the stems of what the rows of any dataset
    are. The others are positions of words: those that are said of the dataset (`told`), also word for word
    (`quoted`), and negations that deny nothing (`idle`).
    """

    about: About
    rarity: Mapping[str, float]
    units: frozenset[str]
    told: frozenset[int]
    quoted: frozenset[int]
    idle: frozenset[int]

    @classmethod
    def of(
        cls, sentence: Sequence[Word], about: About, rarity: Mapping[str, float], units: frozenset[str]
    ) -> Heard:
        quoted = about.quotes(sentence)
        return cls(about, rarity, units, about.tells(sentence) | quoted, quoted, idle(sentence))


def is_close(first: Weighed, other: Weighed) -> bool:
    """Whether another candidate may as well be meant as the first: of a doubtful one sooner than of a sure one."""
    return other.score >= (_CLOSE if first.words >= _DOUBTFUL else _CLOSE_TO_DOUBTFUL) * first.score


def weigh(
    candidate: Candidate,
    sentence: Sequence[Word],
    figures: Sequence[Figure],
    matches: Sequence[Match],
    heard: Heard,
    zone: range,
) -> Weighed:
    """How well a candidate covers the sentence.

    `matches` are all of its dataset, `zone` is the part of the sentence that belongs to the candidate's figure.
    """
    about, rarity = heard.about, heard.rarity
    heads = _heads(candidate, sentence)
    covered = {**_covered(candidate, matches), **dict.fromkeys(candidate.reading.said, 1.0)}
    own = (candidate.reading.figure, *candidate.reading.parts)
    others = [figure for figure in figures if figure not in own]
    spoken = candidate.reading.covered - candidate.reading.said
    free = spoken | {at for one in others for at in one.positions} | candidate.denials
    weights = {
        at: (
            _KIND if at in candidate.reading.said
            else _weight(word, rarity, first=at == 0, used=at in covered) * (1.0 if at in zone else OUTSIDE)
        )
        for at, word in enumerate(sentence)
        if at not in free and (not word.stop or at in covered) and word.folded not in listed("denials")
    }
    got = 0.0
    total = sum(_unused(one) for one in others if one.first in zone and one.positions.isdisjoint(covered))
    missed, described = [], []
    for at, weight in weights.items():
        said = covered.get(at, 0.0)
        credit = 0.95 if at in heard.quoted else _NAMED if _is_name(sentence[at], first=at == 0) else _OF_DATASET
        if said < credit and at in heard.told:
            said = credit
            described.append(at)
        elif not said and not sentence[at].stop and weight > _LIGHT:
            missed.append(at)
        total += weight
        got += weight * said
    lost = tuple(
        at for at, word in enumerate(sentence)
        if denies(word) and at not in free and at not in covered and at not in heard.idle
    )
    share = got / total if total else 0.0
    score = share * _factor(candidate, sentence, about, len(lost))
    score *= _LATER ** sum(one.first < candidate.reading.anchor for one in others if not one.known)
    if "rows" in candidate.measure.values() and _is_money(candidate):
        score *= _MONEY
    counted = next((sentence[at].stem for at in heads if at > candidate.reading.anchor), None)
    base = {at for at in heads if at > candidate.reading.anchor and _is_of_rows(candidate)}
    for at in {at for at in heads if at in missed and sentence[at].stem in rarity}:
        score *= _UNKNOWN_NAME if _is_name(sentence[at], first=False) else _UNKNOWN_HEAD
    if _is_of_rows(candidate) and counted in heard.units - about.rows and not any(at in covered for at in heads):
        score *= _OTHER_ROWS
    strange = {
        at: _STRANGER if at in base and sentence[at].stem not in rarity
        else _STRANGE if at in missed and (at in base or (at in heads and sentence[at].stem not in rarity))
        else 1.0 if sentence[at].stem in rarity else _STRANGE if _is_name(sentence[at], first=at == 0) else _UNHEARD
        for at, weight in weights.items() if weight > _LIGHT and not sentence[at].stop and at not in _empty(candidate)
    }  # fmt: skip
    unknown = sum(strange[at] for at in missed if sentence[at].stem not in about.topics)
    unsaid = unknown / sum(strange.values()) if strange else 0.0
    return Weighed(candidate, round(score, 3), covered, tuple(missed), tuple(described), lost, round(unsaid, 3))


def _empty(candidate: Candidate) -> frozenset[int]:
    """Words that a claim heeds whatever the sentence is about: 'copies', 'shot up on 5 June'."""
    reading = candidate.reading
    if reading.verbs:
        return frozenset()
    days = [match.covered for match in candidate.matches if match.what == "time" and reading.kind == "peaks"]
    return reading.said.union(*days)


def _factor(candidate: Candidate, sentence: Sequence[Word], about: About, lost: int) -> float:
    """What lowers a candidate whatever it covers: order of words, weak and empty conditions, lost negations."""
    conditions = [match for match in candidate.matches if match.condition is not None]
    doubts = sum(match.score < _WEAK for match in conditions)
    doubts += sum(_is_about(match, sentence, about) for match in conditions if match.what == "value")
    counted = str(candidate.measure.get("of", candidate.measure.get("count", "")))
    doubts += 4 * (counted.startswith("distinct ") and counted.count(" ") > RUN)  # nobody counts answers to a question
    doubts += about.single and "value" not in candidate.measure
    return candidate.prior * _LOST**lost * _DOUBT**doubts * _MORE ** max(0, len(conditions) - 1)


def _heads(candidate: Candidate, sentence: Sequence[Word]) -> tuple[int, ...]:
    """The nouns that a sentence is about, as far as their places tell: its first one, and that behind the figure."""
    figure = candidate.reading.figure
    telling = [
        at for at, word in enumerate(sentence)
        if not word.stop and word.stem not in general() and at not in candidate.reading.covered
        and word.folded not in listed("light") and not word.folded.endswith("ly")
    ]  # fmt: skip
    front = bool(sentence) and sentence[0].folded in listed("front")
    first = [at for at in telling[:1] if not front and (figure is None or at < figure.first)]
    behind = [at for at in telling if figure is not None and figure.last <= at <= figure.last + _NEAR][:1]
    return tuple(_last_of_run(at, telling) for at in (*first, *behind))


def _last_of_run(at: int, telling: Sequence[int]) -> int:
    """The noun itself of several words in a row: 'account' of 'turncoat Missouri account'."""
    while at + 1 in telling:
        at += 1
    return at


def _is_of_rows(candidate: Candidate) -> bool:
    """Whether it counts rows as they are: a share without another base, a number of rows."""
    measure = candidate.measure
    return measure.get("count") == "rows" or ("share" in measure and "of" not in measure)


def _is_money(candidate: Candidate) -> bool:
    figure = candidate.reading.figure
    return figure is not None and any(sign in figure.text for sign in "$€£¥")


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


def _weight(word: Word, rarity: Mapping[str, float], *, first: bool, used: bool) -> float:
    """What a word weighs; `rarity` has those that some dataset knows, `used` tells whether the candidate does."""
    if word.stop:
        return 0.3
    if word.folded in listed("light") or (word.folded.endswith("ly") and len(word.folded) > 4):
        return _LIGHT
    if word.stem in general() and not used:
        return _ELSEWHERE if word.stem in rarity else _LIGHT
    return rarity.get(word.stem, 1.0) * (1.2 if _is_name(word, first=first) else 1.0)


def _is_name(word: Word, *, first: bool) -> bool:
    shouted = word.text.isupper() and len(word.text) > _SHOUTED
    return word.text[0] in "#@" or (word.text[0].isupper() and not first and not shouted)
