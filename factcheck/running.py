"""What the commands that evaluate claims share: the project, the run, its warnings, its exit code."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck.console import CHANGED, FAILED, OK, folder_for_rejects, moment_of

if TYPE_CHECKING:
    from datetime import datetime

    from factcheck.comparing import Before
    from factcheck.evidence.examples import Wish
    from factcheck.pipeline import Run, Stating
    from factcheck.project import Project
    from factcheck.store.cache import Cache


class Untouched(Exception):
    """None of the claims that may be evaluated is wanted now."""


def root_of(folder: Path | None, paths: tuple[Path, ...]) -> Path:
    """The project folder: the one that was named, else the nearest one upward from the first path."""
    from factcheck.project import find_root

    start = folder or (paths[0] if paths and paths[0].exists() else Path.cwd())
    if folder is not None and not folder.is_dir():
        raise click.BadParameter(f"{folder} is not a folder", param_hint="--project")
    return folder.resolve() if folder is not None else find_root(start if start.is_dir() else start.parent)


def opened(folder: Path | None, paths: tuple[Path, ...]) -> Project:
    """The project with its claims and manifests."""
    from factcheck.project import open_project

    return open_project(root_of(folder, paths), [path.absolute() for path in paths])


def run(
    folder: Path | None,
    paths: tuple[Path, ...],
    select: str | None,
    now: str | None,
    jobs: int | None,
    quiet: bool,
    keep_rejects: Path | None = None,
    *,
    single: str | None = None,
    against: Path | None = None,
    baseline: bool = False,
    strict: bool = False,
    rows: int = 0,
    accounts: bool = False,
    caching: bool = True,
    only: Callable[[Project], Collection[str] | None] = lambda _: None,
    record: str | None = None,
) -> Run:
    """Evaluates claims, or with `single` the one of that id; SpecError where there is none.

    against: earlier results or a baseline, by default the project's own, where it has one and `baseline` says that it
    counts; the run then knows what has changed since. `strict`: there must be something to compare with.
    caching: whether what an earlier run found may be used, and what this one finds is kept.
    only: the ids of the claims, of those selected, that are to be evaluated; None for all of them.
    rows: how many rows behind each number are kept for a report; `accounts` leaves their names and ids unmasked.
    record: the command by whose name the run is added to the history; None for none.
    """
    from datetime import UTC

    from factcheck.evidence.examples import Wish
    from factcheck.project import selected

    began, moment = datetime.now(UTC), moment_of(now)
    before = _before(root_of(folder, paths), against, strict) if baseline or against is not None else None
    project = opened(folder, paths)
    if single is not None:
        select = named_claim(project, single)
    if (ids := only(project)) is not None:
        select = ",".join(claim.id for claim in selected(project.claims, select) if claim.id in ids)
        if not select:
            raise Untouched
    kept = folder_for_rejects(keep_rejects)
    held = before is not None and before.baseline is not None
    found = evaluated(
        project, select, moment, jobs, quiet, kept, examples=Wish(rows, accounts), caching=caching,
        fingerprints=held or record is not None, states=stating(before),
    )  # fmt: skip
    if record is not None:
        remembered(found, project, record, began, paths, select, quiet)
        if not quiet:
            tell_stale_schemas(project)
    if before is None:
        return found
    from factcheck.comparing import compared

    found = compared(found, before, project, whole=not paths, select=select)
    return reasoned(found, before, project, jobs, quiet, caching=caching)


def remembered(
    run: Run, project: Project, command: str, began: datetime, paths: tuple[Path, ...], select: str | None, quiet: bool
) -> None:
    """Adds a run to the history of the project; where it cannot be, that is told."""
    from factcheck.recording import Call, recorded

    trouble = recorded(run, project, Call(command, began, paths, select))
    if trouble is not None and not quiet:
        click.echo(trouble, err=True)


def stating(before: Before | None) -> Stating:
    """Of which datasets the rows are to be known, so that it can be told why verdicts are not those of before."""
    if before is None or before.baseline is None:
        return lambda *_: False
    from factcheck.rechecking import unlike

    return unlike(before.baseline)


def reasoned(run: Run, before: Before, project: Project, jobs: int | None, quiet: bool, *, caching: bool = True) -> Run:
    """The run with the reasons of what differs from a baseline: old claims are evaluated anew where they must be."""
    if before.baseline is None or not any(change.was and change.now for change in run.changed):
        return run
    from factcheck.cases.kept import Kept
    from factcheck.evidence.ingest.places import Ground
    from factcheck.evidence.prints import Prints
    from factcheck.pipeline import check
    from factcheck.rechecking import explained, unlike
    from factcheck.reports.progress import progress

    with progress(quiet) as tell, kept_for(project, caching, quiet=True) as cache:
        prints = Prints(project.manifests, Ground(project.root.resolve(), project.roots))
        states = unlike(before.baseline)
        return explained(
            run,
            before.baseline,
            project,
            lambda old, select, instead: check(
                old,
                select=select,
                now=run.started,
                threads=jobs,
                progress=tell,
                cache=cache,
                instead=instead,
                states=states,
            ),
            Kept(cache, project.manifests, prints, str(project.root)),
        )


def _before(root: Path, against: Path | None, strict: bool) -> Before | None:
    from factcheck.verdicts.baseline import FOLDER

    if against is None and not strict and not (root / FOLDER).is_dir():
        return None
    from factcheck.comparing import before, needed

    return needed(root, against) if strict else before(root, against)


def evaluated(
    project: Project,
    select: str | None,
    now: datetime | None,
    jobs: int | None,
    quiet: bool,
    kept: Path | None = None,
    *,
    examples: Wish | None = None,
    caching: bool = True,
    fingerprints: bool = False,
    states: Stating = lambda *_: False,
) -> Run:
    """Evaluates claims with a progress bar and the project's cache."""
    from factcheck.evidence.examples import NONE
    from factcheck.pipeline import check
    from factcheck.reports.progress import progress

    with progress(quiet) as tell, kept_for(project, caching, quiet) as cache:
        return check(
            project, select=select, now=now, threads=jobs, progress=tell, keep_rejects=kept,
            examples=NONE if examples is None else examples, cache=cache, fingerprints=fingerprints,
            states=states,
        )  # fmt: skip


