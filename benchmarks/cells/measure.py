"""How much cheaper many claims are together: against one scan, one query per claim, and pandas.

    python benchmarks/cells/measure.py            # 5 and 20 million rows, with pandas
    python benchmarks/cells/measure.py --quick    # 5 million rows

S   one query that touches every needed column once
W   one hand-written WHERE query per claim, measured on a random subset (`--subset`) and scaled to all claims
P   pandas, the needed columns loaded from the same Parquet file, then one mask per claim (subset, scaled)

Each line runs in its own process, so that its peak memory is its own. S, the planner and a slice of W take turns
(`--repeat` rounds), and a ratio is the median of the rounds' ratios: load that comes and goes hits all three. A line of
single claims asks twelve claims one by one, its ratio is the median over them. Every answer of the subset is compared
with that of its plain query; `--check all` compares every answer.
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
from statistics import median
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
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.duckdb import DuckDB, open_engine

SCAN = (
    "SELECT COUNT(country), COUNT(language), MAX(followers), MAX(created_at), COUNT(retweet_of), MAX(impressions), "
    "COUNT(verified), COUNT(platform) FROM posts"
)
WORKLOADS = {
    "500 claims, 8 columns": (500, claims.EIGHT),
    "500 claims, 5 columns": (500, claims.FIVE),
    "50 claims, 8 columns": (50, claims.EIGHT),
}
ALONE = ("claims one by one", 12)


def engine(path: Path) -> DuckDB:
    opened = open_engine(memory_limit="2GB", threads=2)
    opened.execute(f"CREATE VIEW posts AS SELECT * FROM '{path}'")
    return opened


def timed(run: Callable[[], Any]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def hand_written(ask: Ask) -> str:
    where = f" WHERE {ask.base.sql}" if ask.base is not None else ""
    return f"SELECT COUNT(*), COUNT(CASE WHEN {ask.by[0].sql} THEN 1 END) FROM posts{where}"


def together(path: Path, count: int, columns: tuple[str, ...], options: argparse.Namespace) -> dict[str, Any]:
    """One workload in this process: times of S, of the planner and of W in turns, and peak memory."""
    opened, dataset, asks = engine(path), claims.dataset(), claims.shares(count, columns)
    answer(opened, {"posts": dataset}, asks)  # the file into the page cache
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    chosen = asks if options.check == "all" else random.Random(7).sample(asks, min(len(asks), options.subset))
    rounds = []
    for i in range(options.repeat):
        slice_ = chosen[i :: options.repeat]
        scan = timed(lambda: opened.run(SCAN))
        cells = timed(lambda: answer(opened, {"posts": dataset}, asks))
        where = sum(timed(lambda ask=ask: opened.run(hand_written(ask))) for ask in slice_) / len(slice_) * count
        rounds.append((scan, cells, where))
    found, totals = answer(opened, {"posts": dataset}, asks), Totals(Session(opened), dataset)
    wrong = [ask for ask in chosen if found[ask] != run_direct(totals.session, totals, ask)]
    return {
        "S": median(scan for scan, _, _ in rounds),
        "cells": median(cells for _, cells, _ in rounds),
        "W": median(where for _, _, where in rounds),
        "of S": median(cells / scan for scan, cells, _ in rounds),
        # Every round has other claims in its slice of W: all slices together are the fair sum.
        "under W": sum(where for _, _, where in rounds) / sum(cells for _, cells, _ in rounds),
        "peak": peak,
        "planning": _planning(opened, path, asks),
        "wrong": f"{len(wrong)} of {len(chosen)}",
    }


def alone(path: Path, count: int, columns: tuple[str, ...], options: argparse.Namespace) -> dict[str, Any]:
    """`count` claims, each by itself: its time against that of its hand-written query, in turns."""
    opened, dataset, asks = engine(path), claims.dataset(), claims.shares(count, columns)
    ratios, scans, mine, hand, wrong = [], [], [], [], 0
    for ask in asks:
        session = Session(opened)
        wrong += answer(opened, {"posts": dataset}, [ask])[ask] != run_direct(session, Totals(session, dataset), ask)
        pairs = [
            (timed(lambda ask=ask: opened.run(hand_written(ask))), timed(lambda ask=ask: _alone(opened, dataset, ask)))
            for _ in range(5)
        ]
        ratios.append(median(cells / where for where, cells in pairs))
        hand.append(median(where for where, _ in pairs))
        mine.append(median(cells for _, cells in pairs))
        scans.append(timed(lambda: opened.run(SCAN)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "S": median(scans), "cells": median(mine), "W": median(hand), "of S": median(mine) / median(scans),
        "under W": 1 / median(ratios), "peak": peak, "planning": 0.0, "wrong": f"{wrong} of {count}",
        "note": f"{median(ratios):.2f} × the hand-written query (largest {max(ratios):.2f})",
    }  # fmt: skip


def _alone(opened: DuckDB, dataset: Dataset, ask: Ask) -> None:
    answer(opened, {"posts": dataset}, [ask])


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


def table(path: Path, rows: int, options: argparse.Namespace) -> None:
    """Prints the table of one file as it stands in the README."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    machine = f"{os.cpu_count()} × {platform.machine()}, load {os.getloadavg()[0]:.1f} at the start"
    print(f"\n{rows:,} rows, {now}, {machine}\n\n| {' | '.join(HEADS)} |\n{'|---' * len(HEADS)}|")
    for name, (count, columns) in WORKLOADS.items():
        r = in_child(together, path, count, columns, options)
        p = in_child(pandas_time, path, count, columns, options)["P"] / r["cells"] if options.pandas else None
        print(line(name, r, p), flush=True)
    r = in_child(alone, path, ALONE[1], claims.EIGHT, options)
    print(line(f"{ALONE[1]} {ALONE[0]}, median", r, None), flush=True)
    print(f"\n{ALONE[1]} {ALONE[0]}: {r['note']}", flush=True)


HEADS = (
    "workload", "S s", "together s", "× S", "W s (scaled)", "W ÷ together", "planning ms", "peak MB", "P ÷ together",
    "wrong",
)  # fmt: skip


def line(name: str, r: dict[str, Any], p: float | None) -> str:
    figures = (
        f"{r['S']:.3f}", f"{r['cells']:.3f}", f"{r['of S']:.1f}", f"{r['W']:.2f}", f"{r['under W']:.2f}",
        f"{r['planning'] * 1000:.0f}", f"{r['peak']:.0f}", "–" if p is None else f"{p:.1f}", r["wrong"],
    )  # fmt: skip
    return f"| {' | '.join((name, *figures))} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, action="append", help="rows of the file; may be given more than once")
    parser.add_argument("--quick", action="store_true", help="5 million rows only, a small subset for W, no pandas")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "out")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--subset", type=int, default=40)
    parser.add_argument("--check", choices=("subset", "all"), default="subset")
    parser.add_argument("--no-pandas", dest="pandas", action="store_false")
    options = parser.parse_args()
    if options.quick:
        options.subset, options.pandas = 12, False
    for rows in options.rows or ([5_000_000] if options.quick else [5_000_000, 20_000_000]):
        table(posts.make(rows, options.out), rows, options)


if __name__ == "__main__":
    main()
