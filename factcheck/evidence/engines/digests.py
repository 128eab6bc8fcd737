"""Columns of texts to digests, as they come from an engine: some rows at a time, whatever their number."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Digest:
    """A column of `rows` texts: the sha256 of all of them in their order, and how often each occurs.

    counts: None where it was not to be counted, or has too many different texts.
    """

    rows: int
    sha256: str
    counts: dict[str, int] | None = None


class _Tally:
    def __init__(self, most: int) -> None:
        self._hash = hashlib.sha256()
        self._most = most
        self._counts: Counter[str] | None = Counter() if most else None

    def add(self, texts: Sequence[str]) -> None:
        self._hash.update("".join(texts).encode())
        if self._counts is not None:
            self._counts.update(texts)
            if len(self._counts) > self._most:
                self._counts = None

    def digest(self, rows: int) -> Digest:
        counts = None if self._counts is None else dict(sorted(self._counts.items()))
        return Digest(rows, self._hash.hexdigest(), counts)


def digested(batches: Iterable[Sequence[Sequence[str]]], most: Sequence[int]) -> list[Digest]:
    """The digest of each column of rows of texts, none of them NULL.

    Texts follow one another without a mark between them: they are to tell themselves where they end. most: for each
    column, up to how many different texts are counted (0 for none).
    """
    tallies, rows = [_Tally(number) for number in most], 0
    for batch in batches:
        rows += len(batch)
        for tally, texts in zip(tallies, zip(*batch, strict=True), strict=True):
            tally.add(texts)
    return [tally.digest(rows) for tally in tallies]
