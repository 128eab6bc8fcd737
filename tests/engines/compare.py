"""The same statement on DuckDB and on another engine: what differs between the two answers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Column
from factcheck.evidence.engines.dialects import Refused
from factcheck.evidence.engines.duckdb import DuckDB
from factcheck.evidence.engines.frame import Frame
from factcheck.evidence.engines.names import identifier, literal
from factcheck.evidence.engines.remote import Remote
from factcheck.evidence.engines.types import family

CLOSE = 1e-9  # relative, of floating-point numbers; everything else is the same or not
_AS_TEXT = ("HUGEINT", "UHUGEINT", "TIME", "UUID", "ENUM")


@dataclass(frozen=True)
class Pair:
    """DuckDB and another engine with the same tables."""

    here: DuckDB
    there: Remote
    folder: Path

    def table(self, name: str, select: str) -> None:
        """A table on both from a SELECT of DuckDB's."""
        self.here.execute(f"CREATE OR REPLACE TABLE {identifier(name)} AS {select}")
        columns = self.here.schema(name)
        path = self.folder / f"{len(list(self.folder.iterdir()))}.parquet"
        send(self.here, name, columns, path)
        self.there.put(name, {n: Column(n, c.type, family(c.type)) for n, c in columns.items()}, path)
        path.unlink()

    def difference(self, sql: str, *, may_fail: bool = True, refusable: bool = False) -> str | None:
        """What differs between the answers, or None.

        may_fail: that both fail is no difference. refusable: the other engine may say that it cannot do this.
        """
        ours, theirs = _answer(self.here, sql), _answer(self.there, sql)
        if isinstance(theirs, Refused):
            return None if refusable else f"refused: {theirs.message}"
        if isinstance(ours, EvidenceError) or isinstance(theirs, EvidenceError):
            both = isinstance(ours, EvidenceError) and isinstance(theirs, EvidenceError)
            return None if both and may_fail else f"{_told(ours)}  ≠  {_told(theirs)}"
        a, b = _rows(ours), _rows(theirs)
        if "ORDER BY" not in sql.rpartition(")")[2]:
            a, b = sorted(a, key=repr), sorted(b, key=repr)
        if ours.types != theirs.types:
            return f"types {ours.types} ≠ {theirs.types}"
        if len(a) != len(b):
            return f"{len(a)} rows ≠ {len(b)} rows: {a[:5]} {b[:5]}"
        return next((f"{x!r} ≠ {y!r}" for x, y in zip(a, b, strict=True) if not _same(x, y)), None)


def send(engine: DuckDB, name: str, columns: Mapping[str, Column], path: Path) -> None:
    """A table as the Parquet file that a `Server` is given."""
    values = [
        f"CAST({identifier(n)} AS VARCHAR)" if c.type.split("(")[0] in _AS_TEXT else identifier(n)
        for n, c in columns.items()
    ]
    listed = ", ".join(f"{value} AS c{i}" for i, value in enumerate(values))
    engine.execute(f"COPY (SELECT {listed} FROM {identifier(name)}) TO {literal(str(path))} (FORMAT parquet)")


def _answer(engine: Any, sql: str) -> Frame | EvidenceError:
    try:
        found: Frame = engine.run(sql)
    except EvidenceError as error:
        return error
    return found


def _rows(frame: Frame) -> list[tuple[Any, ...]]:
    """The rows; a column with a date that Python has none for as what numpy writes of each."""
    columns = []
    for at, column in enumerate(frame.columns):
        try:
            columns.append(frame.values(at))
        except EvidenceError:
            columns.append([None if null else str(v) for v, null in zip(column, frame.nulls[at], strict=True)])
    return list(zip(*columns, strict=True))


def _told(answer: Frame | EvidenceError) -> str:
    return f"error: {answer.message}" if isinstance(answer, EvidenceError) else repr(_rows(answer)[:3])


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, (tuple, list)) and isinstance(b, (tuple, list)):
        return len(a) == len(b) and all(map(_same, a, b))
    if isinstance(a, float) and isinstance(b, float):
        if math.isnan(a) or math.isnan(b):
            return math.isnan(a) and math.isnan(b)
        return a == b or math.isclose(a, b, rel_tol=CLOSE, abs_tol=0)
    return type(a) is type(b) and (a == b) and isinstance(a, date) == isinstance(b, date)
