"""Every record accounted for: what was loaded, rejected, dropped, lost, or there twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Column, Family
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.ingest.faults import ManifestFault
from factcheck.evidence.manifest import ManifestSource
from factcheck.text.suggest import did_you_mean

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB


def key_columns(key: Sequence[str], columns: Mapping[str, Column]) -> list[str]:
    """The names of the key's columns as the dataset spells them; ManifestFault where one is not there."""
    names = []
    for position, name in enumerate(key):
        alike = [known for known in columns if known == name] or [
            known for known in columns if known.casefold() == name.casefold()
        ]
        if len(alike) != 1:
            hint = did_you_mean(name, columns) or f"it has {', '.join(list(columns)[:12])}"
            raise ManifestFault(f"the key names no column: '{name}'", "key", position, hint=hint)
        names.append(alike[0])
    return names


def check_counts(source: ManifestSource | None, columns: Mapping[str, Column]) -> None:
    """ManifestFault where `counts` names no column, or one that holds no numbers."""
    if source is None or (name := source.model.counts) is None:
        return
    found = [column for known, column in columns.items() if known.casefold() == name.casefold()]
    if not found:
        hint = did_you_mean(name, columns) or f"it has {', '.join(list(columns)[:12])}"
        raise ManifestFault(f"'counts' names no column: '{name}'", "counts", hint=hint)
    if not (found[0].family.is_number or found[0].family is Family.UNKNOWN):
        message = f"'counts' needs a column of numbers, and '{name}' is {found[0].family}"
        raise ManifestFault(message, "counts", hint="it says how many each row stands for")


def count_keys(engine: DuckDB, relation: str, key: Sequence[str]) -> tuple[int, int]:
    """Rows whose key occurred before, and rows whose key is NULL (in any of its columns)."""
    names = [identifier(name) for name in key]
    given = " AND ".join(f"{name} IS NOT NULL" for name in names)
    value = names[0] if len(names) == 1 else f"({', '.join(names)})"
    rows, keyed, distinct = engine.run(
        f"SELECT count(*), count(CASE WHEN {given} THEN 1 END), count(DISTINCT CASE WHEN {given} THEN {value} END) "
        f"FROM {relation}"
    ).one()
    return keyed - distinct, rows - keyed


def drop_duplicates(engine: DuckDB, table: str, key: Sequence[str]) -> None:
    """Keeps the first row of each key, in the order of the files; rows without a key stay."""
    names = [identifier(name) for name in key]
    given = " AND ".join(f"{name} IS NOT NULL" for name in names)
    engine.execute(
        f"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM (SELECT rowid, row_number() OVER "
        f"(PARTITION BY {', '.join(names)} ORDER BY rowid) AS n FROM {table} WHERE {given}) WHERE n > 1)"
    )


def refuse_duplicates(engine: DuckDB, relation: str, key: Sequence[str], count: int) -> None:
    """The error of `on_duplicate: error`, with an example."""
    names = ", ".join(identifier(name) for name in key)
    given = " AND ".join(f"{identifier(name)} IS NOT NULL" for name in key)
    example = engine.run(
        f"SELECT {names} FROM {relation} WHERE {given} GROUP BY {names} HAVING count(*) > 1 ORDER BY {names} LIMIT 1"
    ).one()
    shown = ", ".join(f"{name} = {value}" for name, value in zip(key, example, strict=True))
    raise EvidenceError(f"{count} rows have a key that occurred before, for example {shown} (on_duplicate: error)")


def count_rows(engine: DuckDB, relation: str) -> int:
    return int(engine.run(f"SELECT count(*) FROM {relation}").one()[0])
