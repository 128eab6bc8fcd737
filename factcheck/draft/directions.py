"""Trends that a sentence tells without a word for them: 'fewer from week to week', 'ever more', 'rarer and rarer'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factcheck.draft.grammar import listed
from factcheck.draft.intents import Cue
from factcheck.draft.words import Word

_BETWEEN = 9  # words between a comparative and the period that repeats


def directions(sentence: Sequence[Word]) -> dict[str, tuple[Cue, ...]]:
    """By 'rising' and 'falling': the words that say so."""
    found: dict[str, list[Cue]] = {}
    for kind, positions in _found(sentence):
        found.setdefault(kind, []).append(Cue(kind, min(positions), max(positions) + 1, tuple(sorted(positions))))
    return {kind: tuple(cues) for kind, cues in found.items()}


def _found(sentence: Sequence[Word]) -> Iterator[tuple[str, set[int]]]:
    again = repeated(sentence)
    for at, word in enumerate(sentence):
        kind = _kind(word)
        if kind is None or _is_compared(sentence, at):
            continue
        before = sentence[at - 1].folded if at else ""
        if at > 1 and before == "and" and sentence[at - 2].folded == word.folded:
            yield kind, {at - 2, at - 1, at}
        elif before in listed("ever"):
            yield _degree(kind, sentence, at), {at - 1, at, *_adjective(sentence, at)}
        elif before in listed("becoming"):
            yield kind, {at - 1, at, *_adjective(sentence, at)}
        elif again and min(abs(at - one) for one in again) <= _BETWEEN and not before[:1].isdigit():
            yield kind, {at, *again, *_adjective(sentence, at)}
    for at, word in enumerate(sentence[1:], 1):
        if sentence[at - 1].folded == "increasingly" and word.folded in listed("frequent") | listed("rare"):
            yield "rising" if word.folded in listed("frequent") else "falling", {at - 1, at}


def repeated(sentence: Sequence[Word]) -> set[int]:
    """The words that say that something goes on: 'week after week', 'from month to month', 'as the days went by'."""
    told = [word.folded for word in sentence]
    periods = listed("periods")
    for at, word in enumerate(told):
        if word not in periods and word != "time":
            continue
        joins = at + 1 < len(told) and told[at + 1] in ("after", "by", "on", "to", "in")
        if joins and told[at + 2 : at + 3] == [word]:
            return {at, at + 1, at + 2} | ({at - 1} if at and told[at - 1] == "from" else set())
        if at and told[at - 1] in ("each", "every", "passing"):
            return {at - 1, at} | ({at - 2} if at > 1 and told[at - 2] in ("with", "every", "each") else set())
        if at > 1 and told[at - 2 : at] == ["by", "the"]:
            return {at - 2, at - 1, at}
        if told[at + 1 : at + 2] and told[at + 1] in ("went", "passed", "wore", "progressed") and at > 1:
            return {at, at + 1, at + 2} & set(range(len(told)))
    return set()


def _kind(word: Word) -> str | None:
    return "rising" if word.folded in listed("upward") else "falling" if word.folded in listed("downward") else None


def _is_compared(sentence: Sequence[Word], at: int) -> bool:
    """Whether something else is what it is compared with: 'more than 900', 'fewer posts than'."""
    return any(word.folded == "than" for word in sentence[at + 1 : at + 5])


def _degree(kind: str, sentence: Sequence[Word], at: int) -> str:
    """'Ever more rarely' goes down."""
    rare = at + 1 < len(sentence) and sentence[at + 1].folded in listed("rare")
    return {"rising": "falling", "falling": "rising"}[kind] if rare else kind


def _adjective(sentence: Sequence[Word], at: int) -> set[int]:
    """The word that a comparative is said of: 'more frequent'."""
    told = listed("frequent") | listed("rare")
    return {at + 1} if at + 1 < len(sentence) and sentence[at + 1].folded in told else set()
