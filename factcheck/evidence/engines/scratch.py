"""A folder that goes with an engine."""

from __future__ import annotations

import tempfile
from pathlib import Path

from factcheck.leaving import TEMPORARY


class Scratch:
    """A folder for what does not fit into memory and for decoded copies of files; `close` removes it."""

    def __init__(self, parent: str | Path | None) -> None:
        if parent is not None:
            Path(parent).mkdir(parents=True, exist_ok=True)
        self._folder = tempfile.TemporaryDirectory(prefix="factcheck-", dir=parent, ignore_cleanup_errors=True)
        self.path = Path(self._folder.name)
        TEMPORARY.add(self.path)

    def close(self) -> None:
        self._folder.cleanup()
        TEMPORARY.discard(self.path)
