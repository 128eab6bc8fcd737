"""What tables in databases have in common: which of them is meant, and how their rows come into the engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.formats.headings import headings
from factcheck.evidence.formats.source import Job, Note, Reading, Rejected, Source, SourceColumn
from factcheck.text.suggest import did_you_mean

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

T = TypeVar("T")

INSTALL = "pip install 'factcheck-engine[databases]'"
_MOST_LISTED = 12
# How DuckDB 2 and 1.5 begin when the other side of a stream has failed.
_STREAM_FAILED = re.compile(r"^(?:reading the stream registered as '[^']*' failed|arrow_scan: get_next failed\(\)): ")


def listed(names: Sequence[str]) -> str:
    """Names as an error lists them."""
    rest = f" and {len(names) - _MOST_LISTED} more" if len(names) > _MOST_LISTED else ""
    return ", ".join(f"'{name}'" for name in names[:_MOST_LISTED]) + rest


def chosen(names: Sequence[str], wanted: str | None, shown: str) -> str:
    """The table that a manifest means; without one the only table there is."""
    if not names:
        raise EvidenceError(f"{shown} holds no tables")
    if wanted is None:
        if len(names) > 1:
            raise EvidenceError(f"{shown} holds {len(names)} tables; say which one with 'table': {listed(names)}")
        return names[0]
    alike = [name for name in names if name.casefold() == wanted.casefold()]
    if wanted in names or len(alike) == 1:
        return wanted if wanted in names else alike[0]
    hint = did_you_mean(wanted, names) or f"it holds {listed(names)}"
    raise EvidenceError(f"{shown} has no table '{wanted}'; {hint}")


def refuse_reading(job: Job) -> None:
    """`read` speaks of text; passed over in silence, its `nulls` would be counted as values."""
    plain = Reading(alike=job.reading.alike)
    if job.reading != plain:
        raise EvidenceError(
            "'read' says how files of text are written, and this is a table of a database: remove it; "
            "what a column holds is said under 'columns'"
        )


def named(names: Sequence[str], where: str) -> tuple[tuple[str, ...], list[Note]]:
    """Column names that SQL tells apart, with a note of each that had to be changed."""
    unique, replaced = headings(names)
    return unique, [Note("repeated-heading", {"file": where, "heading": old}, new) for old, new in replaced]


def same_count(where: str, counted: int, arrived: int) -> None:
    """What the database counted must be what came of it."""
    if counted != arrived:
        raise EvidenceError(f"{where}: the database counts {counted:,} rows, but {arrived:,} arrived")


def sampled(engine: DuckDB, relation: str, columns: Mapping[str, SourceColumn], size: int) -> dict[str, list[Any]]:
    """Some values of the columns whose type is still to be found, by name."""
    open_ones = [column for column in columns.values() if column.type is None]
    if not open_ones:
        return {}
    select = ", ".join(f"{column.sql} AS c{i}" for i, column in enumerate(open_ones))
    frame = engine.run(f"SELECT {select} FROM {relation} LIMIT {size}")
    return {column.name: frame.values(i) for i, column in enumerate(open_ones)}


def source(job: Job, relation: str, columns: dict[str, SourceColumn], notes: list[Note], tables: list[str]) -> Source:
    """Rows that lie in temporary tables of the engine, which go once they have been read."""

    def rejected() -> Rejected:
        for table in tables:
            job.engine.execute(f"DROP TABLE IF EXISTS {identifier(table)}")
        return Rejected()

    return Source(relation, columns, rejected, notes=notes)


def driver(name: str, what: str) -> Any:
    """An ADBC driver; EvidenceError with what to install where it is missing."""
    try:
        import_module("adbc_driver_manager")
        return import_module(f"adbc_driver_{name}")
    except ImportError as error:
        raise EvidenceError(f"{what} needs a driver that is not installed: {INSTALL}") from error


class Session:
    """A connection through ADBC whose results go into the engine. `tell` puts an error into words for people.

    The original exceptions are not chained to what is raised: their texts may hold what must not be shown.
    """

    def __init__(self, engine: DuckDB, database: Any, label: str, tell: Callable[[str], str]) -> None:
        import adbc_driver_manager as adbc

        self._adbc = adbc
        self._engine = engine
        self._label = label
        self.tell = tell
        self._database = database
        try:
            self.connection = adbc.AdbcConnection(database)
        except adbc.Error as error:
            database.close()
            raise EvidenceError(tell(str(error))) from None

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self.connection.close()
            self._database.close()
        except self._adbc.Error as at_close:
            if error is None:  # else that one says more
                raise EvidenceError(self.tell(str(at_close))) from None

    def execute(self, sql: str) -> int:
        """Run a statement whose result is not wanted; returns how many rows it wrote, where the driver knows."""
        try:
            with self._adbc.AdbcStatement(self.connection) as statement:
                statement.set_sql_query(sql)
                return int(statement.execute_update() or 0)
        except self._adbc.Error as error:
            raise EvidenceError(self.tell(str(error))) from None

    def cancel(self) -> None:
        """Ends what is running, from another thread."""
        self.connection.cancel()

    def fill(self, table: str, sql: str, select: str = "SELECT * FROM {}") -> None:
        """A temporary table of the engine from what `select` makes of the rows of a query."""
        stream = f"{self._label}_stream"
        made = f"CREATE OR REPLACE TEMP TABLE {identifier(table)} AS {select.format(identifier(stream))}"

        def take(rows: object) -> None:
            self._engine.register(stream, rows)
            try:
                self._engine.execute(made)
            finally:
                self._engine.unregister(stream)

        self.stream(sql, take)

    def stream(self, sql: str, take: Callable[[object], T]) -> T:
        """What `take` makes of the rows of a query, an object with `__arrow_c_stream__`."""
        try:
            with self._adbc.AdbcStatement(self.connection) as statement:  # closing one may fail as well
                statement.set_sql_query(sql)
                rows, _ = statement.execute_query()
                return take(rows)
        except self._adbc.Error as error:
            raise EvidenceError(self.tell(str(error))) from None
        except EvidenceError as error:
            raise EvidenceError(self.tell(_STREAM_FAILED.sub("", error.message))) from None

    def insert(self, table: str, rows: object) -> int:
        """Adds rows, an object with `__arrow_c_stream__`, to a temporary table of the database; returns how many."""
        options = {"target_table": table, "mode": "adbc.ingest.mode.append", "temporary": "true"}
        try:
            with self._adbc.AdbcStatement(self.connection) as statement:
                statement.set_options(**{f"adbc.ingest.{name}": value for name, value in options.items()})
                statement.bind_stream(rows)
                return int(statement.execute_update() or 0)
        except self._adbc.Error as error:
            raise EvidenceError(self.tell(str(error))) from None

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a small result; its columns need names of their own."""
        table = f"{self._label}_answer"
        self.fill(table, sql)
        found = self._engine.run(f"FROM {identifier(table)}").rows()
        self._engine.execute(f"DROP TABLE {identifier(table)}")
        return found
