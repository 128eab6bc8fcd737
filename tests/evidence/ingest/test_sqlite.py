"""SQLite files: every value as it is, every row there, nothing written beside the evidence."""

from __future__ import annotations

import csv
import os
import random
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from factcheck.evidence.dataset import Dataset

from .desk import Desk

ADS = Path(__file__).parents[4] / "shared" / "data" / "open" / "ira-facebook-ads"


def fill(
    desk: Desk, schema: str = "", rows: Sequence[Sequence[Any]] = (), name: str = "ads.db", table: str = "t"
) -> Path:
    """A database with one table of these rows."""
    path = desk.write(name, b"")
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"CREATE TABLE {table} ({schema})")
        if rows:
            db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        db.commit()
    return path


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def column(desk: Desk, values: Iterable[Any], declared: str = "", extra: str = "") -> tuple[Dataset, list[Any]]:
    """The values of a column `x` as they come out, and the dataset."""
    fill(desk, f"n, x {declared}", list(enumerate(values)))
    dataset = desk.load(f"d: {{files: ads.db{', ' + extra if extra else ''}}}")
    return dataset, [value for (value,) in desk.rows(dataset, "x", "ORDER BY n")]


def codes(dataset: Dataset) -> list[tuple[str, str | None]]:
    assert dataset.ledger is not None
    return [(note.code, note.column) for note in dataset.ledger.notes]


LATE = [None] * 3000  # more rows than the driver looks at to find a type


def test_whole_numbers_keep_all_64_bits(desk: Desk) -> None:
    dataset, values = column(desk, [2**63 - 1, -(2**63), 2**53 + 1, None, 0])
    assert values == [2**63 - 1, -(2**63), 2**53 + 1, None, 0]
    assert dataset.columns["x"].type == "BIGINT"
    assert dataset.ledger is not None
    assert (dataset.ledger.records, dataset.ledger.loaded, dataset.ledger.rejected) == (5, 5, 0)


@pytest.mark.parametrize(
    ("late", "type_"),
    [("x", "VARCHAR"), (1.5, "DOUBLE"), (2**62 + 1, "BIGINT"), ("2018-05-10", "DATE"), (b"\x00", "VARCHAR")],
)
def test_a_type_is_not_taken_from_the_first_rows(desk: Desk, late: object, type_: str) -> None:
    dataset, values = column(desk, [*LATE, late])
    assert dataset.columns["x"].type == type_
    expected = {"2018-05-10": date(2018, 5, 10), b"\x00": "00"}.get(late, late)  # type: ignore[call-overload]  # any value may be asked for
    assert values == [*LATE, expected]


def test_a_late_fraction_turns_no_whole_number_into_another(desk: Desk) -> None:
    dataset, values = column(desk, [*range(2000), 0.5])
    assert values[-1] == 0.5
    assert sum(values[:-1]) == 1999 * 2000 / 2
    assert dataset.columns["x"].type == "DOUBLE"


def test_large_ids_beside_fractions_keep_every_digit_as_text(desk: Desk) -> None:
    dataset, values = column(desk, [2**53 + 1, 0.1, 1 / 3, 2**63 - 1])
    assert values[0] == "9007199254740993"
    assert values[3] == "9223372036854775807"
    assert [float(value) for value in values[1:3]] == [0.1, 1 / 3]
    assert codes(dataset) == [("large-among-fractions", "x")]


def test_fractions_among_text_are_written_with_the_digits_that_tell_them_apart(desk: Desk) -> None:
    random.seed(20180510)
    fractions = [random.uniform(-1, 1) * 10.0 ** random.randint(-300, 300) for _ in range(500)]
    fractions += [5e-324, sys.float_info.max, 0.1, 2.96]
    dataset, values = column(desk, [*fractions, "n/a"])
    assert [float(value) for value in values[:-1]] == fractions
    assert values[-1] == "n/a"
    assert codes(dataset) == [("mixed-values", "x")]


