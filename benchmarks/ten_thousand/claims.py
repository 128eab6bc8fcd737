"""Ten thousand claims of a desk in a hundred dossiers, each with the query that a person would write."""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.cells import posts

FILES = 100
DAYS = 90
FIRST = date(2018, 3, 1)
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
MANIFEST = """datasets:
  posts:
    title: Posts about an election
    files: posts.parquet
    unit: post
    represents: every public post on the election from March to May 2018
    completeness: complete
    licence: CC-BY-4.0
    columns: {created_at: {type: timestamp, timezone: UTC}}
    collected: {by: the desk, from: 2018-03-01, to: 2018-05-29}
"""


@dataclass(frozen=True)
class Asked:
    """What a claim says of the data, and the query that a person would write for it; `words` makes the figure."""

    measure: dict[str, Any]
    sql: str
    words: Callable[[Any, random.Random], Any]
    fields: dict[str, Any]


def _rounded(value: float, digits: int = 2) -> str:
    """A count as people say it."""
    whole = round(value)
    places = max(0, len(str(abs(whole))) - digits)
    return f"{round(whole, -places):,}"


def _off(value: float, chance: random.Random) -> float:
    """Two in three as they are, the rest a tenth to a half beside."""
    return value if chance.random() < 0.67 else value * chance.choice((0.5, 0.7, 0.9, 1.15, 1.4))


def _percent(value: float | None, chance: random.Random) -> str:
    return f"{round(100 * min(1, _off(value or 0, chance)))}%"


def _about(value: float | None, chance: random.Random) -> str:
    return f"about {_rounded(_off(value or 0, chance))}"


def _more(value: float | None, chance: random.Random) -> str:
    return f"more than {_rounded(_off((value or 0) * 0.95, chance))}"


def _place(value: int | None, chance: random.Random) -> str:
    if value is None or value > len(ORDINALS) or chance.random() < 0.3:
        return "in the top ten"
    return ORDINALS[value - 1]


KINDS = ("country", "country", "language", "platform", "followers", "impressions", "verified", "repost")


def _condition(chance: random.Random, kind: str | None = None) -> str:
    """A fact about a post, as the claim file and DuckDB both read it."""
    kind = kind or chance.choice(KINDS)
    if kind in ("country", "language", "platform"):
        values = {"country": posts.COUNTRIES, "language": posts.LANGUAGES, "platform": posts.PLATFORMS}[kind]
        return f"{kind} = '{values[int(chance.random() ** 2.5 * len(values))]}'"
    if kind == "followers":
        return f"followers {chance.choice(('<', '>=', '>', '<='))} {chance.choice((10, 50, 100, 200, 500, 1000, 5000))}"
    if kind == "impressions":
        return f"impressions {chance.choice(('<', '>='))} {chance.choice((5, 10, 50, 100, 1000))}"
    return chance.choice(("verified", "not verified")) if kind == "verified" else "retweet_of is not null"


def _some(chance: random.Random, most: int = 2) -> str:
    """One condition or more, of different columns."""
    kinds = dict.fromkeys(chance.choice(KINDS) for _ in range(chance.randint(1, most)))
    return " and ".join(_condition(chance, kind) for kind in kinds)


def _share(where: str, chance: random.Random) -> Asked:
    kinds = chance.sample(KINDS[1:], 3)
    that = _condition(chance, kinds[0])
    among = " and ".join(_condition(chance, kind) for kind in kinds[1 : chance.randint(2, 3)])
    missing = {"missing": "ignore"} if chance.random() < 0.6 else {}
    sql = f"SELECT AVG(CASE WHEN {that} THEN 1.0 WHEN NOT ({that}) THEN 0.0 END) FROM posts WHERE {where} AND {among}"
    return Asked({"share": that, "among": among}, sql, _percent, missing)


def _count(where: str, chance: random.Random) -> Asked:
    that = _some(chance, 3)
    words = chance.choice((_about, _more))
    sql = f"SELECT COUNT(*) FROM posts WHERE {where} AND {that}"
    return Asked({"count": "rows", "that": that}, sql, words, {"missing": "false"})


def _authors(where: str, chance: random.Random) -> Asked:
    that = _some(chance)
    sql = f"SELECT COUNT(DISTINCT author) FROM posts WHERE {where} AND {that}"
    return Asked({"count": "distinct author", "that": that}, sql, _about, {"missing": "false"})


def _rank(where: str, chance: random.Random) -> Asked:
    country, among = chance.choice(posts.COUNTRIES[:12]), _condition(chance)
    groups = f"SELECT country, COUNT(*) AS n FROM posts WHERE {where} AND {among} AND country IS NOT NULL GROUP BY 1"
    above = f"SELECT n FROM g WHERE country = '{country}'"  # a country without a post ranks behind all
    sql = f"WITH g AS ({groups}) SELECT 1 + COUNT(*) FROM g WHERE n > COALESCE(({above}), 0)"
    return Asked({"rank": country, "by": "country", "among": among}, sql, _place, {})


def _top(where: str, chance: random.Random) -> Asked:
    among = _condition(chance)
    sql = (f"SELECT country FROM posts WHERE {where} AND {among} AND country IS NOT NULL GROUP BY 1 "
           "ORDER BY COUNT(*) DESC, 1 LIMIT 1")  # fmt: skip
    return Asked({"top": 1, "by": "country", "among": among}, sql, lambda value, _: value or "US", {})


