"""What results.json says of a cell: a measured time, one carried on from smaller runs, or why there is none."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.peers.store import Cell
from benchmarks.peers.tools import TOOLS

Results = Mapping[str, Any]


@dataclass(frozen=True)
class Time:
    """Seconds of a whole run; `measured` is False where smaller runs were carried on to it."""

    seconds: float
    measured: bool


class Reading:
    """The times of the results, by tool, rows and claims."""

    def __init__(self, results: Results) -> None:
        self.results = results
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
            return Time(onward(fewer, claims), False)
        return Time(smaller[-1][1].seconds * rows / smaller[-1][0], False) if smaller else None


def onward(known: Sequence[tuple[int, float]], at: int) -> float:
    """The last of the measured (claims, seconds), carried on: in proportion to the claims, or as it grew between the
    last two if that was faster."""
    n, seconds = known[-1]
    if len(known) == 1:
        return seconds * (at / n) ** 0.5  # of one claim most is the start of the process
    before, then = known[-2]
    power = math.log(seconds / then) / math.log(n / before) if then > 0 and seconds > then else 0.0
    return seconds * (at / n) ** max(1.0, power)
