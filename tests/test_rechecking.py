"""Why verdicts changed, on small projects: what is accepted, then corrected, then told."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from factcheck.cli import main

CLAIMS = """
claims:
  - id: right
    statement: A quarter of right-wing posts were mostly false.
    dataset: posts
    where: Category = 'right'
    measure: {share: Rating = 'mostly false'}
    claimed: 25%
  - id: all
    statement: There are 400 posts.
    dataset: posts
    measure: {count: rows}
    claimed: exactly 400
"""
MANIFEST = """
datasets:
  posts: {title: Checked posts, files: posts.csv, unit: post, key: id, completeness: complete, represents: all of them}
"""
RATINGS = ["mostly true", "mostly false", "mixture", "no factual content"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("claims", "evidence"):
        (tmp_path / folder).mkdir()
    (tmp_path / "claims" / "a.yaml").write_text(CLAIMS)
    (tmp_path / "evidence" / "a.yaml").write_text(MANIFEST)
    rows = [f"p{i},writer{i % 9},{'right' if i % 2 else 'left'},{RATINGS[i // 2 % 4]}" for i in range(400)]
    (tmp_path / "evidence" / "posts.csv").write_text("\n".join(["id,author,Category,Rating", *rows]) + "\n")
    assert call(tmp_path, "baseline", "accept", "--yes")[0] == 0
    return tmp_path


def call(project: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, [*arguments, "--project", str(project), "--now", "2026-02-03"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.stdout


def diff(project: Path) -> dict[str, dict[str, Any]]:
    """What differs from the baseline, by claim."""
    code, told = call(project, "baseline", "diff", "--format", "json")
    found = {change["id"]: change for change in json.loads(told)["changed"]}
    failed = any(change["now"] == "error" for change in found.values())
    assert code == (3 if failed else 1 if any(change["was"] != change["now"] for change in found.values()) else 0)
    return found


def causes(change: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(cause["factor"], cause["proof"]) for cause in change["reasons"]["causes"]]


def edit(path: Path, was: str, now: str, count: int = -1) -> None:
    text = path.read_text()
    assert was in text
    path.write_text(text.replace(was, now, count))


def corrected(project: Path, rows: int = 6) -> None:
    """The rating of some posts of the right is another."""
    edit(project / "evidence" / "posts.csv", "right,mostly false", "right,mostly true", rows)


def older(project: Path) -> None:
    """The baseline was accepted with an older program, which came to another figure."""
    edit(project / "baselines" / "a.json", '"factcheck": "0.1.0"', '"factcheck": "0.0.9"')
    edit(project / "baselines" / "a.json", '"estimate": 0.25', '"estimate": 0.27')


def test_where_nothing_has_changed_nothing_is_told(project: Path) -> None:
    assert diff(project) == {}
    code, told = call(project, "check", "--format", "json")
    assert (code, json.loads(told)["changed"]) == (0, [])


def test_corrected_data(project: Path) -> None:
    corrected(project)
    found = diff(project)["right"]
    assert (found["was"], found["now"], found["because"]) == ("supported", "refuted", "data")
    assert causes(found) == [("data", "elimination")]
    (data,) = found["reasons"]["data"]
    assert (data["dataset"], data["content"], data["described"], data["rows"]) == ("posts", True, False, [400, 400])
    assert data["untouched"] == ["Category"]
    assert data["touched"] == [
        {
            "column": "Rating",
            "values": [{"value": "mostly false", "was": 100, "now": 94}, {"value": "mostly true", "was": 100, "now": 106}],
        }
    ]
    code, told = call(project, "check", "--format", "json")
    change = {"id": "right", "was": "supported", "now": "refuted", "because": "data"}
    assert (code, json.loads(told)["changed"]) == (1, [change])


def test_the_correction_that_can_be_printed(project: Path) -> None:
    corrected(project)
    printed = diff(project)["right"]["correction"]
    assert printed.startswith(
        "Correction, 3 February 2026: the figure behind the statement “A quarter of right-wing posts were mostly false” "
        "is 22% (44 of 200 posts), not 25% (50 of 200 posts)."
    )
    assert "in 6 posts Rating was “mostly false”, and is “mostly true”" in printed
    assert printed.endswith("The claim of 25%, supported on 3 February 2026, does not hold.")
    call(project, "report")
    pages = (project / "reports").rglob("*.md")
    assert any("Correction, 3 February 2026: the figure behind" in page.read_text() for page in pages)
    assert "Correction, 3 February 2026" in call(project, "baseline", "diff", "--format", "markdown")[1]


def test_what_became_of_the_rows(project: Path) -> None:
    """Rows are told from one another by the key, wherever they stand now."""
    path = project / "evidence" / "posts.csv"
    corrected(project, 5)
    head, *rows = path.read_text().splitlines()
    rows = [row for row in rows if not row.startswith(("p8,", "p16,"))]
    path.write_text("\n".join([head, *reversed(rows), "p900,writer1,right,mixture"]) + "\n")
    changes = diff(project)["right"]["reasons"]["data"][0]["changes"]
    assert (changes["added"], changes["removed"], changes["edited"], changes["by"]) == (1, 2, 5, ["id"])
    assert changes["edits"] == [{"column": "Rating", "was": "mostly false", "now": "mostly true", "rows": 5}]
    told = re.sub(r"\s+", " ", call(project, "baseline", "diff")[1])
    assert "in “Checked posts” 1 post came and 2 went" in told
    assert "Rating is “mostly false” in 95 posts, not 100" in told  # rows came and went: these are not all edits


def test_rows_without_a_key_are_told_by_their_place(project: Path) -> None:
    edit(project / "evidence" / "a.yaml", "key: id, ", "")
    assert call(project, "baseline", "accept", "--yes")[0] == 0
    corrected(project)
    changes = diff(project)["right"]["reasons"]["data"][0]["changes"]
    assert (changes["added"], changes["removed"], changes["edited"], changes["by"]) == (0, 0, 6, [])
    path = project / "evidence" / "posts.csv"
    path.write_text(path.read_text() + "p900,writer1,right,mixture\n")
    assert diff(project)["right"]["reasons"]["data"][0]["changes"] is None  # nobody knows which row is which


def test_without_the_rows_of_then_only_their_numbers_are_told(project: Path) -> None:
    corrected(project)
    shutil.rmtree(project / ".factcheck")
    found = diff(project)["right"]
    assert (found["because"], found["reasons"]["data"][0]["changes"]) == ("data", None)
    assert "Rating is “mostly false” in 94 posts, not 100" in found["correction"]


def test_rows_that_were_tampered_with_explain_nothing(project: Path) -> None:
    older(project)
    corrected(project)
    for table in (project / ".factcheck").rglob("*.parquet"):
        table.write_bytes(table.read_bytes()[:-1] + b"x")
    found = diff(project)["right"]
    assert (found["because"], found["reasons"]["data"][0]["changes"]) == (None, None)


def test_rows_that_are_gone(project: Path) -> None:
    path = project / "evidence" / "posts.csv"
    path.write_text("".join(line for line in path.read_text().splitlines(True) if "p7," not in line))
    found = diff(project)["all"]
    assert (found["because"], found["reasons"]["data"][0]["rows"]) == ("data", [400, 399])
    assert "“Checked posts” has 399 posts, not 400" in re.sub(r"\s+", " ", call(project, "baseline", "diff")[1])


def test_a_broken_record_is_not_taken_for_a_row_that_went(project: Path) -> None:
    edit(project / "evidence" / "posts.csv", "p7,writer7,", "p7,writer7,,,")
    told = re.sub(r"\s+", " ", call(project, "baseline", "diff")[1])
    assert "has 399 posts, not 400; today one of its records could not be read and is not counted" in told


def test_a_reason_that_claims_share_is_told_in_full_once(project: Path) -> None:
    path = project / "claims" / "a.yaml"
    path.write_text(path.read_text() + path.read_text().partition("claims:\n")[2].replace("id: ", "id: other-"))
    assert call(project, "baseline", "accept", "--yes")[0] == 0
    corrected(project)
    for command in (["check"], ["baseline", "diff"]):
        told = re.sub(r"\s+", " ", call(project, *command)[1])
        assert told.count("Rating was “mostly false”, and is “mostly true”") == 1
        assert re.search(r"other-right: .* The reason is the same as for right\.", told)


def test_a_claim_that_was_changed(project: Path) -> None:
    edit(project / "claims" / "a.yaml", "where: Category = 'right'", "where: Rating != 'mixture'")
    found = diff(project)["right"]
    assert (found["because"], causes(found)) == ("claim", [("claim", "elimination")])
    assert found["reasons"]["claim"] == [{"key": "where", "was": "Category = 'right'", "now": "Rating != 'mixture'"}]
    assert found["reasons"]["data"] == []


def test_rules_of_the_project_that_were_changed(project: Path) -> None:
    (project / "factcheck.yaml").write_text("rating: pinocchio-like\n")
    found = diff(project)["right"]
    assert (found["because"], found["what"]) == ("claim", ["rating"])
    assert found["reasons"]["claim"] == [{"key": "rules.rating", "was": None, "now": "pinocchio-like"}]


def test_what_the_manifest_says_belongs_to_the_data(project: Path) -> None:
    edit(project / "evidence" / "a.yaml", "completeness: complete", "completeness: partial")
    found = diff(project)["right"]
    assert (found["because"], causes(found)) == ("data", [("data", "elimination")])
    data = found["reasons"]["data"][0]
    assert (data["content"], data["described"], data["touched"]) == (False, True, [])


def test_a_claim_and_data_that_were_both_changed(project: Path) -> None:
    corrected(project)
    edit(project / "claims" / "a.yaml", "    where: Category = 'right'\n", "")
    found = diff(project)["right"]
    assert causes(found) == [("data", "re-evaluation"), ("claim", "re-evaluation")]
    assert [cause["after"]["estimate"] for cause in found["reasons"]["causes"]] == [0.22, 0.235]
    assert found["because"] == "data"
    assert "That alone took the figure from 25% to 22%" in re.sub(r"\s+", " ", call(project, "baseline", "diff")[1])


def test_data_that_were_changed_beside_what_a_claim_uses(project: Path) -> None:
    """The claim alone moved it: the old claim comes to the same on today's data."""
    edit(project / "evidence" / "posts.csv", "writer3", "writer4")
    edit(project / "claims" / "a.yaml", "Category = 'right'", "Category = 'left'")
    edit(project / "evidence" / "posts.csv", "left,mostly false", "left,mostly true", 5)
    found = diff(project)["right"]
    assert (found["because"], causes(found)) == ("claim", [("claim", "re-evaluation")])
    assert "The data have changed too" in re.sub(r"\s+", " ", call(project, "baseline", "diff")[1])


