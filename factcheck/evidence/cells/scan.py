"""The passes over the data: one that writes every row's codes into a narrow table, one grouping of it per group."""

from __future__ import annotations

import math
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Aggregate, Extremes, Sum
from factcheck.evidence.cells.axes import Axis
from factcheck.evidence.cells.group import Group, partition
from factcheck.evidence.cells.session import Session
from factcheck.evidence.cells.words import Word, columns_sql, key_sql
from factcheck.evidence.dataset import Family


@dataclass(frozen=True)
class Cells:
    """The table of one group: a row per cell that occurs.

    `codes[i]` gives one code of each class of axis i; `places[i]` the class of each cell on axis i; `n` its rows;
    `figures` its sums and extremes, per aggregate.
    """

    axes: tuple[Axis, ...]
    codes: tuple[npt.NDArray[np.int64], ...]
    places: tuple[npt.NDArray[np.intp], ...]
    n: npt.NDArray[np.int64]
    figures: dict[Aggregate, dict[str, npt.NDArray[Any]]]


def narrow_sql(relation: str, words: list[Word], xs: dict[str, str]) -> str:
    """Every row of the relation as the words of its codes, and the numbers that are summed (SQL of each → its name)."""
    items = [f"{sql} AS {name}" for name, sql in columns_sql(words).items()]
    items += [f"{x} AS {name}" for x, name in xs.items()]
    return f"SELECT {', '.join(items)} FROM {relation}"


def group_cells(
    session: Session,
    relation: str,
    group: Group,
    words: list[Word],
    axes: dict[str, Axis],
    figures: dict[Aggregate, str],
) -> Cells:
    """Counts a group's cells in `relation`, which holds the `words` and, named in `figures`, each x."""
    chosen = tuple(axes[name] for name in sorted(group.needs))
    parts = [partition(axis, group.needs[axis.name]) for axis in chosen]
    shape = tuple(len(first) for _, first in parts)
    classes = {axis.name: part[0] for axis, part in zip(chosen, parts, strict=True)}
    # Row-major, as numpy lays an array out.
    strides = {axis.name: math.prod(shape[i + 1 :]) for i, axis in enumerate(chosen)}
    key = key_sql(words, classes, strides)
    items = [f"{key} AS cell", "COUNT(*) AS n"]
    for aggregate, x in figures.items():
        items += figure_sql(aggregate, x)
    with session.dense(math.prod(shape)) if not figures else nullcontext():
        frame = session.run(f"SELECT {', '.join(items)} FROM {relation} GROUP BY 1")
    cell = np.asarray(frame.columns[0]).astype(np.int64)
    arrays = [_zeroed(column, null) for column, null in zip(frame.columns, frame.nulls, strict=True)]
    named: dict[Aggregate, dict[str, npt.NDArray[Any]]] = {}
    at = 2
    for aggregate in figures:
        names = _NAMES[type(aggregate)]
        _refuse_overflow(frame.columns[at], frame.nulls[at + 1 : at + len(names)])
        named[aggregate] = dict(zip(names, arrays[at:], strict=False))
        at += len(names)
    places = np.unravel_index(cell, shape) if shape else ()
    return Cells(chosen, tuple(first for _, first in parts), tuple(places), arrays[1].astype(np.int64), named)


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


def _zeroed(column: npt.NDArray[Any], null: npt.NDArray[np.bool_]) -> npt.NDArray[Any]:
    whole = np.asarray(column)
    kind = np.float64 if whole.dtype.kind == "f" else np.int64
    return np.where(null, 0, whole).astype(kind)
