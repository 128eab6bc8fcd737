"""JSON Schema of the three files that people write, with every kind of measure in it."""

from __future__ import annotations

import inspect
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.claims.schema import claims_schema, config_schema
from factcheck.editor import SCHEMAS, Kind, schema_file
from factcheck.errors import EvidenceError
from factcheck.evidence.schema import evidence_schema
from factcheck.measures import KINDS
from factcheck.measures.foreign import foreign_form, foreign_kinds
from factcheck.measures.form import Form
from factcheck.text.schema import Schema, draft07

if TYPE_CHECKING:
    from factcheck.suggestions import Known


def forms() -> dict[str, type[Form]]:
    """Every kind of measure that can be used here, with those of installed packages; a broken one is left out."""
    found = dict(KINDS)
    for kind in foreign_kinds():
        try:
            found.setdefault(kind, foreign_form(kind))
        except EvidenceError:
            continue
    return found


def measure_schemas() -> dict[str, Schema]:
    """By kind: the schema of the measure's whole mapping; described by the first paragraph of its page."""
    return {kind: _measure(kind, form) for kind, form in forms().items()}


def _measure(kind: str, form: type[Form]) -> Schema:
    schema = draft07(form, f"The measure {kind}")
    page = inspect.cleandoc(form.__doc__ or "")
    schema.pop("$schema")
    return {**schema, "description": " ".join(page.split("\n\n")[0].split()), "markdownDescription": page}


def schema_of(kind: Kind) -> Schema:
    """The schema of claim files, manifests or factcheck.yaml, whatever the project."""
    if kind == "evidence":
        return evidence_schema()
    measures = measure_schemas()
    if kind == "claims":
        return claims_schema(measures)
    brief = {name: {k: v for k, v in part.items() if k != "markdownDescription"} for name, part in measures.items()}
    return config_schema(brief)


def render(kind: Kind, known: Known | None = None) -> str:
    """The schema as JSON text; with what is `known` of a project, its own names are suggested in it."""
    schema = schema_of(kind)
    if known is not None:
        from factcheck.schema_age import mark
        from factcheck.suggestions import suggesting

        first = {"$schema": schema.pop("$schema"), "$comment": mark(known.manifests)}  # read back from the beginning
        schema = {**first, **suggesting(schema, kind, known)}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def known_of(root: Path) -> Known:
    """What the project in a folder has names for."""
    from factcheck.project import open_project
    from factcheck.suggestions import known

    return known(open_project(root.resolve()))


def keep(root: Path, known: Known, kinds: Collection[Kind] = SCHEMAS) -> Iterator[str]:
    """Writes the schemas of a project where its files look for them; a line for each says whether anything was new.

    Raises OSError where one cannot be written.
    """
    from factcheck.text.files import write_atomic

    for kind in kinds:
        path, text = schema_file(root, kind), render(kind, known)
        if path.is_file() and path.read_bytes() == text.encode():
            yield f"{path.relative_to(root)} is current"
            continue
        write_atomic(path, text)
        yield f"wrote {path.relative_to(root)}"
