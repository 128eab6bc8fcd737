"""A small table full of traps, and the scope that describes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest

from factcheck.evidence.dataset import Column, Family
from factcheck.evidence.expressions import Bound, Scope, bind

COLUMNS = {
    column.name: column
    for column in (
        Column("n", "BIGINT", Family.INTEGER),
        Column("country", "VARCHAR", Family.TEXT),
        Column("followers", "BIGINT", Family.INTEGER),
        Column("score", "DOUBLE", Family.DOUBLE),
        Column("price", "DECIMAL(10,2)", Family.DECIMAL),
        Column("created_at", "TIMESTAMP", Family.TIMESTAMP),
        Column("day", "DATE", Family.DATE),
        Column("verified", "BOOLEAN", Family.BOOLEAN),
        Column("text", "VARCHAR", Family.TEXT),
        Column("bio", "VARCHAR", Family.TEXT, missing_none=True),
        Column("age", "BIGINT", Family.INTEGER, missing_none=True),
        Column("Page Name", "VARCHAR", Family.TEXT),
        Column("geo.country", "VARCHAR", Family.TEXT),
        Column("страна", "VARCHAR", Family.TEXT),
        Column("tags", "VARCHAR[]", Family.LIST),
        Column("raw", "", Family.UNKNOWN),
    )
}

ROWS = """
    (1, 'Russia', 10, 1.5, 1.50, TIMESTAMP '2018-04-09 23:30:00', DATE '2018-04-09', true,
     'Привет #Vote2018 мир', NULL, 20, 'BBC News', 'RU', 'Россия', ['a', 'b'], '5'),
    (2, 'Ukraine', 0, 0.1, 0.10, TIMESTAMP '2018-04-10 00:00:00', DATE '2018-04-10', false,
     'plain text', 'a bot', NULL, NULL, 'UA', 'Украина', [], 'x'),
    (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '', 0, 'x', NULL, NULL, NULL, NULL),
    (4, 'it''s', 9007199254740993, 'nan', -1.00, TIMESTAMP '2018-04-10 12:00:00', DATE '2018-04-10', true,
     '1.5', 'bio', 30, 'Page', 'US', '', ['x'], '1e3'),
    (5, 'russia', -7, 'inf', 99.99, TIMESTAMP '2018-12-31 23:59:59', DATE '2018-12-31', NULL,
     '100%', NULL, NULL, 'a"b', 'RU', 'é', ['a', NULL], ' 7 '),
    (6, 'Россия', 1000, -0.0, 0.00, TIMESTAMP '2020-02-29 06:00:00', DATE '2020-02-29', false, '', 'x', -3,
     '', '', 'ё', ['#x'], '2018-01-01')
"""


@pytest.fixture(scope="session")
def table() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    connection.execute("SET TimeZone='UTC'")
    kinds = ", ".join(f'"{c.name}" {c.type or "VARCHAR"}' for c in COLUMNS.values())
    connection.execute(f"CREATE TABLE posts ({kinds})")
    connection.execute(f"INSERT INTO posts VALUES {ROWS}")
    yield connection
    connection.close()


@pytest.fixture(scope="session")
def scope() -> Scope:
    return Scope(COLUMNS, {"max": 5, "names": ["Russia", "Ukraine"], "quote": "it's"}, None, "posts")


@pytest.fixture(scope="session")
def values(table: duckdb.DuckDBPyConnection) -> Callable[[Bound | str], list[Any]]:
    """What an expression gives on each row of the table, in order."""

    def run(expression: Bound | str) -> list[Any]:
        sql = expression if isinstance(expression, str) else expression.sql
        return [row[0] for row in table.execute(f"SELECT {sql} FROM posts ORDER BY n").fetchall()]

    return run


@pytest.fixture(scope="session")
def true_rows(values: Callable[[Bound | str], list[Any]], scope: Scope) -> Callable[..., list[int]]:
    """The numbers of the rows where a condition is true."""

    def run(text: str, scope: Scope = scope) -> list[int]:
        return [n for n, value in enumerate(values(bind(text, scope, expect="condition")), 1) if value]

    return run


@pytest.fixture(scope="session")
def datasets(table: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Column]]:
    """Two datasets: the table of posts under a name that needs quotes, and accounts."""
    table.execute("CREATE TABLE accounts (author VARCHAR, followers BIGINT, q1 DOUBLE, q2 DOUBLE)")
    table.execute("INSERT INTO accounts VALUES ('Russia', 10, 1.5, 2.5), ('Ukraine', 20, NULL, 1), ('x', NULL, 3, 0)")
    accounts = [
        Column("author", "VARCHAR", Family.TEXT),
        Column("followers", "BIGINT", Family.INTEGER),
        Column("q1", "DOUBLE", Family.DOUBLE),
        Column("q2", "DOUBLE", Family.DOUBLE),
    ]
    return {"my-posts": dict(COLUMNS), "accounts": {column.name: column for column in accounts}}
