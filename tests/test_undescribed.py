"""Files that belong to no dataset are told, with a manifest that works."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factcheck.datasets import show
from factcheck.errors import SpecError
from factcheck.project import find_root, open_evidence


def project(root: Path, **files: str) -> Path:
    (root / "evidence").mkdir()
    (root / "claims").mkdir()
    for name, text in files.items():
        path = root / "evidence" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize("name", ["posts.csv", "Posts May 2018.csv", "2018/it's.csv", "größe.tsv"])
def test_the_manifest_that_is_told_describes_the_file(tmp_path: Path, name: str) -> None:
    root = project(tmp_path, **{name: "country,n\nRussia,1\nMexico,2\n"})
    said = show(open_evidence(root), None)
    assert f"evidence/{name} belongs to no dataset" in said
    target = said.partition("save this as ")[2].partition(":")[0]
    manifest = said[said.index("datasets:\n") : said.index("Then `factcheck data ")]
    (root / target).write_text(manifest, encoding="utf-8")
    dataset = said.partition("`factcheck data ")[2].partition("`")[0]
    again = open_evidence(root)
    assert not again.problems
    assert "2 records = 2 loaded" in show(again, dataset)
    assert "no dataset" not in show(again, None)


def test_what_a_manifest_names_is_not_told(tmp_path: Path) -> None:
    root = project(
        tmp_path,
        **{
            "a/1.csv": "x\n1\n", "a/2.csv": "x\n2\n", "b.csv": "x\n1\n", "note.txt": "Ask Ann.", ".~lock.csv": "",
            "left.csv": "x\n1\n", "d.yaml": "datasets:\n  a: {files: 'a/*.csv'}\n  left: {files: b.csv}\n",
        },
    )  # fmt: skip
    opened = open_evidence(root)
    assert json.loads(show(opened, None, "json"))["undescribed"] == ["evidence/left.csv"]
    assert "evidence/left-2.yaml" in show(opened, None)  # the name is taken


def test_years_are_written_as_years(tmp_path: Path) -> None:
    rows = "".join(f"{1990 + i},{1990 + i}\n" for i in range(20))
    root = project(tmp_path, **{"d.csv": "year,views\n" + rows, "d.yaml": "datasets: {d: {files: d.csv}}\n"})
    said = show(open_evidence(root), "d")
    assert "1990 to 2009" in said
    assert "1,990 to 2,009" in said


def test_several_files_are_described_in_one_manifest(tmp_path: Path) -> None:
    root = project(tmp_path, **{f"part-{i}.csv": "x\n1\n" for i in range(3)})
    said = show(open_evidence(root), None)
    target = said.partition("save this as ")[2].partition(":")[0]
    (root / target).write_text(said[said.index("datasets:\n") : said.index("What is one table")], encoding="utf-8")
    assert set(open_evidence(root).manifests) == {"part-0", "part-1", "part-2"}
    assert "no dataset" not in show(open_evidence(root), None)


@pytest.mark.parametrize("name", ["police_killings", "police-killings", "police_killings.csv", "Police Killings"])
def test_asking_for_a_file_by_its_name_tells_that_it_is_not_described(tmp_path: Path, name: str) -> None:
    described = "datasets: {other: {files: other.csv}}\n"
    root = project(tmp_path, **{"police_killings.csv": "x\n1\n", "other.csv": "x\n1\n", "d.yaml": described})
    with pytest.raises(SpecError, match=r"evidence/police_killings\.csv lies there, but no manifest describes it"):
        show(open_evidence(root), name)


def test_a_folder_of_tables_that_is_no_project_is_told_how_to_become_one(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text("x\n1\n", encoding="utf-8")
    with pytest.raises(SpecError, match=r"to begin one with posts\.csv: make the folders evidence and claims here"):
        find_root(tmp_path)
    (tmp_path / "posts.csv").unlink()
    with pytest.raises(SpecError, match="make one with `factcheck init`"):
        find_root(tmp_path)
