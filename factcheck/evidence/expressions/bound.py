"""A checked expression: the only form in which anything a person wrote reaches an engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from factcheck.evidence.dataset import Column, Family, Origin

if TYPE_CHECKING:  # sqlglot takes an eighth of a second to import; `factcheck --help` must not wait for it
    from sqlglot import exp


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


@dataclass(frozen=True)
class Select:
    """A checked SELECT over datasets, rendered anew: it names no file, table or function but the allowed ones."""

    sql: str
    datasets: tuple[str, ...]  # the datasets that it reads, in order of first mention
    columns: tuple[str, ...] | None  # names of the output columns, None where they cannot be told
    text: str = field(compare=False)
    outputs: tuple[Column, ...] | None = field(default=None, compare=False)  # each with its `origins`
    chosen_by: frozenset[Origin] = field(default=frozenset(), compare=False)  # what decides which rows there are
