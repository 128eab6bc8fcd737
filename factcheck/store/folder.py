"""The folder `.factcheck/` of a project, which no version control should hold."""

from __future__ import annotations

from pathlib import Path

from factcheck.text.files import write_atomic

NAME = ".factcheck"
_IGNORED = "# What factcheck keeps for itself; delete it whenever you like.\n*\n"


def made(root: Path) -> Path:
    """The folder, made where it is not there yet; OSError where it cannot be."""
    folder = root / NAME
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write_atomic(ignore, _IGNORED)
    return folder
