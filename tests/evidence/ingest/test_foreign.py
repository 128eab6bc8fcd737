"""A format that another package brings."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from .desk import Desk

MODULE = """
from factcheck.evidence.formats.source import Source, SourceColumn


def head(job):
    return {"line": SourceColumn("line", "line", "VARCHAR")}


def open(job):
    said = [line for path in job.files for line in path.read_text().splitlines()]
    values = ", ".join(f"('{line}')" for line in said)
    return Source(f"(VALUES {values}) t(line)", head(job))
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "site"
    info = place / "fancy-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: fancy\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        textwrap.dedent("""\
            [factcheck.formats]
            fancy-lines = fancy_lines_format
            fancy-broken = fancy_module_that_is_not_there
        """)
    )
    (place / "fancy_lines_format.py").write_text(MODULE)
    monkeypatch.syspath_prepend(str(place))
    return place


def test_it_is_used_by_its_name(package: Path, desk: Desk) -> None:
    desk.write("d.fancy", "one\ntwo\n")
    dataset = desk.load("d: {files: d.fancy, format: fancy-lines}")
    assert desk.rows(dataset) == [("one",), ("two",)]
    assert dataset.ledger is not None
    assert (dataset.ledger.records, dataset.ledger.loaded) == (2, 2)


def test_its_name_is_offered(package: Path, desk: Desk) -> None:
    desk.write("d.fancy", "one\n")
    assert "did you mean fancy-lines?" in desk.fails("d: {files: d.fancy, format: fancy-line}")


def test_a_broken_package_is_named(package: Path, desk: Desk) -> None:
    desk.write("d.fancy", "one\n")
    said = desk.fails("d: {files: d.fancy, format: fancy-broken}")
    assert "'fancy-broken' of the package fancy cannot be used" in said
