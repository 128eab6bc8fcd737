"""Kinds of other packages, by the entry point `factcheck.measures`: a class derived from `Form` as ours are.

They are looked for only where a claim names a kind that is not ours, so that starting costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from factcheck.errors import EvidenceError
from factcheck.measures.form import Form
from factcheck.packages import MEASURES, entries, loaded, shown


def foreign_kind(keys: Iterable[str]) -> str | None:
    """The kind that one of the keys of a measure names in an installed package."""
    known = entries(MEASURES)
    return next((key for key in keys if key in known), None)


def foreign_kinds() -> tuple[str, ...]:
    """The kinds that installed packages bring."""
    return tuple(sorted(entries(MEASURES)))


def foreign_form(kind: str) -> type[Form]:
    """Its form; KeyError where there is none, EvidenceError where the package is broken."""
    entry = entries(MEASURES)[kind]
    form = loaded(entry, "measure")
    if not (isinstance(form, type) and issubclass(form, Form)):
        raise EvidenceError(f"{shown(entry, 'measure')} is no form of a measure")
    return form
