"""Formats of other packages, by the entry point `factcheck.formats`: a module with `head` and `open` as ours have."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import cast

from factcheck.evidence.formats.source import Format
from factcheck.packages import FORMATS, entries, loaded


def foreign_names() -> list[str]:
    """The formats that installed packages offer."""
    return sorted(_entries())


def foreign_module(name: str) -> Format:
    """The module of such a format; KeyError where there is none, EvidenceError where its package is broken."""
    return cast(Format, loaded(_entries()[name], "format"))


def _entries() -> dict[str, EntryPoint]:
    return {name.lower(): entry for name, entry in entries(FORMATS).items()}
