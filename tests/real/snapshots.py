"""Published tables in dated versions, each put in the place of the one before, as a desk that keeps up with them does."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from .published import DATA, PROJECT

BUZZFEED = tuple(
    DATA / f"open/buzzfeed-facebook-factcheck/facebook-fact-check_2016-10-{day}.csv" for day in ("20", "25", "28")
)
FIAT = tuple(DATA / f"more/dfrlab-fiat/DFRLab_interference2020_2020-{day}.csv" for day in ("09-29", "10-23", "11-30"))


def buzzfeed(root: Path) -> tuple[Path, Path]:
    """A project with the claims of October 2016 and the first table: its folder, and where the table lies."""
    return _project(root, "buzzfeed", "posts.csv", BUZZFEED[0])


def fiat(root: Path) -> tuple[Path, Path]:
    """A project with claims about the tracker of September 2020, and the tracker of that day."""
    return _project(root, "fiat", "cases.csv", FIAT[0])


def _project(root: Path, name: str, file: str, first: Path) -> tuple[Path, Path]:
    shutil.copytree(PROJECT / "snapshots" / name, root / name)
    table = root / name / "evidence" / file
    put(first, table)
    return root / name, table


def put(version: Path, table: Path) -> None:
    """Replaces the table by another version; the published files may not be writable, their copies are."""
    table.write_bytes(version.read_bytes())


def records(version: Path, key: str) -> dict[str, Mapping[str, str]]:
    """The records of a version by their key, read without the program."""
    with version.open(encoding="utf-8-sig", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def by_rating(version: Path) -> Counter[tuple[str, str, str]]:
    """How many posts a page has of each rating."""
    return Counter((row["Page"], row["Category"], row["Rating"]) for row in records(version, "post_id").values())
