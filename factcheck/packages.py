"""What other packages bring by entry points: measures, formats, engines."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import Any

from factcheck.errors import EvidenceError

MEASURES, FORMATS, ENGINES = "factcheck.measures", "factcheck.formats", "factcheck.engines"


def entries(group: str) -> dict[str, EntryPoint]:
    """The entries of a group by their names."""
    return {entry.name: entry for entry in entry_points(group=group)}


def loaded(entry: EntryPoint, what: str) -> Any:
    """What an entry names, `what` being its kind in words; EvidenceError where its package is broken."""
    try:
        return entry.load()
    except (ImportError, AttributeError) as error:
        raise EvidenceError(f"{shown(entry, what)} cannot be used: {error}") from error


def shown(entry: EntryPoint, what: str) -> str:
    """An entry as people are told of it: the engine 'sqlite' of the package desk-tools."""
    return f"the {what} '{entry.name}' of the package {entry.dist.name if entry.dist is not None else entry.value}"
