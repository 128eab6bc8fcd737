"""Which claims `factcheck validate` looks at: those of the files named, and those that a manifest named touches."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck import running, watching

if TYPE_CHECKING:
    from factcheck.errors import Problem
    from factcheck.project import Project

Found = tuple[int, tuple["Problem", ...]]  # how many claims are well formed, and the warnings


def validated(folder: Path | None, paths: tuple[Path, ...], select: str | None) -> Found:
    """Checks all that needs no rows, of one project or of those that the paths lie in; SpecError with all errors."""
    from factcheck.errors import SpecError

    count = 0
    warnings: list[Problem] = []
    errors: list[Problem] = []
    for root, mine in _projects(folder, paths).items():
        try:
            found, told = _one(root, mine, select)
        except SpecError as error:
            errors += error.problems
        else:
            count += found
            warnings += told
    if errors:
        raise SpecError(errors)
    return count, tuple(warnings)


def _projects(folder: Path | None, paths: tuple[Path, ...]) -> dict[Path, tuple[Path, ...]]:
    if folder is not None or not paths:
        return {running.root_of(folder, paths): paths}
    found: dict[Path, tuple[Path, ...]] = {}
    for path in paths:
        # A file that is not there is told of by the project in which it is missed.
        root = running.root_of(None, (path if path.exists() else path.absolute().parent,))
        found[root] = (*found.get(root, ()), path)
    return found


def _one(root: Path, paths: tuple[Path, ...], select: str | None) -> Found:
    from factcheck.evaluation import plan
    from factcheck.project import open_project

    specs = [path for path in paths if _is_spec(path, root)]
    if not specs:
        planned = plan(open_project(root, [path.absolute() for path in paths]), select)
        return len(planned.dockets), planned.warnings
    named = [path.absolute() for path in paths if path not in specs]
    claims = [root / "claims"] if (root / "claims").is_dir() else []
    project = open_project(root, [*claims, *named])
    ids = _touched(project, specs, named, select)
    if ids is None:
        planned = plan(project, select)
    elif ids:
        planned = plan(project, ",".join(ids))
    else:  # manifests that no claim uses
        return 0, project.problems
    return len(planned.dockets), planned.warnings


def _is_spec(path: Path, root: Path) -> bool:
    """Whether a path is the configuration of the project, or of its manifests."""
    real, root = path.resolve(), root.resolve()
    return real == root / "factcheck.yaml" or real.is_relative_to(root / "evidence")


def _touched(project: Project, specs: Iterable[Path], named: list[Path], select: str | None) -> list[str] | None:
    from factcheck.project import selected

    files = {file.absolute() for path in specs for file in (path.rglob("*.y*ml") if path.is_dir() else (path,))}
    ids = watching.touched(project, frozenset(files))
    if ids is None:
        return None
    homes = {claim.id: (project.root / claim.file).resolve() for claim in project.claims}
    own = {id for id, home in homes.items() if any(home.is_relative_to(path.resolve()) for path in named)}
    return [claim.id for claim in selected(project.claims, select) if claim.id in ids | own]
