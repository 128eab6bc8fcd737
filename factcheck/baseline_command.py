"""`factcheck baseline`: accept today's verdicts as the expected ones, and tell what differs from them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck import running
from factcheck.console import CHANGED, FAILED, OK, Group, Unwritable, moment_of, run_options, write

if TYPE_CHECKING:
    from factcheck.accepting import Acceptance
    from factcheck.pipeline import Run
    from factcheck.project import Project

_CLAIMS = click.argument("terms", nargs=-1, metavar="[CLAIM…]")
_PROJECT = click.option("--project", "folder", type=click.Path(path_type=Path), help="The project folder.")
_SELECT = click.option(
    "--select",
    multiple=True,
    callback=lambda _, __, given: ",".join(given) or None,
    help="Claims by id (with * and ?), tag:x, dataset:y, file:z, outcome:w; a comma means or.",
)
_NO_COLOR = click.option("--no-color", is_flag=True, help="No colours (also with NO_COLOR set).")


@click.group(cls=Group)
def baseline() -> None:
    """Record verdicts as the expected ones, and tell what differs from them.

    CLAIM is a claim's id (with * and ?), or a claim file or folder.
    """


@baseline.command()
@_CLAIMS
@_PROJECT
@_SELECT
@run_options
@click.option("--yes", "-y", is_flag=True, help="Do not ask before a recorded verdict is replaced.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@_NO_COLOR
def accept(
    terms: tuple[str, ...],
    folder: Path | None,
    select: str | None,
    now: str | None,
    jobs: int | None,
    quiet: bool,
    caching: bool,
    yes: bool,
    dry_run: bool,
    no_color: bool,
) -> None:
    """Record today's verdicts in baselines/, of all claims or of those named.

    Shows first what would change. Accepting all claims also lets go of those that nobody claims any more.
    """
    from factcheck.accepting import acceptance, recorded, wanted
    from factcheck.comparing import Before, beside
    from factcheck.reports.accepted import render

    began, moment = datetime.now(UTC), moment_of(now)
    names, paths = _apart(terms)
    project = running.opened(folder, paths)
    before = recorded(project.root)
    wish = wanted(project, before, names, select, whole=not paths)
    if wish.some:
        run = running.evaluated(
            project, wish.select, moment, jobs, quiet, caching=caching, fingerprints=True, states=lambda *_: True
        )
        running.warn(run, quiet)
        if not dry_run:
            running.remembered(run, project, "baseline accept", began, paths, wish.select, quiet)
    else:
        run = _nothing(project, moment)
    held = Before(before.earlier, before)
    run = running.reasoned(beside(run, held, wish.gone), held, project, jobs, quiet, caching=caching)
    done = acceptance(run, project, before, wish.gone)
    write(render(done, done.recordable, color=not no_color), None)
    context = click.get_current_context()
    if done.replaces and not (yes or dry_run) and _watched() and not click.confirm("\nRecord this?", err=True):
        click.echo("nothing was written", err=True)
        context.exit(CHANGED)
    if not dry_run:
        _write(done)
    context.exit(FAILED if done.failed else OK)


@baseline.command()
@_CLAIMS
@_PROJECT
@_SELECT
@run_options
@click.option(
    "--format", "form", type=click.Choice(["terminal", "json", "markdown"]), default="terminal", show_default=True
)
@click.option("--output", metavar="FILE", help="Write to a file; - is standard output.")
@click.option("--strict", is_flag=True, help="Exit with 1 if anything differs: figures, claims new or gone.")
@_NO_COLOR
def diff(
    terms: tuple[str, ...],
    folder: Path | None,
    select: str | None,
    now: str | None,
    jobs: int | None,
    quiet: bool,
    caching: bool,
    form: str,
    output: str | None,
    strict: bool,
    no_color: bool,
) -> None:
    """Tell what differs from the baseline, and why; exit with 1 if a verdict does."""
    from factcheck.accepting import wanted
    from factcheck.comparing import beside, needed
    from factcheck.reports.baseline_diff import render

    moment = moment_of(now)
    names, paths = _apart(terms)
    before = needed(running.root_of(folder, paths), None)
    project = running.opened(folder, paths)
    assert before.baseline is not None  # nothing but the project's own was named
    wish = wanted(project, before.baseline, names, select, whole=not paths)
    run = _nothing(project, moment)
    if wish.some:
        states = running.stating(before)
        run = running.evaluated(
            project, wish.select, moment, jobs, quiet, caching=caching, fingerprints=True, states=states
        )
        running.warn(run, quiet)
    run = running.reasoned(beside(run, before, wish.gone), before, project, jobs, quiet, caching=caching)
    write(render(run, form, color=not no_color and output is None), output)
    click.get_current_context().exit(running.code(run, strict=strict))


def _apart(terms: Sequence[str]) -> tuple[tuple[str, ...], tuple[Path, ...]]:
    """The names of claims, and the paths of files: no id holds a dot or a slash, a selector such as file:x may."""
    from factcheck.project import SELECTORS

    def is_path(term: str) -> bool:
        return any(sign in term for sign in "./\\") and term.partition(":")[0] not in SELECTORS

    paths = tuple(Path(term) for term in terms if is_path(term))
    return tuple(term for term in terms if not is_path(term)), paths


def _nothing(project: Project, moment: datetime | None) -> Run:
    """A run of no claims: those that were named are gone."""
    from factcheck.pipeline import Run

    return Run((), moment or datetime.now(UTC).replace(tzinfo=None, microsecond=0), project.root)


def _watched() -> bool:
    """Whether there is a person to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _write(done: Acceptance) -> None:
    from factcheck.verdicts.baseline import FOLDER

    try:
        files = done.write()
    except OSError as error:
        raise Unwritable(f"{error.filename or FOLDER} cannot be written: {error.strerror}") from error
    for name in files:
        gone = not (done.run.root / FOLDER / name).exists()
        click.echo(f"{'removed' if gone else 'wrote'} {click.format_filename(f'{FOLDER}/{name}')}")
    if not files:
        click.echo("nothing is to be written")
