"""Tiny projects whose claims, data, manifest and rules are changed in ways that say which factor they are."""

from __future__ import annotations

import csv
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

WINGS = ["left", "right", "mainstream"]
RATINGS = ["mostly true", "mostly false", "mixture", "no facts"]
Row = dict[str, str]

# Each kind of claim: what it says, and the columns of each dataset that it uses.
KINDS: dict[str, tuple[str, dict[str, set[str]]]] = {
    "share": ("where: wing = 'right', measure: {share: rating = 'mostly false'}, claimed: 25%", {"posts": {"wing", "rating"}}),
    "count": ("measure: {count: rows, that: wing = 'left' and rating = 'mixture'}, claimed: 10", {"posts": {"wing", "rating"}}),
    "mean": ("where: wing = 'left', measure: {mean: shares}, claimed: about 50", {"posts": {"wing", "shares"}}),
    "median": ("measure: {median: shares, among: rating = 'mostly true'}, claimed: 50, missing: ignore", {"posts": {"rating", "shares"}}),
    "top": ("measure: {top: 1, by: rating}, claimed: mixture", {"posts": {"rating"}}),
    "rank": ("measure: {rank: mixture, by: rating}, claimed: 1", {"posts": {"rating"}}),
    "distinct": ("measure: {count: distinct page}, claimed: 5", {"posts": {"page"}}),
    "query": ("dataset: by-wing, measure: {max: n}, claimed: 40", {"by-wing": {"n"}}),
    "pages": ("dataset: pages, measure: {share: size = 'big'}, claimed: half", {"pages": {"size"}}),
    "vary": ("params: {least: 50}, vary: {least: [50, 70]}, measure: {share: shares >= :least}, claimed: half", {"posts": {"shares"}}),
    "checks": (
        "checks: [{dataset: posts, measure: {share: rating = 'mixture'}, claimed: 25%}, {dataset: pages, measure: {count: rows}, claimed: 6}]",
        {"posts": {"rating"}, "pages": set()},
    ),
}  # fmt: skip


@dataclass
class World:
    """All that a verdict rests on: claims by id, rows, what the manifest and the project say."""

    claims: dict[str, str]
    posts: list[Row]
    pages: list[Row]
    manifest: dict[str, str] = field(default_factory=dict)
    config: str = ""
    shifted: float = 0.0  # by how much the program of then came to other shares


def world(seed: random.Random) -> World:
    posts = [
        {
            "id": f"p{number}",
            "wing": seed.choice(WINGS),
            "rating": seed.choice([*RATINGS, *RATINGS, ""]),
            "shares": str(seed.randrange(100)),
            "page": f"Page {seed.randrange(5)}",
            "spare": seed.choice("xyz"),
        }
        for number in range(seed.choice([40, 90, 150]))
    ]
    pages = [{"page": f"Page {number}", "size": seed.choice(["big", "small"])} for number in range(6)]
    kinds = seed.sample([*KINDS], seed.randint(2, 4))
    return World({kind: KINDS[kind][0] for kind in kinds}, posts, pages, {"completeness": "complete"})


