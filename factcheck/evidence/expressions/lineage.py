"""From which columns of which datasets a value of a SELECT is made; the nodes of a bound tree remember it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlglot import exp

from factcheck.evidence.dataset import Column, Origin

_KEY, _NONE = "origins", "none"


def mark(tree: exp.Expression, origins: Iterable[Origin], *, missing_none: bool) -> None:
    """Makes a column's node remember where its values come from, and whether NULL in it means "there is none"."""
    tree.meta[_KEY], tree.meta[_NONE] = tuple(origins), missing_none


def origins_of(*trees: exp.Expression | None) -> frozenset[Origin]:
    """Every column of a dataset that the trees read, their subqueries included."""
    found: set[Origin] = set()
    for tree in trees:
        for node in tree.walk() if tree is not None else ():
            if isinstance(node, exp.Column):
                found.update(node.meta.get(_KEY, ()))
    return frozenset(found)


def none_when_null(tree: exp.Expression) -> bool:
    """Whether a value that is NULL only where one of its columns is means, by being NULL, that there is none."""
    columns = list(tree.find_all(exp.Column))
    return bool(columns) and all(node.meta.get(_NONE, False) for node in columns)


def entered(dataset: str, column: Column) -> Column:
    """A dataset's column as a SELECT sees it: what was said of it stays with the dataset."""
    return replace(column, caveat=None, uses=(), origins=(Origin(dataset, column.name),))


def without_none(column: Column) -> Column:
    """A column on the side of an outer join that may have no row: NULL no longer means "there is none"."""
    return replace(column, missing_none=False)


def union(left: Column, right: Column) -> Column:
    """A column of two SELECTs one below the other: what holds for both of them."""
    lows = [side.low for side in (left, right) if side.low is not None]
    highs = [side.high for side in (left, right) if side.high is not None]
    return replace(
        left,
        missing_none=left.missing_none and right.missing_none,
        unit=left.unit if left.unit == right.unit else None,
        low=min(lows) if len(lows) > 1 else None,
        high=max(highs) if len(highs) > 1 else None,
        timezone=left.timezone if left.timezone == right.timezone else None,
        origins=tuple(sorted({*left.origins, *right.origins})),
    )
