"""The command line: thin, and the only place that catches everything."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from factcheck.errors import EvidenceError, SpecError
from factcheck.leaving import STOPPED, promptly

if TYPE_CHECKING:
    from factcheck.pipeline import Run
    from factcheck.project import Project

F = TypeVar("F", bound=Callable[..., Any])

OK, CHANGED, WRONG, FAILED = 0, 1, 2, 3
OUTCOMES = ("supported", "close", "refuted", "inconclusive", "unverifiable", "error")


class Command(click.Command):
    """A command whose errors are told in plain words; `--debug` shows the traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        if sys.stdout is None:  # closed by whoever called us; nobody will read what we write
            sys.stdout = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8", closefd=False)
        try:
            with promptly():
                return super().invoke(ctx)
        except SpecError as error:
            _tell(error)
            ctx.exit(WRONG)
        except EvidenceError as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(FAILED)
        except BrokenPipeError:
            # The reader of our output has gone (`| head`): nothing is wrong, and nothing more can be said.
            _silence()
            ctx.exit(OK)
        except Unwritable as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(WRONG)
        except (KeyboardInterrupt, click.Abort):
            click.echo("stopped", err=True)
            ctx.exit(STOPPED)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except Exception as error:  # the last stop: a person must never see a traceback unasked
            if ctx.find_root().params.get("debug"):
                raise
            click.echo(f"error: factcheck itself failed: {type(error).__name__}: {error}", err=True)
            click.echo("Run again with `factcheck --debug …` for the details, and please report them.", err=True)
            ctx.exit(FAILED)


class Unwritable(Exception):
    """The output cannot be written where it was wanted."""


