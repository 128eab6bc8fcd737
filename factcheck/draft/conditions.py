"""Conditions of the claim language, as a person would write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from factcheck.evidence.engines.names import identifier, literal

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@cache
def column(name: str) -> str:
    """A column's name in an expression: quoted only where it must be."""
    return name if _PLAIN.fullmatch(name) and _is_column(name) else identifier(name)


def _is_column(name: str) -> bool:
    """Whether the language takes a bare word for a column: `order` and `null` are none."""
    from sqlglot import exp
    from sqlglot.errors import SqlglotError

    from factcheck.evidence.expressions.parse import DIALECT

    try:
        trees = [DIALECT.parse(f"{name} {rest}")[0] for rest in ("= 1", "is null")]
    except SqlglotError:
        return False
    return all(tree is not None and isinstance(tree.this, exp.Column) and tree.this.name == name for tree in trees)


def equals(name: str, value: str | float | bool) -> str:
    """`country = 'Russia'`, `CLOUDS = 1`; a column of truth values is its own condition."""
    if isinstance(value, bool):
        return column(name) if value else f"not {column(name)}"
    return f"{column(name)} = {literal(value) if isinstance(value, str) else f'{value:g}'}"


def among(name: str, values: Sequence[str]) -> str:
    """`country in ('Russia', 'Ukraine')`."""
    return f"{column(name)} in ({', '.join(map(literal, values))})"


def starts(name: str, text: str) -> str:
    """`rude like 'Yes%'`."""
    return f"{column(name)} like {literal(text + '%')}"


def contains(name: str, text: str) -> str:
    """`text ilike '%genocide%'`: the words occur in it, in any case."""
    escaped = text.replace("%", "")  # `_` stands for any letter, itself included
    return f"{column(name)} ilike {literal(f'%{escaped}%')}"
