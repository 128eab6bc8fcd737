"""A project as a newsroom would have it after a long investigation: claims of all kinds over generated tables.

The same files come out for the same number of claims. The manifest does not call the tables synthetic, since
verdicts on synthetic evidence are neither rated nor exported as ClaimReview: what is to be timed is the whole way.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

Fields = dict[str, Any]

POSTS, ANSWERS, LINKS, DAYS = 20_000, 2_000, 90, 61
COUNTRIES = ("Russia", "Ukraine", "Mexico", "Spain", "United States", "Brazil", "Germany", "France", "Poland", "Chile")
PARTIES = ("Labour", "Conservative", "Green", "Liberal")
PLATFORMS = ("Twitter", "Facebook", "Instagram")
WORDS = ("election", "vote", "protest", "border", "fraud", "news", "video", "court", "economy", "school", "tax", "poll")
FIRST = datetime(2018, 4, 1)
CONFIG = """title: What was said of an election
rating: five-point
publisher: {name: The Example Times, url: "https://example.org/"}
"""
MANIFEST = """datasets:
  posts:
    title: Posts about an election
    files: posts.csv
    unit: post
    represents: every public post on the election in April and May 2018
    key: id
    completeness: complete
    licence: CC-BY-4.0
    columns: {created_at: {type: timestamp, timezone: UTC}, country: {caveat: Self-declared by the account.}}
    collected: {by: the desk, from: 2018-04-01, to: 2018-05-31, platforms: [Twitter, Facebook, Instagram]}
    source: {title: Archive of posts, url: "https://example.org/posts"}
  found:
    title: What the search interface gave
    files: posts.csv
    unit: post
    represents: every public post on the election
    key: id
    completeness: partial
    licence: CC-BY-4.0
    columns: {created_at: {type: timestamp, timezone: UTC}}
    caveats: [The interface leaves out deleted posts.]
  answers:
    title: A survey of readers
    files: answers.csv
    unit: respondent
    represents: the readers of a newspaper
    key: respondent
    completeness: random sample
    licence: CC0-1.0
  links:
    title: Who shared whom
    files: links.csv
    unit: link
    represents: every link among the accounts
    completeness: complete
    licence: CC0-1.0
