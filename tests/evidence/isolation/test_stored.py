"""What is stored comes back as it was: types, values, order, and what no file format would rather keep."""

from pathlib import Path

import pytest

from factcheck.evidence.engines.duckdb import DuckDB, open_engine
from factcheck.evidence.isolation.stored import store

VALUES = {
    "boolean": ("BOOLEAN", "true, false, NULL"),
    "whole": ("BIGINT", "9223372036854775807, -9223372036854775808, NULL"),
    "unsigned": ("UBIGINT", "18446744073709551615, 0, NULL"),
    "wide": ("HUGEINT", "170141183460469231731687303715884105727, 18446744073709551616, NULL"),
    "decimal": ("DECIMAL(38, 6)", "12345678901234567890123456789012.123456, -0.000001, NULL"),
    "double": ("DOUBLE", "'nan'::DOUBLE, '-infinity'::DOUBLE, 0.1, -0.0::DOUBLE, NULL, 5e-324"),
    "single": ("FLOAT", "0.1::FLOAT, 'nan'::FLOAT, NULL"),
    "text": ("VARCHAR", "'', 'NULL', NULL, '😀', 'a' || chr(0) || 'b', ' é'"),
    "day": ("DATE", "'infinity'::DATE, '-infinity'::DATE, DATE '0001-01-01', NULL, DATE '9999-12-31'"),
    "time": ("TIMESTAMP", "'infinity'::TIMESTAMP, TIMESTAMP '1600-02-29 12:34:56.789012', NULL"),
    "hour": ("TIME", "TIME '23:59:59.999999', NULL"),
    "few": ("ENUM('b', 'a', 'it''s', '')", "'a', 'b', 'it''s', '', NULL"),
    "id": ("UUID", "'00000000-0000-0000-0000-000000000001', NULL"),
    "list": ("VARCHAR[]", "['a', NULL], [], NULL, ['']"),
    "bytes": ("BLOB", "'\\x00\\xFF'::BLOB, NULL"),
}


def table(engine: DuckDB, kind: str, values: str) -> None:
    rows = ", ".join(f"({value})" for value in _split(values))
    engine.execute(f'CREATE TABLE "a ""b" (n {kind})')
    engine.execute(f'INSERT INTO "a ""b" VALUES {rows}')


def _split(values: str) -> list[str]:
    found, depth, quoted, last = [], 0, False, 0
    for at, character in enumerate(values):
        quoted ^= character == "'"
        depth += (character in "([") - (character in ")]") if not quoted else 0
        if character == "," and not depth and not quoted:
            found.append(values[last:at])
            last = at + 1
    return [*found, values[last:]]


@pytest.mark.parametrize("name", VALUES)
def test_every_type_comes_back(name: str, tmp_path: Path) -> None:
    kind, values = VALUES[name]
    engine, other = open_engine(), open_engine()
    table(engine, kind, values)
    stored = store(engine, 'a "b', tmp_path / "a.parquet")
    assert stored is not None
    assert stored.paths == (tmp_path / "a.parquet",)
    other.seal(stored.paths)  # nothing else can be reached
    other.execute(stored.create)
    assert other.schema('a "b') == engine.schema('a "b')
    # As text: NaN is not itself, and bytes must be the same.
    select = 'SELECT rowid, n::VARCHAR, n IS NULL FROM "a ""b" ORDER BY rowid'
    assert other.run(select).rows() == engine.run(select).rows()
    engine.close()
    other.close()


@pytest.mark.parametrize("kind", ["STRUCT(a INTEGER)", "MAP(VARCHAR, INTEGER)", "HUGEINT[]", "INTERVAL"])
def test_what_would_not_come_back_is_not_stored(kind: str, tmp_path: Path) -> None:
    engine = open_engine()
    engine.execute(f"CREATE TABLE t (n {kind})")
    assert store(engine, "t", tmp_path / "a.parquet") is None
    assert not list(tmp_path.iterdir())
    engine.close()


def test_the_order_of_many_rows_stays(tmp_path: Path) -> None:
    engine, other = open_engine(threads=4), open_engine(threads=4)
    engine.execute("CREATE TABLE t AS SELECT (i * 7919) % 1000003 AS n, 'x' || i AS s FROM range(600000) AS r(i)")
    stored = store(engine, "t", tmp_path / "a.parquet")
    assert stored is not None
    other.execute(stored.create)
    select = "SELECT rowid, n, s FROM t WHERE rowid % 9973 = 0 ORDER BY rowid"
    assert other.run(select).rows() == engine.run(select).rows()
    assert other.run("SELECT count(*), sum(hash(n, s, rowid)::HUGEINT) FROM t").rows() == engine.run(
        "SELECT count(*), sum(hash(n, s, rowid)::HUGEINT) FROM t"
    ).rows()
    engine.close()
    other.close()


def test_a_view_is_stored_as_its_statement(tmp_path: Path) -> None:
    engine, other = open_engine(), open_engine()
    engine.execute(f"COPY (SELECT 1 AS n) TO '{tmp_path}/rows.parquet'")
    engine.execute(f"CREATE VIEW \"it's\" AS SELECT * FROM read_parquet('{tmp_path}/rows.parquet')")
    stored = store(engine, "it's", tmp_path / "a.parquet")
    assert stored is not None
    assert stored.file is None
    other.execute(stored.create)
    assert other.run("SELECT n FROM \"it's\"").rows() == [(1,)]
    assert [path.name for path in tmp_path.iterdir()] == ["rows.parquet"]
    engine.close()
    other.close()
