"""JSON Schema of the three files that people write, with every kind of measure in it."""

from __future__ import annotations

import json
from typing import Any

from factcheck.claims.schema import claims_schema, config_schema
from factcheck.evidence.schema import evidence_schema
from factcheck.measures import KINDS
from factcheck.text.schema import draft07


def measure_schemas() -> dict[str, dict[str, Any]]:
    """By kind: the schema of the measure's whole mapping, its description the first sentence of the manual."""
    schemas = {}
    for kind, form in KINDS.items():
        schema = draft07(form, f"The measure {kind}")
        schema["description"] = (form.__doc__ or "").split("\n\n")[0]
        schema.pop("$schema")
        schemas[kind] = schema
    return schemas


def render(kind: str) -> str:
    """The schema of `claims`, `evidence` or `config` as JSON text."""
    if kind == "evidence":
        schema = evidence_schema()
    else:
        schema = claims_schema(measure_schemas()) if kind == "claims" else config_schema(measure_schemas())
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
