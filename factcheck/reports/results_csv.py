"""The results as CSV (RFC 4180, UTF-8), one row a claim: for spreadsheets, which must not take a text for a formula.

A text that begins as a formula does (= + - @, a tab or a line break before them) has an apostrophe put before it, which
spreadsheets do not show in a cell; numbers of ours are numbers. Lists and compositions are JSON.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from factcheck.reports.escape import plain
from factcheck.reports.results import as_json
from factcheck.reports.run import Run

COLUMNS = (
    "id", "statement", "file", "line", "outcome", "direction", "leaning", "confidence", "rating",
    "claimed", "estimate", "low", "high", "unit", "n", "missing", "datasets", "notes", "error",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}", "\N{FULLWIDTH COMMERCIAL AT}",
            "\N{FULLWIDTH HYPHEN-MINUS}")  # fmt: skip


def render(run: Run) -> str:
    """The table as text; lines end as the format's standard says."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for claim in as_json(run)["claims"]:
        writer.writerow([_cell(claim, column) for column in COLUMNS])
    return table.getvalue()


def _cell(claim: dict[str, Any], column: str) -> object:
    value = claim[column]
    if column == "claimed":
        value = None if value is None else value["text"]
    elif column == "notes":
        value = " ".join(note["text"] for note in value) or None
    elif column == "datasets":
        value = ", ".join(value) or None
    return cell(value)


def cell(value: Any) -> object:
    """Any value of JSON as a cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, (list, dict)):
        value = json.dumps(value, ensure_ascii=False)
    text = plain(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
