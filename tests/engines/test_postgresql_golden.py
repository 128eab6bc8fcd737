"""What is sent to PostgreSQL, word by word: for each kind of statement and each expression of claims.

FACTCHECK_WRITE_EXPECTED=1 writes the expected files anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from factcheck.evidence.dataset import Column
from factcheck.evidence.engines.dialects import Refused, Statement
from factcheck.evidence.engines.dialects.postgresql import dialect
from factcheck.evidence.engines.types import family
from factcheck.evidence.expressions import Scope, bind

from .nasty import expressions, select, statements

READABLE = 1_200  # characters; letters of scripts fill pages, and are held to DuckDB's by what they find
EXPECTED = Path(__file__).parents[1] / "expected"


def kinds() -> dict[str, str]:
    with duckdb.connect() as made:
        made.execute(f"CREATE TABLE nasty AS {select()}")
        return {str(row[0]): str(row[1]) for row in made.execute("DESCRIBE nasty").fetchall()}


def said(sql: str, tables: Mapping[str, Mapping[str, str]]) -> str:
    try:
        return Statement(sql).translated(dialect(), tables)
    except Refused as refused:
        return f"-- refused: {refused.message}"


def as_expected(name: str, blocks: Iterable[tuple[str, str]]) -> None:
    made = "\n".join(f"-- {shown}\n{sql}\n" for shown, sql in blocks)
    if os.environ.get("FACTCHECK_WRITE_EXPECTED"):
        (EXPECTED / name).write_text(made, encoding="utf-8")
    assert made == (EXPECTED / name).read_text(encoding="utf-8")


def test_statements() -> None:
    columns = kinds()
    as_expected("postgresql-statements.sql", [(sql, said(sql, {"nasty": columns})) for sql in statements()])


def test_expressions() -> None:
    columns = kinds()
    scope = Scope({name: Column(name, kind, family(kind)) for name, kind in columns.items()})
    bound = [(text, bind(text, scope).sql) for text in expressions()]
    translated = [(text, said(f'SELECT {sql} AS c FROM "nasty"', {"nasty": columns})) for text, sql in bound]
    as_expected("postgresql-expressions.sql", [(text, sql) for text, sql in translated if len(sql) <= READABLE])
