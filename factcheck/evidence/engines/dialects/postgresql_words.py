"""Nodes in PostgreSQL's words, and what texts need to be in the order of their characters there."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.dialects.translate import Refused, family_of, inexact, is_kind

if TYPE_CHECKING:
    from sqlglot import exp

_GIVEN = "given_"
NUMBERS = (Family.INTEGER, Family.DECIMAL, Family.DOUBLE)
TIMES = (Family.DATE, Family.TIMESTAMP)


def refused(what: str) -> Refused:
    return inexact("PostgreSQL", what)


def of(sql: str, kind: str | None = None, **parts: exp.Expression) -> exp.Expression:
    """SQL of PostgreSQL's with nodes in the place of {names}, each as often as its name stands there.

    kind: the type of the whole, as DuckDB names it.
    """
    from sqlglot import exp

    tree = _read(sql.format_map({name: _GIVEN + name for name in parts})).copy()
    for column in list(tree.find_all(exp.Column)):
        name = column.name
        if name.startswith(_GIVEN) and (part := parts.get(name.removeprefix(_GIVEN))) is not None:
            given = _apart(part.copy())
            if column is tree:
                tree = given
            else:
                column.replace(given)
    if kind is not None:
        tree.type = _built(kind)
    return tree


@cache
def _built(kind: str) -> exp.DataType:
    from sqlglot import exp

    return exp.DataType.build(kind, dialect="duckdb")


@cache
def _read(sql: str) -> exp.Expression:
    import sqlglot

    return cast("exp.Expression", sqlglot.parse_one(sql, read="postgres"))


def _apart(node: exp.Expression) -> exp.Expression:
    """In parentheses, unless it binds tighter than any operator."""
    from sqlglot import exp

    tight = (
        exp.Column, exp.Literal, exp.Paren, exp.Null, exp.Boolean, exp.Case, exp.Coalesce, exp.Anonymous, exp.AggFunc,
        exp.Subquery, exp.Cast,
    )  # fmt: skip
    if isinstance(node, tight):
        return node
    inner = exp.Paren(this=node)
    inner.type = node.type
    return inner


def called(name: str, *arguments: Any) -> exp.Expression:
    from sqlglot import exp

    return exp.Anonymous(this=name, expressions=[argument for argument in arguments if argument is not None])


def double(number: float | str) -> str:
    """SQL of a floating-point number."""
    return f"CAST('{number}' AS DOUBLE PRECISION)"


NAN, INFINITY, MINUS_INFINITY = double("NaN"), double("Infinity"), double("-Infinity")


def is_float(node: exp.Expression) -> bool:
    """Whether it has 4 bytes, whose comparisons and sums are of 4 bytes as well."""
    return is_kind(node, "FLOAT")


def number_of(node: exp.Expression) -> int | None:
    """A whole number that is written out."""
    from sqlglot import exp

    if isinstance(node, exp.Neg):
        found = number_of(node.this)
        return None if found is None else -found
    if isinstance(node, exp.Paren):
        return number_of(node.this)
    return int(node.this) if isinstance(node, exp.Literal) and str(node.this).isdigit() else None


def ordered(node: exp.Expression, what: str) -> exp.Expression:
    """A value that is put in order. Texts are by their characters, whatever order the database has for them."""
    family = family_of(node)
    if family is Family.TEXT:
        made = of('{x} COLLATE "C"', x=node)
        made.type = node.type
        return made
    if family in (*NUMBERS, *TIMES, Family.BOOLEAN, Family.INTERVAL, Family.TIME, Family.NULL):
        return node
    raise refused(f"{what} of what may be a text or a list")
