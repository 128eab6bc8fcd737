"""Which files a manifest means, and whether it may: inside the project or a root that its owner has opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from factcheck.errors import EvidenceError
from factcheck.evidence.formats import names_of_formats
from factcheck.evidence.formats.files import ending
from factcheck.evidence.formats.foreign import foreign_names
from factcheck.evidence.stores.address import is_address, is_object, path_of, written
from factcheck.evidence.stores.stores import Stores
from factcheck.text.suggest import near

_LONGEST = 255  # bytes of a file's name on common file systems; a longer one is an error of the system itself


class Forbidden(Exception):
    """A path leads out of the project and its roots."""


@dataclass(frozen=True)
class Ground:
    """Where files may lie: the project, and the `evidence_roots` of its configuration.

    `stores` is what was found in those of the roots that are stores.
    """

    project: Path
    roots: tuple[Path, ...] = ()
    stores: Stores = field(default_factory=Stores, compare=False, repr=False)

    @property
    def opens_stores(self) -> bool:
        return any(map(is_object, self.roots))

    def holds(self, path: Path) -> bool:
        """True where the path, its links followed, lies inside."""
        if is_object(path):
            return any(path.is_relative_to(root) for root in self.roots if is_object(root))
        real = Path(os.path.realpath(path))
        folders = (self.project, *(root for root in self.roots if not is_object(root)))
        return any(real.is_relative_to(os.path.realpath(root)) for root in folders)

    def show(self, path: Path) -> str:
        """The path as people know it: relative to the project, where the two share a folder.

        What is printed and pinned of a root beside the project then holds on another computer too.
        """
        if is_object(path):
            return written(path)
        if os.path.commonpath((path, self.project)) == path.anchor:
            return path.as_posix()
        return Path(os.path.relpath(path, self.project)).as_posix()

    def size(self, path: Path) -> int:
        """The bytes of a file or object; 0 where a store does not say."""
        return self.stores.object(path).size or 0 if is_object(path) else path.stat().st_size

    def plainly(self, message: str) -> str:
        """A message with the paths in it as people know them."""
        return message.replace(f"{self.project}{os.sep}", "")


def resolve(
    patterns: Sequence[str], folder: Path, ground: Ground, places: Sequence[str] = ()
) -> tuple[Path, ...]:
    """The files that `patterns` name, sorted; a pattern without a file is an error that names what is there.

    `places` says where each pattern stands, for what is only found wrong with an object when it is read.
    """
    found: dict[Path, None] = {}
    for number, pattern in enumerate(patterns):
        if is_address(pattern):
            found |= dict.fromkeys(_objects(pattern, ground, places[number] if places else ""))
            continue
        matches = sorted(_matches(pattern, folder))
        if not matches:
            raise _absent(pattern, folder, ground)
        for path in matches:
            _check(path, pattern, ground)
            found[path] = None
    return tuple(found)


def _objects(pattern: str, ground: Ground, place: str) -> tuple[Path, ...]:
    """The objects of a store; none is asked that nobody opened."""
    if not ground.holds(_fixed(path_of(pattern))):
        raise Forbidden(
            f"'{pattern}' lies in no store that is open; name what it lies in under evidence_roots in factcheck.yaml, "
            f"if you trust it: {written(_above(path_of(pattern)))}/"
        )
    return ground.stores.find(pattern, place)


def _matches(pattern: str, folder: Path) -> Iterable[Path]:
    if "\0" in pattern or any(len(part.encode()) > _LONGEST for part in pattern.split("/")):
        raise LookupError(f"no file can have this name: '{pattern[:60]!s}'".replace("\0", "\\0"))
    path = Path(os.path.normpath(folder / pattern))
    if path.exists() or path.is_symlink() or not any(c in pattern for c in "*?["):
        return [path] if path.exists() or path.is_symlink() else []
    # Globbing from the part without wildcards keeps a pattern from walking more than it names.
    parts = path.parts
    first = next(i for i, part in enumerate(parts) if any(c in part for c in "*?["))
    base = Path(*parts[:first])
    hits = base.glob(str(Path(*parts[first:]))) if base.is_dir() else iter(())
    return [hit for hit in hits if not hit.is_dir()]


def _check(path: Path, pattern: str, ground: Ground) -> None:
    if not ground.holds(path):
        raise Forbidden(
            f"'{pattern}' leads out of the project; name its folder under evidence_roots in factcheck.yaml to allow it"
        )
    shown = ground.show(path)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise EvidenceError(f"{shown} cannot be read: {error.strerror}") from error
    if stat.S_ISDIR(mode):
        raise EvidenceError(f"{shown} is a folder, not a file; for all its files write {pattern.rstrip('/')}/*.csv")
    if not stat.S_ISREG(mode):
        raise EvidenceError(f"{shown} is not an ordinary file")
    if not os.access(path, os.R_OK):
        raise EvidenceError(f"{shown} cannot be read: permission denied")


def _absent(pattern: str, folder: Path, ground: Ground) -> Exception:
    path = Path(os.path.normpath(folder / pattern))
    if not ground.holds(path if not any(c in pattern for c in "*?[") else _fixed(path)):
        return Forbidden(
            f"'{pattern}' leads out of the project; name its folder under evidence_roots in factcheck.yaml to allow it"
        )
    parent = path.parent
    there = sorted(entry.name for entry in parent.iterdir()) if parent.is_dir() else []
    alike = near(path.name, there)
    hint = f"; did you mean {' or '.join(repr(name) for name in alike)}?" if alike else ""
    where = ground.show(path)
    if any(c in pattern for c in "*?["):
        return EvidenceError(f"no file matches {where}{hint}")
    return EvidenceError(f"{where} does not exist{hint}")


def _above(path: Path) -> Path:
    fixed = _fixed(path)
    return fixed.parent if fixed == path else fixed


def _fixed(path: Path) -> Path:
    """The part of a pattern before its first wildcard."""
    parts = path.parts
    first = next((i for i, part in enumerate(parts) if any(c in part for c in "*?[")), len(parts))
    return Path(*parts[:first])


def format_of(stated: str | None, files: Sequence[Path], shown: str) -> str:
    """The format that is stated, or that the file's name ends with."""
    if stated is not None:
        known = names_of_formats()
        if stated.lower() in known or stated.lower() in (known := [*known, *foreign_names()]):
            return stated.lower()
        alike = near(stated, known)
        hint = f"; did you mean {alike[0]}?" if alike else f"; known are {', '.join(sorted(known))}"
        raise LookupError(f"unknown format '{stated}'{hint}")
    endings = {ending(path) for path in files}
    if len(endings) > 1:
        raise LookupError(f"the files are of different formats ({', '.join(sorted(endings))}); state one with 'format'")
    (found,) = endings
    if found not in names_of_formats():
        raise LookupError(f"the format of {shown} is not known by its name; state it with 'format', for example csv")
    return found
