"""The schemas of a project offer its own names where they may stand; only a dataset that it does not have is an error."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator

from factcheck.cli import main
from factcheck.editor import SCHEMAS
from factcheck.measures import KINDS
from factcheck.schemas import known_of, render, schema_of
from factcheck.suggestions import LISTS, MEASURES, PAIRS, TAKES
from factcheck.text.nodes import to_python
from factcheck.text.yaml import read_yaml

ROOT = Path(__file__).parents[1]
POSTS = "posts / pages 2018%"
MANIFEST = f"""datasets:
  {POSTS}:
    files: posts.csv
    unit: post
    completeness: complete
    columns: {{likes: {{type: integer, description: Likes on the day.}}, at: {{type: timestamp}}, text: {{type: text}}}}
  2018: {{files: links.csv, completeness: partial}}
  gone: {{files: nothing.csv}}
"""
CLAIMS = f"""tags: [mexico]
claims:
  - {{id: a, statement: S., quantity: all posts, dataset: {POSTS}, measure: {{count: rows}}, claimed: 1}}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    for name, text in {
        "evidence/posts.csv": "Page Name,likes,at,text\na,1,2018-01-01,x\n",
        "evidence/links.csv": "source,target\na,b\n",
        "evidence/posts.yaml": MANIFEST,
        "claims/posts.yaml": CLAIMS,
        "factcheck.yaml": "defaults: {dataset: 2018}\nconnections: {desk: postgresql://db}\n",
    }.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return root


@pytest.fixture(scope="module")
def schemas(project: Path) -> dict[str, Any]:
    known = known_of(project)
    return {kind: json.loads(render(kind, known)) for kind in SCHEMAS}


def applying(schema: Any, root: Any, value: Any, path: tuple[str | int, ...]) -> Iterator[dict[str, Any]]:
    """The parts of a schema that apply to the value at a path, as an editor collects them."""
    if "$ref" in schema:
        target = root
        for step in unquote(schema["$ref"]).removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        yield from applying(target, root, value, path)
        return
    for part in (*schema.get("allOf", ()), *schema.get("anyOf", ())):
        yield from applying(part, root, value, path)
    if "if" in schema:
        holds = Draft7Validator({**schema["if"], "definitions": root["definitions"]}).is_valid(value)
        if branch := schema.get("then" if holds else "else"):
            yield from applying(branch, root, value, path)
    if not path:
        yield schema
    elif isinstance(value, list) and "items" in schema:
        yield from applying(schema["items"], root, value[int(path[0])], path[1:])
    elif isinstance(value, dict):
        below = schema.get("properties", {}).get(path[0], schema.get("additionalProperties"))
        if isinstance(below, dict):
            yield from applying(below, root, value[path[0]], path[1:])


def offered(schema: Any, value: Any, *path: str | int) -> set[Any]:
    """The values that are offered at a path."""
    return {one for part in applying(schema, schema, value, path) for one in part.get("enum", ())} - {None}


def keys(schema: Any, value: Any, *path: str | int) -> set[str]:
    """The keys that are offered at a path."""
    fields = [field for part in applying(schema, schema, value, path) for field in part.get("properties", {}).items()]
    return {name for name, field in fields if not field.get("doNotSuggest")}


def asked(measure: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"claims": [{"id": "a", "statement": "S.", "dataset": POSTS, "measure": measure, "claimed": 1, **fields}]}


@pytest.mark.parametrize(
    ("measure", "path", "columns"),
    [
        ({"top": 1, "by": ""}, ("by",), {"Page Name", "likes", "at", "text"}),
        ({"sum": ""}, ("sum",), {"Page Name", "likes"}),  # what a CSV column holds that no manifest types is not known yet
        ({"hours": ""}, ("hours",), {"Page Name", "at"}),
        ({"share": ""}, ("share",), {"likes", "at", "text"}),
        ({"duplicates": "share", "text": ""}, ("text",), {"Page Name", "text"}),
        ({"delay": {"from": "", "to": ""}}, ("delay", "to"), {"Page Name", "at"}),
        ({"correlation": ["likes", ""]}, ("correlation", 1), {"Page Name", "likes"}),
        ({"per": ""}, ("per",), {"hour", "day", "week", "month", "year", "Page Name", "likes", "at", "text"}),
        ({"per": ["", "day"]}, ("per", 0), {"hour", "day", "week", "month", "year", "Page Name", "likes", "at", "text"}),
        ({"rank": "x", "by": "text", "of": {"mean": ""}}, ("of", "mean"), {"Page Name", "likes"}),
        ({"ratio": {"sum": ""}, "to": {"count": "rows"}}, ("ratio", "sum"), {"Page Name", "likes"}),
        ({"ratio": {"sum": "", "dataset": "2018"}, "to": {}}, ("ratio", "sum"), set()),
    ],
)
def test_columns_that_fit_are_offered(schemas: Any, measure: Any, path: tuple[str | int, ...], columns: set[str]) -> None:
    assert offered(schemas["claims"], asked(measure), "claims", 0, "measure", *path) == columns


