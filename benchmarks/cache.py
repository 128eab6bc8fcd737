"""What checking again costs: whole processes over the same project, unchanged and edited, with the cache and without.

    python -m benchmarks.cache [--rows 1000000] [--claims 100] [--rounds 3]

Two projects: the worked examples of this repository (where statistics and simulations cost most), and generated posts
in one CSV file with claims about them (where reading costs most). In every round each way is run once, one after the
other, on copies; the shortest counts, and ratios are to the first run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = "from factcheck.cli import main; main()"
Edit = Callable[[Path], None]


def seconds(project: Path, *arguments: str) -> tuple[float, str]:
    """The time of `factcheck check` as a whole process, and what it printed."""
    command = [sys.executable, "-c", CODE, "check", "--format", "json", "--now", "2026-11-26", "--quiet", *arguments]
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=project, stdout=subprocess.PIPE, check=True, text=True)
    return time.perf_counter() - begin, done.stdout


def replaced(file: str, before: str, after: str) -> Edit:
    def edit(project: Path) -> None:
        path = project / file
        text = path.read_text(encoding="utf-8")
        assert before in text, (file, before)
        path.write_text(text.replace(before, after, 1), encoding="utf-8")

    return edit


def worked(folder: Path) -> dict[str, Edit]:
    for name in ("claims", "evidence"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "factcheck.yaml", folder)
    return {
        "one figure edited": replaced("claims/bob-ross.yaml", "claimed: 9%", "claimed: 8%"),
        "one condition edited": replaced("claims/bob-ross.yaml", "share: BEACH = 1", "share: BEACH = 0"),
    }


def posts(folder: Path, rows: int, claims: int) -> dict[str, Edit]:
    (folder / "claims").mkdir()
    (folder / "evidence").mkdir()
    chance = random.Random(1)
    countries = ("Russia", "Ukraine", "Mexico", "Spain", "United States")
    with (folder / "evidence" / "posts.csv").open("w", encoding="utf-8") as file:
        file.write("id,country,followers,text,created_at\n")
        for i in range(rows):
            day, hour = 1 + i % 28, i % 24
            text = f"word{chance.randrange(5000)} about elections and weather {i % 977}"
            file.write(f"{i},{chance.choice(countries)},{chance.randrange(100_000)},{text},2018-04-{day:02}T{hour:02}:00:00\n")
    manifest = "datasets:\n  posts: {files: posts.csv, completeness: complete, key: id}\n"
    (folder / "evidence" / "posts.yaml").write_text(manifest, encoding="utf-8")
    lines = [
        f"  - {{id: c{i}, statement: Claim {i}., dataset: posts, claimed: 20%, "
        f"measure: {{share: \"followers > {i * 997} AND country = 'Russia'\"}}}}\n"
        for i in range(claims)
    ]
    (folder / "claims" / "posts.yaml").write_text("claims:\n" + "".join(lines), encoding="utf-8")
    return {
        "one figure edited": replaced("claims/posts.yaml", "claimed: 20%", "claimed: 19%"),
        "one condition edited": replaced("claims/posts.yaml", "followers > 997 ", "followers > 1001 "),
    }


def measured(name: str, folder: Path, edits: dict[str, Edit], rounds: int) -> None:
    times: dict[str, float] = {}

    def note(way: str, taken: float) -> None:
        times[way] = min(taken, times.get(way, float("inf")))

    for number in range(rounds):
        project = folder.parent / f"{folder.name}-{number}"
        shutil.copytree(folder, project)
        taken, fresh = seconds(project, "--no-cache")
        note("without the cache", taken)
        taken, first = seconds(project)
        note("first run", taken)
        taken, second = seconds(project)
        note("unchanged", taken)
        assert fresh == first == second, "a kept verdict is another one"
        for way, edit in edits.items():
            edit(project)
            taken, kept = seconds(project)
            note(way, taken)
            assert kept == seconds(project, "--no-cache")[1], f"a kept verdict is another one: {way}"
        shutil.rmtree(project)
    print(f"\n{name}\n\n| run | seconds | of the first |\n|---|---|---|")
    for way in ("first run", "without the cache", "unchanged", *edits):
        print(f"| {way} | {times[way]:.2f} | {times[way] / times['first run']:.1%} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--claims", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = str(Path(folder) / "state")
        first, second = Path(folder) / "worked", Path(folder) / "posts"
        for project in (first, second):
            project.mkdir()
        edits = worked(first)
        count = len(json.loads(seconds(first, "--no-cache")[1])["claims"])
        measured(f"The worked examples, {count} claims", first, edits, options.rounds)
        edits = posts(second, options.rows, options.claims)
        name = f"{options.claims} claims about one CSV file of {options.rows:,} rows"
        measured(name, second, edits, options.rounds)


if __name__ == "__main__":
    main()
