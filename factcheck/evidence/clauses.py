"""Clauses of SQL over bound expressions: what the planner and the patterns write alike."""

from __future__ import annotations

from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import Bound


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def where(*conditions: str | None) -> str:
    kept = [condition for condition in conditions if condition]
    return f" WHERE {' AND '.join(f'({condition})' for condition in kept)}" if kept else ""


def sql_of(bound: Bound | None) -> str | None:
    return None if bound is None else bound.sql


def total_sql(x: str, family: Family) -> str:
    """The sum of x; of doubles by compensated summation, since a plain sum changes from run to run."""
    if family is not Family.DOUBLE:
        return f"SUM({x})"
    return f"CASE WHEN ISFINITE(SUM({x})) THEN FSUM({x}) ELSE SUM({x}) END"
