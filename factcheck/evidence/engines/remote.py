"""An engine elsewhere, asked in DuckDB's words.

Beside it stands a DuckDB with the same relations without rows. It says what a statement means before it is sent: which
types its columns have, and what is wrong with it; what names no data at all it answers itself. Rows that come back are
cast into the types that DuckDB would have given, so that whoever asks need not know where the rows lie.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Column
from factcheck.evidence.engines.dialects import Refused, Statement, renamed
from factcheck.evidence.engines.duckdb import DuckDB, open_engine
from factcheck.evidence.engines.frame import Frame, empty
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.engines.server import Gone, Server

if TYPE_CHECKING:
    from factcheck.evidence.manifest_models import DatasetManifest

_MADE = re.compile(r'CREATE (?:TEMP )?(TABLE|VIEW) ("(?:[^"]|"")+") AS (.*)', re.DOTALL)
_DROPPED = re.compile(r'DROP (?:TABLE|VIEW)(?: IF EXISTS)? ("(?:[^"]|"")+")')
_STREAM = "_factcheck_stream"
_REMEMBERED = 64  # statements whose trees are kept: each is read to plan and to send it
_LOST = "the connection to the engine was lost"


class Remote:
    """Questions in DuckDB's SQL, answered by a `Server`. `gone` once its session is lost: nothing more is answered."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._shadow: DuckDB = open_engine(memory_limit="1GB", threads=1)
        self._tables: dict[str, dict[str, str]] = {}  # relations that lie there: their columns' types
        self._here = 0
        self._read: dict[str, Statement] = {}
        self.gone = False

    @property
    def shown(self) -> str:
        return self._server.dialect.shown

    def put(self, relation: str, columns: Mapping[str, Column], parquet: Path) -> None:
        """Sends the rows of a Parquet file (columns c0, c1, …) there."""
        types = {name: column.type for name, column in columns.items()}
        longest = self._server.dialect.longest
        with self._living():
            self._server.put(
                renamed(relation, longest), {renamed(n, longest): kind for n, kind in types.items()}, parquet
            )
        self._know(relation, types)

    def native(self, relation: str, manifest: DatasetManifest) -> dict[str, str]:
        """A table or files that lie there, as a relation; the types of its columns."""
        with self._living():
            types = self._server.native(renamed(relation, self._server.dialect.longest), manifest)
        self._know(relation, types)
        return types

    def _know(self, relation: str, types: Mapping[str, str]) -> None:
        columns = ", ".join(f"{identifier(name)} {kind}" for name, kind in types.items())
        self._shadow.execute(f"CREATE OR REPLACE TABLE {identifier(relation)} ({columns})")
        self._tables[relation] = dict(types)

    def schema(self, relation: str) -> dict[str, Column]:
        return self._shadow.schema(relation)

    def describe(self, select: str) -> dict[str, Column]:
        return self._shadow.describe(select)

    def execute(self, sql: str) -> None:
        self.run(sql)

    def run(self, sql: str, *, timeout: float | None = None) -> Frame:
        """The whole result of one statement, as DuckDB would give it."""
        if (made := _MADE.fullmatch(sql)) is not None:
            self._make(made[1], made[2], made[3], timeout)
            return empty()
        if (dropped := _DROPPED.fullmatch(sql)) is not None:
            self._drop(dropped[1])
            return empty()
        if sql.startswith("DESCRIBE ") or not self._is_there(sql):
            return self._shadow.run(sql, timeout=timeout)
        return self._asked(sql, timeout)

    @contextmanager
    def at_hand(self, select: str, *, timeout: float | None = None) -> Iterator[str]:
        """The rows of a SELECT as a relation of this machine, where every expression is DuckDB's own."""
        name = f"_factcheck_here_{self._here}"
        self._here += 1
        self._fill(name, select, timeout)
        try:
            yield identifier(name)
        finally:
            self._shadow.execute(f"DROP TABLE {identifier(name)}")

    def refusal(self, sql: str) -> Refused | None:
        """Why the statement cannot be asked there; None where it can. Nothing is run."""
        try:
            self._translated(sql)
        except Refused as refused:
            return refused
        return None

    def close(self) -> None:
        try:
            self._server.close()
        finally:
            self._shadow.close()

    def _is_there(self, sql: str) -> bool:
        """Whether a statement names a relation that lies there, quoted or not; a column may have the name of one."""
        said = sql.casefold()
        return any(name.casefold() in said or identifier(name).casefold() in said for name in self._tables) and any(
            relation.casefold() in self._names for relation in self._statement(sql).relations
        )

    @property
    def _names(self) -> set[str]:
        return {name.casefold() for name in self._tables}

    def _statement(self, sql: str) -> Statement:
        if sql not in self._read:
            self._read = {**dict(list(self._read.items())[-_REMEMBERED:]), sql: Statement(sql)}
        return self._read[sql]

    def _translated(self, sql: str) -> str:
        return self._statement(sql).translated(self._server.dialect, self._tables)

    def _make(self, kind: str, name: str, select: str, timeout: float | None) -> None:
        sql = self._translated(select)
        plain, longest = name[1:-1].replace('""', '"'), self._server.dialect.longest
        self._shadow.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM ({select}) LIMIT 0")
        types = {n: column.type for n, column in self._shadow.schema(plain).items()}
        there = renamed(plain, longest)
        with self._living():
            if kind == "TABLE":
                self._server.table(there, {renamed(n, longest): t for n, t in types.items()}, sql, timeout)
            else:
                self._server.view(there, sql)
        self._tables[plain] = types

    def _drop(self, name: str) -> None:
        plain = name[1:-1].replace('""', '"')
        self._shadow.execute(f"DROP TABLE IF EXISTS {name}")
        if self._tables.pop(plain, None) is not None and not self.gone:
            with self._living():
                self._server.drop(renamed(plain, self._server.dialect.longest))

    def _asked(self, sql: str, timeout: float | None) -> Frame:
        with self.at_hand(sql, timeout=timeout) as rows:
            return self._shadow.run(f"FROM {rows}")

    def _fill(self, name: str, sql: str, timeout: float | None) -> None:
        """A table here from the rows of a statement there, with the types that DuckDB gives its columns."""
        text = self._translated(sql)  # before anything is made of it
        self._shadow.execute(f"CREATE TABLE {identifier(name)} AS SELECT * FROM ({sql}) LIMIT 0")
        wanted = self._shadow.schema(name).values()
        carried = [self._server.dialect.carried(column.type) for column in wanted]
        values = [f"c{i}" if kind is None else _carried(f"c{i}", kind) for i, kind in enumerate(carried)]
        listed = ", ".join(f"{value} AS c{i}" for i, value in enumerate(values))
        given = ", ".join(f"c{i}" for i in range(len(values)))
        asked = f"SELECT {listed} FROM ({text}) AS carried({given})"

        def take(rows: object) -> None:
            self._shadow.register(_STREAM, rows)
            try:
                self._shadow.execute(f"INSERT INTO {identifier(name)} SELECT * FROM {_STREAM}")
            finally:
                self._shadow.unregister(_STREAM)

        try:
            with self._living():
                self._server.fetch(asked, take, timeout)
        except BaseException:
            self._shadow.execute(f"DROP TABLE {identifier(name)}")
            raise

    @contextmanager
    def _living(self) -> Iterator[None]:
        if self.gone:
            raise EvidenceError(_LOST)
        try:
            yield
        except Gone as error:
            self.gone = True
            raise EvidenceError(f"{_LOST}: {error}" if str(error) else _LOST) from error


def _carried(value: str, kind: str) -> str:
    return kind.format(value) if "{}" in kind else f"CAST({value} AS {kind})"
