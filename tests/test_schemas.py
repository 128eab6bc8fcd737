"""The JSON Schemas hold for the worked examples and see what is misspelt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from factcheck.claims.figures import FigureError, Quantity, read
from factcheck.measures import KINDS
from factcheck.schemas import render
from factcheck.text.nodes import to_python
from factcheck.text.yaml import read_yaml

ROOT = Path(__file__).parent.parent
FILES = [*sorted(ROOT.glob("claims/**/*.yaml")), *sorted(ROOT.glob("evidence/**/*.yaml")), ROOT / "factcheck.yaml"]


@cache
def validator(kind: str) -> Draft7Validator:
    schema = json.loads(render(kind))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def objects(part: Any) -> Iterator[dict[str, Any]]:
    """Every schema in a schema."""
    if isinstance(part, dict):
        yield part
        for name, inner in part.items():
            yield from objects(inner) if name not in ("examples", "enum") else ()
    elif isinstance(part, list):
        for inner in part:
            yield from objects(inner)


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


@pytest.mark.parametrize(
    ("change", "path", "message"),
    [
        ({"measure": {"share": "a = 1", "amung": "b"}}, ["measure"], "('amung' was unexpected)"),
        ({"measure": {"shre": "a = 1"}}, ["measure"], "('shre' was unexpected)"),
        ({"measure": {"rank": "Russia"}}, ["measure"], "'by' is a required property"),
        ({"measure": "share"}, ["measure"], "'share' is not of type 'object', 'null'"),
        ({"measure": {"ratio": {"cuont": "rows"}, "to": {"count": "rows"}}}, ["measure", "ratio"], "('cuont' was unexp"),
        ({"measure": {"network": "degree"}}, ["measure", "network"], "'degree' is not one of ['nodes', "),
        ({"appearance": {"publsher": "X"}}, ["appearance"], "('publsher' was unexpected)"),
        ({"appearance": [{"publisher": "X"}, {"publsher": "X"}]}, ["appearance", 1], "('publsher' was unexpected)"),
        ({"review": {"status": "done"}}, ["review", "status"], "'done' is not one of ['draft', "),
        ({"statement": True}, ["statement"], "True is not of type 'string', 'number'"),
        ({"checks": [{"tolerence": "1%"}]}, ["checks", 0], "('tolerence' was unexpected)"),
    ],
)
def test_a_mistake_has_one_message_and_stands_where_it_is(change: dict[str, Any], path: list[Any], message: str) -> None:
    claim = {"id": "x", "statement": "X.", "dataset": "d", "measure": {"share": "a = 1"}, "claimed": "64%"}
    (error,) = validator("claims").iter_errors({"claims": [claim | change]})
    assert [*error.path] == ["claims", 0, *path]
    assert message in error.message
    assert not error.context  # it is not about one of several alternatives


def test_texts_that_an_editor_takes_for_numbers_are_texts() -> None:
    claim = {"id": 2016, "statement": 1984, "quote": 1984, "measure": {"rank": 2017, "by": 2017}, "claimed": 1}
    assert validator("claims").is_valid({"claims": [claim]})


def test_examples_are_values_as_they_are_written() -> None:
    claim = validator("claims").schema["properties"]["claims"]["items"]["properties"]
    assert claim["tags"]["examples"] == [["mexico", "bots"]]
    assert claim["n"]["examples"] == [858]
    manifest = validator("evidence").schema["definitions"]["DatasetManifest"]["properties"]
    assert manifest["synthetic"]["examples"] == [True]
    for kind in ("claims", "evidence", "config"):
        whole = validator(kind).schema
        for schema in objects(whole):
            for example in schema.get("examples", ()):
                alone = Draft7Validator({**schema, "definitions": whole["definitions"]})
                assert alone.is_valid(example), (schema, example)


def test_figures_that_are_offered_can_be_read() -> None:
    claim = validator("claims").schema["properties"]["claims"]["items"]["properties"]
    for figure in claim["claimed"]["examples"]:
        assert any(readable(figure, quantity) for quantity in Quantity), figure


def readable(figure: Any, quantity: Quantity) -> bool:
    try:
        read(figure, quantity)
    except FigureError:
        return False
    return True


def test_every_kind_of_measure_is_described() -> None:
    schema = json.dumps(json.loads(render("claims")))
    for kind, form in KINDS.items():
        assert f'"{kind}"' in schema
        assert (form.__doc__ or "").strip(), kind
