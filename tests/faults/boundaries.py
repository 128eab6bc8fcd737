"""Where a program could die: each moment at which it changes something on the disk, counted, and fatal if wished.

Files are watched by Python's audit hook; what that does not tell of (fsync, bytes into a file, statements of SQLite)
is wrapped. Only what lies in the folders that are named counts.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

_CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate", "os.chmod")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Boundaries:
    """Counts the changes in `folders` from `watch` on, writes each into `log`, and kills at number `fatal`."""

    def __init__(self, folders: Sequence[Path], log: Path, fatal: int | None, whole: bool) -> None:
        self._folders = tuple(f"{folder}{os.sep}" for folder in folders)
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        self._fatal, self._whole = fatal, whole
        self._count = 0

    def watch(self) -> None:
        sys.addaudithook(self._heard)
        fsync, fdopen, connect = os.fsync, os.fdopen, sqlite3.connect
        boundaries = self

        def synced(handle: int) -> None:
            boundaries.reached(f"fsync {boundaries.named(handle)}")
            fsync(handle)

        def opened(handle: int, mode: str = "r", *arguments: Any, **options: Any) -> Any:
            file = fdopen(handle, mode, *arguments, **options)
            return _Torn(file, boundaries, boundaries.named(handle)) if mode == "wb" else file

        class Connection(sqlite3.Connection):
            def execute(self, sql: str, *arguments: Any) -> sqlite3.Cursor:  # type: ignore[override]
                boundaries.asked(sql)
                return super().execute(sql, *arguments)

            def executemany(self, sql: str, *arguments: Any) -> sqlite3.Cursor:  # type: ignore[override]
                boundaries.asked(sql)
                return super().executemany(sql, *arguments)

        def connected(*arguments: Any, **options: Any) -> Any:
            return connect(*arguments, **{"factory": Connection, **options})

        os.fsync, os.fdopen, sqlite3.connect = synced, opened, connected  # type: ignore[assignment]

    def reached(self, what: str) -> None:
        """One more boundary, and the end if it is the one. What is given to die with us is logged before."""
        self._count += 1
        os.write(self._log, f"{what}\n".encode())
        if self._count == self._fatal:
            kill(os.getpid(), self._whole)

    def asked(self, sql: str) -> None:
        verb = sql.split()[0].upper()
        if verb != "SELECT":
            self.reached(f"sqlite {' '.join(sql.split()[:3])}")

    def named(self, handle: int) -> str:
        with_links = f"/proc/self/fd/{handle}"
        return _last(os.readlink(with_links)) if os.path.islink(with_links) else str(handle)

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _CHANGES and self._ours(arguments[0]):
            self.reached(f"{event.removeprefix('os.')} {_last(os.fsdecode(arguments[0]))}")
        elif event == "open" and arguments[2] & _WRITING and self._ours(arguments[0]):
            self.reached(f"open {_last(os.fsdecode(arguments[0]))}")

    def _ours(self, path: Any) -> bool:
        return isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith(self._folders)


class _Torn:
    """A file of which half is on the disk when the next boundary is reached."""

    def __init__(self, file: IO[bytes], boundaries: Boundaries, name: str) -> None:
        self._file, self._boundaries, self._name = file, boundaries, name

    def write(self, data: bytes) -> int:
        self._file.write(data[: len(data) // 2])
        self._file.flush()
        self._boundaries.reached(f"write {self._name}")
        self._file.write(data[len(data) // 2 :])
        return len(data)

    def __enter__(self) -> _Torn:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _last(path: str) -> str:
    return os.path.basename(path)


def kill(pid: int, whole: bool) -> None:
    """SIGKILL to a process, with `whole` to all that it began as well. Its own death comes last."""
    for one in [*(reversed(descendants(pid)) if whole else ()), pid]:
        try:
            os.kill(one, signal.SIGKILL)
        except ProcessLookupError:
            continue


def descendants(pid: int) -> list[int]:
    """The processes below one, parents first; Linux alone tells."""
    below: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit() and (state := _state(int(entry))) is not None:
            below.setdefault(state[1], []).append(int(entry))
    found, waiting = [], [pid]
    while waiting:
        ones = below.get(waiting.pop(), [])
        found += ones
        waiting += ones
    return found


def lives(pid: int) -> bool:
    state = _state(pid)
    return state is not None and state[0] != "Z"


def _state(pid: int) -> tuple[str, int] | None:
    """R, S, Z, … and the parent's number; None where there is no such process."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            said = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return said[0], int(said[1])
