"""Where files may lie, and what is said when they do not."""

from __future__ import annotations

import hashlib
import os
import textwrap
from pathlib import Path

import pytest

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Dataset, Family
from factcheck.evidence.ingest import pin, sample, sha256
from factcheck.evidence.ingest.places import Ground

from .desk import Desk


@pytest.mark.parametrize(
    "path", ["../../outside.csv", "link.csv", "linked/outside.csv", "../../*.csv", "../../none.csv"]
)
def test_a_path_that_leads_out_names_evidence_roots(desk: Desk, path: str) -> None:
    outside = desk.root.parent / "outside.csv"
    outside.write_text("a\n1\n")
    desk.write("x.csv", "a\n1\n")
    (desk.root / "evidence" / "link.csv").symlink_to(outside)
    (desk.root / "evidence" / "linked").symlink_to(desk.root.parent)
    desk.fails(f'd: {{files: "{path}"}}')
    assert "evidence_roots" in desk.problems[0].message
    assert desk.problems[0].place is not None
    desk.roots = (desk.root.parent,)
    if path != "../../none.csv":
        assert isinstance(desk.load_all(f'd: {{files: "{path}"}}').datasets["d"], Dataset)


def test_missing_folder_fifo_and_unreadable_files(desk: Desk) -> None:
    desk.write("mentions.csv", "a\n1\n")
    (desk.root / "evidence" / "folder").mkdir()
    os.mkfifo(desk.root / "evidence" / "pipe.csv")
    assert "did you mean 'mentions.csv'" in desk.fails("d: {files: mention.csv}")
    assert "no file matches evidence/*.tsv" in desk.fails('d: {files: "*.tsv"}')
    assert "is a folder" in desk.fails("d: {files: folder}")
    assert "not an ordinary file" in desk.fails("d: {files: pipe.csv}")
    (desk.root / "evidence" / "dangling.csv").symlink_to(desk.root / "evidence" / "gone.csv")
    assert "cannot be read" in desk.fails("d: {files: dangling.csv}")


def test_formats(desk: Desk) -> None:
    desk.write("d.xyz", "a\n1\n")
    desk.fails("d: {files: d.xyz}")
    assert "state it with 'format'" in desk.problems[0].message
    assert isinstance(desk.load_all("d: {files: d.xyz, format: csv}").datasets["d"], Dataset)
    desk.fails("d: {files: d.xyz, format: cvs}")
    assert "did you mean csv" in desk.problems[0].message


def test_describe_reads_no_rows_and_knows_what_is_stated(desk: Desk) -> None:
    desk.write("d.csv", "id,when,text\n1,x\n")
    desk.engine.execute(f"COPY (SELECT 1 AS a, {{'b': 'x'}} AS s) TO '{desk.root}/evidence/p.parquet'")
    desk.write("j.jsonl", '{"a": 1}\n{"b": 2}\n')
    found = desk.describe(
        """
        d: {files: d.csv, columns: {when: {type: date}, low: {expr: id < 5}}}
        p: {files: p.parquet, columns: {b: {from: s.b}}}
        j: {files: j.jsonl}
        q: {query: SELECT a FROM p}
        broken: {files: d.csv, columns: {whn: {type: date}}}
        gone: {files: gone.csv}
        """
    )

    def families(name: str) -> dict[str, Family]:
        dataset = found[name]
        assert isinstance(dataset, Dataset)
        assert dataset.ledger is None
        return {c.name: c.family for c in dataset.columns.values()}

    unknown = Family.UNKNOWN
    assert families("d") == {"id": unknown, "when": Family.DATE, "text": unknown, "low": Family.BOOLEAN}
    assert families("p") == {"a": Family.INTEGER, "s": Family.OTHER, "b": Family.TEXT}
    assert families("j") == {"a": unknown, "b": unknown}
    assert families("q") == {"a": unknown}
    assert isinstance(found["gone"], EvidenceError)
    assert [(p.message, p.hint) for p in desk.problems] == [("the data have no column 'whn'", "did you mean 'when'?")]


def test_sha256_of_pinned_files_is_taken_on_loading(desk: Desk) -> None:
    path = desk.write("d.csv", "a\n1\n")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert sha256(path) == digest
    found = desk.load(f"d: {{files: d.csv, sha256: {digest}}}")
    assert (found.files[0].sha256, found.files[0].pinned) == (digest, digest)
    path.write_text("a\n2\n")
    changed = desk.load(f"d: {{files: d.csv, sha256: {digest}}}")
    assert changed.files[0].sha256 != changed.files[0].pinned == digest


MANIFEST = """# head
datasets:
  one:   # a comment
    files: d.csv
    title: One  # kept

  # between
  two:
    sha256: {old}
    files: d.csv
  three: {{files: d.csv, title: "x"}}
"""


