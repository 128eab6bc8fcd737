"""Ten thousand claims in one project: what `factcheck check` costs as a whole process, and where the time goes.

    python -m benchmarks.ten_thousand [--claims 10000] [--rows 1000000] [--keep FOLDER]

A hundred claim files, each a dossier with a default period, over generated posts in one Parquet file: shares, counts,
"more than", ranks, largest groups, means, medians, sums, distinct accounts, some with `vary` and some with `checks`.
Two in three figures are taken from the true answer as people round, the others are off. Every true answer comes from a
query that a person would write, one for each claim, which are run one after the other in one DuckDB connection: their
time is W, and every figure that factcheck finds is compared with theirs.

Whole processes are timed with the results as text for a terminal, in every round on a fresh copy of the project: the
first run, the next one with nothing changed, one without the cache, and `validate`. A run under cProfile tells where
the time of the first goes; parts lie within one another, and the process that reads the file is waited for in "asking".
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import platform
import pstats
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.cells import posts
from benchmarks.ten_thousand.claims import asked, truths, write

CODE = "from factcheck.cli import main; main()"
WAYS = (
    ("first run", ("check",)), ("unchanged", ("check",)), ("without the cache", ("check", "--no-cache")),
    ("validate", ("validate",)),
)  # fmt: skip


@dataclass(frozen=True)
class Took:
    """A whole process: seconds by the clock, of all processors, most bytes at once of it and its children, output."""

    clock: float
    processor: float
    peak: float
    output: str


def timed(project: Path, *arguments: str) -> Took:
    command = [sys.executable, "-c", CODE, *arguments]
    before, begin = os.times(), time.perf_counter()
    with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        peak, over = [0], threading.Event()
        watching = threading.Thread(target=_watch, args=(process.pid, peak, over))
        watching.start()
        output, errors = process.communicate()
        clock = time.perf_counter() - begin
        over.set()
        watching.join()
    if process.returncode:
        sys.exit(f"{' '.join(arguments)} failed:\n{errors[-3000:]}")
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Took(clock, used, peak[0] / 1e6, output)


def _watch(pid: int, peak: list[int], over: threading.Event) -> None:
    while not over.wait(0.05):
        peak[0] = max(peak[0], sum(map(_resident, _family(pid))))


def _family(pid: int) -> list[int]:
    try:
        children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir()
                    for child in (task / "children").read_text().split()]  # fmt: skip
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _family(child))]


def _resident(pid: int) -> int:
    """Bytes in memory, what is shared with other processes counted by its part."""
    try:
        found = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in found if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


def compared(output: str, truth: dict[str, Any]) -> Counter[str]:
    """How many figures are those of the plain queries; results in the CSV form have every claim's."""
    found: Counter[str] = Counter()
    for row in csv.DictReader(io.StringIO(output)):
        expected, told, kind = truth[row["id"]], row["estimate"], row["id"].partition("-")[0]
        if kind == "checked":  # of two pieces of evidence, each with a figure of its own
            found["of two figures"] += 1
            continue
        if expected is None or told == "":
            found["without a figure" if told == "" and expected in (None, 0) else f"other {kind}"] += 1
        elif isinstance(expected, str):
            found["same" if expected in told else f"other {kind}"] += 1
        else:
            near = abs(float(told) - float(expected)) <= 1e-9 * max(1.0, abs(float(expected)))
            found["same" if near else f"other {kind}"] += 1
    return found


PARTS = (
    ("reading claim files and manifests", "open_project", "project.py"),
    ("planning: names, types, consistency", "plan", "evaluation.py"),
    ("binding twice, before the rows are read and after", "_bind", "evaluation.py"),
    ("asking, with the time that the other process takes", "answer", "evidence.py"),
    ("of which cells", "answer_together", "together.py"),
    ("of which distinct values and quantiles", "complete", "companions.py"),
    ("asking and measuring", "measure_all", "asking.py"),
    ("judging", "_docket", "evaluation.py"),
    ("keeping measurements in the cache", "keep_measured", "kept.py"),
    ("writing the cache", "commit", "kept.py"),
    ("history", "recorded", "recording.py"),
    ("terminal summary", "render", "terminal.py"),
)
PROFILED = """
import cProfile, sys
from factcheck.cli import main
profile = cProfile.Profile()
try:
    profile.runcall(main, ["check"])
except SystemExit:
    pass
finally:
    profile.dump_stats(sys.argv[1])
"""


def parts(project: Path) -> tuple[float, list[tuple[str, float]]]:
    """Seconds of the parts of a first run under a profiler, which makes Python's own part look about twice as long."""
    stats = project / "profile"
    subprocess.run([sys.executable, "-c", PROFILED, str(stats)], cwd=project, capture_output=True, check=True)
    found = pstats.Stats(str(stats)).stats  # type: ignore[attr-defined]
    total = max(entry[3] for entry in found.values())
    told = []
    for name, function, file in PARTS:
        mine = [entry[3] for (path, _, called), entry in found.items()
                if called == function and path.endswith(f"/{file}")]  # fmt: skip
        told.append((name, max(mine, default=0.0)))
    return total, told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="leave the project in this folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = options.keep or Path(folder) / "kept"
        os.environ["XDG_STATE_HOME"] = str(Path(folder) / "state")
        if not base.exists():
            base.mkdir(parents=True)
            path = posts.make(options.rows, base)
            claims = asked(options.claims)
            truth, seconds = truths(path, claims)
            write(base / "project", path, claims, truth)
            base.joinpath("truth.json").write_text(json.dumps([seconds, truth], default=str), encoding="utf-8")
        seconds, truth = json.loads(base.joinpath("truth.json").read_text(encoding="utf-8"))
        measured(base / "project", Path(folder), truth, seconds, options)


def measured(project: Path, folder: Path, truth: dict[str, Any], plain: float, options: argparse.Namespace) -> None:
    ways: dict[str, Took] = {}
    for number in range(options.rounds):
        copy = folder / f"copy-{number}"
        shutil.copytree(project, copy)
        for way, arguments in WAYS:
            took = timed(copy, *arguments)
            ways[way] = min(took, ways.get(way, took), key=lambda one: one.clock)
    same = compared(timed(copy, "check", "--format", "csv").output, truth)
    cores = f"{os.cpu_count()} × {platform.machine()}, Python {platform.python_version()}, DuckDB {duckdb.__version__}"
    print(f"{options.claims:,} claims, {options.rows:,} rows, {cores}, load {os.getloadavg()[0]:.1f} at the end\n")
    print(f"W, a query of its own for each claim in one connection: {plain:.1f} s. Figures: {dict(same)}\n")
    print("| run | clock | ÷ W | processor time | peak memory | lines of output |\n|---|---|---|---|---|---|")
    for way, took in ways.items():
        lines = took.output.count("\n")
        times = f"{took.clock:.2f} s | {took.clock / plain:.2f} | {took.processor:.2f} s"
        print(f"| {way} | {times} | {took.peak:.0f} MB | {lines:,} |")
    copy = folder / "profiled"
    shutil.copytree(project, copy)
    total, told = parts(copy)
    print(f"\nUnder the profiler, {total:.1f} s in all:\n\n| part | seconds | of the whole |\n|---|---|---|")
    for name, spent in told:
        print(f"| {name} | {spent:.2f} | {spent / total:.0%} |")


if __name__ == "__main__":
    main()
