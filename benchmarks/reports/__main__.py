"""Seconds and sizes of every form of report, side by side in one run over the same verdicts.

    python -m benchmarks.reports [--claims 500] [--rounds 3] [--output FILE]

The claims are evaluated once. Each form is then made in turn, `rounds` times, after a round that only warms; the
shortest counts. Whole processes of `factcheck report` follow, which read, evaluate and write. A ratio is that to the
Markdown text.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.reports import project
from factcheck.evidence.examples import MOST, Wish
from factcheck.pipeline import Run, check
from factcheck.project import open_project
from factcheck.reports import FORMS, RESULTS, render, results_as
from factcheck.reports.dossier import Options, dossiers, whole

NOW = datetime(2026, 11, 26)
OPTIONS = Options(base_url="https://example.org/checks/")
Making = Callable[[], Sequence[str | bytes]]


@dataclass(frozen=True)
class Timed:
    """A form: the shortest of its rounds in seconds, bytes, number of files."""

    name: str
    seconds: float
    size: int
    files: int


def makings(run: Run) -> dict[str, Making]:
    """What is timed within one process, by its name in the table."""
    from factcheck.reports import markdown

    def text(form: str) -> Making:
        return lambda: [render(run, form, OPTIONS)]

    def results(form: str) -> Making:
        return lambda: [results_as(run, form)]

    found: dict[str, Making] = {
        "Markdown, one text": text("markdown"),
        "Markdown, pictures as SVG files": lambda: [
            file.content for file in markdown.files(dossiers(run, OPTIONS), OPTIONS)
        ],
        "Markdown, overview alone": lambda: [markdown.overview(whole(run, OPTIONS))],
        "HTML, one file with pictures": text("html"),
        "JSON, pictures as specifications": text("json"),
        "ClaimReview, one graph": text("claimreview"),
        "RO-Crate, its description": text("rocrate"),
    }
    assert {"markdown", "html", "json", "claimreview", "rocrate"} == set(FORMS), "a form is not timed"
    return found | {f"results as {form}": results(form) for form in RESULTS}


def timed(name: str, make: Making, rounds: int) -> Timed:
    """The shortest of the rounds; what they make must be the same each time."""
    made = make()
    least = float("inf")
    for _ in range(rounds):
        begin = time.perf_counter()
        again = make()
        least = min(least, time.perf_counter() - begin)
        if again != made:
            sys.exit(f"{name}: not the same twice")
    return Timed(name, least, sum(map(_bytes, made)), len(made))


def process(form: str, root: Path) -> Timed:
    """A fresh `factcheck report`, from reading the claims to the last file."""
    program = shutil.which("factcheck", path=str(Path(sys.executable).parent)) or "factcheck"
    folder = root / "reports"
    shutil.rmtree(folder, ignore_errors=True)
    begin = time.perf_counter()
    done = subprocess.run(
        [program, "report", "--quiet", "--format", form, "--now", NOW.date().isoformat()],
        cwd=root, capture_output=True, check=False,
    )  # fmt: skip
    seconds = time.perf_counter() - begin
    if done.returncode:
        sys.exit(f"factcheck report --format {form} failed:\n{done.stderr.decode()}")
    files = [path for path in folder.rglob("*") if path.is_file()]
    return Timed(f"`factcheck report --format {form}`", seconds, sum(path.stat().st_size for path in files), len(files))


def evaluated(root: Path) -> tuple[Run, float]:
    begin = time.perf_counter()
    run = check(open_project(root), now=NOW, examples=Wish(MOST))
    return run, time.perf_counter() - begin


def _bytes(content: str | bytes) -> int:
    return len(content.encode("utf-8") if isinstance(content, str) else content)


def table(found: Sequence[Timed]) -> str:
    base = found[0].seconds
    lines = ["| form | seconds | ratio | size | files |", "|---|---:|---:|---:|---:|"]
    lines += [
        f"| {one.name} | {one.seconds:.2f} | {one.seconds / base:.2f} | {one.size / 1e6:.2f} MB | {one.files} |"
        for one in found
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output", type=Path, help="where the figures are written as JSON")
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "project"
        project.write(root, asked.claims)
        run, checking = evaluated(root)
        found = [timed(label, make, asked.rounds) for label, make in makings(run).items()]
        found += [process(form, root) for form in ("markdown", "html")]
    outcomes = {outcome: number for outcome, number in run.summary().items() if number}
    about = {
        "claims": len(run), "outcomes": outcomes, "rounds": asked.rounds, "check seconds": round(checking, 2),
        "load at start": round(load, 2), "load at end": round(os.getloadavg()[0], 2),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
    }  # fmt: skip
    print(", ".join(f"{key} {value}" for key, value in about.items()))
    print(f"\n{table(found)}")
    if asked.output:
        forms = [asdict(one) | {"seconds": round(one.seconds, 3)} for one in found]
        asked.output.write_text(json.dumps(about | {"forms": forms}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
