"""Questions like those of real investigations over the posts of posts.py, the same for every run of a seed."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import sqlglot

from factcheck.evidence.asks import Ask
from factcheck.evidence.dataset import Column, Dataset, Family
from factcheck.evidence.expressions import Bound
from posts import COUNTRIES, LANGUAGES, PLATFORMS

COLUMNS = {
    "country": ("VARCHAR", Family.TEXT),
    "language": ("VARCHAR", Family.TEXT),
    "followers": ("BIGINT", Family.INTEGER),
    "created_at": ("TIMESTAMP", Family.TIMESTAMP),
    "retweet_of": ("BIGINT", Family.INTEGER),
    "impressions": ("BIGINT", Family.INTEGER),
    "verified": ("BOOLEAN", Family.BOOLEAN),
    "platform": ("VARCHAR", Family.TEXT),
    "text": ("VARCHAR", Family.TEXT),
    "author": ("VARCHAR", Family.TEXT),
}
FOLLOWERS = (0, 10, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 50000, 100000)
IMPRESSIONS = (0, 5, 10, 50, 100, 1000, 5000, 10000)


def dataset() -> Dataset:
    return Dataset("posts", {n: Column(n, kind, family) for n, (kind, family) in COLUMNS.items()}, relation="posts")


def bound(text: str, family: Family = Family.BOOLEAN) -> Bound:
    tree = sqlglot.parse_one(text, read="duckdb")
    columns = frozenset(column.name for column in tree.find_all(sqlglot.exp.Column))
    return Bound(tree.sql(dialect="duckdb"), family, columns, text, tree)


def period(rng: random.Random, days: int) -> str:
    first, length = rng.randrange(days), rng.choice((1, 7, 14, 30))
    return f"created_at >= {day(first)} AND created_at < {day(min(first + length, days))}"


def day(number: int) -> str:
    moment = datetime(2018, 3, 1) + timedelta(days=number)
    return f"CAST('{moment:%Y-%m-%d}' AS TIMESTAMP)"


def fact(rng: random.Random, column: str) -> str:
    if column == "country":
        return f"country = '{rng.choice(COUNTRIES)}'" if rng.random() < 0.8 else "country IS NOT NULL"
    if column == "language":
        return f"language = '{rng.choice(LANGUAGES)}'" if rng.random() < 0.8 else "language IN ('ru', 'uk')"
    if column == "platform":
        return f"platform = '{rng.choice(PLATFORMS)}'"
    if column == "followers":
        return f"followers {rng.choice(('<', '>=', '>', '<='))} {rng.choice(FOLLOWERS)}"
    if column == "impressions":
        return f"impressions {rng.choice(('<', '>='))} {rng.choice(IMPRESSIONS)}"
    if column == "verified":
        return rng.choice(("verified", "NOT verified"))
    if column == "retweet_of":
        return f"retweet_of IS {rng.choice(('', 'NOT '))}NULL"
    return period(rng, 70)


EIGHT = ("country", "language", "followers", "created_at", "retweet_of", "impressions", "verified", "platform")
FIVE = ("country", "language", "retweet_of", "verified", "platform")


def shares(count: int, columns: tuple[str, ...] = EIGHT, seed: int = 1) -> list[Ask]:
    """`count` different shares: one fact among the rows of nought to three other facts."""
    rng = random.Random(seed)
    found: dict[Ask, None] = {}
    while len(found) < count:
        chosen = rng.sample(columns, rng.choice((1, 2, 2, 3, 3, 4)))
        base = " AND ".join(fact(rng, column) for column in chosen[1:])
        found[Ask("posts", bound(base) if base else None, (bound(fact(rng, chosen[0])),))] = None
    return list(found)