def _silence() -> None:
    """Lets Python's own last flush of standard output come to nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak(text: str) -> None:
    """Lets standard output carry every letter: results in UTF-8, and on a poorer terminal a ? for what it lacks."""
    if not isinstance(sys.stdout, io.TextIOWrapper):
        return
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8")


def _tell(error: SpecError) -> None:
    for problem in error.problems:
        click.echo(problem.render(), err=True)
    count = sum(problem.severity == "error" for problem in error.problems)
    click.echo(f"\n{count} {'error' if count == 1 else 'errors'}; nothing was evaluated.", err=True)


class Group(click.Group):
    command_class = Command


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
@click.version_option(package_name="factcheck-engine", prog_name="factcheck")
def main(debug: bool) -> None:
    """Verify claims about collected data."""


def project_options(command: F) -> F:
    """`--project`, `--select` and the paths of claim files."""

    @click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
    @click.option("--project", "folder", type=click.Path(path_type=Path), help="The project folder.")
    @click.option(
        "--select", help="Claims by id (with * and ?), tag:x, dataset:y, file:z, outcome:w; a comma means or."
    )
    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return command(*args, **kwargs)

    return wrapped  # type: ignore[return-value]  # the same callable with options


def _open(folder: Path | None, paths: tuple[Path, ...]) -> Project:
    from factcheck.project import find_root, open_project

    start = folder or (paths[0] if paths and paths[0].exists() else Path.cwd())
    if folder is not None and not folder.is_dir():
        raise click.BadParameter(f"{folder} is not a folder", param_hint="--project")
    root = folder.resolve() if folder is not None else find_root(start if start.is_dir() else start.parent)
    return open_project(root, [path.absolute() for path in paths])


def _open_evidence(folder: Path | None) -> Project:
    """The project with its manifests; its claims are not needed."""
    from factcheck.project import find_root, open_evidence

    return open_evidence(folder.resolve() if folder is not None else find_root(Path.cwd()))


def _warn(run: Run, quiet: bool) -> None:
    if not quiet:
        for problem in run.problems:
            click.echo(problem.render(), err=True)
        for line in run.kept:
            click.echo(line, err=True)


def _folder_for_rejects(path: Path | None) -> Path | None:
    """The folder of `--keep-rejects`, made before anything is read: whoever wants the rejects must not wait in vain."""
    if path is None:
        return None
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unwritable(f"{path} cannot be made: {error.strerror}") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise Unwritable(f"{path} cannot be written to")
    return path


def _write(text: str, output: str | None) -> None:
    if output is None or output == "-":
        try:
            _speak(text)
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            _silence()
            raise Unwritable(f"standard output cannot be written: {error.strerror}") from error
        return
    from factcheck.text.files import write_atomic

    try:
        write_atomic(Path(output), text)
    except OSError as error:
        raise Unwritable(f"{output} cannot be written: {error.strerror}") from error


def _moment(text: str | None) -> Any:
    from datetime import datetime

    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(
            f"{text!r} is no date; write 2026-11-21 or 2026-11-21T20:00:00", param_hint="--now"
        ) from None
    from datetime import UTC

    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _run(
    folder: Path | None,
    paths: tuple[Path, ...],
    select: str | None,
    now: str | None,
    jobs: int | None,
    quiet: bool,
    keep_rejects: Path | None = None,
) -> Run:
    from factcheck.pipeline import check
    from factcheck.reports.progress import progress

    moment = _moment(now)
    project = _open(folder, paths)
    kept = _folder_for_rejects(keep_rejects)
    with progress(quiet) as tell:
        return check(project, select=select, now=moment, threads=jobs, progress=tell, keep_rejects=kept)


def _outcomes(text: str | None) -> frozenset[str]:
    named = frozenset(name.strip() for name in (text or "").split(",") if name.strip())
    for name in sorted(named - set(OUTCOMES)):
        from factcheck.text.suggest import did_you_mean

        hint = did_you_mean(name, OUTCOMES) or f"write {', '.join(OUTCOMES)}"
        raise click.BadParameter(f"{name!r} is no outcome; {hint}", param_hint="--fail-on")
    return named


def _code(run: Run, failing: frozenset[str] = frozenset()) -> int:
    outcomes = {verdict.outcome.value for verdict in run.verdicts}
    if outcomes & failing:
        return CHANGED
    return FAILED if "error" in outcomes else OK


def rejects_option(command: F) -> F:
    return click.option(
        "--keep-rejects", metavar="DIR", type=click.Path(path_type=Path), help="Write rejected records into a folder."
    )(command)


def run_options(command: F) -> F:
    @click.option("--now", metavar="DATE", help="The date that results carry, for reproducible output.")
    @click.option("--jobs", type=click.IntRange(1), help="Processors to use.")
    @click.option("--quiet", "-q", is_flag=True, help="No progress and no warnings.")
    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return command(*args, **kwargs)

    return wrapped  # type: ignore[return-value]  # the same callable with options


@main.command()
@project_options
@run_options
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True)
@click.option("--output", metavar="FILE", help="Write to a file; - is standard output.")
@click.option("--fail-on", metavar="OUTCOMES", help="Exit with 1 if a claim has one of these outcomes.")
@rejects_option
@click.option("--no-color", is_flag=True, help="No colours (also with NO_COLOR set).")
def check(
    paths: tuple[Path, ...],
    folder: Path | None,
    select: str | None,
    now: str | None,
    jobs: int | None,
    quiet: bool,
    form: str,
    output: str | None,
    fail_on: str | None,
    keep_rejects: Path | None,
    no_color: bool,
) -> None:
    """Evaluate claims and print their verdicts."""
    failing = _outcomes(fail_on)
    run = _run(folder, paths, select, now, jobs, quiet, keep_rejects)
    _warn(run, quiet)
    if form == "json":
        from factcheck.reports import results

        _write(results.render(run), output)
    else:
        from factcheck.reports import terminal

        _write(terminal.render(run, color=not no_color and output is None), output)
    click.get_current_context().exit(_code(run, failing))


@main.command()
@project_options
@click.option("--quiet", "-q", is_flag=True, help="Errors only.")
def validate(paths: tuple[Path, ...], folder: Path | None, select: str | None, quiet: bool) -> None:
    """Find everything that is wrong without reading rows."""
    from factcheck.pipeline import plan

    planned = plan(_open(folder, paths), select)
    if not quiet:
        for problem in planned.warnings:
            click.echo(problem.render(), err=True)
        count = len(planned.dockets)
        click.echo(f"{count} {'claim is' if count == 1 else 'claims are'} well formed.")


@main.command()
@project_options
@run_options
@click.option("--format", "form", type=click.Choice(["markdown"]), default="markdown", show_default=True)
@click.option(
    "--output", metavar="FILE", help="Write one file; - is standard output. Default: reports/ in the project."
)
@rejects_option
def report(
    paths: tuple[Path, ...],
    folder: Path | None,
    select: str | None,
    now: str | None,
    jobs: int | None,
    quiet: bool,
    form: str,
    output: str | None,
    keep_rejects: Path | None,
) -> None:
    """Write reports, one for each claim file, into reports/."""
    from factcheck import reports

    run = _run(folder, paths, select, now, jobs, quiet, keep_rejects)
    _warn(run, quiet)
    if output is not None:
        _write(reports.render(run, form), output)
    else:
        try:
            written = reports.write(run, run.root / "reports", form)
        except OSError as error:
            raise Unwritable(f"{error.filename or 'reports/'} cannot be written: {error.strerror}") from error
        for path in written:
            click.echo(os.path.relpath(path) if path.is_relative_to(Path.cwd()) else path)
    click.get_current_context().exit(_code(run))


@main.command()
@click.argument("claim")
@click.option("--project", "folder", type=click.Path(path_type=Path), help="The project folder.")
@run_options
def explain(claim: str, folder: Path | None, now: str | None, jobs: int | None, quiet: bool) -> None:
    """Tell how the verdict on a claim came about."""
    from factcheck.reports import explain as form

    run = _run(folder, (), claim, now, jobs, quiet)
    _warn(run, quiet)
    _write(form.render(run), None)
    click.get_current_context().exit(_code(run))


@main.command()
@click.argument("folder", required=False, default=".", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a small working project that `factcheck check` runs at once."""
    from factcheck.starter import start

    for path in start(folder):
        click.echo(f"wrote {path}")
    where = "" if folder == Path() else f"cd {folder} && "
    click.echo(f"\nNext: {where}factcheck check")


