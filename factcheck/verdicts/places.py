"""Where a part of the configuration stands, for those who read it without knowing of files."""

from __future__ import annotations

from typing import Protocol

from factcheck.errors import Place


class Placer(Protocol):
    """Where the key at a path of the configuration stands; None where no file says it."""

    def __call__(self, *path: str) -> Place | None: ...


def no_place(*path: str) -> None:
    """A configuration that was not read from a file."""
