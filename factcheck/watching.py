"""Doing something anew whenever a file of the project changes, until Ctrl-C."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NoReturn

import click

from factcheck.console import told

_YAML = (".yaml", ".yml")
_FOLDERS = ("evidence", "templates")  # whose every file matters
# In milliseconds. Programs save in steps: a round begins when nothing has changed for a while.
_LOOK_EVERY, _QUIET, _LONGEST = 200, 100, 1_600
_NAMED = 3  # files that a line names


def keep(once: Callable[[], object], root: Path, ignored: Iterable[Path]) -> NoReturn:
    """Runs `once` now and after every change in the project; Ctrl-C ends it.

    ignored: files and folders that `once` itself writes. An error in a file, half saved perhaps, is told, and
    watching goes on.
    """
    from watchfiles import watch

    changes = watch(
        *_folders(root),
        watch_filter=_Relevant(root, [path.absolute() for path in ignored]),
        step=_QUIET,
        debounce=_LONGEST,
        rust_timeout=_LOOK_EVERY,
        yield_on_timeout=True,
    )
    next(changes)  # watches from here on, so that nothing that changes during the first round is missed
    while True:
        told(once)
        click.echo("watching for changes; Ctrl-C ends", err=True)
        names = _names(next(found for found in changes if found), root)
        click.echo(f"\n{time.strftime('%H:%M:%S')} changed: {names}", err=True)


def _folders(root: Path) -> list[Path]:
    """The project and the folders outside it that its configuration opens for data, as far as they are there."""
    from factcheck.claims.config import read_config

    config, _ = read_config(root)
    outside = [(root / one).resolve() for one in config.config.evidence_roots]
    return [root, *(folder for folder in outside if folder.is_dir() and not folder.is_relative_to(root))]


class _Relevant:
    """Whether a changed file can change a report: YAML anywhere, everything in evidence/ and templates/."""

    def __init__(self, root: Path, ignored: Sequence[Path]) -> None:
        self.root = root
        self.ignored = ignored

    def __call__(self, _: object, name: str) -> bool:
        path = Path(name)
        if any(path.is_relative_to(one) for one in self.ignored) or path.name.endswith("~"):
            return False
        if not path.is_relative_to(self.root):
            return not path.name.startswith(".")
        parts = path.relative_to(self.root).parts
        if any(part.startswith((".", "#")) for part in parts):
            return False
        return path.suffix in _YAML or (bool(parts) and parts[0] in _FOLDERS)


def _names(changes: Iterable[tuple[object, str]], root: Path) -> str:
    """The files that changed, in the project's own names; of many the first."""
    from factcheck.text.files import shown

    names = sorted({shown(Path(path), root) for _, path in changes})
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
