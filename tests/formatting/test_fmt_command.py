"""`factcheck fmt` as somebody uses it: what it writes, what it leaves, and what it says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from factcheck.cli import main

UGLY = "claims:\n- {claimed: 1,  id: a, statement: S.}   # one\n"
NICE = "claims:\n  - {id: a, statement: S., claimed: 1}  # one\n"  # the column of a comment stays


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in {
        "claims/a.yaml": UGLY,
        "claims/deep/b.yml": NICE,
        "evidence/x.yaml": "datasets:\n    x:\n        files: x.csv\n",
        "factcheck.yaml": "rating:   five-point\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def fmt(project: Path, *arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["fmt", "--project", str(project), *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_all_files_of_a_project_are_formatted_once(project: Path) -> None:
    told = "claims/a.yaml formatted\nevidence/x.yaml formatted\nfactcheck.yaml formatted\n"
    assert fmt(project) == (0, told, "")
    assert (project / "claims/a.yaml").read_text() == NICE
    assert (project / "evidence/x.yaml").read_text() == "datasets:\n  x:\n    files: x.csv\n"
    before = (project / "claims/a.yaml").stat().st_mtime_ns
    assert fmt(project) == (0, "4 files are in the usual layout.\n", "")
    assert (project / "claims/a.yaml").stat().st_mtime_ns == before


def test_check_and_diff_write_nothing(project: Path) -> None:
    file = str(project / "claims/a.yaml")
    assert fmt(project, file, "--check") == (1, "claims/a.yaml would change\n", "")
    code, out, _ = fmt(project, file, "--diff")
    assert code == 0
    assert "-- {claimed: 1,  id: a, statement: S.}   # one\n+  - {id: a, statement: S., claimed: 1}  # one\n" in out
    assert fmt(project, file, "--diff", "--check")[0] == 1
    assert (project / "claims/a.yaml").read_text() == UGLY
    nice = str(project / "claims/deep/b.yml")
    assert fmt(project, nice, "--check") == (0, "1 file is in the usual layout.\n", "")
    assert fmt(project, nice, "--diff") == (0, "", "1 file is in the usual layout.\n")
    assert fmt(project, nice, "--quiet") == (0, "", "")


def test_a_file_with_an_error_is_left_and_the_others_are_formatted(project: Path) -> None:
    bad = project / "claims/bad.yaml"
    bad.write_text("claims:\n- id: a\n  id: b\n")
    code, out, err = fmt(project)
    assert code == 2
    assert "claims/a.yaml formatted\n" in out
    assert "claims/bad.yaml:3:3: key 'id' occurs twice" in err
    assert err.endswith("What has an error was left as it is.\n")
    assert bad.read_text() == "claims:\n- id: a\n  id: b\n"


def test_what_cannot_be_found_or_read_is_told(project: Path) -> None:
    code, out, err = fmt(project, str(project / "claims/c.yaml"), str(project / "claims/a.yaml"))
    assert (code, out) == (2, "")
    assert "claims/c.yaml does not exist" in err
    (project / "claims/latin.yaml").write_bytes("title: Más\n".encode("latin-1"))
    code, _, err = fmt(project, str(project / "claims/latin.yaml"))
    assert code == 2
    assert "byte 0xE1 is not UTF-8" in err
    if os.geteuid() != 0:  # root may read and write everything
        (project / "claims/a.yaml").chmod(0)
        assert "claims/a.yaml cannot be read" in fmt(project, str(project / "claims/a.yaml"))[2]


def test_a_link_stays_and_permissions_are_kept(project: Path) -> None:
    (project / "claims/a.yaml").chmod(0o640)
    (project / "claims/link.yaml").symlink_to("a.yaml")
    assert fmt(project, str(project / "claims/link.yaml"))[0] == 0
    assert (project / "claims/link.yaml").is_symlink()
    assert (project / "claims/a.yaml").read_text() == NICE
    assert (project / "claims/a.yaml").stat().st_mode & 0o777 == 0o640


def test_the_first_project_is_in_the_usual_layout(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["init", str(tmp_path / "demo")]).exit_code == 0
    assert fmt(tmp_path / "demo", "--check") == (0, "3 files are in the usual layout.\n", "")


def test_an_empty_project_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    code, _, err = fmt(tmp_path)
    assert code == 2
    assert "has no claim files, manifests or factcheck.yaml" in err
