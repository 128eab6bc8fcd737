"""Objects as files of the engine: DuckDB asks this file system for the parts that a query needs, and for no others.

DuckDB reads stores by an extension that has to match its version and is downloaded; here none ever is. A file system
of fsspec's kind needs none, works in a sealed engine under `allowed_paths`, and lets us say of every part which version
of the object it must come from.
"""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from factcheck.errors import EvidenceError
from factcheck.evidence.stores.address import SCHEMES
from factcheck.evidence.stores.objects import Object, unpinned
from factcheck.evidence.stores.stores import Stores

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB

_WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)  # the address holds the version: what has one address never changes


class Faults:
    """What went wrong while the engine read, in words: the engine itself tells only that Python failed."""

    def __init__(self) -> None:
        self._first: str | None = None

    def add(self, message: str) -> None:
        self._first = self._first or message

    def take(self) -> str | None:
        """The first one since it was last asked."""
        found, self._first = self._first, None
        return found


def mount(engine: DuckDB, stores: Stores) -> None:
    """Lets the engine read what the pinned addresses of objects mean.

    Where a package for that is missing it does nothing: `Stores` then says so of the first object that is looked for.
    """
    if find_spec("fsspec") is None:
        return
    faults = Faults()
    engine.mount(_filesystem(stores, faults), faults.take)


def _filesystem(stores: Stores, faults: Faults) -> Any:
    base: Any = import_module("fsspec.spec").AbstractFileSystem

    class Front(base):  # type: ignore[misc]  # fsspec has no types
        protocol = (*SCHEMES, "http")
        cachable = False

        def glob(self, path: str, **_: Any) -> list[str]:
            return [path]

        def unstrip_protocol(self, path: str) -> str:
            return path

        def info(self, path: str, **_: Any) -> dict[str, Any]:
            return {"name": path, "size": _object(path).size, "type": "file"}

        def size(self, path: str) -> int | None:
            return _object(path).size

        def modified(self, _: str) -> datetime:
            return _WRITTEN

        def open(self, path: str, mode: str = "rb", **_: Any) -> Handle:
            if mode not in ("rb", "r"):
                raise OSError("nothing is written into a store")
            return Handle(_object(path), stores, faults)

    return Front()


def _object(path: str) -> Object:
    try:
        return unpinned(path)
    except LookupError as error:
        raise OSError("only versions that were found are read") from error


class Handle:
    """An open object."""

    def __init__(self, found: Object, stores: Stores, faults: Faults) -> None:
        self._object, self._stores, self._faults = found, stores, faults
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        end = self._object.size or 0
        stop = end if size < 0 else min(end, self._at + size)
        try:
            data = self._stores.part(self._object, self._at, stop)
        except EvidenceError as error:
            self._faults.add(error.message)
            raise OSError("the object cannot be read") from error
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self._object.size or 0)[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def seekable(self) -> bool:
        return True

    def flush(self) -> None:
        """Nothing is written."""

    def close(self) -> None:
        """Nothing is held open."""