"""


def _post(chance: random.Random, number: int) -> Fields:
    """A post; a fifth of them lie on two days, and some fields are missing."""
    day = chance.choice((12, 40)) if chance.random() < 0.2 else chance.randrange(DAYS)
    moment = FIRST + timedelta(days=day, hours=min(23, int(chance.triangular(0, 24, 15))), minutes=chance.randrange(60))
    return {
        "id": number,
        "author": f"user{int(chance.random() ** 2 * 2000)}",
        "created_at": f"{moment:%Y-%m-%d %H:%M:%S}",
        "country": "" if chance.random() < 0.06 else COUNTRIES[int(chance.random() ** 2 * len(COUNTRIES))],
        "party": PARTIES[int(chance.random() ** 1.5 * len(PARTIES))],
        "platform": PLATFORMS[int(chance.random() ** 2 * len(PLATFORMS))],
        "followers": int(chance.lognormvariate(5, 1.6)),
        "likes": "" if chance.random() < 0.03 else int(chance.lognormvariate(2, 1.2)),
        "text": " ".join(chance.choices(WORDS, k=9)),
        "deleted": str(chance.random() < 0.02).lower(),
    }


def _answer(chance: random.Random, number: int) -> Fields:
    return {
        "respondent": number,
        "believes": "" if chance.random() < 0.08 else chance.choices(("yes", "no"), (3, 5))[0],
        "age_group": chance.choice(("18-34", "35-54", "55+")),
        "weight": round(chance.uniform(0.5, 2), 2),
    }


def _link(chance: random.Random, number: int) -> Fields:
    """Three groups of accounts that mostly share one another."""
    group = number % 3 * 10
    other = group if chance.random() < 0.93 else chance.choice((0, 10, 20))
    return {"from": f"a{group + chance.randrange(10)}", "to": f"a{other + chance.randrange(10)}"}


TABLES: dict[str, tuple[Callable[[random.Random, int], Fields], int]] = {
    "posts": (_post, POSTS),
    "answers": (_answer, ANSWERS),
    "links": (_link, LINKS),
}


def _share(at: int) -> Fields:
    measure = {"share": f"country = '{_of(COUNTRIES, at)}'", "among": f"followers > {at}"}
    return {"measure": measure, "claimed": f"{3 + at % 40}%"}


def _share_without(at: int) -> Fields:
    return {**_share(at), "missing": "ignore", "notes": ["Accounts that name no country are left out."]}


def _count(at: int) -> Fields:
    measure = {"count": "rows", "that": f"platform = '{_of(PLATFORMS, at)}' and followers > {at}"}
    return {"measure": measure, "claimed": f"more than {2000 + 40 * at}"}


def _authors(at: int) -> Fields:
    return {"measure": {"count": "distinct author", "that": f"likes > {at}"}, "claimed": f"about {500 + at}"}


def _rank(at: int) -> Fields:
    measure = {"rank": _of(COUNTRIES, at), "by": "country", "among": f"followers > {at}"}
    return {"measure": measure, "claimed": f"in the top {('three', 'five')[at % 2]}"}


def _composition(at: int) -> Fields:
    shares = {"Labour": "40%", "Conservative": f"{20 + at % 9}%", "Green": "19%"}
    return {"measure": {"composition": "party", "among": f"followers > {at}"}, "claimed": shares}


def _peaks(at: int) -> Fields:
    measure = {"peaks": "created_at", "per": "day", "among": f"followers > {at}"}
    return {"measure": measure, "claimed": ["2018-04-13", "2018-05-11"] if at % 2 else ["2018-04-13"]}


def _hours(at: int) -> Fields:
    measure = {"hours": "created_at", "timezone": "America/Mexico_City", "among": f"followers > {at}"}
    return {"measure": measure, "claimed": {"9:00-18:00": "most"}}


def _mean(at: int) -> Fields:
    measure = {"mean": "likes", "among": f"country = '{_of(COUNTRIES, at)}'"}
    return {"measure": measure, "claimed": f"about {10 + at % 9}"}


def _variants(at: int) -> Fields:
    measure = {"share": "country = 'Russia'", "among": "followers > :least"}
    return {"measure": measure, "claimed": f"{15 + at % 30}%", "params": {"least": at}, "vary": {
        "least": [0, 10, 100, 1000], "missing": ["bounds", "ignore", "false"]}}  # fmt: skip


def _checks(at: int) -> Fields:
    """Two pieces of evidence, of which one is partial."""
    measure = {"share": f"country = '{_of(COUNTRIES, at)}'", "among": f"likes > {at % 20}"}
    both = [{"dataset": "posts", "measure": measure}, {"dataset": "found", "measure": measure}]
    return {"claimed": f"about {10 + at % 20}%", "checks": both}


def _partial(at: int) -> Fields:
    measure = {"count": "rows", "that": f"country = '{_of(COUNTRIES, at)}'"}
    return {"dataset": "found", "measure": measure, "claimed": f"at least {500 + 20 * at}"}


def _weighted(at: int) -> Fields:
    group = _of(("18-34", "35-54", "55+"), at)
    measure = {"share": "believes = 'yes'", "among": f"age_group = '{group}'"}
    return {"dataset": "answers", "weight": "weight", "measure": measure, "claimed": f"{28 + at % 25}%"}


def _sampled(at: int) -> Fields:
    measure = {"difference": {"share": "believes = 'yes'"}, "minus": {"share": "believes = 'no'"}}
    return {"dataset": "answers", "measure": measure, "claimed": f"-{15 + at % 20} points"}


def _network(at: int) -> Fields:
    kind, claimed = (("edges", str(80 + at % 9)), ("components", "3"), ("communities", "three"))[at % 3]
    return {"dataset": "links", "measure": {"network": kind, "link": {"from": "from", "to": "to"}}, "claimed": claimed}


def _trend(at: int) -> Fields:
    return {"measure": {"trend": "created_at", "per": "day", "among": f"followers > {at}"}, "claimed": "rising"}


def _unverifiable(at: int) -> Fields:
    return {"unverifiable": "Nothing in the posts shows who paid.", "alternatives": ["Fans who paid themselves."]}


KINDS = (
    _share, _count, _rank, _composition, _peaks, _share_without, _authors, _hours, _variants, _mean, _checks, _weighted,
    _partial, _share, _network, _trend, _sampled, _count, _rank, _unverifiable,
)  # fmt: skip


def _of(values: Sequence[str], at: int) -> str:
    return values[at % len(values)]


def claims(number: int) -> list[Fields]:
    """`number` claims, every kind in turn, each with the words that an editor would want beside it."""
    return [_claim(at, kind) for at, kind in enumerate(islice(cycle(KINDS), number))]


def _claim(at: int, kind: Callable[[int], Fields]) -> Fields:
    name = kind.__name__.strip("_").replace("_", "-")
    spec = kind(at)
    about = {} if "checks" in spec or "unverifiable" in spec else {"dataset": "posts"}
    return {
        "id": f"{name}-{at}",
        "statement": f"What a politician said on day {at % DAYS + 1} of the campaign, number {at}.",
        "claimant": f"Speaker {at % 7}",
        "appearance": {"publisher": "The Example Hour", "date": f"2018-06-{at % 28 + 1:02}", "title": "An interview"},
        "alternatives": ["Country names are what accounts say of themselves."],
        **about,
        **spec,
    }


def write(root: Path, number: int) -> None:
    """The project: configuration, tables with their manifest, one claim file."""
    chance = random.Random(1)
    for name in ("claims", "evidence"):
        (root / name).mkdir(parents=True)
    root.joinpath("factcheck.yaml").write_text(CONFIG, encoding="utf-8")
    root.joinpath("evidence/tables.yaml").write_text(MANIFEST, encoding="utf-8")
    for table, (row, rows) in TABLES.items():
        _save(root / f"evidence/{table}.csv", (row(chance, at) for at in range(rows)))
    root.joinpath("claims/election.yaml").write_text(_yaml(claims(number)), encoding="utf-8")


def _yaml(found: Iterable[Mapping[str, Any]]) -> str:
    """JSON, which is YAML, a claim a line."""
    lines = [f"  - {json.dumps(claim)}" for claim in found]
    return "\n".join(["title: What was said in the campaign", "claims:", *lines]) + "\n"


def _save(path: Path, rows: Iterator[Fields]) -> None:
    first = next(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(first))
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)