def test_pinning_keeps_everything_else(desk: Desk) -> None:
    path = desk.write("data.yaml", MANIFEST.format(old="0" * 64))
    desk.write("d.csv", "a\n1\n")
    sources = {name: _source(desk, name) for name in ("one", "two", "three")}
    for source, digest in zip(sources.values(), ("a" * 64, "b" * 64, "c" * 64), strict=True):
        assert pin(source, {"d.csv": digest}, desk.root)
    expected = MANIFEST.format(old="b" * 64)
    expected = expected.replace("title: One  # kept\n", f"title: One  # kept\n    sha256: {'a' * 64}\n")
    expected = expected.replace('title: "x"', f'title: "x", sha256: {"c" * 64}')
    assert path.read_text() == expected
    assert not pin(_source(desk, "two"), {"d.csv": "b" * 64}, desk.root)
    assert _source(desk, "three").model.sha256 == "c" * 64


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("two:\n  files: d.csv\n  licence: *open", "two:\n  files: d.csv\n  licence: *open\n  sha256: B"),
        (
            "two:\n  files: d.csv\n  licence: *open   # as above",
            "two:\n  files: d.csv\n  licence: *open   # as above\n  sha256: B",
        ),
        ("two: {files: d.csv, licence: *open}", "two: {files: d.csv, licence: *open, sha256: B}"),
        ("two: {sha256: *old, files: d.csv}", "two: {sha256: B, files: d.csv}"),
        ("two:\n  sha256: *old\n  files: d.csv", "two:\n  sha256: B\n  files: d.csv"),
        ('two:\n  files: "*.csv"\n  licence: none', 'two:\n  files: "*.csv"\n  licence: none\n  sha256: B'),
    ],
)
def test_pinning_stays_in_its_dataset_where_values_are_written_elsewhere(
    desk: Desk, written: str, expected: str
) -> None:
    head = f"one:\n  files: d.csv\n  licence: &open CC0\n  sha256: &old {'a' * 64}\n"
    desk.write("d.csv", "x\n1\n")
    desk.manifest(head + written)
    assert pin(_source(desk, "two"), {"d.csv": "b" * 64}, desk.root)
    text = textwrap.dedent((desk.root / "evidence/data.yaml").read_text().removeprefix("datasets:\n"))
    assert text.rstrip() == head + expected.replace("B", "b" * 64).rstrip()


def test_pinning_several_files_and_again(desk: Desk) -> None:
    path = desk.write("data.yaml", "datasets:\r\n  one:\r\n    files: '*.csv'\r\n")
    desk.write("1.csv", "a\n1\n")
    digests = {"1.csv": "a" * 64, "b c.csv": "b" * 64}
    assert pin(_source(desk, "one"), digests, desk.root)
    assert _source(desk, "one").model.sha256 == digests
    assert b"\r\n" in path.read_bytes()
    assert b"\n\n" not in path.read_bytes()
    again = dict.fromkeys(digests, "c" * 64)
    assert pin(_source(desk, "one"), again, desk.root)
    assert _source(desk, "one").model.sha256 == again
    assert path.read_text().count("sha256:") == 1
    assert not list(Path(path.parent).glob(".data*"))


def _source(desk: Desk, name: str):  # type: ignore[no-untyped-def]
    from factcheck.evidence.manifest import read_manifests

    sources, problems = read_manifests([desk.root / "evidence"], desk.root)
    assert not problems
    return sources[name]


def test_a_sample_is_random_over_the_whole_file(desk: Desk) -> None:
    path = desk.write("d.parquet", b"")
    desk.engine.execute(f"COPY (SELECT i AS id FROM range(400000) r(i)) TO '{path}' (FORMAT parquet)")
    found = desk.load("d: {files: d.parquet}")
    rows, distinct, mean = desk.engine.run(
        f"SELECT count(*), count(DISTINCT id), avg(id) FROM ({sample(found, 20_000)})"
    ).one()
    assert (rows, distinct) == (20_000, 20_000)
    # The mean of 20,000 of 0…399,999 has a standard error of 400000 / sqrt(12 × 20000) = 817.
    assert abs(mean - 199_999.5) < 6 * 817
    assert desk.engine.run(f"SELECT count(*) FROM ({sample(found, 500_000)})").one() == (400_000,)


def test_files_of_a_root_beside_the_project_are_named_and_pinned_so_that_another_computer_finds_them(desk: Desk) -> None:
    archive = desk.root.parent / "archive"
    archive.mkdir()
    for name in ("a.csv", "b.csv"):
        (archive / name).write_text("id\n1\n")
    desk.roots = (archive,)
    pins = f'"../archive/a.csv": "{"0" * 64}", b.csv: "{"1" * 64}"'
    found = desk.load(f'd: {{files: "../../archive/*.csv", sha256: {{{pins}}}}}')
    assert [file.path for file in found.files] == ["../archive/a.csv", "../archive/b.csv"]
    assert [file.pinned for file in found.files] == ["0" * 64, "1" * 64]


def test_a_root_that_shares_no_folder_with_the_project_keeps_its_whole_path() -> None:
    ground = Ground(Path("/home/ana/project"), (Path("/srv/archive"),))
    assert ground.show(Path("/srv/archive/a.csv")) == "/srv/archive/a.csv"
    assert ground.show(Path("/home/ana/project/evidence/a.csv")) == "evidence/a.csv"
