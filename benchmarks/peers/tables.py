"""The tables of the page, each from the results alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.peers.environments import OWN
from benchmarks.peers.questions import questions
from benchmarks.peers.reading import Reading, Results
from benchmarks.peers.store import Cell
from benchmarks.peers.tools import TOOLS

Row = Sequence[str]
SHOWN = 10  # claims whose files lie in written/
LONG = 500


def table(head: Row, rows: Iterable[Row]) -> str:
    lines = [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines) + "\n"


def in_order(found: Iterable[Cell]) -> list[Cell]:
    """Results in the order of the tools, in whatever order they were measured."""
    return sorted(found, key=lambda one: list(TOOLS).index(one["tool"]))


def seconds(value: float, *, measured: bool = True) -> str:
    """Seconds to two digits that matter; `~` before what was not measured."""
    digits = f"{value:.1f}" if value < 20 else f"{round(value):,}" if value < 100 else f"{round(value, -1):,.0f}"
    return digits if measured else f"~{digits}"


def times(reading: Reading, rows: int) -> str:
    """Seconds of whole processes, a column for each number of claims; the shortest of a column in bold."""
    best = {n: _shortest(reading, rows, n) for n in reading.claims}
    lines = []
    for tool in reading.tools:
        if tool == "questions":
            continue
        cells = [_time(reading, tool, rows, n, best[n]) for n in reading.claims]
        lines.append([TOOLS[tool].label, *cells])
    return table(["seconds", *(f"{n} claim{'s' if n > 1 else ''}" for n in reading.claims)], lines)


def _shortest(reading: Reading, rows: int, claims: int) -> float:
    found = [reading.cell(tool, rows, claims) for tool in reading.tools if tool != "questions"]
    return min((one["clock"] for one in found if one is not None), default=0.0)


def _time(reading: Reading, tool: str, rows: int, claims: int, best: float) -> str:
    found = reading.time(tool, rows, claims)
    if found is None:
        return reading.why_not(tool, rows, claims) or "–"
    text = seconds(found.seconds, measured=found.measured)
    return f"**{text}**" if found.measured and found.seconds == best else text


def inside(reading: Reading) -> str:
    """Seconds from the first look at the data to the last figure, without the start of Python and imports."""
    lines = []
    for tool in reading.tools:
        if tool == "factcheck":
            continue
        cells = [
            "–" if one is None or one.get("inner") is None else seconds(one["inner"])
            for rows in reading.rows
            for n in (1, LONG)
            for one in [reading.cell(tool, rows, n)]
        ]
        lines.append([TOOLS[tool].label, *cells])
    return table(["seconds", *(f"{_million(rows)}, {n}" for rows in reading.rows for n in (1, LONG))], lines)


def _million(rows: int) -> str:
    return f"{rows / 1e6:g}M rows"


def processor(reading: Reading, rows: int) -> str:
    """Seconds of the processor, all cores together."""
    lines = []
    for tool in (one for one in reading.tools if one != "questions"):
        found = [reading.cell(tool, rows, n) for n in reading.claims]
        lines.append([TOOLS[tool].label, *("–" if one is None else seconds(one["cpu"]) for one in found)])
    return table(["seconds of the processor", *map(str, reading.claims)], lines)


def memory(reading: Reading) -> str:
    """The largest memory in MB, of the largest number of claims that was measured."""
    lines = []
    for tool in (one for one in reading.tools if one != "questions"):
        cells = []
        for rows in reading.rows:
            found = [(n, one) for n in reading.claims if (one := reading.cell(tool, rows, n))]
            why = next((why for n in reading.claims if (why := reading.why_not(tool, rows, n))), "–")
            cells.append(f"{found[-1][1]['peak']:,}" + _of(found[-1][0], reading.claims[-1]) if found else why)
        lines.append([TOOLS[tool].label, *cells])
    return table(["MB", *map(_million, reading.rows)], lines)


def _of(claims: int, most: int) -> str:
    return "" if claims == most else f" ({claims} claims)"


def effort(reading: Reading) -> str:
    """Statements that were issued, and the lines of the files that a user writes."""
    lines = []
    few, many = questions(SHOWN), questions(LONG)
    for tool in reading.tools:
        if tool == "factcheck":
            continue
        name = "factcheck" if tool == "questions" else tool
        cells = [_statements(reading, tool, n) for n in (1, 50, LONG)]
        counts = [f"{lines_of(TOOLS[name].write(asked)):,}" for asked in (few, many)]
        characters = sum(map(len, TOOLS[name].write(few).values())) / SHOWN
        lines.append([TOOLS[name].label, *cells, *counts, f"{characters:.0f}"])
    head = [f"statements for {n} claim{'s' if n > 1 else ''}" for n in (1, 50, LONG)]
    return table(["", *head, f"lines for {SHOWN}", f"lines for {LONG}", "letters a claim"], lines)


def lines_of(files: dict[str, str]) -> int:
    """Lines that say anything."""
    return sum(bool(line.strip(" )]}(,;")) for text in files.values() for line in text.splitlines())


def _statements(reading: Reading, tool: str, claims: int) -> str:
    found = [one for rows in reading.rows if (one := reading.cell(tool, rows, claims))]
    counts = sorted({one["statements"] for one in found if one.get("statements") is not None})
    return "–" if not counts else f"{counts[0]}" if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"


def agreement(reading: Reading) -> str:
    """How many figures of each tool were held against factcheck's, and which differ."""
    lines = []
    for tool in (one for one in reading.tools if one not in ("factcheck", "questions")):
        found = [one for key, one in reading.cells.items() if key[0] == tool and "figures" in one]
        compared, differ = (sum(one[key] for one in found) for key in ("figures", "differ"))
        first = next((one["differing"][0] for one in found if one["differing"]), None)
        shown = "" if first is None else f"{first[0]}: {first[1]}, factcheck {first[2]}"
        lines.append([TOOLS[tool].label, f"{compared:,}", f"{differ:,}", shown])
    return table(["", "figures compared", "differ", "for example"], lines)


def versions(results: Results) -> str:
    """Whose versions, and in which environment each tool runs."""
    made = results["made"]
    listed = ", ".join(f"{name} {number}" for name, number in made["versions"].items())
    others = sorted({tool.place for tool in TOOLS.values()} - {OWN})
    return f"Python {made['python']}, {listed}. Environments of their own: {', '.join(others)}."
