"""One claim file on the same tweets: as twarc saves them, flattened, and as twarc-csv writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

import factcheck

SAMPLES = Path(__file__).parent / "twarc_samples"
CLAIMS = """
claims:
  - {id: tweets, statement: There are at least five tweets., dataset: tweets, measure: {count: rows}, claimed: at least 5}
  - {id: authors, statement: At least two accounts., dataset: tweets, measure: {count: distinct author}, claimed: at least 2}
  - id: retweets
    statement: At most two are retweets.
    dataset: tweets
    measure: {count: rows, that: retweet_of is not null}
    claimed: at most 2
  - {id: likes, statement: They were liked at least 97 times., dataset: tweets, measure: {sum: likes}, claimed: at least 97}
  - id: merged
    statement: One says more than fits into a retweet.
    dataset: tweets
    measure: {count: rows, that: "text like '%more than fits into a retweet of it%'"}
    claimed: at least 1
  - id: lines
    statement: One has two lines.
    dataset: tweets
    measure: {count: rows, that: "text = 'No.\\nSecond line'"}
    claimed: at least 1
  - id: tagged
    statement: No tweet has a hashtag.
    dataset: tweets
    measure: {count: rows, that: "len(hashtags) > 0"}
    claimed: 0
  - {id: first, statement: None is older than 8 April., dataset: tweets, measure: {min: created_at}, claimed: "2021-04-08 19:34:16"}
  - {id: crowd, statement: The largest has 730 followers., dataset: tweets, measure: {max: followers}, claimed: at least 730}
  - {id: land, statement: One is from Land., dataset: tweets, measure: {count: rows, that: "country = 'Land'"}, claimed: at least 1}
"""
# Three of five are retweets; likes are 48 and 49 beside the retweets' none; one retweet repeats a tweet with a hashtag.
# The collection is partial: what is at least so can be shown, what is at most so only be refuted.
EXPECTED = {
    "tweets": "supported", "authors": "supported", "retweets": "refuted", "likes": "supported", "merged": "supported",
    "lines": "supported", "tagged": "refuted", "first": "inconclusive", "crowd": "supported", "land": "supported",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "format"), [("pages.jsonl", "twarc"), ("flat.jsonl", "twarc"), ("tweets.csv", "twarc-csv")]
)
@pytest.mark.parametrize("stated", [True, False])
def test_the_same_verdicts(tmp_path: Path, name: str, format: str, stated: bool) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "claims").mkdir()
    (tmp_path / "factcheck.yaml").write_text("title: The vote\n")
    (tmp_path / "claims/tweets.yaml").write_text(CLAIMS)
    (tmp_path / "evidence" / name).write_bytes((SAMPLES / name).read_bytes())
    said = f"format: {format}, " if stated else ""
    (tmp_path / "evidence/tweets.yaml").write_text(
        f"datasets:\n  tweets: {{files: {name}, {said}completeness: partial, represents: all tweets on the vote}}\n"
    )
    run = factcheck.check(project=tmp_path)
    assert {verdict.id: verdict.outcome.value for verdict in run.verdicts} == EXPECTED
