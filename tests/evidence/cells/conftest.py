"""A small table full of traps, an engine, and expressions made without the binder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlglot

from factcheck.evidence.dataset import Column, Dataset, Family
from factcheck.evidence.engines.duckdb import DuckDB, open_engine
from factcheck.evidence.expressions import Bound

COLUMNS = {
    "i": ("INTEGER", Family.INTEGER),
    "id": ("BIGINT", Family.INTEGER),
    "dec": ("DECIMAL(10,2)", Family.DECIMAL),
    "x": ("DOUBLE", Family.DOUBLE),
    "f": ("FLOAT", Family.DOUBLE),
    "s": ("VARCHAR", Family.TEXT),
    "country": ("VARCHAR", Family.TEXT),
    "author": ("VARCHAR", Family.TEXT),
    "b": ("BOOLEAN", Family.BOOLEAN),
    "d": ("DATE", Family.DATE),
    "ts": ("TIMESTAMP", Family.TIMESTAMP),
    "empty": ("INTEGER", Family.INTEGER),
}

ROWS = """
SELECT
  CASE WHEN r % 11 = 0 THEN NULL ELSE (r * 7) % 13 - 4 END::INTEGER AS i,
  CASE WHEN r % 17 = 0 THEN NULL ELSE 9007199254740990 + r % 7 END::BIGINT AS id,
  CASE WHEN r % 9 = 0 THEN NULL ELSE ((r * 31) % 700)::DECIMAL(10,2) / 100 - 2 END::DECIMAL(10,2) AS dec,
  CASE r % 12 WHEN 0 THEN NULL WHEN 1 THEN 'nan'::DOUBLE WHEN 2 THEN 'inf'::DOUBLE WHEN 3 THEN '-inf'::DOUBLE
    WHEN 4 THEN 0.1 WHEN 5 THEN -0.0 WHEN 6 THEN 0.0 WHEN 7 THEN 1e15 ELSE (r % 29) / 7.0 END::DOUBLE AS x,
  CASE WHEN r % 6 = 0 THEN NULL ELSE (r % 10) / 10.0 END::FLOAT AS f,
  CASE r % 10 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN 'É' WHEN 3 THEN 'привет 100%' WHEN 4 THEN 'it''s a_b'
    WHEN 5 THEN 'ABC' WHEN 6 THEN 'abc' ELSE 'post ' || (r % 23) END AS s,
  CASE r % 8 WHEN 0 THEN NULL WHEN 1 THEN 'Russia' WHEN 2 THEN 'Ukraine' WHEN 3 THEN 'México' WHEN 4 THEN ''
    ELSE 'US' END AS country,
  CASE WHEN r % 13 = 0 THEN NULL ELSE 'a' || ((r * r) % 41) END AS author,
  CASE WHEN r % 5 = 0 THEN NULL ELSE r % 3 = 0 END AS b,
  CASE WHEN r % 19 = 0 THEN NULL ELSE DATE '2018-04-01' + ((r * 3) % 40)::INTEGER END::DATE AS d,
  CASE WHEN r % 14 = 0 THEN NULL
    ELSE TIMESTAMP '2018-04-01 00:00:00' + INTERVAL (((r * 37) % 80) * 720) MINUTE END::TIMESTAMP AS ts,
  NULL::INTEGER AS empty
FROM range(400) AS t(r)
"""


def dataset(name: str = "traps", columns: dict[str, tuple[str, Family]] | None = None) -> Dataset:
    known = COLUMNS if columns is None else columns
    return Dataset(name, {c: Column(c, kind, family) for c, (kind, family) in known.items()}, relation=name)


def bound(text: str, family: Family = Family.BOOLEAN) -> Bound:
    tree = sqlglot.parse_one(text, read="duckdb")
    columns = frozenset(column.name for column in tree.find_all(sqlglot.exp.Column))
    return Bound(tree.sql(dialect="duckdb"), family, columns, text, tree)


@pytest.fixture(scope="session")
def bare() -> Iterator[DuckDB]:
    engine = open_engine(memory_limit="1GB", threads=2)
    engine.execute(f"CREATE TABLE traps AS {ROWS}")
    engine.execute("CREATE TABLE nothing AS SELECT * FROM traps WHERE FALSE")
    yield engine
    engine.close()
