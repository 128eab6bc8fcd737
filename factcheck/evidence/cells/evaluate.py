"""Answers read off the cells: three-valued logic on small arrays, exact sums in Python's own integers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from factcheck.evidence.asks import Aggregate, Extremes, Sum
from factcheck.evidence.cells.axes import Truths
from factcheck.evidence.cells.cut import Atom, Op, Program
from factcheck.evidence.cells.scan import Cells
from factcheck.evidence.cells.values import places, plain
from factcheck.evidence.dataset import Family

Counts = npt.NDArray[np.int64]
_CONSTANTS = {Op.FALSE: 0, Op.NULL: 1, Op.TRUE: 2}
_CONDITION_LABELS = (False, None, True)


class Reader:
    """Reads many questions off one group's cells; roll-ups to fewer axes are kept for the next question."""

    def __init__(self, cells: Cells, home: dict[str, str]) -> None:
        self.cells = cells
        self.home = home  # the axis that each atom's truth is found on
        self.at = {axis.name: i for i, axis in enumerate(cells.axes)}
        self._rolled: dict[tuple[int, ...], Counts] = {tuple(range(len(cells.axes))): cells.n}
        self._truths: dict[str, Truths] = {}

    def rolled(self, kept: tuple[int, ...]) -> Counts:
        """Row counts over the axes `kept` alone (ascending), the others summed away."""
        found = self._rolled.get(kept)
        if found is None:
            parents = [axes for axes in self._rolled if set(kept) <= set(axes)]
            parent = min(parents, key=lambda axes: self._rolled[axes].size)
            gone = tuple(i for i, axis in enumerate(parent) if axis not in kept)
            found = self._rolled[kept] = self._rolled[parent].sum(axis=gone)
        return found

    def truth(self, program: Program, kept: Sequence[int]) -> Truths:
        """The program's value in every cell, with a dimension (perhaps of length 1) for each axis kept."""
        stack: list[Truths] = []
        for step in program:
            if isinstance(step, Atom):
                stack.append(self._atom(step.key, kept))
            elif step is Op.NOT:
                stack[-1] = np.subtract(2, stack[-1], dtype=np.int8)
            elif step is Op.KNOWN:
                stack[-1] = np.where(stack[-1] == 2, 2, 0).astype(np.int8)
            elif step in _CONSTANTS:
                stack.append(np.full((1,) * len(kept), _CONSTANTS[step], np.int8))
            else:
                right = stack.pop()
                stack[-1] = (np.minimum if step is Op.AND else np.maximum)(stack[-1], right)
        return stack[-1]

    def _atom(self, key: str, kept: Sequence[int]) -> Truths:
        axis = self.at[self.home[key]]
        truths = self._truths.get(key)
        if truths is None:
            truths = self._truths[key] = self.cells.axes[axis].truths[key][self.cells.codes[axis]]
        shape = [1] * len(kept)
        shape[kept.index(axis)] = len(truths)
        return truths.reshape(shape)

    def labels(self, axis: str, kept: Sequence[int]) -> tuple[npt.NDArray[np.int64], list[Any]]:
        """The place of each cell on a labelled axis, and the labels."""
        i = self.at[axis]
        shape = [1] * len(kept)
        shape[kept.index(i)] = self.cells.n.shape[i]
        return np.arange(self.cells.n.shape[i]).reshape(shape), self.cells.axes[i].labels or []


By = Program | str
"""A condition, or the name of the axis whose labels are wanted."""

Read = tuple[list[tuple[Any, ...]], list[int], list[dict[str, list[Any]]], int, int]
"""Labels, rows of each, figures of each aggregate, rows set aside, rows of the dataset."""


