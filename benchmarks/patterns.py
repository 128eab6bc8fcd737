"""What measuring how rows lie to one another costs, beside pandas, SciPy and networkx over the same files.

    python benchmarks/patterns.py                                  # 20 million links, 10 million posts
    python benchmarks/patterns.py --links 200000 --few 50000 --posts 200000      # a quick look
    python benchmarks/patterns.py --only gap --only cascade

Data are made up and written as Parquet. Every run is a process of its own: for us the whole of `factcheck check`, with
reading and the ledger, for the others a script that reads the columns that it needs. Seconds are those of the clock and
of the processor, memory is the largest sum over a process and those below it. The figures are compared: where one
differs, the table ends with it and the exit code is 1. networkx gets fewer links, which is what it can hold.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]

import patterns_peers as peers  # noqa: E402  # found beside this file
from ingest import watch  # noqa: E402
from patterns_data import generate  # noqa: E402


@dataclass(frozen=True)
class Job:
    """Claims that are checked in one run, and who else finds the same figures. `within`: how far these may differ,
    for searches that end elsewhere in every run."""

    dataset: str
    claims: dict[str, tuple[str, str]]
    others: dict[str, peers.Peer]
    within: float = 1e-9


@dataclass(frozen=True)
class Run:
    figures: peers.Figures
    clock: float
    cpu: float
    peak: float


COUNTS = {
    "nodes": ("network: nodes", "ten"),
    "edges": ("network: edges", "ten"),
    "density": ("network: density", "half"),
    "reciprocity": ("network: reciprocity", "half"),
    "max-degree": ("network: max_degree", "ten"),
    "mean-degree": ("network: mean_degree", "4.5"),
}
PARTS = {name: (f"network: {name.replace('-', '_')}", "ten") for name in ("components", "largest-component")}
SPREAD = {
    name: (f"cascade: {name.replace('-', '_')}, link: {{from: id, to: parent}}", "half" if "share" in name else "ten")
    for name in ("secondary-share", "depth", "size")
}


def _one(name: str, measure: str, claimed: str, peer: peers.Peer) -> Job:
    return Job("posts", {name: (measure, claimed)}, {"pandas": peer})


JOBS = {
    "counts of links": Job("links", COUNTS, {"pandas": peers.counts_pandas}),
    "counts of links, text ids": Job("named-links", COUNTS, {"pandas": peers.counts_pandas}),
    "counts of fewer links": Job(
        "few-links", COUNTS, {"networkx": peers.counts_networkx, "pandas": peers.counts_pandas}
    ),
    "components": Job("links", PARTS, {"SciPy": peers.components_scipy}),
    "components, fewer links": Job("few-links", PARTS, {"networkx": peers.components_networkx}),
    "communities": Job(
        "groups",
        {"modularity": ("network: modularity, directed: false", "0.5")},
        {"networkx, Louvain, one run": peers.communities_networkx},
        0.02,
    ),
    "gap": _one("gap", "gap: created_at", "five hours", peers.gap),
    "gap of any author": _one("gap-by", "gap: created_at, by: author, edges: skip", "a month", peers.gap_by),
    "delay": _one("delay", "delay: {from: replied_to_at, to: created_at}", "a day", peers.delay),
    "hours": _one("hours", "hours: created_at, timezone: Asia/Shanghai", "{9: 5%}", peers.hours),
    "peaks": _one("peaks", "peaks: created_at, per: day", "[2018-04-21]", peers.peaks),
    "trend": _one("trend", "trend: created_at, per: day", "rising", peers.trend),
    "rate": _one(
        "rate",
        "rate: {count: rows}, during: created_at >= '2018-05-21', versus: created_at < '2018-05-21', time: created_at",
        "twice",
        peers.rate,
    ),
    "overlap": _one("overlap", "overlap: [topic = 1, topic = 2], of: author", "half", peers.overlap),
    "correlation": _one("correlation", "correlation: [likes, views]", "0.5", peers.correlation),
    "duplicates": _one("duplicates", "duplicates: share, text: text", "a fifth", peers.duplicates),
    "cascade": Job("posts", SPREAD, {"pandas": peers.cascade}),
    "reading alone": Job("posts", {"rows": ("count: rows", "ten")}, {}),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--links", type=int, default=20_000_000)
    parser.add_argument("--few", type=int, default=1_000_000, help="links that networkx gets")
    parser.add_argument("--posts", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=1, help="the shortest of so many runs counts")
    parser.add_argument("--only", action="append", choices=JOBS, help="this job alone; may be repeated")
    parser.add_argument("--out", type=Path, help="keep the generated files here")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)  # what a process of its own measures
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(once(arguments.out, *arguments.one)))
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        root = (arguments.out or Path(temporary)).resolve()
        generate(root, arguments.links, arguments.few, arguments.posts)
        print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, ", end="")
        print(f"{arguments.links:,} and {arguments.few:,} links, {arguments.posts:,} posts")
        print(", ".join(f"{name} {version(name)}" for name in ("duckdb", "pandas", "scipy", "networkx")) + "\n")
        return table(root, arguments.only or list(JOBS), arguments.repeats)


def table(root: Path, names: list[str], repeats: int) -> int:
    print("| | who | clock s | processor s | peak MB | ratios: clock, processor, memory |\n|---|---|---|---|---|---|")
    wrong: list[str] = []
    for name in names:
        mine = best(root, name, "factcheck", repeats)
        print(line(name, "factcheck", mine), flush=True)
        for who in JOBS[name].others:
            theirs = best(root, name, who, repeats)
            print(line("", who, theirs, ratios(mine, theirs)), flush=True)
            wrong += differences(name, who, mine, theirs)
    print("\n" + ("\n".join(wrong) or "All figures are the same."))
    return 1 if wrong else 0


def ratios(mine: Run | None, theirs: Run | None) -> str:
    if mine is None or theirs is None:
        return ""
    pairs = ((mine.clock, theirs.clock), (mine.cpu, theirs.cpu), (mine.peak, theirs.peak))
    return ", ".join(f"{a / b:.2f}" for a, b in pairs)


def differences(name: str, who: str, mine: Run | None, theirs: Run | None) -> list[str]:
    if mine is None or theirs is None:
        return [f"{name}: not compared with {who}, because a run failed"]
    return [
        f"{name}: {figure} is {mine.figures[figure]} here and {value} with {who}"
        for figure, value in theirs.figures.items()
        if not same(mine.figures[figure], value, JOBS[name].within)
    ]


def line(name: str, who: str, run: Run | None, compared: str = "") -> str:
    if run is None:
        return f"| {name} | {who} | failed | | | |"
    return f"| {name} | {who} | {run.clock:.2f} | {run.cpu:.2f} | {run.peak:.0f} | {compared} |"


def best(root: Path, name: str, who: str, repeats: int) -> Run | None:
    runs = [run for _ in range(repeats) if (run := in_process(root, name, who)) is not None]
    if not runs:
        return None
    return Run(
        runs[0].figures, min(run.clock for run in runs), min(run.cpu for run in runs), max(run.peak for run in runs)
    )


def in_process(root: Path, name: str, who: str) -> Run | None:
    """One run in a process of its own, watched from outside; None where it fails."""
    command = [sys.executable, __file__, "--out", str(root), "--one", name, who]
    before, started = os.times(), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    peaks = [0.0]
    watching = threading.Thread(target=watch, args=(process, peaks), daemon=True)
    watching.start()
    said, _ = process.communicate()
    watching.join()
    clock, after = time.perf_counter() - started, os.times()
    if process.returncode:
        return None
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    return Run(json.loads(said), clock, cpu, peaks[0])


def once(root: Path, name: str, who: str) -> peers.Figures:
    job = JOBS[name]
    return ours(root, name, job) if who == "factcheck" else job.others[who](root, job.dataset)


def ours(root: Path, name: str, job: Job) -> peers.Figures:
    import factcheck

    file = root / "claims" / f"{name.replace(' ', '-').replace(',', '')}.yaml"
    file.parent.mkdir(exist_ok=True)
    claims = [
        f"  - {{id: {id}, statement: S., dataset: {job.dataset}, measure: {{{measure}}}, claimed: {quoted(claimed)}}}\n"
        for id, (measure, claimed) in job.claims.items()
    ]
    file.write_text("claims:\n" + "".join(claims))
    run = factcheck.check(file, project=root)
    failed = [f"{verdict.claim.id}: {verdict.error or verdict.reason}" for verdict in run if verdict.estimate is None]
    if failed:
        raise SystemExit("\n".join(failed))
    return {verdict.claim.id: plain(verdict.estimate) for verdict in run}


def quoted(claimed: str) -> str:
    return claimed if claimed.startswith(("{", "[")) else f'"{claimed}"'


def plain(value: Any) -> Any:
    """An estimate as JSON has it."""
    if isinstance(value, (int, Fraction)):
        return float(value)
    if isinstance(value, dict):
        return {str(key): float(part) for key, part in value.items()}
    return sorted(map(str, value)) if isinstance(value, tuple) else str(value)


def same(mine: Any, theirs: Any, within: float) -> bool:
    if isinstance(theirs, dict):
        return all(same(mine.get(key, 0.0), value, within) for key, value in theirs.items())
    if isinstance(theirs, (int, float)):
        return math.isclose(mine, theirs, rel_tol=within, abs_tol=1e-12)
    return bool(mine == theirs)


if __name__ == "__main__":
    sys.exit(main())
