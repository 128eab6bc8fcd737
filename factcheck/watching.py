"""Doing something anew whenever a file of the project changes, until Ctrl-C."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from factcheck.console import told
from factcheck.running import Untouched

if TYPE_CHECKING:
    from factcheck.evidence.prints import Prints
    from factcheck.project import Project
    from factcheck.reports.run import Run

_YAML = (".yaml", ".yml")
_FOLDERS = ("evidence", "templates")  # whose every file matters
# In milliseconds. Programs save in steps: a round begins when nothing has changed for a while.
_LOOK_EVERY, _QUIET, _LONGEST = 200, 100, 1_600
_NAMED = 3  # files that a line names


Changed = frozenset[Path]


def keep(once: Callable[[Changed | None], object], root: Path, ignored: Iterable[Path] = ()) -> NoReturn:
    """Runs `once` now and after every change in the project, with the files that changed; Ctrl-C ends it.

    ignored: files and folders that `once` itself writes. An error in a file, half saved perhaps, is told, and
    watching goes on; what changed then is handed over again with the next change.
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
    open_changes: Changed | None = None  # None: all is to be done
    while True:
        if told(partial(_touching, once, open_changes)):
            open_changes = frozenset()
        click.echo("watching for changes; Ctrl-C ends", err=True)
        found = next(found for found in changes if found)
        click.echo(f"\n{time.strftime('%H:%M:%S')} changed: {_names(found, root)}", err=True)
        if open_changes is not None:
            open_changes |= {Path(path) for _, path in found}


def _touching(once: Callable[[Changed | None], object], changed: Changed | None) -> None:
    try:
        once(changed)
    except Untouched:
        click.echo("no claim is touched", err=True)


class Rounds:
    """What the rounds so far have found of each claim, so that the next can tell what is another now."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, str]] | None = None

    def moved(self, run: Run) -> list[str]:
        """A line for each claim whose verdict or figure is not that of the last round it was in; none at first."""
        from factcheck.reports.amounts import found_text
        from factcheck.reports.escape import plain
        from factcheck.reports.words import outcome_words

        now = {one.id: (outcome_words(one.outcome).word.lower(), plain(found_text(one))) for one in run.verdicts}
        before, self._found = self._found, {**(self._found or {}), **now}
        if before is None:
            return []
        lines = [_moved(plain(id), before.get(id), found) for id, found in now.items() if before.get(id) != found]
        return ["since the last round:", *lines] if lines else ["since the last round no verdict has changed"]


def _moved(id: str, was: tuple[str, str] | None, now: tuple[str, str]) -> str:
    if was is None:
        return f"  {id} is new: {now[0]}, {now[1]}"
    if was[0] == now[0]:
        return f"  {id} is still {now[0]}: {now[1]}, was {was[1]}"
    figures = f": {now[1]}, was {was[1]}" if was[1] != now[1] and "–" not in (was[1], now[1]) else ""
    return f"  {id} is {now[0]}, was {was[0]}{figures}"


def concerned(changed: Changed, paths: Sequence[Path], root: Path) -> Changed:
    """The files that changed, without claim files that a call for certain `paths` does not read."""
    if not paths:
        return changed
    named = [Path(os.path.realpath(path)) for path in paths]
    claims = Path(os.path.realpath(root / "claims"))
    real = {path: Path(os.path.realpath(path)) for path in changed}
    others = {path for path, one in real.items() if one.is_relative_to(claims) and one.suffix in _YAML}
    return frozenset(path for path in changed if path not in others or any(real[path].is_relative_to(n) for n in named))


def touched(project: Project, changed: Changed) -> frozenset[str] | None:
    """The ids of the claims that a change in some files can touch; None where that may be any of them.

    A claim is touched by its file, by the manifests of its datasets, and by their files; the rest of the project (its
    configuration, a template) touches all.
    """
    from factcheck.cases.docket import lay_out
    from factcheck.evidence.ingest.places import Ground
    from factcheck.evidence.prints import Prints

    if any(problem.severity == "error" for problem in project.problems):
        return None  # a claim that cannot be read is not among the claims
    left = {Path(os.path.realpath(path)) for path in changed}
    files = {Path(os.path.realpath(project.root / claim.file)) for claim in project.claims}
    ids = {claim.id for claim in project.claims if Path(os.path.realpath(project.root / claim.file)) in left}
    left -= files
    if not left:
        return frozenset(ids)
    prints = Prints(project.manifests, Ground(project.root.resolve(), project.roots))
    sources: dict[Path, set[str]] = {}
    for name, manifest in project.manifests.items():
        mine = {path for one in _behind(name, prints) for path in prints.paths(one)}
        manifests = {project.root / project.manifests[one].file for one in _behind(name, prints)}
        for path in (*mine, *manifests, project.root / manifest.file):
            sources.setdefault(Path(os.path.realpath(path)), set()).add(name)
    # What is there and belongs to no dataset touches nothing; what has gone may have belonged to any.
    left = {path for path in left if path in sources or not path.is_file() or not _is_data(path, project.root)}
    if not left <= sources.keys():
        return None
    names = {name for path in left for name in sources[path]}
    dockets, _ = lay_out(project.claims, {*project.manifests})
    return frozenset(ids | {docket.source.id for docket in dockets if docket.needs & names})


def _is_data(path: Path, root: Path) -> bool:
    return path.suffix not in _YAML and path.is_relative_to(os.path.realpath(root / "evidence"))


def _behind(name: str, prints: Prints) -> set[str]:
    """A dataset and all that its query reads, however far."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += prints.reads(one)
    return seen


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
