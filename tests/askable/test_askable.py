"""Example claims of a dataset: complete, varied, true, and harmless to copy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factcheck import check
from factcheck.datasets import show
from factcheck.project import open_evidence

MANIFEST = """
datasets:
  posts:
    files: posts.csv
    unit: post
    completeness: {completeness}
    columns:
      created_at: {{type: timestamp}}
      shares: {{unit: shares}}
"""
COUNTRIES = ["Russia", "Russia", "Russia", "Mexico", "Chile"]
HEAD = "post_id,created_at,country,kind,shares,verified,url"


def _row(i: int) -> str:
    country = "" if i % 11 == 0 else COUNTRIES[i % 5]
    kind = "link" if i % 3 else "photo"
    return f"{i},2018-0{1 + i % 4}-{1 + i % 28:02d} 10:00,{country},{kind},{i * i % 211},{i % 4 == 0},https://x.org/{i}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "evidence").mkdir()
    return tmp_path


def write(root: Path, rows: list[str], completeness: str = "complete") -> None:
    (root / "evidence" / "e.yaml").write_text(MANIFEST.format(completeness=completeness), encoding="utf-8")
    (root / "evidence" / "posts.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def shown(root: Path) -> str:
    return show(open_evidence(root), "posts")


def copied(root: Path, text: str) -> Path:
    """The claims of a page, in a claim file of their own."""
    (root / "claims").mkdir(exist_ok=True)
    file = root / "claims" / "copied.yaml"
    file.write_text("claims:" + text.partition("\nclaims:")[2], encoding="utf-8")
    return file


@pytest.mark.parametrize("completeness", ["complete", "partial", "random sample"])
def test_what_is_copied_is_supported(root: Path, completeness: str) -> None:
    write(root, [HEAD, *map(_row, range(200))], completeness)
    run = check(copied(root, shown(root)), project=root)
    assert len(run) == 5
    assert {verdict.outcome.value for verdict in run} == {"supported"}
    assert len({verdict.kind for verdict in run}) >= 3
    assert all(verdict.claim.statement for verdict in run)


def test_figures_are_those_of_the_rows(root: Path) -> None:
    write(root, [HEAD, *map(_row, range(200))])
    claims = {claim["id"]: claim for claim in json.loads(show(open_evidence(root), "posts", "json"))["claims"]}
    russian = [i for i in range(200) if i % 11 and COUNTRIES[i % 5] == "Russia"]
    known = [i for i in range(200) if i % 11]
    share = claims["posts-share-country"]
    assert share["claimed"] == f"{100 * len(russian) / len(known):.0f}%"
    assert (share["measure"], share["missing"]) == ({"share": "country = 'Russia'"}, "ignore")
    assert claims["posts-top-country"]["claimed"] == "Russia"
    shares = sorted(i * i % 211 for i in range(200))
    assert float(claims["posts-median-shares"]["claimed"]) == (shares[99] + shares[100]) / 2


def test_json_keeps_the_form_of_the_contract_beside_them(root: Path) -> None:
    write(root, [HEAD, *map(_row, range(50))])
    found = json.loads(show(open_evidence(root), "posts", "json"))
    assert list(found)[:6] == ["dataset", "format", "files", "ledger", "rejects", "columns"]
    assert [set(claim) >= {"id", "statement", "dataset", "measure", "claimed"} for claim in found["claims"]] == [True] * 5


def test_the_same_rows_give_the_same_claims(root: Path) -> None:
    write(root, [HEAD, *map(_row, range(100))])
    assert shown(root) == shown(root)


def test_without_completeness_nothing_can_be_claimed(root: Path) -> None:
    write(root, [HEAD, *map(_row, range(50))], "null")
    assert "claims:" not in shown(root)
    assert json.loads(show(open_evidence(root), "posts", "json"))["claims"] == []


@pytest.mark.parametrize("rows", [[HEAD], [HEAD, _row(1)], ["a", "1", "2", "3"], ["a,b", ",", ","]])
def test_few_rows_and_columns_give_few_claims(root: Path, rows: list[str]) -> None:
    write(root, rows)
    (root / "evidence" / "e.yaml").write_text(
        "datasets: {posts: {files: posts.csv, completeness: complete}}\n", encoding="utf-8"
    )
    text = shown(root)
    if "\nclaims:" in text:
        assert {verdict.outcome.value for verdict in check(copied(root, text), project=root)} == {"supported"}


def test_values_that_cannot_be_seen_are_in_no_claim(root: Path) -> None:
    tricky = ["\x1b[31mred", "a\u202eb", "it's: a # 'quoted' \"value\", {x}", "5%", "null", "- y"]
    rows = [f"{i},{json.dumps(tricky[i % 6], ensure_ascii=False).replace(chr(92) + chr(34), chr(34) * 2)}" for i in range(60)]
    write(root, ["n,label", *rows])
    (root / "evidence" / "e.yaml").write_text(
        "datasets: {posts: {files: posts.csv, completeness: complete}}\n", encoding="utf-8"
    )
    text = shown(root)
    claims = "claims:" + text.partition("\nclaims:")[2]
    assert all(line.isprintable() for line in claims.split("\n"))
    assert {verdict.outcome.value for verdict in check(copied(root, text), project=root)} == {"supported"}


def test_a_claim_that_cannot_be_evaluated_is_left_out(root: Path) -> None:
    rows = [f"{i},2018-{1 + i % 10:02d}-05 10:00,Russia,link,{i},{i % 4 == 0},x" for i in range(100)]  # a trend is asked
    write(root, [HEAD, *rows])
    assert len(check(copied(root, shown(root)), project=root)) == 5


def test_a_survey_is_asked_neither_its_weights_nor_what_is_no_answer(root: Path) -> None:
    """ "Of those whose vote is known" would hold who would not say; a median of weights says nothing of anybody."""
    votes = ["Red", "Red", "Blue", "Don't know", "Refused"]
    rows = [f"{1 + i % 37 / 10},{votes[i % 5]},{'' if i % 4 == 0 else i * 31 % 997},{'mf'[i % 2]}" for i in range(200)]
    write(root, ["weight,vote,income,sex", *rows])
    (root / "evidence" / "e.yaml").write_text(
        "datasets: {posts: {files: posts.csv, unit: voter, completeness: random sample}}\n", encoding="utf-8"
    )
    claims = shown(root).partition("\nclaims:")[2]
    assert "income" in claims
    assert "weight" not in claims
    assert "vote" not in claims.replace("voters", "")
    assert "of the voters, income" not in claims  # a quarter of them is not known
