"""What runs in other people's CI: the hook for pre-commit, and the action for GitHub with its steps run in a shell."""

from __future__ import annotations

import gzip
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from factcheck.cli import main

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
FACTCHECK = Path(sys.executable).parent / "factcheck"

CLAIM = """claims:
  - id: {0}-rows
    statement: There are three posts.
    dataset: {0}
    measure: {{count: rows}}
    claimed: 3
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with a project in a folder of a hostile name."""
    root = tmp_path / "repo" / "a project; $(touch ran)"
    for name in ("posts", "likes"):
        for folder in ("claims", "evidence"):
            (root / folder).mkdir(parents=True, exist_ok=True)
        (root / "claims" / f"{name}.yaml").write_text(CLAIM.format(name))
        manifest = f"datasets: {{{name}: {{files: {name}.csv, completeness: complete}}}}\n"
        (root / "evidence" / f"{name}.yaml").write_text(manifest)
        (root / "evidence" / f"{name}.csv").write_text("id\n1\n2\n")
    return root


def validate(*paths: Path | str) -> tuple[int, str]:
    done = CliRunner().invoke(main, [*shlex.split(HOOKS[0]["entry"])[1:], *map(str, paths)])
    return done.exit_code, done.output


def test_the_hook_is_shown_the_specs_of_a_project_and_nothing_else() -> None:
    assert [hook["id"] for hook in HOOKS] == ["factcheck-validate", "factcheck-fmt"]
    assert HOOKS[0]["files"] == HOOKS[1]["files"]
    pattern = re.compile(HOOKS[0]["files"])
    for file in ("claims/a.yaml", "desk/claims/2018/b.yml", "evidence/x.yaml", "factcheck.yaml", "desk/factcheck.yaml"):
        assert pattern.search(file), file
    for file in ("claims/a.json", "docs/a.yaml", "evidence/x.csv", "myclaims/a.yaml", "notfactcheck.yaml"):
        assert not pattern.search(file), file


def test_the_hook_validates_what_changed(project: Path) -> None:
    assert validate(project / "claims/posts.yaml") == (0, "1 claim is well formed.\n")
    assert validate(project / "evidence/likes.yaml") == (0, "1 claim is well formed.\n")
    assert validate(project / "claims/posts.yaml", project / "evidence/likes.yaml") == (0, "2 claims are well formed.\n")
    (project / "factcheck.yaml").write_text("title: Posts\n")
    assert validate(project / "factcheck.yaml") == (0, "2 claims are well formed.\n")
    (project / "evidence/spare.yaml").write_text("datasets: {spare: {files: posts.csv, completeness: complete}}\n")
    assert validate(project / "evidence/spare.yaml") == (0, "0 claims are well formed.\n")


def test_the_hook_formats_what_changed(project: Path) -> None:
    file = project / "claims/posts.yaml"
    file.write_text("claims:\n- {claimed: 3, id: a, statement: S.}\n")
    done = CliRunner().invoke(main, [*shlex.split(HOOKS[1]["entry"])[1:], str(file)])
    assert done.exit_code == 0
    assert file.read_text() == "claims:\n  - {id: a, statement: S., claimed: 3}\n"


def test_a_changed_manifest_that_breaks_a_claim_is_refused(project: Path) -> None:
    claim = CLAIM.format("likes").replace("{count: rows}", "{share: id > 1}").replace("claimed: 3", "claimed: 50%")
    (project / "claims/likes.yaml").write_text(claim)
    manifest = project / "evidence/likes.yaml"
    manifest.write_text(manifest.read_text().replace("files:", "columns: {id: {type: text}}, files:"))
    code, output = validate(manifest)
    assert code == 2
    assert "claims/likes.yaml:5" in output
    assert validate(project / "claims/posts.yaml")[0] == 0


