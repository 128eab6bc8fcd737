"""A checked expression: the only form in which anything a person wrote reaches an engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from factcheck.evidence.dataset import Column, Family, Origin

if TYPE_CHECKING:  # sqlglot takes an eighth of a second to import; `factcheck --help` must not wait for it
    from sqlglot import exp

T = TypeVar("T")


@dataclass(frozen=True)
class Bound:
    """An expression bound to a dataset's columns.

    `sql` is DuckDB text rendered from `tree` (never the person's own characters) and is the identity of
    the expression: two bound expressions of one dataset with equal `sql` are the same question.
    """

    sql: str
    family: Family
    columns: frozenset[str]
    text: str = field(compare=False)  # as the person wrote it, for reports
    tree: exp.Expression = field(compare=False, repr=False)
    zone: str = field(default="UTC", compare=False)  # the clock that a time here is read on; values stay in UTC


def once(bound: Bound, find: Callable[[Bound], T]) -> T:
    """What `find` reads off an expression, walking its tree no more than once; not to be changed by who gets it.

    It is kept with the expression and not by its `sql`: what was written (`<= '2018-05-09'`) decides it too.
    """
    kept: dict[str, T] = bound.__dict__
    name = f"once {find.__name__}"
    if name not in kept:
        kept[name] = find(bound)
    return kept[name]


@dataclass(frozen=True)
class Select:
    """A checked SELECT over datasets, rendered anew: it names no file, table or function but the allowed ones."""

    sql: str
    datasets: tuple[str, ...]  # the datasets that it reads, in order of first mention
    columns: tuple[str, ...] | None  # names of the output columns, None where they cannot be told
    text: str = field(compare=False)
    outputs: tuple[Column, ...] | None = field(default=None, compare=False)  # each with its `origins`
    chosen_by: frozenset[Origin] = field(default=frozenset(), compare=False)  # what decides which rows there are
