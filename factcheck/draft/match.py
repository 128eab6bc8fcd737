"""A run of words of a sentence that the data know: the name of a column, a value, a time, what a row is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

What = Literal["dataset", "column", "value", "time"]


@dataclass(frozen=True)
class Match:
    """What some words of a sentence may mean in a dataset.

    `first` and `last` bound the words that are meant, words[first:last]; where words between them are not
    meant ("rude" and "recline" of a long question), `words` lists the positions of those that are.
    """

    first: int
    last: int
    dataset: str
    what: What  # "dataset" is what a row is: posts, tweets, respondents
    column: str | None = None  # its name, for a column, a value or a time
    value: str | float | bool | None = None  # for a value
    condition: str | None = None  # for a value or a time: an expression that holds for the rows meant
    score: float = 1.0  # 0…1: how surely these words mean this
    how: str = ""  # in words, for a reader: "'Rusia' is spelt like the value 'Russia' of country"
    words: tuple[int, ...] = ()
    answers: bool = False  # of a column: its values are a few that say something of the rows, and nothing to be counted

    @classmethod
    def at(
        cls,
        positions: Sequence[int],
        dataset: str,
        what: What,
        column: str | None = None,
        *,
        value: str | float | bool | None = None,
        condition: str | None = None,
        score: float = 1.0,
        how: str = "",
    ) -> Match:
        """A match of the words at `positions`, in order."""
        first, last = positions[0], positions[-1] + 1
        score = round(min(1.0, max(0.0, score)), 4)
        return cls(first, last, dataset, what, column, value, condition, score, how, tuple(positions))

    @property
    def covered(self) -> frozenset[int]:
        """The positions of the words that are meant."""
        return frozenset(self.words or range(self.first, self.last))

    @property
    def key(self) -> tuple[str, str, str | None, str | float | bool | None, str | None]:
        """What is meant, whichever words say it."""
        return self.dataset, self.what, self.column, self.value, self.condition


def best_first(matches: list[Match]) -> list[Match]:
    """The likeliest first: of equals the one that covers more words, then the one that stands earlier."""
    return sorted(matches, key=_order)


def _order(match: Match) -> tuple[object, ...]:
    names = (match.dataset, match.what, match.column or "", str(match.value), match.condition or "")
    return (-round(match.score, 6), -len(match.covered), match.first, *names)


def apart(matches: list[Match]) -> list[Match]:
    """The best matches that do not claim the same words; longer ones win over parts of them."""
    chosen: list[Match] = []
    taken: set[int] = set()
    ranked = sorted(best_first(matches), key=lambda m: -len(m.covered) * m.score)
    for match in ranked:
        if not match.covered & taken:
            chosen.append(match)
            taken |= match.covered
    return sorted(chosen, key=lambda m: m.first)
