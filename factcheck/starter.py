"""`factcheck init`: a small project with real data that `factcheck check` runs at once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

from factcheck.editor import SCHEMAS, schema_file
from factcheck.errors import Problem, SpecError
from factcheck.schemas import known_of, render
from factcheck.text.files import write_atomic


def start(folder: Path) -> list[Path]:
    """Copies the starter project into a folder and returns the paths of its files; never overwrites a file.

    What an earlier copy that was interrupted has written already stays. Raises SpecError where other files stand in
    the way, and OSError, with what it has written removed, where a file cannot be written.
    """
    template = files("factcheck").joinpath("templates", "init")
    with as_file(template) as source:
        wanted = {folder / file.relative_to(source): file.read_bytes() for file in sorted(_files(source))}
        known = known_of(source)
        wanted |= {schema_file(folder, kind): render(kind, known).encode() for kind in SCHEMAS}
    missing = [target for target in wanted if not target.exists()]
    standing = [target for target in wanted if target.exists() and (not missing or not _is(target, wanted[target]))]
    if standing:
        raise SpecError([Problem(f"{path} exists already; nothing was written") for path in standing])
    if folder.exists() and not folder.is_dir():
        raise SpecError(Problem(f"{folder} is a file"))
    _write({target: wanted[target] for target in missing})
    return list(wanted)


def _is(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _write(wanted: dict[Path, bytes]) -> None:
    """All of the files, or none of them and no folder that they alone were to be in."""
    folders = {folder for path in wanted for folder in path.parents if not folder.exists()}
    try:
        for path, content in wanted.items():
            write_atomic(path, content)
    except OSError:
        for path in wanted:
            path.unlink(missing_ok=True)
        for made in sorted(folders, reverse=True):
            with contextlib.suppress(OSError):  # one that was never made
                made.rmdir()
        raise


def _files(folder: Path) -> Iterator[Path]:
    """The files of the template, without what runs of it have left there."""
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith((".", "__")) for part in parts):
            yield path
