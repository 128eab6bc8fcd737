"""One claim file, unchanged, on the same invented posts as four tools export them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import factcheck

from .tables import CROWDTANGLE, FOUR_CAT_TWITTER, TWINT, X_ARCHIVE, table

# Post n is posted n hours after midnight (UTC) of 3 May 2020, by the three authors in turn, with n² likes and n
# shares; every fourth says "vote".
POSTS = range(1, 25)
AUTHORS = ("ana_invented", "ben_invented", "cem_invented")
CLAIMS = """
claims:
  - {id: posts, statement: There are 24 posts., dataset: posts, measure: {count: rows}, claimed: 24}
  - {id: authors, statement: Three accounts posted them., dataset: posts, measure: {count: distinct author}, claimed: 3}
  - {id: likes, statement: They got 4900 likes., dataset: posts, measure: {sum: likes}, claimed: 4900}
  - {id: shared, statement: The most shared was shared 30 times., dataset: posts, measure: {max: retweets}, claimed: 30}
  - {id: vote, statement: A quarter say vote., dataset: posts, measure: {share: "text like '%vote%'"}, claimed: 25%}
  - id: morning
    statement: Eight were posted from eight to four.
    dataset: posts
    measure: {count: rows, that: "created_at >= '2020-05-03 08:00' and created_at < '2020-05-03 16:00'"}
    claimed: 8
  - {id: first, statement: The first is of one o'clock., dataset: posts, measure: {min: created_at}, claimed: "2020-05-03 01:00"}
  - {id: known, statement: All have an identifier of their own., dataset: posts, measure: {count: distinct id}, claimed: 24}
"""
# Sum of the squares of 1 to 24: 24·25·49/6 = 4900. The largest n is 24. Posts 4, 8, … 24 say it: six of 24.
EXPECTED = {
    "posts": "supported", "authors": "supported", "likes": "supported", "shared": "refuted", "vote": "supported",
    "morning": "supported", "first": "supported", "known": "supported",
}  # fmt: skip


def utc(n: int) -> datetime:
    return datetime(2020, 5, 3) + timedelta(hours=n)


def text(n: int) -> str:
    return "Go and vote" if n % 4 == 0 else "One"


def ident(n: int) -> str:
    return str(1256000000000000000 + n)


def twint() -> str:
    """On a computer in Berlin, run in winter: the tweets' own zone is CEST, that of the run +0100."""
    local = {n: utc(n) + timedelta(hours=2) for n in POSTS}
    rows = [
        {
            "id": ident(n), "conversation_id": ident(n), "created_at": f"{local[n]:%Y-%m-%d %H:%M:%S} CEST",
            "date": f"{local[n]:%Y-%m-%d}", "time": f"{local[n]:%H:%M:%S}", "timezone": "+0100",
            "username": AUTHORS[n % 3], "tweet": text(n), "likes_count": str(n * n), "retweets_count": str(n),
            "hashtags": "[]", "urls": "[]", "mentions": "[]",
        }
        for n in POSTS
    ]  # fmt: skip
    return table(TWINT, *rows)


def four_cat() -> str:
    rows = [
        {
            "id": ident(n), "thread_id": ident(n), "timestamp": f"{utc(n):%Y-%m-%d %H:%M:%S}", "body": text(n),
            "author": AUTHORS[n % 3], "like_count": str(n * n), "retweet_count": str(n), "is_retweet": "no",
        }
        for n in POSTS
    ]  # fmt: skip
    return table(FOUR_CAT_TWITTER, *rows)


def crowdtangle() -> str:
    rows = [
        {
            "Page Name": AUTHORS[n % 3], "Post Created": f"{utc(n) - timedelta(hours=4):%Y-%m-%d %H:%M:%S} EDT",
            "Likes": f"{n * n:,}", "Shares": f"{n:,}", "Message": text(n),
            "URL": f"https://www.facebook.com/7/posts/{ident(n)}",
        }
        for n in POSTS
    ]  # fmt: skip
    return table(CROWDTANGLE, *rows)


def x_archive() -> str:
    rows = [
        {
            "tweetid": ident(n), "userid": AUTHORS[n % 3], "user_screen_name": AUTHORS[n % 3], "tweet_text": text(n),
            "tweet_time": f"{utc(n):%Y-%m-%d %H:%M}", "like_count": str(n * n), "retweet_count": str(n),
            "is_retweet": "False",
        }
        for n in POSTS
    ]  # fmt: skip
    return table(X_ARCHIVE, *rows)


@pytest.mark.parametrize("export", [twint, four_cat, crowdtangle, x_archive])
def test_the_verdicts_are_the_same(export: Callable[[], str], tmp_path: Path) -> None:
    for folder in ("claims", "evidence"):
        (tmp_path / folder).mkdir()
    (tmp_path / "claims" / "posts.yaml").write_text(CLAIMS, encoding="utf-8")
    (tmp_path / "evidence" / "posts.csv").write_text(export(), encoding="utf-8")
    manifest = "datasets: {posts: {files: posts.csv, completeness: complete, unit: post, represents: every post}}\n"
    (tmp_path / "evidence" / "posts.yaml").write_text(manifest, encoding="utf-8")
    run = factcheck.check(project=tmp_path)
    assert {verdict.id: verdict.outcome.value for verdict in run} == EXPECTED
    assert (run["likes"].estimate, run["shared"].estimate) == (4900, 24)
