"""Engines of other packages, by the entry point `factcheck.engines`: a function that opens a `Server`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from factcheck.errors import EvidenceError
from factcheck.packages import ENGINES, entries, loaded

if TYPE_CHECKING:
    from factcheck.evidence.engines.server import Server


def open_server(name: str, address: str | None, settings: Mapping[str, str]) -> Server:
    """A session of the engine of that name; EvidenceError where there is none to be had, or its package is broken."""
    entry = entries(ENGINES).get(name)
    if entry is None:
        raise EvidenceError(f"no installed package brings the engine '{name}'")
    return cast("Server", loaded(entry, "engine")(address, settings))
