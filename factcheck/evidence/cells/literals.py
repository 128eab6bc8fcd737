"""Literals as values of a column's type, so that thresholds can be put in order.

A threshold is only ordered where the engine would compare it as that very value; a literal that would be rounded,
truncated or compared in another type gets no place, and its condition is evaluated row by row instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

import numpy as np

from factcheck.errors import EvidenceError
from factcheck.evidence.cells.cut import Literal, Test
from factcheck.evidence.cells.session import Session
from factcheck.evidence.dataset import Column, Family

Point = Fraction | float | datetime
_NUMBER = re.compile(r"-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT")


def points(session: Session, tests: Iterable[tuple[Test, Column]]) -> dict[tuple[str, Literal], Point]:
    """For each (column name, literal) that has one, its value in the column's type."""
    found: dict[tuple[str, Literal], Point] = {}
    times: dict[tuple[str, Literal], str] = {}
    for test, column in tests:
        for value in test.literals:
            number = _number(value, column)
            if number is not None:
                found[column.name, value] = number
            elif column.type in ("TIMESTAMP", "DATE") and value.kind not in ("number", "double"):
                times[column.name, value] = _cast(value, column.type)
    found.update(_times(session, times))
    return found


def _number(value: Literal, column: Column) -> Point | None:
    if value.kind not in ("number", "double"):
        return None
    exact = column.type.startswith("DECIMAL") if column.family is Family.DECIMAL else column.type in _INTEGERS
    if exact:
        return Fraction(value.text) if value.kind == "number" else None
    if column.type == "DOUBLE" and _NUMBER.fullmatch(value.text):
        return float(value.text)
    if column.type == "FLOAT" and value.kind == "number":
        return float(np.float32(value.text))
    return None


def _cast(value: Literal, column_type: str) -> str:
    text = value.text.replace("'", "''")
    # A DATE column beside a TIMESTAMP is compared as a timestamp, beside a bare text as a date.
    kind = column_type if value.kind == "string" else value.kind
    return f"CAST(CAST('{text}' AS {kind}) AS TIMESTAMP)"


def _times(session: Session, casts: dict[tuple[str, Literal], str]) -> dict[tuple[str, Literal], Point]:
    if not casts:
        return {}
    try:
        row = session.rows(f"SELECT {', '.join(casts.values())}")[0]
    except EvidenceError:
        # One of them is no time at all; its own claim will say so when it is asked by itself.
        tried = [re.sub(r"\bCAST\(", "TRY_CAST(", sql) for sql in casts.values()]
        row = session.rows(f"SELECT {', '.join(tried)}")[0]
    # Infinity comes back as the last moment of the year 9999, and times before Christ as NULL.
    pairs = zip(casts, row, strict=True)
    return {key: value for key, value in pairs if isinstance(value, datetime) and 1 < value.year < 9999}


def sql_of(point: Point, written: Literal) -> str:
    """The literal for a bucket's edge, in the type that the engine compares in."""
    if isinstance(point, datetime):
        return f"TIMESTAMP '{point.isoformat(sep=' ')}'"
    return written.text
