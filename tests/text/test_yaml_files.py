"""Which files a run reads."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from factcheck.text.files import yaml_files


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for name in ("claims/b.yaml", "claims/a.yml", "claims/deep/c.yaml", "claims/.hidden.yaml", "claims/note.txt"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x: 1")
    (tmp_path / "outside.yaml").write_text("x: 1")
    return root


def names(root: Path, *paths: str) -> list[str]:
    files, problems = yaml_files([Path(path) for path in paths], root)
    assert problems == []
    return [name for _, name in files]


def messages(root: Path, *paths: str) -> list[str]:
    return [problem.render() for problem in yaml_files([Path(path) for path in paths], root)[1]]


def test_folders_are_searched_in_sorted_order_and_files_read_once(project: Path) -> None:
    assert names(project, "claims", "claims/b.yaml") == ["claims/a.yml", "claims/b.yaml", "claims/deep/c.yaml"]


def test_a_file_given_by_name_is_read_whatever_it_is_called(project: Path) -> None:
    assert names(project, "claims/note.txt") == ["claims/note.txt"]


def test_a_misspelt_path_names_the_near_one(project: Path) -> None:
    assert messages(project, "clams") == ["clams does not exist\n    did you mean 'claims'?"]


def test_a_path_or_link_that_leads_out_is_refused(project: Path) -> None:
    (project / "claims/link.yaml").symlink_to("../../outside.yaml")
    (project / "claims/gone.yaml").symlink_to("nowhere.yaml")
    found = messages(project, "claims", "../outside.yaml", "claims/gone.yaml")
    assert any("claims/link.yaml leads out of the project" in message for message in found)
    assert any("outside.yaml leads out of the project" in message for message in found)
    assert any("claims/gone.yaml is a link to something that does not exist" in message for message in found)


def test_links_inside_the_project_are_followed_and_loops_end(project: Path) -> None:
    (project / "claims/same.yaml").symlink_to("b.yaml")
    (project / "claims/deep/loop").symlink_to("..")
    assert names(project, "claims") == ["claims/a.yml", "claims/b.yaml", "claims/deep/c.yaml", "claims/same.yaml"]


def test_a_project_behind_a_link(project: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(project)
    assert names(tmp_path / "link", "claims/b.yaml") == ["claims/b.yaml"]
    assert names(tmp_path / "link", str(project / "claims/b.yaml")) == ["claims/b.yaml"]


def test_a_pipe_is_no_file(project: Path) -> None:
    os.mkfifo(project / "claims/pipe.yaml")
    assert messages(project, "claims/pipe.yaml") == ["claims/pipe.yaml is not a file"]
