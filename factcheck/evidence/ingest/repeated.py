"""Rows that a join has made of one: the commonest way in which a query counts what is not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from factcheck.evidence.dataset import Column, Dataset, Notice, Origin
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.ingest.notices import notice
from factcheck.evidence.manifest import ManifestSource

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB


def repeated_rows(
    engine: DuckDB, source: ManifestSource, columns: Mapping[str, Column], reads: Sequence[Dataset]
) -> list[Notice]:
    """What is told of a query whose rows are called by the unit of a dataset that it reads, and repeat its rows.

    Where the manifest states a key for the result, repeated keys are counted as duplicates, and nothing is told here.
    """
    if source.model.key or source.model.unit is None or len(reads) < 2:
        return []
    for read in reads:
        key = [_passed_on(columns, Origin(read.name, name)) for name in read.key]
        if read.unit != source.model.unit or not key or None in key:
            continue
        names = [identifier(name) for name in key if name is not None]
        known = " AND ".join(f"{name} IS NOT NULL" for name in names)
        different = names[0] if len(names) == 1 else f"({', '.join(names)})"
        sql = f"SELECT count(*), count(DISTINCT {different}) FROM {identifier(source.name)} WHERE {known}"
        rows, once = engine.run(sql).one()
        if rows > once:
            unit, called = source.model.unit, ", ".join(read.key)
            return [notice("repeated-rows", None, dataset=read.name, unit=unit, key=called, count=rows - once)]
    return []


def _passed_on(columns: Mapping[str, Column], origin: Origin) -> str | None:
    """The column of the result that is this one of a dataset, as it stands or computed from it alone."""
    return next((name for name, column in columns.items() if column.origins == (origin,)), None)
