"""What was found once, kept under the fingerprint of all that it was found from: it can be missing, never stale.

Entries lie in `.factcheck/cache.sqlite`, tables of data beside it in `.factcheck/tables/`. Each entry is signed with
a key of the user's own before it is believed (`secret`).
"""

from __future__ import annotations

import contextlib
import hmac
import pickle
import re
import sqlite3
import time
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from factcheck.store import folder
from factcheck.store.database import Newer, opened, reason, transaction
from factcheck.store.secret import secret

NAME, TABLES = "cache.sqlite", "tables"
LIMIT = 2 << 30  # bytes; what was used longest ago goes first
_LARGEST = 64 << 20  # bytes of arrays in one value; writing more away would take more memory than it saves time
_LEFT = 0.8  # of the limit, once something has to go
_ORPHANED = 3600.0  # seconds after which a table that no entry names belongs to no run that is still going
_AT_ONCE = 500  # parameters of one statement
_OURS = re.compile(r"[0-9a-f]{64}\.parquet|\.[0-9a-f]{64}\.\d+\.tmp")  # names of tables, whole and half written

MIGRATIONS = (
    """
    CREATE TABLE kept (
        key TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        value BLOB NOT NULL,
        signature BLOB NOT NULL,
        bytes INTEGER NOT NULL,
        used REAL NOT NULL,
        file TEXT
    ) WITHOUT ROWID;
    CREATE INDEX kept_by_use ON kept (used);
    """,
)


class Cache:
    """The cache of one project. Nothing is written before `commit`; whatever fails in it costs time, not verdicts.

    `trouble` says in words why nothing can be kept; None where all is well.
    """

    def __init__(self, root: Path, limit: int | None = None) -> None:
        self._root = root
        self._limit = LIMIT if limit is None else limit
        self._new: dict[str, tuple[str, bytes, int, str | None]] = {}
        self._used: set[str] = set()
        self._connection: sqlite3.Connection | None = None
        self.trouble: str | None = None
        self._secret = secret()
        if self._secret is None:
            self.trouble = "nothing is kept for the next run: this user has no folder for the key of the cache"

    @property
    def folder(self) -> Path:
        return self._root / folder.NAME

    def get(self, key: str) -> Any | None:
        """What was kept under a key; None where nothing was, or nothing that can be believed."""
        return self.get_all((key,)).get(key)

    def get_all(self, keys: Collection[str]) -> dict[str, Any]:
        """What was kept under several keys, as far as it is there."""
        found: dict[str, Any] = {}
        for key, value, signature in self._rows(list(keys)):
            with contextlib.suppress(Exception):  # what cannot be read is as if it were not there
                if hmac.compare_digest(signature, self._signed(key, value)):
                    found[key] = pickle.loads(value)  # signed by ourselves
                    self._used.add(key)
        return found

    def put(self, kind: str, key: str, value: object, file: Path | None = None) -> None:
        """Keeps a value from the next `commit` on; `file` is the table that belongs to it."""
        if self.trouble is None and _weight(value) <= _LARGEST:
            data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
            size = len(data) + (file.stat().st_size if file is not None else 0)
            self._new[key] = (kind, data, size, None if file is None else file.name)

    def table(self, key: str) -> Path | None:
        """Where a table may be written; None where nothing can be kept."""
        if self.trouble is not None:
            return None
        try:
            tables = folder.own(folder.made(self._root) / TABLES)
            tables.mkdir(exist_ok=True)
        except OSError as error:
            self._fails(error)
            return None
        return tables / f"{key}.parquet"

    def forget(self) -> None:
        """Keeps nothing of what has been put since the last `commit`."""
        self._new = {}

    def commit(self) -> None:
        """Writes what is new and notes what was used, all or nothing; lets go of what is too much."""
        if self.trouble is not None or not (self._new or self._used):
            return
        now, secret_key = time.time(), self._signed
        rows = [
            (key, kind, data, secret_key(key, data), size, now, file)
            for key, (kind, data, size, file) in self._new.items()
        ]
        try:
            folder.made(self._root)
            connection = self._open()
            with transaction(connection):
                connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
                connection.executemany("UPDATE kept SET used = ? WHERE key = ?", [(now, key) for key in self._used])
                gone = set(_surplus(connection, self._limit))
            self._remove(gone)
            self._new, self._used = {}, set()
        except (sqlite3.Error, Newer, OSError) as error:
            self._fails(error)

    def size(self) -> tuple[int, int]:
        """How many entries there are, and how many bytes they take."""
        if not (self.folder / NAME).exists():
            return 0, 0
        try:
            count, size = self._open().execute("SELECT count(*), coalesce(sum(bytes), 0) FROM kept").fetchone()
        except (sqlite3.Error, Newer):
            return 0, 0
        return int(count), int(size)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _rows(self, keys: list[str]) -> Iterator[tuple[str, bytes, bytes]]:
        if self.trouble is not None or not keys or not (self.folder / NAME).exists():
            return
        try:
            connection = self._open()
            for start in range(0, len(keys), _AT_ONCE):
                some = keys[start : start + _AT_ONCE]
                marks = ", ".join("?" * len(some))
                query = f"SELECT key, value, signature FROM kept WHERE key IN ({marks})"  # only marks are put in
                with closing(connection.execute(query, some)) as cursor:
                    yield from cursor.fetchall()
        except (sqlite3.Error, Newer) as error:
            self._fails(error)

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = opened(self.folder / NAME, MIGRATIONS, durable=False)
        return self._connection

    def _signed(self, key: str, value: bytes) -> bytes:
        return hmac.digest(self._secret or b"", key.encode() + b"\0" + value, "sha256")

    def _fails(self, error: Exception) -> None:
        """A cache that is damaged is made anew; where nothing can be written, nothing is kept."""
        damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
        self.close()
        if damaged:
            with contextlib.suppress(OSError):
                clear(self._root)
                return
        why = reason(error, self.folder / NAME)
        self.trouble = f"nothing is kept for the next run: {folder.NAME} cannot be written: {why}"

    def _remove(self, gone: Collection[str]) -> None:
        known = {row[0] for row in self._open().execute("SELECT file FROM kept WHERE file IS NOT NULL")}
        for path in _tables(self.folder):
            with contextlib.suppress(OSError):
                old = path.name not in known and time.time() - path.lstat().st_mtime > _ORPHANED
                if old or path.name in gone:
                    path.unlink()


