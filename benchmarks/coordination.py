"""What it costs to find accounts that act together, against CooRTweet's way in pandas, side by side.

    python benchmarks/coordination.py --rows 10000000        # ours at full size, both on what pandas can hold

The shares are generated: a tenth of them on one target, the others on targets of falling popularity, each with its
first share within 30 days and the others behind it, half of them within 17 hours. CooRTweet joins every object's shares
with themselves and keeps what lies within the time; here that is done in pandas, object by object. It gets ever larger
parts of the shares until one needs more than `--memory`. Every run has a process of its own, so that its peak memory
can be told. `--crowd` lays a million shares of a million accounts on one target within an hour, on one within a second,
and on two within an hour each; the last has more pairs than can be listed, and is refused with their number.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

MINUTE = 60_000_000  # microseconds
PARTS = (10_000, 20_000, 50_000, 100_000, 200_000, 500_000)  # shares that pandas is given, one after the other
OURS = ("share, once", "all three, twice", "all three, twice, by actions")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--memory", type=float, default=4.0, help="gigabytes that pandas may take")
    parser.add_argument("--crowd", action="store_true", help="the worst cases as well")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(once(arguments.one, arguments.file, arguments.memory)))
        return
    print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    with tempfile.TemporaryDirectory() as folder:
        small(Path(folder), arguments.rows, arguments.memory)
        for name, rows, sql in worlds(arguments.rows, arguments.crowd):
            file = generate(Path(folder) / "shares.parquet", sql)
            print(f"\n{name}, {rows:,} shares, {file.stat().st_size / 1e6:.0f} MB of Parquet")
            for way in OURS:
                tell(way, run(way, file, arguments.memory))


def worlds(rows: int, crowd: bool) -> list[tuple[str, int, str]]:
    found = [("skewed", rows, skewed(rows, rows))]
    million = min(rows, 1_000_000)
    hour = "CAST(hash(i + {}) % 3600000000 AS BIGINT)"
    if crowd:
        found.append(("one target within an hour", million, crowded("x", hour.format(0), million)))
        found.append(("one target within a second", million, crowded("x", "0", million)))
        both = f"{crowded('x', hour.format(0), million)} UNION ALL {crowded('y', hour.format(7), million)}"
        found.append(("two targets of the same accounts, within an hour each", 2 * million, both))
    return found


def crowded(target: str, late: str, rows: int) -> str:
    return (
        f"SELECT '{target}' AS target, 'a' || i AS actor, TIMESTAMP '2021-01-01' + to_microseconds({late}) AS t "
        f"FROM range({rows}) r(i)"
    )


def skewed(rows: int, of: int) -> str:
    """The first `rows` of `of` shares: a part has the targets and accounts of the whole."""
    uniform = [f"hash(i * 7 + {k}) / 18446744073709551616.0" for k in range(1, 5)]
    popular, place, who, late = uniform
    target = (
        f"CASE WHEN {popular} < 0.1 THEN 0 ELSE 1 + CAST(floor(pow({place}, 2.2) * {max(10, of // 20)}) AS BIGINT) END"
    )
    begins = "hash(g * 11 + 5) / 18446744073709551616.0 * 86400 * 30"
    return (
        f"SELECT md5('t' || g) AS target, md5('a' || a) AS actor, TIMESTAMP '2021-01-01' + "
        f"to_microseconds(1000000 * CAST(floor({begins} - 86400 * ln(1 - late + 1e-9)) AS BIGINT)) AS t FROM (SELECT "
        f"{target} AS g, CAST(floor(pow({who}, 1.5) * {max(10, of // 50)}) AS BIGINT) AS a, {late} AS late "
        f"FROM range({rows}) r(i)) AS drawn"
    )


def generate(file: Path, sql: str) -> Path:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("SET threads = 2")
        connection.execute(f"COPY ({sql}) TO '{file}' (FORMAT parquet)")
    return file


def small(folder: Path, rows: int, memory: float) -> None:
    """Ever larger parts, by both: until pandas needs too much."""
    for part in PARTS:
        if part > rows:
            return
        file = generate(folder / "part.parquet", skewed(part, part))
        print(f"{part:,} shares")
        pandas, ours = run("pandas", file, memory), run("all three, twice", file, memory)
        tell("CooRTweet's way in pandas", pandas)
        tell("ours", ours)
        if pandas.get("failed"):
            return
        if pandas["found"] != ours["found"]:
            raise SystemExit(f"they differ: {pandas['found']} and {ours['found']}")
        faster, less = pandas["seconds"] / ours["seconds"], pandas["peak"] / ours["peak"]
        print(f"  {faster:.1f} times as fast, {less:.1f} times less memory")


def run(way: str, file: Path, memory: float) -> dict[str, Any]:
    command = [sys.executable, __file__, "--one", way, "--file", str(file), "--memory", str(memory)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or ["killed"])[-1]}
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def tell(name: str, found: dict[str, Any]) -> None:
    if found.get("failed"):
        print(f"  {name:32} failed: {found['failed'][:120]}")
        return
    print(f"  {name:32} {found['seconds']:7.1f} s {found['peak']:8,.0f} MB   {found['found']}", flush=True)


def once(way: str, file: Path, memory: float) -> dict[str, Any]:
    if way == "pandas":
        limit = int(memory * 2**30)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    start = time.perf_counter()
    found = joined(file) if way == "pandas" else measured(way, file)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "peak": peak, "found": found}


def joined(file: Path) -> list[int]:
    """Rows, pairs and accounts that are together on two targets, by joining each target's shares with themselves."""
    import numpy as np
    import pandas as pd

    shares = pd.read_parquet(file)
    shares["row"] = np.arange(len(shares))
    kept = []
    for _, group in shares.groupby("target", sort=False):
        if len(group) < 2:
            continue
        both = group.merge(group, on="target", suffixes=("", "_y"))
        both = both[both["row"] < both["row_y"]]
        near = (both["t"] - both["t_y"]).abs() <= pd.Timedelta(seconds=60)
        kept.append(both[near & (both["actor"] != both["actor_y"])])
    met = pd.concat(kept)
    met["low"], met["high"] = met[["actor", "actor_y"]].min(axis=1), met[["actor", "actor_y"]].max(axis=1)
    targets = met.groupby(["low", "high"])["target"].nunique()
    pairs = targets[targets >= 2].index
    of_pairs = met[pd.MultiIndex.from_frame(met[["low", "high"]]).isin(pairs)]
    accounts = set(pairs.get_level_values(0)) | set(pairs.get_level_values(1))
    return [len(set(of_pairs["row"]) | set(of_pairs["row_y"])), len(pairs), len(accounts)]


