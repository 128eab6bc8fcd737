"""PostgreSQL: exact values, one snapshot, and no password in anything that is printed."""

from __future__ import annotations

import json
import pickle
import traceback
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from factcheck.cli import main
from factcheck.errors import EvidenceError
from factcheck.evidence.connections import postgresql
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.formats.source import Job, Reading
from postgres_cluster import PASSWORD, READER, Cluster

from .desk import Desk


def table(postgres: Cluster, columns: str, *rows: str, name: str = "posts") -> None:
    values = f"INSERT INTO {name} VALUES {', '.join(rows)};" if rows else ""
    postgres.sql(f"DROP TABLE IF EXISTS {name} CASCADE; CREATE TABLE {name} ({columns}); {values}")


def loaded(desk: Desk, postgres: Cluster, name: str = "posts", extra: str = "") -> Dataset:
    return desk.load(f'd: {{connection: "{postgres.url}", table: {name}{", " + extra if extra else ""}}}')


def codes(dataset: Dataset) -> list[tuple[str, str | None]]:
    assert dataset.ledger is not None
    return [(note.code, note.column) for note in dataset.ledger.notes if note.code != "read-from"]


def test_values_are_what_they_are(desk: Desk, postgres: Cluster) -> None:
    postgres.sql("DROP TYPE IF EXISTS mood CASCADE; CREATE TYPE mood AS ENUM ('calm', 'angry')")
    postgres.sql("DROP DOMAIN IF EXISTS likes CASCADE; CREATE DOMAIN likes AS integer CHECK (value >= 0)")
    columns = {
        "id bigint": ("9223372036854775807", 2**63 - 1),
        "price numeric(10,2)": ("1.50", Decimal("1.50")),
        "free numeric": ("12345678901234567890.12345", Decimal("12345678901234567890.12345")),
        "seen timestamptz": ("'2018-05-10 12:00+02'", datetime(2018, 5, 10, 10)),
        "written timestamp": ("'2018-05-10 12:00'", datetime(2018, 5, 10, 12)),
        "day date": ("'2018-05-10'", date(2018, 5, 10)),
        "body text": ("'Ω 🜁'", "Ω 🜁"),
        "code char(5)": ("'ab'", "ab"),
        "meta jsonb": ("""'{"b": [1, null]}'""", '{"b": [1, null]}'),
        "token uuid": ("'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
        "feeling mood": ("'angry'", "angry"),
        "hearts likes": ("7", 7),
        "tags text[]": ("ARRAY['a', NULL]", ["a", None]),
        "ids bigint[]": ("ARRAY[9223372036854775807]", [2**63 - 1]),
        "amounts numeric[]": ("ARRAY[0.1]", ["0.1"]),
        "ratio real": ("0.1", 0.1),
        "share double precision": ("0.1", 0.1),
        "open boolean": ("true", True),
        "oid oid": ("4294967295", 4294967295),
        "paid money": ("1000.5", Decimal("1000.50")),
        "host inet": ("'10.0.0.1'", "10.0.0.1/32"),
        "span interval": ("'1 day 2 hours'", "1 day 02:00:00"),
        "raw bytea": ("'\\xff00'", "ff00"),
    }
    nulls = ", ".join("NULL" for _ in columns)
    row = ", ".join(written for written, _ in columns.values())
    # More rows of NULL than a driver would look at to find a type.
    empty = ", ".join(f"({nulls})" for _ in range(3000))
    table(postgres, ", ".join(columns), empty, f"({row})")
    dataset = loaded(desk, postgres)
    assert dataset.ledger is not None
    assert (dataset.ledger.records, dataset.ledger.loaded, dataset.ledger.lost) == (3001, 3001, {})
    names = ", ".join(f'"{name.split()[0]}"' for name in columns)
    assert desk.rows(dataset, names, "WHERE id IS NOT NULL") == [tuple(value for _, value in columns.values())]
    assert desk.rows(dataset, "count(*)", "WHERE COLUMNS(*) IS NULL") == [(3000,)]
    assert codes(dataset) == [("bytes", "raw")]
    assert [c.type for c in dataset.columns.values()][:3] == ["BIGINT", "DECIMAL(10,2)", "DECIMAL(38,5)"]


def test_what_no_decimal_can_carry_stays_text(desk: Desk, postgres: Cluster) -> None:
    long = "1" * 30 + "." + "2" * 20
    table(
        postgres, "a numeric, b numeric, c numeric(6,2), d numeric", f"({long}, 'NaN', 'NaN', NULL)", "(1, 2, 3, NULL)"
    )
    dataset = loaded(desk, postgres)
    assert desk.rows(dataset, "*", "ORDER BY a DESC") == [(long, "NaN", "NaN", None), ("1", "2", "3.00", None)]
    assert codes(dataset) == [("no-exact-number", "a"), ("no-exact-number", "b"), ("no-exact-number", "c")]


def test_infinity_is_no_time(desk: Desk, postgres: Cluster) -> None:
    rows = ["('infinity', '-infinity', 'infinity')", "('2018-05-10', '2018-05-10 12:00', '2018-05-10 12:00+02')"]
    table(postgres, "a date, b timestamp, c timestamptz", *rows)
    dataset = loaded(desk, postgres)
    assert desk.rows(dataset, "*", "ORDER BY a") == [
        ("2018-05-10", "2018-05-10 12:00:00", "2018-05-10 10:00:00+00"),
        ("infinity", "-infinity", "infinity"),
    ]
    assert codes(dataset) == [("infinite-times", "a"), ("infinite-times", "b"), ("infinite-times", "c")]
    stated = loaded(desk, postgres, extra="columns: {c: {type: timestamp}}")
    assert stated.ledger is not None
    assert stated.ledger.lost == {"c": 1}
    assert desk.rows(stated, "c", "ORDER BY c NULLS LAST") == [(datetime(2018, 5, 10, 10),), (None,)]


def test_arrays_of_arrays_are_not_flattened(desk: Desk, postgres: Cluster) -> None:
    table(postgres, "a int[], b text[]", "('{{1,2},{3,4}}', '[5:6]={x,y}')", "('{}', NULL)")
    dataset = loaded(desk, postgres)
    assert desk.rows(dataset, "*", "ORDER BY a") == [("{{1,2},{3,4}}", "[5:6]={x,y}"), ("{}", None)]
    assert codes(dataset) == [("nested-arrays", "a"), ("nested-arrays", "b")]


def test_tables_by_name_and_by_schema(desk: Desk, postgres: Cluster) -> None:
    postgres.sql("DROP SCHEMA IF EXISTS old CASCADE; CREATE SCHEMA old; CREATE TABLE old.notes AS SELECT 2 AS x; ")
    postgres.sql('DROP TABLE IF EXISTS "My Posts"; CREATE TABLE "My Posts" AS SELECT 3 AS "X", 4 AS x')
    table(postgres, "x int", "(1)")
    postgres.sql("CREATE VIEW doubled AS SELECT x * 2 AS y FROM posts")
    assert desk.rows(loaded(desk, postgres)) == [(1,)]
    assert desk.rows(loaded(desk, postgres, "public.posts")) == [(1,)]
    assert desk.rows(loaded(desk, postgres, "doubled")) == [(2,)]
    assert desk.rows(loaded(desk, postgres, "old.notes")) == [(2,)]
    both = loaded(desk, postgres, "My Posts")
    assert list(both.columns) == ["X", "x_2"]
    assert desk.rows(both) == [(3, 4)]

    def fails(name: str) -> str:
        return desk.fails(f'd: {{connection: "{postgres.url}", table: {name}}}')

    assert "has no table 'notes'; did you mean 'old.notes'?" in fails("notes")
    assert "has no table 'post'; did you mean 'posts'" in fails("post")
    assert "it holds 'old.notes', 'public.My Posts', 'public.doubled', 'public.posts'" in fails("zzzz")


def test_keys_drops_and_columns_work_as_with_files(desk: Desk, postgres: Cluster) -> None:
    table(postgres, "id int, kind text, at text", "(1, 'post', '10/05/2018')", "(1, 'post', 'x')", "(2, 'TOTAL', NULL)")
    more = "key: id, drop: kind = 'TOTAL', columns: {day: {from: at, format: '%d/%m/%Y'}, twice: {expr: id * 2}}"
    dataset = loaded(desk, postgres, extra=more)
    ledger = dataset.ledger
    assert ledger is not None
    assert (ledger.records, ledger.loaded, ledger.dropped, ledger.duplicates) == (3, 2, 1, 1)
    assert ledger.lost == {"day": 1}
    assert desk.rows(dataset, "day, twice", "ORDER BY day NULLS LAST") == [(date(2018, 5, 10), 2), (None, 2)]


def test_validate_reads_the_schema_alone(desk: Desk, postgres: Cluster) -> None:
    postgres.sql("CREATE OR REPLACE FUNCTION burst() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE 'read'; END $$")
    postgres.sql("CREATE OR REPLACE VIEW trap AS SELECT burst() AS x, 1.5::numeric(4,1) AS y")
    found = desk.describe(f'd: {{connection: "{postgres.url}", table: trap}}')["d"]
    assert isinstance(found, Dataset)
    assert {name: c.type for name, c in found.columns.items()} == {"x": "INTEGER", "y": "DECIMAL(4,1)"}
    assert found.files == ()
    assert "cannot be read: read" in desk.fails(f'd: {{connection: "{postgres.url}", table: trap}}')


def test_the_note_says_where_and_when_but_not_who(desk: Desk, postgres: Cluster) -> None:
    table(postgres, "x int", "(1)")
    postgres.sql(f"GRANT SELECT ON posts TO {READER}")
    url = postgres.tcp(f"{READER}:{quote(PASSWORD, safe='')}")
    dataset = desk.load(f'd: {{connection: "{url}", table: posts}}')
    assert dataset.files == ()
    assert dataset.ledger is not None
    (note,) = [note.text for note in dataset.ledger.notes if note.code == "read-from"]
    assert f"table public.posts of the database postgres on 127.0.0.1:{postgres.port} (PostgreSQL " in note
    assert " UTC" in note
    assert READER not in note
    shown = json.dumps(repr(dataset))
    assert PASSWORD not in shown
    assert quote(PASSWORD, safe="") not in shown


def test_all_is_read_in_one_snapshot_that_writes_nothing(
    desk: Desk, postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    table(postgres, "x int", "(1)")
    counted = postgresql.find_table

    def meanwhile(*arguments: object) -> object:
        found = counted(*arguments)  # type: ignore[arg-type]  # passed on as they are
        postgres.sql("INSERT INTO posts VALUES (2)")  # after the first look of the transaction at the database
        return found

    with monkeypatch.context() as patched:
        patched.setattr(postgresql, "find_table", meanwhile)
        assert desk.rows(loaded(desk, postgres)) == [(1,)]
    postgres.sql("CREATE OR REPLACE FUNCTION wipe() RETURNS int LANGUAGE sql AS 'DELETE FROM posts RETURNING x'")
    postgres.sql("CREATE OR REPLACE VIEW cunning AS SELECT wipe() AS x")
    assert "read-only transaction" in desk.fails(f'd: {{connection: "{postgres.url}", table: cunning}}')
    assert postgres.sql("SELECT count(*) FROM posts") == "2"


def test_a_statement_that_takes_too_long_ends(desk: Desk, postgres: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "statement_timeout" in postgresql.TIMEOUT
    monkeypatch.setattr(postgresql, "TIMEOUT", "SET LOCAL statement_timeout = '200ms'")
    postgres.sql("CREATE OR REPLACE VIEW slow AS SELECT pg_sleep(5)::text AS x")
    assert "took longer than" in desk.fails(f'd: {{connection: "{postgres.url}", table: slow}}')


def test_rows_that_a_policy_hides_are_an_error_and_not_fewer_rows(desk: Desk, postgres: Cluster) -> None:
    table(postgres, "x int", "(1)", "(2)", name="guarded")
    postgres.sql(
        f"GRANT SELECT ON guarded TO {READER}; ALTER TABLE guarded ENABLE ROW LEVEL SECURITY; "
        "CREATE POLICY few ON guarded USING (x = 1)"
    )
    url = postgres.tcp(f"{READER}:{quote(PASSWORD, safe='')}")
    said = desk.fails(f'd: {{connection: "{url}", table: guarded}}')
    assert "row-level security" in said
    assert "ask for a user that may see every row" in said


def test_a_database_that_does_not_know_its_encoding(desk: Desk, postgres: Cluster) -> None:
    postgres.sql("DROP DATABASE IF EXISTS raw")
    postgres.sql("CREATE DATABASE raw ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    postgres.sql("CREATE TABLE t (x text); INSERT INTO t VALUES ('Ω'), (E'caf\\xe9')", "raw")
    said = desk.fails(f'd: {{connection: "{postgres.url.replace("/postgres?", "/raw?")}", table: t}}')
    assert "UTF8" in said


def test_a_database_in_latin1_is_read(desk: Desk, postgres: Cluster) -> None:
    postgres.sql("DROP DATABASE IF EXISTS latin")
    postgres.sql("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    postgres.sql("CREATE TABLE t (x text); INSERT INTO t VALUES ('café')", "latin")
    dataset = desk.load(f'd: {{connection: "{postgres.url.replace("/postgres?", "/latin?")}", table: t}}')
    assert desk.rows(dataset) == [("café",)]


SECRET = "s3cr3t+geheim"


def claims(desk: Desk, connection: str, name: str = "posts", config: str = "") -> Path:
    desk.write("data.yaml", f"datasets:\n  d: {{connection: '{connection}', table: {name}, completeness: complete}}\n")
    (desk.root / "claims").mkdir(exist_ok=True)
    claim = "  - {id: one, statement: One., dataset: d, measure: {count: rows}, claimed: 1}\n"
    (desk.root / "claims" / "c.yaml").write_text(f"claims:\n{claim}")
    (desk.root / "factcheck.yaml").write_text(config or "title: Desk\n")
    return desk.root


def printed(root: Path, *arguments: str) -> str:
    """All that a command prints, its traceback included."""
    done = CliRunner().invoke(main, [*arguments, "--project", str(root)])
    error = "".join(traceback.format_exception(*done.exc_info)) if done.exc_info else ""
    return done.output + error


COMMANDS = (["check", "--format", "json"], ["data", "d"])
MORE = (["data"], ["data", "d", "--format", "json"], ["explain", "one"], ["report"])


@pytest.mark.parametrize("fault", ["password", "host", "table", "database", "address", "none"])
def test_no_command_ever_prints_a_password(desk: Desk, postgres: Cluster, fault: str) -> None:
    table(postgres, "x int", "(1)")
    secret = quote(SECRET, safe="")
    good = quote(PASSWORD, safe="")
    postgres.sql(f"GRANT SELECT ON posts TO {READER}")
    connection, name = {
        "password": (postgres.tcp(f"{READER}:{secret}"), "posts"),
        "host": (f"postgresql://{READER}:{secret}@127.0.0.1:1/postgres", "posts"),
        "table": (postgres.tcp(f"{READER}:{good}"), "nowhere"),
        "database": (postgres.tcp(f"{READER}:{good}", "nowhere"), "posts"),
        "address": (f"postgresql://{READER}:a/{SECRET}@127.0.0.1/postgres", "posts"),
        "none": (postgres.tcp(f"{READER}:{good}"), "posts"),
    }[fault]
    root = claims(desk, connection, name)
    for command in COMMANDS if fault not in ("password", "none") else COMMANDS + MORE:
        said = printed(root, *command)
        for word in (SECRET, secret, PASSWORD, good):
            assert word not in said, (command, said)
    said = printed(root, "check")
    assert ("supported" in said) == (fault == "none"), said
    assert "a password stands in this file" in said
    for file in root.rglob("reports/**/*"):
        if file.is_file():
            assert not any(word.encode() in file.read_bytes() for word in (SECRET, PASSWORD, good)), file


def test_a_mistake_in_a_manifest_shows_the_line_without_the_password(desk: Desk) -> None:
    root = claims(desk, f"postgresql://u:{SECRET}@h/d")
    desk.write("data.yaml", f"datasets:\n  d: {{connection: 'postgresql://u:{SECRET}@h/d', tabel: posts}}\n")
    said = printed(root, "validate")
    assert "tabel" in said
    assert SECRET not in said
    assert "postgresql://u:•••••••••••••@h/d" in said


def test_passwords_come_from_the_environment(desk: Desk, postgres: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    table(postgres, "x int", "(1)")
    postgres.sql(f"GRANT SELECT ON posts TO {READER}")
    url = postgres.tcp(f"{READER}:${{DESK_PASSWORD}}")
    monkeypatch.delenv("DESK_PASSWORD", raising=False)
    assert "needs the environment variable DESK_PASSWORD, which is not set" in desk.fails(
        f'd: {{connection: "{url}", table: posts}}'
    )
    monkeypatch.setenv("DESK_PASSWORD", PASSWORD)
    assert desk.rows(desk.load(f'd: {{connection: "{url}", table: posts}}')) == [(1,)]
    monkeypatch.setenv("DESK_PASSWORD", SECRET)
    said = desk.fails(f'd: {{connection: "{url}", table: posts}}')
    assert "password authentication failed" in said
    assert "secrets come from the environment" in said
    monkeypatch.setenv("PGUSER", READER)
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    plain = f"postgresql://127.0.0.1:{postgres.port}/postgres"
    assert desk.rows(desk.load(f'd: {{connection: "{plain}", table: posts}}')) == [(1,)]
    monkeypatch.setenv("DESK_DATABASE", plain)
    assert desk.rows(desk.load('d: {connection: "${DESK_DATABASE}", table: posts}')) == [(1,)]


def test_a_connection_by_its_name_in_the_configuration(desk: Desk, postgres: Cluster) -> None:
    table(postgres, "x int", "(1)")
    root = claims(desk, "desk", config=f"connections:\n  desk: {postgres.url}\n")
    assert "supported" in printed(root, "check")
    assert "a password" not in printed(root, "validate")
    root = claims(desk, "dsek", config=f"connections:\n  desk: {postgres.url}\n")
    said = printed(root, "check")
    assert "nor the name of one under connections in factcheck.yaml" in said
    assert "did you mean 'desk'?" in said
    root = claims(desk, "desk", config=f"connections:\n  desk: postgresql://u:{SECRET}@127.0.0.1:1/d\n")
    said = printed(root, "validate")
    assert "factcheck.yaml:2:" in said
    assert "a password stands in this file" in said
    assert SECRET not in said


def test_a_traceback_and_a_job_hold_no_password(desk: Desk, postgres: Cluster) -> None:
    url = postgres.tcp(f"{READER}:{SECRET}")
    job = Job(lambda: desk.engine, (), Reading(), "x", table="posts", connection=url)
    assert SECRET not in repr(job)
    with pytest.raises(EvidenceError) as caught:
        postgresql.open(job)
    text = "".join(traceback.format_exception(caught.value))
    assert SECRET not in text
    assert SECRET.encode() not in pickle.dumps(caught.value.args)
