"""How long every tool takes for how many claims over how many rows, how much memory, and whether figures agree."""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cells import posts
from benchmarks.peers.processes import Ran, run
from benchmarks.peers.questions import questions
from benchmarks.peers.reading import Reading, at_most
from benchmarks.peers.store import Cell, Store
from benchmarks.peers.tools import TOOLS, figures, lay_out

Figures = dict[str, float | None]
WITHIN = 1e-9  # how far figures may lie apart, relatively: the order of a sum's terms shows beyond
SHORT = 8.0  # seconds: shorter runs are repeated
PATIENCE = 4  # times the ceiling, after which a run is stopped: it was only expected to stay below that
ALONE = (1, 50, 500)  # claims for which the queries of factcheck are measured without the rest of it


@dataclass(frozen=True)
class Plan:
    """What is measured: sizes, tools, and how long a run (`ceiling`) and all of them (`end`, by the clock) may take."""

    rows: Sequence[int]
    claims: Sequence[int]
    tools: Sequence[str]
    out: Path
    rounds: int
    ceiling: float
    end: float
    memory: float


def measure(plan: Plan, store: Store) -> Iterator[str]:
    """Measures every cell that is not there yet, small ones first; tells a line of each."""
    for claims in plan.claims:
        for rows in plan.rows:
            for tool in _tools(plan, store, rows, claims):
                cell = _cell(plan, store, tool, rows, claims)
                store.add(store.times, cell)
                yield _line(cell)


def _tools(plan: Plan, store: Store, rows: int, claims: int) -> Iterable[str]:
    """The tools whose cell is still to be measured; factcheck's queries alone are told of few numbers of claims."""
    wanted = [tool for tool in plan.tools if tool != "questions" or claims in ALONE]
    return [tool for tool in wanted if store.cell(tool, rows, claims) is None and tool not in store.missing]


def _cell(plan: Plan, store: Store, tool: str, rows: int, claims: int) -> Cell:
    """One cell: the shortest of its rounds, or why there is none."""
    cell: Cell = {"tool": tool, "rows": rows, "claims": claims}
    if tool != "factcheck" and foreseen(store, tool, rows, claims) > plan.ceiling:  # all are held against factcheck
        return {**cell, "stopped": "too slow", "unmeasured": True}
    if stopped := _too_large(store, tool, rows, claims):
        return {**cell, "stopped": stopped, "unmeasured": True}
    if time.monotonic() > plan.end:
        return {**cell, "stopped": "no time left", "unmeasured": True}
    runs = [once(plan, tool, rows, claims)]
    while len(runs) < plan.rounds and runs[0].told and runs[0].clock < SHORT:
        runs.append(once(plan, tool, rows, claims))
    best = min((one for one in runs if one.told), key=lambda one: one.clock, default=None)
    if best is None or best.told is None or best.stopped or "error" in best.told:
        return {**cell, "stopped": runs[0].stopped or _failed(runs[0])}
    store.versions(best.told)
    found = figures(best.told)
    return {
        **cell, "clock": round(best.clock, 3), "cpu": round(min(one.cpu for one in runs), 3),
        "peak": round(max(one.peak for one in runs)), "inner": _rounded(best.told.get("seconds")),
        "statements": best.told.get("statements"), "rounds": len(runs),
        "load": round(os.getloadavg()[0], 1), **agreement(plan, tool, rows, claims, found),
    }  # fmt: skip


def foreseen(store: Store, tool: str, rows: int, claims: int) -> float:
    """Seconds that a cell would take on a machine that does nothing else; 0 where nothing is known."""
    quiet = [{**one, "clock": min(one["clock"], one["cpu"])} if "clock" in one else one for one in store.times]
    expected = Reading({"times": quiet}, at_most).time(tool, rows, claims)
    return 0.0 if expected is None else expected.seconds


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def _failed(ran: Ran) -> str:
    told = ran.told or {}
    return str(told.get("error") or (ran.errors.strip().splitlines() or [f"ended with {ran.code}"])[-1])[:300]


def _too_large(store: Store, tool: str, rows: int, claims: int) -> str | None:
    """Whether the tool needed too much memory before, for no more claims and rows."""
    for one in store.times:
        fewer = one["tool"] == tool and one["rows"] <= rows and one["claims"] <= claims
        if fewer and str(one.get("stopped", "")).startswith("more than"):
            return str(one["stopped"])
    return None


def once(plan: Plan, tool: str, rows: int, claims: int) -> Ran:
    """One run of a tool in a process and a folder of its own."""
    data = posts.make(rows, plan.out)
    folder = lay_out(TOOLS[tool], questions(claims), data, plan.out / "run")
    return run(TOOLS[tool].line(), folder, plan.ceiling * PATIENCE, plan.memory)


def agreement(plan: Plan, tool: str, rows: int, claims: int, found: Figures) -> Cell:
    """How many figures there are, and those that differ from factcheck's, which runs first."""
    path = plan.out / f"figures-{rows}-{claims}.json"
    if tool == "factcheck":
        path.write_text(json.dumps(found), encoding="utf-8")
    if not path.is_file():
        told = once(plan, "factcheck", rows, claims).told
        path.write_text(json.dumps(figures(told or {})), encoding="utf-8")
    ours: Figures = json.loads(path.read_text(encoding="utf-8"))
    differ = [[id, found.get(id), figure] for id, figure in ours.items() if not same(found.get(id), figure)]
    return {"figures": len(ours), "differ": len(differ), "differing": differ[:5]}


def same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=WITHIN, abs_tol=1e-12)


def _line(cell: Cell) -> str:
    head = f"{TOOLS[cell['tool']].label}, {cell['claims']} claims, {cell['rows']:,} rows: "
    if "stopped" in cell:
        return head + str(cell["stopped"])
    differ = f", {cell['differ']} figures differ" if cell["differ"] else ""
    return head + f"{cell['clock']:.2f} s, {cell['peak']:,} MB{differ}"
