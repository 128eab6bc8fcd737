"""Damaged, misread and odd files: the error names the file, or the number is right and what was left out is told."""

from __future__ import annotations

import gzip
from typing import Any

import duckdb
import pytest
import zstandard

from bad_input.desk import Desk

COUNT = "measure: {count: rows}"
ROWS = ("id,x\n" + "".join(f"{i},{i}\n" for i in range(50_000))).encode()
LINES = "".join(f'{{"id": {i}}}\n' for i in range(50_000)).encode()


def holding(desk: Desk, name: str, content: str | bytes, **fields: Any) -> None:
    desk.write(f"evidence/{name}", content)
    desk.manifest({"files": name, "completeness": "complete"} | fields)


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("parquet") / "a.parquet"
    duckdb.sql(f"COPY (SELECT i AS id, 'text ' || i AS x FROM range(50000) t(i)) TO '{path}'")
    return path.read_bytes()


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def overwritten(content: bytes) -> bytes:
    return content[:5000] + b"xxxx" + content[5004:]


CUT = "is cut off: its compressed data end too early"
DAMAGED: dict[str, tuple[bytes, str]] = {
    "empty.csv": (b"", "is empty"),
    "blank.csv": (b"\n\n  \n", "is empty"),
    "empty.jsonl": (b"", "is empty"),
    "empty.parquet": (b"", "is no complete Parquet file"),
    "text.parquet": (b"id,x\n1,2\n", "is no complete Parquet file"),
    "cut.csv.gz": (half(gzip.compress(ROWS)), CUT),
    "cut.csv.zst": (half(zstandard.compress(ROWS)), CUT),
    "cut.jsonl.gz": (half(gzip.compress(LINES)), CUT),
    "cut.parquet.gz": (half(gzip.compress(ROWS)), CUT),
    "plain.csv.gz": (b"id,x\n1,2\n", "its name ends with .gz, and it is no gzip file"),
    "bent.csv.gz": (overwritten(gzip.compress(ROWS)), "its compressed data are damaged"),
    "checksum.csv.gz": (gzip.compress(ROWS)[:-8] + bytes(8), "its compressed data are damaged"),
    "bent.csv.zst": (
        overwritten(zstandard.ZstdCompressor(write_checksum=True).compress(ROWS)),
        "its compressed data are damaged",
    ),
    "latin.csv": ("id,x\n1,a\n2,Málaga\n".encode("latin-1"), "line 3, byte 4: 0xe1 is no UTF-8"),
    "latin-heading.csv": ("id,Málaga\n1,3\n".encode("latin-1"), "line 1, byte 5: 0xe1 is no UTF-8"),
    "quote.csv": (b'id,x\n1,"a\n2,b\n', 'line 2: a quote (") is opened and never closed'),
    "no-objects.jsonl": (b"[1]\n2\n", "no line holds a JSON object"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_an_error_on_the_claim(desk: Desk, name: str) -> None:
    content, said = DAMAGED[name]
    holding(desk, name, content)
    error = desk.failed(COUNT)
    assert error.startswith(f"dataset 'posts': evidence/{name}")
    assert said in error
    assert str(desk.root) not in error


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_a_large_file_is_held_against_its_checksum(desk: Desk, ending: str) -> None:
    """Beyond the head that Python looks at; the engine itself checks nothing and would take what it gets."""
    content = gzip.compress((ROWS if ending == "csv" else LINES) * 6)
    holding(desk, f"a.{ending}.gz", content[:-8] + bytes(8))
    assert f"evidence/a.{ending}.gz cannot be read: its compressed data are damaged" in desk.failed(COUNT)


def test_a_truncated_parquet_file(desk: Desk, parquet: bytes) -> None:
    holding(desk, "a.parquet", half(parquet))
    error = desk.failed(COUNT)
    assert error.startswith("dataset 'posts': evidence/a.parquet is no complete Parquet file: ")
    assert str(desk.root) not in error


def test_a_parquet_file_with_a_hole(desk: Desk, parquet: bytes) -> None:
    """Its end, with the schema, is whole; what lies in it is found to be damaged when it is read."""
    middle = len(parquet) // 2
    holding(desk, "a.parquet", parquet[:middle] + bytes(200) + parquet[middle + 200 :])
    error = desk.failed("measure: {count: distinct x}")
    assert error.startswith("dataset 'posts': ")
    assert str(desk.root) not in error


def test_a_file_in_its_own_encoding(desk: Desk) -> None:
    holding(desk, "a.csv", "Ort,x\nMálaga,1\nBonn,2\n".encode("latin-1"), read={"encoding": "latin-1"})
    assert desk.one("claimed: 50%\nmeasure: {share: Ort = 'Málaga'}")["estimate"] == 0.5


def test_a_ragged_file_tells_its_rejects(desk: Desk) -> None:
    holding(desk, "a.csv", "id,x,y\n1,2,3\n2,3\n3,4,5,6\n4,5,6\n")
    claim = desk.one("claimed: 2\nmeasure: {count: rows}")
    assert claim["estimate"] == 2
    assert claim["confidence"] == "low"
    told = "Could not be read and so not counted: 2 records of 4 of posts. All faults together make 50% of its records"
    assert any(note["text"].startswith(told) for note in claim["notes"])
    shown = desk.run("data", "posts", "--format", "json").out
    assert '"line": 3' in shown
    assert '"line": 4' in shown
    assert "expected 3 columns, found 2" in shown


def test_a_file_of_which_no_record_can_be_read(desk: Desk) -> None:
    """Nothing may be concluded from no rows where there were some."""
    holding(desk, "a.csv", "id,x\n1,2,3\n4,5,6\n")
    assert "none of its 2 records could be read: evidence/a.csv, line 2: expected 2 columns" in desk.failed(COUNT)


def test_duplicates_of_the_key_are_told(desk: Desk) -> None:
    holding(desk, "a.csv", "id,x\n1,a\n1,b\n1,c\n2,d\n", key="id")
    claim = desk.one("claimed: 4\nmeasure: {count: rows}")
    assert claim["estimate"] == 4
    assert claim["confidence"] == "low"  # half of the rows: more than 5 %
    assert any("2" in note["text"] and note["domain"] == "collection" and note["effect"] for note in claim["notes"])
    holding(desk, "a.csv", "id,x\n1,a\n1,b\n1,c\n2,d\n", key="id", on_duplicate="drop")
    assert desk.one("claimed: 2\nmeasure: {count: rows}")["estimate"] == 2
    holding(desk, "a.csv", "id,x\n1,a\n1,b\n1,c\n2,d\n", key="id", on_duplicate="error")
    assert "2 rows have a key that occurred before, for example id = 1" in desk.failed(COUNT)


LATE = "id,x\n" + "".join(f"{i},{i}\n" for i in range(30_000)) + "30000,n/a\n"


def test_a_late_bad_integer_is_named_where_the_column_is_used(desk: Desk) -> None:
    holding(desk, "a.csv", LATE)
    said = desk.refused("claimed: 50%\nmeasure: {share: x > 10}")
    assert said.startswith("claims/one.yaml:6:22: ")
    assert "'x' holds numbers but for 'n/a' (1 row), so it was read as text" in said
    assert "write '10'" not in said  # '9' > '10' as text: the advice would make a wrong number


@pytest.mark.parametrize(
    ("fields", "lost"),
    [({"columns": {"x": {"type": "integer"}}}, True), ({"read": {"nulls": ["n/a"]}}, False)],
)
def test_a_late_bad_integer_of_a_column_that_is_stated(desk: Desk, fields: dict[str, Any], lost: bool) -> None:
    holding(desk, "a.csv", LATE, **fields)
    claim = desk.one("claimed: 50%\nmeasure: {share: x >= 15000}")
    assert claim["estimate"] == 0.5
    assert claim["missing"] == 1
    said = [note["text"] for note in claim["notes"]]
    assert ("Could not be read as integer and taken as missing: 1 value of x." in said) is lost


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("id,x\r\n1,2\r\n3,4\r\n", 2),
        ("id,x\n1,2\r\n3,4\n", 2),
        ("\ufeffid,x\n1,2\n3,4\n", 2),
        ("id,x\n1,2\n3,4", 2),
        ('id,x\n1,"a\nb"\n3,4\n', 2),
        ("id;x\n1;2\n3;4\n", 2),
        ("id\tx\n1\t2\n3\t4\n", 2),
    ],
)
def test_files_as_they_come(desk: Desk, content: str, expected: int) -> None:
    holding(desk, "a.csv", content)
    claim = desk.one("measure: {count: rows, that: id >= 1}")
    assert (claim["estimate"], claim["n"]) == (expected, expected)


def test_names_with_spaces_cyrillic_and_emoji(desk: Desk) -> None:
    holding(desk, "посты 😀.csv", 'Page Name,страна,😀,a"b\nx,Россия,1,2\ny,США,2,3\n', title="«Посты» 😀")
    assert desk.one("claimed: 50%\nmeasure: {share: \"страна = 'Россия'\"}")["estimate"] == 0.5
    assert desk.one("claimed: 2\nmeasure: {count: distinct Page Name}")["estimate"] == 2
    assert desk.one("claimed: [Россия, США]\nmeasure: {values: страна}")["outcome"] == "supported"
    assert desk.one("claimed: 3\nmeasure: {sum: 😀}")["estimate"] == 3
    assert desk.one("claimed: 5\nmeasure: {sum: 'a\"b'}")["estimate"] == 5
    assert "did you mean 'страна'?" in desk.refused("claimed: 50%\nmeasure: {share: \"стрна = 'США'\"}")