def write(root: Path, claims: World, data: World) -> None:
    """A project with the claims of one world on the data of another."""
    shutil.rmtree(root / "claims", ignore_errors=True)
    for name in ("claims", "evidence"):
        (root / name).mkdir(parents=True, exist_ok=True)
    lines = [
        f"  - {{id: {id}, statement: What {id} says., {'' if 'dataset:' in spec or 'checks:' in spec else 'dataset: posts, '}{spec}}}"
        for id, spec in claims.claims.items()
    ]
    (root / "claims" / "a.yaml").write_text("\n".join(["claims:", *lines]) + "\n")
    (root / "factcheck.yaml").write_text(claims.config or "{}\n")
    said = ", ".join(f"{key}: {value}" for key, value in data.manifest.items())
    (root / "evidence" / "a.yaml").write_text(f"""datasets:
  posts: {{title: Checked posts, files: posts.csv, unit: post, key: id, represents: all of them, {said}}}
  pages: {{title: Known pages, files: pages.csv, unit: page, key: page, completeness: complete, represents: all}}
  by-wing: {{query: "SELECT wing, count(*) AS n FROM posts GROUP BY wing", completeness: complete, represents: all}}
""")
    for name, rows in (("posts", data.posts), ("pages", data.pages)):
        with (root / "evidence" / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


# What may happen to a world; each says in its name which factor it is.


def data_cells(seed: random.Random, now: World) -> None:
    column = seed.choice(["rating", "wing", "shares", "spare", "page"])
    choice = {"rating": RATINGS, "wing": WINGS, "shares": ["3", "97"], "spare": ["x", "y"], "page": ["Page 0", "Page 9"]}
    for row in seed.sample(now.posts, seed.randint(1, 12)):
        row[column] = seed.choice(choice[column])


def data_rows_removed(seed: random.Random, now: World) -> None:
    now.posts = seed.sample(now.posts, len(now.posts) - seed.randint(1, 9))


def data_rows_added(seed: random.Random, now: World) -> None:
    now.posts += [{**seed.choice(now.posts), "id": f"q{number}"} for number in range(seed.randint(1, 9))]


def data_reordered(seed: random.Random, now: World) -> None:
    seed.shuffle(now.posts)


def data_pages(seed: random.Random, now: World) -> None:
    now.pages.append({"page": "Page 8", "size": seed.choice(["big", "small"])})


def data_manifest(seed: random.Random, now: World) -> None:
    said = [("completeness", "partial"), ("completeness", "unknown"), ("caveats", "[A caveat.]"), ("missing", "[mixture]"),
            ("drop", "\"wing = 'left'\""), ("columns", "{shares: {type: double}}"),
            ("synthetic", "true"), ("licence", "none stated")]  # fmt: skip
    key, value = seed.choice(said)
    now.manifest[key] = value


def claim_figures(seed: random.Random, now: World) -> None:
    id = seed.choice([*now.claims])
    now.claims[id] = re.sub(r"claimed: [^,}\]]+", f"claimed: {seed.choice(['1', '30', '70%', 'mixture', '4'])}", now.claims[id], count=1)


def claim_conditions(seed: random.Random, now: World) -> None:
    id = seed.choice([*now.claims])
    was, instead = seed.choice([("'right'", "'mainstream'"), ("'left'", "'right'"), ("'mixture'", "'mostly false'"),
                                ("shares}", "length(spare)}"), ("rank: mixture", "rank: mostly true"), ("by: rating", "by: spare"),
                                ("'mostly false'", "'mostly true'"), ("distinct page", "distinct spare")])  # fmt: skip
    now.claims[id] = now.claims[id].replace(was, instead)


def claim_says(seed: random.Random, now: World) -> None:
    id = seed.choice([*now.claims])
    said = seed.choice(["missing: ignore", "tolerance: 3", "near: 5", "about: process", "min_n: 500", "notes: [A note.]"])
    if said.partition(":")[0] + ":" not in now.claims[id] and "checks:" not in now.claims[id]:
        now.claims[id] += f", {said}"


def claim_project(seed: random.Random, now: World) -> None:
    now.config = seed.choice(["defaults: {tolerance: 5}\n", "defaults: {level: 90%}\n", "rating: pinocchio-like\n",
                              "confidence: {missing: {share: {one: 1%, two: 2%}}}\n", "title: Another title\n"])  # fmt: skip


def engine_shares(seed: random.Random, now: World) -> None:
    now.shifted = seed.choice([0.0, 0.02, 0.1])


CHANGES: list[Callable[[random.Random, World], None]] = [
    data_cells, data_cells, data_rows_removed, data_rows_added, data_reordered, data_pages, data_manifest, data_manifest,
    claim_figures, claim_conditions, claim_conditions, claim_says, claim_project, engine_shares,
]  # fmt: skip
