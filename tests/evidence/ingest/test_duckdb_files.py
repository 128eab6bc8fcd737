"""DuckDB files: their own types kept, views refused, nothing written beside the evidence."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from factcheck.evidence.dataset import Dataset
from factcheck.evidence.formats.duckdb_file import unopened

from .desk import Desk


def fill(desk: Desk, *statements: str, name: str = "desk.duckdb") -> Path:
    path = desk.write(name, b"")
    path.unlink()
    with duckdb.connect(str(path)) as db:
        for statement in statements:
            db.execute(statement)
    return path


def test_types_are_kept_and_every_row_is_there(desk: Desk) -> None:
    fill(
        desk,
        "SET TimeZone = 'Asia/Shanghai'",
        "CREATE TYPE mood AS ENUM ('calm', 'angry')",
        "CREATE TABLE posts (id BIGINT, price DECIMAL(30,4), seen TIMESTAMPTZ, day DATE, mood mood, tags VARCHAR[], "
        "geo STRUCT(country VARCHAR, point STRUCT(lat DOUBLE)), raw BLOB, code UUID, wide HUGEINT)",
        "INSERT INTO posts VALUES (9223372036854775807, 12345678901234567890.1234, '2018-05-10 12:00:00+02', "
        "'2018-05-10', 'angry', ['a', NULL], {'country': 'MX', 'point': {'lat': 19.4}}, '\\xFF\\x00'::BLOB, "
        "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 170141183460469231731687303715884105727)",
        "INSERT INTO posts (id) SELECT range FROM range(5000)",
    )
    dataset = desk.load(
        "d: {files: desk.duckdb, key: id, columns: {country: {from: geo.country}, lat: {from: geo.point.lat}}}"
    )
    assert dataset.ledger is not None
    assert (dataset.ledger.records, dataset.ledger.loaded, dataset.ledger.duplicates) == (5001, 5001, 0)
    columns = "id, price, seen, day, mood, tags, country, lat, raw, code, wide"
    assert desk.rows(dataset, columns, "WHERE mood IS NOT NULL") == [
        (
            2**63 - 1, Decimal("12345678901234567890.1234"), datetime(2018, 5, 10, 10), date(2018, 5, 10), "angry",
            ["a", None], "MX", 19.4, "ff00", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", 2**127 - 1,
        )
    ]  # fmt: skip
    assert [note.code for note in dataset.ledger.notes] == ["bytes"]
    assert dataset.format == "duckdb"


def test_validate_knows_types_and_nested_parts(desk: Desk) -> None:
    fill(desk, "CREATE TABLE posts (id BIGINT, geo STRUCT(country VARCHAR, point STRUCT(lat DOUBLE)))")
    found = desk.describe("d: {files: desk.duckdb, columns: {lat: {from: geo.point.lat}}}")["d"]
    assert isinstance(found, Dataset)
    assert {name: c.type for name, c in found.columns.items() if name != "geo"} == {"id": "BIGINT", "lat": "DOUBLE"}


def test_of_several_tables_one_is_named(desk: Desk) -> None:
    fill(
        desk,
        "CREATE TABLE posts AS SELECT 1 AS x",
        "CREATE SCHEMA old",
        "CREATE TABLE old.posts AS SELECT 2 AS x",
        "CREATE VIEW every_post AS FROM posts UNION ALL FROM old.posts",
    )
    assert "holds 2 tables; say which one with 'table': 'posts', 'old.posts'" in desk.fails("d: {files: desk.duckdb}")
    assert desk.rows(desk.load("d: {files: desk.duckdb, table: posts}")) == [(1,)]
    assert desk.rows(desk.load("d: {files: desk.duckdb, table: old.posts}")) == [(2,)]
    assert "has no table 'pots'; did you mean 'posts'" in desk.fails("d: {files: desk.duckdb, table: pots}")


def test_a_view_could_read_any_file_and_is_refused(desk: Desk) -> None:
    secret = desk.write("secret.csv", "x\n1\n")
    fill(desk, "CREATE TABLE t (x INTEGER)", f"CREATE VIEW v AS FROM read_csv('{secret}')")
    assert "'v' in evidence/desk.duckdb is a view, which may read other files" in desk.fails(
        "d: {files: desk.duckdb, table: v}"
    )


def test_two_datasets_of_one_file(desk: Desk) -> None:
    fill(desk, "CREATE TABLE a AS SELECT 1 AS x", "CREATE TABLE b AS SELECT 2 AS x")
    loaded = desk.load_all("a: {files: desk.duckdb, table: a}\nb: {files: desk.duckdb, table: b}")
    assert [desk.rows(d) for d in loaded.datasets.values() if isinstance(d, Dataset)] == [[(1,)], [(2,)]]


def test_several_files_are_one_table(desk: Desk) -> None:
    fill(desk, "CREATE TABLE t AS SELECT 1 AS x, 'a' AS y", name="a.duckdb")
    fill(desk, "CREATE TABLE t AS SELECT 'b' AS y, 2 AS x", name="b.duckdb")
    assert desk.rows(desk.load("d: {files: '*.duckdb'}"), "x, y", "ORDER BY x") == [(1, "a"), (2, "b")]
    fill(desk, "CREATE TABLE t AS SELECT 'c' AS y, '3' AS x", name="c.duckdb")
    assert "column 'x' is VARCHAR in evidence/c.duckdb and INTEGER in evidence/a.duckdb" in desk.fails(
        "d: {files: '*.duckdb'}"
    )


def test_nothing_is_written_beside_the_evidence(desk: Desk) -> None:
    path = fill(desk, "CREATE TABLE t AS SELECT 1 AS x")
    before = path.read_bytes()
    desk.load("d: {files: desk.duckdb}")
    assert sorted(p.name for p in path.parent.iterdir()) == ["data.yaml", "desk.duckdb"]
    assert path.read_bytes() == before


def test_changes_that_are_not_in_the_file_yet_are_an_error(desk: Desk) -> None:
    path = fill(desk, "CREATE TABLE t AS SELECT 1 AS x")
    path.with_name("desk.duckdb.wal").write_bytes(b"\x01" * 50)
    assert "beside evidence/desk.duckdb lies desk.duckdb.wal" in desk.fails("d: {files: desk.duckdb}")


def test_another_storage_version_is_an_error_that_says_what_to_do() -> None:
    # What DuckDB 1.5.6 says of a file that 2.0.1 wrote; its header has a checksum, so none is made up here.
    said = "Trying to read a database file with version number 69, but we can only read versions between 64 and 68."
    message = unopened(said, "evidence/desk.duckdb")
    assert "evidence/desk.duckdb was written by a version of DuckDB that this program does not know" in message
    assert "(storage version 69)" in message
    assert "COPY posts TO 'posts.parquet'" in message


def test_a_flipped_bit_in_the_header_is_an_error(desk: Desk) -> None:
    path = fill(desk, "CREATE TABLE t AS SELECT 1 AS x")
    data = bytearray(path.read_bytes())
    data[13] ^= 1
    path.write_bytes(bytes(data))
    assert "evidence/desk.duckdb cannot be opened: Corrupt database file" in desk.fails("d: {files: desk.duckdb}")


@pytest.mark.parametrize("data", [b"id,x\n1,2\n", b"SQLite format 3\0" + b"\0" * 100])
def test_a_file_that_is_none_is_an_error(desk: Desk, data: bytes) -> None:
    desk.write("desk.duckdb", data)
    assert desk.fails("d: {files: desk.duckdb}") == "evidence/desk.duckdb is no DuckDB database, or an encrypted one"


def test_a_database_of_the_other_kind_is_told(desk: Desk) -> None:
    path = fill(desk, "CREATE TABLE t AS SELECT 1 AS x")
    path.rename(path.with_name("desk.db"))
    assert (
        desk.fails("d: {files: desk.db}")
        == "evidence/desk.db is a DuckDB file, not one of SQLite: write format: duckdb"
    )
    assert desk.rows(desk.load("d: {files: desk.db, format: duckdb}")) == [(1,)]


def test_a_damaged_file_is_an_error(desk: Desk) -> None:
    path = fill(desk, "CREATE TABLE t AS SELECT range AS x, range::VARCHAR || 'text' AS y FROM range(20000)")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "desk.duckdb" in desk.fails("d: {files: desk.duckdb}")
