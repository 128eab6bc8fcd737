"""Kinds of other packages, by the entry point `factcheck.measures`: a class derived from `Form` as ours are.

They are looked for only where a claim names a kind that is not ours, so that starting costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points

from factcheck.errors import EvidenceError
from factcheck.measures.form import Form

GROUP = "factcheck.measures"


def foreign_kind(keys: Iterable[str]) -> str | None:
    """The kind that one of the keys of a measure names in an installed package."""
    known = _entries()
    return next((key for key in keys if key in known), None)


def foreign_kinds() -> tuple[str, ...]:
    """The kinds that installed packages bring."""
    return tuple(sorted(_entries()))


def foreign_form(kind: str) -> type[Form]:
    """Its form; KeyError where there is none, EvidenceError where the package is broken."""
    entry = _entries()[kind]
    try:
        form = entry.load()
    except (ImportError, AttributeError) as error:
        raise EvidenceError(f"the measure '{kind}' of the package {_package(entry)} cannot be used: {error}") from error
    if not (isinstance(form, type) and issubclass(form, Form)):
        raise EvidenceError(f"the measure '{kind}' of the package {_package(entry)} is no form of a measure")
    return form


def _entries() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=GROUP)}


def _package(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist is not None else entry.value
