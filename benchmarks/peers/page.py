"""docs/benchmarks.md and its pictures, from results.json alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.peers import losses, mishap_tables, pictures, tables
from benchmarks.peers.coordination_tables import coordination, differences
from benchmarks.peers.environments import HERE
from benchmarks.peers.questions import questions
from benchmarks.peers.reading import Reading, Results
from benchmarks.peers.tools import TOOLS
from factcheck.reports.pictures import svg

DOCS = HERE.parents[1] / "docs"
PAGE, FOLDER = DOCS / "benchmarks.md", DOCS / "benchmarks"
WRITTEN = HERE / "written"
TEXTS = HERE / "texts"
CALM = 1.0  # load of a machine that does nothing else
BUSY = (
    "**Other work ran on the machine**, so that seconds by the clock are longer than they need be, and not by the same "
    "for each; the ratios of processor time are the ones to rely on."
)


def write(results: Path) -> int:
    """Writes the page, its pictures and the files of ten claims; returns the exit code."""
    stored: Results = json.loads(results.read_text(encoding="utf-8"))
    for path, text in files(stored).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    print(f"written: {PAGE.name}")
    return 0


def files(results: Results) -> dict[Path, str]:
    """Everything that is made from the results, by where it lies."""
    drawn = {FOLDER / f"{one.name}.svg": svg.standalone(one) for one in pictures.pictures(results)}
    return {PAGE: text(results), **drawn, **written()}


def written() -> dict[Path, str]:
    """The files that each tool's user writes for ten claims."""
    asked = questions(tables.SHOWN)
    return {
        WRITTEN / tool / name: content
        for tool, one in TOOLS.items()
        if tool != "questions"
        for name, content in one.write(asked).items()
    }


def text(results: Results) -> str:
    """The whole page: the texts that people wrote, with the tables in their places."""
    reading = Reading(results)
    whole = (TEXTS / "page.md").read_text(encoding="utf-8")
    for name, part in _parts(reading):
        assert f"{{{{{name}}}}}" in whole, name
        whole = whole.replace(f"{{{{{name}}}}}", part.rstrip("\n"))
    return whole


def _parts(reading: Reading) -> Iterator[tuple[str, str]]:
    """What stands in the places of the page, by their names."""
    results, made = reading.results, reading.results["made"]
    load = f"load {made['load']} at the start"
    yield "made", f"{made['date']}, {made['machine']}, {load}, {made.get('minutes', '?')} minutes"
    yield "versions", tables.versions(results)
    yield "missing-tools", _missing(results)
    yield "ceiling", f"{made['ceiling']:.0f}"
    yield "gains", losses.gains(reading)
    yield "gains-processor", losses.processor(reading)
    yield "busy", BUSY if made["load"] > CALM else ""
    yield "times", "\n".join(_timed(reading, rows) for rows in reading.rows)
    yield "inside", tables.inside(reading)
    yield "processor", "\n".join(f"{rows:,} rows:\n\n{tables.processor(reading, rows)}" for rows in reading.rows)
    yield "memory", tables.memory(reading)
    yield "memory-picture", _picture(results, "memory")
    yield "agreement", tables.agreement(reading)
    yield "effort", tables.effort(reading)
    yield "first-claim", _first()
    for case, title in mishap_tables.CASES.items():
        yield f"slip-{case}", f"### {title}\n\n{mishap_tables.slips(results, case)}"
    yield "holes-picture", _picture(results, "missing")
    yield "holes", mishap_tables.holes(results)
    yield "coordination", coordination(results)
    yield "coordination-differences", differences(results)
    yield "losses-time", losses.times(reading)
    yield "losses-memory", losses.memory(reading)
    yield "losses-lines", losses.lines()


def _timed(reading: Reading, rows: int) -> str:
    shown = _picture(reading.results, f"time-{rows // 1_000_000}m")
    return f"### {rows:,} rows\n\n{shown}\n\n{tables.times(reading, rows)}"


def _picture(results: Results, name: str) -> str:
    found = next((one for one in pictures.pictures(results) if one.name == name), None)
    return "" if found is None else f"![{found.alt}](benchmarks/{name}.svg)"


def _missing(results: Results) -> str:
    found = [f"{TOOLS[tool].label}: {reason}" for tool, reason in results["missing"].items()]
    return f"Not to be had in this run: {'; '.join(found)}." if found else ""


def _first() -> str:
    """How the first claim is written in each way."""
    (one,) = questions(1)
    parts = []
    for tool, kept in TOOLS.items():
        if tool in ("questions", "in-memory"):
            continue
        content = next(iter(kept.write([one]).values()))
        parts.append(f"**{kept.label}**\n\n```{kept.language}\n{content}```\n")
    return "\n".join(parts)
