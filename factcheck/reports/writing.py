"""Reports as files: all of them made before the first is written, and no picture left behind that no report shows."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from factcheck.errors import Problem, SpecError
from factcheck.reports.dossier import Dossier, File
from factcheck.reports.outdated import listed, remove

PAGE, PICTURE = ".md", ".svg"
CRATE = "ro-crate-metadata.json"  # what stands for a whole archive
_MARK = b'aria-labelledby="picture-title picture-desc"'  # how `pictures.svg` begins a file of its own
_HEAD = 400  # bytes of a file in which the mark stands


@dataclass(frozen=True)
class Written:
    """What was written: the files in their order, and pictures that were removed since no report shows them now."""

    files: tuple[Path, ...]
    removed: tuple[Path, ...] = ()

    def reports(self) -> list[tuple[Path, int]]:
        """The files that a person would open; a page in Markdown with the number of its pictures beside it."""
        pictures = Counter(path.parent for path in self.files if path.suffix == PICTURE)
        archives = {path.parent for path in self.files if path.name == CRATE}
        return [
            (path, pictures[path.with_suffix("")] if path.suffix == PAGE else 0)
            for path in self.files
            if path.suffix != PICTURE and (path.name == CRATE or archives.isdisjoint(path.parents))
        ]


def distinct(dossiers: Sequence[Dossier]) -> None:
    """SpecError where two claim files would have one report: the second would overwrite the first."""
    owners: dict[str, str] = {}
    for dossier in dossiers:
        file = dossier.verdicts[0].file
        other = owners.setdefault(str(dossier.path).casefold(), file)  # some file systems know no capitals
        if other != file:
            raise SpecError(Problem(f"{other} and {file} would have the same report", hint="give one another name"))


def written(files: Sequence[File], folder: Path) -> Written:
    """Writes files into a folder, each whole or not at all; OSError where that cannot be.

    Whenever it is interrupted, no page shows a picture that is not there, and what is left of an earlier report is
    still known to be: pictures come before pages, what nothing shows goes after them, and the list of an archive,
    by which its leftovers are known, comes last.
    """
    from factcheck.text.files import write_atomic

    crates = [file for file in files if file.path.name == CRATE]
    for file in sorted((file for file in files if file.path.name != CRATE), key=_is_page):
        write_atomic(folder / file.path, file.content)
    removed = _removed(files, folder)
    for crate in crates:
        home = crate.path.parent
        inside = {file.path.relative_to(home) for file in files if file.path.is_relative_to(home)}
        removed += remove(folder / home, listed(folder / crate.path), inside)
        write_atomic(folder / crate.path, crate.content)
    return Written(tuple(folder / file.path for file in files), tuple(removed))


def _is_page(file: File) -> bool:
    return file.path.suffix in (PAGE, ".html")


def _removed(files: Sequence[File], folder: Path) -> list[Path]:
    """Pictures that factcheck drew for claims that are gone from a report; what anybody else put there stays."""
    kept = {file.path for file in files}
    removed = []
    for owner in (file.path for file in files if file.path.suffix == PAGE):
        for path in sorted((folder / owner.with_suffix("")).glob(f"*{PICTURE}")):
            if PurePosixPath(path.relative_to(folder)) not in kept and _ours(path):
                path.unlink()
                removed.append(path)
    for parent in {path.parent for path in removed}:
        with contextlib.suppress(OSError):  # not empty
            parent.rmdir()
    return removed


def _ours(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return _MARK in file.read(_HEAD)
