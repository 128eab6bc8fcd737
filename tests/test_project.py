"""Which claims a run takes: `--select` by id, tag, dataset, file and outcome."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import factcheck
from factcheck.cases.evidence import Evidence
from factcheck.cli import main
from factcheck.errors import EvidenceError

CLAIMS = """
tags: [spring]
defaults: {dataset: posts, claimed: half, measure: {share: country = 'Russia'}}
claims:
  - {id: russia-half, statement: Half of it., tags: [russia]}
  - {id: russia-most, statement: Most of it., claimed: most}
  - {id: chile-half, statement: Half of it is from Chile., measure: {share: country = 'Chile'}}
  - {id: motives, statement: They meant it., measure: null, unverifiable: Data hold no motives.}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "claims").mkdir()
    (tmp_path / "evidence").mkdir()
    (tmp_path / "claims" / "a.yaml").write_text(CLAIMS, encoding="utf-8")
    (tmp_path / "evidence" / "posts.csv").write_text("country\nRussia\nRussia\nChile\nPeru\n", encoding="utf-8")
    manifest = "datasets: {posts: {files: posts.csv, completeness: complete}}"
    (tmp_path / "evidence" / "posts.yaml").write_text(manifest, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("select", "ids"),
    [
        (None, ["russia-half", "russia-most", "chile-half", "motives"]),
        ("russia-*", ["russia-half", "russia-most"]),
        ("tag:russia", ["russia-half"]),
        ("tag:spring", ["russia-half", "russia-most", "chile-half", "motives"]),
        ("dataset:posts,motives", ["russia-half", "russia-most", "chile-half", "motives"]),
        ("outcome:supported", ["russia-half"]),
        ("outcome:unverifiable,russia-most", ["russia-most", "motives"]),
        ("file:claims/*.yaml", ["russia-half", "russia-most", "chile-half", "motives"]),
    ],
)
def test_a_comma_means_or(project: Path, select: str | None, ids: list[str]) -> None:
    assert [verdict.id for verdict in factcheck.check(project=project, select=select)] == ids


@pytest.mark.parametrize("command", ["check", "report", "validate"])
def test_to_select_twice_means_or(project: Path, command: str) -> None:
    arguments = [command, "--project", str(project), "--select", "motives", "--select", "russia-*"]
    done = CliRunner().invoke(main, [*arguments, "--output", "-"] if command == "report" else arguments)
    assert done.exit_code == 0, done.output
    assert "3 claims" in done.output


@pytest.mark.parametrize("select", ["rusia-half", "tag:winter", "outcome:refutd", "colour:red", "russia-half,chille-*"])
def test_a_term_that_names_nothing_stops_the_run(project: Path, select: str) -> None:
    with pytest.raises(factcheck.SpecError):
        factcheck.check(project=project, select=select)


def test_what_can_be_checked_is_well_formed_before_the_rows_are_read(project: Path) -> None:
    claim = (
        "claims: [{id: gap, statement: s, dataset: posts, claimed: 2, measure: {difference: {value: likes, among: "
        "id = 1}, minus: {value: likes, among: id = 2}}}]"
    )
    (project / "claims" / "a.yaml").write_text(claim, encoding="utf-8")
    (project / "evidence" / "posts.csv").write_text("id,likes\n1,5\n2,3\n", encoding="utf-8")
    for command in ("validate", "check"):  # a CSV's types are not known from its head
        done = CliRunner().invoke(main, [command, "--project", str(project)])
        assert done.exit_code == 0, done.output


def test_an_engine_that_lists_no_values_costs_no_more_than_the_near_spellings(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = "claims: [{id: rusia, statement: s, dataset: posts, claimed: 50%, measure: {share: country = 'Rusia'}}]"
    (project / "claims" / "a.yaml").write_text(claim, encoding="utf-8")
    arguments = ["check", "--project", str(project), "--no-cache"]
    assert "did you mean 'Russia'?" in CliRunner().invoke(main, arguments).output

    def refuse(*_: object) -> list[str]:
        raise EvidenceError("this engine lists no values")

    monkeypatch.setattr(Evidence, "commonest", refuse)
    done = CliRunner().invoke(main, arguments)
    assert "no row has country = 'Rusia'" in done.output
    assert "1 claim: 1 refuted" in done.output
