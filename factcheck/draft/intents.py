"""What a sentence says of its figure – a share, an average, a rank – and whether any data could answer it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from factcheck.draft.words import Word, words
from factcheck.text.packaged import packaged

_ANY = "…"


@dataclass(frozen=True)
class Cue:
    """Words that tell a kind of figure: words[first:last] of the sentence, or those of them that are `listed`."""

    kind: str
    first: int
    last: int
    listed: tuple[int, ...] = ()

    @property
    def positions(self) -> frozenset[int]:
        """The positions of its words."""
        return frozenset(self.listed or range(self.first, self.last))


Cues = Mapping[str, Sequence[Cue]]


def cues(sentence: Sequence[Word]) -> dict[str, tuple[Cue, ...]]:
    """By kind: where the sentence has words that tell it, longer phrases first."""
    found: dict[str, list[Cue]] = defaultdict(list)
    for kind, phrases in _lexicon().items():
        taken: set[int] = set()
        for phrase in phrases:
            for first in range(len(sentence) - len(phrase) + 1):
                run = range(first, first + len(phrase))
                if taken.isdisjoint(run) and all(
                    said in (_ANY, sentence[at].folded) for at, said in zip(run, phrase, strict=True)
                ):
                    found[kind].append(Cue(kind, first, first + len(phrase)))
                    taken |= set(run)
    return {kind: tuple(sorted(listed, key=lambda cue: cue.first)) for kind, listed in found.items()}


def words_of(cues: Cues, kind: str) -> frozenset[int]:
    """The positions of all words that tell a kind."""
    return frozenset(at for cue in cues.get(kind, ()) for at in cue.positions)


@cache
def _lexicon() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    told = packaged(files("factcheck.draft") / "cues.yaml")
    return {kind: tuple(sorted(map(_phrase, said), key=len, reverse=True)) for kind, said in told.items()}


def _phrase(said: str) -> tuple[str, ...]:
    return tuple(_ANY if part == _ANY else words(part)[0].folded for part in said.split())


def why_unverifiable(text: str) -> str | None:
    """Why no data about posts and accounts can answer the sentence: it tells of orders, motives or effects."""
    for reason, patterns in _refusals():
        if any(pattern.search(text) for pattern in patterns):
            return reason
    return None


@cache
def _refusals() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    told = packaged(files("factcheck.draft") / "unverifiable.yaml")
    return tuple((one["reason"], tuple(re.compile(p, re.IGNORECASE) for p in one["says"])) for one in told)
