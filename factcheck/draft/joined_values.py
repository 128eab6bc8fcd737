"""Two values of a column that share a word said once: 'very or somewhat rude'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from factcheck.draft.conditions import among
from factcheck.draft.match import Match
from factcheck.draft.sentence import Sentence

LINKS = frozenset({"or", "and", "nor"})


def joined(sentence: Sentence, parts: Sequence[Match]) -> Iterator[Match]:
    """Both of two values of one column, where their words and an 'or' between them stand in a row."""
    for one, two in combinations(sorted(parts, key=lambda match: (match.words, str(match.value))), 2):
        covered = one.covered | two.covered
        links = {at for at in range(min(covered), max(covered)) if sentence.words[at].folded in LINKS}
        between = {*range(min(covered), max(covered) + 1)} - covered
        own = one.covered - two.covered, two.covered - one.covered
        if not (one.covered & two.covered and all(own) and between and between <= links):
            continue
        positions = sorted(covered | between)
        yield Match.at(
            positions, one.dataset, "value", one.column,
            value=f"{one.value} or {two.value}", condition=among(str(one.column), [str(one.value), str(two.value)]),
            score=min(0.89, min(one.score, two.score) + 0.25),
            how=f"'{sentence.text(positions)}' has words of '{one.value}' and '{two.value}' of {one.column}",
        )  # fmt: skip
