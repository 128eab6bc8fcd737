"""The JSON Schemas hold for the worked examples and see what is misspelt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from factcheck.measures import KINDS
from factcheck.schemas import render
from factcheck.text.nodes import to_python
from factcheck.text.yaml import read_yaml

ROOT = Path(__file__).parent.parent
FILES = [*sorted(ROOT.glob("claims/**/*.yaml")), *sorted(ROOT.glob("evidence/**/*.yaml")), ROOT / "factcheck.yaml"]


def validator(kind: str) -> Draft7Validator:
    schema = json.loads(render(kind))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def content(path: Path) -> Any:
    node, problems = read_yaml(path, path.name)
    assert node is not None
    assert not problems
    return to_python(node)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_worked_examples_satisfy_their_schema(path: Path) -> None:
    kind = "config" if path.name == "factcheck.yaml" else path.relative_to(ROOT).parts[0]
    assert not [error.message for error in validator(kind).iter_errors(content(path))]


def test_a_misspelt_key_is_seen_in_a_claim_and_in_its_measure() -> None:
    claim = {"id": "x", "statement": "X.", "dataset": "d", "measure": {"share": "a = 1"}, "claimed": "64%"}
    claims = validator("claims")
    assert claims.is_valid({"claims": [claim]})
    assert not claims.is_valid({"claims": [{**claim, "tolerence": "3 points"}]})
    assert not claims.is_valid({"claims": [{**claim, "measure": {"share": "a = 1", "amung": "b = 2"}}]})


def test_every_kind_of_measure_is_described() -> None:
    schema = json.dumps(json.loads(render("claims")))
    for kind, form in KINDS.items():
        assert f'"{kind}"' in schema
        assert (form.__doc__ or "").strip(), kind
