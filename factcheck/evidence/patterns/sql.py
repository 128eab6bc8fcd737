"""Pieces of SQL that patterns share."""

from __future__ import annotations

from factcheck.evidence.asks import Asking
from factcheck.evidence.cells.direct import quoted, sql_of, where
from factcheck.evidence.expressions import Bound

__all__ = ["coded", "quoted", "select", "sql_of", "where"]


def select(asking: Asking, dataset: str, base: Bound | None, items: dict[str, str], *conditions: str) -> str:
    """A SELECT of named items over the rows of a dataset where `base` and all `conditions` are true."""
    listed = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in items.items())
    return f"SELECT {listed} FROM {asking.source(dataset)}{where(sql_of(base), *conditions)}"


def coded(value: str) -> str:
    """A whole number from 0 that stands for the value of an SQL expression among all rows of the SELECT; NULL last.

    Numbers are given in the order of the values, so that they are the same in every run.
    """
    return f"DENSE_RANK() OVER (ORDER BY {value}) - 1"
