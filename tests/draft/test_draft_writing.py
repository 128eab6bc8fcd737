"""Drafts in claim files: what is written reads as it was meant, and what stood there stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from factcheck.claims.reading import read_text
from factcheck.draft.writing import append, as_yaml, unique
from factcheck.errors import SpecError

CLAIM: dict[str, Any] = {
    "id": "half-no", "statement": "Half: of #them said 'No'.", "dataset": "posts",
    "measure": {"share": "\"a, b\" = 'NO' and text like '%: {x}%'", "among": "x <> 1"}, "claimed": "50%",
}  # fmt: skip
STOOD = """# The head of the file.
title: A file
defaults: {dataset: posts, where: x = 1, claimant: Somebody}

claims:
  # a comment
  - id: first
    statement:   oddly    spaced   # and kept
    measure: {count: rows}
    claimed: "1,000"

# The end.
"""


def read_back(text: str) -> list[Any]:
    claims, problems = read_text(text, "test")
    assert [problem.render() for problem in problems] == []
    return [one.claim for one in claims]


def test_a_written_claim_reads_as_it_was_meant() -> None:
    (claim,) = read_back("claims:\n" + as_yaml(CLAIM))
    assert claim.statement == CLAIM["statement"]
    assert claim.measure == CLAIM["measure"]
    assert claim.claimed == CLAIM["claimed"]


@pytest.mark.parametrize("text", ["NO", "12:30", "null", "a: b", "#x", "{x}", "it's", 'say "x"', "1e3", "- x", "x #y"])
def test_any_text_survives(text: str) -> None:
    (claim,) = read_back("claims:\n" + as_yaml({**CLAIM, "statement": text, "measure": {"share": text}}))
    assert (claim.statement, claim.measure) == (text, {"share": text})


def test_appending_leaves_every_other_character(tmp_path: Path) -> None:
    path = tmp_path / "claims" / "file.yaml"
    path.parent.mkdir()
    path.write_text(STOOD)
    assert append(CLAIM, path, tmp_path, {"half-no"}, ()) == "half-no-2"
    made = path.read_text()
    kept = made.splitlines()
    assert [line for line in STOOD.splitlines() if line not in kept] == []
    assert made.startswith(STOOD[: STOOD.index("\n# The end.")])
    assert made.endswith("\n# The end.\n")
    first, second = read_back(made)
    assert (first.id, second.id) == ("first", "half-no-2")
    assert second.review.status == "draft"


def test_line_ends_stay_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(STOOD.replace("\n", "\r\n").encode())
    append(CLAIM, path, tmp_path, (), ())
    made = path.read_bytes()
    assert made.count(b"\r\n") == made.count(b"\n")
    assert len(read_back(made.decode())) == 2


@pytest.mark.parametrize("text", ["claims: []\n", "# one\nclaims: []  # none yet\n# two\n", "claims: []"])
def test_an_empty_list_gets_its_first_claim(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(text)
    append(CLAIM, path, tmp_path, (), ())
    assert [claim.id for claim in read_back(path.read_text())] == ["half-no"]
    assert all(told in path.read_text() for told in text.replace("[]", "").split())


def test_defaults_do_not_change_what_a_draft_measures(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(STOOD)
    append(CLAIM, path, tmp_path, (), ["missing"])
    second = read_back(path.read_text())[1]
    assert second.where is None
    assert second.claimant == "Somebody"
    assert "where: null" in path.read_text()
    assert "missing: null" in path.read_text()


def test_a_new_file_tells_editors_its_schema(tmp_path: Path) -> None:
    path = tmp_path / "claims" / "new.yaml"
    append(CLAIM, path, tmp_path, (), ())
    assert path.read_text().startswith("# yaml-language-server: $schema=../schemas/claims.json\nclaims:\n")
    assert [claim.id for claim in read_back(path.read_text())] == ["half-no"]


@pytest.mark.parametrize("text", ["claims: {}\n", "claims: [{id: a}]\n", "- x\n", "claims:\n  - id: [\n"])
def test_a_file_that_cannot_be_added_to_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(text)
    with pytest.raises(SpecError):
        append(CLAIM, path, tmp_path, (), ())
    assert path.read_text() == text


def test_a_taken_id_gets_the_next_number() -> None:
    assert unique("a", {"a", "a-2"}) == "a-3"
    assert unique("b", {"a"}) == "b"