def read(
    reader: Reader, base: Program | None, bys: Sequence[By], aggregates: Sequence[Aggregate], axes: Sequence[str],
    scales: dict[Aggregate, int],
) -> Read:  # fmt: skip
    """Rows where `base` is true by the values of `bys`, in the order of the labels; only the `axes` matter."""
    whole = bool(aggregates)
    kept = tuple(range(len(reader.cells.axes))) if whole else tuple(sorted(reader.at[name] for name in axes))
    n = reader.rolled(kept)
    true = np.full((1,) * n.ndim, 2, np.int8) if base is None else reader.truth(base, kept)
    aside = int(np.sum(n, where=true == 1)) if base is not None else 0
    code, labels = _codes(reader, bys, kept)
    chosen = np.broadcast_to(true == 2, n.shape) & (n > 0)
    of_cell = np.broadcast_to(code, n.shape)[chosen]
    counts = np.bincount(of_cell, weights=n[chosen], minlength=1).astype(np.int64)
    present = np.flatnonzero(counts).tolist() if bys else [0]
    found = sorted(((_label(labels, entry), entry) for entry in present), key=lambda pair: places(pair[0]))
    entries = [entry for _, entry in found]
    figures = [_figures(reader, a, chosen, of_cell, entries, scales.get(a, 0)) for a in aggregates]
    total = int(n.sum())
    return [label for label, _ in found], [int(counts[entry]) for entry in entries], figures, aside, total


def _codes(reader: Reader, bys: Sequence[By], kept: tuple[int, ...]) -> tuple[npt.NDArray[np.int64], list[list[Any]]]:
    """One integer per cell for its combination of `bys`, and the labels that its digits stand for."""
    code = np.zeros((1,) * len(kept), np.int64)
    labels: list[list[Any]] = []
    for by in bys:
        if isinstance(by, str):
            digit, values = reader.labels(by, kept)
        else:
            digit, values = reader.truth(by, kept).astype(np.int64), list(_CONDITION_LABELS)
        code = code * len(values) + digit
        labels.append(values)
    return code, labels


def _label(labels: list[list[Any]], entry: int) -> tuple[Any, ...]:
    digits = []
    for values in reversed(labels):
        entry, digit = divmod(entry, len(values))
        digits.append(values[digit])
    return tuple(reversed(digits))


def _figures(
    reader: Reader, aggregate: Aggregate, chosen: npt.NDArray[np.bool_], of_cell: npt.NDArray[np.int64],
    entries: list[int], scale: int,
) -> dict[str, list[Any]]:  # fmt: skip
    stored = reader.cells.figures[aggregate]
    arrays: dict[str, npt.NDArray[Any]] = {name: array[chosen] for name, array in stored.items()}
    full = arrays["count"] > 0
    kept = {name: array[full] for name, array in arrays.items()}
    of_full = of_cell[full]
    # One stretch of cells per entry, found by sorting once.
    order = np.argsort(of_full, kind="stable")
    starts = np.searchsorted(of_full[order], entries, side="left")
    ends = np.searchsorted(of_full[order], entries, side="right")
    pieces = [order[start:end] for start, end in zip(starts, ends, strict=True)]
    figures: dict[str, list[Any]] = {"count": [int(kept["count"][piece].sum()) for piece in pieces]}
    if isinstance(aggregate, Sum):
        return {"sum": [_sum(kept, piece, aggregate.x.family, scale) for piece in pieces]} | figures
    assert isinstance(aggregate, Extremes)
    lows = [plain(np.fmin.reduce(kept["min"][piece]).item()) if len(piece) else None for piece in pieces]
    highs = [plain(np.maximum.reduce(kept["max"][piece]).item()) if len(piece) else None for piece in pieces]
    return {"min": lows, "max": highs} | figures


def _sum(kept: dict[str, npt.NDArray[Any]], piece: npt.NDArray[np.int64], family: Family, scale: int) -> Any:
    if not len(piece):
        return None
    if family is Family.DOUBLE:
        return _double_sum(kept, piece)
    sums = kept["sum"][piece]
    # Halves of 32 bits: their sums cannot overflow, whatever the number of cells.
    total = (int((sums >> 32).sum()) << 32) + int((sums & 0xFFFFFFFF).sum())
    return Decimal(f"{total}E-{scale}") if family is Family.DECIMAL else total


def _double_sum(kept: dict[str, npt.NDArray[Any]], piece: npt.NDArray[np.int64]) -> float:
    raw = kept["plain"][piece]
    beyond = raw[~np.isfinite(raw)].tolist()
    if beyond:
        return float(sum(beyond))
    return math.fsum(kept["sum"][piece].tolist()) + 0.0
