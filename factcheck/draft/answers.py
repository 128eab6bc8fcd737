"""Answers to questions that are columns: which of them a sentence tells, in words of its own, of what was asked."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import combinations

from factcheck.draft.conditions import among, equals, starts
from factcheck.draft.grammar import denies
from factcheck.draft.joined_values import LINKS
from factcheck.draft.known import Known
from factcheck.draft.match import Match
from factcheck.draft.sentence import Sentence
from factcheck.draft.words import Word, stem, words
from factcheck.text.packaged import packaged

_MOST = 30  # values of a column that may be answers
_QUESTION = 5  # words from which on a name is a question
_LEAST = 0.4  # of an answer that is said
_REACH = 4  # words that may stand between a question's words and those of its answer
_TURNED = 0.7  # how sure an answer stays that the sentence denies
_BARE = frozenset({"yes", "no", "y", "n", "true", "false"})


def answered(sentence: Sentence, columns: Sequence[Known], found: Sequence[Match]) -> Iterator[Match]:
    """Of columns that the sentence speaks of, `found`: the answer that it tells; where none is told, that it is yes."""
    asked = {match.column: match for match in found if match.what == "column"}
    whole = {value.lower() for one in columns if one.column.name in asked for value in one.values or ()}
    answers = frozenset(at for at, word in enumerate(sentence.words) if word.folded in whole - _BARE)  # 'never'
    for one in columns:
        question = asked.get(one.column.name)
        if question is None or not one.values or len(one.values) > _MOST:
            continue
        told = list(_told(sentence, one, question))
        yield from _together(sentence, told, question) or told
        if one.yes is not None:
            yield from _agreed(sentence, one, question, answers)


def _agreed(sentence: Sentence, one: Known, question: Match, answers: frozenset[int]) -> Iterator[Match]:
    """That the answer is yes, and no where an odd number of words deny what is asked, that are no `answers`."""
    turning = [at for at in _turning(sentence, one, question) if at not in answers]
    yes = _all_of(one, str(one.yes), question, "its answers are yes and no")
    yield replace(yes, score=round(yes.score * _TURNED, 4)) if len(turning) % 2 else yes
    if len(turning) % 2 and one.no is not None:
        denied = f"'{sentence.text(turning)}' says that the answer is no"
        no = _all_of(one, one.no, question, denied)
        yield _wider(no, turning, no.score)


def _all_of(one: Known, start: str, question: Match, why: str) -> Match:
    """All answers that begin alike."""
    begun = [value for value in one.values or () if re.match(rf"{re.escape(start)}\b", value)]
    alone = len(begun) == 1
    condition = equals(one.column.name, begun[0]) if alone else starts(one.column.name, start)
    return replace(
        question, what="value", value=begun[0] if alone else start, condition=condition,
        score=round(question.score * 0.9, 4), how=f"{question.how}, and {why}",
    )  # fmt: skip


def _turning(sentence: Sentence, one: Known, question: Match) -> list[int]:
    """The words beside a question's that turn it round: negations, and opposites of its words."""
    first = max(0, question.first - _REACH)
    near = range(first, min(len(sentence.words), question.last + _REACH))
    stems = {word.stem for phrase in one.phrases for word in phrase.words}
    against = frozenset(other for said in stems for other in opposites().get(said, ()))
    asked = {word.folded for phrase in one.phrases for word in phrase.words}
    return [
        at for at in near
        if at not in question.covered
        and ((is_negation(sentence.words[at]) and sentence.words[at].folded not in asked)
             or sentence.words[at].stem in against)
    ]  # fmt: skip


def is_negation(word: Word) -> bool:
    """Whether a word denies what stands beside it."""
    return denies(word) or word.folded in ("nothing", "hardly")


def _told(sentence: Sentence, one: Known, question: Match) -> Iterator[Match]:
    """Answers of which some words are said beside the question's: 'do not care at all'."""
    parts = {value: _telling(value) for value in one.values or ()}
    having = Counter(stem for said in parts.values() for stem in {word.stem for word in said})
    long = max((len(phrase.words) for phrase in one.phrases), default=0) >= _QUESTION
    for value, said in parts.items():
        weights = [math.log((len(parts) + 1) / having[word.stem]) + 0.1 for word in said]
        places = [_place(sentence, word, question) for word in said]
        own = {at for at in places if at is not None and at not in question.covered}
        weight = sum(w for w, at in zip(weights, places, strict=True) if at is not None)
        score = weight / sum(weights) if said else 0.0
        telling = any(
            at is not None and having[word.stem] * 2 <= len(parts) + 1 for word, at in zip(said, places, strict=True)
        )
        if score < (_LEAST if long else 1.0) or not telling or not (own or long):
            continue
        sure = max(0.9 * question.score + 0.1 * score, 0.45 * question.score + 0.5 * score)
        how = f"{question.how}, and '{sentence.text(sorted(own))}' tells the answer '{value}'" if own else question.how
        match = replace(
            question, what="value", value=value, condition=equals(one.column.name, value), score=round(sure, 4), how=how
        )
        yield _wider(match, sorted(own), sure)


def _together(sentence: Sentence, told: Sequence[Match], question: Match) -> list[Match]:
    """Two answers that the sentence joins, 'very or somewhat rude', with each of them alone as less likely."""
    for pair in combinations(told, 2):
        one, other = sorted(pair, key=lambda match: min(match.covered - question.covered, default=0))
        own = (one.covered | other.covered) - question.covered
        between = {*range(min(own), max(own) + 1)} - own - question.covered if own else set()
        if not between or one.covered == other.covered or any(sentence.words[at].folded not in LINKS for at in between):
            continue
        values = [str(one.value), str(other.value)]
        how = f"{question.how}, and '{sentence.text(sorted(own))}' tells two answers"
        both = replace(one, value=" or ".join(values), condition=among(str(one.column), values), how=how)
        alone = (replace(match, score=round(0.8 * match.score, 4)) for match in told)
        return [_wider(both, sorted(own | between), max(one.score, other.score) + 0.02), *alone]
    return []


def _telling(value: str) -> list[Word]:
    """The words of an answer, without the yes or no that it begins with."""
    said = words(value)
    return list(said[1:] if len(said) > 1 and said[0].folded in _BARE else [] if value.lower() in _BARE else said)


def _place(sentence: Sentence, word: Word, question: Match) -> int | None:
    """Where a word of an answer is said, beside the words of the question; light ones only as they are."""
    near = [
        at for at, _ in sentence.at(word)
        if question.first - _REACH <= at < question.last + _REACH and not sentence.words[at].text[0].isdigit()
    ]  # fmt: skip
    if not near and word.folded == "not":
        return next((at for at in range(max(0, question.first - _REACH), question.last)
                     if at not in question.covered and is_negation(sentence.words[at])), None)  # fmt: skip
    free = [at for at in near if at not in question.covered]
    return min(free or near, key=lambda at: abs(at - question.first), default=None)


def _wider(match: Match, more: Sequence[int], score: float) -> Match:
    """The match with further words."""
    at = sorted({*match.covered, *more})
    return replace(match, first=at[0], last=at[-1] + 1, words=tuple(at), score=round(min(0.95, score), 4))


@cache
def opposites() -> dict[str, frozenset[str]]:
    """By stem: the stems of words that say the opposite."""
    found: dict[str, frozenset[str]] = {}
    for one, other in packaged(files("factcheck.draft") / "opposites.yaml"):
        for these, those in ((one, other), (other, one)):
            for word in these:
                found[stem(word)] = found.get(stem(word), frozenset()) | {stem(said) for said in those}
    return found
