"""JSON Schema of claim files and of factcheck.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from factcheck.claims.config import ProjectConfig
from factcheck.claims.models import ClaimFile
from factcheck.text.schema import Schema, draft07, pruned

INNER = "x-inner-measure"  # marks a companion that is a measure itself
_FIRST = ("id", "statement", "measure", "claimed", "dataset", "where")
_SIDE: dict[str, Schema] = {
    "dataset": {
        "type": ["string", "number"],
        "description": "The dataset of this side, where it is another than the claim's.",
    },
    "where": {"type": ["string", "null"], "description": "A condition that restricts the rows of this side."},
}
_MAPPING: Schema = {  # beside the $ref: without a type an editor would insert the key without its colon
    "type": ["object", "null"],
    "errorMessage": "Write one kind of measure and its companions, such as {count: rows}.",
}
_SNIPPETS = [
    {
        "label": "a claim",
        "description": "The sentence, what answers it, and the figure as it was said.",
        "body": {
            "id": "${1:name-of-the-claim}",
            "statement": "${2:The claim in one sentence.}",
            "dataset": "${3:dataset}",
            "measure": {"${4:share}": "${5:condition}"},
            "claimed": "${6:64%}",
        },
    },
    {
        "label": "a claim that no data can answer",
        "description": "The sentence, and the reason in place of a measure.",
        "body": {
            "id": "${1:name-of-the-claim}",
            "statement": "${2:The claim in one sentence.}",
            "unverifiable": "${3:Why no data can answer it.}",
        },
    },
]


def claims_schema(measures: Mapping[str, Schema] | None = None) -> Schema:
    """The schema of a claim file; `measures` holds, by kind, the schema of a measure's whole mapping."""
    schema = draft07(ClaimFile, "Claims for factcheck")
    schema["properties"]["claims"]["items"] = {**schema["definitions"].pop("Claim"), "defaultSnippets": _SNIPPETS}
    return _with_measures(schema, measures or {})


def config_schema(measures: Mapping[str, Schema] | None = None) -> Schema:
    """The schema of factcheck.yaml."""
    return _with_measures(draft07(ProjectConfig, "A factcheck project"), measures or {})


def _with_measures(schema: Schema, measures: Mapping[str, Schema]) -> Schema:
    for part in _stating(schema):
        fields = part["properties"]
        words = {key: fields["measure"][key] for key in ("description", "examples")}
        fields["measure"] = {**words, **_MAPPING, "allOf": [{"$ref": "#/definitions/measure"}]}
        part["properties"] = {key: fields[key] for key in (*_FIRST, *fields) if key in fields}
    for measure in measures.values():  # what a measure refers to must stand at the root, where its $ref looks
        schema["definitions"] |= measure.get("definitions", {})
    alone = {kind: {k: v for k, v in part.items() if k != "definitions"} for kind, part in measures.items()}
    schema["definitions"]["measure"] = _measure(alone, {})
    schema["definitions"]["inner"] = _measure(alone, _SIDE)
    return pruned(schema)


def _stating(part: Any) -> list[Schema]:
    """The parts of a schema that have the fields of a claim: claims, their checks, defaults."""
    if isinstance(part, list):
        return [found for inner in part for found in _stating(inner)]
    if not isinstance(part, dict):
        return []
    fields = part.get("properties")
    own = [part] if isinstance(fields, dict) and {"measure", "claimed"} <= fields.keys() else []
    return own + [found for inner in part.values() for found in _stating(inner)]


def _measure(measures: Mapping[str, Schema], beside: Mapping[str, Schema]) -> Schema:
    """One kind and its companions: `if` the kind is there `then` its schema, so that an error speaks of that kind only.

    A `oneOf` would answer a misspelt companion with a complaint about every kind. `beside` are keys that may stand
    beside those of any kind.
    """
    schema: Schema = {"minProperties": 1}
    if measures:
        kinds = {kind: _offered(kind, part) for kind, part in measures.items()}
        schema["if"] = {"anyOf": [{"required": [kind]} for kind in measures]}
        schema["then"] = {"allOf": [_one(kind, measures, beside) for kind in measures]}
        schema["else"] = {
            "properties": {**kinds, **beside},
            "additionalProperties": False,
            "errorMessage": f"None of these keys is a kind of measure. The kinds are {', '.join(kinds)}.",
        }
    return schema


def _offered(kind: str, part: Schema) -> Schema:
    """A kind where none is written yet."""
    own = {"type": ["string", "number"], **part.get("properties", {}).get(kind, {})}
    return {"description": part.get("description", "")} | {key: own[key] for key in ("type", "enum") if key in own}


def _one(kind: str, measures: Mapping[str, Schema], beside: Mapping[str, Schema]) -> Schema:
    part = dict(measures[kind])
    fields = {name: _inner(field) for name, field in part.get("properties", {}).items()}
    page = part.pop("markdownDescription", None)
    if page is not None and not beside:  # the manual's page is long, and told where the kind itself is named
        fields[kind] = {**fields[kind], "markdownDescription": page}
    return {"if": _named(kind, measures), "then": {**part, "properties": {**fields, **beside}}}


def _inner(field: Schema) -> Schema:
    if INNER not in field:
        return field
    words = {key: value for key, value in field.items() if key in ("description", "markdownDescription", "examples")}
    return {**words, **_MAPPING, "allOf": [{"$ref": "#/definitions/inner"}]}


def _named(kind: str, measures: Mapping[str, Schema]) -> Schema:
    """That a mapping names this kind: `per` is a kind, and a companion of a trend."""
    named: Schema = {"type": "object", "required": [kind]}
    hosts = [other for other, part in measures.items() if other != kind and kind in part.get("properties", {})]
    return {**named, "not": {"anyOf": [{"required": [host]} for host in hosts]}} if hosts else named

