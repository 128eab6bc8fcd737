"""The schemas that editors complete and check with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from factcheck.claims.schema import claims_schema, config_schema
from factcheck.evidence.schema import evidence_schema

MEASURES = {
    "count": {
        "type": "object",
        "description": "How many rows there are.\n\nMore.",
        "properties": {"count": {"type": "string"}, "that": {"type": "string"}},
        "required": ["count"],
        "additionalProperties": False,
    }
}
SCHEMAS = {"claims": claims_schema(MEASURES), "config": config_schema(MEASURES), "evidence": evidence_schema()}
ROOT = Path(__file__).parents[2]


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for part in schema.values():
            yield from objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from objects(part)


@pytest.mark.parametrize("name", SCHEMAS)
def test_draft_07_with_a_description_for_every_key(name: str) -> None:
    schema = SCHEMAS[name]
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    text = str(schema)
    assert "$defs" not in text
    assert "prefixItems" not in text
    for part in objects(schema):
        if part is schema["definitions"].get("measure") or "count" in part["properties"]:
            continue
        assert part["additionalProperties"] is False
        for key, field in part["properties"].items():
            assert field.get("description"), key
            assert field.get("examples"), key


def complaints(name: str, text: str) -> list[str]:
    validator = jsonschema.Draft7Validator(SCHEMAS[name])
    return [error.message for error in validator.iter_errors(yaml.load(text, _DatesAsText))]


CLAIM = "claims:\n- {id: a, statement: s, claimed: 64, measure: {count: rows}, where: null, level: 0.95, missing: false"


def test_a_right_claim_file_passes() -> None:
    assert complaints("claims", CLAIM + ", appearance: {publisher: X}, checks: [{dataset: x}], unverifiable: null}") == []
    assert complaints("claims", CLAIM + ", appearance: [{publisher: X}], tags: one, params: {a: 1}}") == []
    assert complaints("claims", "claims:\n- {id: a, statement: s, measure: null, unverifiable: u}") == []
    assert complaints("config", "defaults: {dataset: x}\nrating: five-point\nlimits: {timeout: 60}") == []
    assert complaints("evidence", "datasets:\n  a b: {files: [x.csv], key: id, columns: {c: {range: [0, null]}}}") == []


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("claims", CLAIM + ", tolerence: 3}", "tolerence"),
        ("claims", CLAIM.replace("count: rows", "count: rows, taht: x") + "}", "('taht' was unexpected)"),
        ("claims", CLAIM.replace("count: rows", "cuont: rows") + "}", "cuont"),
        ("claims", CLAIM.replace("missing: false", "missing: maybe") + "}", "maybe"),
        ("claims", "claims:\n- {id: a}", "statement"),
        ("config", "titel: x", "titel"),
        ("evidence", "datasets: {a: {flies: x}}", "flies"),
        ("evidence", "datasets: {a: {completeness: most}}", "most"),
    ],
)
def test_a_misspelling_is_found(name: str, text: str, word: str) -> None:
    assert any(word in complaint for complaint in complaints(name, text))


def test_a_measure_may_refer_to_definitions_of_its_own() -> None:
    link = {"type": "object", "properties": {"from": {"type": "string"}}, "required": ["from"]}
    part = {"type": "object", "properties": {"net": {"$ref": "#/definitions/Link"}}, "definitions": {"Link": link}}
    validator = jsonschema.Draft7Validator(claims_schema({"net": part}))
    claim = {"id": "a", "statement": "s", "claimed": 1}
    assert validator.is_valid({"claims": [{**claim, "measure": {"net": {"from": "x"}}}]})
    assert not validator.is_valid({"claims": [{**claim, "measure": {"net": {"to": "x"}}}]})


def test_without_measures_any_measure_passes() -> None:
    jsonschema.Draft7Validator(claims_schema()).validate(yaml.safe_load(CLAIM + "}"))


def test_the_worked_examples_pass() -> None:
    for name, folder in (("claims", "claims"), ("evidence", "evidence")):
        validator = jsonschema.Draft7Validator(claims_schema() if name == "claims" else SCHEMAS[name])
        for path in sorted((ROOT / folder).glob("*.yaml")):
            # Editors read dates as text, as YAML 1.2 says.
            data = yaml.load(path.read_text(), _DatesAsText)
            assert [error.message for error in validator.iter_errors(data)] == [], path


class _DatesAsText(yaml.CSafeLoader):
    """The YAML of editors: version 1.2, in which a date is text."""


_DatesAsText.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for letter, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