def test_whole_numbers_and_text_are_text_until_the_type_is_stated(desk: Desk) -> None:
    dataset, values = column(desk, [12, "007", "n/a", 2**60 + 1])
    assert values == ["12", "007", "n/a", str(2**60 + 1)]
    assert codes(dataset) == [("mixed-values", "x")]
    dataset, values = column(desk, [12, "007", "n/a", 2**60 + 1], extra="columns: {x: {type: integer}}")
    assert values == [12, 7, None, 2**60 + 1]
    assert dataset.ledger is not None
    assert dataset.ledger.lost == {"x": 1}


def test_blank_text_among_numbers_is_missing_as_in_a_csv(desk: Desk) -> None:
    dataset, values = column(desk, [5, "", " ", 7])
    assert values == [5, None, None, 7]
    assert dataset.columns["x"].type == "BIGINT"
    assert codes(dataset) == []


def test_text_stays_text_and_keeps_its_zeros(desk: Desk) -> None:
    dataset, values = column(desk, ["007", "12", "", None, "Ω", "a\x00b", "🜁" * 40], "TEXT")
    assert values == ["007", "12", "", None, "Ω", "a\x00b", "🜁" * 40]
    assert dataset.columns["x"].type == "VARCHAR"


def test_text_that_is_a_time_in_every_row_is_a_time(desk: Desk) -> None:
    _, values = column(desk, ["2018-05-10 12:00:00", "2018-05-11T01:00:00+02:00", None])
    assert values == [datetime(2018, 5, 10, 12), datetime(2018, 5, 10, 23), None]


def test_seconds_since_1970_are_times_where_the_manifest_says_so(desk: Desk) -> None:
    _, values = column(desk, [1525953600, None], extra="columns: {x: {format: unix}}")
    assert values == [datetime(2018, 5, 10, 12), None]


def test_bytes_are_read_as_hexadecimal_and_told(desk: Desk) -> None:
    dataset, values = column(desk, [b"\xff\x00", None, b""])
    assert values == ["ff00", None, ""]
    assert codes(dataset) == [("bytes", "x")]
    dataset, values = column(desk, [b"\xff", "word", 5])
    assert values == ["ff", "word", "5"]
    assert codes(dataset) == [("mixed-values", "x"), ("bytes", "x")]


def test_a_column_of_nothing_but_null_may_stand_beside_anything(desk: Desk) -> None:
    dataset, values = column(desk, LATE)
    assert values == LATE
    assert dataset.columns["x"].type in ('"NULL"', "INTEGER")  # the latter under DuckDB 1.5


@pytest.mark.parametrize("before", ["a", "é"])
def test_text_that_is_no_utf8_is_an_error_that_says_where(desk: Desk, before: str) -> None:
    path = fill(desk, "x TEXT", [(before,), ("plain",)])
    run(path, "INSERT INTO t VALUES (CAST(x'63616665e9' AS TEXT))")
    said = desk.fails("d: {files: ads.db}")
    assert "evidence/ads.db, table 't', row 3: 'x' holds text that is no UTF-8 (bytes 63616665e9)" in said


def test_a_database_in_utf16_is_read(desk: Desk) -> None:
    path = desk.write("ads.db", b"")
    run(path, "PRAGMA encoding='UTF-16le'", "CREATE TABLE t (x TEXT)", "INSERT INTO t VALUES ('Ωmega 🜁')")
    assert desk.rows(desk.load("d: {files: ads.db}")) == [("Ωmega 🜁",)]


def test_a_table_without_rows_is_a_dataset_without_rows(desk: Desk) -> None:
    fill(desk, "x, y")
    dataset = desk.load("d: {files: ads.db}")
    assert dataset.ledger is not None
    assert (dataset.ledger.records, list(dataset.columns)) == (0, ["x", "y"])


