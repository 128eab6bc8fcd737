"""What a report says of accounts that act together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import factcheck
from factcheck.reports.found import found_sentences

ACTS = ["ana,x,0", "ben,x,60", "ana,y,10000", "ben,y,10001", "cem,z,0"]


@pytest.fixture
def told(tmp_path: Path) -> Any:
    """The sentences on a measure over a few acts."""
    for folder in ("claims", "evidence"):
        (tmp_path / folder).mkdir()

    def of(measure: dict[str, Any], acts: list[str] = ACTS, completeness: str = "complete", **claim: Any) -> str:
        together = {**measure, "actor": "account", "target": "url", "time": "at"}
        spec = {"id": "c", "statement": "S.", "dataset": "acts", "claimed": "none", "measure": together, **claim}
        columns = {"url": {"type": "text"}}
        dataset = {"files": "acts.csv", "completeness": completeness, "unit": "post", "columns": columns}
        (tmp_path / "claims" / "c.yaml").write_text(
            yaml.safe_dump({"claims": [spec]}, sort_keys=False), encoding="utf-8"
        )
        (tmp_path / "evidence" / "e.yaml").write_text(yaml.safe_dump({"datasets": {"acts": dataset}}), encoding="utf-8")
        (tmp_path / "evidence" / "acts.csv").write_text("\n".join(["account,url,at", *acts]) + "\n", encoding="utf-8")
        return " ".join(found_sentences(factcheck.check(project=tmp_path)["c"]))

    return of


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (
            {"coordination": "share", "at_least": "2"},
            "Of 5 posts, 4 lie within 60 seconds of one by another account on the same `url`, where both came that close "
            "on at least 2 different ones: 80%.",
        ),
        (
            {"coordination": "pairs", "at_least": "2"},
            "There is 1 pair of accounts that acted on the same `url` within 60 seconds of one another, on at least 2 "
            "different ones.",
        ),
        (
            {"coordination": "accounts", "counting": "actions", "at_least": "2"},
            "2 accounts belong to pairs that acted on the same `url` within 60 seconds of one another, at least 2 times.",
        ),
        (
            {"coordination": "share", "within": "30 seconds"},
            "Of 5 posts, 2 lie within 30 seconds of one by another account on the same `url`: 40%.",
        ),
        (
            {"coordination": "pairs"},
            "There is 1 pair of accounts that acted on the same `url` within 60",
        ),
        (
            {"coordination": "accounts"},
            "2 accounts acted on the same `url` as another within 60 seconds.",
        ),
    ],
)
def test_what_was_found(told: Any, measure: dict[str, Any], words: str) -> None:
    assert told(measure).startswith(words)


def test_what_chance_would_give(told: Any) -> None:
    """Two accounts dealt anew between themselves are as close as before; times moved by half an hour seldom are."""
    assert (
        "By chance one would expect 1 (in draws that dealt the accounts of each target anew among its acts); 99 of 99 draws "
        "came to as much."
    ) in told({"coordination": "pairs", "at_least": "2"})
    moved = told({"coordination": "pairs"})
    assert (
        "By chance one would expect 0 (0 to 1 in 95 of 100 draws that moved every time by up to half an hour" in moved
    )


def test_rows_that_lack_a_target(told: Any) -> None:
    """No figure is told where nothing is known, and a share is one of the rows that are."""
    lacking = told({"coordination": "share"}, [*ACTS[:4], "cem,,0"])
    assert lacking.startswith("Of the 4 posts whose answer is known, 4 lie within")
    nothing = told({"coordination": "pairs"}, ["ana,,0", "ben,,60"])
    assert nothing.startswith("None of the 2 posts has a known answer.")


def test_a_partial_collection_speaks_of_what_it_holds(told: Any) -> None:
    bound = told({"coordination": "pairs"}, completeness="partial")
    assert bound.startswith("Of the rows collected: there is 1 pair of accounts")
    rows = told({"coordination": "share"}, completeness="partial", about="rows")
    assert rows.startswith("Of the rows collected: of 5 posts, 4 lie")