@contextmanager
def kept_for(project: Project, wanted: bool, quiet: bool) -> Iterator[Cache | None]:
    """The cache of a project; that nothing can be kept is told, and costs no verdict."""
    from factcheck.store.cache import Cache

    limit = project.config.config.limits.cache_bytes
    if not wanted or limit == 0:
        yield None
        return
    with closing(Cache(project.root, limit)) as cache:
        yield cache
        if cache.trouble is not None and not quiet:
            click.echo(cache.trouble, err=True)


def summarised(run: Run) -> None:
    """The overview in the summary of a GitHub workflow; a summary that cannot be written must not cost the results."""
    from factcheck.reports.github import summarise

    try:
        summarise(run, os.environ)
    except OSError as error:
        click.echo(f"the summary cannot be written: {error}", err=True)


def named_claim(project: Project, id: str) -> str:
    """The id, where a claim has it. An id holds none of the signs that mean more in a selection."""
    from factcheck.errors import Problem, SpecError
    from factcheck.text.suggest import did_you_mean

    known = [claim.id for claim in project.claims]
    errors = [problem for problem in project.problems if problem.severity == "error"]
    if id not in known:  # a claim with an error of its own is not among the claims
        raise SpecError([*errors, Problem(f"no claim is called '{id}'", hint=did_you_mean(id, known))])
    return id


def tell_stale_schemas(project: Project) -> None:
    """One line to standard error where what editors read of a project is no longer true of it."""
    from factcheck.schema_age import stale

    if told := stale(project.root, project.manifests):
        click.echo(told, err=True)


def warn(run: Run, quiet: bool) -> None:
    """Warnings, and what was written of rejected records, to standard error."""
    if not quiet:
        for problem in run.problems:
            click.echo(problem.render(), err=True)
        for line in run.kept:
            click.echo(line, err=True)


def code(run: Run, failing: frozenset[str] = frozenset(), *, strict: bool = False) -> int:
    """The exit code of a run; `failing` are the outcomes of `--fail-on`, `strict` whether any change is a failure.

    That a claim can no longer be checked is no other verdict: it has a code of its own.
    """
    outcomes = {verdict.outcome.value for verdict in run.verdicts}
    if outcomes & failing or any(strict or (change.differs and change.now != "error") for change in run.changed):
        return CHANGED
    return FAILED if "error" in outcomes else OK
