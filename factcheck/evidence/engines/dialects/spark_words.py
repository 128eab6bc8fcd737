"""Trees in Spark's words, and what kind of value a node of DuckDB's has."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

import sqlglot
from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.dialects.translate import Refused, family_of, inexact

_GIVEN = "_given_"
_APART = (exp.Column, exp.Literal, exp.Func, exp.Paren, exp.Case, exp.Null, exp.Boolean, exp.Cast, exp.Subquery)
NARROW = ("TINYINT", "UTINYINT", "SMALLINT", "USMALLINT", "INT")
# Integers that Spark has as such; the others are decimals there.
LONG = (*NARROW, "UINT", "BIGINT")


def refuse(what: str) -> Refused:
    return inexact("Spark", what)


def said(sql: str, **parts: exp.Expression) -> exp.Expression:
    """SQL of Spark's with nodes in the place of {names}, each as often as its name stands there."""
    tree = _read(sql.format_map({name: f"{_GIVEN}{name}" for name in parts})).copy()
    for column in list(tree.find_all(exp.Column)):
        if column.name.startswith(_GIVEN):
            part = _apart(parts[column.name.removeprefix(_GIVEN)].copy())
            if column is tree:
                return part
            column.replace(part)
    return tree


@lru_cache(maxsize=512)
def _read(sql: str) -> exp.Expression:
    return cast("exp.Expression", sqlglot.parse_one(sql, read="spark"))


def _apart(node: exp.Expression) -> exp.Expression:
    """In parentheses, unless nothing beside it could be drawn in."""
    return node if isinstance(node, _APART) and not isinstance(node, exp.Connector) else exp.Paren(this=node)


def call(name: str, *arguments: exp.Expression) -> exp.Expression:
    return exp.Anonymous(this=name, expressions=list(arguments))


def typed(node: exp.Expression, kind: str) -> exp.Expression:
    """With the type that DuckDB would give it."""
    node.type = exp.DataType.build(kind, dialect="duckdb")
    return node


def bare(node: exp.Expression) -> exp.Expression:
    """Without parentheses around it."""
    while isinstance(node, exp.Paren):
        node = node.this
    return node


def is_(node: exp.Expression, *kinds: str) -> bool:
    return bool(node.type) and node.is_type(*kinds)


def is_float(node: exp.Expression) -> bool:
    return is_(node, "FLOAT")


def is_double(node: exp.Expression) -> bool:
    return family_of(node) is Family.DOUBLE


def whole(node: exp.Expression) -> int | None:
    """The value of a whole number that is written out."""
    node = bare(node)
    if isinstance(node, exp.Neg):
        found = whole(node.this)
        return None if found is None else -found
    if isinstance(node, exp.Literal) and not node.is_string and str(node.this).isdecimal():
        return int(node.this)
    return None


def written(node: exp.Expression | None) -> str | None:
    """A text that is written out."""
    return str(node.this) if isinstance(node, exp.Literal) and node.is_string else None


def kind_of(node: exp.Expression) -> str:
    """The name of a node's DuckDB type, empty where it is not known."""
    return "" if node.type is None else str(node.type.sql(dialect="duckdb")).upper()
