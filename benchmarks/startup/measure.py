"""Whole-process times of `factcheck --help`, and of `validate` and `check` of 500 claims over a small CSV.

    python benchmarks/startup/measure.py [--runs 7]

The commands are run in turn with a bare `python -c pass`, so that a slow machine is seen as one; medians are printed.
"""

from __future__ import annotations

import argparse
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CLAIMS = 500
ROWS = 20_000


def project(folder: Path) -> None:
    """500 claims of four kinds over 20,000 generated posts; the same every time."""
    chance = random.Random(1)
    (folder / "claims").mkdir()
    (folder / "evidence").mkdir()
    rows = ["country,followers,created_at"]
    for _ in range(ROWS):
        country = chance.choice(["Russia", "Ukraine", "USA", "UK", ""])
        rows.append(f"{country},{chance.randint(0, 5000)},2018-04-{chance.randint(1, 28):02d} 10:00:00")
    (folder / "evidence/posts.csv").write_text("\n".join(rows) + "\n")
    manifest = "datasets:\n  posts:\n    files: posts.csv\n    unit: post\n    completeness: complete\n"
    (folder / "evidence/posts.yaml").write_text(manifest)
    measures = (
        ("{share: country = 'Russia', among: followers > %d}", "about 20%%"),
        ("{count: rows, that: \"created_at >= '2018-04-%02d'\"}", "more than %d"),
        ("{mean: followers, among: country = 'USA' and followers > %d}", "about 2,500"),
        ("{rank: Russia, by: country, among: followers < 50%d}", "in the top ten"),
    )
    lines = ["claims:"]
    for i in range(CLAIMS):
        measure, claimed = measures[i % 4]
        number = 1 + i % 27 if i % 4 == 1 else i
        figure = claimed % i if "%d" in claimed else claimed.replace("%%", "%")
        lines += [f"  - id: claim-{i}", f"    statement: Claim number {i} holds.", "    dataset: posts"]
        lines += [f"    measure: {measure % number}", f"    claimed: {figure}"]
    (folder / "claims/claims.yaml").write_text("\n".join(lines) + "\n")


def timed(command: list[str], folder: Path) -> float:
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    taken = time.perf_counter() - begin
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr.decode()}")
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    factcheck = shutil.which("factcheck", path=str(Path(sys.executable).parent)) or "factcheck"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project(folder)
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "factcheck --help": [factcheck, "--help"],
            f"factcheck validate, {CLAIMS} claims": [factcheck, "validate", "--quiet"],
            f"factcheck check, {CLAIMS} claims, {ROWS:,} rows": [factcheck, "check", "--quiet", "--format", "json"],
        }
        taken: dict[str, list[float]] = {label: [] for label in commands}
        for run in range(runs + 1):
            for label, command in commands.items():
                seconds = timed(command, folder)
                if run:  # the first round only warms the file cache
                    taken[label].append(seconds)
    print(f"{platform.machine()}, Python {platform.python_version()}, {runs} runs each, seconds for the whole process")
    print("\n| command | median | least |\n|---|---:|---:|")
    for label, seconds_each in taken.items():
        print(f"| `{label}` | {statistics.median(seconds_each):.2f} | {min(seconds_each):.2f} |")


if __name__ == "__main__":
    main()