def _weight(value: object) -> int:
    """The bytes of the arrays that a value holds, one or two levels down; all else is small."""
    parts = [value, *(vars(value).values() if hasattr(value, "__dict__") else ())]
    parts += [one for part in parts if isinstance(part, list | tuple) and len(part) < _AT_ONCE for one in part]
    return sum(getattr(part, "nbytes", 0) for part in parts)


def clear(root: Path) -> int:
    """Removes the cache of a project, and returns how many bytes that freed; OSError where it cannot be removed."""
    place, freed = folder.own(root / folder.NAME), 0
    files = [place / (NAME + ending) for ending in ("", "-wal", "-shm", "-journal")]
    for path in (*files, *_tables(place)):
        if path.is_file():
            freed += path.lstat().st_size
            path.unlink(missing_ok=True)
    return freed


def _tables(place: Path) -> list[Path]:
    """The tables that lie in the folder, by names that only tables have: another's files are not ours to remove."""
    tables = place / TABLES
    if place.is_symlink() or tables.is_symlink() or not tables.is_dir():
        return []
    return [path for path in tables.iterdir() if _OURS.fullmatch(path.name)]


def _surplus(connection: sqlite3.Connection, limit: int) -> Iterator[str]:
    """Deletes what was used longest ago until the rest is well below the limit; yields the tables of it."""
    (size,) = connection.execute("SELECT coalesce(sum(bytes), 0) FROM kept").fetchone()
    if size <= limit:
        return
    for key, bytes_, file in connection.execute("SELECT key, bytes, file FROM kept ORDER BY used, key").fetchall():
        if size <= limit * _LEFT:
            return
        connection.execute("DELETE FROM kept WHERE key = ?", (key,))
        size -= bytes_
        if file is not None:
            yield file
