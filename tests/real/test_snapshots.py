"""What two published tables came to at three dates each, and what was really altered between them."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

import factcheck

from .published import PROJECT, needs_data
from .snapshots import BUZZFEED, FIAT, buzzfeed, by_rating, fiat, put, records

pytestmark = needs_data

EXPECTED: dict[str, dict[str, list[Any]]] = yaml.safe_load(
    (PROJECT / "snapshots" / "expected.yaml").read_text(encoding="utf-8")
)
PROJECTS = {"buzzfeed": (buzzfeed, BUZZFEED), "fiat": (fiat, FIAT)}


@pytest.mark.parametrize("name", PROJECTS)
def test_verdicts_of_every_version(name: str, tmp_path: Path) -> None:
    """Held against figures that were counted without the program."""
    made, versions = PROJECTS[name]
    root, table = made(tmp_path)
    for number, version in enumerate(versions):
        put(version, table)
        run = factcheck.check(project=root, now=datetime(2026, 11, 26))
        found = {claim["id"]: claim for claim in run.to_dict()["claims"]}
        assert set(found) == set(EXPECTED[name])
        for id, expected in EXPECTED[name].items():
            outcome, figure = expected[number]
            assert (found[id]["outcome"], found[id]["estimate"]) == (
                outcome,
                pytest.approx(figure, rel=1e-5),
            ), f"{id} on {version.name}"


def test_the_two_corrections_are_four_ratings() -> None:
    """Three on 25 October and one on the 28th, all of one page; nothing else differs."""
    first, second, third = (records(version, "post_id") for version in BUZZFEED)
    assert len(first) == len(second) == len(third) == 2282
    assert first.keys() == second.keys() == third.keys()
    assert _moves(first, second) == Counter(
        {
            ("Right Wing News", "Rating", "mostly false", "mostly true"): 1,
            ("Right Wing News", "Rating", "mostly false", "mixture of true and false"): 1,
            ("Right Wing News", "Rating", "mostly false", "no factual content"): 1,
        }
    )
    assert _moves(second, third) == Counter(
        {("Right Wing News", "Rating", "mostly false", "mixture of true and false"): 1}
    )


def _moves(before: Any, after: Any) -> Counter[tuple[str, str, str, str]]:
    return Counter(
        (row["Page"], column, row[column], after[key][column])
        for key, row in before.items()
        for column in row
        if row[column] != after[key][column]
    )


def test_the_tracker_grew_and_lost_no_case() -> None:
    first, second, third = (records(version, "case_hash") for version in FIAT)
    assert (len(first), len(second), len(third)) == (65, 80, 84)
    assert first.keys() < second.keys() < third.keys()
    scored = [
        sum(row["attribution_total_score"] != after[key]["attribution_total_score"] for key, row in before.items())
        for before, after in ((first, second), (second, third))
    ]
    assert scored == [0, 38]  # between the last two, 38 of 80 old cases were given another total
    blanks = [sum(row["disinformant_nation"] == "Russia " for row in version.values()) for version in (first, second)]
    assert blanks == [12, 12]
    assert all(row["disinformant_nation"] == row["disinformant_nation"].strip() for row in third.values())


def test_the_committed_counts_are_those_of_the_published_tables() -> None:
    """docs/corrections holds how many posts a page has of each rating, and no row."""
    folder = PROJECT.parents[1] / "docs" / "corrections"
    files = ("evidence/pages.csv", "published/2016-10-25.csv", "published/2016-10-28.csv")
    for file, version in zip(files, BUZZFEED, strict=True):
        with (folder / file).open(encoding="utf-8", newline="") as lines:
            counts = {(row["page"], row["category"], row["rating"]): int(row["number"]) for row in csv.DictReader(lines)}
        assert counts == dict(by_rating(version)), file
