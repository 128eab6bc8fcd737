"""Evidence lies in the project or where its owner has opened a folder; what is no file is told to be none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bad_input.desk import POSTS, Desk
from factcheck.evidence.isolation.here import Here

COUNT = "measure: {count: rows}"


@pytest.mark.parametrize(
    "files",
    ["/etc/passwd", "../../../../../../etc/passwd", "../../../*/*.csv", "link.csv", "linked/*.csv", "../../*.csv"],
)
def test_paths_and_links_that_lead_out(desk: Desk, files: str) -> None:
    outside = desk.root.parent / f"{desk.root.name}-outside"
    outside.mkdir()
    (outside / "posts.csv").write_text(POSTS)
    os.symlink(outside / "posts.csv", desk.root / "evidence/link.csv")
    os.symlink(outside, desk.root / "evidence/linked")
    desk.manifest({"files": files, "completeness": "complete", "format": "csv"})
    said = desk.refused(COUNT)
    assert said.startswith("evidence/posts.yaml:1:")
    assert "name its folder under evidence_roots in factcheck.yaml to allow it" in said


def test_a_root_that_its_owner_has_opened(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("archive")
    (outside / "posts.csv").write_text(POSTS)
    os.symlink(outside / "posts.csv", desk.root / "evidence/link.csv")
    desk.write("factcheck.yaml", f"evidence_roots: ['{outside}']")
    for files in (str(outside / "posts.csv"), "link.csv"):
        desk.manifest({"files": files, "completeness": "complete"})
        assert desk.one(COUNT)["estimate"] == 4


def test_claim_files_out_of_the_project(desk: Desk) -> None:
    desk.claim(COUNT)
    done = desk.run("check", "/etc/passwd", "--project", str(desk.root))
    assert done.code == 2
    assert "leads out of the project" in done.err


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("folder", "is a folder, not a file; for all its files write folder/*.csv"),
        ("folder.csv", "is a folder, not a file"),
        ("fifo.csv", "is not an ordinary file"),
        ("broken.csv", "cannot be read: No such file or directory"),
        ("loop.csv", "cannot be read: Too many levels of symbolic links"),
        ("pots.csv", "does not exist; did you mean 'posts.csv'?"),
        ("pots-*.csv", "no file matches evidence/pots-*.csv; did you mean 'posts.csv'?"),
    ],
)
def test_what_is_no_file(desk: Desk, name: str, said: str) -> None:
    evidence = desk.root / "evidence"
    (evidence / "folder").mkdir()
    (evidence / "folder.csv").mkdir()
    os.mkfifo(evidence / "fifo.csv")
    os.symlink("nothing", evidence / "broken.csv")
    os.symlink("loop.csv", evidence / "loop.csv")
    desk.manifest({"files": name, "completeness": "complete", "format": "csv"})
    error = desk.failed()
    assert said in error
    assert "evidence/" in error
    assert str(desk.root) not in error


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ("https://example.org/posts.csv", "lies in no store that is open"),
        ("s3://bucket/posts.parquet", "under evidence_roots in factcheck.yaml, if you trust it: s3://bucket/"),
        ("ftp://example.org/posts.csv", "ftp:// is no store that is read"),
        ("a\0b.csv", "no file can have this name"),
        ("a" * 300 + ".csv", "no file can have this name"),
    ],
)
def test_names_that_no_file_can_have(desk: Desk, files: str, said: str) -> None:
    desk.manifest({"files": files, "completeness": "complete"})
    assert said in desk.refused(COUNT)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to the superuser")
def test_a_file_that_may_not_be_read(desk: Desk) -> None:
    (desk.root / "evidence/posts.csv").chmod(0)
    assert "evidence/posts.csv cannot be read: permission denied" in desk.failed()


def test_a_file_that_may_not_be_read_as_the_system_says_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr("factcheck.cases.opening.Reader", Here)  # a process of its own would ask the system itself
    assert "evidence/posts.csv cannot be read: permission denied" in desk.failed()


def test_other_claims_go_on(desk: Desk) -> None:
    desk.manifest({"files": "none.csv", "completeness": "complete"}, "gone")
    text = desk.claim(COUNT).read_text()
    desk.write("claims/two.yaml", text.replace("id: one", "id: two").replace("dataset: posts", "dataset: gone"))
    done = desk.check()
    assert done.code == 3
    assert {name: claim["outcome"] for name, claim in done.claims().items()} == {"one": "supported", "two": "error"}


def test_the_project_is_found_from_a_folder_below(desk: Desk, tmp_path: Path) -> None:
    desk.claim(COUNT)
    below = tmp_path / "claims/deep"
    below.mkdir()
    assert Desk(below, bare=True).check().code == 0


def test_the_project_is_named(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    desk.claim(COUNT)
    elsewhere = Desk(tmp_path_factory.mktemp("elsewhere"), bare=True)
    assert elsewhere.check(None, "--project", str(desk.root)).code == 0
    done = elsewhere.check()
    assert done.code == 2
    assert "neither it nor a folder above it has factcheck.yaml, claims/ or evidence/" in done.err


def test_a_project_without_claims(desk: Desk) -> None:
    assert "has no claims/ folder" in desk.check().err
    (desk.root / "claims").mkdir()
    done = desk.check()
    assert done.code == 2
    assert "there are no claims to check" in done.err
