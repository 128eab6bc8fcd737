"""The stores of one run, each asked once what it holds: all that is read later is of the versions it had then."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from factcheck.errors import EvidenceError
from factcheck.evidence.stores.address import WILD, path_of, written
from factcheck.evidence.stores.matching import matches
from factcheck.evidence.stores.objects import Object
from factcheck.evidence.stores.patience import Passing, Refused, patiently

if TYPE_CHECKING:
    from factcheck.evidence.stores.objects import Store

T = TypeVar("T")

INSTALL = "install it with `pip install 'factcheck-engine[stores]'`"
_AT_ONCE = 8 << 20  # bytes of one request while an object is copied
_SHOWN = 3
_MARKS = ("_delta_log", ".hoodie")  # folders of tables of which not all files count


class Stores:
    """What was found, by the path that stands for it, and how to read it. Sent to another process, it knows the same.

    A store that could not be reached in spite of all patience is not asked again: what rests on it fails at once.
    """

    def __init__(self) -> None:
        self._found: dict[str, tuple[Path, ...]] = {}
        self._objects: dict[Path, Object] = {}
        self._places: dict[str, str] = {}  # of addresses: where a manifest says them
        self._down: dict[str, str] = {}
        self._copies: dict[tuple[Path, int | None], Path] = {}
        self._made: dict[str, Store] = {}

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "_made": {}, "_copies": {}, "_down": {}}  # connections are those of one process

    def find(self, pattern: str, place: str = "") -> tuple[Path, ...]:
        """The objects that a pattern means, sorted; `place` is where it stands. EvidenceError where there are none."""
        if pattern not in self._found:
            path = path_of(pattern)
            scheme, bucket, key = path.parts[0].removesuffix(":"), path.parts[1], "/".join(path.parts[2:])
            told = self._tried(pattern, place, lambda: self._store(scheme).find(bucket, key))
            wild = WILD.search(key) is not None
            objects = _meant(pattern, key, told, f"{scheme}://{bucket}/", place) if wild else told
            paths = {path_of(one.address): one for one in objects}
            self._objects |= paths
            self._places |= dict.fromkeys((one.address for one in objects), place)
            self._found[pattern] = tuple(sorted(paths))
        return self._found[pattern]

    def object(self, path: Path) -> Object:
        """What was found of the object; it is looked up where it was not."""
        if path not in self._objects:
            self.find(written(path))
        return self._objects[path]

    def part(self, found: Object, start: int, stop: int) -> bytes:
        """Exactly these bytes of exactly this version; EvidenceError where they are not to be had."""
        if stop <= start:
            return b""
        scheme = found.address.partition("://")[0]
        return self._tried(found.address, "", lambda: self._store(scheme).part(found, start, stop))

    def copy(self, path: Path, folder: Path, most: int | None = None) -> Path:
        """A copy of the object, or of its first `most` bytes, in a folder below this one, under its own name."""
        asked = (path, most)
        if asked not in self._copies:
            target = folder / f"object-{len(self._copies)}" / path.name
            target.parent.mkdir(parents=True)
            self._copy(self.object(path), target, most)
            self._copies[asked] = target
        return self._copies[asked]

    @property
    def unreachable(self) -> bool:
        """Whether some store could not be reached in spite of all patience."""
        return bool(self._down)

    def copied(self, path: Path) -> Path | None:
        """The whole copy that was made of an object."""
        return self._copies.get((path, None))

    def sha256(self, path: Path) -> str:
        """The digest of all its bytes, which are read for that."""
        import tempfile

        found, digest = self.object(path), hashlib.sha256()
        if not found.stays:
            with tempfile.TemporaryDirectory() as folder:
                self._copy(found, Path(folder) / "object", None)
                with (Path(folder) / "object").open("rb") as stream:
                    return hashlib.file_digest(stream, "sha256").hexdigest()
        size = found.size or 0
        for start in range(0, size, _AT_ONCE):
            digest.update(self.part(found, start, min(start + _AT_ONCE, size)))
        return digest.hexdigest()

    def _copy(self, found: Object, target: Path, most: int | None) -> None:
        scheme = found.address.partition("://")[0]
        try:
            if not found.stays:
                self._tried(found.address, "", lambda: self._store(scheme).whole(found, target, most))
                return
            size = found.size or 0
            end = size if most is None else min(most, size)
            with target.open("wb") as out:
                for start in range(0, end, _AT_ONCE):
                    out.write(self.part(found, start, min(start + _AT_ONCE, end)))
        except OSError as error:
            raise EvidenceError(f"{found.address} cannot be copied: {error.strerror or error}") from error

    def _store(self, scheme: str) -> Store:
        if scheme not in self._made:
            self._made[scheme] = _opened(scheme)
        return self._made[scheme]

    def _tried(self, address: str, place: str, ask: Callable[[], T]) -> T:
        where = self._places.get(address, place)
        at = f" ({where})" if where else ""
        host = address.partition("://")[2].partition("/")[0] if address.startswith("http") else address[:2]
        if host in self._down:
            raise EvidenceError(f"{address} cannot be read: {self._down[host]}{at}")
        try:
            return patiently(ask)
        except Passing as error:
            self._down[host] = f"{error.why}, however often it was tried"
            raise EvidenceError(f"{address} cannot be read: {self._down[host]}{at}") from error
        except Refused as error:
            raise EvidenceError(f"{address} cannot be read: {error.why}{at}") from error


def _meant(pattern: str, key: str, told: list[Object], start: str, place: str) -> list[Object]:
    """Of the objects that begin like a pattern, those that it means."""
    at = f" ({place})" if place else ""
    keys = {one.address.removeprefix(start): one for one in told}
    if marks := {mark for name in keys for mark in _MARKS if mark in name.split("/")}:
        table = "Delta" if "_delta_log" in marks else "Hudi"
        raise EvidenceError(
            f"{pattern} names files of a {table} table, some of which hold rows that are no longer in it: "
            f"export the table as Parquet, or read it with Spark{at}"
        )
    found = {name: one for name, one in keys.items() if not name.endswith("/") and matches(key, name)}
    if odd := [name for name in found if any(part in ("", ".", "..") for part in name.split("/"))]:
        raise EvidenceError(f"{start}{odd[0]} cannot be told from another by its name: name the objects one by one{at}")
    if not found:
        there = [name for name in sorted(keys) if not name.endswith("/")]
        more = f" and {len(there) - _SHOWN:,} more" if len(there) > _SHOWN else ""
        hint = f"; there are {', '.join(there[:_SHOWN])}{more}" if there else ""
        raise EvidenceError(f"no object matches {pattern}{hint}{at}")
    return list(found.values())


def _opened(scheme: str) -> Store:
    speaks = "urllib3" if scheme.startswith("http") else "botocore"
    if missing := [name for name in ("fsspec", speaks) if find_spec(name) is None]:
        raise EvidenceError(f"addresses of stores need the package {' and '.join(missing)}: {INSTALL}")
    if speaks == "botocore":
        from factcheck.evidence.stores.s3 import S3

        return S3(scheme)
    from factcheck.evidence.stores.https import Https

    return Https(scheme)
