"""A server that is DuckDB: what is left to go wrong is the way there and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from factcheck.evidence.engines.dialects import Dialect
from factcheck.evidence.engines.duckdb import DuckDB, open_engine
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.engines.server import Gone

T = TypeVar("T")


class _Any(dict[Any, Any]):
    def get(self, key: Any, default: Any = None) -> Any:
        return lambda node: node


class Loopback:
    """`gone_after` statements the session is lost."""

    def __init__(self, gone_after: int | None = None) -> None:
        self.dialect = Dialect("duckdb", "Loopback", _Any(), frozenset(), _carried)
        self.engine: DuckDB = open_engine(threads=1)
        self.asked: list[str] = []
        self.closed = False
        self._left = gone_after

    def put(self, relation: str, columns: Mapping[str, str], parquet: Path) -> None:
        listed = ", ".join(
            f"CAST(c{i} AS {kind}) AS {identifier(name)}" for i, (name, kind) in enumerate(columns.items())
        )
        self.engine.execute(f"CREATE TABLE \"{relation}\" AS SELECT {listed} FROM read_parquet('{parquet}')")

    def native(self, relation: str, manifest: Any) -> dict[str, str]:
        self.engine.execute(f'CREATE VIEW "{relation}" AS FROM "{manifest.table}"')
        return {name: column.type for name, column in self.engine.schema(relation).items()}

    def view(self, relation: str, sql: str) -> None:
        self.engine.execute(f'CREATE VIEW "{relation}" AS {sql}')

    def table(self, relation: str, columns: Mapping[str, str], sql: str, timeout: float | None = None) -> None:
        self.engine.execute(f'CREATE TABLE "{relation}" AS {sql}')

    def drop(self, relation: str) -> None:
        kinds = self.engine.run(
            f"SELECT table_type FROM information_schema.tables WHERE table_name = '{relation}'"
        ).values(0)
        for kind in kinds:
            self.engine.execute(f'DROP {"VIEW" if kind == "VIEW" else "TABLE"} "{relation}"')

    def fetch(self, sql: str, take: Callable[[object], T], timeout: float | None) -> T:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                raise Gone("the other side hung up")
        self.asked.append(sql)
        self.engine.execute(f"CREATE OR REPLACE TEMP TABLE answered AS {sql}", timeout=timeout)
        # As a driver hands them over: a stream that knows nothing of where it comes from.
        return take(self.engine._connection.sql("FROM answered").to_arrow_table())

    def close(self) -> None:
        self.closed = True
        self.engine.close()


def _carried(kind: str) -> str | None:
    return "VARCHAR" if kind in ("HUGEINT", "UHUGEINT") or kind.startswith("DECIMAL") else None
