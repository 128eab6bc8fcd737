"""JSON Schema (draft-07, which editors' YAML support speaks) from models.

What an editor shows of a mistake is the message of the innermost part that failed. Where a value may be one of several
things, the parts are therefore told apart by its type, in one object: of an `anyOf` an editor has to guess which
alternative was meant, and complains about the wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from factcheck.text.fields import ONE_OR_LIST
from factcheck.text.nodes import to_python
from factcheck.text.yaml import parse

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
_REF = "#/definitions/"
_WORDS = ("description", "markdownDescription", "examples")


def draft07(model: type[BaseModel], title: str) -> Schema:
    """The schema of a YAML file that holds `model`; every key may be null, which removes it."""
    schema = model.model_json_schema(by_alias=True, ref_template=f"{_REF}{{model}}")
    definitions = schema["definitions"] = schema.pop("$defs", {})
    for part in (schema, *definitions.values()):
        _tidy_object(part, definitions)
    return pruned({"$schema": DRAFT, **schema, "title": title})


def pruned(schema: Schema) -> Schema:
    """A schema without the definitions that nothing refers to; they stand at its end."""
    definitions = schema.pop("definitions", {})
    wanted: set[str] = set()
    waiting = list(_referred(schema))
    while waiting:
        name = waiting.pop()
        if name not in wanted and name in definitions:
            wanted.add(name)
            waiting += _referred(definitions[name])
    return {**schema, "definitions": {name: part for name, part in definitions.items() if name in wanted}}


def _referred(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(ref := part.get("$ref"), str):
            yield ref.removeprefix(_REF).split("/")[0].replace("~1", "/").replace("~0", "~")
        for inner in part.values():
            yield from _referred(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _referred(inner)


def _tidy_object(part: Schema, definitions: Schema) -> None:
    part.pop("title", None)
    required = set(part.get("required", ()))
    for name, field in part.get("properties", {}).items():
        part["properties"][name] = _tidy(field, definitions, nullable=name not in required)


def _tidy(field: Schema, definitions: Schema, *, nullable: bool) -> Schema:
    """One field: no generated titles, null allowed, examples as values, a mapping of fields in place of its $ref."""
    field = {key: value for key, value in field.items() if key not in ("title", "default")}
    options = [option for option in field.pop("anyOf", []) if option.get("type") != "null"]
    if len(options) == 1:
        field = {**options[0], **field}
    elif options:
        field["anyOf"] = options
    field.pop("title", None)
    if field.pop(ONE_OR_LIST, False):
        field = {**_object(definitions, field["items"]["$ref"]), **field, "type": ["object", "array"]}
    elif "$ref" in field:
        field = {**_object(definitions, field.pop("$ref")), **field}
    if field.get("type") == "string" and not {"enum", "const"} & field.keys():
        field["type"] = ["string", "number"]  # what looks like a number is text to us, and none to an editor
    field = _worded(field)
    return _or_null(field) if nullable else field


def _object(definitions: Schema, ref: str) -> Schema:
    """A definition to stand in the place of a $ref: beside a $ref draft-07 heeds neither a description nor a type."""
    return {key: value for key, value in definitions[ref.removeprefix(_REF)].items() if key not in ("title", *_WORDS)}


def _worded(field: Schema) -> Schema:
    """Examples as the values that they are; words with code in them in Markdown, too, for editors that show it."""
    if "examples" in field:
        field["examples"] = [_value(example, field.get("type", ())) for example in field["examples"]]
    if "`" in field.get("description", ""):
        field["markdownDescription"] = field["description"]
    return field


def _value(example: Any, kinds: Any) -> Any:
    """An example as an editor inserts it: what is written as a list, a mapping or a number is one."""
    if not isinstance(example, str):
        return example
    if "integer" in kinds and example.isdigit():
        return int(example)
    if "boolean" in kinds and example in ("true", "false"):
        return example == "true"
    if example[0] not in "[{'\"":
        return example
    node, problems = parse(example, "example")
    return example if node is None or problems else to_python(node)


def _or_null(field: Schema) -> Schema:
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
