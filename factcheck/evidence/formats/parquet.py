"""Parquet: stays where it is, behind a view, so that twenty million rows cost nothing to load."""

from __future__ import annotations

from pathlib import Path

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.names import identifier, literal
from factcheck.evidence.engines.types import family
from factcheck.evidence.formats import files
from factcheck.evidence.formats.source import Job, Source, SourceColumn

# Types that the rest of the engine does not reason with, and what they are read as.
_READ_AS = {
    "TIMESTAMP WITH TIME ZONE": "TIMESTAMP",  # the session runs in UTC
    "TIMESTAMP_MS": "TIMESTAMP",
    "TIMESTAMP_S": "TIMESTAMP",
    "TIME WITH TIME ZONE": "TIME",
    "UUID": "VARCHAR",
}


def head(job: Job) -> dict[str, SourceColumn]:
    """The columns, exact: a Parquet file ends with its schema."""
    return open(job).columns


def open(job: Job) -> Source:
    """All files as one relation."""
    paths = [_prepared(job, path, number) for number, path in enumerate(job.files)]
    schemas = [_schema(job, path, original) for path, original in zip(paths, job.files, strict=True)]
    _agree(schemas, [job.show(path) for path in job.files])
    listed = "[" + ", ".join(literal(job.at(path)) for path in paths) + "]"
    union = ", union_by_name=true" if len(paths) > 1 else ""
    relation = f"read_parquet({listed}{union}, hive_partitioning=false)"
    columns = {name: typed_column(name, c.type) for name, c in job.engine.describe(f"FROM {relation}").items()}
    (records,) = job.engine.run(f"SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata({listed})").one()
    return Source(relation, columns, stays=True, records=records, paths=tuple(map(job.at, paths)))


def _prepared(job: Job, path: Path, number: int) -> Path:
    target = job.scratch / f"{job.label}-{number}.parquet"
    if path.suffix == ".zst":
        return files.decompress_zst(path, target, job.show(path))
    return files.copy(path, target) if path.suffix == ".gz" else path


def _schema(job: Job, path: Path, original: Path) -> dict[str, str]:
    try:
        found = job.engine.describe(f"FROM read_parquet([{literal(job.at(path))}], hive_partitioning=false)")
    except EvidenceError as error:
        if "cannot be read: " in error.message and path in job.places:
            raise  # the store's own trouble, told in full
        reason = error.message.replace(job.at(path), job.show(original))
        raise EvidenceError(f"{job.show(original)} is no complete Parquet file: {reason}") from error
    return {name: column.type for name, column in found.items()}


def _agree(schemas: list[dict[str, str]], shown: list[str]) -> None:
    """Every file must have the same columns, of the same kind."""
    first = schemas[0]
    for schema, name in zip(schemas[1:], shown[1:], strict=True):
        for column in [*first, *schema]:
            if column not in schema or column not in first:
                lacking, having = (name, shown[0]) if column not in schema else (shown[0], name)
                raise EvidenceError(f"{lacking} has no column '{column}', which {having} has")
            if _kind(schema[column]) != _kind(first[column]):
                raise EvidenceError(
                    f"column '{column}' is {schema[column]} in {name} and {first[column]} in {shown[0]}"
                )


def _kind(kind: str) -> tuple[Family, bool]:
    """Times with a zone are no times on a clock that nobody names: together they would all be taken for UTC."""
    return family(kind), "WITH TIME ZONE" in kind


def typed_column(name: str, kind: str) -> SourceColumn:
    """A column that has a type of its own, in one that the rest of the engine reasons with."""
    quoted = identifier(name)
    if kind == "TIMESTAMP_NS":  # a cast would round the last moment of a day up into the next
        return SourceColumn(name, f"MAKE_TIMESTAMP(EPOCH_US({quoted}))", "TIMESTAMP")
    if kind in _READ_AS:
        zoned = "WITH TIME ZONE" in kind
        return SourceColumn(name, f"CAST({quoted} AS {_READ_AS[kind]})", _READ_AS[kind], utc=zoned)
    if kind.startswith("ENUM"):
        return SourceColumn(name, f"CAST({quoted} AS VARCHAR)", "VARCHAR")
    return SourceColumn(name, quoted, kind)
