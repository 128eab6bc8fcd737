"""Columns that a manifest computes from others (`expr`), and rows that it leaves out (`drop`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from factcheck.evidence.dataset import Column
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.engines.types import family
from factcheck.evidence.expressions import ExpressionError, Scope, bind
from factcheck.evidence.ingest.faults import in_expression
from factcheck.evidence.ingest.plan import TYPES, described
from factcheck.evidence.manifest import ColumnSpec, ManifestSource


@dataclass(frozen=True)
class Layer:
    """A computed column as SQL; `replaces` is the column whose name it takes."""

    name: str
    value: str
    replaces: str | None


def expressions(
    specs: Mapping[str, ColumnSpec], columns: Mapping[str, Column]
) -> tuple[dict[str, Column], list[Layer]]:
    """The columns with those that the manifest computes, and how. Each may use those before it."""
    known, layers = dict(columns), []
    for name, spec in specs.items():
        if spec.expr is None:
            continue
        column, value = _bound(name, spec, known)
        old = next((n for n in known if n.casefold() == name.casefold()), None)
        layers.append(Layer(name, value, old))
        if old is not None:
            del known[old]
        known[name] = column
    return known, layers


def _bound(name: str, spec: ColumnSpec, columns: Mapping[str, Column]) -> tuple[Column, str]:
    try:
        bound = bind(spec.expr or "", Scope(columns, timezone=spec.timezone))
    except ExpressionError as error:
        raise in_expression(error, "columns", name, "expr") from error
    uses = tuple(sorted(bound.columns))
    if spec.type is not None and spec.type != bound.family.value:
        kind = TYPES[spec.type]
        return described(name, kind, family(kind), spec, uses), f"TRY_CAST({bound.sql} AS {kind})"
    return described(name, "", bound.family, spec, uses), f"({bound.sql})"


def layered(select: str, layers: list[Layer]) -> str:
    """The computed columns on top of a SELECT."""
    for layer in layers:
        kept = f"* EXCLUDE ({identifier(layer.replaces)})" if layer.replaces is not None else "*"
        select = f"SELECT {kept}, {layer.value} AS {identifier(layer.name)} FROM ({select})"
    return select


def drop_rule(source: ManifestSource | None, columns: Mapping[str, Column]) -> str | None:
    """The condition of `drop` as SQL; rows for which it is NULL stay."""
    if source is None or source.model.drop is None:
        return None
    try:
        return bind(source.model.drop, Scope(columns), expect="condition").sql
    except ExpressionError as error:
        raise in_expression(error, "drop") from error
