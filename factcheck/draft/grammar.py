"""Lists of English words by the part that they have in a sentence; they stand in grammar.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from factcheck.draft.words import Word
from factcheck.text.packaged import packaged


def listed(name: str) -> frozenset[str]:
    """The words of a list; KeyError where there is none of that name."""
    return _lists()[name]


def denies(word: Word) -> bool:
    """Whether a word turns round what is said: 'not', 'never', "didn't"."""
    return word.folded in listed("denials") or word.folded.endswith("n't")


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(told.split()) for name, told in packaged(files("factcheck.draft") / "grammar.yaml").items()}
