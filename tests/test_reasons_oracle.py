"""Why verdicts changed, on random projects whose changes are known: held to evaluations of their own, and to counts by hand.

The chain that is told goes from the accepted verdict over the old claim on the old data, then on today's data, to today's
verdict. Here each of them is a project of its own, checked alone; which step moved what follows.
"""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from depth import draws
from factcheck import program
from factcheck.cli import main
from factcheck.measures import share
from factcheck.text.yaml import parse
from factcheck.verdicts import baseline_making
from known_changes import CHANGES, KINDS, RATINGS, Row, World, engine_shares, world, write

SEEDS = len(draws(5, 8))
COMPARED = ("outcome", "direction", "confidence", "rating", "estimate", "low", "high", "unit")


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


def program_of_then(monkeypatch: pytest.MonkeyPatch, named: bool) -> None:
    """Another program, which counts five more; `named`: whether its method is known to be another one."""
    right = share.of_proportion

    def five_more(proportion: share.Proportion, *others: Any) -> Any:
        return right(replace(proportion, k=proportion.k + 5), *others)

    monkeypatch.setattr(share, "of_proportion", five_more)
    monkeypatch.setattr(program, "whole", lambda: "then")
    if named:
        for module in (program, baseline_making):
            monkeypatch.setattr(module, "method", lambda kind: f"then-{kind}")


@pytest.mark.parametrize(
    ("named", "column", "kept"),
    [(True, "none", True), (False, "none", False), (False, "spare", True), (False, "spare", False),
     (True, "rating", True), (True, "rating", False)],
)  # fmt: skip
def test_another_program_is_told_from_other_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: bool, column: str, kept: bool
) -> None:
    """The share of then had five more in its numerator; three posts have another value in a column, or none has."""
    posts = [
        {"id": f"p{n}", "wing": "right", "rating": RATINGS[n % 4], "shares": "1", "page": "a", "spare": "x"} for n in range(100)
    ]
    old = World({"share": KINDS["share"][0]}, posts, [{"page": "a", "size": "big"}], {"completeness": "complete"})
    write(tmp_path, old, old)
    with monkeypatch.context() as then:
        program_of_then(then, named)
        assert call(tmp_path, "baseline", "accept", "--yes")[0] == 0
    new = deepcopy(old)
    for row in [row for row in new.posts if row["rating"] == "mostly false"][:3] if column != "none" else []:
        row[column] = "mixture"
    write(tmp_path, new, new)
    if not kept:
        shutil.rmtree(tmp_path / ".factcheck")
    (change,) = json.loads(call(tmp_path, "baseline", "diff", "--format", "json")[1])["changed"]
    today = 0.22 if column == "rating" else 0.25
    assert (change["before"]["estimate"], change["after"]["estimate"]) == (0.3, today)
    steps = [(one["factor"], one["before"]["estimate"], one["after"]["estimate"]) for one in change["reasons"]["causes"]]
    if column == "none" or kept:
        moved = [("engine", 0.3, 0.25)] + ([("data", 0.25, 0.22)] if column == "rating" else [])
        assert (steps, change["reasons"]["open"]) == (moved, [])
    else:
        assert change["because"] != "data"
        assert (steps, [one["factors"] for one in change["reasons"]["open"]]) == ([], [["engine", "data"]])