def test_files_of_two_projects_are_told_together(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "repo" / "other"
    (other / "claims").mkdir(parents=True)
    (other / "claims" / "x.yaml").write_text("claims: [{id: x}]\n")
    (project / "claims/posts.yaml").write_text("claims: [{id: y}]\n")
    code, output = validate(project / "claims/posts.yaml", other / "claims/x.yaml")
    assert code == 2
    assert "claims/posts.yaml:1:10" in output
    assert "claims/x.yaml:1:10" in output
    assert re.search(r"^\d+ errors; nothing was evaluated", output, re.MULTILINE)


def step(name: str) -> dict[str, Any]:
    return next(one for one in STEPS if one.get("name") == name)


def test_no_input_is_text_of_a_script() -> None:
    scripts = [one["run"] for one in STEPS if "run" in one]
    assert len(scripts) == 3
    assert not any("${{" in script for script in scripts)
    assert all(one["shell"] == "bash" for one in STEPS if "run" in one)


def test_every_input_is_used_and_every_one_used_is_declared() -> None:
    used = set(re.findall(r"inputs\.([\w-]+)", yaml.safe_dump(STEPS)))
    assert used == set(ACTION["inputs"])
    assert all("default" in one and one["description"] for one in ACTION["inputs"].values())


def test_other_actions_are_github_s_own_by_major_version() -> None:
    for one in STEPS:
        if "uses" in one:
            assert re.fullmatch(r"actions/[\w-]+@v\d+", one["uses"])


def act(name: str, project: Path, **inputs: str) -> tuple[int, str, dict[str, Path]]:
    """Runs a step as a runner does: inputs in its environment, bash with -e and pipefail, in the top of the repository."""
    temp, repo = project.parents[1] / "temp", project.parent
    (temp / "factcheck" / "bin").mkdir(parents=True, exist_ok=True)
    command = temp / "factcheck" / "bin" / "factcheck"
    if not command.exists():
        command.symlink_to(FACTCHECK)
    files = {key: temp / key for key in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for path in files.values():
        path.touch()
    values = {key: one["default"] for key, one in ACTION["inputs"].items()} | {"project": project.name}
    values |= {key.replace("_", "-"): value for key, value in inputs.items()}
    given = {
        key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: values[found[1]], text)
        for key, text in step(name)["env"].items()
    }
    own = {"GITHUB_WORKSPACE": str(repo), "RUNNER_TEMP": str(temp), **{key: str(path) for key, path in files.items()}}
    script = temp / "script.sh"
    script.write_text(step(name)["run"], encoding="utf-8")
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        cwd=repo, env=os.environ | own | given, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr, files


def test_the_action_annotates_claims_at_their_line(project: Path) -> None:
    code, output, files = act("Check the claims", project)
    assert code == 0, output
    assert f"::error file={project.name}/claims/likes.yaml,line=2,title=likes-rows::There are three posts." in output
    assert "There are three posts." in files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
    assert files["GITHUB_OUTPUT"].read_text() == "exit-code=0\n"
    assert not (project / ".factcheck" / "cache.sqlite").exists()
    assert not [*project.parents[1].rglob("ran")]


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"fail_on": "refuted"}, 1),
        ({"strict": "true"}, 2),  # there is no baseline
        ({"paths": "\nPROJECT/claims/posts.yaml\n"}, 0),
        ({"paths": "--help"}, 2),
        ({"paths": "$(touch ran)\n'; touch ran; '"}, 2),
        ({"fail_on": '"; touch ran; "'}, 2),
        ({"against": "`touch ran`"}, 2),
        ({"strict": "true; touch ran", "cache_key": "$(touch ran)"}, 0),
    ],
)
def test_what_the_inputs_do_and_that_none_is_run(project: Path, inputs: dict[str, str], code: int) -> None:
    given = {key: value.replace("PROJECT", project.name) for key, value in inputs.items()}
    found, output, files = act("Check the claims", project, **given)
    assert found == code, output
    assert files["GITHUB_OUTPUT"].read_text() == f"exit-code={code}\n"
    assert not [*project.parents[1].rglob("ran")]
    assert (project / ".factcheck" / "cache.sqlite").exists() == ("cache_key" in inputs)


def test_evidence_that_fails_passes_its_code_through(project: Path) -> None:
    manifest = project / "evidence/likes.yaml"
    manifest.write_text(manifest.read_text().replace("likes.csv", "likes.csv.gz"))
    rows = "id\n" + "".join(f"{i * 7919 % 100_003}\n" for i in range(60_000))
    (project / "evidence/likes.csv.gz").write_bytes(gzip.compress(rows.encode())[:-4000])
    code, output, _ = act("Check the claims", project)
    assert code == 3, output
    assert "::error" in output


def test_the_action_writes_a_report_and_leaves_failing_to_the_check(project: Path) -> None:
    code, output, _ = act("Write the report", project, report="markdown")
    assert code == 0, output
    assert "There are three posts." in (project / "reports" / "posts.md").read_text(encoding="utf-8")
    assert act("Write the report", project, report="; touch ran")[0] == 2
