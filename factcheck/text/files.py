"""Files: which YAML files a run reads (none outside the project, sorted), and whole files or none written."""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from factcheck.errors import Problem
from factcheck.text.suggest import did_you_mean

SUFFIXES = (".yaml", ".yml")
UNFINISHED = ".factcheck-tmp"  # how the hidden names of files end that are being written
CONFIG = "factcheck.yaml"


def project_above(folder: Path) -> Path | None:
    """The nearest folder upward that is a project: with factcheck.yaml, claims/ or evidence/ in it."""
    folder = folder.resolve()
    for one in (folder, *folder.parents):
        if (one / CONFIG).is_file() or (one / "claims").is_dir() or (one / "evidence").is_dir():
            return one
    return None


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
    is replaced keeps its permissions; a pipe or a device is not replaced but written to. What runs that were killed
    left unfinished in the folder is removed. Raises OSError, whose `filename` is `path`, where it cannot be written.
    """
    data = text.encode("utf-8") if isinstance(text, str) else text
    target = path.resolve()  # through a link, so that the link itself stays
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target.parent)
        _replace(target, data)
    except OSError as error:  # which may name the temporary file, or none at all
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error
    _settle(target.parent)


def _replace(target: Path, data: bytes) -> None:
    handle, temporary = _unfinished(target)
    with os.fdopen(handle, "wb") as file:  # closed, and no longer locked, after it has taken its name
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            temporary.chmod(_permissions(target))
            temporary.replace(target)
        except BaseException:  # an interrupt, too, must not leave the temporary file behind
            temporary.unlink(missing_ok=True)
            raise


def _unfinished(target: Path) -> tuple[int, Path]:
    """A new temporary file beside the target, locked for as long as we live and have it open."""
    while True:
        # In a name of 255 bytes there is room for so many letters of up to four bytes.
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:50]}.", suffix=UNFINISHED)
        with contextlib.suppress(OSError):  # some file systems know no locks; `_sweep` then removes nothing
            fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:  # another process may have swept it away before it was locked
            return handle, Path(name)
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Removes the temporary files of runs that are dead: nobody holds their lock."""
    try:
        names = os.listdir(folder)
    except OSError:  # a folder that may be written to need not be read
        return
    for name in names:
        if not (name.startswith(".") and name.endswith(UNFINISHED)):
            continue
        with contextlib.suppress(OSError):
            handle = os.open(folder / name, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.unlink(folder / name)
            finally:
                os.close(handle)


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
