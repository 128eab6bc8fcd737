"""What is measured: seconds of the processor, statements, cells and their bytes, as one thing grows at a time."""

from __future__ import annotations

import os
import platform
import re
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from factcheck.evidence.asks import Ask
from factcheck.evidence.cells import answer
from factcheck.evidence.engines.duckdb import DuckDB, open_engine
from factcheck.evidence.engines.frame import Frame

sys.path.insert(0, str(Path(__file__).parents[1] / "cells"))
import claims
import posts

ROWS = (1_000_000, 2_000_000, 5_000_000, 10_000_000)
CLAIMS = (1, 10, 50, 100, 200, 500, 1000, 2000)
VARIANTS = (1, 4, 16)
MIDDLE_ROWS, MIDDLE_CLAIMS = 5_000_000, 500
_WIDTHS = {"UTINYINT": 1, "USMALLINT": 2, "UINTEGER": 4, "INTEGER": 4, "BIGINT": 8, "UBIGINT": 8, "HUGEINT": 16}
_KEPT = re.compile(r'CREATE TEMP TABLE "(scratch:\d+)" AS SELECT (?!DISTINCT)')


class Counting:
    """An engine that counts what is asked of it and what comes back."""

    def __init__(self, engine: DuckDB) -> None:
        self._engine = engine
        self.statements = self.groups = self.cells = self.bytes = self.code_bytes = 0

    def schema(self, relation: str) -> Any:
        return self._engine.schema(relation)

    def run(self, sql: str, *, timeout: float | None = None) -> Frame:
        frame = self._engine.run(sql, timeout=timeout)
        self.statements += 1
        if (kept := _KEPT.match(sql)) is not None:
            kinds = [column.type for column in self._engine.schema(kept[1]).values()]
            self.code_bytes = max(self.code_bytes, sum(_WIDTHS.get(kind, 8) for kind in kinds))
        if " AS cell, COUNT(*) AS n" in sql:
            self.groups += 1
            self.cells += len(frame)
            self.bytes += sum(column.nbytes for column in frame.columns)
        return frame

    def close(self) -> None: ...


def measure(folder: Path, scale: int, rounds: int) -> dict[str, Any]:
    """Everything on the page. `scale` divides the rows; of `rounds` takings of each figure the best counts."""
    made = {rows: _made(folder, rows // scale) for rows in ROWS}
    middle = made[MIDDLE_ROWS]
    asks = claims.shares(MIDDLE_CLAIMS, claims.EIGHT)
    found: dict[str, Any] = {
        "machine": f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, DuckDB "
        f"{duckdb.__version__}, {datetime.now(UTC):%-d %B %Y}, load {os.getloadavg()[0]:.1f} at the start",
        "rows": [{"rows": rows // scale, **_timed(path, asks, rounds)} for rows, path in made.items()],
        "claims": [{"claims": n, **_timed(middle, claims.shares(n, claims.EIGHT), rounds)} for n in CLAIMS],
        "keys": [
            {"keys": n, **_timed(middle, claims.shares(100, claims.EIGHT[: n]), rounds)} for n in (4, 5, 6, 7, 8)
        ],
        "variants": [
            {"variants": n, **_timed(middle, _varied(claims.shares(100, claims.EIGHT), n), rounds)} for n in VARIANTS
        ],
        "scan": _scanned(middle, rounds),
        "one_by_one": _one_by_one(middle, asks, rounds),
        "file": _file(middle),
    }
    from benchmarks.scaling.spark import compared

    if (spark := compared({rows // scale: made[rows] for rows in (ROWS[0], MIDDLE_ROWS)}, rounds)) is not None:
        found["spark"] = spark
    return found


def _made(folder: Path, rows: int) -> Path:
    return posts.make(rows, folder)


def _opened(path: Path) -> DuckDB:
    opened = open_engine(memory_limit="2GB", threads=2)
    opened.execute(f"CREATE VIEW posts AS SELECT * FROM '{path}'")
    return opened


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _timed(path: Path, asks: Sequence[Ask], rounds: int) -> dict[str, Any]:
    opened = _opened(path)
    best: dict[str, Any] = {}
    try:
        for _ in range(rounds):
            engine = Counting(opened)
            start, processor = time.perf_counter(), _processor()
            answer(engine, {"posts": claims.dataset()}, asks)
            spent = {"seconds": time.perf_counter() - start, "processor": _processor() - processor}
            if not best or spent["processor"] < best["processor"]:
                names = ("statements", "groups", "cells", "bytes", "code_bytes")
                best = {**spent, **{name: getattr(engine, name) for name in names}}
    finally:
        opened.close()
    return best


def _scanned(path: Path, rounds: int) -> dict[str, float]:
    """Reading every needed column once, and counting."""
    opened, times = _opened(path), []
    scan = f"SELECT {', '.join(f'COUNT({name})' for name in claims.EIGHT)} FROM posts"
    for _ in range(rounds + 1):  # the first brings the file into memory
        start, processor = time.perf_counter(), _processor()
        opened.run(scan)
        times.append((_processor() - processor, time.perf_counter() - start))
    opened.close()
    processor, seconds = min(times)
    return {"processor": processor, "seconds": seconds}


def _one_by_one(path: Path, asks: Sequence[Ask], rounds: int) -> dict[str, float]:
    """Twenty of the claims as queries of their own, as a person would write them."""
    opened, times, chosen = _opened(path), [], asks[:20]
    for _ in range(rounds):
        processor = _processor()
        for ask in chosen:
            where = f" WHERE {ask.base.sql}" if ask.base is not None else ""
            opened.run(f"SELECT COUNT(*), COUNT(CASE WHEN {ask.by[0].sql} THEN 1 END) FROM posts{where}")
        times.append((_processor() - processor) / len(chosen))
    opened.close()
    return {"processor": min(times)}


def _file(path: Path) -> dict[str, float]:
    """Bytes of the needed columns in the file, compressed."""
    with duckdb.connect() as reading:
        listed = ", ".join(f"'{name}'" for name in claims.EIGHT)
        (size,) = reading.execute(
            f"SELECT SUM(total_compressed_size) FROM parquet_metadata('{path}') WHERE path_in_schema IN ({listed})"
        ).fetchall()[0]
        (rows,) = reading.execute(f"SELECT COUNT(*) FROM '{path}'").fetchall()[0]
    return {"bytes_per_row": float(np.float64(size) / rows), "rows": rows}


def _varied(asks: Sequence[Ask], variants: int) -> list[Ask]:
    """Every claim with other thresholds besides: what `vary` asks."""
    found = dict.fromkeys(asks)
    for i in range(1, variants):
        other = f"followers >= {i * 25}"
        bases = [other if ask.base is None else f"({ask.base.sql}) AND {other}" for ask in asks]
        found |= dict.fromkeys(
            replace(ask, base=claims.bound(base)) for ask, base in zip(asks, bases, strict=True)
        )
    return list(found)
