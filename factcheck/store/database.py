"""SQLite as several processes share it: one writer, many readers, a schema with a version, no half-written state."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from factcheck.store import folder

PATIENCE = 60.0  # seconds to wait for another process that writes
_ROOM = 1 << 16  # bytes that even the smallest change needs: its notes for other processes alone take half of that


class Newer(Exception):
    """The database was written by a later version of factcheck, whose schema this one does not know."""


def opened(path: Path, migrations: Sequence[str], *, durable: bool = True) -> sqlite3.Connection:
    """A connection to the database in `path`, made and brought to the newest schema where that is needed.

    migrations: the scripts that lead from each version of the schema to the next; `user_version` counts those done.
    durable: whether what was committed must outlive a failure of power. It always outlives the death of a process.
    Raises sqlite3.Error where the file is no database or cannot be written, Newer where its schema is a later one.
    """
    _own(path)
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")  # the file may come from a stranger
        # On file systems without shared memory WAL is refused, and the journal that is then used is as safe.
        _patiently(connection, "PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        connection.execute("PRAGMA foreign_keys = ON")
        _migrate(connection, migrations)
    except BaseException:
        connection.close()
        raise
    return connection


def read_only(path: Path, migrations: Sequence[str]) -> sqlite3.Connection:
    """A connection that only reads; sqlite3.Error where there is no database, or one of an older schema.

    Where nothing can be written, not even the notes by which readers and writers know of one another, a database
    that no writer has left anything beside is read as one that does not change.
    """
    try:
        return _reading(f"{path.absolute().as_uri()}?mode=ro", path, migrations)
    except sqlite3.OperationalError:
        beside = path.with_name(f"{path.name}-wal")
        if not path.exists() or can_grow(path) or (beside.exists() and beside.stat().st_size):
            raise
        return _reading(f"{path.absolute().as_uri()}?immutable=1", path, migrations)


def _reading(address: str, path: Path, migrations: Sequence[str]) -> sqlite3.Connection:
    _own(path)
    connection = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > len(migrations):
            raise Newer(f"{path.name} was written by a newer version of factcheck")
        if version < len(migrations):
            raise sqlite3.OperationalError(f"{path.name} has an older schema")
    except BaseException:
        connection.close()
        raise
    return connection


def _own(path: Path) -> None:
    """sqlite3.OperationalError where the file or its folder is a link: what it leads to may be anybody's."""
    try:
        folder.own(folder.own(path.parent) / path.name)
    except OSError as error:
        raise sqlite3.OperationalError(error.strerror) from error


def reason(error: Exception, path: Path) -> str:
    """Why a database cannot be written, in the words of the operating system where SQLite has only vague ones."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    number = _hindrance(path) if isinstance(error, sqlite3.OperationalError) and "locked" not in str(error) else None
    return str(error) if number is None else os.strerror(number)


def can_grow(path: Path) -> bool:
    """Whether there is room and permission for more beside the database."""
    return _hindrance(path) is None


def _hindrance(path: Path) -> int | None:
    """The number of the error that writing beside the database would meet; None where it would meet none."""
    try:
        with tempfile.TemporaryFile(dir=path.parent, buffering=0) as file:
            file.write(bytes(_ROOM))
    except OSError as error:
        return error.errno
    return None


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All of what is done inside, or none of it; waits for its turn to write."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        if connection.in_transaction:  # SQLite itself has rolled back where the disk is full
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _migrate(connection: sqlite3.Connection, migrations: Sequence[str]) -> None:
    if _version(connection) == len(migrations):
        return
    with transaction(connection):
        version = _version(connection)  # another process may have been quicker
        if version > len(migrations):
            raise Newer("it was written by a newer version of factcheck")
        for number, script in enumerate(migrations[version:], version + 1):
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")


def _version(connection: sqlite3.Connection) -> int:
    with closing(connection.execute("PRAGMA user_version")) as cursor:
        return int(cursor.fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; `executescript` would end the transaction."""
    waiting = ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""
    if waiting.strip():
        yield waiting


def _patiently(connection: sqlite3.Connection, statement: str) -> None:
    """Changing the journal takes the database alone, and SQLite does not wait for that of its own accord."""
    import time

    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute(statement).fetchall()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)
