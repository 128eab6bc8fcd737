"""Formats of other packages, by the entry point `factcheck.formats`: a module with `head` and `open` as ours have."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import cast

from factcheck.errors import EvidenceError
from factcheck.evidence.formats.source import Format

GROUP = "factcheck.formats"


def foreign_names() -> list[str]:
    """The formats that installed packages offer."""
    return sorted(_entries())


def foreign_module(name: str) -> Format:
    """The module of such a format; KeyError where there is none, EvidenceError where its package is broken."""
    entry = _entries()[name]
    try:
        return cast(Format, entry.load())
    except (ImportError, AttributeError) as error:
        raise EvidenceError(f"the format '{name}' of the package {_package(entry)} cannot be used: {error}") from error


def _entries() -> dict[str, EntryPoint]:
    return {entry.name.lower(): entry for entry in entry_points(group=GROUP)}


def _package(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist is not None else entry.value
