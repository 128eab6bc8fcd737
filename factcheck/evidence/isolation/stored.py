"""A dataset as it was read, written away so that it can be had again without reading its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.names import identifier, literal

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

# What Parquet holds as it is; of the others it would make something else (a wide integer a double), so they travel as
# text. What has no exact text either is not stored.
_AS_IT_IS = ("BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
             "FLOAT", "DOUBLE", "VARCHAR", "DATE", "TIMESTAMP", "BLOB")  # fmt: skip
_NOTHING = '"NULL"'  # the type of a column without any value
_AS_TEXT = ("HUGEINT", "UHUGEINT", "TIME", "UUID")


@dataclass(frozen=True)
class Stored:
    """How a relation is made again: the statement, the files that it reads, and the digest of the one that is ours."""

    create: str
    paths: tuple[str | Path, ...] = ()
    file: Path | None = None
    sha256: str | None = None


def store(engine: DuckDB, name: str, path: Path) -> Stored | None:
    """Writes a table into the Parquet file `path`; of a view only its statement is kept. None where it cannot be."""
    views = engine.run(f"SELECT sql FROM duckdb_views() WHERE view_name = {literal(name)} AND NOT internal").rows()
    if views:
        return Stored(str(views[0][0]))
    columns = {column: found.type for column, found in engine.schema(name).items()}
    if _NOTHING in columns.values() or not copy(engine, name, path):
        return None
    back = ", ".join(
        f"CAST(c{i} AS {kind}) AS {identifier(column)}" if _text_or_not(kind) else f"c{i} AS {identifier(column)}"
        for i, (column, kind) in enumerate(columns.items())
    )
    select = f"SELECT {back} FROM read_parquet({literal(str(path))})"
    again = {column: found.type for column, found in engine.describe(select).items()}
    if again != columns:
        raise EvidenceError("its types cannot be stored")
    return Stored(f"CREATE TABLE {identifier(name)} AS {select}", (path,), path)


def copy(engine: DuckDB, name: str, path: Path) -> bool:
    """Writes the rows of a table or view into a Parquet file, its columns as c0, c1, …; False where it cannot be."""
    columns = {column: found.type for column, found in engine.schema(name).items()}
    if not all(_text_or_not(kind) is not None for kind in columns.values()):
        return False
    out = ", ".join(
        f"CAST({identifier(column)} AS VARCHAR) AS c{i}" if _text_or_not(kind) else f"{identifier(column)} AS c{i}"
        for i, (column, kind) in enumerate(columns.items())
    )
    engine.execute(f"COPY (SELECT {out} FROM {identifier(name)}) TO {literal(str(path))} (FORMAT parquet)")
    return True


def _text_or_not(kind: str) -> bool | None:
    """Whether a type travels as text; None where it cannot travel."""
    if kind in _AS_IT_IS or (kind.startswith("DECIMAL(") and not kind.endswith("]")):
        return False
    if kind.endswith("[]"):
        return False if _text_or_not(kind[:-2]) is False else None
    if kind in (*_AS_TEXT, _NOTHING) or (kind.startswith("ENUM(") and kind.endswith(")")):
        return True
    return None
