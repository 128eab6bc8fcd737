"""Where others are better, worked out from the results, each with its reason."""

from __future__ import annotations

from benchmarks.peers.questions import questions
from benchmarks.peers.reading import Reading
from benchmarks.peers.tables import LONG, SHOWN, lines_of, seconds, table
from benchmarks.peers.tools import TOOLS

NOTABLE = 1.05  # times as long or as much: less is chance


def times(reading: Reading) -> str:
    """For each size: who was faster than the whole of `factcheck check`, and how many times."""
    lines = []
    for rows in reading.rows:
        for claims in reading.claims:
            faster = _better(reading, rows, claims, "clock")
            if faster:
                ours = reading.cell("factcheck", rows, claims)
                assert ours is not None  # or nothing could be better
                lines.append([f"{rows:,}", f"{claims}", seconds(ours["clock"]), "; ".join(faster)])
    return table(["rows", "claims", "factcheck check, seconds", "faster"], lines) if lines else "Nowhere.\n"


def memory(reading: Reading) -> str:
    """Who needed less memory with the most claims that both were measured with."""
    rows = reading.rows[-1]
    for claims in reversed(reading.claims):
        ours = reading.cell("factcheck", rows, claims)
        if ours is not None:
            less = _better(reading, rows, claims, "peak")
            told = f"; less: {'; '.join(less)}" if less else "; nobody needed less"
            return f"{claims} claims over {rows:,} rows: {ours['peak']:,} MB{told}."
    return "Not measured."


def _better(reading: Reading, rows: int, claims: int, key: str) -> list[str]:
    """The tools with a lower figure, lowest first: `name, how many times`."""
    ours = reading.cell("factcheck", rows, claims)
    found = [] if ours is None else [
        (ours[key] / one[key], tool)
        for tool in reading.tools
        if tool not in ("factcheck", "questions") and (one := reading.cell(tool, rows, claims))
    ]  # fmt: skip
    return [f"{TOOLS[tool].label} {times:.1f}×" for times, tool in sorted(found, reverse=True) if times > NOTABLE]


def lines() -> str:
    """Who writes fewer lines for ten claims."""
    counts = {name: lines_of(TOOLS[name].write(questions(SHOWN))) for name in TOOLS if name != "questions"}
    fewer = [f"{TOOLS[name].label} {n}" for name, n in sorted(counts.items(), key=lambda one: one[1])]
    return f"Lines for {SHOWN} claims: {'; '.join(fewer)}."


def gains(reading: Reading) -> str:
    """With the most claims: how many times as long every other takes, measured or carried on."""
    lines = []
    for tool in (one for one in reading.tools if one not in ("factcheck", "questions")):
        cells = []
        for rows in reading.rows:
            ours, theirs = reading.time("factcheck", rows, LONG), reading.time(tool, rows, LONG)
            if ours is None or theirs is None:
                cells.append(reading.why_not(tool, rows, LONG) or "–")
            else:
                exact = ours.measured and theirs.measured
                cells.append(f"{'' if exact else '~'}{theirs.seconds / ours.seconds:.1f}")
        lines.append([TOOLS[tool].label, *cells])
    return table(["times as long", *(f"{rows:,} rows" for rows in reading.rows)], lines)


def processor(reading: Reading) -> str:
    """The same of processor time, of the most claims with which both were measured."""
    lines = []
    for tool in (one for one in reading.tools if one not in ("factcheck", "questions")):
        cells = []
        for rows in reading.rows:
            pairs = [(n, reading.cell("factcheck", rows, n), reading.cell(tool, rows, n)) for n in reading.claims]
            both = [(n, theirs["cpu"] / ours["cpu"]) for n, ours, theirs in pairs if ours and theirs]
            cells.append(f"{both[-1][1]:.1f}{_with(both[-1][0])}" if both else "–")
        lines.append([TOOLS[tool].label, *cells])
    return table(["times the processor time", *(f"{rows:,} rows" for rows in reading.rows)], lines)


def _with(claims: int) -> str:
    return "" if claims == LONG else f" ({claims} claims)"
