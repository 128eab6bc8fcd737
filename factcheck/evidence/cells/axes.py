"""Axes of the cells: each turns rows into small integer codes on which some atoms have a fixed truth value.

Values    a code for every value of a few-valued expression
Steps     a code for every stretch between the thresholds that any claim holds a column against
Truth     the truth value of one condition, for what has neither few values nor an order
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from factcheck.evidence.cells.cut import Atom, Test
from factcheck.evidence.cells.literals import Point, sql_of
from factcheck.evidence.dataset import Column

Truths = npt.NDArray[np.int8]
"""0 false, 1 NULL, 2 true: one for each code of an axis."""


@dataclass
class Axis:
    """`sql` gives the code of a row, 0 ≤ code < size; `truths` the value of each atom (by its key) for each code."""

    name: str
    sql: str
    size: int
    truths: dict[str, Truths] = field(default_factory=dict)
    labels: list[Any] | None = None  # the value behind each code, where codes stand for values
    independent: bool = False  # its atoms are NULL together, else each is true or false whatever others are

    _splits: dict[str, int] = field(default_factory=dict, repr=False)

    def splits(self, atom: str) -> int:
        """How many more classes an atom can make: one, or one for each change of its truth along ordered codes."""
        found = self._splits.get(atom)
        if found is None:
            truths = self.truths[atom]
            changes = 1 if self.labels is not None else int(np.count_nonzero(truths[1:] != truths[:-1]))
            found = self._splits[atom] = min(2, changes)
        return found


def truth_axis(atom: Atom) -> Axis:
    code = f"COALESCE(CAST(({atom.sql}) AS UTINYINT), 2)"
    return Axis(f"truth of {atom.key}", code, 3, {atom.key: np.array([0, 2, 1], np.int8)})


@dataclass(frozen=True, order=True)
class _Edge:
    point: Any
    after: bool  # the edge lies just after the point (x <= point), not before it (x < point)
    sql: str = field(compare=False)


def steps_axis(column: Column, tests: dict[str, Test], places: dict[tuple[str, Any], Point]) -> Axis:
    """An axis for the `tests` (by atom key), all on `column` and all of whose literals have a place."""
    edges = sorted({edge for test in tests.values() for edge in _edges(column, test, places)})
    index = {(edge.point, edge.after): i for i, edge in enumerate(edges)}
    name = '"' + column.name.replace('"', '""') + '"'
    null = len(edges) + 1
    sql = f"CASE WHEN {name} IS NULL THEN {null} ELSE {_tree(name, edges, 0, len(edges))} END"
    axis = Axis(f"steps of {column.name}", sql, len(edges) + 2)
    for atom, test in tests.items():
        axis.truths[atom] = _truths(test, index, places, null)
    return axis


def _edges(column: Column, test: Test, places: dict[tuple[str, Any], Point]) -> list[_Edge]:
    sides = {"lt": (False,), "ge": (False,), "le": (True,), "gt": (True,), "eq": (False, True), "null": ()}[test.kind]
    found = []
    for literal in test.literals:
        point = places[column.name, literal]
        found += [_Edge(point, after, sql_of(point, literal)) for after in sides]
    return found


def _tree(name: str, edges: list[_Edge], low: int, high: int) -> str:
    """The number of edges that lie at or below x, by halving."""
    if low == high:
        return str(low)
    middle = (low + high) // 2
    edge = edges[middle]
    below = f"{name} {'<=' if edge.after else '<'} {edge.sql}"
    return f"CASE WHEN {below} THEN {_tree(name, edges, low, middle)} ELSE {_tree(name, edges, middle + 1, high)} END"


def _truths(test: Test, index: dict[Any, int], places: dict[tuple[str, Any], Point], null: int) -> Truths:
    codes = np.arange(null + 1)
    if test.kind == "null":
        return np.where(codes == null, 2, 0).astype(np.int8)
    holds = np.zeros(null + 1, dtype=bool)
    for literal in test.literals:
        point = places[test.column, literal]
        if test.kind in ("lt", "ge"):
            holds |= (codes <= index[point, False]) == (test.kind == "lt")
        elif test.kind in ("le", "gt"):
            holds |= (codes <= index[point, True]) == (test.kind == "le")
        else:
            holds |= (codes > index[point, False]) & (codes <= index[point, True])
    truths = np.where(holds, 2, 0).astype(np.int8)
    truths[null] = 1
    return truths
