"""Why verdicts changed, on random projects whose changes are known: held to evaluations of their own, and to counts by hand.

The chain that is told goes from the accepted verdict over the old claim on the old data, then on today's data, to today's
verdict. Here each of them is a project of its own, checked alone; which step moved what follows.
"""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from factcheck.cli import main
from factcheck.text.yaml import parse

SEEDS = 14
COMPARED = ("outcome", "direction", "confidence", "rating", "estimate", "low", "high", "unit")
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


def call(root: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, [*arguments, "--project", str(root), "--now", "2026-02-03", "--quiet"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.stdout


def alone(root: Path, claims: World, data: World) -> dict[str, Mapping[str, Any] | None]:
    """The claims of one world on the data of another, without anything that was kept; None where one cannot be checked."""
    write(root, claims, data)
    code, told = call(root, "check", "--no-cache", "--format", "json")
    if code != 2:
        return {one["id"]: one if one["outcome"] != "error" else None for one in json.loads(told)["claims"]}
    if len(claims.claims) == 1:
        return dict.fromkeys(claims.claims)
    parts = (alone(root, replace(claims, claims={id: spec}), data) for id, spec in claims.claims.items())
    return {id: figures for part in parts for id, figures in part.items()}


def shifted(figures: Mapping[str, Any], by: float) -> dict[str, Any]:
    """The figures as the program of then had them."""
    if figures["unit"] != "proportion" or not by:
        return dict(figures)
    return {**figures, "estimate": figures["estimate"] + by}


def moved(was: Mapping[str, Any], now: Mapping[str, Any]) -> set[str]:
    def same(one: Any, other: Any) -> bool:
        number = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one, other))
        return abs(one - other) < 1e-9 if number else bool(one == other)

    return {key for key in COMPARED if not same(was[key], now[key])}


def aged(root: Path, by: float) -> None:
    """Rewrites the baseline as an older program would have made it."""
    path = root / "baselines" / "a.json"
    found = json.loads(path.read_text())
    for id, block in found["claims"].items():
        found["claims"][id] = {**shifted(block, by), "engine": {**block["engine"], "factcheck": "0.0.9"}}
    path.write_text(json.dumps(found))


def hold(root: Path, number: int) -> int:
    """Makes a project, changes it, and holds all that is told of each claim to what is so; how many causes were told."""
    seed = random.Random(number)
    old = world(seed)
    write(root / "desk", old, old)
    code, told = call(root / "desk", "baseline", "accept", "--yes")
    if code != 0:  # a claim that cannot be evaluated on these rows
        return 0
    accepted = set(json.loads((root / "desk" / "baselines" / "a.json").read_text())["claims"])
    new = deepcopy(old)
    made = seed.sample(CHANGES, seed.choice([1, 1, 2, 2, 3]))
    for change in made:
        before, tries = deepcopy(new), 0
        while new == before and tries < 20:
            change(seed, new)
            tries += 1
    aging = engine_shares in made
    if aging:
        aged(root / "desk", new.shifted)
    kept = seed.random() < 0.75
    if not kept:
        shutil.rmtree(root / "desk" / ".factcheck")
    write(root / "desk", new, new)
    code, told = call(root / "desk", "baseline", "diff", "--format", "json")
    if code == 2:  # the new claim is none
        return 0
    found = {one["id"]: one for one in json.loads(told)["changed"]}
    where = f"seed {number}: {[change.__name__ for change in made]}, kept {kept}"
    told_causes = 0
    olds, news = alone(root / "then", old, old), alone(root / "today", new, new)
    crossed = alone(root / "across", old, new)
    for id in sorted(accepted):
        then, across, today = (one[id] for one in (olds, crossed, news))
        assert then is not None
        was = shifted(then, new.shifted if aging else 0)
        if today is None:
            continue
        nodes = [was, then, across, today]
        if not moved(was, today):
            assert id not in found, f"{where}, {id}: nothing moved, but it says so"
            continue
        assert id in found, f"{where}, {id}: {moved(was, today)} moved, and nobody is told"
        told_causes += len(found[id]["reasons"]["causes"])
        hold_causes(found[id], nodes, kept, aging, f"{where}, {id}")
        if across is not None:
            hold_data(found[id], old, new, id, f"{where}, {id}")
    return told_causes


