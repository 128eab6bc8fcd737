"""Digests of columns: equal where the columns are, and nowhere else; values only where they name nobody."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.duckdb import DuckDB, open_engine
from factcheck.evidence.engines.names import literal
from factcheck.evidence.states import State, state

TEXTS = st.lists(st.none() | st.text(alphabet="a1:-[]N,' é", max_size=4), max_size=6)


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    opened = open_engine(threads=2)
    yield opened
    opened.close()


def of(engine: DuckDB, select: str, kind: str = "TABLE", columns: Sequence[str] | None = None, **said: Any) -> State:
    """The state of what a SELECT gives, made a table or view."""
    engine.execute(f"CREATE OR REPLACE {kind} t AS {select}")
    try:
        dataset = Dataset("t", engine.schema("t"), "t", **{"unit": "figure", **said})
        return state(engine, dataset, list(dataset.columns) if columns is None else columns)
    finally:
        engine.execute(f"DROP {kind} t")


def column(engine: DuckDB, values: Sequence[str], kind: str = "VARCHAR") -> str:
    """The digest of one column of SQL values in their order."""
    rows = ", ".join(f"({i}, CAST({value} AS {kind}))" for i, value in enumerate(values))
    select = f"SELECT x FROM (VALUES {rows}) v(i, x) ORDER BY i" if values else f"SELECT NULL::{kind} AS x LIMIT 0"
    return of(engine, select).columns["x"].sha256


def texts(values: Sequence[str | None]) -> list[str]:
    return ["NULL" if value is None else literal(value) for value in values]


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_columns_of_text_have_one_digest_exactly_where_they_are_equal(
    engine: DuckDB, first: list[str | None], last: list[str | None]
) -> None:
    assert (column(engine, texts(first)) == column(engine, texts(last))) == (first == last)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS | st.none(), max_size=3), st.lists(TEXTS | st.none(), max_size=3))
def test_lists_have_one_digest_exactly_where_they_are_equal(
    engine: DuckDB, first: list[list[str | None] | None], last: list[list[str | None] | None]
) -> None:
    def written(lists: list[list[str | None] | None]) -> str:
        rows = ["NULL" if one is None else f"[{', '.join(texts(one))}]" for one in lists]
        return column(engine, rows, "VARCHAR[]")

    assert (written(first) == written(last)) == (first == last)


DOUBLES = st.lists(st.floats(allow_nan=False) | st.none(), max_size=3)


@settings(max_examples=100, deadline=None)
@given(DOUBLES, DOUBLES, st.floats(allow_nan=False, allow_infinity=False))
def test_doubles_are_told_to_their_last_bit(
    engine: DuckDB, first: list[float | None], last: list[float | None], number: float
) -> None:
    def written(numbers: Sequence[float | None]) -> str:
        return column(engine, ["NULL" if one is None else literal(repr(one)) for one in numbers], "DOUBLE")

    assert (written(first) == written(last)) == (repr(first) == repr(last))
    assert written([number]) != written([math.nextafter(number, math.inf)])


@pytest.mark.parametrize(
    ("first", "last", "kind"),
    [
        (["NULL"], ["''"], "VARCHAR"),
        (["NULL"], ["'NULL'"], "VARCHAR"),
        (["NULL"], ["'-'"], "VARCHAR"),
        (["'a'", "'b'"], ["'b'", "'a'"], "VARCHAR"),
        (["'ab'", "''"], ["'a'", "'b'"], "VARCHAR"),
        (["'a'"], ["'a'", "NULL"], "VARCHAR"),
        (["['a, b']"], ["['a', 'b']"], "VARCHAR[]"),
        (["[NULL]"], ["['NULL']"], "VARCHAR[]"),
        (["[]"], ["NULL"], "VARCHAR[]"),
        (["[['a'], ['b']]"], ["[['a', 'b']]"], "VARCHAR[][]"),
        (["'2020-01-01 00:00:00'"], ["'2020-01-01 00:00:00.000001'"], "TIMESTAMP"),
        (["'nan'"], ["NULL"], "DOUBLE"),
        (["0.0"], ["'-0'"], "DOUBLE"),
        (["'\\x41'"], ["'\\x5Cx41'"], "BLOB"),
        (["{'a': '1, b: 2'}"], ["{'a': '1'}"], "STRUCT(a VARCHAR)"),
    ],
)
def test_what_looks_alike_is_not_the_same(engine: DuckDB, first: list[str], last: list[str], kind: str) -> None:
    assert column(engine, first, kind) != column(engine, last, kind)


def test_the_type_counts(engine: DuckDB) -> None:
    assert column(engine, ["1"], "VARCHAR") != column(engine, ["1"], "INTEGER")


def test_a_value_that_goes_from_one_row_to_another_is_seen(engine: DuckDB) -> None:
    """Every column holds the same values as often, but not together."""
    first = of(engine, "SELECT * FROM (VALUES ('x', 1), ('y', 2)) v(a, b)")
    last = of(engine, "SELECT * FROM (VALUES ('x', 2), ('y', 1)) v(a, b)")
    assert first.columns["a"] == last.columns["a"]
    assert first.columns["b"].sha256 != last.columns["b"].sha256


def test_a_dataset_of_which_no_column_is_used_has_its_rows(engine: DuckDB) -> None:
    assert of(engine, "SELECT 1 AS a FROM range(7)", columns=()) == State(7, {})


ROWS = """SELECT i AS n, 'v' || (i * 7919) % 1000 AS t, CASE WHEN i % 3 > 0 THEN i / 7.0 END AS d,
    TIMESTAMP '2020-01-01' + INTERVAL (i) SECOND AS m FROM range(150000) r(i)"""


def test_tables_and_views_on_parquet_agree_whatever_the_threads(tmp_path: Path) -> None:
    path = literal(str(tmp_path / "rows.parquet"))
    found = []
    for threads in (1, 2, 4):
        engine = open_engine(threads=threads)
        found.append(of(engine, ROWS))
        if threads == 1:
            engine.execute(f"COPY ({ROWS}) TO {path} (FORMAT parquet, ROW_GROUP_SIZE 2048)")
        found.append(of(engine, f"SELECT * FROM read_parquet({path})", "VIEW"))
        engine.close()
    assert found.count(found[0]) == 6


def test_rows_without_an_order_are_taken_in_that_of_their_values() -> None:
    groups = "SELECT t, count(*) AS n, list(i ORDER BY i) AS l FROM (SELECT i, i % 5000 AS t FROM range(60000) r(i)) GROUP BY 1"
    found = []
    for threads in (1, 2, 4):
        engine = open_engine(threads=threads)
        found.append(of(engine, groups, format="query"))
        found.append(of(engine, f"SELECT * FROM ({groups}) ORDER BY hash(t)", format="query"))
        engine.close()
    assert found.count(found[0]) == 6


def test_a_query_that_takes_too_long_is_an_error(engine: DuckDB) -> None:
    engine.execute("CREATE VIEW slow AS SELECT md5(md5(i::VARCHAR)) AS x FROM range(100000000) r(i)")
    dataset = Dataset("slow", engine.schema("slow"), "slow")
    with pytest.raises(EvidenceError, match="took longer"):
        state(engine, dataset, ["x"], timeout=0.2)
    engine.execute("DROP VIEW slow")


def test_values_are_counted_and_what_is_missing_is_the_rest(engine: DuckDB) -> None:
    found = of(engine, "SELECT CASE WHEN i % 4 > 0 THEN 'g' || i % 2 END AS party, i AS n FROM range(40) r(i)")
    assert found.columns["party"].values == {"g0": 10, "g1": 20}
    assert found.rows == 40
    assert found.columns["n"].values is None  # 40 different ones


def test_twenty_values_are_told_and_twenty_one_are_not(engine: DuckDB) -> None:
    def values(n: int) -> Any:
        return of(engine, f"SELECT i % {n} AS week FROM range(420) r(i) UNION ALL SELECT NULL").columns["week"].values

    assert len(values(20)) == 20
    assert values(21) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("author", "'someone'"),
        ("user_id", "7"),
        ("tweet_text", "'what I think'"),
        ("email", "'a@example.org'"),
        ("rating", "'@someone'"),  # a name by its looks
        ("retweeted", "'realSomebody'"),
        ("retweeted", "'some_body'"),
        ("rating", "'https://example.org/someone'"),
        ("posted", "TIMESTAMP '2020-01-01 12:34:56'"),
        ("shares", "1234567890123"),  # as large as an id
        ("tags", "['a', 'b']"),
    ],
)
def test_values_that_may_name_people_are_not_told(engine: DuckDB, name: str, value: str) -> None:
    found = of(engine, f'SELECT {value} AS "{name}" FROM range(100)', unit="post")
    assert found.columns[name].values is None


def test_values_of_few_people_are_not_told(engine: DuckDB) -> None:
    """Of a column whose name says nothing, a value that two posts have may be somebody's name."""
    few = "SELECT CASE WHEN i < 2 THEN 'Anna' ELSE 'Bert' END AS x FROM range(4) r(i)"
    assert of(engine, few, unit="post").columns["x"].values is None
    assert of(engine, few, unit="town").columns["x"].values == {"Anna": 2, "Bert": 2}
    many = "SELECT CASE WHEN i % 2 = 0 THEN 'mostly true' ELSE 'mixture' END AS x FROM range(40) r(i)"
    assert of(engine, many, unit="post").columns["x"].values == {"mixture": 20, "mostly true": 20}
