"""Codes of several small axes packed into one word, so that a group's key is a list look-up per word.

Looking a class up costs a group more than the grouping itself; three words instead of eight axes halve it. Several
words share one column of the narrow table, each with its own bits: a column costs the same however few bits it has.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from factcheck.evidence.cells.axes import Axis

LARGEST = 256  # codes of a word of several axes
BITS = 62  # of a column, which is signed


@dataclass
class Word:
    """`axes` with the stride of each: code = Σ axis code × stride, 0 ≤ code < size; at the bit `shift` of `column`."""

    axes: dict[str, tuple[Axis, int]]
    size: int
    column: str = ""
    shift: int = 0

    @property
    def bits(self) -> int:
        return max(1, (self.size - 1).bit_length())

    @property
    def sql(self) -> str:
        """The code of a row of the data."""
        terms = [
            f"CAST({axis.sql} AS INTEGER) * {stride}" if stride > 1 else f"CAST({axis.sql} AS INTEGER)"
            for axis, stride in self.axes.values()
        ]
        return " + ".join(terms)

    def code(self, last: bool) -> str:
        """The code of a row of the narrow table; the `last` word of its column has no others above it."""
        above = f"({self.column} >> {self.shift})" if self.shift else self.column
        return above if last else f"({above} & {2**self.bits - 1})"

    def digits(self, name: str) -> npt.NDArray[np.int64]:
        """The code on one axis of each code of the word."""
        axis, stride = self.axes[name]
        return np.arange(self.size) // stride % axis.size


def pack(axes: list[Axis], bits: int = BITS) -> list[Word]:
    """The largest axes first, each into the first word with room; as many words in a column as its bits have room for.

    With no `bits` every word has a column of its own.
    """
    words: list[Word] = []
    for axis in sorted(axes, key=lambda axis: (-axis.size, axis.name)):
        word = next((word for word in words if word.size * axis.size <= LARGEST), None)
        if word is None:
            word = Word({}, 1)
            words.append(word)
        word.axes[axis.name] = (axis, word.size)
        word.size *= axis.size
    column, used = -1, bits
    for word in words:
        if used + word.bits > bits:
            column, used = column + 1, 0
        word.column, word.shift = f"w{column}", used
        used += word.bits
    return words


def columns_sql(words: list[Word]) -> dict[str, str]:
    """SQL of each column of the narrow table, by its name."""
    columns: dict[str, list[Word]] = {}
    for word in words:
        columns.setdefault(word.column, []).append(word)
    return {name: _joined(mine) for name, mine in columns.items()}


def _joined(words: list[Word]) -> str:
    if len(words) == 1:
        # The next code must be one of the type as well: places in a list are counted from 1.
        kind = "UTINYINT" if words[0].size < 256 else "USMALLINT" if words[0].size < 65536 else "UINTEGER"
        return f"CAST({words[0].sql} AS {kind})"
    bits = words[-1].shift + words[-1].bits
    kind = "INTEGER" if bits <= 30 else "BIGINT"
    terms = [f"CAST({word.sql} AS {kind})" + (f" * {1 << word.shift}" if word.shift else "") for word in words]
    return " + ".join(terms)


def key_sql(words: list[Word], classes: dict[str, npt.NDArray[np.int64]], strides: dict[str, int]) -> str:
    """One integer for the cell of a row: the class on each axis times the axis' stride."""
    highest = {word.column: word for word in words}
    terms = []
    for word in words:
        shares = np.zeros(word.size, np.int64)
        for name in word.axes:
            if name in classes:
                shares += classes[name][word.digits(name)] * strides[name]
        if shares.any():
            code = word.code(highest[word.column] is word)
            terms.append(f"LIST_EXTRACT('[{','.join(map(str, shares.tolist()))}]'::INTEGER[], {code} + 1)")
    return " + ".join(terms) if terms else "0"
