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


class View:
    """Row counts by cell, and the value in each cell of anything that is known per class of an axis."""

    def __init__(self, cells: Cells, kept: tuple[int, ...] | None, n: Counts) -> None:
        self.cells = cells
        self.kept = kept  # the axes that are the dimensions of `n`; None where `n` is a list of cells
        self.n = n

    def spread(self, axis: int, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        if self.kept is None:
            return values[self.cells.places[axis]]
        shape = [1] * len(self.kept)
        shape[self.kept.index(axis)] = len(values)
        return values.reshape(shape)

    def constant(self, value: int) -> Truths:
        return np.full((1,) * self.n.ndim, value, np.int8)


class Reader:
    """Reads many questions off one group's cells; roll-ups to fewer axes are kept for the next question."""

    def __init__(self, cells: Cells, home: dict[str, str]) -> None:
        self.cells = cells
        self.home = home  # the axis that each atom's truth is found on
        self.at = {axis.name: i for i, axis in enumerate(cells.axes)}
        self.shape = tuple(len(codes) for codes in cells.codes)
        self.flat = View(cells, None, cells.n)
        self._rolled: dict[tuple[int, ...], Counts] = {}

    def view(self, axes: Sequence[str]) -> View:
        """The counts over `axes` alone, the others summed away; the list of cells where that is shorter."""
        kept = tuple(sorted(self.at[name] for name in axes))
        if math.prod(self.shape[i] for i in kept) > 2 * len(self.cells.n) + 64:
            return self.flat
        found = self._rolled.get(kept)
        if found is None:
            found = self._rolled[kept] = self._roll(kept)
        return View(self.cells, kept, found)

    def _roll(self, kept: tuple[int, ...]) -> Counts:
        parents = [axes for axes in self._rolled if set(kept) <= set(axes)]
        if parents:
            parent = min(parents, key=lambda axes: self._rolled[axes].size)
            gone = tuple(i for i, axis in enumerate(parent) if axis not in kept)
            return np.asarray(self._rolled[parent].sum(axis=gone))
        shape = tuple(self.shape[i] for i in kept)
        where = np.ravel_multi_index(tuple(self.cells.places[i] for i in kept), shape) if kept else 0
        cell = np.broadcast_to(np.asarray(where), self.cells.n.shape)
        # Counts of rows lie far below 2^53: sums of doubles are exact.
        counts = np.bincount(cell, weights=self.cells.n, minlength=math.prod(shape))
        return counts.astype(np.int64).reshape(shape)

    def truth(self, program: Program, view: View) -> Truths:
        """The program's value in every cell of the view (or in a shape that spreads over it)."""
        stack: list[Truths] = []
        for step in program:
            if isinstance(step, Atom):
                axis = self.at[self.home[step.key]]
                stack.append(view.spread(axis, self.cells.axes[axis].truths[step.key][self.cells.codes[axis]]))
            elif step is Op.NOT:
                stack[-1] = np.subtract(2, stack[-1], dtype=np.int8)
            elif step is Op.KNOWN:
                stack[-1] = np.where(stack[-1] == 2, 2, 0).astype(np.int8)
            elif step in _CONSTANTS:
                stack.append(view.constant(_CONSTANTS[step]))
            else:
                right = stack.pop()
                stack[-1] = (np.minimum if step is Op.AND else np.maximum)(stack[-1], right)
        return stack[-1]

    def labels(self, axis: str, view: View) -> tuple[npt.NDArray[np.int64], list[Any]]:
        """The place of each cell on a labelled axis, and the labels."""
        i = self.at[axis]
        return view.spread(i, np.arange(self.shape[i])), self.cells.axes[i].labels or []


By = Program | str
"""A condition, or the name of the axis whose labels are wanted."""

Read = tuple[list[tuple[Any, ...]], list[int], list[dict[str, list[Any]]], int, int]
"""Labels, rows of each, figures of each aggregate, rows set aside, rows of the dataset."""


def read(
    reader: Reader, base: Program | None, bys: Sequence[By], aggregates: Sequence[Aggregate], axes: Sequence[str],
    scales: dict[Aggregate, int],
) -> Read:  # fmt: skip
    """Rows where `base` is true by the values of `bys`, in the order of the labels; only the `axes` matter."""
    view = reader.flat if aggregates else reader.view(axes)
    n = view.n
    true = view.constant(2) if base is None else reader.truth(base, view)
    aside = int(np.sum(n, where=true == 1)) if base is not None else 0
    code, labels = _codes(reader, bys, view)
    chosen = np.broadcast_to(true == 2, n.shape) & (n > 0)
    of_cell = np.broadcast_to(code, n.shape)[chosen]
    counts = np.bincount(of_cell, weights=n[chosen], minlength=1).astype(np.int64)
    present = np.flatnonzero(counts).tolist() if bys else [0]
    found = sorted(((_label(labels, entry), entry) for entry in present), key=lambda pair: places(pair[0]))
    entries = [entry for _, entry in found]
    figures = [_figures(reader, a, chosen, of_cell, entries, scales.get(a, 0)) for a in aggregates]
    total = int(n.sum())
    return [label for label, _ in found], [int(counts[entry]) for entry in entries], figures, aside, total


def _codes(reader: Reader, bys: Sequence[By], view: View) -> tuple[npt.NDArray[np.int64], list[list[Any]]]:
    """One integer per cell for its combination of `bys`, and the labels that its digits stand for."""
    code = view.constant(0).astype(np.int64)
    labels: list[list[Any]] = []
    for by in bys:
        if isinstance(by, str):
            digit, values = reader.labels(by, view)
        else:
            digit, values = reader.truth(by, view).astype(np.int64), list(_CONDITION_LABELS)
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
