"""The keys of JSON Lines, counted in their bytes: what a reader was not told to look for cannot hide in there.

Every line must be a valid JSON object; the reader that runs beside this sees to that. In such a line a key ends
with `":`, and nothing else does but what is looked at more closely here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[Any]  # of uint8
    Places = NDArray[Any]  # of booleans or of indices

_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"[ \t]*(:?)', re.DOTALL)
_MOST_ODD = 20_000  # lines that are taken apart one by one
_LONGEST_GAP = 64  # blanks between a key and its colon
_QUOTE, _COLON, _BACKSLASH, _NEWLINE, _RETURN, _SPACE, _N = b'":\\\n\r n'
# What may stand before the quote that opens a string; before one that closes a key it is rare.
_OPENING = ":,[{ \t"
_BLANKS = b" \t\r"
_MARGIN = b"   "


@dataclass(frozen=True)
class Tally:
    """`lines` that are not empty, `keys` in all of them, how many `nulls` stand after one of the known keys, and
    whether all characters are written as themselves, none as \\u0065.
    """

    lines: int = 0
    keys: int = 0
    nulls: int = 0
    literal: bool = True

    def __add__(self, other: Tally) -> Tally:
        literal = self.literal and other.literal
        return Tally(self.lines + other.lines, self.keys + other.keys, self.nulls + other.nulls, literal)


class TooOdd(Exception):
    """The file is written in a way that counting by bytes does not understand."""


def _written(key: str) -> bytes:
    if not key or any(c in '":\\' or c < " " for c in key) or key[-1] in _OPENING:
        raise TooOdd
    return b'"' + key.encode()


def whole_lines(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes cut at line ends; every block ends with one, and has some blanks around it.

    With these every test may look around; they are no part of any line.
    """
    held: list[bytes | memoryview] = []
    for part in parts:
        cut = part.rfind(b"\n") + 1
        if cut:
            yield b"".join([_MARGIN, *held, memoryview(part)[:cut], _MARGIN])
            held = []
        if cut < len(part):
            held.append(memoryview(part)[cut:])
    if held:
        yield b"".join([_MARGIN, *held, b"\n", _MARGIN])


class Counter:
    """Counts block by block. Its buffers are used again: fresh memory for every test takes longer than the test."""

    def __init__(self, known: Sequence[str]) -> None:
        import numpy as np

        self._names = [_written(name) for name in known]
        self._budget = _MOST_ODD
        self._one, self._two = np.empty(0, bool), np.empty(0, bool)

    def count(self, block: bytes) -> Tally:
        import numpy as np

        data = np.frombuffer(block, np.uint8)
        if len(data) > len(self._one):
            self._one, self._two = np.empty(2 * len(data), bool), np.empty(2 * len(data), bool)
        lines = self._lines(data)
        ends = self._pairs(block, b'":')
        before = data[ends - 1]
        odd = _any_of(before, _OPENING.encode() + b"\\")
        if odd.any():
            escaped = (before == _BACKSLASH) & (data[ends - 2] != _BACKSLASH)
            ends, odd = ends[~escaped], odd[~escaped]
        doubtful = np.unique(np.concatenate([ends[odd], self._gaps(data)])).tolist()
        keys = len(ends) + (self._correction(block, doubtful, np.sort(ends)) if doubtful else 0)
        return Tally(lines, keys, _nulls(data, ends, self._names), not self._pairs(block, b"\\u").size)

    def _lines(self, data: Bytes) -> int:
        """Lines that hold more than their end."""
        import numpy as np

        size = len(data)
        ends = np.equal(data, _NEWLINE, out=self._one[:size])
        lines = int(np.count_nonzero(ends)) - int(ends[len(_MARGIN)])
        lines -= self._both(ends[1:], ends[:-1])
        returns = np.equal(data, _RETURN, out=self._two[:size])
        if not returns.any():
            return lines
        if np.count_nonzero(returns) != np.count_nonzero(returns[:-1] & ends[1:]):
            raise TooOdd  # a carriage return that ends no line
        return lines - int(np.count_nonzero(ends[:-2] & returns[1:-1] & ends[2:])) - int(returns[len(_MARGIN)])

    def _both(self, one: Places, two: Places) -> int:
        import numpy as np

        return int(np.count_nonzero(np.logical_and(one, two, out=self._two[: len(one)])))

    def _pairs(self, block: bytes, pair: bytes) -> Places:
        """Where two bytes stand together: at even places, then at odd ones. (Twice as fast as by single bytes.)"""
        import numpy as np

        wanted, found = int.from_bytes(pair, "little"), []
        for start in (0, 1):
            words = np.frombuffer(block, "<u2", (len(block) - start) // 2, start)
            found.append(np.flatnonzero(np.equal(words, wanted, out=self._one[: len(words)])) * 2 + start)
        return np.concatenate(found)

    def _gaps(self, data: Bytes) -> Places:
        """Quotes that only blanks part from a colon after them."""
        import numpy as np

        size = len(data) - 1
        colons = np.equal(data[1:], _COLON, out=self._one[:size])
        blanks = np.less_equal(data[:-1], _SPACE, out=self._two[:size])
        places = np.flatnonzero(np.logical_and(colons, blanks, out=colons))
        for _ in range(_LONGEST_GAP):
            blank = _any_of(data[places], _BLANKS) & (places > 0)
            if not blank.any():
                found: Places = places[data[places] == _QUOTE]
                return found
            places = places - blank
        raise TooOdd

    def _correction(self, block: bytes, doubtful: list[int], ends: Places) -> int:
        """What to add to the number of `ends` to have that of the keys: the lines in doubt are taken apart."""
        import numpy as np

        difference, done = 0, 0
        for place in doubtful:
            if place < done:
                continue
            start, done = block.rfind(b"\n", 0, place) + 1, block.find(b"\n", place) + 1
            self._budget -= 1
            if self._budget < 0:
                raise TooOdd
            keys = sum(1 for found in _STRING.finditer(block, start, done) if found[1])
            difference += keys - int(np.diff(np.searchsorted(ends, [start, done]))[0])
        return difference


def _any_of(values: Bytes, wanted: bytes) -> Places:
    import numpy as np

    table = np.zeros(256, bool)
    table[list(wanted)] = True
    found: Places = table[values]
    return found


def _nulls(data: Bytes, ends: Places, names: list[bytes]) -> int:
    """How many known keys are followed by null. Others are left out: they are then keys too many."""
    after = data[ends + 2]
    spaced = ends[after <= _SPACE]
    following = data[spaced + 3]
    if (following <= _SPACE).any() or (data[spaced + 2] != _SPACE).any():
        raise TooOdd  # more than one space between key and value
    count = 0
    for left in (ends[after == _N], spaced[following == _N]):
        for name in list(names):
            if not left.size:
                break
            mine = _follow(data, left, name)
            if found := int(mine.sum()):
                count += found
                left = left[~mine]
                names.remove(name)  # what was null will be so again: the next block begins with it
                names.insert(0, name)
    return count


def _follow(data: Bytes, places: Places, name: bytes) -> Places:
    """Which of the places (of closing quotes) have the key `name`, a quote and its letters, before them."""
    import numpy as np

    start = places - len(name)
    mine: Places = start > 0
    mine[mine] = data[start[mine] - 1] != _BACKSLASH  # that is a quote within a longer key
    for offset in reversed(range(len(name))):
        at = np.flatnonzero(mine)
        if not at.size:
            break
        mine[at] = data[start[at] + offset] == name[offset]
    return mine
