"""JSON Schema (draft-07, which editors' YAML support speaks) from models."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from factcheck.text.fields import ONE_OR_LIST

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"


def draft07(model: type[BaseModel], title: str) -> Schema:
    """The schema of a YAML file that holds `model`; every key may be null, which removes it."""
    schema = model.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    schema["definitions"] = schema.pop("$defs", {})
    for part in (schema, *schema["definitions"].values()):
        _tidy_object(part)
    return {"$schema": DRAFT, **schema, "title": title}


def _tidy_object(part: Schema) -> None:
    part.pop("title", None)
    required = set(part.get("required", ()))
    for name, field in part.get("properties", {}).items():
        part["properties"][name] = _tidy(field, nullable=name not in required)


def _tidy(field: Schema, *, nullable: bool) -> Schema:
    """One field: no generated titles, tuples as draft-07 writes them, null allowed, a $ref with its own description."""
    field = {key: value for key, value in field.items() if key not in ("title", "default")}
    options = [option for option in field.pop("anyOf", []) if option.get("type") != "null"]
    if len(options) == 1:
        field = {**options[0], **field}
    elif options:
        field["anyOf"] = options
    field.pop("title", None)
    if field.pop(ONE_OR_LIST, False):
        words: Schema = {key: field.pop(key) for key in ("description", "examples") if key in field}
        field = {**words, "anyOf": [field["items"], field]}
    if "$ref" in field:  # draft-07 ignores what stands beside a $ref
        field["allOf"] = [{"$ref": field.pop("$ref")}]
    return _or_null(field) if nullable else field


def _or_null(field: Schema) -> Schema:
    if "allOf" in field:
        rest = {key: value for key, value in field.items() if key != "allOf"}
        return {**rest, "anyOf": [*field["allOf"], {"type": "null"}]}
    if "anyOf" in field:
        return {**field, "anyOf": [*field["anyOf"], {"type": "null"}]}
    if "enum" in field:
        field = {key: value for key, value in field.items() if key != "type"}
        return {**field, "enum": [*field["enum"], None]}
    if "const" in field:
        rest = {key: value for key, value in field.items() if key not in ("type", "const")}
        return {**rest, "enum": [field["const"], None]}
    if "type" in field:
        kinds = field["type"] if isinstance(field["type"], list) else [field["type"]]
        return {**field, "type": [*kinds, "null"]}
    return field
