"""A figure of a sentence: where it stands, and as what it can be claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from factcheck.claims.figures import FigureError, NumberClaim, Quantity, read
from factcheck.draft.words import Word

_ASKED: Final = (
    Quantity.PROPORTION, Quantity.POINTS, Quantity.RATIO, Quantity.COUNT, Quantity.NUMBER, Quantity.DIFFERENCE,
    Quantity.RANK, Quantity.DURATION,
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A figure as it is claimed; words[first:last] of the sentence say it, but for those in `inner`.

    `quantities` are the kinds of value that it can be read as. One that is `known` belongs to a description of what is
    spoken of ("the six accounts"), and is hardly what is claimed.
    """

    text: str
    first: int
    last: int
    quantities: frozenset[Quantity]
    inner: tuple[int, ...] = ()
    known: bool = False

    @property
    def positions(self) -> frozenset[int]:
        """The positions of its words."""
        return frozenset(range(self.first, self.last)) - frozenset(self.inner)

    def reads(self, *quantities: Quantity) -> bool:
        """Whether it can be any of these."""
        return not self.quantities.isdisjoint(quantities)

    @property
    def number(self) -> NumberClaim | None:
        """What it claims as a number; None where it is none."""
        try:
            claimed = read(self.text, Quantity.NUMBER)
        except FigureError:
            return None
        return claimed if isinstance(claimed, NumberClaim) else None

    @property
    def region(self) -> tuple[float | None, float | None] | None:
        """The least and the largest number that it claims; None where it is no number."""
        claimed = self.number
        if claimed is None:
            return None
        low, high = claimed.region.low, claimed.region.high
        return None if low is None else float(low), None if high is None else float(high)

    @property
    def is_bound(self) -> bool:
        """Whether it says on which side of a number something lies: 'more than 900', '100 or more'."""
        return self.number is not None and self.number.one_sided


@cache
def quantities(said: str) -> frozenset[Quantity]:
    """As what a text can be claimed; nothing where it is no figure."""
    found = set()
    for quantity in _ASKED:
        try:
            read(said, quantity)
        except FigureError:
            continue
        found.add(quantity)
    return frozenset(found)


def covered(words: Sequence[Word], start: int, end: int) -> tuple[int, ...]:
    """The positions of the words that have a part in text[start:end]."""
    return tuple(at for at, word in enumerate(words) if word.start < end and word.end > start)