def test_the_dataset_of_a_claim_is_its_own_or_that_of_the_file_or_of_the_project(schemas: Any) -> None:
    schema, path = schemas["claims"], ("claims", 0, "measure", "by")
    file = asked({"top": 1, "by": ""})
    del file["claims"][0]["dataset"]
    assert offered(schema, file, *path) == {"source", "target"}
    assert "likes" in offered(schema, {"defaults": {"dataset": POSTS}, **file}, *path)
    assert offered(schema, {"defaults": {"dataset": "2018"}, **asked({"top": 1, "by": ""})}, *path) >= {"likes"}
    check = asked({"top": 1, "by": ""}, checks=[{"dataset": "2018", "where": ""}])
    assert offered(schema, check, "claims", 0, "checks", 0, "where") == {"source", "target"}


def test_suggestions_bring_no_companion_that_a_kind_does_not_have(schemas: Any) -> None:
    fields = {spec.alias or name for name, spec in KINDS["share"].model_fields.items()}
    assert keys(schemas["claims"], asked({"share": "x"}), "claims", 0, "measure") == fields
    assert keys(schemas["claims"], asked({}), "claims", 0, "measure") == {*KINDS}


def test_words_that_the_project_uses_are_offered(schemas: Any) -> None:
    file = asked({"count": "rows"}, tags=["x"], quantity="", claimant="")
    assert offered(schemas["claims"], file, "claims", 0, "tags", 0) == {"mexico"}
    assert offered(schemas["claims"], file, "claims", 0, "quantity") == {"all posts"}
    assert offered(schemas["claims"], file, "claims", 0, "claimant") == set()
    manifest = {"datasets": {POSTS: {"key": "", "counts": "", "format": "", "connection": "", "columns": {}}}}
    assert offered(schemas["evidence"], manifest, "datasets", POSTS, "key") == {"Page Name", "likes", "at", "text"}
    assert offered(schemas["evidence"], manifest, "datasets", POSTS, "counts") == {"Page Name", "likes"}
    assert {"csv", "twarc"} <= offered(schemas["evidence"], manifest, "datasets", POSTS, "format")
    assert offered(schemas["evidence"], manifest, "datasets", POSTS, "connection") == {"desk"}
    assert keys(schemas["evidence"], manifest, "datasets", POSTS, "columns") == {"Page Name", "likes", "at", "text"}
    assert "five-point" in offered(schemas["config"], {"rating": ""}, "rating")


def test_only_the_name_of_a_dataset_is_judged_by_what_the_project_has(schemas: Any) -> None:
    claims = Draft7Validator(schemas["claims"])
    claims.check_schema(schemas["claims"])
    for measure in ({"top": 1, "by": "lower(x)"}, {"per": ["x", "day"], "time": "t"}, {"sum": "a + b"}, {"overlap": ["a", "b"], "of": "c"}):
        assert claims.is_valid(asked(measure, tags=["new"], quantity="new", where="y = 1", weight="w")), measure
    for name in (POSTS, 2018, "2018", "gone", None):
        assert claims.is_valid(asked({"count": "rows"}, dataset=name))
    (error,) = claims.iter_errors(asked({"count": "rows"}, dataset="post"))
    assert [*error.path] == ["claims", 0, "dataset"]
    assert error.schema["errorMessage"].startswith("There is no such dataset in this project. If it is new, run")


