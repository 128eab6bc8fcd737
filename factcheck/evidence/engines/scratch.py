"""A folder that goes with an engine."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import stat
import tempfile
from pathlib import Path

from factcheck.leaving import TEMPORARY

_PREFIX, _SUFFIX = "factcheck-", ".scratch"
_NAME = re.compile(rf"{_PREFIX}[a-z0-9_]{{8}}\{_SUFFIX}")  # as `tempfile` makes them


class Scratch:
    """A folder for what does not fit into memory and for decoded copies of files; `close` removes it.

    It is locked while it is in use. Those of processes that were killed are removed when the next one is made.
    """

    def __init__(self, parent: str | Path | None) -> None:
        if parent is not None:
            Path(parent).mkdir(parents=True, exist_ok=True)
        _sweep(Path(parent if parent is not None else tempfile.gettempdir()))
        self._folder, self._lock = _locked(parent)
        self.path = Path(self._folder.name)
        TEMPORARY.add(self.path)

    def close(self) -> None:
        self._folder.cleanup()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        TEMPORARY.discard(self.path)


def _locked(parent: str | Path | None) -> tuple[tempfile.TemporaryDirectory[str], int | None]:
    """A new folder, and what holds its lock, where the file system knows locks; None where it cannot be opened."""
    while True:
        folder = tempfile.TemporaryDirectory(_SUFFIX, _PREFIX, parent, ignore_cleanup_errors=True)
        handle = None
        with contextlib.suppress(OSError):
            handle = os.open(folder.name, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(handle, fcntl.LOCK_EX)
        if os.path.exists(folder.name):  # else another process swept it away before it was locked
            return folder, handle
        if handle is not None:
            os.close(handle)
        folder.cleanup()


def _sweep(parent: Path) -> None:
    """Removes the folders of this user whose lock nobody holds."""
    try:
        names = [name for name in os.listdir(parent) if _NAME.fullmatch(name)]
    except OSError:
        return
    for name in names:
        with contextlib.suppress(OSError):
            handle = os.open(parent / name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if (found := os.fstat(handle)).st_uid == os.getuid() and stat.S_IMODE(found.st_mode) == 0o700:
                    shutil.rmtree(parent / name, ignore_errors=True)
            finally:
                os.close(handle)
