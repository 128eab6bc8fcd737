"""Finding a column by the name that a person wrote."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from sqlglot import exp

from factcheck.evidence.dataset import Column, Family
from factcheck.evidence.expressions.parse import fail
from factcheck.evidence.expressions.scope import ExpressionError, Scope, did_you_mean
from factcheck.evidence.expressions.typed import Typed, column


def find(columns: Mapping[str, Column], name: str) -> Column | None:
    """The column of this name; failing that, the only one that differs from it in capitals or Unicode form alone."""
    if name in columns:
        return columns[name]
    folded = _folded(name)
    found = [candidate for key, candidate in columns.items() if _folded(key) == folded]
    return found[0] if len(found) == 1 else None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def typed(found: Column, zone: str | None) -> Typed:
    """A column as an expression; its name is always quoted."""
    clock = (zone or found.timezone or "UTC") if found.family is Family.TIMESTAMP else None
    single = found.type.upper() in ("FLOAT", "REAL", "FLOAT4")
    return Typed(column(found.name), found.family, frozenset({found.name}), zone=clock, single=single)


class DatasetNames:
    """The columns of one dataset: what an expression of a claim may name."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def column(self, node: exp.Expression) -> Typed:
        if not isinstance(node, exp.Column) or not isinstance(node.this, exp.Identifier):
            raise fail(node, "this is not the name of a column", code="node")
        name = ".".join(part.name for part in node.parts)
        found = find(self.scope.columns, name)
        if found is None:
            raise self.unknown(node, name)
        return typed(found, self.scope.timezone)

    def none_when_missing(self, columns: frozenset[str]) -> bool:
        return bool(columns) and all(self.scope.columns[name].missing_none for name in columns)

    def unknown(self, node: exp.Expression, name: str) -> ExpressionError:
        hint = did_you_mean(name, self.scope.columns)
        if not hint and _may_be_value(node):
            hint = f"text needs single quotes: '{name}'"
        hint = hint or listed(self.scope.columns)
        where = f" in dataset '{self.scope.dataset}'" if self.scope.dataset else ""
        return fail(node, f"no column '{name}'{where}", hint, "unknown-column")


def _may_be_value(node: exp.Expression) -> bool:
    """True of a name on the right of a comparison, in a list, or among the arguments of a function after the first."""
    parent = node.parent
    return (
        parent is not None
        and node.arg_key in ("expression", "expressions", "low", "high", "field")
        and not isinstance(parent, (exp.And, exp.Or))
    )


def listed(columns: Mapping[str, Column]) -> str:
    """Some of the columns; first those made from others, as the canonical ones of an export are."""
    names = sorted(columns, key=lambda name: not columns[name].uses)
    shown = ", ".join(f"'{name}'" for name in names[:8])
    return f"it has {shown}{', …' if len(names) > 8 else ''}" if names else ""