def hold_causes(change: Mapping[str, Any], nodes: list[Any], kept: bool, aging: bool, where: str) -> None:
    reasons = change["reasons"]
    at = {"engine": 0, "data": 1, "claim": 2}
    for cause in reasons["causes"]:
        before, after = nodes[at[cause["factor"]]], nodes[at[cause["factor"]] + 1]
        if before is None or after is None:
            continue
        assert {*cause["moved"]} == moved(before, after) != set(), f"{where}: {cause}"
        assert not moved(before, cause["before"]), where
        assert not moved(after, cause["after"]), where
    told = {cause["factor"] for cause in reasons["causes"]}
    assert change["because"] is None or change["because"] in told, where
    if nodes[2] is None:
        return
    steps = {factor: moved(nodes[place], nodes[place + 1]) for factor, place in at.items()}
    true = {factor for factor, what in steps.items() if what}
    if kept or not aging:
        assert (told, reasons["open"]) == (true, []), f"{where}: {told}, but it was {true}"
        turned = {factor for factor, what in steps.items() if "outcome" in what}
        if len(true) == 1 or (len(turned) == 1 and change["was"] != change["now"]):
            assert {change["because"]} == (turned if len(true) > 1 else true), where
    else:
        loose = {factor for stretch in reasons["open"] for factor in stretch["factors"]}
        assert told <= true <= told | loose, f"{where}: {told} and {loose} open, but it was {true}"


def hold_data(change: Mapping[str, Any], old: World, new: World, id: str, where: str) -> None:
    used = KINDS[id][1]  # by the old claim: it is what data moved
    if new.manifest.keys() & {"drop", "missing", "columns"}:  # what is loaded is not what is written
        used = {name: columns for name, columns in used.items() if name == "pages"}
    for data in change["reasons"]["data"]:
        name = data["dataset"]
        if name not in used or name == "by-wing":
            continue
        first, last = (getattr(one, name) for one in (old, new))
        assert data["rows"] == [len(first), len(last)], where
        differing = {column for column in used[name] if [row[column] for row in first] != [row[column] for row in last]}
        assert {one["column"] for one in data["touched"]} == differing, where
        for one in data["touched"]:
            counts = [Counter(row[one["column"]] or None for row in rows) for rows in (first, last)]
            rows = min(first, last, key=len)
            groups = {group["value"]: (group["was"], group["now"]) for group in one["values"]}
            truth = {
                value: (counts[0][value], counts[1][value])
                for value in {*counts[0], *counts[1]}
                if counts[0][value] != counts[1][value]
            }
            assert groups == truth or (groups == {} and (one["column"] == "page" or len(rows) < 10 * len({*counts[0], *counts[1]}))), f"{where}: {groups}, but {truth}"
        if data["changes"] is not None:
            hold_rows(data, first, last, differing, where)


def hold_rows(data: Mapping[str, Any], first: list[Row], last: list[Row], columns: set[str], where: str) -> None:
    """Rows by their key, compared by hand."""
    key = "page" if data["dataset"] == "pages" else "id"
    before, after = ({row[key]: row for row in rows} for rows in (first, last))
    both = before.keys() & after.keys()
    edited = [one for one in both if any(before[one][column] != after[one][column] for column in columns)]
    counted = [data["changes"][key] for key in ("added", "removed", "edited")]
    assert counted == [len(after.keys() - both), len(before.keys() - both), len(edited)], where
    for edit in data["changes"]["edits"]:
        rows = [
            one for one in both
            if (before[one][edit["column"]] or None, after[one][edit["column"]] or None) == (edit["was"], edit["now"])
        ]  # fmt: skip
        assert edit["rows"] == len(rows), where


@pytest.mark.parametrize("number", range(SEEDS))
def test_what_is_told_is_what_happened(tmp_path: Path, number: int) -> None:
    hold(tmp_path, number)


def test_the_worlds_are_projects() -> None:
    """Every kind of claim is one that the language has."""
    for kind, (spec, _) in KINDS.items():
        node, problems = parse(f"{{{spec}}}", kind)
        assert node is not None
        assert problems == [], kind