def test_every_companion_that_takes_a_column_has_its_suggestions() -> None:
    """A new measure says here what its companions are made of, or that they are no columns."""
    none = {
        "count", "rank", "top", "q", "of", "per", "counts_when", "as", "whole", "ascending", "take", "empty", "cascade",
        "network", "nodes", "directed", "repeats", "loops", "within", "method", "duplicates", "similar", "timezone",
        "edges", "coordination", "at_least", "counting", "sql", "unit",
    }  # fmt: skip
    known = {*TAKES, *LISTS, *PAIRS, *MEASURES}
    for kind, form in KINDS.items():
        for name, field in form.model_fields.items():
            assert (field.alias or name) in known | none, f"{kind}: {name}"


def test_the_worked_examples_satisfy_the_schema_of_their_project() -> None:
    schema = Draft7Validator(json.loads(render("claims", known_of(ROOT))))
    for path in sorted(ROOT.glob("claims/*.yaml")):
        node, _ = read_yaml(path, path.name)
        assert node is not None
        assert [error.message for error in schema.iter_errors(to_python(node))] == [], path


def test_schemas_are_kept_in_the_project_and_only_what_is_new_is_written(project: Path) -> None:
    def schema(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["schema", *arguments, "--project", str(project)])
        return done.exit_code, done.stdout

    kept = project / "schemas"
    assert schema("--write") == (0, "".join(f"wrote schemas/{kind}.json\n" for kind in ("claims", "evidence", "config")))
    assert schema("claims", "--write") == (0, "schemas/claims.json is current\n")
    code, printed = schema("claims")
    assert (code, printed) == (0, (kept / "claims.json").read_text(encoding="utf-8"))
    assert schema("--write", "--output", "x")[0] == 2


def test_what_cannot_be_suggested_is_told(tmp_path: Path) -> None:
    for name, text in {"x.yaml": "datasets:\n  a: {fles: x}\n  b: {files: gone.csv}\n", "c.yaml": "datasets: {}\n"}.items():
        (tmp_path / "evidence").mkdir(exist_ok=True)
        (tmp_path / "evidence" / name).write_text(text)
    done = CliRunner().invoke(main, ["schema", "--project", str(tmp_path)])
    assert done.exit_code == 0
    assert "the columns of 'b' are not suggested: " in done.stderr
    assert "the project has 1 error (`factcheck validate` tells more)" in done.stderr
    schema = json.loads(done.stdout)
    Draft7Validator.check_schema(schema)
    assert offered(schema, asked({"count": "rows"}, dataset=""), "claims", 0, "dataset") == {"a", "b"}
    assert CliRunner().invoke(main, ["schema", "--project", str(tmp_path / "nothing")]).exit_code == 2


def test_a_draft_in_a_new_file_points_to_a_schema_that_is_there(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["init", str(tmp_path / "demo")]).exit_code == 0
    (tmp_path / "demo/schemas/claims.json").unlink()
    file = tmp_path / "demo/claims/deep/new.yaml"
    file.parent.mkdir()
    words = "7% of the paintings show a beach."
    done = CliRunner().invoke(main, ["draft", words, "--append", str(file), "--project", str(tmp_path / "demo")])
    assert done.exit_code == 0, done.output
    assert "wrote schemas/claims.json\n" in done.stderr
    assert file.read_text().startswith("# yaml-language-server: $schema=../../schemas/claims.json\nclaims:\n")


def test_without_a_project_the_schema_speaks_of_none() -> None:
    assert "doNotSuggest" not in json.dumps(schema_of("claims"))
    assert CliRunner().invoke(main, ["schema"]).output == CliRunner().invoke(main, ["schema", "claims"]).output


def test_the_first_project_points_to_schemas_that_are_there(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["init", str(tmp_path / "demo")]).exit_code == 0
    for name in ("claims/bob-ross.yaml", "evidence/bob-ross.yaml", "factcheck.yaml"):
        file = tmp_path / "demo" / name
        first = file.read_text(encoding="utf-8").split("\n")[0]
        schema = file.parent / first.removeprefix("# yaml-language-server: $schema=")
        node, _ = read_yaml(file, name)
        assert node is not None
        assert Draft7Validator(json.loads(schema.read_text(encoding="utf-8"))).is_valid(to_python(node))
    assert "BEACH" in (tmp_path / "demo/schemas/claims.json").read_text(encoding="utf-8")
    done = CliRunner().invoke(main, ["schema", "--write", "--project", str(tmp_path / "demo")])
    assert "wrote" not in done.output
