"""DuckDB files: tables of .duckdb files, attached for as long as it takes to copy one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.names import identifier, literal
from factcheck.evidence.formats import files
from factcheck.evidence.formats.databases import chosen, named, refuse_reading, same_count, source
from factcheck.evidence.formats.parquet import typed_column
from factcheck.evidence.formats.source import Job, Note, Source, SourceColumn

_MAGIC_AT = slice(8, 12)
_VERSION = re.compile(r"version number (\d+)")
_AS_TEXT = ("JSON", "BIT", "BIGNUM", "VARINT", "VARIANT")


def head(job: Job) -> dict[str, SourceColumn]:
    """The columns, exact, and the parts of nested ones."""
    refuse_reading(job)
    with _attached(job, 0) as (table, where):
        columns, _ = _columns(job, table, where)
        inner = [_parts(job, table, column) for column in columns.values() if (column.type or "").startswith("STRUCT")]
    for parts in inner:
        columns |= parts
    return columns


def open(job: Job) -> Source:
    """The table of all files as one relation."""
    refuse_reading(job)
    schemas: list[dict[str, SourceColumn]] = []
    notes: list[Note] = []
    parts = [f"{job.label}_{i}" for i in range(len(job.files))]
    for number, part in enumerate(parts):
        with _attached(job, number) as (table, where):
            columns, found = _columns(job, table, where)
            _fill(job, table, where, columns, part)
        schemas.append(columns)
        notes += found
        _agree(schemas[0], columns, job.show(job.files[0]), job.show(job.files[number]))
    relation = f"({' UNION ALL BY NAME '.join(f'FROM {identifier(part)}' for part in parts)})"
    made = {name: replace(column, sql=identifier(name)) for name, column in schemas[0].items()}
    notes += [Note("bytes", {"count": f"{n:,}"}, name) for name, n in _bytes(job, relation, schemas[0]).items() if n]
    return source(job, relation, made, notes, parts)


@contextmanager
def _attached(job: Job, number: int) -> Iterator[tuple[str, str]]:
    """The table in one of the files: how SQL names it, and how people do."""
    original = job.files[number]
    shown = job.show(original)
    path = files.plain(original, job.scratch / f"{job.label}-{number}.duckdb", shown)
    if files.head(path, _MAGIC_AT.stop)[_MAGIC_AT] != b"DUCK":
        raise EvidenceError(f"{shown} is no DuckDB database, or an encrypted one")
    log = original.with_name(original.name + ".wal")
    if log.is_file() and log.stat().st_size:
        raise EvidenceError(
            f"beside {shown} lies {log.name} with changes that are not yet in the database; "
            f"let the program that made it close it, or open a copy of both with DuckDB and write CHECKPOINT;"
        )
    name = identifier(f"{job.label}_file")
    try:
        job.engine.execute(f"ATTACH {literal(str(path))} AS {name} (TYPE duckdb, READ_ONLY)")
    except EvidenceError as error:
        raise EvidenceError(unopened(error.message.replace(str(path), shown), shown)) from error
    try:
        schema, table = _chosen(job, f"{job.label}_file", shown)
        yield f"{name}.{identifier(schema)}.{identifier(table)}", f"{shown}, table '{table}'"
    finally:
        job.engine.execute(f"DETACH {name}")


def unopened(message: str, shown: str) -> str:
    """Why a file could not be attached, and what to do about it."""
    if version := _VERSION.search(message):
        return (
            f"{shown} was written by a version of DuckDB that this program does not know (storage version "
            f"{version[1]}); write the table as Parquet with that version: COPY posts TO 'posts.parquet';"
        )
    return f"{shown} cannot be opened: {message}"


def _chosen(job: Job, database: str, shown: str) -> tuple[str, str]:
    """Schema and name of the table. A view is none: its SELECT could read any file of this computer."""
    found = job.engine.run(
        "SELECT schema_name, table_name, false FROM duckdb_tables() WHERE NOT internal AND database_name = "
        f"{literal(database)} UNION ALL SELECT schema_name, view_name, true FROM duckdb_views() "
        f"WHERE NOT internal AND database_name = {literal(database)} ORDER BY ALL"
    ).rows()
    names = {(name if schema == "main" else f"{schema}.{name}"): (schema, name) for schema, name, v in found if not v}
    views = [name if schema == "main" else f"{schema}.{name}" for schema, name, v in found if v]
    if job.table in views:
        raise EvidenceError(
            f"'{job.table}' in {shown} is a view, which may read other files; make a table of it: "
            f"CREATE TABLE {job.table}_rows AS FROM {job.table};"
        )
    return names[chosen(list(names), job.table, shown)]


def _columns(job: Job, table: str, where: str) -> tuple[dict[str, SourceColumn], list[Note]]:
    found = job.engine.describe(f"FROM {table}")
    names, notes = named(list(found), where)
    columns = {name: typed_column(name, column.type) for name, column in zip(names, found.values(), strict=True)}
    for name, column in columns.items():
        if column.type == "BLOB":
            columns[name] = SourceColumn(name, f"lower(hex({identifier(name)}))", "VARCHAR", normal=True)
        elif column.type in _AS_TEXT:
            columns[name] = SourceColumn(name, f"CAST({identifier(name)} AS VARCHAR)", "VARCHAR")
    return columns, notes


def _parts(job: Job, table: str, column: SourceColumn) -> dict[str, SourceColumn]:
    """The parts of a nested column under their dotted names."""
    found: dict[str, SourceColumn] = {}
    for part, kind in job.engine.describe(f"SELECT unnest({column.sql}) FROM {table}").items():
        name, sql = f"{column.name}.{part}", f"{column.sql}.{identifier(part)}"
        found[name] = replace(typed_column(name, kind.type), sql=sql, inner=True)
        if kind.type.startswith("STRUCT"):
            found |= _parts(job, table, found[name])
    return found


def _fill(job: Job, table: str, where: str, columns: Mapping[str, SourceColumn], part: str) -> None:
    """A copy in the engine; a file that stays open could not be read for another dataset."""
    select = ", ".join(f"{column.sql} AS {identifier(name)}" for name, column in columns.items())
    job.engine.execute(f"CREATE TEMP TABLE {identifier(part)} AS SELECT {select} FROM {table}")
    (counted,) = job.engine.run(f"SELECT count(*) FROM {table}").one()
    (arrived,) = job.engine.run(f"SELECT count(*) FROM {identifier(part)}").one()
    same_count(where, counted, arrived)


def _agree(first: Mapping[str, SourceColumn], other: Mapping[str, SourceColumn], one: str, two: str) -> None:
    for name in (*first, *other):
        if name not in other or name not in first:
            lacking, having = (two, one) if name not in other else (one, two)
            raise EvidenceError(f"{lacking} has no column '{name}', which {having} has")
        if first[name].type != other[name].type:
            raise EvidenceError(f"column '{name}' is {other[name].type} in {two} and {first[name].type} in {one}")


def _bytes(job: Job, relation: str, columns: Mapping[str, SourceColumn]) -> dict[str, int]:
    """How many values of bytes there are, by column."""
    hexed = [name for name, column in columns.items() if column.normal]
    if not hexed:
        return {}
    counts = ", ".join(f"count({identifier(name)})" for name in hexed)
    return dict(zip(hexed, job.engine.run(f"SELECT {counts} FROM {relation}").one(), strict=True))
