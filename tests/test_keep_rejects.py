"""`--keep-rejects` on the command line: with check, report and data."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from factcheck.cli import main

CLAIM = """
claims:
  - id: posts
    statement: There are two posts.
    dataset: posts
    measure: {count: rows}
    claimed: two
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("claims", "evidence"):
        (tmp_path / folder).mkdir()
    (tmp_path / "claims" / "c.yaml").write_text(CLAIM, encoding="utf-8")
    (tmp_path / "evidence" / "m.yaml").write_text(
        "datasets: {posts: {files: posts.csv, completeness: complete}}\n", encoding="utf-8"
    )
    (tmp_path / "evidence" / "posts.csv").write_text("id,text\n1,a\n2,b\n3\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", [("check",), ("report", "--output", "-"), ("data", "posts")])
def test_rejects_are_written_and_it_is_said_on_standard_error(root: Path, command: tuple[str, ...]) -> None:
    out = root / "kept"
    done = CliRunner().invoke(main, [*command, "--project", str(root), "--keep-rejects", str(out)])
    assert done.exit_code == 0, done.output
    assert f"wrote 1 rejected record to {out / 'posts.rejects.csv'}" in done.stderr
    assert "wrote" not in done.stdout
    assert (out / "posts.rejects.csv").read_text(encoding="utf-8") == (
        'file,line,reason,record\nevidence/posts.csv,4,"expected 2 columns, found 1",3\n'
    )


def test_a_folder_is_taken_from_where_the_command_stands(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that reads the files was started elsewhere."""
    CliRunner().invoke(main, ["check", "--project", str(root)])
    monkeypatch.chdir(root)
    done = CliRunner().invoke(main, ["check", "--keep-rejects", "kept/here"])
    assert "wrote 1 rejected record to kept/here/posts.rejects.csv" in done.stderr
    assert (root / "kept" / "here" / "posts.rejects.csv").is_file()


def test_a_folder_that_cannot_be_made_is_told_before_anything_is_read(root: Path) -> None:
    (root / "file").write_text("", encoding="utf-8")
    done = CliRunner().invoke(main, ["check", "--project", str(root), "--keep-rejects", str(root / "file" / "out")])
    assert done.exit_code == 2
    assert "cannot be made" in done.stderr
    assert done.stdout == ""


def test_the_list_of_datasets_keeps_nothing(root: Path) -> None:
    done = CliRunner().invoke(main, ["data", "--project", str(root), "--keep-rejects", str(root / "out")])
    assert done.exit_code == 2
    assert "needs the name of a dataset" in done.stderr


def test_a_record_that_is_not_counted_is_told_by_every_check(root: Path) -> None:
    for _ in range(2):  # the second time from what the first has kept
        done = CliRunner().invoke(main, ["check", "--project", str(root)])
        assert "evidence/m.yaml:1:12: warning: 1 of 3 records of dataset 'posts' could not be read" in done.stderr
        assert "the first: evidence/posts.csv, line 4: expected 2 columns, found 1" in done.stderr
