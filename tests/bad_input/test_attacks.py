"""Expressions and SELECTs that reach for what is not theirs are refused before any engine sees them."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from bad_input.desk import Desk

FILE = "read_csv('/etc/passwd')"

# What must be refused wherever a condition may stand, and part of what is said.
CONDITIONS = {
    f"{FILE} is not null": "'read_csv'",
    "read_text('/etc/passwd') like 'r%'": "'read_text'",
    "glob('/etc/*') is not null": "'glob'",
    "(select count(*) from posts) > 1": "'count'",
    "exists (select 1 from posts)": "subquery",
    "likes > 0 and (select true)": "subquery",
    "id in (select id from posts)": "subquery",
    "other.id = 1": "no column 'other.id'",
    "query('select 1') = 1": "'query'",
    "duckdb_settings() is null": "'duckdb_settings'",
    "current_setting('memory_limit') = '1'": "'current_setting'",
    "set_config('a', 'b') = 1": "'set_config'",
    "getenv('HOME') = 'x'": "'getenv'",
    "columns('*') = 1": "'columns'",
    "id = 1) or (1 = 1": "closes nothing",
    "((((id = 1": "')' is missing",
    "1 = 1); drop table posts; --": "only one expression",
    "1 = 1; select 1": "only one expression",
    "id = 1 union select 1": "'union' is not expected",
    "id = 1 -- rest": "comments",
    "id /* x */ = 1": "comments",
    "(" * 500 + "id = 1" + ")" * 500: "levels of parentheses",
    "not " * 5000 + "true": "characters long",
    "not " * 500 + "true": "NOTs in a row",
    "case when " * 40 + "true" + " then true end" * 40: "levels of parentheses",
    " or ".join(["id = 1"] * 20_000): "characters long",
    "repeat('a', 1000000000) = 'b'": "'repeat'",
    "range(1000000000) is null": "'range'",
    "pg_sleep(10) is null": "'pg_sleep'",
    "pow(10, 400) > 1": "'pow'",
    "10 ** 1000 > 1": "'**'",
    "matches(country, '(((a{1,1000}){1,1000}){1,1000})')": "too many repeats",
    "likes > 1e400": "too large",
    "likes / 0 > 1": "division by zero",
    "1/0 = 1": "division by zero",
    "random() > 0.5": "'random'",
    "now() > created_at": "'now'",
    "count(*) > 1": "'count'",
    "row_number() over () = 1": "'row_number'",
    "id::blob = 1": "cannot cast",
    "id = $1": "'$'",
    "id = ?": "'?'",
    "country ~ 'a'": "'~'",
    "id = 1\x00": "cannot be used",
    "\u202eid = 1": "cannot be used",
}


def claim(desk: Desk, **fields: Any) -> None:
    given = {"id": "one", "statement": "x", "dataset": "posts", "measure": {"count": "rows"}, "claimed": "4"}
    desk.write("claims/one.yaml", json.dumps({"claims": [given | fields]}))


@pytest.mark.parametrize("attack", CONDITIONS, ids=lambda text: text[:40].encode("unicode_escape").decode())
def test_a_condition(desk: Desk, attack: str) -> None:
    claim(desk, measure={"count": "rows", "that": attack})
    started = time.monotonic()
    said = desk.refused()
    assert time.monotonic() - started < 10
    assert CONDITIONS[attack] in said
    assert said.startswith("claims/one.yaml:1:")


# Every place of a claim where an expression may stand.
PLACES: dict[str, dict[str, Any]] = {
    "where": {"where": f"{FILE} is null"},
    "among": {"measure": {"count": "rows", "among": f"{FILE} is null"}},
    "share": {"measure": {"share": f"{FILE} is null"}, "claimed": "50%"},
    "of sum": {"measure": {"share": "likes > 1", "of": f"sum {FILE}"}, "claimed": "50%"},
    "of distinct": {"measure": {"share": "likes > 1", "of": f"distinct {FILE}"}, "claimed": "50%"},
    "count distinct": {"measure": {"count": f"distinct {FILE}"}},
    "sum": {"measure": {"sum": FILE}},
    "value": {"measure": {"value": FILE}},
    "by": {"measure": {"top": 1, "by": FILE}, "claimed": "a"},
    "by, a statement": {"measure": {"top": 1, "by": "country; drop table posts"}, "claimed": "a"},
    "composition": {"measure": {"composition": FILE}, "claimed": {"a": "1%"}},
    "per": {"measure": {"per": FILE}},
    "per, a list": {"measure": {"per": ["author", FILE]}},
    "time": {"measure": {"per": "day", "time": FILE}},
    "side": {"measure": {"ratio": {"sum": FILE}, "to": {"count": "rows"}}, "claimed": "3x"},
    "param into a number": {"measure": {"count": "rows", "that": "likes > :c"}, "params": {"c": "(select 1)"}},
    "param, a mapping": {"measure": {"count": "rows", "that": "country in :c"}, "params": {"c": {"a": 1}}},
    "vary where": {"vary": {"where": [f"{FILE} is null"]}},
    "vary measure": {"vary": {"measure": [{"count": "rows", "that": f"{FILE} is null"}]}},
    "vary dataset": {"vary": {"dataset": ["../../etc/passwd"]}},
    "vary, a million": {
        "measure": {"count": "rows", "that": "likes > :a + :b + :c"},
        "params": {"a": 1, "b": 1, "c": 1},
        "vary": {name: list(range(100)) for name in "abc"},
    },
    "a check": {"checks": [{"where": f"{FILE} is null"}]},
}


@pytest.mark.parametrize("place", PLACES)
def test_a_place(desk: Desk, place: str) -> None:
    claim(desk, **PLACES[place])
    assert desk.refused().startswith("claims/one.yaml:1:")


def test_a_param_stays_a_value(desk: Desk) -> None:
    claim(
        desk,
        measure={"count": "rows", "that": "country = :c"},
        params={"c": "x' or 1=1 --"},
        vary={"c": ["Russia", "x') or (1=1"]},
    )
    done = desk.check()
    (found,) = done.claims().values()
    assert found["estimate"] == 0
    assert [variant["estimate"] for variant in found["variants"]] == [2, 0]


def test_a_label_stays_a_label(desk: Desk) -> None:
    claim(desk, measure={"rank": "x' or '1'='1", "by": "country"}, claimed="first")
    assert desk.one()["estimate"] == 4


SELECTS = {
    f"SELECT count(*) FROM {FILE}": "'read_csv'",
    "SELECT count(*) FROM '/etc/passwd'": "unknown dataset",
    "SELECT (SELECT count(*) FROM read_text('/etc/passwd'))": "'read_text'",
    "SELECT count(*) FROM duckdb_settings()": "'duckdb_settings'",
    "SELECT count(*) FROM information_schema.tables": "no dataset",
    "SELECT count(*) FROM _factcheck_raw_posts": "unknown dataset",
    "SELECT getenv('HOME')": "'getenv'",
    "SELECT count(*) FROM posts; DROP TABLE posts": "take out the ';'",
    "SELECT count(*) INTO x FROM posts": "'into'",
    "DROP TABLE posts": "'DROP'",
    "INSERT INTO posts VALUES (1)": "'INSERT'",
    "COPY posts TO 'evil.csv'": "'COPY'",
    "ATTACH 'evil.db'": "'ATTACH'",
    "SET memory_limit='1TB'": "'SET'",
    "PRAGMA version": "'PRAGMA'",
    "INSTALL httpfs": "'INSTALL'",
    "CREATE MACRO f() AS 1": "'CREATE'",
    "VALUES (1)": "only a SELECT",
    "SELECT " + "(SELECT " * 30 + "1" + ")" * 30: "levels of parentheses",
    "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t": "recursive",
    "SELECT count(*)/0 FROM posts": "division by zero",
}


@pytest.mark.parametrize("attack", SELECTS, ids=lambda text: text[:40])
def test_the_measure_sql(desk: Desk, attack: str) -> None:
    claim(desk, measure={"sql": attack})
    said = desk.refused()
    assert said.startswith("claims/one.yaml:1:")
    assert SELECTS[attack] in said
    assert not list(desk.root.rglob("evil*"))


@pytest.mark.parametrize("attack", SELECTS, ids=lambda text: text[:40])
def test_a_query_dataset(desk: Desk, attack: str) -> None:
    desk.manifest({"query": attack, "completeness": "complete"}, "made")
    claim(desk, dataset="made")
    said = desk.refused()
    assert said.startswith("evidence/made.yaml:1:")
    assert SELECTS[attack] in said


@pytest.mark.parametrize(
    "fields",
    [
        {"drop": f"{FILE} is null"},
        {"columns": {"z": {"expr": f"(select 1 from {FILE})"}}},
        {"columns": {"z": {"from": "id); drop table posts; --"}}},
    ],
)
def test_a_manifest(desk: Desk, fields: dict[str, Any]) -> None:
    desk.manifest({"files": "posts.csv", "completeness": "complete"} | fields)
    claim(desk)
    assert desk.refused().startswith("evidence/posts.yaml:1:")


@pytest.mark.parametrize(
    "fields",
    [
        {"columns": {"created_at": {"type": "timestamp", "format": "'); drop table posts; --"}}},
        {"read": {"nulls": ["'); drop table posts; --"]}},
        {"read": {"delimiter": "'"}},
        {"read": {"quote": "'"}},
    ],
)
def test_options_of_reading_are_text_and_no_sql(desk: Desk, fields: dict[str, Any]) -> None:
    desk.manifest({"files": "posts.csv", "completeness": "complete"} | fields)
    claim(desk)
    assert desk.one()["estimate"] == 4


def test_a_query_that_reads_itself(desk: Desk) -> None:
    desk.manifest({"query": "SELECT * FROM made", "completeness": "complete"}, "made")
    claim(desk, dataset="made")
    assert "the query leads back to itself: made → made" in desk.refused()


def test_two_queries_that_read_each_other(desk: Desk) -> None:
    desk.manifest({"query": "SELECT * FROM b", "completeness": "complete"}, "a")
    desk.manifest({"query": "SELECT * FROM a", "completeness": "complete"}, "b")
    claim(desk, dataset="a")
    assert "leads back to itself: a → b → a" in desk.refused()
