"""`factcheck data`: the datasets of a project, and everything about one of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from factcheck.evidence.dataset import Dataset
from factcheck.evidence.manifest import ManifestSource

WIDTH = 100


def listing(sources: Sequence[ManifestSource], format: str, *, color: bool = False) -> str:
    """Every dataset with its title, completeness and where its manifest stands."""
    rows = [
        {
            "dataset": source.name,
            "title": source.model.title,
            "completeness": source.model.completeness,
            "manifest": source.file,
            "line": source.line,
        }
        for source in sorted(sources, key=lambda source: source.name)
    ]
    if format == "json":
        return json.dumps({"datasets": rows}, indent=2, ensure_ascii=False) + "\n"
    if not rows:
        return "This project has no datasets; describe one in evidence/.\n"
    table = _table("dataset", "title", "completeness", "manifest")
    for row in rows:
        table.add_row(
            _plain(row["dataset"]),
            _plain(row["title"]),
            _plain(row["completeness"] or "not stated"),
            f"{row['manifest']}:{row['line']}",
        )
    return _text(table, color=color)


def one(found: Mapping[str, Any], dataset: Dataset, format: str, *, color: bool = False) -> str:
    """A dataset's ledger and columns; the JSON form is that of the design."""
    if format == "json":
        return json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    parts: list[Any] = [_head(found, dataset)]
    table = _table("column", "type", "missing", "lost", "distinct", "least", "largest", "commonest")
    for column in found["columns"]:
        common = _commonest(column["common"])
        table.add_row(
            _plain(column["name"]),
            column["type"],
            *(_figure(column[key]) for key in ("missing", "lost", "distinct", "min", "max")),
            common,
        )
    parts.append(table)
    parts += [f"{column['name']}: {_plain(column['caveat'])}" for column in found["columns"] if column["caveat"]]
    for reject in found["rejects"]:
        line = f":{reject['line']}" if reject["line"] is not None else ""
        parts.append(f"rejected {_plain(reject['file'])}{line}: {_plain(reject['reason'])}")
    return _text(*parts, color=color)


def _commonest(values: Sequence[tuple[Any, int]]) -> str:
    """The commonest values with how often they occur; none where every value occurs once."""
    if not values or all(count == 1 for _, count in values):
        return "each once" if values else "–"
    return ", ".join(f"{_short(value)} ({count:,})" for value, count in values[:3])


def _short(value: Any) -> str:
    text = _plain(value)
    return text if len(text) <= 30 else text[:29] + "…"


def _head(found: Mapping[str, Any], dataset: Dataset) -> str:
    ledger = found["ledger"]
    lines = [f"{dataset.name}{f' – {dataset.title}' if dataset.title else ''}"]
    if dataset.represents:
        lines.append(f"represents {dataset.represents}")
    lines.append(f"{dataset.completeness or 'completeness not stated'}, format {found['format']}")
    lines.append(
        f"{ledger['records']:,} records = {ledger['loaded']:,} loaded + {ledger['rejected']:,} rejected "
        f"+ {ledger['dropped']:,} dropped; {ledger['duplicates']:,} duplicate{'s' * (ledger['duplicates'] != 1)}"
    )
    lines += [f"{file['path']}  {file['bytes']:,} bytes  sha256 {file['sha256'] or '–'}" for file in found["files"]]
    lines += [f"caveat: {caveat}" for caveat in dataset.caveats]
    return "\n".join(_plain(line) for line in lines) + "\n"


def _figure(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, (int, float)) and not isinstance(value, bool) else _plain(value)


def _plain(value: Any) -> str:
    """Text from data without control characters, one line, at most 200 characters."""
    text = "".join(c if c.isprintable() else "·" for c in str(value if value is not None else ""))
    return text if len(text) <= 200 else text[:199] + "…"


def _table(*names: str) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        right = name in ("missing", "lost", "distinct")
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    return table


def _text(*parts: Any, color: bool) -> str:
    import os
    import shutil

    from rich.console import Console
    from rich.text import Text

    from factcheck.reports.terminal import colors

    shown = colors(color, os.environ)

    buffer = StringIO()
    width = max(80, shutil.get_terminal_size((WIDTH, 24)).columns)
    console = Console(
        file=buffer, width=width, force_terminal=shown, no_color=not shown, highlight=False, markup=False, emoji=False
    )
    for part in parts:
        console.print(Text(part) if isinstance(part, str) else part)
    return buffer.getvalue()
