"""The passes over the data: one that writes every row's codes into a narrow table, one grouping of it per group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Aggregate, Extremes, Sum
from factcheck.evidence.cells.axes import Axis
from factcheck.evidence.cells.direct import source
from factcheck.evidence.cells.group import Group, partition
from factcheck.evidence.cells.session import Session
from factcheck.evidence.dataset import Dataset, Family


@dataclass(frozen=True)
class Cells:
    """The table of one group, as dense arrays with one dimension per axis.

    `classes[i]` gives the class of each code of axis i, `codes[i]` one code of each class; `n` counts rows;
    `figures` holds, per aggregate, arrays of the same shape.
    """

    axes: tuple[Axis, ...]
    classes: tuple[npt.NDArray[np.int64], ...]
    codes: tuple[npt.NDArray[np.int64], ...]
    n: npt.NDArray[np.int64]
    figures: dict[Aggregate, dict[str, npt.NDArray[Any]]]


def narrow_sql(dataset: Dataset, axes: list[Axis], xs: Iterable[str]) -> str:
    """Every row as the codes a0, a1, … of the axes and the numbers x0, x1, … that are summed."""
    items = [f"CAST({axis.sql} AS {axis.type}) AS a{i}" for i, axis in enumerate(axes)]
    items += [f"{x} AS x{i}" for i, x in enumerate(xs)]
    return f"SELECT {', '.join(items)} FROM {source(dataset)}"


def group_cells(
    session: Session,
    relation: str,
    group: Group,
    code: dict[str, str],
    axes: dict[str, Axis],
    figures: dict[Aggregate, str],
) -> Cells:
    """Counts a group's cells in `relation`, where `code` is the SQL of each axis and `figures` that of each x."""
    chosen = tuple(axes[name] for name in sorted(group.needs))
    parts = [partition(axis, group.needs[axis.name]) for axis in chosen]
    shape = tuple(len(first) for _, first in parts)
    key = _packed([_class_sql(code[axis.name], part[0]) for axis, part in zip(chosen, parts, strict=True)], shape)
    items = [f"{key} AS cell", "COUNT(*) AS n"]
    for aggregate, x in figures.items():
        items += figure_sql(aggregate, x)
    frame = session.run(f"SELECT {', '.join(items)} FROM {relation} GROUP BY 1")
    cell = np.asarray(frame.columns[0]).astype(np.int64)
    arrays = [
        _dense(cell, column, null, shape) for column, null in zip(frame.columns[1:], frame.nulls[1:], strict=True)
    ]
    named: dict[Aggregate, dict[str, npt.NDArray[Any]]] = {}
    at = 2
    for aggregate in figures:
        names = _NAMES[type(aggregate)]
        _refuse_overflow(frame.columns[at], frame.nulls[at + 1 : at + len(names)])
        named[aggregate] = dict(zip(names, arrays[at - 1 :], strict=False))
        at += len(names)
    return Cells(chosen, tuple(p[0] for p in parts), tuple(p[1] for p in parts), arrays[0].astype(np.int64), named)


def _refuse_overflow(count: npt.NDArray[Any], nulls: list[npt.NDArray[np.bool_]]) -> None:
    # TRY_CAST gives NULL where a cell's sum does not fit; without values it is NULL anyway.
    if any(bool((null & (np.asarray(count).astype(np.int64) > 0)).any()) for null in nulls):
        raise EvidenceError("a sum does not fit 64 bits")


_NAMES: dict[type, tuple[str, ...]] = {Sum: ("count", "sum", "plain"), Extremes: ("count", "min", "max")}


def figure_sql(aggregate: Aggregate, x: str) -> list[str]:
    """Select items of the mergeable figures of x, each of a type that numpy holds exactly."""
    family = aggregate.x.family
    if isinstance(aggregate, Extremes):
        kind = "BIGINT" if family is Family.INTEGER else "DOUBLE"
        return [f"COUNT({x})", f"TRY_CAST(MIN({x}) AS {kind})", f"TRY_CAST(MAX({x}) AS {kind})"]
    if family is Family.DOUBLE:
        return [f"COUNT({x})", f"FSUM({x})", f"SUM({x})"]
    total = f"TRY_CAST(SUM({x}) AS BIGINT)"
    if family is Family.DECIMAL:
        # The text of a decimal has all its places: without the point it is the sum in units of the last place.
        total = f"TRY_CAST(REPLACE(CAST(SUM({x}) AS VARCHAR), '.', '') AS BIGINT)"
    return [f"COUNT({x})", total, "0"]


def mergeable(aggregate: Aggregate) -> bool:
    family = aggregate.x.family
    if isinstance(aggregate, Sum):
        return family.is_number
    return isinstance(aggregate, Extremes) and family in (Family.INTEGER, Family.DOUBLE)


def _packed(classes: list[str], shape: tuple[int, ...]) -> str:
    """One integer for a cell: row-major, as numpy lays an array out."""
    terms = []
    stride = 1
    for sql, size in reversed(list(zip(classes, shape, strict=True))):
        terms.append(f"CAST({sql} AS INTEGER) * {stride}" if stride > 1 else f"CAST({sql} AS INTEGER)")
        stride *= size
    return " + ".join(terms) if terms else "0"


def _class_sql(code: str, classes: npt.NDArray[np.int64]) -> str:
    """The class of a code: itself, a few comparisons where classes are stretches of codes, else a list."""
    size = int(classes.max()) + 1
    if size == len(classes):
        return code
    if size == 1:
        return "0"
    starts = np.flatnonzero(np.diff(classes, prepend=-1)).tolist()
    if len(starts) == size and size <= 8:
        return _stretches(code, starts, 0, size - 1)
    kind = "UTINYINT" if size <= 256 else "USMALLINT" if size <= 65536 else "UINTEGER"
    return f"LIST_EXTRACT([{', '.join(map(str, classes.tolist()))}]::{kind}[], CAST({code} AS BIGINT) + 1)"


def _stretches(code: str, starts: list[int], low: int, high: int) -> str:
    if low == high:
        return str(low)
    middle = (low + high + 1) // 2
    first, rest = _stretches(code, starts, low, middle - 1), _stretches(code, starts, middle, high)
    return f"CASE WHEN {code} < {starts[middle]} THEN {first} ELSE {rest} END"


def _dense(
    cell: npt.NDArray[np.int64], column: npt.NDArray[Any], null: npt.NDArray[np.bool_], shape: tuple[int, ...]
) -> npt.NDArray[Any]:
    whole = np.asarray(column)
    kind = np.float64 if whole.dtype.kind == "f" else np.int64
    dense = np.zeros(int(np.prod(shape)), kind)
    dense[cell] = np.where(null, 0, whole).astype(kind)
    return dense.reshape(shape)
