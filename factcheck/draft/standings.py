"""Who stands first and who last, said without a number: 'what it used least', 'the runner-up', 'second to last'."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.draft.grammar import listed
from factcheck.draft.intents import Cue
from factcheck.draft.words import Word

_ENDS = frozenset({"last", "bottom", "end"})


def superlatives(sentence: Sequence[Word]) -> dict[str, tuple[Cue, ...]]:
    """By 'most' and 'least': where the word stands for itself behind a verb, at the end or before a preposition."""
    found: dict[str, tuple[Cue, ...]] = {}
    for at, word in enumerate(sentence):
        if word.folded not in ("most", "least"):
            continue
        of_all = [one.folded for one in sentence[at + 1 : at + 3]] == ["of", "all"]
        alone = at > 0 and _ends(sentence, at + 1) and not _opens(sentence[at - 1])
        if (word.folded == "least" and (at == 0 or sentence[at - 1].folded != "at")) or alone or (
            of_all and _is_end(sentence, at + 3)
        ):
            last = at + 3 if of_all else at + 1
            found[word.folded] = (*found.get(word.folded, ()), Cue(word.folded, at, last))
    return found


def _opens(word: Word) -> bool:
    """Whether the word before 'most' begins a clause, so that a majority is meant: 'but most in the survey say'."""
    return word.folded in ("but", "and", "while", "that", "because", "though", "at", "or", "as", "than")


def _ends(sentence: Sequence[Word], at: int) -> bool:
    return _is_end(sentence, at) or sentence[at].folded in listed("standing")


def _is_end(sentence: Sequence[Word], at: int) -> bool:
    """Whether a clause ends before a word: at the end, or at a sign."""
    return at >= len(sentence) or sentence[at].start - sentence[at - 1].end > 1


def from_the_end(sentence: Sequence[Word]) -> tuple[str, frozenset[int]] | None:
    """The place counted from the last, and the words that say it: 'second to last', 'penultimate', 'last but one'."""
    told = [word.folded for word in sentence]
    for at, word in enumerate(told):
        if word == "penultimate":
            return "second", frozenset({at})
        if word == "last" and told[at + 1 : at + 3] in (["but", "one"], ["but", "two"]):
            return {"one": "second", "two": "third"}[told[at + 2]], frozenset({at, at + 1, at + 2})
        if word == "next" and told[at + 1 : at + 3] == ["to", "last"]:
            return "second", frozenset({at, at + 1, at + 2})
        if word in ("second", "third", "fourth", "fifth"):
            for end in (at + 2, at + 3):
                joins = told[at + 1 : at + 2] in (["to"], ["from"])
                if joins and end < len(told) and told[end] in _ENDS and told[at + 2] in _ENDS | {"the"}:
                    return word, frozenset(range(at, end + 1))
            if told[at + 1 : at + 2] in (["worst"], ["lowest"], ["smallest"], ["fewest"]):
                return word, frozenset({at, at + 1})
    return None


def runner_up(sentence: Sequence[Word]) -> frozenset[int]:
    """The words that say that one is second: 'the runner-up', 'second only to Russia'."""
    told = [word.folded for word in sentence]
    for at, word in enumerate(told):
        if word in ("runner", "runners") and told[at + 1 : at + 2] == ["up"]:
            return frozenset({at, at + 1})
    return frozenset()


def none_beside(sentence: Sequence[Word], kind: str) -> frozenset[int] | None:
    """'No country … more … than', with `kind` "more" or "fewer": the words that say that one is the first or last."""
    told = [word.folded for word in sentence]
    start = next((at for at, word in enumerate(told) if word in ("no", "nobody", "none", "nothing")), None)
    more = next((at for at in range(start or 0, len(told)) if told[at] in listed(kind)), None)
    if start is None or more is None:
        return None
    if "than" not in told[more:]:
        other = told[start + 1 : start + 2] == ["other"] and not _is_end(sentence, more)
        return frozenset({start, start + 1, more}) if other else None  # 'no other name is borne by more people'
    than = told.index("than", more)
    after = sentence[than + 1] if than + 1 < len(sentence) else None
    if after is None or after.text[0].isdigit():
        return None  # 'no post got more than 900 likes'
    also = {at for at in range(more, than) if told[at] in listed("ratios")}
    return frozenset({start, more, than, *also})