def test_the_only_table_needs_no_name_and_of_several_one_does(desk: Desk) -> None:
    path = fill(desk, "x", [(1,)], table="posts")
    assert desk.rows(desk.load("d: {files: ads.db}")) == [(1,)]
    run(
        path,
        "CREATE TABLE authors (y)",
        "INSERT INTO authors VALUES (2)",
        "CREATE VIEW twice AS SELECT x * 2 AS z FROM posts",
    )
    said = desk.fails("d: {files: ads.db}")
    assert said == "evidence/ads.db holds 3 tables; say which one with 'table': 'authors', 'posts', 'twice'"
    assert desk.rows(desk.load("d: {files: ads.db, table: authors}")) == [(2,)]
    assert desk.rows(desk.load("d: {files: ads.db, table: twice}")) == [(2,)]
    assert desk.rows(desk.load("d: {files: ads.db, table: POSTS}")) == [(1,)]
    assert "has no table 'post'; did you mean 'posts'?" in desk.fails("d: {files: ads.db, table: post}")
    assert "it holds 'authors', 'posts', 'twice'" in desk.fails("d: {files: ads.db, table: zzz}")


def test_validate_knows_the_columns_and_finds_a_wrong_table(desk: Desk) -> None:
    fill(desk, "id INTEGER PRIMARY KEY, likes, twice AS (likes * 2)", table="posts")
    found = desk.describe("d: {files: ads.db, columns: {likes: {type: integer}}}")["d"]
    assert isinstance(found, Dataset)
    assert list(found.columns) == ["id", "likes", "twice"]
    assert found.columns["likes"].type == "BIGINT"
    assert "did you mean 'posts'" in str(desk.describe("d: {files: ads.db, table: Pots}")["d"])
    desk.describe("d: {files: ads.db, columns: {like: {type: integer}}}")
    assert "the data have no column 'like'" in desk.problems[0].message


def test_nothing_is_written_beside_the_evidence(desk: Desk) -> None:
    path = fill(desk, "x", [(1,), (2,)])
    run(path, "PRAGMA journal_mode=WAL", "INSERT INTO t VALUES (3)")  # closed properly, the log is gone
    before = path.read_bytes()
    os.chmod(path, 0o444)
    assert desk.rows(desk.load("d: {files: ads.db}"), order="ORDER BY x") == [(1,), (2,), (3,)]
    assert sorted(p.name for p in path.parent.iterdir()) == ["ads.db", "data.yaml"]
    assert path.read_bytes() == before


@pytest.mark.parametrize("mode", ["WAL", "PERSIST"])
def test_changes_that_are_not_in_the_file_yet_are_an_error(desk: Desk, mode: str) -> None:
    path = fill(desk, "x", [(1,)])
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute(f"PRAGMA journal_mode={mode}")
        writer.execute("PRAGMA cache_size=5")
        writer.execute("BEGIN")
        writer.executemany("INSERT INTO t VALUES (?)", [("y" * 4000,)] * 200)  # more than the cache: it goes to disk
        if mode == "WAL":
            writer.execute("COMMIT")
        ending = "-wal" if mode == "WAL" else "-journal"
        said = desk.fails("d: {files: ads.db}")
        assert f"beside evidence/ads.db lies ads.db{ending} with changes that are not yet in the database" in said
    if mode == "PERSIST":  # rolled back; a journal that says nothing stays
        assert (path.parent / "ads.db-journal").stat().st_size > 0
        assert desk.rows(desk.load("d: {files: ads.db}")) == [(1,)]


@pytest.mark.parametrize("name", ["a b#c%20?.db", "ads.sqlite", "ads.sqlite3", "ads.db.gz", "ads.db.zst"])
def test_names_of_files(desk: Desk, name: str) -> None:
    path = fill(desk, "x", [(7,)], name="made.db")
    data = path.read_bytes()
    path.unlink()
    if name.endswith(".gz"):
        import gzip

        data = gzip.compress(data)
    elif name.endswith(".zst"):
        import zstandard

        data = zstandard.compress(data)
    desk.write(name, data)
    dataset = desk.load(f'd: {{files: ["{name}"], format: sqlite}}' if "?" in name else f"d: {{files: {name}}}")
    assert desk.rows(dataset) == [(7,)]
    assert dataset.format == "sqlite"


def test_several_files_are_one_table_typed_by_all_of_them(desk: Desk) -> None:
    fill(desk, "id, x", [(1, 5), (2, None)], name="a.db")
    fill(desk, "x, id", [(0.5, 3)], name="b.db")
    dataset = desk.load("d: {files: '*.db'}")
    assert desk.rows(dataset, "id, x", "ORDER BY id") == [(1, 5.0), (2, None), (3, 0.5)]
    fill(desk, "id", [(4,)], name="c.db")
    assert "evidence/c.db, table 't' has no column 'x', which evidence/a.db, table 't' has" in desk.fails(
        "d: {files: '*.db'}"
    )


