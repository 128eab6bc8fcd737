"""The history as rows for other programs: one for each run and claim."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from factcheck import __version__
from factcheck.reports.results_csv import cell
from factcheck.verdicts.history import Entry

SCHEMA = 1
COLUMNS = (
    "run", "started", "began", "finished", "command", "selection", "paths", "whole", "factcheck", "program", "code",
    "id", "statement", "file", "outcome", "direction", "confidence", "rating", "claimed", "estimate", "low", "high",
    "unit", "n", "missing", "found", "error", "claim", "data", "methods",
)  # fmt: skip


def row(entry: Entry) -> dict[str, Any]:
    """One check of one claim, in the order of `COLUMNS`.

    claim: the fingerprint of the claim. data: by dataset the sha256 of its content and that of what its manifest says.
    """
    run, record = entry.run, entry.record
    figures = {key: record.figures[key] for key in COLUMNS if key in record.figures}
    claimed = figures["claimed"]
    figures["claimed"] = None if claimed is None else claimed["text"]
    found = {
        "run": entry.number, "started": run.started, "began": run.began, "finished": run.finished,
        "command": run.command, "selection": run.selection, "paths": list(run.paths), "whole": run.whole,
        "factcheck": run.program.version, "program": run.program.sha256, "code": run.program.code,
        "id": record.id, "statement": record.statement, "file": record.file, **figures, "found": record.found,
        "claim": record.claim, "methods": list(entry.methods),
        "data": {name: {"sha256": content, "described": said} for name, (content, said) in record.data.items()},
    }  # fmt: skip
    return {key: found[key] for key in COLUMNS}


def export(entries: Iterable[Entry], form: str) -> str:
    """Everything. JSON has beside the rows each distinct claim as it was written, and the libraries of each program."""
    if form == "csv":
        return csv_of(map(row, entries))
    claims: dict[str, Any] = {}
    programs: dict[str, Any] = {}
    rows = []
    for entry in entries:
        record, program = entry.record, entry.run.program
        claims.setdefault(record.claim, {"spec": record.spec, "rules": record.rules})
        programs.setdefault(program.sha256, {"factcheck": program.version, "libraries": program.libraries})
        rows.append(row(entry))
    return json_of({"rows": rows, "claims": claims, "programs": programs})


def json_of(content: Mapping[str, Any]) -> str:
    """One object, which says by which version it was written."""
    head = {"factcheck": __version__, "schema": SCHEMA}
    return json.dumps({**head, **content}, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def csv_of(rows: Iterable[Mapping[str, Any]], more: Sequence[str] = (), columns: Sequence[str] = COLUMNS) -> str:
    """A table that spreadsheets take no text of for a formula; lists and mappings are JSON."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    names = (*columns, *more)
    writer.writerow(names)
    for one in rows:
        writer.writerow([cell(one[name]) for name in names])
    return table.getvalue()
