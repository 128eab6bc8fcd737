"""What an editor is told of a change is true of the claim at hand: whose columns, over which rows, and when to print it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from test_rechecking import CLAIMS, MANIFEST, RATINGS, call, causes, corrected, diff, edit


def desk(root: Path, claims: str = CLAIMS, manifest: str = MANIFEST) -> Path:
    """A project on 400 posts, half of them of the right, whose verdicts are accepted."""
    for folder in ("claims", "evidence"):
        (root / folder).mkdir()
    (root / "claims" / "a.yaml").write_text(claims)
    (root / "evidence" / "a.yaml").write_text(manifest)
    rows = [f"p{i},{'right' if i % 2 else 'left'},{RATINGS[i // 2 % 4]},{i * 7 % 100}" for i in range(400)]
    (root / "evidence" / "posts.csv").write_text("\n".join(["id,Category,Rating,shares", *rows]) + "\n")
    assert call(root, "baseline", "accept", "--yes")[0] == 0
    return root


def told(root: Path) -> str:
    return re.sub(r"\s+", " ", call(root, "baseline", "diff", "--format", "markdown")[1])


def test_data_are_told_of_the_columns_that_the_old_claim_used(tmp_path: Path) -> None:
    """The new claim uses another column, which was edited too and moved nothing."""
    mean = "\n  - {id: shares, statement: The mean is 50., dataset: posts, measure: {mean: shares}, claimed: about 50}\n"
    root = desk(tmp_path, CLAIMS + mean)
    corrected(root)
    edit(root / "evidence" / "posts.csv", ",49\n", ",48\n")
    edit(root / "claims" / "a.yaml", "measure: {share: Rating = 'mostly false'}", "measure: {mean: shares}")
    edit(root / "claims" / "a.yaml", "claimed: 25%", "claimed: 25")
    found = diff(root)["right"]
    assert causes(found) == [("data", "re-evaluation"), ("claim", "re-evaluation")]
    (data,) = found["reasons"]["data"]
    assert ([one["column"] for one in data["touched"]], data["untouched"]) == (["Rating"], ["Category"])
    assert data["changes"]["edited"] == 6
    first = told(root).partition("`shares`:")[0]
    assert "in 6 posts Rating was “mostly false”, and is “mostly true”" in first
    assert "0.25" not in first  # a share is no mean
    assert "That alone took the verdict to “refuted”" in first


def test_no_correction_of_a_claim_that_says_something_else(tmp_path: Path) -> None:
    """It was the quarter that was supported, and nobody has said so of the fifth."""
    root = desk(tmp_path)
    edit(root / "claims" / "a.yaml", "claimed: 25%", "claimed: 20%")
    assert (diff(root)["right"]["because"], diff(root)["right"]["correction"]) == ("claim", None)
    assert "Correction" not in told(root)


def test_a_correction_after_the_check_was_mended_names_no_code(tmp_path: Path) -> None:
    root = desk(tmp_path)
    edit(root / "claims" / "a.yaml", "Category = 'right'", "Rating <> 'mixture'")
    printed = diff(root)["right"]["correction"]
    assert "is 33.3% (100 of 300 posts), not 25% (50 of 200 posts). How it is checked has been changed, and nothing else." in printed
    assert "`" not in printed
    assert "`where` was `Category = 'right'`" in told(root)  # the desk is told all the same


def test_no_correction_of_evidence_that_is_made_up(tmp_path: Path) -> None:
    root = desk(tmp_path, manifest=MANIFEST.replace("key: id", "key: id, synthetic: true"))
    corrected(root)
    assert (diff(root)["right"]["because"], diff(root)["right"]["correction"]) == ("data", None)


def test_a_correction_says_which_name_is_right(tmp_path: Path) -> None:
    claims = "claims: [{id: top, statement: Falsehoods lead., dataset: posts, measure: {top: 1, by: Rating}, claimed: mostly false}]"
    root = desk(tmp_path, claims)
    edit(root / "evidence" / "posts.csv", "left,mixture,", "left,mostly true,", 3)
    (changed,) = diff(root).values()
    assert "the answer behind the statement “Falsehoods lead” is mostly true, not " in changed["correction"]


@pytest.mark.parametrize(("key", "said"), [(True, False), (False, True)])
def test_a_row_that_came_makes_no_other_values(tmp_path: Path, key: bool, said: bool) -> None:
    """A column with one more row is another; what became of the others is known by a key alone."""
    claims = CLAIMS.replace("{share: Rating = 'mostly false'}", "{mean: shares}").replace("25%", "about 50")
    root = desk(tmp_path, claims, MANIFEST if key else MANIFEST.replace("key: id, ", ""))
    path = root / "evidence" / "posts.csv"
    path.write_text(path.read_text() + "p900,right,mixture,90000\n")
    found = told(root)
    assert "has 401 posts, not 400" in found
    assert ("nothing that counts here has changed in the other posts" in found) == key
    assert ("whether the column `shares` changed in the other posts is not known" in found) == said
    assert "shares` is not the same" not in found


def test_over_which_rows_edits_are_counted(tmp_path: Path) -> None:
    """Three posts of the right and forty of the left: the claim is about the right."""
    root = desk(tmp_path)
    corrected(root, 3)
    edit(root / "evidence" / "posts.csv", "left,mostly false", "left,mixture", 40)
    found = told(root)
    assert "Rating was “mostly false” in 43 posts, and is “mixture” in 40 and “mostly true” in 3" in found
    assert "that is counted over all 400 posts, not only those of the claim" in found
