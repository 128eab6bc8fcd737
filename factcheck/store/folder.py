"""The folder `.factcheck/` of a project, which no version control should hold."""

from __future__ import annotations

import errno
from pathlib import Path

from factcheck.text.files import write_atomic

NAME = ".factcheck"
A_LINK = "it is a link, which may lead to other people's files"
_IGNORED = "# What factcheck keeps for itself; delete it whenever you like.\n*\n"


def made(root: Path) -> Path:
    """The folder, made where it is not there yet; OSError where it cannot be."""
    folder = own(root / NAME)
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write_atomic(ignore, _IGNORED)
    return folder


def own(path: Path) -> Path:
    """The path, where it is no link; OSError where it is one.

    A project may come from a stranger, and a link in it lead to the files of whoever checks it.
    """
    if path.is_symlink():
        raise OSError(errno.ELOOP, A_LINK, str(path))
    return path