def test_keys_drops_and_columns_work_as_with_files(desk: Desk) -> None:
    fill(desk, "id, kind, price TEXT", [(1, "post", "1.234,50"), (1, "post", "2,00"), (2, "TOTAL", "x")])
    dataset = desk.load(
        """
        d:
          files: ads.db
          key: id
          on_duplicate: drop
          drop: kind = 'TOTAL'
          columns:
            what: {from: kind}
            twice: {expr: id * 2}
        """
    )
    ledger = dataset.ledger
    assert ledger is not None
    assert (ledger.records, ledger.loaded, ledger.dropped, ledger.duplicates) == (3, 1, 2, 1)
    assert desk.rows(dataset, "id, what, twice") == [(1, "post", 2)]


def test_columns_that_differ_in_case_alone_are_told_apart(desk: Desk) -> None:
    fill(desk, '"Ä", "ä"', [(1, 2)])
    dataset = desk.load("d: {files: ads.db}")
    assert list(dataset.columns) == ["Ä", "ä_2"]
    assert codes(dataset) == [("repeated-heading", "ä_2")]


def test_odd_names_are_only_names(desk: Desk) -> None:
    fill(desk, """ "it's ""x"" {0}", "select" """, [(1, 2)], table='"a;b \'c"')
    dataset = desk.load('d: {files: ads.db, table: "a;b \'c"}')
    assert desk.rows(dataset) == [(1, 2)]
    assert list(dataset.columns) == ['it\'s "x" {0}', "select"]


def test_a_file_that_is_none_is_an_error(desk: Desk) -> None:
    desk.write("ads.db", "id,x\n1,2\n")
    assert desk.fails("d: {files: ads.db}") == "evidence/ads.db is no SQLite database, or an encrypted one"
    desk.write("ads.db", b"")
    assert desk.fails("d: {files: ads.db}") == "evidence/ads.db is empty"
    path = desk.write("ads.db", b"")
    run(path, "CREATE TABLE t (x)", "DROP TABLE t")
    assert desk.fails("d: {files: ads.db}") == "evidence/ads.db holds no tables"


