"""Fingerprints of datasets: of the contents of their files and of what their manifests say, never of time stamps."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from factcheck.errors import EvidenceError
from factcheck.evidence.ingest.faults import ManifestFault
from factcheck.evidence.ingest.manifests import locate
from factcheck.evidence.ingest.pin import sha256
from factcheck.evidence.ingest.places import Ground
from factcheck.evidence.ingest.queries import named
from factcheck.evidence.manifest import ManifestSource
from factcheck.evidence.stores.address import is_object
from factcheck.evidence.stores.stores import Stores
from factcheck.text.canonical import digest

# What a database keeps beside its file until it writes it in.
_BESIDE = ("-wal", "-journal", ".wal")
# Of a manifest: what no verdict rests on, and the pins, which a desk renews with the file that they belong to.
_ABOUT = frozenset({"title", "source", "licence", "sha256"})


@dataclass(frozen=True)
class Print:
    """What a dataset was made from.

    content: the sha256 of its file as `sha256sum` has it; of several files, or of a query over other datasets, that of
    the list of theirs. An object of a store counts with a digest of what the store says of its version. None where the
    rows lie in no file (a database server, a DataFrame), or where a store tells no version.
    described: the sha256 of what its manifest says.
    """

    content: str | None
    described: str
    files: Mapping[str, str] = field(default_factory=dict)  # by the name that people know: the sha256
    bytes: int = 0  # that were read for it


class Prints:
    """Takes the fingerprints of a project's datasets, each file once."""

    def __init__(self, sources: Mapping[str, ManifestSource], ground: Ground, frames: Collection[str] = ()) -> None:
        self._sources = sources
        self._ground = ground
        self._frames = frames
        self._files: dict[Path, str] = {}
        self._found: dict[str, Print | None] = {}
        self._reads: dict[str, tuple[str, ...]] = {}

    def of(self, name: str) -> Print | None:
        """The fingerprint of a dataset; None where its files cannot be read or it is in memory."""
        if name not in self._found:
            self._found[name] = None  # a query that leads back to itself has none
            self._found[name] = self._taken(name)
        return self._found[name]

    def of_all(self, names: Collection[str]) -> dict[str, Print]:
        """Those of several datasets, as far as they have one; their files are read side by side."""
        wanted = {path for name in names for path in self.paths(name)} - self._files.keys()
        self._files |= {path: found for path, found in _all_marked(wanted, self._ground).items() if found is not None}
        return {name: found for name in sorted(names) if (found := self.of(name)) is not None}

    def changed(self, names: Iterable[str]) -> list[str]:
        """The files of some datasets that are others now than when their digest was taken, as people know them.

        Raises EvidenceError where a store can no longer be asked.
        """
        now = replace(self._ground, stores=Stores())  # stores are asked anew
        names = [name for name in names if self._lies_in_files(name)]
        mine = {path for name in names for path in self.paths(name, now)}
        paths = [path for path in self._files if path in mine or not (is_object(path) or path.is_file())]
        came = mine - self._files.keys()  # under a pattern, after its files were looked up
        if now.stores.unreachable:
            raise EvidenceError("a store can no longer be asked whether its objects are the same")
        changed = {path for path, mark in _all_marked(paths, now).items() if mark != self._files[path]}
        gone = {path for name in names for path in self.paths(name) if is_object(path)} - mine
        return sorted(map(self._ground.show, changed | came | gone))

    def _lies_in_files(self, name: str) -> bool:
        found = self._found.get(name)
        return found is not None and found.content is not None

    def reads(self, name: str) -> tuple[str, ...]:
        """The datasets that a dataset's query reads."""
        if name not in self._reads:
            self._reads[name] = self._named(name)
        return self._reads[name]

    def _named(self, name: str) -> tuple[str, ...]:
        source = self._sources.get(name)
        if source is None or source.model.query is None:
            return ()
        try:
            return tuple(named(source, {*self._sources, *self._frames}))
        except (ManifestFault, EvidenceError):
            return ()

    def _taken(self, name: str) -> Print | None:
        source = self._sources.get(name)
        if source is None or name in self._frames:
            return None
        described = digest(said(source))
        if source.model.query is not None:
            return self._of_query(name, described)
        if source.model.connection is not None or source.model.in_catalogue:
            return Print(None, described)
        try:
            paths, _ = locate(source, self._ground)
        except (ManifestFault, EvidenceError, OSError):
            return None
        files = {}
        for path in _with_companions(paths):
            found = self._files.get(path) or _marked(path, self._ground)
            if found is None:
                return Print(None, described) if is_object(path) else None
            files[self._ground.show(path)] = self._files[path] = found
        size = sum(self._ground.size(path) for path in paths)
        return Print(_together(files), described, files, size)

    def _of_query(self, name: str, described: str) -> Print | None:
        inputs = {one: self.of(one) for one in self.reads(name)}
        known = {one: found for one, found in inputs.items() if found is not None}
        if not inputs or len(known) < len(inputs):
            return None
        files = {path: found for one in known.values() for path, found in one.files.items()}
        size = sum(one.bytes for one in known.values())
        if any(one.content is None for one in known.values()):
            return Print(None, described, files, size)
        made = digest({one: [found.content, found.described] for one, found in known.items()})
        return Print(made, described, files, size)

    def paths(self, name: str, ground: Ground | None = None, seen: frozenset[str] = frozenset()) -> set[Path]:
        """All the files and objects that a dataset is read from; `ground` looks in other stores than those known."""
        ground = ground or self._ground
        source = self._sources.get(name)
        if source is None or name in self._frames or name in seen:
            return set()
        if source.model.query is not None:
            return {path for one in self.reads(name) for path in self.paths(one, ground, seen | {name})}
        if not source.model.files:
            return set()
        try:
            return set(_with_companions(locate(source, ground)[0]))
        except (ManifestFault, EvidenceError, OSError):
            return set()


def said(source: ManifestSource) -> dict[str, Any]:
    """What a manifest says that a verdict may rest on, as plain values."""
    model = source.model.model_dump(exclude_unset=True, exclude=set(_ABOUT))
    return {**model, "part": source.part}


def _with_companions(paths: Collection[Path]) -> list[Path]:
    files = [path for path in paths if not is_object(path)]
    beside = [path.with_name(path.name + ending) for path in files for ending in _BESIDE]
    return [*paths, *(path for path in beside if path.is_file())]


def _all_marked(paths: Iterable[Path], ground: Ground) -> dict[Path, str | None]:
    """What identifies the contents of each; None where nothing does, or where it cannot be read."""
    paths = list(paths)
    with ThreadPoolExecutor() as pool:  # hashing lets go of the interpreter
        found = dict(pool.map(_hashed, (path for path in paths if not is_object(path))))
    return found | {path: _marked(path, ground) for path in paths if is_object(path)}


def _marked(path: Path, ground: Ground) -> str | None:
    if not is_object(path):
        return _hashed(path)[1]
    try:
        return ground.stores.object(path).identity
    except EvidenceError:
        return None


def _hashed(path: Path) -> tuple[Path, str | None]:
    try:
        return path, sha256(path)
    except EvidenceError:
        return path, None


def _together(files: Mapping[str, str]) -> str:
    if len(files) == 1:
        return next(iter(files.values()))
    listed = "".join(f"{found}  {path}\n" for path, found in sorted(files.items()))
    return hashlib.sha256(listed.encode("utf-8", "surrogateescape")).hexdigest()
