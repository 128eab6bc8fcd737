"""Overlaps, copies and correlations in the words of a report, from the data to the sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

import factcheck
from factcheck.reports.amounts import found_text
from factcheck.reports.found import found_sentences
from factcheck.verdicts.verdict import Verdict

OVERLAP = "{overlap: [\"post = 'x'\", \"post = 'y'\"], of: author}"
COUNT = "{overlap: [\"post = 'x'\", \"post = 'y'\"], of: author, as: count}"
FIRST = "{overlap: [\"post = 'x'\", \"post = 'y'\"], of: author, as: share_of_first}"
POSTS = """author,post,text,a,b
ann,x,Hello https://t.co/1,1,9
ann,y,hello,2,7
bob,x,Hello @ann,3,4
cid,y,Something secret,4,2
dan,,,5,
"""


def told(
    tmp_path: Path, measure: str, claimed: str, manifest: str = "completeness: complete", more: str = ""
) -> Verdict:
    """The verdict on one claim about the posts."""
    (tmp_path / "claims").mkdir()
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "posts.csv").write_text(POSTS, encoding="utf-8")
    spec = f"datasets:\n  posts:\n    files: posts.csv\n    unit: post\n    {manifest}\n"
    (tmp_path / "evidence" / "posts.yaml").write_text(spec, encoding="utf-8")
    claim = f"claims:\n  - id: x\n    statement: So.\n    dataset: posts\n    measure: {measure}\n    claimed: {claimed}\n{more}"
    (tmp_path / "claims" / "x.yaml").write_text(claim, encoding="utf-8")
    return factcheck.check(project=tmp_path)["x"]


@pytest.mark.parametrize(
    ("measure", "claimed", "sentences"),
    [
        (
            OVERLAP,
            "a third",
            (
                "Of the different values of `author` there are 2 where `post = 'x'` and 2 where `post = 'y'`; 1 is in both.",
                "Of all that are in any of these sets, 33.3% are shared.",
                "For 1 it is not known which sets they are in",
            ),
        ),
        (FIRST, "half", ("Of those in the first set, 50% are shared.",)),
        (COUNT, "1", ("so that the number is between 1 and 2",)),
        (
            "{duplicates: share, text: text}",
            "75%",
            (
                "Of 4 posts, 3 have a text that occurs in another, too: 75%.",
                "One text occurs more than once; it stands in 3 posts.",
                "For 1 more post the text is not known, so that the share is at least 60%.",
            ),
        ),
        (
            "{duplicates: share, text: text, similar: 90%}",
            "75%",
            (
                "a text that shares at least 90% of its words with that of another: 75%.",
                "In 3 of them it is the same text",
            ),
        ),
        (
            "{correlation: [a, b]}",
            "-1",
            (
                "Over 4 posts with both values, Spearman's rank correlation of `a` and `b` is -1.",
                "Where `a` is higher, `b` tends to be lower.",
                "For 1 more a value is missing, so that the correlation is",
            ),
        ),
    ],
)
def test_sentences(tmp_path: Path, measure: str, claimed: str, sentences: tuple[str, ...]) -> None:
    text = " ".join(found_sentences(told(tmp_path, measure, claimed))).replace("−", "-")
    missing = [sentence for sentence in sentences if sentence not in text]
    assert not missing, text


def test_a_text_is_never_told(tmp_path: Path) -> None:
    verdict = told(tmp_path, "{duplicates: share, text: text, similar: 90%}", "half")
    assert "secret" not in repr(verdict.measurement).lower()


@pytest.mark.parametrize(
    ("measure", "claimed", "text"),
    [
        (OVERLAP, "a third", "between 25% and 50% of what was collected"),
        ("{duplicates: share, text: text}", "75%", "at least 60% of what was collected"),
    ],
)
def test_a_partial_collection_is_told_with_what_missing_values_leave(
    tmp_path: Path, measure: str, claimed: str, text: str
) -> None:
    assert found_text(told(tmp_path, measure, claimed, "completeness: partial")) == text


def test_methods_that_say_something_else_are_told(tmp_path: Path) -> None:
    global_posts = POSTS.replace("cid,y,Something secret,4,2", "cid,y,Something secret,400,2")
    assert global_posts != POSTS
    verdict = told(tmp_path, "{correlation: [a, b], method: pearson}", "-1", more="    missing: ignore\n")
    (tmp_path / "evidence" / "posts.csv").write_text(global_posts, encoding="utf-8")
    turned = factcheck.check(project=tmp_path)["x"]
    assert "depends on the method" not in " ".join(found_sentences(verdict))
    assert "That depends on the method: Spearman's rank correlation is" in " ".join(found_sentences(turned))
