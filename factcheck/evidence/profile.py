"""One dataset's columns at a glance: what `factcheck data NAME` shows."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from factcheck.evidence.dataset import Column, DataFile, Dataset, Family, Ledger
from factcheck.evidence.engines.frame import Engine
from factcheck.evidence.engines.names import identifier

COMMON = 5
_ORDERED = (Family.INTEGER, Family.DECIMAL, Family.DOUBLE, Family.DATE, Family.TIMESTAMP, Family.TIME)
_WORDS = {Family.NULL: "text", Family.UNKNOWN: "text"}


def profile(engine: Engine, dataset: Dataset, root: Path | None = None) -> dict[str, Any]:
    """The dataset in the form of `data NAME --format json`: plain values only.

    With the project's `root`, the files' sha256 is taken where loading has not done so.
    """
    ledger = dataset.ledger or Ledger(0, 0)
    return {
        "dataset": dataset.name,
        "format": dataset.format,
        "files": [_file(file, root) for file in dataset.files],
        "ledger": {
            "records": ledger.records,
            "loaded": ledger.loaded,
            "rejected": ledger.rejected,
            "dropped": ledger.dropped,
            "duplicates": ledger.duplicates,
        },
        "rejects": [{"file": r.file, "line": r.line, "reason": r.reason} for r in ledger.rejects],
        "columns": [_column(engine, dataset, column, ledger.lost) for column in dataset.columns.values()],
    }


def _file(file: DataFile, root: Path | None) -> dict[str, Any]:
    from factcheck.evidence.ingest.pin import sha256

    digest = file.sha256
    if digest is None and root is not None:
        digest = sha256(root / file.path)
    return {"path": file.path, "sha256": digest, "bytes": file.bytes}


def _column(engine: Engine, dataset: Dataset, column: Column, lost: Mapping[str, int]) -> dict[str, Any]:
    name, relation = identifier(column.name), identifier(dataset.relation)
    values = f"SELECT {name} AS value, count(*) AS n FROM {relation} GROUP BY 1"
    ends = "NULL, NULL"
    if column.family in _ORDERED:
        value = "CASE WHEN isfinite(value) THEN value END" if column.family is Family.DOUBLE else "value"
        ends = f"min({value}), max({value})"
    distinct, missing, least, largest = engine.run(
        f"SELECT count(value), sum(CASE WHEN value IS NULL THEN n ELSE 0 END), {ends} FROM ({values})"
    ).one()
    common = engine.run(f"SELECT * FROM ({values}) WHERE value IS NOT NULL ORDER BY n DESC, value LIMIT {COMMON}")
    return {
        "name": column.name,
        "type": _WORDS.get(column.family, column.family.value),
        "missing": missing or 0,
        "lost": lost.get(column.name, 0),
        "distinct": distinct,
        "min": plain(least),
        "max": plain(largest),
        "common": [[plain(value), count] for value, count in common.rows()],
        "caveat": column.caveat,
    }


def plain(value: Any) -> Any:
    """A value as JSON knows it: numbers stay numbers, times become ISO 8601 text, the rest text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return {str(key): plain(item) for key, item in value.items()} if isinstance(value, dict) else str(value)
