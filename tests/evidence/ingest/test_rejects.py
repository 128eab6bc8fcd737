"""`--keep-rejects`: every rejected record written out as it stands in its file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.ingest import Loaded, load_all
from factcheck.evidence.ingest.rejects import HEADER, file_name

from .desk import Desk


def kept(desk: Desk, manifest: str, folder: Path) -> Loaded:
    return load_all(desk.engine, desk.manifest(manifest), desk.root, keep_rejects=folder)


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def test_records_are_written_whole_and_unchanged(desk: Desk, tmp_path: Path) -> None:
    long = "é" * 500
    desk.write("d.csv", f'a,b\n1,2\n"x ""y""\nz",2,3\n{long},1,1\n=1+1\n6,7\n')
    loaded = kept(desk, "d: {files: d.csv}", tmp_path / "out")
    assert rows(tmp_path / "out" / "d.rejects.csv") == [
        list(HEADER),
        ["evidence/d.csv", "3", "expected 2 columns, found 3", '"x ""y""\nz",2,3'],
        ["evidence/d.csv", "5", "expected 2 columns, found 3", f"{long},1,1"],
        ["evidence/d.csv", "6", "expected 2 columns, found 1", "=1+1"],
    ]
    assert loaded.kept == [f"wrote 3 rejected records to {tmp_path / 'out' / 'd.rejects.csv'}"]


def test_all_are_written_and_the_first_hundred_shown(desk: Desk, tmp_path: Path) -> None:
    lines = [f'{{"n": {n}}}' if n % 3 else f"broken {n} " + "x" * 300 for n in range(1, 901)]
    desk.write("a.jsonl", "\n".join(lines[:450]) + "\n")
    desk.write("b.jsonl", "\n".join(lines[450:]) + "\n")
    found = kept(desk, "d: {files: [a.jsonl, b.jsonl]}", tmp_path).datasets["d"]
    assert isinstance(found, Dataset)
    assert found.ledger is not None
    assert (found.ledger.records, found.ledger.loaded, found.ledger.rejected) == (900, 600, 300)
    assert len(found.ledger.rejects) == 100
    assert {len(reject.text) for reject in found.ledger.rejects} == {200}
    written = rows(tmp_path / "d.rejects.csv")[1:]
    assert [(file, int(line), record) for file, line, _, record in written] == [
        *(("evidence/a.jsonl", n, lines[n - 1]) for n in range(3, 451, 3)),
        *(("evidence/b.jsonl", n - 450, lines[n - 1]) for n in range(453, 901, 3)),
    ]


def test_only_datasets_with_rejects_get_a_file_and_an_older_one_goes(desk: Desk, tmp_path: Path) -> None:
    desk.write("good.csv", "a,b\n1,2\n")
    desk.write("bad.csv", "a,b\n1,2\n3\n")
    (tmp_path / "other.rejects.csv").write_text("mine\n")
    manifest = "good: {files: good.csv}\nbad: {files: bad.csv}\nother: {files: good.csv}"
    assert len(kept(desk, manifest, tmp_path).kept) == 1
    assert sorted(path.name for path in tmp_path.glob("*.csv")) == ["bad.rejects.csv", "other.rejects.csv"]
    desk.write("bad.csv", "a,b\n1,2\n3,4\n")
    assert kept(desk, manifest, tmp_path).kept == []
    assert [path.name for path in tmp_path.glob("*.csv")] == ["other.rejects.csv"]


def test_where_no_record_can_be_read_they_are_written_all_the_same(desk: Desk, tmp_path: Path) -> None:
    desk.write("d.csv", "a,b\n1\n2\n")
    loaded = kept(desk, "d: {files: d.csv, read: {header: 1}}", tmp_path)
    assert isinstance(loaded.datasets["d"], EvidenceError)
    assert [row[3] for row in rows(tmp_path / "d.rejects.csv")[1:]] == ["1", "2"]


def test_mixed_line_ends_are_no_obstacle(desk: Desk, tmp_path: Path) -> None:
    desk.write("d.csv", "a,b\r\n1,2\n3\r\n4,5\n")
    kept(desk, "d: {files: d.csv}", tmp_path)
    assert rows(tmp_path / "d.rejects.csv")[1:] == [["evidence/d.csv", "3", "expected 2 columns, found 1", "3"]]


@pytest.mark.parametrize("name", ["mentions", "net.nodes", "fake-news-2018", "menções"])
def test_a_plain_name_names_its_file(name: str) -> None:
    assert file_name(name) == f"{name}.rejects.csv"


@pytest.mark.parametrize("name", ["../x", "a/b", "a:b", ".hidden", "-rf", "con", "LPT1.x", "x" * 300, "a b\n"])
def test_any_other_name_becomes_one_that_file_systems_take(name: str) -> None:
    made = file_name(name)
    assert made.endswith(".rejects.csv")
    assert len(made) < 120
    assert made[0] == "_"
    assert not set(made) & set('/\\:*?"<>| \n')


def test_names_that_look_alike_keep_files_of_their_own() -> None:
    assert len({file_name(name) for name in ("a/b", "a:b", "a_b")}) == 3
