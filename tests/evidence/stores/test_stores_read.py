"""Objects of a store as evidence: what a manifest names is read, all of it, and each from one version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from ingest.desk import Desk

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.duckdb import open_engine
from factcheck.evidence.stores import copies
from factcheck.evidence.stores.front import mount
from factcheck.evidence.stores.stores import Stores

from .bucket import Bucket, served
from .conftest import parquet

ROWS = 60_000


@pytest.fixture
def desk(tmp_path: Path, bucket: Bucket) -> Iterator[Desk]:
    engine = open_engine(memory_limit="500MB", threads=2, temp_dir=tmp_path / "temp")
    mount(engine, Stores())
    made = Desk(tmp_path / "project", engine)
    made.roots = (Path("s3:/desk/posts"), Path(f"http:/127.0.0.1:{bucket.port}/web"), Path("gs:/desk"))
    yield made
    engine.close()


@cache
def posts(first: int = 0, rows: int = ROWS) -> bytes:
    ids = list(range(first, first + rows))
    return parquet({"id": ids, "likes": [i % 7 for i in ids], "text": [f"post {i} " + "x" * 200 for i in ids]})


def test_parquet_stays_and_only_what_is_asked_for_comes(desk: Desk, bucket: Bucket) -> None:
    bucket.put("desk/posts/may.parquet", posts())
    bucket.put("desk/posts/june.parquet", posts(ROWS))
    bucket.put("desk/posts/notes.txt", "no data")
    found = desk.load("d: {files: 's3://desk/posts/*.parquet'}")
    whole = sum(map(len, bucket.objects.values()))
    assert found.ledger is not None
    assert found.ledger.records == 2 * ROWS
    assert [file.path for file in found.files] == ["s3://desk/posts/june.parquet", "s3://desk/posts/may.parquet"]
    assert [file.bytes for file in found.files] == [len(bucket.objects[file.path[5:]]) for file in found.files]
    assert [file.version for file in found.files] == [bucket.etag(file.path[5:]).strip('"') for file in found.files]
    desk.engine.seal(desk.load_all("d: {files: 's3://desk/posts/*.parquet'}").paths)
    bucket.log.clear()
    assert desk.rows(found, "sum(likes), count(*)") == [(sum(i % 7 for i in range(2 * ROWS)), 2 * ROWS)]
    assert 2 * ROWS * 8 <= bucket.sent() < whole / 10  # one column of eight bytes a row, of two hundred and more
    assert all(one.signed and one.status == 206 for one in bucket.log)


def test_a_sealed_engine_reads_no_other_object(desk: Desk, bucket: Bucket) -> None:
    bucket.put("desk/posts/may.parquet", posts(rows=10))
    bucket.put("desk/posts/other.parquet", posts(rows=10))
    other = Stores().find("s3://desk/posts/other.parquet")[0]
    desk.engine.seal(desk.load_all("d: {files: s3://desk/posts/may.parquet}").paths)
    bucket.log.clear()
    for address in ("s3://desk/posts/other.parquet", Stores().object(other).pinned, "https://127.0.0.1/x.parquet"):
        bucket.log.clear()
        with pytest.raises(EvidenceError, match="disabled by configuration"):
            desk.engine.run(f"FROM read_parquet('{address}')")
    assert not bucket.log


@pytest.mark.parametrize("name", ["a b/ü'#100%+[1].parquet", "plain.parquet"])
def test_names_are_what_they_are(desk: Desk, bucket: Bucket, name: str) -> None:
    bucket.put(f"desk/posts/{name}", posts(rows=5))
    found = desk.load("d: {files: 's3://desk/posts/**/*.parquet', format: parquet}")
    assert [file.path for file in found.files] == [f"s3://desk/posts/{name}"]
    assert desk.rows(found, "count(*)") == [(5,)]


@pytest.mark.parametrize(
    ("pattern", "named"),
    [
        ("*.csv", ["a.csv", "b.csv", "c.csv", "d.csv"]),
        ("**/*.csv", ["a.csv", "b.csv", "c.csv", "d.csv", "x/e.csv"]),
        ("[ab].csv", ["a.csv", "b.csv"]),
        ("?/e.csv", ["x/e.csv"]),
        ("a.csv", ["a.csv"]),
    ],
)
def test_patterns_mean_what_they_mean_of_files(desk: Desk, bucket: Bucket, pattern: str, named: list[str]) -> None:
    for name in ("a.csv", "b.csv", "c.csv", "d.csv", "x/e.csv", "a.csv.old"):
        bucket.put(f"desk/posts/{name}", f"name,n\n{name},1\n")
    bucket.put("desk/posts/", "")  # what consoles make of a folder
    found = desk.load(f"d: {{files: 's3://desk/posts/{pattern}'}}")
    assert desk.rows(found, "name", "ORDER BY name") == [(name,) for name in named]


def test_text_is_copied_with_the_same_ledger(desk: Desk, bucket: Bucket) -> None:
    text = "id,likes\n1,2\n2,three\n3\n4,5\n"
    bucket.put("desk/posts/a.csv", text)
    extra = "columns: {likes: {type: integer}}"
    far = desk.load(f"d: {{files: s3://desk/posts/a.csv, {extra}}}")
    near = desk.csv(text, extra)
    assert far.ledger is not None
    assert near.ledger is not None
    assert (far.ledger.records, far.ledger.loaded, far.ledger.rejected, far.ledger.lost) == (4, 3, 1, {"likes": 1})
    assert far.ledger.lost == near.ledger.lost
    assert [(one.file, one.line) for one in far.ledger.rejects] == [("s3://desk/posts/a.csv", 4)]
    assert far.files[0].sha256 == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("name", ["d.jsonl", "d.csv.gz", "d.parquet.gz"])
def test_other_forms(desk: Desk, bucket: Bucket, name: str) -> None:
    import gzip

    data = {"d.jsonl": b'{"id": 1}\n{"id": 2}\n', "d.csv.gz": gzip.compress(b"id\n1\n2\n")}
    bucket.put(f"desk/posts/{name}", data.get(name) or gzip.compress(parquet({"id": [1, 2]})))
    assert desk.rows(desk.load(f"d: {{files: s3://desk/posts/{name}}}"), "id", "ORDER BY id") == [(1,), (2,)]


def test_files_that_do_not_agree_are_told_by_their_addresses(desk: Desk, bucket: Bucket) -> None:
    bucket.put("desk/posts/a.parquet", parquet({"id": [1]}))
    bucket.put("desk/posts/b.parquet", parquet({"id": [1], "n": [2]}))
    said = desk.fails("d: {files: 's3://desk/posts/*.parquet'}")
    assert said == "s3://desk/posts/a.parquet has no column 'n', which s3://desk/posts/b.parquet has"


def test_what_is_no_parquet_is_told_by_its_address(desk: Desk, bucket: Bucket) -> None:
    bucket.put("desk/posts/a.parquet", "id,n\n1,2\n")
    said = desk.fails("d: {files: 's3://desk/posts/a.parquet'}")
    assert said.startswith("s3://desk/posts/a.parquet is no complete Parquet file: ")
    assert "#" not in said
    assert "Traceback" not in said


def test_pins_hold_for_objects(desk: Desk, bucket: Bucket) -> None:
    data = posts(rows=100)
    bucket.put("desk/posts/a.parquet", data)
    right = hashlib.sha256(data).hexdigest()
    found = desk.load(f"d: {{files: s3://desk/posts/a.parquet, sha256: {right}}}")
    assert (found.files[0].sha256, found.files[0].pinned) == (right, right)
    changed = desk.load(f"d: {{files: s3://desk/posts/a.parquet, sha256: {'0' * 64}}}")
    assert changed.files[0].sha256 == right


def test_heads_tell_columns_without_the_rows(
    desk: Desk, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "_HEAD", 2 << 20)
    bucket.put("desk/posts/a.parquet", posts())
    bucket.put("desk/posts/b.csv", "id,likes\n" + "1,2\n" * 2_000_000)
    found = desk.describe("d: {files: s3://desk/posts/a.parquet}\ne: {files: s3://desk/posts/b.csv}")
    assert all(isinstance(one, Dataset) for one in found.values()), found
    assert not desk.problems
    assert bucket.sent() < len(bucket.objects["desk/posts/b.csv"]) / 2


def test_what_opens_a_store_may_change_while_the_program_runs(
    desk: Desk, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket.put("desk/posts/a.parquet", posts())
    assert isinstance(desk.describe("d: {files: s3://desk/posts/a.parquet}")["d"], Dataset)
    with served() as other:  # the processes that read were begun before
        monkeypatch.setenv("AWS_ENDPOINT_URL", other.endpoint)
        other.put("desk/posts/b.parquet", posts())
        assert isinstance(desk.describe("d: {files: s3://desk/posts/b.parquet}")["d"], Dataset)


def test_googles_store_is_asked_in_the_same_words(
    desk: Desk, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCS_ENDPOINT_URL", bucket.endpoint)
    bucket.public = True
    bucket.put("desk/a.parquet", posts(rows=10))
    assert desk.rows(desk.load("d: {files: 'gs://desk/*.parquet'}"), "count(*)") == [(10,)]
    assert not any(one.signed for one in bucket.log)  # Amazon's keys are not for Google
    monkeypatch.setenv("GCS_ACCESS_KEY_ID", "AKTEST")
    monkeypatch.setenv("GCS_SECRET_ACCESS_KEY", "s3cr3t")
    bucket.public = False
    assert desk.rows(desk.load("d: {files: 'gs://desk/a.parquet'}"), "count(*)") == [(10,)]


def test_a_public_bucket_needs_no_access(desk: Desk, bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    bucket.public = True
    bucket.put("desk/posts/a.parquet", posts(rows=10))
    assert desk.rows(desk.load("d: {files: 's3://desk/posts/*.parquet'}"), "count(*)") == [(10,)]
    assert not any(one.signed for one in bucket.log)


def test_a_web_server_is_read_in_parts_where_it_can(desk: Desk, bucket: Bucket) -> None:
    bucket.public = True
    bucket.put("web/a b.parquet", posts())
    found = desk.load(f"d: {{files: 'http://127.0.0.1:{bucket.port}/web/a b.parquet'}}")
    bucket.log.clear()
    assert desk.rows(found, "sum(likes)") == [(sum(i % 7 for i in range(ROWS)),)]
    assert bucket.sent() < len(bucket.objects["web/a b.parquet"]) / 5
    assert not any(one.signed for one in bucket.log)


@pytest.mark.parametrize("lacking", ["ranges", "etags"])
def test_a_web_server_that_cannot_is_copied_from(desk: Desk, bucket: Bucket, lacking: str) -> None:
    bucket.public = True
    setattr(bucket, lacking, False)
    data = posts(rows=100)
    bucket.put("web/a.parquet", data)
    found = desk.load(f"d: {{files: 'http://127.0.0.1:{bucket.port}/web/a.parquet'}}")
    assert desk.rows(found, "count(*)") == [(100,)]
    assert found.files[0].sha256 == hashlib.sha256(data).hexdigest()
    assert found.files[0].bytes == len(data)
