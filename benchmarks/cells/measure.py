"""How much cheaper many claims are together: against one scan, one query per claim, and pandas.

    python benchmarks/cells/measure.py --rows 5000000 --pandas

S   one query that touches every needed column once
W   one hand-written WHERE query per claim, measured on a random subset (`--subset`) and scaled to all claims
P   pandas, the needed columns loaded from the same Parquet file, then one mask per claim (subset, scaled)

Each line runs in its own process, so that its peak memory is its own. Every answer of the subset is compared with
that of its plain query; `--check all` compares every answer. Times are the best of `--repeat` runs.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import random
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import claims
import posts
from factcheck.evidence.asks import Ask
from factcheck.evidence.cells import answer
from factcheck.evidence.cells.plan import make_plan
from factcheck.evidence.cells.run import Totals, run_direct
from factcheck.evidence.cells.sampling import stretches
from factcheck.evidence.cells.session import Session
from factcheck.evidence.cells.together import Limits, plan_groups
from factcheck.evidence.engines.duckdb import DuckDB, open_engine

SCAN = (
    "SELECT COUNT(country), COUNT(language), MAX(followers), MAX(created_at), COUNT(retweet_of), MAX(impressions), "
    "COUNT(verified), COUNT(platform) FROM posts"
)
WORKLOADS = {
    "500 claims, 8 columns": (500, claims.EIGHT),
    "500 claims, 5 columns": (500, claims.FIVE),
    "50 claims, 8 columns": (50, claims.EIGHT),
    "1 claim": (1, claims.EIGHT),
}


def engine(path: Path) -> DuckDB:
    opened = open_engine(memory_limit="2GB", threads=2)
    opened.execute(f"CREATE VIEW posts AS SELECT * FROM '{path}'")
    return opened


def best(run: Callable[[], Any], repeat: int) -> float:
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def hand_written(ask: Ask) -> str:
    where = f" WHERE {ask.base.sql}" if ask.base is not None else ""
    return f"SELECT COUNT(*), COUNT(CASE WHEN {ask.by[0].sql} THEN 1 END) FROM posts{where}"


def together(path: Path, count: int, columns: tuple[str, ...], options: argparse.Namespace) -> dict[str, Any]:
    """One workload in this process: times of S, of the planner and of W, and the peak memory of the planner."""
    opened, dataset, asks = engine(path), claims.dataset(), claims.shares(count, columns)
    scan = best(lambda: opened.run(SCAN), options.repeat)
    cells = best(lambda: answer(opened, {"posts": dataset}, asks), options.repeat)
    scan = min(scan, best(lambda: opened.run(SCAN), options.repeat))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    planning = _planning(opened, path, asks)
    chosen = asks if options.check == "all" else random.Random(7).sample(asks, min(len(asks), options.subset))
    single = [best(lambda ask=ask: opened.run(hand_written(ask)), 1 if count > 1 else 5) for ask in chosen]
    found, totals = answer(opened, {"posts": dataset}, asks), Totals(Session(opened), dataset)
    wrong = [ask for ask in chosen if found[ask] != run_direct(totals.session, totals, ask)]
    where = sum(single) / len(single) * count
    return {
        "S": scan,
        "cells": cells,
        "W": where,
        "peak": peak,
        "planning": planning,
        "wrong": len(wrong),
        "of": len(chosen),
    }


def _planning(opened: DuckDB, path: Path, asks: list[Ask]) -> float:
    """Seconds of planning, the engine's own statements not counted."""
    spent = [0.0]

    class Timed(Session):
        def run(self, sql: str) -> Any:
            start = time.perf_counter()
            frame = super().run(sql)
            spent[0] += time.perf_counter() - start
            return frame

    totals = Totals(Timed(opened), claims.dataset())
    rows = totals.rows
    sample = stretches(totals.dataset, rows)
    times = []
    for _ in range(3):
        spent[0], start = 0.0, time.perf_counter()
        plan_groups(make_plan(totals.session, totals.dataset, asks, sample), rows, Limits())
        times.append(time.perf_counter() - start - spent[0])
    return min(times)


def pandas_time(path: Path, count: int, columns: tuple[str, ...], options: argparse.Namespace) -> dict[str, Any]:
    """Load the needed columns, then two masks per claim; conditions are evaluated as a person would write them."""
    import pandas as pd

    asks = claims.shares(count, columns)
    start = time.perf_counter()
    frame = pd.read_parquet(path, columns=list(columns))
    load = time.perf_counter() - start
    chosen = random.Random(7).sample(asks, min(len(asks), options.subset))
    start = time.perf_counter()
    for ask in chosen:
        base = pandas_mask(frame, ask.base.text) if ask.base is not None else None
        held = pandas_mask(frame, ask.by[0].text)
        _ = held.sum() if base is None else (held & base).sum() + base.sum()
    return {"P": load + (time.perf_counter() - start) / len(chosen) * count, "load": load}


def pandas_mask(frame: Any, text: str) -> Any:
    """The mask of a condition in the few forms that claims.py writes."""
    import pandas as pd

    mask = None
    for part in text.split(" AND "):
        words = part.replace("CAST(", "").replace(" AS TIMESTAMP)", "").split(" ")
        negated, column = words[0] == "NOT", frame[words[1] if words[0] == "NOT" else words[0]]
        if len(words) <= 2:
            one = (~column.astype("boolean") if negated else column.astype("boolean")).fillna(False).astype(bool)
        elif words[1] == "IS":
            one = column.notna() if words[2] == "NOT" else column.isna()
        elif words[1] == "IN":
            one = column.isin(["ru", "uk"])
        else:
            raw = " ".join(words[2:]).strip("'")
            value: Any = int(raw) if raw.lstrip("-").isdigit() else raw
            value = pd.Timestamp(raw) if words[0] == "created_at" else value
            compare = {"=": column.eq, "<": column.lt, "<=": column.le, ">": column.gt, ">=": column.ge}[words[1]]
            one = compare(value)
        mask = one if mask is None else mask & one
    return mask


def in_child(function: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--out", type=Path, default=Path("/tmp/factcheck-bench"))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--subset", type=int, default=40)
    parser.add_argument("--check", choices=("subset", "all"), default="subset")
    parser.add_argument("--pandas", action="store_true")
    options = parser.parse_args()
    path = posts.make(options.rows, options.out)
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    load = os.getloadavg()[0]
    print(f"{options.rows:,} rows, {now}, {os.cpu_count()} × {platform.machine()}, load {load:.1f} at the start")
    heads = (
        "workload",
        "S s",
        "together s",
        "× S",
        "W s (scaled)",
        "W ÷ together",
        "planning ms",
        "peak MB",
        "P ÷ together",
    )
    print(f"\n| {' | '.join(heads)} | wrong |\n{'|---' * (len(heads) + 1)}|")
    for name, (count, columns) in WORKLOADS.items():
        r = in_child(together, path, count, columns, options)
        p = in_child(pandas_time, path, count, columns, options)["P"] / r["cells"] if options.pandas else None
        print(
            f"| {name} | {r['S']:.3f} | {r['cells']:.3f} | {r['cells'] / r['S']:.1f} | {r['W']:.2f} "
            f"| {r['W'] / r['cells']:.2f} | {r['planning'] * 1000:.0f} | {r['peak']:.0f} "
            f"| {'–' if p is None else f'{p:.1f}'} | {r['wrong']} of {r['of']} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
