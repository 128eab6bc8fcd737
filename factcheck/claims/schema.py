"""JSON Schema of claim files and of factcheck.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from factcheck.claims.config import ProjectConfig
from factcheck.claims.models import ClaimFile
from factcheck.text.schema import Schema, draft07

_FIRST = ("id", "statement", "measure", "claimed", "dataset", "where")


def claims_schema(measures: Mapping[str, Schema] | None = None) -> Schema:
    """The schema of a claim file; `measures` holds, by kind, the schema of a measure's whole mapping."""
    schema = draft07(ClaimFile, "Claims for factcheck")
    return _with_measures(schema, measures or {})


def config_schema(measures: Mapping[str, Schema] | None = None) -> Schema:
    """The schema of factcheck.yaml."""
    return _with_measures(draft07(ProjectConfig, "A factcheck project"), measures or {})


def _with_measures(schema: Schema, measures: Mapping[str, Schema]) -> Schema:
    for part in schema["definitions"].values():
        fields = part.get("properties", {})
        if "measure" in fields:
            words = {key: fields["measure"][key] for key in ("description", "examples") if key in fields["measure"]}
            fields["measure"] = {**words, "allOf": [{"$ref": "#/definitions/measure"}]}
            part["properties"] = {key: fields[key] for key in (*_FIRST, *fields) if key in fields}
    for measure in measures.values():  # what a measure refers to must stand at the root, where its $ref looks
        schema["definitions"] |= measure.get("definitions", {})
    alone = {kind: {k: v for k, v in part.items() if k != "definitions"} for kind, part in measures.items()}
    schema["definitions"]["measure"] = _measure(alone)
    return schema


def _measure(measures: Mapping[str, Schema]) -> Schema:
    """One kind and its companions: `if` the kind is there `then` its schema, so that an error speaks of that kind only.

    A `oneOf` would answer a misspelt companion with a complaint about every kind.
    """
    schema: Schema = {
        "type": ["object", "null"],
        "description": "The statistic that is meant: one kind and its companions.",
        "minProperties": 1,
    }
    if measures:
        kinds: dict[str, Any] = {kind: {"description": _first_line(part)} for kind, part in measures.items()}
        schema["properties"] = kinds
        schema["anyOf"] = [{"required": [kind]} for kind in measures]
        schema["allOf"] = [{"if": _named(kind, measures), "then": part} for kind, part in measures.items()]
    return schema


def _named(kind: str, measures: Mapping[str, Schema]) -> Schema:
    """That a mapping names this kind: `per` is a kind, and a companion of a trend."""
    named: Schema = {"type": "object", "required": [kind]}
    hosts = [other for other, part in measures.items() if other != kind and kind in part.get("properties", {})]
    return {**named, "not": {"anyOf": [{"required": [host]} for host in hosts]}} if hosts else named


def _first_line(part: Schema) -> str:
    return str(part.get("description", "")).strip().split("\n")[0]
