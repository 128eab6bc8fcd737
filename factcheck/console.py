"""How commands talk: errors in plain words, results to standard output, shared options. It alone catches everything."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from factcheck.errors import EvidenceError, SpecError, TemplateError
from factcheck.leaving import STOPPED, promptly

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
        except (SpecError, EvidenceError, Unwritable) as error:
            ctx.exit(_tell(error))
        except BrokenPipeError:
            # The reader of our output has gone (`| head`): nothing is wrong, and nothing more can be said.
            _silence()
            ctx.exit(OK)
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

    @classmethod
    def by(cls, error: OSError, what: str) -> Unwritable:
        """`what` is told where the error names no file."""
        return cls(f"{error.filename or what} cannot be written: {error.strerror or error}")


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


def told(action: Callable[[], object]) -> bool:
    """Does something; an error that a person can mend is told, and the command goes on. Whether it was done."""
    try:
        action()
    except (SpecError, EvidenceError, Unwritable) as error:
        _tell(error)
        return False
    return True


def _tell(error: SpecError | EvidenceError | Unwritable) -> int:
    """Tells an error in plain words; the exit code that it means."""
    if not isinstance(error, SpecError):
        click.echo(f"error: {error}", err=True)
        return WRONG if isinstance(error, Unwritable) else FAILED
    for problem in error.problems:
        click.echo(problem.render(), err=True)
    count = sum(problem.severity == "error" for problem in error.problems)
    undone = "written" if isinstance(error, TemplateError) else "evaluated"
    click.echo(f"\n{count} {'error' if count == 1 else 'errors'}; nothing was {undone}.", err=True)
    return WRONG


class Group(Command, click.Group):
    """Commands of one name, which may do something without a further word; errors are told as those of a command."""

    command_class = Command


def write(text: str, output: str | None) -> None:
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
    write_file(Path(output), text)


def write_file(path: Path, text: str) -> None:
    """Writes a whole file or none; Unwritable says why it could not be."""
    from factcheck.text.files import write_atomic

    try:
        write_atomic(path, text)
    except OSError as error:
        raise Unwritable(f"{path} cannot be written: {error.strerror}") from error


def folder_for_rejects(path: Path | None) -> Path | None:
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


def moment_of(text: str | None) -> Any:
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


def outcomes_of(text: str | None) -> frozenset[str]:
    named = frozenset(name.strip() for name in (text or "").split(",") if name.strip())
    for name in sorted(named - set(OUTCOMES)):
        from factcheck.text.suggest import did_you_mean

        hint = did_you_mean(name, OUTCOMES) or f"write {', '.join(OUTCOMES)}"
        raise click.BadParameter(f"{name!r} is no outcome; {hint}", param_hint="--fail-on")
    return named


def project_options(command: F) -> F:
    """`--project`, `--select` and the paths of claim files."""

    @click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
    @click.option("--project", "folder", type=click.Path(path_type=Path), help="The project folder.")
    @click.option(
        "--select",
        multiple=True,
        callback=lambda _, __, given: ",".join(given) or None,  # more than one, like a comma, means or
        help="Claims by id (with * and ?), tag:x, dataset:y, file:z, outcome:w; a comma means or.",
    )
    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return command(*args, **kwargs)

    return wrapped  # type: ignore[return-value]  # the same callable with options


def run_options(command: F) -> F:
    @click.option("--now", metavar="DATE", help="The date that results carry, for reproducible output.")
    @click.option("--jobs", type=click.IntRange(1), help="Processors to use.")
    @click.option("--quiet", "-q", is_flag=True, help="No progress and no warnings.")
    @click.option(
        "--no-cache", "caching", is_flag=True, flag_value=False, default=True,
        help="Read, ask and compute everything anew, and keep nothing.",
    )
    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return command(*args, **kwargs)

    return wrapped  # type: ignore[return-value]  # the same callable with options


def against_option(command: F) -> F:
    return click.option(
        "--against",
        metavar="BASELINE",
        type=click.Path(path_type=Path),
        help="A baseline, its folder, or results (check --format json) to compare with; exit with 1 if a verdict "
        "differs.  [default: baselines/ of the project, where it exists]",
    )(command)


def rejects_option(command: F) -> F:
    return click.option(
        "--keep-rejects", metavar="DIR", type=click.Path(path_type=Path), help="Write rejected records into a folder."
    )(command)
