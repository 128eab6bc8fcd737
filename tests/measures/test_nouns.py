"""What is counted is called by the name that the manifest gives it."""

from __future__ import annotations

from pathlib import Path

import pytest

import factcheck
from factcheck.measures.common import plural
from factcheck.reports.found import found_sentences

CLAIMS = """
claims:
  - {id: busiest, statement: x., dataset: posts, claimed: 2, measure: {per: author, of: {count: rows, that: likes > 1}}}
  - {id: median, statement: x., dataset: posts, claimed: 1, measure: {per: author, take: median}}
  - {id: liked, statement: x., dataset: posts, claimed: 9, measure: {per: author, of: {max: likes}}}
  - {id: first, statement: x., dataset: posts, claimed: first, measure: {rank: ana, by: author}}
"""
POSTS = "author,likes\nana,1\nana,2\nana,3\nben,9\n"


@pytest.mark.parametrize(
    ("unit", "several"),
    [
        ("post", "posts"),
        ("painting, one an episode", "paintings"),
        ("hundredth of the mentions", "hundredths of the mentions"),
        ("reply (to anybody)", "replies"),
        ("impressions", "impressions"),
        ("person", "people"),
        ("missing child", "missing children"),
    ],
)
def test_units_in_the_plural(unit: str, several: str) -> None:
    assert plural(unit) == several


def test_what_is_measured_inside_another_measure_is_told_with_its_condition(tmp_path: Path) -> None:
    for name, text in (
        ("claims/c.yaml", CLAIMS),
        ("evidence/posts.csv", POSTS),
        ("evidence/e.yaml", "datasets:\n  posts: {files: posts.csv, completeness: complete, unit: 'post, one a row'}\n"),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    run = factcheck.check(project=tmp_path)
    told = {verdict.id: found_sentences(verdict)[0] for verdict in run.verdicts}
    assert told["busiest"] == "The largest number of posts where likes > 1 per author is 2."
    assert told["median"] == "The median number of posts per author is 2."
    assert told["liked"] == "The largest of the max of likes per author is 9."
    assert run["first"].words.endswith("by the number of posts, largest first")
