"""What happens when a name is misspelt and when values are missing: each tool is run, and what it tells is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.cells import posts
from benchmarks.peers.forms import holes
from benchmarks.peers.processes import Ran, run
from benchmarks.peers.questions import Condition, Question, questions
from benchmarks.peers.store import Cell, Store
from benchmarks.peers.timing import Plan
from benchmarks.peers.tools import TOOLS, figures, lay_out, put

ROWS = 200_000
EVERY = 10  # every tenth row has no country
OTHERS = 9  # right claims beside the one with the slip
LONGEST = 180  # letters of a message
PATIENCE = 300.0  # seconds that any of these small runs may take, on however busy a machine
_VK = (Condition("platform", "=", "vk"),)


def _slip(that: Condition, base: tuple[Condition, ...]) -> Question:
    return Question("slip", "share", None, (that,), base, "12%", 0.115, 0.125)


SLIPS: dict[str, Question] = {
    "column": _slip(Condition("contry", "=", "Russia"), _VK),
    "value": _slip(Condition("country", "=", "Rusia"), _VK),
    "base": _slip(Condition("verified", "true"), (Condition("country", "=", "Rusia"),)),
}


def measure(plan: Plan, store: Store) -> Iterator[str]:
    """Runs every slip, and the holes, with every tool; those that are there stay."""
    data = holed(plan.out)
    there = {(one["tool"], one["case"]) for one in store.mishaps}
    for tool in holes.FILES:
        if tool not in plan.tools or tool in store.missing:
            continue
        for case in (*SLIPS, "holes"):
            if (tool, case) not in there:
                found = _holes(plan, tool, data) if case == "holes" else _slipped(plan, tool, SLIPS[case], data)
                store.add(store.mishaps, {"tool": tool, "case": case, **found})
                yield f"{TOOLS[tool].label}, {case}: {found['figure']} {found['said'][:100]}"


def holed(out: Path) -> Path:
    """Posts of which exactly every tenth has no country."""
    import duckdb

    path, whole = out / "holed.parquet", posts.make(ROWS, out)
    if not path.exists():
        numbered = f"SELECT *, ROW_NUMBER() OVER (ORDER BY created_at) AS r FROM '{whole}'"
        country = f"CASE WHEN r % {EVERY} <> 0 THEN COALESCE(country, 'US') END AS country"
        select = f"SELECT * EXCLUDE (r) REPLACE ({country}) FROM ({numbered})"
        duckdb.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path


def _slipped(plan: Plan, tool: str, slip: Question, data: Path) -> Cell:
    """What becomes of the claim with the slip, in the middle of right ones, and of these."""
    asked = questions(OTHERS)
    asked.insert(OTHERS // 2, slip)
    folder = lay_out(TOOLS[tool], asked, data, plan.out / "slip")
    ran = run(TOOLS[tool].line(), folder, PATIENCE, plan.memory)
    found = figures(ran.told or {})
    others = sum(found.get(one.id) is not None for one in asked if one is not slip)
    passed = ((ran.told or {}).get("passed") or {}).get("slip")
    for verdict in (one for one in (ran.told or {}).get("claims", []) if one["id"] == "slip"):
        passed = verdict["outcome"] + (f", confidence {verdict['confidence']}" if verdict["confidence"] else "")
    return {"figure": found.get("slip"), "passed": passed, "others": others, "said": _said(tool, ran, folder)}


def _holes(plan: Plan, tool: str, data: Path) -> Cell:
    folder = put(holes.FILES[tool], data, plan.out / "holes")
    ran = run(TOOLS[tool].line(), folder, PATIENCE, plan.memory)
    told = ran.told or {}
    found = figures(told)
    scale = 100 if tool in holes.PERCENT else 1
    both = {name: _over(found.get(name), scale) for name in ("russia", "other")}
    region = next(((one["low"], one["high"]) for one in told.get("claims", []) if one["id"] == "russia"), None)
    missing = (told.get("missing") or {}).get("russia") if region is None else told["claims"][0]["missing"]
    return {"figure": both["russia"], "other": both["other"], "region": region, "missing": missing, "said": _note(told)}


def _over(figure: float | None, scale: int) -> float | None:
    return None if figure is None else figure / scale


def _note(told: dict[str, Any]) -> str:
    """The first note of a verdict on what is missing."""
    notes = [note for one in told.get("claims", [])[:1] for note in one["notes"] if note["domain"] == "missing data"]
    return str(notes[0]["text"]) if notes else ""


def _said(tool: str, ran: Ran, folder: Path) -> str:
    """What the tool says of the slip, on one line: of factcheck the message on the terminal, of others their errors."""
    if tool == "factcheck":
        command = [part for part in TOOLS[tool].line() if part not in ("--format", "json", "-q")]
        shown = run(command, folder, PATIENCE, 5_000)
        return _line(_MESSAGE.findall(shown.errors + shown.output))
    told = ran.told or {"error": f"stopped: {ran.stopped}"}
    return _line([str(told.get("error") or ""), *told.get("said", [])])


_MESSAGE = re.compile(r"no (?:column|row has) .*|did you mean.*|.*nothing was evaluated.*")


def _line(texts: list[str]) -> str:
    """The first three lines that say anything, without figures of where, short enough for a table."""
    lines = [line.strip() for text in texts for line in text.splitlines() if re.search(r"\w", line)]
    whole = re.sub(r"\s+", " ", " ".join(dict.fromkeys(lines[:3])))
    return whole if len(whole) <= LONGEST else f"{whole[:LONGEST].rstrip()} …"