def test_effects_that_cancel(project: Path) -> None:
    """Data that moved the figure down, and a claim that moved it back up but for a little."""
    corrected(project, 20)
    edit(project / "claims" / "a.yaml", "Category = 'right'", "id != 'p1'")
    found = diff(project)["right"]
    down, up = found["reasons"]["causes"]
    assert (down["factor"], up["factor"]) == ("data", "claim")
    assert down["before"]["estimate"] > down["after"]["estimate"] < up["after"]["estimate"]


def test_another_program(project: Path) -> None:
    older(project)
    found = diff(project)["right"]
    assert (found["because"], causes(found)) == ("engine", [("engine", "elimination")])
    assert found["reasons"]["engine"]["version"] == ["0.0.9", "0.1.0"]


def test_another_program_and_other_data(project: Path) -> None:
    """The rows of then are kept by the cache: the old claim is evaluated on them."""
    older(project)
    corrected(project)
    found = diff(project)["right"]
    assert causes(found) == [("engine", "re-evaluation"), ("data", "re-evaluation")]
    assert [cause["after"]["estimate"] for cause in found["reasons"]["causes"]] == [0.25, 0.22]
    assert found["because"] == "data"


def test_what_cannot_be_proven_is_not_said(project: Path) -> None:
    older(project)
    corrected(project)
    shutil.rmtree(project / ".factcheck")
    found = diff(project)["right"]
    assert (found["because"], causes(found), found["correction"]) == (None, [], None)
    assert [one["factors"] for one in found["reasons"]["open"]] == [["engine", "data"]]
    assert "The data and the program have changed; which" in re.sub(r"\s+", " ", call(project, "baseline", "diff")[1])


