"""What the scripts that make reconstructions share: dice that fall alike everywhere, and files that come out alike.

A reconstruction is row-level data made by a script, so that its sums match the figures that an article prints. No row
of it was collected. `Dice` rests on `random.Random.random` alone, whose sequence Python promises to keep.
"""

from __future__ import annotations

import csv
import gzip
import io
import random
import string
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
Row = Sequence[object]
LETTERS = string.ascii_letters + string.digits

# Words for "name" in three scripts, so that nobody can take an invented name for somebody's.
NAMES = {"Cyrillic": "Имя", "Han": "名字", "Latin": "Name", "Common": "★"}


class Dice:
    """Chance from one seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def chance(self, p: float) -> bool:
        return self._random() < p

    def below(self, n: int) -> int:
        """A whole number from 0 to n - 1."""
        return int(self._random() * n)

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + self.below(high - low + 1)

    def pick(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def one_of(self, shares: Mapping[str, float]) -> str:
        """One of the keys by its share; nothing for what they leave of the whole."""
        rest = self._random()
        for key, share in shares.items():
            rest -= share
            if rest < 0:
                return key
        return ""

    def shuffled(self, items: Iterable[T]) -> list[T]:
        """All of them in another order (Fisher and Yates)."""
        cards = list(items)
        for last in range(len(cards) - 1, 0, -1):
            other = self.below(last + 1)
            cards[last], cards[other] = cards[other], cards[last]
        return cards

    def moment(self, start: datetime, end: datetime) -> datetime:
        """A second in [start, end)."""
        return start + timedelta(seconds=self.below(int((end - start).total_seconds())))

    def handle(self) -> str:
        """15 letters and digits, drawn singly."""
        return "".join(self.pick(LETTERS) for _ in range(15))


def name(script: str, number: int) -> str:
    """An invented name, such as "Имя 0412"."""
    return f"{NAMES[script]} {number:04d}"


def save(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """A CSV file, packed if its name ends with .gz."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if value is None else value for value in row] for row in rows)
    data = text.getvalue().encode()
    path.write_bytes(packed(data) if path.suffix == ".gz" else data)


def packed(data: bytes) -> bytes:
    """The data as gzip packs them, without a name or the time of day."""
    return gzip.compress(data, compresslevel=9, mtime=0)


def main(make: Callable[[Path], None], script: str) -> None:
    """Writes the files into the folder that the command names, or beside the script."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(script).parent
    folder.mkdir(parents=True, exist_ok=True)
    make(folder)
