"""A table or view of the database as a relation of the session: its rows stay where they are."""

from __future__ import annotations

from typing import Any

from factcheck.errors import EvidenceError
from factcheck.evidence.connections.catalogue import Field, fields_of, find_table
from factcheck.evidence.engines.dialects.translate import renamed
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.engines.postgresql_types import LONGEST
from factcheck.evidence.formats.databases import Session, named

_MOST_DIGITS = 38  # of a DECIMAL


def native_select(session: Session, wanted: str, where: str) -> tuple[str, dict[str, str]]:
    """A SELECT of the columns under their names as `renamed` makes them, and DuckDB's types by name."""
    table = find_table(session, wanted, where)
    fields = fields_of(session, table)
    if not fields:
        raise EvidenceError(f"table {table.shown} has no columns")
    _refuse_alike([field.name for field in fields], table.shown)
    looked = _looked(session, table.sql, fields)
    names, _ = named([field.name for field in fields], f"table {table.shown}")
    types, items = dict[str, str](), list[str]()
    for i, (name, field) in enumerate(zip(names, fields, strict=True)):
        sql, types[name] = _value(field, looked, i)
        items.append(f"{sql} AS {identifier(renamed(name, LONGEST))}")
    return f"SELECT {', '.join(items)} FROM {table.sql}", types


def _refuse_alike(names: list[str], table: str) -> None:
    """A claim that names one of two such columns would silently be about the other."""
    seen: dict[str, str] = {}
    for name in names:
        if (other := seen.setdefault(name.casefold(), name)) != name:
            raise EvidenceError(
                f"two columns of table {table}, '{other}' and '{name}', differ in capital letters only; make a view "
                "that names them apart"
            )


def _looked(session: Session, table: str, fields: list[Field]) -> dict[str, Any]:
    """What only the values tell: how many digits a number of any precision has, and whether lists hold lists."""
    items = {}
    for i, field in enumerate(fields):
        c = identifier(field.name)
        if field.is_numeric:
            odd = f"{c}::numeric::text IN ('NaN', 'Infinity', '-Infinity')"
            items[f"odd_{i}"] = f"count(*) FILTER (WHERE {odd})"
            if field.type is None:
                items[f"scale_{i}"] = f"max(CASE WHEN NOT {odd} THEN scale({c}::numeric) END)"
                items[f"whole_{i}"] = f"max(CASE WHEN NOT {odd} THEN length(trunc(abs({c}::numeric))::text) END)"
        elif field.note == "nested-arrays":
            items[f"odd_{i}"] = f"count(*) FILTER (WHERE {field.odd})"
    if not items:
        return {}
    asked = ", ".join(f"({sql})::bigint AS {name}" for name, sql in items.items())
    return dict(zip(items, session.rows(f"SELECT {asked} FROM {table}")[0], strict=True))


def _value(field: Field, looked: dict[str, Any], i: int) -> tuple[str, str]:
    c = identifier(field.name)
    odd = looked.get(f"odd_{i}") or 0
    if field.is_numeric:
        kind = field.type or _width(looked[f"whole_{i}"] or 1, looked[f"scale_{i}"] or 0)
        if kind is None or odd:
            raise EvidenceError(
                f"the numbers in '{field.name}' have more digits than are computed with exactly, or are no numbers; "
                "make a view that rounds them"
            )
        return f"CAST({c} AS {kind.replace('DECIMAL', 'numeric')})", kind
    if odd:
        raise EvidenceError(f"the column '{field.name}' holds lists of lists; make a view without it")
    if field.is_utc:
        return f"({c} AT TIME ZONE 'UTC')", "TIMESTAMP"
    kind = field.type or "VARCHAR"
    if kind in ("VARCHAR", "VARCHAR[]"):
        return f'({field.sql}) COLLATE "C"', kind
    return field.sql, kind


def _width(whole: int, scale: int) -> str | None:
    digits = max(1, whole + scale)
    return f"DECIMAL({18 if digits <= 18 else _MOST_DIGITS},{scale})" if digits <= _MOST_DIGITS else None
