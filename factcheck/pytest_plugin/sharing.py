"""What is found once in a run of pytest, however many processes it has."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from factcheck.text.canonical import digest
from factcheck.text.files import write_atomic


class Shared:
    """Values in JSON by kind and key: in a folder that all workers see, or in this process alone."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._found: dict[tuple[str, str], Any] = {}

    def once(self, kind: str, key: str, make: Callable[[], Any]) -> Any:
        """The value under a key. The first that asks makes it, others wait for it; whoever dies making it has none."""
        if (kind, key) not in self._found:
            self._found[kind, key] = make() if self._folder is None else self._first(self._folder, kind, key, make)
        return self._found[kind, key]

    def _first(self, folder: Path, kind: str, key: str, make: Callable[[], Any]) -> Any:
        path = folder / f"{kind}-{digest(key)}.json"
        with path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                write_atomic(path, json.dumps(make()))
            return json.loads(path.read_text(encoding="utf-8"))

    def all(self, kind: str) -> list[Any]:
        """Every value of a kind that has been made, in the order of their keys."""
        if self._folder is None:
            return [value for (one, _), value in sorted(self._found.items(), key=lambda item: item[0]) if one == kind]
        paths = sorted(self._folder.glob(f"{kind}-*.json"))
        return [json.loads(path.read_text(encoding="utf-8")) for path in paths]
