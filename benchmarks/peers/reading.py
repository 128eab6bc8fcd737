"""What results.json says of a cell: a measured time, one carried on from smaller runs, or why there is none."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.peers.store import Cell
from benchmarks.peers.tools import TOOLS

Results = Mapping[str, Any]
Carry = Callable[[Sequence[tuple[int, float]], int], float]


@dataclass(frozen=True)
class Time:
    """Seconds of a whole run; `measured` is False where smaller runs were carried on to it."""

    seconds: float
    measured: bool


class Reading:
    """The times of the results, by tool, rows and claims."""

    def __init__(self, results: Results, carry: Carry | None = None) -> None:
        self.results = results
        self.carry = carry or onward
        self.cells = {(one["tool"], one["rows"], one["claims"]): one for one in results["times"]}
        self.rows = sorted({rows for _, rows, _ in self.cells})
        self.claims = sorted({claims for _, _, claims in self.cells})
        self.tools = [tool for tool in TOOLS if any(tool == key[0] for key in self.cells)]

    def cell(self, tool: str, rows: int, claims: int) -> Cell | None:
        """What was measured, if anything was."""
        found = self.cells.get((tool, rows, claims))
        return None if found is None or "stopped" in found else found

    def why_not(self, tool: str, rows: int, claims: int) -> str | None:
        """The reason why a cell has no figure, but that a run would have taken too long."""
        reason = str(self.cells.get((tool, rows, claims), {}).get("stopped", ""))
        return None if reason in ("", "too slow", "no time left") else reason

    def time(self, tool: str, rows: int, claims: int) -> Time | None:
        """Seconds of the whole process."""
        measured = self.cell(tool, rows, claims)
        if measured is not None:
            return Time(measured["clock"], True)
        if self.why_not(tool, rows, claims) is not None:
            return None
        fewer = [(n, one["clock"]) for n in self.claims if n < claims and (one := self.cell(tool, rows, n))]
        smaller = [(n, found) for n in self.rows if n < rows and (found := self.time(tool, n, claims))]
        if len(fewer) > 1 or (fewer and not smaller):
            return Time(self.carry(fewer, claims), False)
        return Time(smaller[-1][1].seconds * rows / smaller[-1][0], False) if smaller else None


def onward(known: Sequence[tuple[int, float]], at: int) -> float:
    """The measured (claims, seconds), carried on: along the straight line through the last two, or as a power of the
    claims where the time grew faster than these. Rather too short than too long, since it is told of others."""
    n, seconds = known[-1]
    if len(known) == 1:
        return seconds
    before, then = known[-2]
    line = seconds + max(0.0, seconds - then) / (n - before) * (at - n)
    return max(line, seconds * (at / n) ** _power(known) if _power(known) > 1 else 0.0)


def at_most(known: Sequence[tuple[int, float]], at: int) -> float:
    """The same, but rather too long: in proportion to the claims at least. Of one claim most is the start."""
    n, seconds = known[-1]
    if len(known) == 1:
        return seconds * (at / n) ** 0.5
    return seconds * (at / n) ** max(1.0, _power(known))


def _power(known: Sequence[tuple[int, float]]) -> float:
    (before, then), (n, seconds) = known[-2:]
    return math.log(seconds / then) / math.log(n / before) if then > 0 and seconds > then else 0.0
