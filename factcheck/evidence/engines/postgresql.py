"""PostgreSQL as the engine: tables where they lie, datasets from here in temporary tables, all in one transaction.

What the database holds is as it was when the transaction began. Whatever a statement computes, it computes in a part of
the transaction that may only read; outside of such parts stand the making, emptying and dropping of temporary tables.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from factcheck.errors import EvidenceError
from factcheck.evidence.connections.address import address_of
from factcheck.evidence.connections.sessions import SETTINGS, cause, said
from factcheck.evidence.engines.dialects import Dialect
from factcheck.evidence.engines.dialects.postgresql import dialect
from factcheck.evidence.engines.duckdb import DuckDB, open_engine
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.engines.postgresql_clocks import Clocks
from factcheck.evidence.engines.postgresql_native import native_select
from factcheck.evidence.engines.postgresql_relations import Relations
from factcheck.evidence.engines.postgresql_sending import Sending
from factcheck.evidence.engines.postgresql_types import column_type
from factcheck.evidence.engines.server import Gone
from factcheck.evidence.formats.databases import Session, driver

if TYPE_CHECKING:
    from factcheck.evidence.manifest_models import DatasetManifest

T = TypeVar("T")

_BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ WRITE"
_OWN = (
    "SET LOCAL idle_in_transaction_session_timeout = 0",
    "SET LOCAL synchronize_seqscans = off",  # rows in the same order each time
    "SET LOCAL work_mem = '64MB'",
    "SET LOCAL jit = off",  # long CASEs take longer to compile than to evaluate
)
_ANALYZED = 1000  # rows from which on the server is told what is in a table, before it plans how to read it
_FREE = 8  # emptied tables of one shape that are kept to be filled again


def open_server(address: str) -> PostgreSQL:
    """A session with the database at an address; EvidenceError where it cannot be reached."""
    postgresql = driver("postgresql", "asking PostgreSQL")
    where = address_of(address, os.environ)

    def tell(message: str) -> str:
        return cause(where, message)

    here = open_engine(memory_limit="500MB", threads=1)
    try:
        try:
            database = postgresql.connect(where.uri)
        except postgresql.adbc_driver_manager.Error as error:
            raise EvidenceError(said(where, str(error))) from None
        session = Session(here, database, "_factcheck_asked", lambda message: said(where, message))
        # The driver's own transactions know no parts that fail while the rest stands.
        session.execute("; ".join((_BEGIN, *SETTINGS, *_OWN)))
        ((encoding, temporary),) = session.rows(
            "SELECT current_setting('server_encoding') AS encoding, NOT pg_is_in_recovery() AND "
            "has_database_privilege(current_database(), 'TEMPORARY') AS temporary"
        )
        if encoding != "UTF8":
            raise EvidenceError(f"the database on {where.host} holds texts as {encoding}; it can be asked in UTF8 only")
    except BaseException:
        here.close()
        raise
    session.tell = tell
    return PostgreSQL(session, here, where.host, may_keep=temporary)


class PostgreSQL:
    """A `Server`. may_keep: the user may make temporary tables; without, SELECTs that are kept are computed anew."""

    def __init__(self, session: Session, here: DuckDB, host: str, *, may_keep: bool) -> None:
        self.dialect: Dialect = dialect()
        self._session = session
        self._here = here
        self._host = host
        self._may_keep = may_keep
        self._relations = Relations()
        self._clocks = Clocks(session, here)
        self._tables: dict[str, tuple[str, tuple[str, ...]]] = {}  # what holds rows, and its columns' types
        self._free: dict[tuple[str, ...], list[str]] = {}
        self._made = 0

    def put(self, relation: str, columns: Mapping[str, str], parquet: Path) -> None:
        if not self._may_keep:
            raise EvidenceError(
                f"the user may make no temporary tables in the database on {self._host}, which rows of files need: "
                "ask for the right TEMPORARY, or use engine: duckdb"
            )
        sending = Sending(self._here, columns, parquet)
        table = self._table_of(columns)
        with self._part(None, read_only=False):
            sending.send(self._session, table, columns)
            self._session.execute(f"ANALYZE {table}")
        self._hold(relation, columns, table)

    def native(self, relation: str, manifest: DatasetManifest) -> dict[str, str]:
        with self._part(None):
            select, types = native_select(self._session, manifest.table or "", f"the database on {self._host}")
        self._relations.keep(relation, select, stored=True)
        return types

    def view(self, relation: str, sql: str) -> None:
        self._relations.keep(relation, sql, stored=False)

    def table(self, relation: str, columns: Mapping[str, str], sql: str, timeout: float | None = None) -> None:
        if not self._may_keep:
            self.view(relation, sql)
            return
        whole = self._completed(f"SELECT * FROM ({sql}) AS kept")
        table = self._table_of(columns)
        try:
            with self._part(timeout):
                rows = self._patiently(lambda: self._session.execute(f"INSERT INTO {table} {whole}"))
        except EvidenceError:
            self._release(table, columns.values())
            raise
        if rows >= _ANALYZED:
            with self._part(timeout):
                self._session.execute(f"ANALYZE {table}")
        self._hold(relation, columns, table)

    def drop(self, relation: str) -> None:
        self._relations.forget(relation)
        if (held := self._tables.pop(relation, None)) is not None:
            self._release(*held)

    def fetch(self, sql: str, take: Callable[[object], T], timeout: float | None) -> T:
        whole = self._completed(sql)
        with self._part(timeout):
            return self._patiently(lambda: self._session.stream(whole, take))

    def _completed(self, sql: str) -> str:
        whole = self._relations.complete(sql)
        if unknown := self._clocks.unknown(whole):
            with self._part(None):
                for zone in sorted(unknown):
                    self._clocks.compare(zone)
        self._clocks.refuse(whole)
        return whole

    def close(self) -> None:
        try:
            self._session.__exit__(None, None, None)
        except EvidenceError:
            pass  # it is of no use to know that what is not needed any more was gone already
        finally:
            self._here.close()

    def _hold(self, relation: str, columns: Mapping[str, str], table: str) -> None:
        self.drop(relation)
        self._tables[relation] = (table, tuple(columns.values()))
        listed = ", ".join(f"c{i} AS {identifier(name)}" for i, name in enumerate(columns))
        self._relations.keep(relation, f"SELECT {listed} FROM {table}", stored=True)

    def _table_of(self, columns: Mapping[str, str]) -> str:
        """An empty temporary table with columns c0, c1, … of the types."""
        shape = tuple(columns.values())
        if free := self._free.get(shape):
            return free.pop()
        self._made += 1
        table = f"pg_temp.factcheck_{self._made}"
        listed = ", ".join(f"c{i} {column_type(kind)}" for i, kind in enumerate(shape))
        with self._part(None, read_only=False):
            self._session.execute(f"CREATE TEMPORARY TABLE factcheck_{self._made} ({listed})")
        return table

    def _release(self, table: str, kinds: Iterable[str]) -> None:
        """Gives the place of a table back at once: what is merely dropped keeps it to the end of the transaction."""
        with self._living():
            self._session.execute(f"TRUNCATE {table}")
            free = self._free.setdefault(tuple(kinds), [])
            if len(free) < _FREE:
                free.append(table)
            else:
                self._session.execute(f"DROP TABLE {table}")

    @contextmanager
    def _living(self) -> Iterator[None]:
        """For what cannot fail while there is a session."""
        try:
            yield
        except EvidenceError as error:
            raise Gone(error.message) from None

    @contextmanager
    def _part(self, timeout: float | None, *, read_only: bool = True) -> Iterator[None]:
        """A part of the transaction; if it fails, the rest stands."""
        limit = 0 if timeout is None else max(1, round(timeout * 1000))
        with self._living():
            self._session.execute(f"SAVEPOINT part; SET LOCAL statement_timeout = {limit}")
            if read_only:
                self._session.execute("SET LOCAL transaction_read_only = on")
        try:
            yield
        except BaseException as error:
            self._undo(error)
            if isinstance(error, EvidenceError) and "statement timeout" in error.message and timeout is not None:
                raise EvidenceError(f"the query took longer than {timeout:.3g} s") from None
            raise
        with self._living():
            self._session.execute("RELEASE SAVEPOINT part")

    def _undo(self, error: BaseException) -> None:
        try:
            self._session.execute("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part")
        except EvidenceError as lost:
            if isinstance(error, Exception):
                raise Gone(error.message if isinstance(error, EvidenceError) else lost.message) from None

    def _patiently(self, work: Callable[[], T]) -> T:
        """What `work` gives, computed in a thread of its own: Ctrl-C would not be heard while the server is awaited."""
        done: Future[T] = Future()

        def run() -> None:
            try:
                done.set_result(work())
            except BaseException as error:  # noqa: BLE001  # it is raised where the result is wanted
                done.set_exception(error)

        thread = Thread(target=run, name="factcheck-postgresql", daemon=True)
        thread.start()
        try:
            return done.result()
        except KeyboardInterrupt:
            self._session.cancel()
            thread.join()
            raise