def test_an_old_claim_that_can_no_longer_be_evaluated(project: Path) -> None:
    """Its column is gone; those that can be evaluated still are."""
    edit(project / "evidence" / "posts.csv", "id,author,Category,Rating", "id,author,Wing,Rating")
    edit(project / "evidence" / "posts.csv", "right,mostly false", "right,mixture", 50)
    edit(project / "claims" / "a.yaml", "Category = 'right'", "Wing = 'right'")
    edit(project / "claims" / "a.yaml", "exactly 400", "exactly 401")
    found = diff(project)
    assert (found["right"]["because"], causes(found["right"])) == (None, [])
    assert found["right"]["reasons"]["open"][0]["factors"] == ["data", "claim"]
    assert found["all"]["because"] == "claim"


def test_evidence_that_is_gone(project: Path) -> None:
    (project / "evidence" / "posts.csv").rename(project / "evidence" / "posts.txt")
    found = diff(project)["right"]
    assert (found["now"], found["because"]) == ("error", "data")


def test_each_claim_is_held_against_the_data_that_it_was_accepted_on(project: Path) -> None:
    """One claim was accepted again after the first correction, the other was not."""
    corrected(project)
    path = project / "evidence" / "posts.csv"
    path.write_text(path.read_text() + "p400,writer1,left,mixture\n")
    assert call(project, "baseline", "accept", "all", "--yes")[0] == 0
    corrected(project)
    older(project)
    found = diff(project)
    assert causes(found["right"]) == [("engine", "re-evaluation"), ("data", "re-evaluation")]
    assert found["right"]["reasons"]["data"][0]["rows"] == [400, 401]
    assert "all" not in found