def test_a_damaged_file_is_an_error_and_never_fewer_rows(desk: Desk) -> None:
    path = fill(desk, "id INTEGER PRIMARY KEY, x", [(i, f"text {i}") for i in range(2000)])
    whole = path.read_bytes()
    random.seed(7)
    outcomes = {"read": 0, "refused": 0}
    for _ in range(60):
        data = bytearray(whole)
        at = random.randrange(100, len(data))
        data[at] ^= 1 << random.randrange(8)
        path.write_bytes(bytes(data))
        found = desk.load_all("d: {files: ads.db}", "d").datasets["d"]
        if isinstance(found, Dataset):
            assert found.ledger is not None
            assert (found.ledger.records, found.ledger.loaded) == (2000, 2000)
            outcomes["read"] += 1  # a value changed, which nothing but a pinned digest can tell
        else:
            outcomes["refused"] += 1
    assert outcomes["refused"] > 0
    path.write_bytes(whole[: len(whole) // 2])
    assert "ads.db" in desk.fails("d: {files: ads.db}")


def test_values_are_those_of_the_table_and_not_of_its_index(desk: Desk) -> None:
    path = fill(desk, "x TEXT", [(f"text {i} é",) for i in range(50)])
    run(path, "CREATE INDEX i ON t (x)")
    data = path.read_bytes()
    assert data.count("text 7 é".encode()) == 2  # the table's own comes first in the file
    path.write_bytes(data.replace("text 7 é".encode(), b"text 7 \xc3!", 1))
    assert "row 8: 'x' holds text that is no UTF-8 (bytes 74657874203720c321)" in desk.fails("d: {files: ads.db}")
    path.write_bytes(data.replace("text 7 é".encode(), "TEXT 7 é".encode(), 1))
    assert desk.rows(desk.load("d: {files: ads.db}"), "count(*)", "WHERE x = 'TEXT 7 é'") == [(1,)]


def test_a_virtual_table_is_read(desk: Desk) -> None:
    path = fill(desk, "x", [(1,)])
    run(path, "CREATE VIRTUAL TABLE words USING fts5(body)", "INSERT INTO words VALUES ('found'), ('lost')")
    dataset = desk.load("d: {files: ads.db, table: words}")
    assert desk.rows(dataset, order="ORDER BY 1") == [("found",), ("lost",)]


def test_rules_of_the_table_that_its_rows_break_are_not_damage(desk: Desk) -> None:
    path = fill(desk, "x INTEGER NOT NULL CHECK (x > 5)", [])
    run(path, "PRAGMA ignore_check_constraints=ON", "INSERT INTO t VALUES (1)")
    assert desk.rows(desk.load("d: {files: ads.db}")) == [(1,)]


def test_a_table_of_text_files_and_reading_of_tables_are_errors(desk: Desk) -> None:
    desk.write("posts.csv", "id\n1\n")
    loaded = desk.load_all("d: {files: posts.csv, table: posts}")
    assert loaded.problems[0].message == "'table' is for databases, and evidence/posts.csv is read as csv"
    fill(desk, "x", [(-1,)])
    assert "'read' says how files of text are written" in desk.fails('d: {files: ads.db, read: {nulls: ["-1"]}}')


def test_without_the_driver_the_error_says_what_to_install(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(desk, "x", [(1,)])
    monkeypatch.setitem(sys.modules, "adbc_driver_sqlite", None)
    assert "pip install 'factcheck-engine[databases]'" in desk.fails("d: {files: ads.db}")


def test_the_digest_of_the_file_is_taken(desk: Desk) -> None:
    path = fill(desk, "x", [(1,)])
    import hashlib

    dataset = desk.load("d: {files: ads.db}")
    assert dataset.files[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_release_of_ads_as_the_sqlite_file_that_it_was(desk: Desk) -> None:
    """The ads of the House Intelligence Committee's release; 3,498 of them, 2,533 paid in roubles (SOURCE.md)."""
    if not ADS.is_dir():
        pytest.skip("the open data are not there")
    path = desk.write("ads.db", b"")
    with closing(sqlite3.connect(path)) as db:
        for name, schema in {
            "ads": "id INTEGER, pdf TEXT, image TEXT, clicks INTEGER, impressions INTEGER, text TEXT, url TEXT, "
            "spend_amount REAL, spend_currency TEXT, created TEXT, ended TEXT",
            "targets": "id INTEGER, name TEXT, category TEXT, prefix TEXT",
            "ad_targets": "target_id INTEGER, ad_id INTEGER",
        }.items():
            with (ADS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
                head, *rows = csv.reader(stream)
            assert head == [part.split()[0] for part in schema.split(", ")]
            db.execute(f"CREATE TABLE {name} ({schema})")
            values = [[value if value != "" else None for value in row] for row in rows]
            db.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(head))})", values)
        db.commit()
    dataset = desk.load("d: {files: ads.db, table: ads, key: id}")
    assert dataset.ledger is not None
    assert (dataset.ledger.records, dataset.ledger.loaded, dataset.ledger.duplicates) == (3498, 3498, 0)
    types = {name: c.type for name, c in dataset.columns.items()}
    assert (types["impressions"], types["spend_amount"], types["created"]) == ("BIGINT", "DOUBLE", "TIMESTAMP")
    select = (
        "count(*) FILTER (spend_currency = 'RUB'), round(sum(spend_amount) FILTER (spend_currency = 'RUB'), 2), "
        "count(*) FILTER (impressions = 0), count(*) FILTER (created IS NULL)"
    )
    assert desk.rows(dataset, select) == [(2533, 5822554.92, 911, 1)]
    pairs = desk.load("d: {files: ads.db, table: ad_targets}")
    assert pairs.ledger is not None
    assert pairs.ledger.loaded == 35786
    assert Decimal(desk.rows(pairs, "count(DISTINCT ad_id)")[0][0]) <= 3498
