"""That the schemas of a project are out of date is told once, and costs nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from factcheck.cli import main

POSTS = "datasets:\n  posts: {files: posts.csv, unit: post, completeness: complete}\n"
CLAIM = "claims:\n  - {id: two, statement: Two., dataset: posts, measure: {count: rows}, claimed: 2}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in {"evidence/posts.csv": "a\n1\n2\n", "evidence/m.yaml": POSTS, "claims/c.yaml": CLAIM}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def told(project: Path, *arguments: str) -> str:
    """What a command says on standard error; it must succeed."""
    result = CliRunner().invoke(main, [*arguments, "--project", str(project)])
    assert result.exit_code == 0, result.output
    return result.stderr


def test_only_schemas_that_are_out_of_date_are_spoken_of(project: Path) -> None:
    assert told(project, "data") == ""  # nobody has to keep any
    told(project, "schema", "--write")
    (project / "evidence" / "m.yaml").write_text(f"# a comment\n{POSTS}", encoding="utf-8")
    assert told(project, "data") == ""
    (project / "evidence" / "m.yaml").write_text(f"{POSTS}  more: {{files: posts.csv}}\n", encoding="utf-8")
    assert told(project, "data").startswith("schemas/claims.json was written before the datasets")
    assert told(project, "check").count("`factcheck schema --write` writes it anew") == 1
    assert told(project, "check", "--quiet") == ""
    assert told(project, "fmt") == ""
    told(project, "schema", "--write")
    assert told(project, "data") == told(project, "check") == ""


def test_schemas_of_another_version_are_told(project: Path) -> None:
    told(project, "schema", "--write")
    file = project / "schemas" / "evidence.json"
    schema = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**schema, "$comment": "factcheck 0.0.1; datasets 0a"}), encoding="utf-8")
    assert "schemas/evidence.json was written by another version" in told(project, "data")
    del schema["$comment"]
    file.write_text(json.dumps(schema), encoding="utf-8")
    assert "schemas/evidence.json was written by another version" in told(project, "data")
