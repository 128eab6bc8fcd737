"""The tools that are compared: in which environment each runs, what its user writes, and how that is carried out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers.environments import HERE, OWN, python
from benchmarks.peers.forms import claims, gx, pandas, pointblank, polars, soda, sql
from benchmarks.peers.questions import Question

Files = dict[str, str]


@dataclass(frozen=True)
class Tool:
    """`write` makes the files of a user, the first of which hold the questions; `command` carries them out.

    `language` is that of the first file, for a page that shows it.
    """

    label: str
    place: str
    write: Callable[[Sequence[Question]], Files]
    command: tuple[str, ...]
    language: str

    def line(self) -> list[str]:
        """The command in full, to be run in the folder of the files."""
        first, *rest = self.command
        if first == "factcheck":
            return [str(Path(python(OWN)).parent / "factcheck"), *rest]
        return [str(python(self.place)), str(HERE / "run" / first), *rest]


TOOLS: dict[str, Tool] = {
    "factcheck": Tool(
        "factcheck check", OWN, claims.project, ("factcheck", "check", "--format", "json", "--no-cache", "-q"), "yml"
    ),
    "questions": Tool("factcheck, its queries alone", OWN, claims.project, ("questions.py",), "yml"),
    "fused": Tool("DuckDB, one SELECT with FILTER", OWN, sql.fused, ("sql.py", "fused.sql"), "sql"),
    "where": Tool("DuckDB, a query for each claim", OWN, sql.where, ("sql.py", "where.sql"), "sql"),
    "case": Tool("DuckDB, one SELECT of COUNT(CASE)", OWN, sql.case, ("sql.py", "case.sql"), "sql"),
    "streaming": Tool(
        "Polars, lazy, streaming", "frames", polars.streaming, ("script.py", "polars_streaming.py", "polars"), "py"
    ),
    "in-memory": Tool(
        "Polars, lazy, in memory", "frames", polars.in_memory, ("script.py", "polars_in_memory.py", "polars"), "py"
    ),
    "pandas": Tool("pandas", "frames", pandas.script, ("script.py", "with_pandas.py", "pandas", "pyarrow"), "py"),
    "soda": Tool("Soda Core", "soda", soda.contract, ("contract.py",), "yml"),
    "gx": Tool("Great Expectations (GX)", "gx", gx.suite, ("script.py", "expectations.py", "great_expectations"), "py"),
    "pointblank": Tool(
        "Pointblank", "pointblank", pointblank.plan, ("script.py", "checks.py", "pointblank", "polars"), "py"
    ),
}


def lay_out(tool: Tool, questions: Sequence[Question], data: Path, folder: Path) -> Path:
    """Writes the files of a tool's user into a folder of their own, with the data beside them."""
    return put(tool.write(questions), data, folder)


def put(files: Files, data: Path, folder: Path, name: str = "posts.parquet") -> Path:
    """Files, and the data by the name under which these look for them, in a folder that holds nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file, text in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    beside = folder / ("evidence" if (folder / "evidence").is_dir() else "")
    os.link(data, beside / name)
    return folder


def figures(told: dict[str, Any]) -> dict[str, float | None]:
    """The figures of a run, by the questions' ids."""
    if "claims" in told:
        return {one["id"]: one["estimate"] for one in told["claims"]}
    found: dict[str, float | None] = told.get("figures", {})
    return found
