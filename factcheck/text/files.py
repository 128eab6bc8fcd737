"""Files: which YAML files a run reads (none outside the project, sorted), and whole files or none written."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from factcheck.errors import Problem
from factcheck.text.suggest import did_you_mean

SUFFIXES = (".yaml", ".yml")


def yaml_files(paths: Iterable[Path], root: Path) -> tuple[list[tuple[Path, str]], list[Problem]]:
    """Each YAML file once, with its name relative to the project `root`, sorted by name; folders are searched.

    A file given by name is read whatever it is called. Names with a dot before them are left out of folders.
    """
    real_root = root.resolve()
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in paths:
        path = path if path.is_absolute() else root / path
        if not path.exists():
            problems.append(_absent(path, root))
        for file in _expand(path):
            name = shown(file, root)
            if not file.resolve().is_relative_to(real_root):
                problems.append(Problem(f"{name} leads out of the project", hint=f"to {file.resolve()}"))
            elif not file.is_file():
                problems.append(Problem(f"{name} is not a file"))
            else:
                files[name] = file
    return [(files[name], name) for name in sorted(files)], problems


def shown(path: Path, root: Path) -> str:
    """A path as it is shown: relative to the project, with forward slashes."""
    for base, inner in ((root, path), (root.resolve(), Path(os.path.abspath(path)))):
        if inner.is_relative_to(base):
            return inner.relative_to(base).as_posix()
    return Path(os.path.relpath(path, root)).as_posix()


def _expand(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        if path.exists():
            yield path
        return
    for folder, folders, names in os.walk(path):  # does not follow links to folders, so no loops
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(SUFFIXES) and not name.startswith("."):
                yield Path(folder, name)


def _absent(path: Path, root: Path) -> Problem:
    name = shown(path, root)
    if path.is_symlink():
        return Problem(f"{name} is a link to something that does not exist")
    try:
        siblings = sorted(os.listdir(path.parent))
    except OSError:
        siblings = []
    return Problem(f"{name} does not exist", hint=did_you_mean(path.name, siblings))


def write_atomic(path: Path, text: str | bytes) -> None:
    """Writes a whole file or nothing: a killed run leaves the old file or the new one, never half of it.

    The text goes to a temporary file beside the target, to the disk, and then takes the target's name. A file that
    is replaced keeps its permissions. Raises OSError where the folder cannot be written to.
    """
    data = text.encode("utf-8") if isinstance(text, str) else text
    target = path.resolve()  # through a link, so that the link itself stays
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_permissions(target))
        temporary.replace(target)
    except BaseException:  # an interrupt, too, must not leave the temporary file behind
        temporary.unlink(missing_ok=True)
        raise
    _settle(target.parent)


def _permissions(target: Path) -> int:
    """Those of the file that is replaced, else those that a new file would get."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _settle(folder: Path) -> None:
    """Brings the new name to the disk; some file systems cannot, and then nothing more can be done."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
