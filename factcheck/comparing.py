"""A run beside what was found before: earlier results, or the verdicts of a baseline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

from factcheck import __version__
from factcheck.claims.config import NAME
from factcheck.claims.reading import read_claims
from factcheck.errors import Problem, SpecError
from factcheck.evidence.examples import Wish
from factcheck.pipeline import Run, check
from factcheck.project import Project, open_project
from factcheck.rechecking import explained, unlike
from factcheck.reports.results import claim
from factcheck.text.files import SUFFIXES, shown
from factcheck.verdicts import earlier as results
from factcheck.verdicts.baseline import FOLDER, Baseline, place
from factcheck.verdicts.baseline_reading import is_baseline, read_file, read_folder
from factcheck.verdicts.changes import Change, changes
from factcheck.verdicts.earlier import Earlier

_ACCEPT = "`factcheck baseline accept` records today's verdicts"


@dataclass(frozen=True)
class Before:
    """What a run is held against; the baseline, where it is one, `part` where it is a single file."""

    earlier: Earlier
    baseline: Baseline | None = None
    part: bool = False


def needed(root: Path, against: Path | None) -> Before:
    """What a file or folder holds, or the project's own baseline; SpecError where there is none."""
    found = before(root, against)
    if found is None:
        raise SpecError(Problem(f"there is nothing to compare with: the project has no {FOLDER}/", hint=_ACCEPT))
    return found


def before(root: Path, against: Path | None) -> Before | None:
    """What a file or folder holds; where none is named, the project's own baseline, None where it has none."""
    if against is None:
        own = root / FOLDER
        found = read_folder(own, root) if own.is_dir() else None
        return None if found is None or found.empty else Before(found.earlier, found)
    if against.is_dir():
        found = read_folder(against, root)
        if found.empty:
            raise SpecError(Problem(f"{shown(against.absolute(), root)} holds no accepted verdicts", hint=_ACCEPT))
        return Before(found.earlier, found)
    if is_baseline(against):
        found = read_file(against, root)
        return Before(found.earlier, found, part=True)
    return Before(results.read(against))


def checked(
    project: Project,
    found: Before,
    *,
    select: str | None,
    frames: Mapping[str, object] | None,
    now: datetime | None,
    examples: Wish,
    whole: bool,
) -> Run:
    """Evaluates claims, and tells what differs from before and, of a baseline, why; nothing is kept for another run."""
    baseline = found.baseline
    if baseline is None:
        run = check(project, select=select, frames=frames, now=now, examples=examples)
        return compared(run, found, project, whole=whole, select=select)
    run = check(
        project, select=select, frames=frames, now=now, examples=examples,
        fingerprints=True, states=unlike(baseline),
    )  # fmt: skip
    run = compared(run, found, project, whole=whole, select=select)
    return explained(
        run, baseline, project,
        lambda old, ids, instead: check(
            old, select=ids, frames=frames, now=run.started, instead=instead, states=unlike(baseline)
        ),
    )  # fmt: skip


def compared(run: Run, found: Before, project: Project, *, whole: bool, select: str | None = None) -> Run:
    """The run with what has changed.

    A claim is gone where its file was read and lacks it, or all files were read (`whole`). Of a baseline those alone
    are told that were selected.
    """
    baseline = found.baseline
    if baseline is None:
        lost = _gone_from_results(found.earlier, project, whole)
    else:
        lost = gone(baseline, project, whole=whole, select=select)
    return beside(run, found, lost)


def beside(run: Run, found: Before, lost: Collection[str]) -> Run:
    """The run with what has changed, where it is known which claims are gone."""
    baseline = found.baseline
    differing = changes(found.earlier, [claim(verdict) for verdict in run.verdicts], __version__, lost)
    if found.part and baseline is not None:
        differing = tuple(one for one in differing if one.was is not None or _belongs(one, run, baseline))
    name = None if baseline is None else baseline.name
    return replace(run, changed=differing, since=found.earlier.started, baseline=name)


def gone(baseline: Baseline, project: Project, *, whole: bool, select: str | None = None) -> frozenset[str]:
    """The claims of a baseline that nobody claims any more, as far as that can be told from what was read."""
    known = {claim.id for claim in project.claims}
    homes = {place(claim.file) for claim in project.claims}
    lost = {id: home for home, id, _ in baseline if id not in known and (whole or home in homes)}
    if select is not None:
        named = matched(lost, select.split(","))
        lost = {id: home for id, home in lost.items() if id in named}
    return frozenset(lost) - _elsewhere(project, lost, whole)


def _elsewhere(project: Project, lost: Mapping[str, str], whole: bool) -> frozenset[str]:
    """Those of some claims that are still claimed, in files that were not read; all of them where one has errors."""
    if not lost:
        return frozenset()
    beside = [(project.root / home).with_suffix(ending) for home in {*lost.values()} for ending in SUFFIXES]
    paths = [path for path in sorted(beside) if path.is_file() and not _is_no_claim_file(path, project.root)]
    claims, problems = read_claims(paths, project.root, project.config.defaults)
    if not whole:
        everywhere = open_project(project.root)
        claims, problems = [*claims, *everywhere.claims], [*problems, *everywhere.problems]
    return frozenset(lost) if errors(problems) else frozenset(claim.id for claim in claims)


def _is_no_claim_file(path: Path, root: Path) -> bool:
    return path == root / NAME or path.is_relative_to(root / "evidence")


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that are no warnings: a claim with an error of its own is not among the claims that were read."""
    return [problem for problem in problems if problem.severity == "error"]


def matched(ids: Iterable[str], terms: Collection[str]) -> set[str]:
    """The ids that terms of a selection name."""
    return {id for id in ids if any(fnmatchcase(id, term.strip()) for term in terms)}


def _gone_from_results(earlier: Earlier, project: Project, whole: bool) -> frozenset[str]:
    known, files = {claim.id for claim in project.claims}, {claim.file for claim in project.claims}
    lost = {id for id, was in earlier.claims.items() if id not in known and (whole or was.get("file") in files)}
    return frozenset(lost)


def _belongs(change: Change, run: Run, baseline: Baseline) -> bool:
    """Whether a new claim would be recorded in the file that the run is held against."""
    return place(run[change.id].file) in baseline.files
