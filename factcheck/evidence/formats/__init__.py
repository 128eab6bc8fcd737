"""File formats: a module per format. The name is what `format` says, or how the file's name ends."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from factcheck.evidence.formats.source import Format

FORMATS = {
    "csv": "csv",
    "tsv": "csv",
    "txt": "csv",
    "tab": "csv",
    "reported": "csv",  # a table typed off a publication; its meaning differs, its file does not
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "parquet": "parquet",
}


def format_module(name: str) -> Format:
    """The module of a format; KeyError where there is none."""
    return cast(Format, import_module(f"factcheck.evidence.formats.{FORMATS[name]}"))
