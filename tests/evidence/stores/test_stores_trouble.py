"""What goes wrong with a store: told in plain words, without secrets, tried again where that helps, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from ingest.desk import Desk

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.duckdb import open_engine
from factcheck.evidence.stores import https, patience, s3
from factcheck.evidence.stores.front import mount
from factcheck.evidence.stores.stores import Stores

from .bucket import Bucket
from .conftest import parquet

SECRETS = ("AKTEST", "s3cr3t", "Traceback", "Signature=")
POSTS = "d: {files: 's3://desk/posts/*.parquet'}"


@pytest.fixture
def desk(tmp_path: Path, bucket: Bucket) -> Iterator[Desk]:
    engine = open_engine(memory_limit="500MB", threads=2, temp_dir=tmp_path / "temp")
    mount(engine, Stores())
    made = Desk(tmp_path / "project", engine)
    made.roots = (Path("s3:/desk/posts"), Path(f"http:/127.0.0.1:{bucket.port}/web"))
    bucket.put("desk/posts/a.parquet", big())
    yield made
    engine.close()


@cache
def big(first: int = 0) -> bytes:
    """Larger than what the engine fetches in one go."""
    ids = list(range(first, first + 60_000))
    return parquet({"id": ids, "n": [i % 7 for i in ids], "text": [f"{i} " + "x" * 200 for i in ids]})


def test_a_change_while_it_is_read_is_told(desk: Desk, bucket: Bucket) -> None:
    found = desk.load(POSTS)
    bucket.put("desk/posts/a.parquet", big(1))
    with pytest.raises(EvidenceError) as told:
        desk.rows(found, "sum(n)")
    assert str(told.value).endswith("cannot be read: it was changed while it was read: check again")
    assert "s3://desk/posts/a.parquet" in str(told.value)


@pytest.mark.parametrize("place", ["s3://desk/posts", "web"])
def test_a_change_is_told_of_a_store_that_looks_at_no_conditions(desk: Desk, bucket: Bucket, place: str) -> None:
    bucket.conditions, bucket.public = False, True
    bucket.put("web/a.parquet", big())
    address = "s3://desk/posts/a.parquet" if place != "web" else f"http://127.0.0.1:{bucket.port}/web/a.parquet"
    found = desk.load(f"d: {{files: '{address}'}}")
    bucket.put("desk/posts/a.parquet", big(1))
    bucket.put("web/a.parquet", big(1))
    with pytest.raises(EvidenceError, match="it was changed while it was read"):
        desk.rows(found, "sum(n)")


def test_an_object_that_goes_while_it_is_read_is_told(desk: Desk, bucket: Bucket) -> None:
    found = desk.load(POSTS)
    del bucket.objects["desk/posts/a.parquet"]
    with pytest.raises(EvidenceError, match="there is no such object"):
        desk.rows(found, "sum(n)")


@pytest.mark.parametrize("trouble", [500, 503, 429, "cut"])
def test_passing_trouble_passes(desk: Desk, bucket: Bucket, trouble: int | str) -> None:
    seen: dict[str, int] = {}

    def twice(method: str, path: str) -> int | str | None:
        seen[path] = seen.get(path, 0) + 1
        return trouble if seen[path] <= 2 else None

    bucket.before = twice
    assert desk.rows(desk.load(POSTS), "sum(n)") == [(sum(i % 7 for i in range(60_000)),)]
    assert max(seen.values()) > 2


def test_patience_has_an_end_and_one_store_is_tried_once(desk: Desk, bucket: Bucket) -> None:
    found = desk.load(POSTS)
    asked: list[str] = []

    def down(method: str, path: str) -> int:
        asked.append(path)
        return 503

    bucket.before = down
    said = "the store has trouble of its own (it answered 503), however often it was tried"
    with pytest.raises(EvidenceError, match=re.escape(said)):
        desk.rows(found, "sum(n)")
    assert 1 + len(patience.PAUSES) <= len(asked) <= 8 * (1 + len(patience.PAUSES))  # parts are asked for side by side
    before = len(asked)
    with pytest.raises(EvidenceError, match=re.escape(said)):
        desk.rows(found, "sum(id)")
    assert len(asked) == before


def test_a_store_that_is_not_there(desk: Desk, bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    said = desk.fails(POSTS)
    assert said == (
        "s3://desk/posts/*.parquet cannot be read: the store cannot be reached, or the connection was lost, however "
        "often it was tried (evidence/data.yaml, line 2)"
    )


def test_a_store_that_does_not_answer(desk: Desk, bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "ANSWERING", 0.2)
    monkeypatch.setattr(https, "ANSWERING", 0.2)
    bucket.put("desk/posts/b.csv", "id\n1\n")
    bucket.before = lambda method, path: "hang" if method == "GET" else None
    assert "the store does not answer in time" in desk.fails("d: {files: s3://desk/posts/b.csv}")


@pytest.mark.parametrize(
    ("access", "said"),
    [
        ({"AWS_ACCESS_KEY_ID": "WRONG"}, "the store does not know the access key in the environment"),
        ({"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, "asked for without access: the environment has none"),
        ({"AWS_ENDPOINT_URL": "no address s3cr3t"}, "AWS_ENDPOINT_URL"),
    ],
)
def test_access_that_is_none(
    desk: Desk, bucket: Bucket, monkeypatch: pytest.MonkeyPatch, access: dict[str, str], said: str
) -> None:
    for name, value in access.items():
        monkeypatch.setenv(name, value) if value else monkeypatch.delenv(name)
    told = desk.fails(POSTS)
    assert said in told
    assert not any(secret in told for secret in SECRETS)
    assert told.endswith("(evidence/data.yaml, line 2)")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ("s3://desk/posts/b.parquet", "there is no such object (the store answered 404)"),
        ("s3://desk/posts/x*.parquet", "no object matches s3://desk/posts/x*.parquet"),
        ("s3://desk/posts/*.parqet", "; there are posts/a.parquet (evidence/data.yaml, line 2)"),
    ],
)
def test_objects_that_are_not_there(desk: Desk, files: str, said: str) -> None:
    assert said in desk.fails(f"d: {{files: '{files}', format: parquet}}")


def test_a_bucket_that_is_not_there(desk: Desk) -> None:
    desk.roots = (Path("s3:/nowhere"),)
    assert "there is no such bucket" in desk.fails("d: {files: 's3://nowhere/*.parquet'}")


def test_a_delta_table_is_no_heap_of_files(desk: Desk, bucket: Bucket) -> None:
    bucket.put("desk/posts/_delta_log/0.json", "{}")
    assert "some of which hold rows that are no longer in it" in desk.fails(POSTS)


def test_keys_that_no_path_can_tell_apart(desk: Desk, bucket: Bucket) -> None:
    bucket.put("desk/posts/x//a.parquet", big())
    assert "s3://desk/posts/x//a.parquet cannot be told from another" in desk.fails(
        "d: {files: 's3://desk/posts/**/*.parquet'}"
    )


@pytest.mark.parametrize("missing", ["botocore", "fsspec"])
def test_a_missing_package_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    for module in ("stores", "front"):
        monkeypatch.setattr(f"factcheck.evidence.stores.{module}.find_spec", lambda name: name != missing or None)
    said = desk.fails(POSTS)
    assert f"need the package {missing}: install it with `pip install 'factcheck-engine[stores]'`" in said
    desk.write("near.csv", "n\n1\n")
    assert desk.rows(desk.load("d: {files: near.csv}"), "n") == [(1,)]


@pytest.mark.parametrize("status", [301, 302, 307])
def test_no_redirection_is_followed(desk: Desk, bucket: Bucket, status: int) -> None:
    bucket.before = lambda method, path: status
    said = desk.fails(f"d: {{files: 'http://127.0.0.1:{bucket.port}/web/a.csv'}}")
    assert "the server sends on elsewhere" in said


def test_a_database_in_a_store_is_refused(desk: Desk, bucket: Bucket) -> None:
    bucket.put("desk/posts/a.sqlite", "x")
    assert "a database cannot be read in a store" in desk.fails("d: {files: s3://desk/posts/a.sqlite}")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ("s3://desk/other/a.parquet", "lies in no store that is open"),
        ("s3://desk/posts*/a.parquet", "lies in no store that is open"),
        ("s3://desk/postscript/a.parquet", "lies in no store that is open"),
        ("s3://*/posts/a.parquet", "names no bucket"),
        ("s3://desk/posts/../other/a.parquet", "a . or a .."),
        ("s3://desk/posts//a.parquet", "has an empty part"),
        ("s3://AKTEST:s3cr3t@desk/posts/a.parquet", "secrets come from the environment"),
        ("s3a://desk/posts/a.parquet", "write s3:// in place of s3a://"),
        ("az://desk/posts/a.parquet", "Azure's addresses are not read"),
        ("http://example.org/a.csv", "write https://"),
        ("https://example.org/a.csv?token=s3cr3t", "may give access"),
        ("https://example.org/*.csv", "a web server does not say which files it has"),
        ("https://example.org/x/%2e%2e/a.csv", "a dot or slash written as %"),
        ("file:///etc/passwd", "is no store that is read"),
    ],
)
def test_addresses_that_are_refused_before_anything_is_asked(desk: Desk, bucket: Bucket, files: str, said: str) -> None:
    told = desk.fails(f"d: {{files: '{files}', format: parquet}}")
    assert said in told
    assert "s3cr3t" not in told
    assert not bucket.log
    (problem,) = desk.problems
    assert problem.place is not None
