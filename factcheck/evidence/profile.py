"""One dataset's columns at a glance: what `factcheck data NAME` shows.

Each column is grouped by its values once; everything that is told of it comes from that table, and is exact.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from factcheck.evidence.dataset import Column, DataFile, Dataset, Family, Ledger
from factcheck.evidence.engines.frame import Engine
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.ingest.notices import gathered
from factcheck.evidence.lineage import traced
from factcheck.evidence.stores.address import is_address

COMMON = 5
BINS = 16  # of a histogram
_ORDERED = (Family.INTEGER, Family.DECIMAL, Family.DOUBLE, Family.DATE, Family.TIMESTAMP, Family.TIME)
_WORDS = {Family.NULL: "text", Family.UNKNOWN: "text"}
_ENDS, _TOP, _SHAPE = range(3)  # what a row of a column's answer is


def profile(
    engine: Engine, dataset: Dataset, root: Path | None = None, expressions: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The dataset in the form of `data NAME --format json`: plain values only.

    With the project's `root`, the files' sha256 is taken where loading has not done so. `expressions` are those of
    computed columns, as the manifest has them.
    """
    ledger = dataset.ledger or Ledger(0, 0)
    asked = [(column, *_asked(engine, dataset, column)) for column in dataset.columns.values()]
    files = [_file(file, root) for file in dataset.files]
    return {
        "dataset": dataset.name,
        "format": dataset.format,
        "files": files,
        "ledger": {
            "records": ledger.records,
            "loaded": ledger.loaded,
            "rejected": ledger.rejected,
            "dropped": ledger.dropped,
            "duplicates": ledger.duplicates,
        },
        "rejects": [{"file": r.file, "line": r.line, "reason": r.reason} for r in ledger.rejects],
        "columns": [_column(dataset, column, ends, top, ledger.lost) for column, ends, top, _ in asked],
        "key": {"columns": list(dataset.key), "null": ledger.null_keys},
        "drop": ledger.drop_rule,
        "dropped_by_rule": ledger.dropped_by_rule,
        "pins": {file.path: _pin(file, made["sha256"]) for file, made in zip(dataset.files, files, strict=True)},
        "notes": gathered(ledger.notes),
        "details": {
            column.name: _details(column, ends, shape, ledger.loaded, (expressions or {}).get(column.name))
            for column, ends, _, shape in asked
        },
    }


def _file(file: DataFile, root: Path | None) -> dict[str, Any]:
    from factcheck.evidence.ingest.pin import sha256

    digest = file.sha256
    if digest is None and root is not None and not is_address(file.path):  # an object would be fetched whole for that
        digest = sha256(root / file.path)
    version = {} if file.version is None else {"version": file.version}
    return {"path": file.path, "sha256": digest, "bytes": file.bytes, **version}


def _pin(file: DataFile, digest: str | None) -> str:
    if file.pinned is None:
        return "not pinned"
    return "unchanged" if digest == file.pinned else "changed"


Rows = list[tuple[Any, ...]]
Ends = tuple[int, int, Any, Any]  # different values, rows without one, the least and the largest


def _asked(engine: Engine, dataset: Dataset, column: Column) -> tuple[Ends, Rows, Rows]:
    """The ends, the commonest values with their counts, and the shape: counts by bin or by day."""
    name, relation = identifier(column.name), identifier(dataset.relation)
    value = "CASE WHEN isfinite(value) THEN value END" if _has_infinity(column) else "value"
    least, largest = ("min", "max") if column.family in _ORDERED else ("any_value", "any_value")
    ends = f"{least}({value}) AS a, {largest}({value}) AS b"
    parts = [
        f"SELECT {_ENDS} AS kind, {ends}, count(value) AS n, CAST(sum(CASE WHEN value IS NULL THEN n END) AS BIGINT) "
        "AS m FROM v",
        f"SELECT {_TOP}, value, NULL, n, row_number() OVER (ORDER BY n DESC, value) FROM "
        f"(FROM v WHERE value IS NOT NULL ORDER BY n DESC, value LIMIT {COMMON})",
    ]
    if (shape := _shape(column, value)) is not None:
        parts.append(shape)
    frame = engine.run(
        f"WITH v AS MATERIALIZED (SELECT {name} AS value, count(*) AS n FROM {relation} GROUP BY 1) "
        + " UNION ALL ".join(parts)
    )
    rows = frame.rows()
    (_, low, high, distinct, missing) = next(row for row in rows if row[0] == _ENDS)
    if column.family not in _ORDERED:
        low = high = None
    top = sorted((row for row in rows if row[0] == _TOP), key=lambda row: row[4])
    shapes = sorted((row for row in rows if row[0] == _SHAPE), key=lambda row: row[4])
    return (distinct, missing or 0, low, high), top, shapes


