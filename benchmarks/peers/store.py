"""What was measured, as it lies in results.json: each part is written once it is there, so that a run can go on."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.peers.environments import HERE

RESULTS = HERE / "results.json"
Cell = dict[str, Any]


class Store:
    """The results of one run, or of one that goes on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        self.made: dict[str, Any] = kept.get("made", {"versions": {}})
        self.times: list[Cell] = kept.get("times", [])
        self.mishaps: list[Cell] = kept.get("mishaps", [])
        self.coordination: list[Cell] = kept.get("coordination", [])
        self.missing: dict[str, str] = {}

    def clear(self, parts: Iterable[str]) -> None:
        """Parts (times, mishaps, coordination) that are to be measured from the beginning."""
        for part in parts:
            setattr(self, part, [])

    def retry(self) -> None:
        """Cells that were not tried, for want of time or since others foretold it, may be tried again."""
        self.times = [one for one in self.times if not one.get("unmeasured")]

    def forget(self, tools: Iterable[str], parts: Iterable[str]) -> None:
        """What was found of these tools, in these parts, is to be measured anew."""
        names = set(tools)
        for part in parts:
            setattr(self, part, [one for one in getattr(self, part) if one["tool"] not in names])

    def cell(self, tool: str, rows: int, claims: int) -> Cell | None:
        wanted = (tool, rows, claims)
        return next((one for one in self.times if (one["tool"], one["rows"], one["claims"]) == wanted), None)

    def measured(self, tool: str, rows: int, claims: int) -> Cell | None:
        """The cell, if a figure came out of it."""
        found = self.cell(tool, rows, claims)
        return None if found is None or "stopped" in found else found

    def add(self, part: list[Cell], cell: Cell) -> None:
        part.append(cell)
        self.save()

    def begin(self, seconds: float) -> None:
        """Notes where and when this is measured."""
        self.made |= {
            "date": date.today().isoformat(),
            "machine": f"{os.cpu_count()} cores ({platform.machine()}), {_memory():.0f} GiB",
            "python": platform.python_version(),
            "load": round(os.getloadavg()[0], 1),
            "ceiling": seconds,
        }

    def versions(self, told: dict[str, Any]) -> None:
        self.made["versions"] = dict(sorted({**self.made["versions"], **told.get("versions", {})}.items()))

    def as_json(self) -> dict[str, Any]:
        return {
            "made": self.made, "missing": self.missing, "times": self.times, "mishaps": self.mishaps,
            "coordination": self.coordination,
        }  # fmt: skip

    def save(self) -> None:
        text = json.dumps(self.as_json(), indent=1, ensure_ascii=False)
        part = self.path.with_suffix(".part")
        part.write_text(text + "\n", encoding="utf-8")
        part.replace(self.path)


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
