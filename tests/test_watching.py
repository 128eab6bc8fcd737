"""What a saved file touches, and `factcheck check --watch`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from factcheck.project import open_project
from factcheck.watching import concerned, touched

CLAIMS = """
claims:
  - {{id: {0}-rows, statement: There are two., dataset: {1}, measure: {{count: rows}}, claimed: 2}}
"""
MANIFEST = """
datasets:
  posts: {files: "posts*.csv", completeness: complete}
  chosen: {query: SELECT * FROM posts, completeness: complete}
  again: {query: SELECT * FROM chosen, completeness: complete}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("claims", "evidence"):
        (tmp_path / folder).mkdir()
    for name, dataset in (("a", "posts"), ("b", "again"), ("c", "other")):
        (tmp_path / "claims" / f"{name}.yaml").write_text(CLAIMS.format(name, dataset))
    (tmp_path / "evidence" / "posts.yaml").write_text(MANIFEST)
    (tmp_path / "evidence" / "other.yaml").write_text("datasets: {other: {files: other.csv, completeness: complete}}\n")
    for name in ("posts", "other"):
        (tmp_path / "evidence" / f"{name}.csv").write_text("n\n1\n2\n")
    return tmp_path


@pytest.mark.parametrize(
    ("files", "ids"),
    [
        (["claims/a.yaml"], {"a-rows"}),
        (["claims/a.yaml", "claims/c.yaml"], {"a-rows", "c-rows"}),
        (["evidence/other.csv"], {"c-rows"}),
        (["evidence/posts.csv"], {"a-rows", "b-rows"}),  # also through two queries
        (["evidence/posts.yaml"], {"a-rows", "b-rows"}),
        (["claims/c.yaml", "evidence/posts.csv"], {"a-rows", "b-rows", "c-rows"}),
        (["evidence/notes.txt"], set()),
        (["factcheck.yaml"], None),
        (["claims/gone.yaml"], None),
        (["evidence/posts-gone.csv"], None),
    ],
)
def test_what_a_file_touches(project: Path, files: list[str], ids: set[str] | None) -> None:
    (project / "evidence" / "notes.txt").write_text("about the data")
    assert touched(open_project(project), frozenset(project / file for file in files)) == ids


def test_a_new_file_that_a_pattern_names_touches_its_dataset(project: Path) -> None:
    new = project / "evidence" / "posts-more.csv"
    new.write_text("n\n3\n")
    assert touched(open_project(project), frozenset({new})) == {"a-rows", "b-rows"}


def test_claim_files_that_the_call_does_not_name_are_none_of_its_business(project: Path) -> None:
    mine, other, data = project / "claims" / "a.yaml", project / "claims" / "c.yaml", project / "evidence" / "posts.csv"
    changed = frozenset({mine, other, data, project / "factcheck.yaml"})
    assert concerned(changed, (), project) == changed
    assert concerned(changed, (mine,), project) == changed - {other}
    assert concerned(changed, (project / "claims",), project) == changed


def test_a_claim_that_cannot_be_read_touches_all(project: Path) -> None:
    broken = project / "claims" / "a.yaml"
    broken.write_text(broken.read_text().replace("statement", "statment"))
    assert touched(open_project(project), frozenset({broken})) is None


class Watched:
    """`factcheck check --watch` in a process of its own, and what it has said."""

    def __init__(self, project: Path, *command: str) -> None:
        code = "from factcheck.cli import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, *(command or ("check",)), "--watch", "--project", str(project)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ | {"COLUMNS": "80"},
        )  # fmt: skip
        self.said = ""
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line

    def wait(self, rounds: int) -> None:
        until = time.monotonic() + 60
        while self.said.count("watching for changes") < rounds and time.monotonic() < until:
            assert self.process.poll() is None, self.said
            time.sleep(0.02)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def after(self, path: Path, text: str) -> str:
        before, rounds = len(self.said), self.said.count("watching for changes")
        path.write_text(text)
        self.wait(rounds + 1)
        return self.said[before:]


def test_a_claim_is_explained_anew_when_it_is_touched(project: Path) -> None:
    watched = Watched(project, "explain", "a-rows")
    try:
        watched.wait(1)
        assert "The claim is 2." in watched.said
        broken = CLAIMS.format("a", "posts").replace("count: rows", "cuont: rows")
        assert "did you mean 'count'?" in watched.after(project / "claims" / "a.yaml", broken)
        right = CLAIMS.format("a", "posts").replace("claimed: 2", "claimed: 7")
        assert "The claim is 7." in watched.after(project / "claims" / "a.yaml", right)
        assert "no claim is touched" in watched.after(project / "evidence" / "other.csv", "n\n1\n")
    finally:
        watched.close()


def test_only_what_is_touched_is_checked_anew(project: Path) -> None:
    watched = Watched(project)
    try:
        watched.wait(1)
        assert "3 claims: 3 supported" in watched.said
        said = watched.after(project / "evidence" / "other.csv", "n\n1\n2\n3\n")
        assert "c-rows" in said
        assert "1 claim: 1 refuted" in said
        assert "a-rows" not in said
        assert "since the last round:\n  c-rows is refuted, was supported: 3, was 2\n" in said
        broken = CLAIMS.format("a", "posts").replace("claimed: 2", "claimed: 2x")
        said = watched.after(project / "claims" / "a.yaml", broken)
        assert "claims/a.yaml:3" in said
        # What was touched while there were errors is still to be done.
        said = watched.after(project / "claims" / "a.yaml", CLAIMS.format("a", "posts"))
        assert "1 claim: 1 supported" in said
        assert "since the last round no verdict has changed\n" in said
        said = watched.after(project / "evidence" / "notes.txt", "nothing")
        assert "no claim is touched" in said
        watched.process.send_signal(signal.SIGINT)
        assert watched.process.wait(20) == 130
    finally:
        watched.close()
