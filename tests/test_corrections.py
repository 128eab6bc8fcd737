"""The corrected table of the manual: what a desk is told that recorded its verdicts on the first version."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from factcheck.cli import main

EXAMPLE = Path(__file__).parents[1] / "docs" / "corrections"


@dataclass(frozen=True)
class Desk:
    """A copy of the example, whose verdicts on the first table are accepted."""

    root: Path

    def run(self, *arguments: str, code: int) -> str:
        done = CliRunner().invoke(main, [*arguments, "--project", str(self.root), "--quiet"])
        assert done.exit_code == code, done.output
        return done.stdout

    def put(self, version: str) -> None:
        shutil.copyfile(self.root / "published" / f"{version}.csv", self.root / "evidence" / "pages.csv")

    def diff(self, *, code: int) -> dict[str, dict[str, Any]]:
        told = json.loads(self.run("baseline", "diff", "--format", "json", "--now", "2016-10-29", code=code))
        return {change["id"]: change for change in told["changed"]}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    shutil.copytree(EXAMPLE, tmp_path / "desk")
    made = Desk(tmp_path / "desk")
    made.run("baseline", "accept", "--now", "2016-10-20", code=0)
    return made


def test_what_the_corrections_changed_and_what_not(desk: Desk) -> None:
    assert desk.diff(code=0) == {}
    for version, figures in (("2016-10-25", (83, 83 / 666, 168)), ("2016-10-28", (82, 82 / 666, 169))):
        desk.put(version)
        found = desk.diff(code=1)
        assert set(found) == {"right-false", "right-false-share", "right-mixture", "right-doubtful"}
        assert {change["because"] for change in found.values()} == {"data"}
        ids = ("right-false", "right-false-share", "right-mixture")
        assert [found[id]["now"] for id in ids] == ["close"] * 3
        assert [found[id]["after"]["estimate"] for id in ids] == pytest.approx(figures)
        assert (found["right-doubtful"]["was"], found["right-doubtful"]["now"]) == ("supported", "supported")


def test_a_correction_tells_both_figures_with_their_counts(desk: Desk) -> None:
    desk.put("2016-10-25")
    printed = desk.diff(code=1)["right-false-share"]["correction"]
    assert printed.startswith("Correction, 29 October 2016: ")
    assert "(83 of 666 posts)" in printed
    assert "(86 of 666 posts)" in printed


def test_rows_that_stand_for_many_are_not_told_as_many(desk: Desk) -> None:
    """The table has 33 rows for its 2,282 posts: one that is gone is no post less, but a row."""
    table = desk.root / "evidence" / "pages.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join(line for line in lines if "Eagle Rising,right,mostly false" not in line), encoding="utf-8")
    told = desk.run("baseline", "diff", code=1)
    assert "has 32 rows, not 33" in " ".join(told.split())
    assert "32 posts" not in told


def test_a_page_in_place_of_the_table_is_told_as_such(desk: Desk) -> None:
    """Nothing could be checked, and a reader is told why; what was accepted stays."""
    before = (desk.root / "baselines" / "pages.json").read_bytes()
    (desk.root / "evidence" / "pages.csv").write_text("<html><body>404</body></html>", encoding="utf-8")
    told = " ".join(desk.run("baseline", "diff", "right-false", code=3).split())
    assert "Supported on 20 October 2016, now not checked: " in told
    assert "evidence/pages.csv holds a web page" in told
    desk.run("baseline", "accept", code=3)
    assert (desk.root / "baselines" / "pages.json").read_bytes() == before


def test_the_same_rows_in_another_order_are_no_change(desk: Desk) -> None:
    table = desk.root / "evidence" / "pages.csv"
    head, *rows = table.read_bytes().splitlines()
    table.write_bytes(b"\r\n".join([head, *sorted(rows, reverse=True)]) + b"\r\n")
    assert desk.diff(code=0) == {}
    assert desk.run("check", "--strict", code=0).rstrip().endswith("as accepted.")


def test_rows_without_a_key_that_changed_their_places_are_no_edits(desk: Desk) -> None:
    """Row by row, a table that is sorted otherwise would seem to be another in every row."""
    manifest, table = desk.root / "evidence" / "pages.yaml", desk.root / "evidence" / "pages.csv"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("    key: [page, rating]\n", ""), encoding="utf-8")
    desk.run("baseline", "accept", "--now", "2016-10-20", code=0)
    desk.put("2016-10-25")
    (kept,) = desk.diff(code=1)["right-false"]["reasons"]["data"]
    assert kept["changes"] == {"added": 0, "removed": 0, "edited": 4, "by": [], "edits": []}
    head, *rows = table.read_bytes().splitlines()
    table.write_bytes(b"\n".join([head, *sorted(rows, reverse=True)]) + b"\n")
    (data,) = desk.diff(code=1)["right-false"]["reasons"]["data"]
    assert data["changes"] is None