@main.command()
@click.argument("names", nargs=-1, metavar="[pin] [DATASET…]")
@click.option("--project", "folder", type=click.Path(path_type=Path), help="The project folder.")
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True)
@click.option("--output", metavar="FILE", help="Write to a file; - is standard output.")
@rejects_option
@click.option("--no-color", is_flag=True, help="No colours (also with NO_COLOR set).")
def data(
    names: tuple[str, ...],
    folder: Path | None,
    form: str,
    output: str | None,
    keep_rejects: Path | None,
    no_color: bool,
) -> None:
    """List the datasets, or tell all about one; `data pin` records the files' sha256 in the manifests."""
    from factcheck import datasets

    project = _open_evidence(folder)
    if names and names[0] == "pin":
        for line in datasets.pin(project, names[1:]):
            click.echo(line)
        return
    if len(names) > 1:
        raise click.UsageError("name one dataset, or none for a list")
    if keep_rejects is not None and not names:
        raise click.UsageError("--keep-rejects needs the name of a dataset")
    kept = _folder_for_rejects(keep_rejects)

    def tell(line: str) -> None:
        click.echo(line, err=True)

    colors = not no_color and output is None
    text = datasets.show(project, names[0] if names else None, form, color=colors, keep_rejects=kept, tell=tell)
    _write(text, output)


@main.command()
@click.argument("kind", type=click.Choice(["claims", "evidence", "config"]), default="claims")
@click.option("--output", metavar="FILE", help="Write to a file; - is standard output.")
def schema(kind: str, output: str | None) -> None:
    """Print the JSON Schema of claim files, manifests or factcheck.yaml."""
    from factcheck.schemas import render

    _write(render(kind), output)
