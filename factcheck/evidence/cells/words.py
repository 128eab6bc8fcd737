"""Codes of several small axes packed into one word, so that a group's key is a list look-up per word.

Looking a class up costs a group more than the grouping itself; three words instead of eight axes halve it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from factcheck.evidence.cells.axes import Axis

LARGEST = 256  # codes of a word of several axes


@dataclass
class Word:
    """`axes` with the stride of each: code = Σ axis code × stride, 0 ≤ code < size."""

    name: str
    axes: dict[str, tuple[Axis, int]]
    size: int

    @property
    def sql(self) -> str:
        terms = [
            f"CAST({axis.sql} AS INTEGER) * {stride}" if stride > 1 else f"CAST({axis.sql} AS INTEGER)"
            for axis, stride in self.axes.values()
        ]
        kind = "UTINYINT" if self.size <= 256 else "USMALLINT" if self.size <= 65536 else "UINTEGER"
        return f"CAST({' + '.join(terms)} AS {kind})"

    def digits(self, name: str) -> npt.NDArray[np.int64]:
        """The code on one axis of each code of the word."""
        axis, stride = self.axes[name]
        return np.arange(self.size) // stride % axis.size


def pack(axes: list[Axis]) -> list[Word]:
    """The largest axes first, each into the first word with room."""
    words: list[Word] = []
    for axis in sorted(axes, key=lambda axis: (-axis.size, axis.name)):
        word = next((word for word in words if word.size * axis.size <= LARGEST), None)
        if word is None:
            word = Word(f"w{len(words)}", {}, 1)
            words.append(word)
        word.axes[axis.name] = (axis, word.size)
        word.size *= axis.size
    return words


def key_sql(words: list[Word], classes: dict[str, npt.NDArray[np.int64]], strides: dict[str, int]) -> str:
    """One integer for the cell of a row: the class on each axis times the axis' stride."""
    terms = []
    for word in words:
        shares = np.zeros(word.size, np.int64)
        for name in word.axes:
            if name in classes:
                shares += classes[name][word.digits(name)] * strides[name]
        if shares.any():
            terms.append(f"LIST_EXTRACT('[{','.join(map(str, shares.tolist()))}]'::INTEGER[], {word.name} + 1)")
    return " + ".join(terms) if terms else "0"
