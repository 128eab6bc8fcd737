"""Pieces of SQL that patterns share."""

from __future__ import annotations

from factcheck.evidence.asks import Asking
from factcheck.evidence.clauses import quoted, sql_of, where
from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound

__all__ = ["blank_sql", "coded", "id_sql", "quoted", "select", "sql_of", "where"]


def select(asking: Asking, dataset: str, base: Bound | None, items: dict[str, str], *conditions: str) -> str:
    """A SELECT of named items over the rows of a dataset where `base` and all `conditions` are true."""
    listed = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in items.items())
    return f"SELECT {listed} FROM {asking.source(dataset)}{where(sql_of(base), *conditions)}"


def coded(value: str) -> str:
    """A whole number from 0 that stands for the value of an SQL expression among all rows of the SELECT; NULL last.

    Numbers are given in the order of the values, so that they are the same in every run.
    """
    return f"DENSE_RANK() OVER (ORDER BY {value}) - 1"


def id_sql(x: Bound) -> str:
    """An id that can be compared with one of another column, be that an enumeration or a UUID. An empty text names
    nothing: it is NULL, as it is in CSV."""
    return f"NULLIF(CAST({x.sql} AS VARCHAR), '')" if x.family is Family.TEXT else f"({x.sql})"


def blank_sql(*ids: Bound) -> str:
    """Whether one of the ids is an empty text."""
    texts = [f"CAST({x.sql} AS VARCHAR) = ''" for x in ids if x.family is Family.TEXT]
    return " OR ".join(texts) or "FALSE"
