"""Engines of other packages, by the entry point `factcheck.engines`: a function that opens a `Server`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, cast

from factcheck.errors import EvidenceError

if TYPE_CHECKING:
    from factcheck.evidence.engines.server import Server

GROUP = "factcheck.engines"


def open_server(name: str, address: str | None, settings: Mapping[str, str]) -> Server:
    """A session of the engine of that name; EvidenceError where there is none to be had, or its package is broken."""
    entry = next((one for one in entry_points(group=GROUP) if one.name == name), None)
    if entry is None:
        raise EvidenceError(f"no installed package brings the engine '{name}'")
    try:
        opener = entry.load()
    except (ImportError, AttributeError) as error:
        raise EvidenceError(f"the engine '{name}' of the package {_package(entry)} cannot be used: {error}") from error
    return cast("Server", opener(address, settings))


def _package(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist is not None else entry.value