def test_a_query_is_held_against_what_it_was(project: Path) -> None:
    (project / "evidence" / "b.yaml").write_text(
        "datasets:\n  by: {query: 'SELECT Category, Rating, count(*) AS n FROM posts GROUP BY 1, 2', completeness: complete}\n"
    )
    edit(project / "claims" / "a.yaml", "claims:", """claims:
  - {id: most, statement: The largest group has 50., dataset: by, measure: {max: n}, claimed: exactly 50}""")
    assert call(project, "baseline", "accept", "--yes")[0] == 0
    recorded = (project / "baselines" / "a.json").read_bytes()
    for arguments in (["--no-cache"], ["--no-cache", "--jobs", "1"], []):
        assert call(project, "baseline", "accept", "--yes", *arguments)[0] == 0
        assert (project / "baselines" / "a.json").read_bytes() == recorded
    corrected(project)
    assert diff(project)["most"]["because"] == "data"


def test_nobody_is_named(project: Path) -> None:
    """Neither in the baseline nor in what is told of a column of authors that a claim uses."""
    edit(project / "claims" / "a.yaml", "claims:", """claims:
  - {id: who, statement: Nine write., dataset: posts, measure: {count: distinct author}, claimed: exactly 9}
  - {id: rows, statement: All have an id., dataset: posts, measure: {count: rows, of: id IS NOT NULL}, claimed: 400}"""
    .replace("{count: rows, of: id IS NOT NULL}", "{share: id IS NOT NULL}").replace("claimed: 400", "claimed: 100%"))
    assert call(project, "baseline", "accept", "--yes")[0] == 0
    edit(project / "evidence" / "posts.csv", "writer3", "writer4")
    told = "".join(call(project, "baseline", "diff", "--format", form)[1] for form in ("json", "markdown", "terminal"))
    assert diff(project)["who"]["because"] == "data"
    assert "the column author is not the same in" in re.sub(r"\s+", " ", told)
    for text in ((project / "baselines" / "a.json").read_text(), told):
        assert not re.search(r"writer\d|\bp\d+\b", text)


def test_what_data_and_claims_say_stays_text(project: Path) -> None:
    """Values of data and keys of claims stand in sentences as they are, and are no markup of a page."""
    hostile = "<b>x</b> `y` **z** [w](v)"
    edit(project / "evidence" / "posts.csv", "mixture", hostile)
    edit(project / "claims" / "a.yaml", "Category = 'right'", "Category = 'right' AND Rating != '<i>`q`</i>'")
    assert diff(project) == {}  # nothing that the claims count has moved
    corrected(project)
    told = call(project, "baseline", "diff", "--format", "markdown")[1]
    assert "&lt;b&gt;x" in told or "\\<b\\>x" in told or "\\<b>x" in told
    call(project, "report", "--format", "html")
    page = "".join(path.read_text() for path in (project / "reports").rglob("*.html"))
    assert "<b>x</b>" not in page
    assert "<i>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_the_states_of_data_frames_are_told() -> None:
    import pandas as pd

    from factcheck import pipeline
    from factcheck.claims.reading import read_text
    from factcheck.project import Project, open_project

    text = "claims: [{id: a, statement: x, dataset: f, measure: {share: party = 'A'}, claimed: 50%}]"
    empty = open_project(Path(__file__).parent, frames=["f"])
    claims, problems = read_text(text, "a.yaml")
    project = Project(empty.root, empty.config, tuple(claims), empty.manifests, ())
    assert problems == []
    frame = pd.DataFrame({"party": ["A", "B", None] * 20, "n": range(60)})
    run = pipeline.check(project, frames={"f": frame}, states=lambda name, taken: name == "f" and taken is None)
    assert (run.states["f"].rows, [*run.states["f"].columns]) == (60, ["party"])
    assert pipeline.check(project, frames={"f": frame}).states == {}