def _has_infinity(column: Column) -> bool:
    return column.family in (Family.DOUBLE, Family.DATE, Family.TIMESTAMP)


def _shape(column: Column, value: str) -> str | None:
    """How many rows fall into each bin of the numbers, or on each day (as days since 1970)."""
    if column.family.is_number:
        ends = f"(SELECT CAST(min({value}) AS DOUBLE) AS low, CAST(max({value}) AS DOUBLE) AS high FROM v)"
        place = f"least({BINS - 1}, floor((CAST({value} AS DOUBLE) - low) / (high - low) * {BINS}))"
        rest = f"FROM v, {ends} WHERE {value} IS NOT NULL AND high > low"
    elif column.family.is_time:
        place, rest = f"date_diff('day', DATE '1970-01-01', CAST({value} AS DATE))", f"FROM v WHERE {value} IS NOT NULL"
    else:
        return None
    return f"SELECT {_SHAPE}, NULL, NULL, CAST(sum(n) AS BIGINT), CAST({place} AS BIGINT) AS m {rest} GROUP BY m"


def _column(dataset: Dataset, column: Column, ends: Ends, top: Rows, lost: Mapping[str, int]) -> dict[str, Any]:
    distinct, missing, least, largest = ends
    return {
        "name": column.name,
        "type": _WORDS.get(column.family, column.family.value),
        "missing": missing,
        "lost": lost.get(column.name, 0),
        "distinct": distinct,
        "min": plain(least),
        "max": plain(largest),
        "common": [[plain(value), count] for _, value, _, count, _ in top],
        "caveat": _caveat(dataset, column),
    }


def _caveat(dataset: Dataset, column: Column) -> str | None:
    """What is said of the column and of those that it is made from."""
    said = [below.columns[name].caveat for below, name in traced(dataset, [column.name], rows=False)]
    return " ".join(dict.fromkeys(filter(None, said))) or None


def _details(column: Column, ends: Ends, shape: Rows, rows: int, expression: str | None) -> dict[str, Any]:
    """What there is to tell of a column beside the fields that are fixed."""
    missing = ends[1]
    return {
        "unit": column.unit,
        "missing_share": missing / rows if rows else None,
        "missing_means_none": column.missing_none,
        "expr": expression,
        "made_from": [*column.uses, *(f"{o.dataset}.{o.column}" for o in column.origins)],
        "histogram": _histogram(ends, shape) if column.family.is_number else None,
        "span": span([(row[4], row[3]) for row in shape]) if column.family.is_time else None,
    }


def _histogram(ends: Ends, shape: Rows) -> dict[str, Any] | None:
    """How many rows fall into each of equally wide bins from the least to the largest number."""
    if not shape:
        return None
    counts = {place: count for *_, count, place in shape}
    return {"low": plain(ends[2]), "high": plain(ends[3]), "rows": [counts.get(i, 0) for i in range(BINS)]}


def span(days: Sequence[tuple[int, int]]) -> dict[str, Any] | None:
    """Rows over time, from (days since 1970, rows): by day, month or year, whichever gives at most 62 of them."""
    if not days:
        return None
    start = datetime.date(1970, 1, 1).toordinal()
    dated = [(datetime.date.fromordinal(min(max(1, start + day), datetime.date.max.toordinal())), n) for day, n in days]
    first, last = dated[0][0], dated[-1][0]
    months = (last.year - first.year) * 12 + last.month - first.month
    if (last - first).days < 62:
        unit, places, size = "day", [((day - first).days, n) for day, n in dated], (last - first).days
    elif months < 62:
        unit, size = "month", months
        places = [((day.year - first.year) * 12 + day.month - first.month, n) for day, n in dated]
    else:
        step = 1 + (last.year - first.year) // 62
        unit, size = "year" if step == 1 else f"{step} years", (last.year - first.year) // step
        places = [((day.year - first.year) // step, n) for day, n in dated]
    counts = [0] * (size + 1)
    for place, n in places:
        counts[place] += n
    return {"first": first.isoformat(), "last": last.isoformat(), "unit": unit, "rows": counts}


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
