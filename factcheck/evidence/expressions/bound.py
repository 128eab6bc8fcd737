"""A checked expression: the only form in which anything a person wrote reaches an engine."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from factcheck.evidence.dataset import Family


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