def measured(way: str, file: Path) -> list[int | None]:
    from factcheck.errors import EvidenceError
    from factcheck.evidence.cells import answer
    from factcheck.evidence.dataset import Dataset
    from factcheck.evidence.engines.duckdb import open_engine
    from factcheck.evidence.expressions import Scope, bind
    from factcheck.evidence.patterns.bursts import Bursts

    with tempfile.TemporaryDirectory() as spill:
        engine = open_engine(threads=2, temp_dir=spill)
        engine.execute(f"CREATE VIEW shares AS FROM '{file}'")
        dataset = Dataset("shares", engine.schema("shares"), "shares", completeness="complete")
        scope = Scope(dataset.columns, {}, None, "shares")
        actor, target, moment = (bind(name, scope) for name in ("actor", "target", "t"))
        windows = tuple(MINUTE * part // 4 for part in (1, 2, 4, 8, 16))
        at_least = 1 if way == "share, once" else 2
        question = Bursts(
            "shares", actor, target, moment, MINUTE, windows, at_least, "actions" if "actions" in way else "targets"
        )
        found = answer(engine, {"shares": dataset}, [question])[question]
        engine.close()
    if isinstance(found, EvidenceError):
        raise SystemExit(str(found))
    figures = found.within(MINUTE)
    return [figures.rows, figures.pairs, figures.accounts]


if __name__ == "__main__":
    main()
