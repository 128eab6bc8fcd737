"""A desk's accepted verdicts on two published tables, held against the later versions of those tables."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from factcheck.cli import main

from .published import needs_data
from .snapshots import BUZZFEED, FIAT, buzzfeed, fiat, put, records

pytestmark = needs_data

SECOND_VERDICTS = {
    "b1-mostly-false", "b1-mostly-false-share", "b2-mixture",
    "b6-true-median-first", "b6-other-median-first", "b6-true-median", "b6-other-median",
}  # fmt: skip
MOVED = {"b2-mixture-share", "b3-right-doubtful"}


@dataclass(frozen=True)
class Desk:
    """A project whose first verdicts were accepted, and the place of its table."""

    root: Path
    table: Path

    def run(self, *arguments: str, code: int) -> str:
        """What a command prints, without its warnings; it must leave with this exit code."""
        done = CliRunner().invoke(main, [*arguments, "--project", str(self.root), "--quiet"])
        assert done.exit_code == code, done.output
        return done.stdout

    def accept(self, day: str, *claims: str) -> str:
        return self.run("baseline", "accept", *claims, "--now", day, code=0)

    def diff(self, *, code: int) -> dict[str, dict[str, Any]]:
        """What differs from the baseline, by claim."""
        told = json.loads(self.run("baseline", "diff", "--format", "json", code=code))
        return {change["id"]: change for change in told["changed"]}


@pytest.fixture
def pages(tmp_path: Path) -> Desk:
    desk = Desk(*buzzfeed(tmp_path))
    desk.accept("2016-10-20")
    return desk


@pytest.fixture
def tracker(tmp_path: Path) -> Desk:
    desk = Desk(*fiat(tmp_path))
    desk.accept("2020-09-29")
    return desk


def verdicts(found: dict[str, dict[str, Any]]) -> set[str]:
    return {id for id, change in found.items() if "verdict" in change["what"]}


def causes(found: dict[str, dict[str, Any]]) -> set[str | None]:
    return {change["because"] for change in found.values()}


def test_nothing_differs_on_the_table_of_the_day(pages: Desk) -> None:
    assert pages.diff(code=0) == {}


def test_the_first_correction(pages: Desk) -> None:
    put(BUZZFEED[1], pages.table)
    found = pages.diff(code=1)
    assert verdicts(found) == SECOND_VERDICTS
    assert set(found) == SECOND_VERDICTS | MOVED
    assert causes(found) == {"data"}


def test_which_ratings_became_which(pages: Desk) -> None:
    """Three posts on 25 October and a fourth on the 28th; told from the rows that are still kept."""
    put(BUZZFEED[2], pages.table)
    change = pages.diff(code=1)["b1-mostly-false-share"]
    (data,) = change["reasons"]["data"]
    assert data["rows"] == [2282, 2282]
    assert (data["untouched"], [column["column"] for column in data["touched"]]) == (["Category"], ["Rating"])
    told = {(edit["was"], edit["now"]): edit["rows"] for edit in data["changes"].pop("edits")}
    assert told == {
        ("mostly false", "mixture of true and false"): 2,
        ("mostly false", "mostly true"): 1,
        ("mostly false", "no factual content"): 1,
    }
    assert data["changes"] == {"added": 0, "removed": 0, "edited": 4, "by": ["post_id"]}
    assert "is 12.3% (82 of 666 posts), not 12.9% (86 of 666 posts)." in change["correction"]


def test_without_the_old_rows_the_ratings_are_counted(pages: Desk) -> None:
    """The baseline in version control is enough for that, on a computer that never saw the first table."""
    put(BUZZFEED[2], pages.table)
    shutil.rmtree(pages.root / ".factcheck")
    (data,) = pages.diff(code=1)["b1-mostly-false"]["reasons"]["data"]
    assert data["changes"] is None
    (rating,) = data["touched"]
    assert {one["value"]: (one["was"], one["now"]) for one in rating["values"]} == {
        "mostly false": (108, 104),
        "mixture of true and false": (243, 245),
        "mostly true": (1668, 1669),
        "no factual content": (263, 264),
    }


def test_the_second_correction_after_the_first_was_accepted(pages: Desk) -> None:
    """The verdicts stay what they have become; three figures move by the one post."""
    put(BUZZFEED[1], pages.table)
    pages.accept("2016-10-25")
    put(BUZZFEED[2], pages.table)
    found = pages.diff(code=0)
    assert verdicts(found) == set()
    assert set(found) == {"b1-mostly-false", "b1-mostly-false-share", "b2-mixture", "b2-mixture-share"}
    assert causes(found) == {"data"}
    pages.run("baseline", "diff", "--strict", code=1)


def test_both_corrections_at_once(pages: Desk) -> None:
    put(BUZZFEED[2], pages.table)
    found = pages.diff(code=1)
    assert verdicts(found) == SECOND_VERDICTS
    assert set(found) == SECOND_VERDICTS | MOVED


def test_accepting_the_corrected_figure_alone(pages: Desk) -> None:
    """The rest stays as it was accepted, on the table of its own day."""
    put(BUZZFEED[1], pages.table)
    pages.accept("2016-10-25", "b6-*")
    assert verdicts(pages.diff(code=1)) == {id for id in SECOND_VERDICTS if not id.startswith("b6")}
    recorded = json.loads((pages.root / "baselines" / "pages.json").read_text(encoding="utf-8"))
    assert {block["accepted"] for id, block in recorded["claims"].items() if id.startswith("b6")} == {"2016-10-25"}
    assert len(recorded["datasets"]["posts"]) == 2


def test_what_became_of_the_cases(tracker: Desk) -> None:
    """As many came, went and were altered as are counted without the program."""
    columns = {
        "russia-alone": "disinformant_nation",
        "score-mean": "attribution_total_score",
        "objectivity-mean": "attribution_objectivity_score",
        "engagement": "total_engagement",
    }
    tables = [records(version, "case_hash") for version in FIAT]
    for number in (1, 2):
        before, after = tables[number - 1], tables[number]
        put(FIAT[number], tracker.table)
        found = tracker.diff(code=1)
        for id, column in columns.items():
            (data,) = found[id]["reasons"]["data"]
            counted = {key: data["changes"][key] for key in ("added", "removed", "edited")}
            assert counted == {
                "added": len(after.keys() - before.keys()),
                "removed": 0,
                "edited": sum(row[column] != after[key][column] for key, row in before.items()),
            }, (id, number)
        tracker.accept(f"2020-1{number}-01")


def test_the_tracker_grows(tracker: Desk) -> None:
    put(FIAT[1], tracker.table)
    found = tracker.diff(code=1)
    assert verdicts(found) == {
        "cases", "russia-alone", "russia-as-written", "companies-third", "objectivity-mean", "engagement",
        "government-cases",
    }  # fmt: skip
    assert set(found) - verdicts(found) == {"direct-most", "score-mean"}
    assert causes(found) == {"data"}


def test_the_tracker_is_scored_anew(tracker: Desk) -> None:
    put(FIAT[1], tracker.table)
    tracker.accept("2020-10-23")
    put(FIAT[2], tracker.table)
    found = tracker.diff(code=1)
    assert verdicts(found) == {"score-mean", "score-highest", "objectivity-mean"}
    assert {"cases", "russia-as-written", "engagement"} <= set(found)
    assert causes(found) == {"data"}


def test_the_same_records_in_another_file(pages: Desk) -> None:
    """Sorted otherwise, with other line ends, a byte order mark, all fields quoted, one more column."""
    for name, data in same_records(BUZZFEED[0].read_bytes()).items():
        pages.table.write_bytes(data)
        assert pages.diff(code=0) == {}, name
        pages.run("check", "--strict", code=0)


def same_records(table: bytes) -> dict[str, bytes]:
    head, *lines = table.splitlines()
    return {
        "sorted otherwise": b"\n".join([head, *reversed(lines)]) + b"\n",
        "CR LF": b"\r\n".join([head, *lines]) + b"\r\n",
        "byte order mark": b"\xef\xbb\xbf" + table,
        "one more column": b"\n".join([head + b",seen", *(line + b",1" for line in lines)]) + b"\n",
    }


def test_a_renamed_column_is_told_and_nothing_is_evaluated(pages: Desk) -> None:
    pages.table.write_bytes(BUZZFEED[0].read_bytes().replace(b"Rating", b"Verdict", 1))
    done = CliRunner().invoke(main, ["check", "--project", str(pages.root)])
    assert done.exit_code == 2
    assert "no column 'Rating' in dataset 'posts'" in done.stderr


@pytest.mark.parametrize(
    ("name", "claims"),
    [("cut off", {"b7-posts", "b7-pages", "b1-right-posts"}), ("a row removed", {"b1-right-posts"})],
)
def test_rows_that_are_missing(name: str, claims: Collection[str], pages: Desk) -> None:
    lines = BUZZFEED[0].read_bytes().splitlines(keepends=True)
    lines = lines[:1500] if name == "cut off" else lines[:1938] + lines[1939:]
    pages.table.write_bytes(b"".join(lines))
    found = pages.diff(code=1)
    assert verdicts(found) >= set(claims)
    assert causes(found) == {"data"}
