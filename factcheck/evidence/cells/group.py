"""Which questions share one grouping: those whose axes, cut as finely as all of them need, stay a small table.

The size of a table is bounded by the product of its axes' classes, so no row need be looked at to plan. An axis
is only cut as finely as the group's atoms need: codes on which they all agree are one class.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from factcheck.evidence.cells.axes import Axis

WHOLE = "*"  # in place of an atom: every code of the axis is told apart

Needs = dict[str, frozenset[str]]
"""Per axis (by name), the atoms that must be told apart on it, or WHOLE."""


@dataclass
class Group:
    needs: dict[str, frozenset[str]] = field(default_factory=dict)
    members: list[Hashable] = field(default_factory=list)
    bound: int = 1


def classes(axis: Axis, atoms: frozenset[str]) -> int:
    """No more classes than this; exact for thresholds and for equality tests on different values."""
    if WHOLE in atoms:
        return axis.size
    if axis.independent:
        return min(axis.size, (1 << len(atoms)) + 1)
    return min(axis.size, 2 + sum(map(axis.splits, atoms)), int(3 ** len(atoms)))


def bound(axes: dict[str, Axis], needs: Needs, sizes: dict[tuple[str, frozenset[str]], int]) -> int:
    """Most cells that a grouping by these needs can have."""
    product = 1
    for name, atoms in needs.items():
        size = sizes.get((name, atoms))
        if size is None:
            size = sizes[name, atoms] = classes(axes[name], atoms)
        product *= size
    return product


def united(a: Needs, b: Needs) -> Needs:
    return a | {name: atoms | a[name] if name in a else atoms for name, atoms in b.items()}


def merge(axes: dict[str, Axis], needs: dict[Hashable, Needs], cap: int) -> tuple[list[Group], list[Hashable]]:
    """Groups of at most `cap` cells; and the members that no group can hold, even alone.

    Those over the same large axes stand together, so that a group fills up with what is alike before it takes in
    what is not. Each goes where the table grows least, and starts a group only where it fits nowhere.
    """
    sizes: dict[tuple[str, frozenset[str]], int] = {}
    alike: dict[tuple[tuple[str, frozenset[str]], ...], list[Hashable]] = {}
    for member, need in needs.items():
        alike.setdefault(tuple(sorted(need.items())), []).append(member)
    ordered = sorted(
        ((bound(axes, dict(key), sizes), key) for key in alike),
        key=lambda pair: (_largest(axes, pair[1]), -pair[0], _order(pair[1])),
    )
    groups: list[Group] = []
    beyond: list[Hashable] = []
    for size, key in ordered:
        if size > cap:
            beyond += alike[key]
            continue
        _place(axes, groups, dict(key), size, cap, sizes).members += alike[key]
    return groups, beyond


def _largest(axes: dict[str, Axis], key: tuple[tuple[str, frozenset[str]], ...]) -> list[int]:
    """The sizes of the axes, the largest first, in an order that begins with the largest."""
    return sorted(-axes[name].size for name, _ in key)


def _order(key: tuple[tuple[str, frozenset[str]], ...]) -> list[tuple[str, list[str]]]:
    return [(name, sorted(atoms)) for name, atoms in key]


def _place(
    axes: dict[str, Axis],
    groups: list[Group],
    need: Needs,
    size: int,
    cap: int,
    sizes: dict[tuple[str, frozenset[str]], int],
) -> Group:
    best: tuple[int, Group, Needs, int] | None = None
    for group in groups:
        both = united(group.needs, need)
        grown = bound(axes, both, sizes)
        if grown <= cap and (best is None or grown - group.bound < best[0]):
            best = (grown - group.bound, group, both, grown)
            if grown == group.bound:
                break
    if best is None:
        group = Group(dict(need), [], size)
        groups.append(group)
        return group
    best[1].needs, best[1].bound = best[2], best[3]
    return best[1]


def partition(axis: Axis, atoms: frozenset[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """(class of each code, one code of each class): codes on which all the atoms agree share a class."""
    if WHOLE in atoms:
        return np.arange(axis.size), np.arange(axis.size)
    table = np.stack([axis.truths[atom] for atom in sorted(atoms)], axis=1)
    _, first, inverse = np.unique(table, axis=0, return_index=True, return_inverse=True)
    # Classes in the order of their first code: stretches of thresholds stay stretches.
    rank = np.argsort(np.argsort(first))
    return rank[inverse.reshape(-1)], np.sort(first)
