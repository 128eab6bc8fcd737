"""The same claims over the same Parquet file with DuckDB and with Spark here: how much dearer a row is there."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.scaling.measure import MIDDLE_CLAIMS, _opened, _processor, claims
from factcheck.evidence.cells import answer
from factcheck.evidence.engines.remote import Remote
from factcheck.evidence.manifest_models import DatasetManifest

_TICKS = os.sysconf("SC_CLK_TCK")


def compared(tables: Mapping[int, Path], rounds: int) -> dict[str, Any] | None:
    """Seconds of processor time of both by the rows of two tables, the least of `rounds`, and how much more a further
    row takes with Spark; None where Spark cannot be started.

    Starting Spark is not counted, nor is its first round, in which Java compiles what it runs. Every answer is held
    against the other's.
    """
    from factcheck.errors import EvidenceError
    from factcheck.evidence.engines.spark import open_server

    try:
        server = open_server("local[2]", {"spark.sql.shuffle.partitions": "2", "spark.driver.memory": "3g"})
    except EvidenceError as error:
        print(f"Spark: {error}", file=sys.stderr)
        return None
    there = Remote(server)
    sizes = [{"rows": rows, **_both(path, there, rounds)} for rows, path in sorted(tables.items())]
    there.close()
    small, large = sizes
    slopes = {name: large[name] - small[name] for name in ("duckdb", "spark")}
    return {"rows": large["rows"], "claims": MIDDLE_CLAIMS, "sizes": sizes, "ratio": slopes["spark"] / slopes["duckdb"]}


def _both(path: Path, there: Remote, rounds: int) -> dict[str, float]:
    asks, data, here = claims.shares(MIDDLE_CLAIMS, claims.EIGHT), {"posts": claims.dataset()}, _opened(path)
    there.native("posts", DatasetManifest(files=[path.resolve().as_uri()], format="parquet"))
    taken: dict[str, list[float]] = {"duckdb": [], "spark": []}
    for number in range(rounds + 1):
        found = {}
        for name, engine in (("duckdb", here), ("spark", there)):
            begin = _processor() + _children()
            found[name] = answer(engine, data, asks)
            if number:
                taken[name].append(_processor() + _children() - begin)
        differing = sum(found["spark"][ask] != found["duckdb"][ask] for ask in asks)
        if differing:
            raise AssertionError(f"{differing} of {len(asks)} answers differ")
    here.close()
    return {name: min(seconds) for name, seconds in taken.items()}


def _children() -> float:
    """Seconds of processor time of the processes that this one has started and that are still going."""
    children, total = _started(os.getpid()), 0.0
    while children:
        pid = children.pop()
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / _TICKS
        children += _started(pid)
    return total


def _started(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []
