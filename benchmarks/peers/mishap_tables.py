"""The tables of slips and of missing values."""

from __future__ import annotations

from benchmarks.peers.mishaps import OTHERS
from benchmarks.peers.reading import Results
from benchmarks.peers.store import Cell
from benchmarks.peers.tables import in_order, table
from benchmarks.peers.tools import TOOLS

CASES = {
    "column": "A column misspelt: `contry = 'Russia'`",
    "value": "A value misspelt: `country = 'Rusia'`",
    "base": "A value misspelt in the condition: verified accounts among those where `country = 'Rusia'`",
}
_OUTCOMES = {True: "check passes", False: "check fails", "FAILED": "check fails", "NOT_EVALUATED": "not evaluated"}


def slips(results: Results, case: str) -> str:
    """What came of one slip with each tool."""
    lines = [
        [TOOLS[one["tool"]].label, came_out(one), said(one), f"{one['others']} of {OTHERS}"]
        for one in in_order(results["mishaps"])
        if one["case"] == case
    ]
    return table(["", "what comes out", "what it says", "right claims beside it that get a figure"], lines)


def came_out(one: Cell) -> str:
    figure = "no number" if one["figure"] is None else f"**{one['figure']:.1%}**"
    passed = one["passed"]
    outcome = _OUTCOMES.get(passed, str(passed)) if passed is not None else ""
    return f"{figure}; {outcome}" if outcome else figure


def said(one: Cell) -> str:
    return f"`{one['said'].replace('|', '¦').replace('`', '')}`" if one["said"] else "nothing"


def holes(results: Results) -> str:
    """Both shares of a column with holes, their sum, and whether the holes are told."""
    lines = []
    for one in (one for one in in_order(results["mishaps"]) if one["case"] == "holes"):
        both = [one["figure"], one["other"]]
        shares = ["–" if share is None else f"{share:.1%}" for share in both]
        whole = "–" if None in both else f"{sum(both):.0%}"
        lines.append([TOOLS[one["tool"]].label, *shares, whole, _told(one)])
    return table(["", "from Russia", "not from Russia", "together", "what it says of rows without a country"], lines)


def _told(one: Cell) -> str:
    if one["region"] is not None:
        low, high = one["region"]
        return f"“{one['said']}” The share is told as {low:.1%} to {high:.1%}"
    return "nothing" if one["missing"] is None else f"their number, {one['missing']:,}, in the check's result"
