"""What Python users import and call."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

import factcheck

PUBLIC = {
    "EvidenceError", "FactcheckError", "Outcome", "Place", "Problem", "Run", "SpecError", "StatisticsError", "Verdict",
    "__version__", "check",
}  # fmt: skip

CLAIM = """
claims:
  - id: russia-share
    statement: Half of the posts come from Russia.
    dataset: posts
    measure: {share: country = 'Russia'}
    claimed: half
"""


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    path = tmp_path / "claims" / "posts.yaml"
    path.parent.mkdir()
    path.write_text(CLAIM, encoding="utf-8")
    return path


@pytest.fixture
def posts() -> pd.DataFrame:
    return pd.DataFrame({"country": ["Russia", "Russia", "Chile", "Peru"], "id": [1, 2, 3, 4]})


def test_the_public_names_are_these_and_no_others() -> None:
    assert set(factcheck.__all__) == PUBLIC
    for name in PUBLIC:
        assert getattr(factcheck, name) is not None
    with pytest.raises(AttributeError, match="chekc"):
        factcheck.chekc  # noqa: B018


def test_a_claim_is_checked_against_a_frame_in_memory(claims: Path, posts: pd.DataFrame) -> None:
    run = factcheck.check(claims, data={"posts": posts})
    verdict = run["russia-share"]
    assert verdict.outcome is factcheck.Outcome.SUPPORTED
    assert verdict.estimate == Fraction(1, 2)
    assert [v.id for v in run] == ["russia-share"]
    assert len(run) == 1
    with pytest.raises(KeyError):
        run["russia"]


def test_a_run_becomes_a_frame_a_dictionary_and_a_report(claims: Path, posts: pd.DataFrame, tmp_path: Path) -> None:
    run = factcheck.check(claims, data={"posts": posts})
    frame = run.to_frame()
    assert list(frame["id"]) == ["russia-share"]
    assert frame.loc[0, "estimate"] == 0.5
    assert frame.loc[0, "claimed"] == "half"
    assert frame["n"].dtype == "Int64"
    assert run.to_dict()["summary"]["supported"] == 1
    path, picture = run.report(tmp_path / "reports")
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    assert "**Supported" in path.read_text(encoding="utf-8")


def test_every_problem_of_the_specs_is_raised_at_once(claims: Path, posts: pd.DataFrame) -> None:
    claims.write_text(CLAIM.replace("country =", "contry =").replace("claimed: half", "claimed: 50"), encoding="utf-8")
    with pytest.raises(factcheck.SpecError) as caught:
        factcheck.check(claims, data={"posts": posts})
    assert len(caught.value.problems) == 2
    places = [problem.place for problem in caught.value.problems]
    assert all(place is not None and place.file.endswith("posts.yaml") for place in places)


def _imported_by(code: str) -> set[str]:
    script = f"import sys, json\n{code}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_help_waits_for_no_engine_and_no_library() -> None:
    code = "from factcheck.cli import main\nmain(['--help'], standalone_mode=False)"
    heavy = {"duckdb", "sqlglot", "pandas", "numpy", "scipy", "pydantic", "yaml", "jinja2", "rich"}
    assert not heavy & _imported_by(code)


def test_validating_text_files_waits_for_no_engine_and_no_statistics(claims: Path, tmp_path: Path) -> None:
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    (evidence / "posts.csv").write_text("country,id\nRussia,1\n", encoding="utf-8")
    manifest = "datasets:\n  posts: {files: posts.csv, completeness: complete}\n"
    (evidence / "posts.yaml").write_text(manifest, encoding="utf-8")
    words = ["validate", "-q", "--project", str(tmp_path)]
    code = f"from factcheck.cli import main\nmain({words!r}, standalone_mode=False)"
    assert not {"duckdb", "numpy", "pandas", "scipy", "jinja2", "rich", "pyarrow"} & _imported_by(code)


def test_a_report_may_be_about_one_claim_and_names_what_there_is(
    claims: Path, posts: pd.DataFrame, tmp_path: Path
) -> None:
    run = factcheck.check(claims, data={"posts": posts})
    (path,) = run.report(tmp_path, "html", single="russia-share", base_url="https://example.org/")
    assert path.name == "russia-share.html"
    with pytest.raises(ValueError, match=r"no report of the form 'pdf'; there is markdown, html"):
        run.report(tmp_path, "pdf")
    with pytest.raises(ValueError, match="did you mean 'russia-share'"):
        run.report(tmp_path, single="rusia-share")