def _mean(where: str, chance: random.Random) -> Asked:
    column, among = chance.choice(("followers", "impressions")), _some(chance)
    sql = f"SELECT AVG({column}) FROM posts WHERE {where} AND {among}"
    return Asked({"mean": column, "among": among}, sql, _about, {})


def _median(where: str, chance: random.Random) -> Asked:
    column, among = chance.choice(("followers", "impressions")), _some(chance)
    sql = f"SELECT MEDIAN({column}) FROM posts WHERE {where} AND {among}"
    return Asked({"median": column, "among": among}, sql, _about, {})


def _sum(where: str, chance: random.Random) -> Asked:
    among = _some(chance)
    return Asked({"sum": "impressions", "among": among},
                 f"SELECT SUM(impressions) FROM posts WHERE {where} AND {among}", _about, {})  # fmt: skip


def _varied(where: str, chance: random.Random) -> Asked:
    """A threshold that might be drawn elsewhere, and rows that do not say."""
    least, that = chance.choice((10, 100, 1000)), _condition(chance, chance.choice(("country", "language", "platform")))
    among = f"followers > {least}"
    sql = f"SELECT AVG(CASE WHEN {that} THEN 1.0 WHEN NOT ({that}) THEN 0.0 END) FROM posts WHERE {where} AND {among}"
    fields = {"params": {"least": least}, "vary": {"least": [10, 100, 1000], "missing": ["bounds", "ignore"]}}
    return Asked({"share": that, "among": "followers > :least"}, sql, _percent, fields)


def _checked(where: str, chance: random.Random) -> Asked:
    """Two pieces of evidence: all posts, and originals alone. The second repeats neither figure nor source."""
    asked = _share(where, chance)
    among = f"{asked.measure['among']} and retweet_of is null"
    checks = [{"measure": asked.measure}, {"measure": {**asked.measure, "among": among}}]
    return Asked({}, asked.sql, _percent, {**asked.fields, "checks": checks})


MIX = {_share: 30, _count: 24, _authors: 7, _rank: 8, _top: 4, _mean: 8, _median: 5, _sum: 6, _varied: 4, _checked: 4}


def asked(number: int, seed: int = 1) -> list[tuple[str, str, Asked]]:
    """(id, period of the dossier, what is asked) for every claim, the same for every run of a seed."""
    chance = random.Random(seed)
    kinds = [kind for kind, share in MIX.items() for _ in range(share)]
    found = []
    for at in range(number):
        dossier = random.Random(f"{seed} {at * FILES // number}")
        first, length = dossier.randrange(DAYS - 30), dossier.choice((7, 14, 30, 30))
        begin, end = FIRST + timedelta(first), FIRST + timedelta(first + length)
        where = f"created_at >= '{begin}' and created_at < '{end}'"
        kind = kinds[at % len(kinds)]
        found.append((f"{kind.__name__.strip('_')}-{at}", where, kind(where, chance)))
    return found


def truths(path: Path, claims: list[tuple[str, str, Asked]]) -> tuple[dict[str, Any], float]:
    """The answer of each claim's own query, and the seconds that all of them took."""
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "2GB"})
    connection.execute(f"CREATE VIEW posts AS SELECT * FROM '{path}'")
    connection.execute("SELECT COUNT(*), MAX(followers), MAX(author) FROM posts").fetchall()
    found, begin = {}, time.perf_counter()
    for name, _, one in claims:
        row = connection.execute(one.sql).fetchone()
        found[name] = None if row is None else row[0]
    return found, time.perf_counter() - begin


def write(root: Path, path: Path, claims: list[tuple[str, str, Asked]], truth: dict[str, Any], seed: int = 1) -> None:
    """The project: the posts with their manifest, and a hundred claim files as a desk would have written them."""
    chance = random.Random(seed)
    for name in ("claims", "evidence"):
        (root / name).mkdir(parents=True)
    root.joinpath("factcheck.yaml").write_text("title: What was said of an election\n", encoding="utf-8")
    root.joinpath("evidence/posts.yaml").write_text(MANIFEST, encoding="utf-8")
    os.link(path, root / "evidence/posts.parquet")
    each = -(-len(claims) // FILES)
    for number in range(0, len(claims), each):
        mine = claims[number : number + each]
        lines = [
            f"title: Dossier {number // each + 1}", "defaults:", f"  claimant: Speaker {number // each % 17}",
            "  appearance: {publisher: The Example Hour, date: 2018-06-04, title: An interview}",
            "  dataset: posts", f'  where: "{mine[0][1]}"', "", "claims:",
        ]  # fmt: skip
        for name, _, one in mine:
            said = f"What was said of {name.replace('-', ' number ')} in the debate."
            lines += [f"  - id: {name}", f"    statement: {said}"]
            lines += [f"    {key}: {json.dumps(value)}" for key, value in one.fields.items()]
            lines += [f"    measure: {json.dumps(one.measure)}"] if one.measure else []
            lines += [f"    claimed: {one.words(truth[name], chance)}", ""]
        root.joinpath(f"claims/dossier-{number // each + 1:03}.yaml").write_text("\n".join(lines), encoding="utf-8")
