"""`factcheck report`: reports in one or several forms from one evaluation, opened, or kept up to date."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck import running
from factcheck.console import Command, Unwritable, against_option, project_options, rejects_option, run_options, write
from factcheck.reports import FORMS

if TYPE_CHECKING:
    from factcheck.pipeline import Run
    from factcheck.reports.dossier import Options

FOLDER = "reports"  # in the project


@dataclass(frozen=True)
class Wish:
    """Which reports a person wants, and where; `output` is one file, - standard output, None the project's folder."""

    forms: tuple[str, ...]
    output: str | None
    options: Options
    quiet: bool


@click.command(cls=Command)
@project_options
@run_options
@click.option(
    "--format",
    "forms",
    type=click.Choice(list(FORMS)),
    multiple=True,
    help="The form; may be given several times.  [default: markdown]",
)
@click.option(
    "--output", metavar="FILE", help="Write one file; - is standard output. Default: reports/ in the project."
)
@click.option("--single", metavar="CLAIM", help="Check and report on this claim alone.")
@click.option("--base-url", metavar="URL", help="Where the reports will be published, for addresses in them.")
@click.option(
    "--rows",
    type=click.IntRange(0, 100),
    default=5,
    show_default=True,
    help="How many rows behind each number to show, where their licence allows it; 0 for none.",
)
@click.option("--show-accounts", "accounts", is_flag=True, help="Do not mask names and ids of people in those rows.")
@click.option("--open", "opening", is_flag=True, help="Show the HTML report in the browser.")
@click.option("--watch", "watching", is_flag=True, help="Write anew whenever a claim, evidence or template changes.")
@click.option("--history", "past", is_flag=True, help="Tell the past verdicts of each claim.")
@against_option
@rejects_option
def report(
    paths: tuple[Path, ...],
    folder: Path | None,
    select: str | None,
    now: str | None,
    jobs: int | None,
    quiet: bool,
    caching: bool,
    forms: tuple[str, ...],
    output: str | None,
    single: str | None,
    base_url: str | None,
    rows: int,
    accounts: bool,
    opening: bool,
    watching: bool,
    past: bool,
    against: Path | None,
    keep_rejects: Path | None,
) -> None:
    """Write reports, one for each claim file, into reports/."""
    from factcheck.reports.dossier import Options

    forms = tuple(dict.fromkeys(forms)) or (("html",) if opening else ("markdown",))
    _agree(forms, output, select, single, opening, watching)
    wish = Wish(forms, output, Options(base_url=_address(base_url), single=single), quiet)

    shown: list[Path] = []

    def once(_: object = None) -> Run:
        run = running.run(
            folder, paths, select, now, jobs, quiet, keep_rejects,
            single=single, against=against, baseline=True, rows=rows, accounts=accounts, caching=caching,
            record=None if watching else "report",
        )  # fmt: skip
        running.warn(run, quiet)
        files = _written(run, _with_history(run, wish) if past else wish)
        _tell_left_out(run, wish)
        if opening and not shown:  # while watching, the page that is open need only be loaded again
            shown.extend(files)
            _show(files)
        return run

    if watching:
        from factcheck.watching import keep

        root = running.root_of(folder, paths)
        keep(once, root, [root / FOLDER, *(Path(one) for one in (output, keep_rejects) if one is not None)])
    click.get_current_context().exit(running.code(once()))


def _agree(
    forms: Sequence[str], output: str | None, select: str | None, single: str | None, opening: bool, watching: bool
) -> None:
    """Refuses what cannot be had together, before anything is read."""
    if output is not None and len(forms) > 1:
        raise click.UsageError("--output takes one form; without it every form is written into reports/")
    if single is not None and select is not None:
        raise click.UsageError("--single names one claim; leave out --select")
    if output == "-" and (opening or watching):
        raise click.UsageError(f"{'--open' if opening else '--watch'} needs a file, and --output - writes none")
    if opening and "html" not in forms:
        raise click.UsageError("--open shows the HTML report; add --format html")


def _address(url: str | None) -> str | None:
    from factcheck.reports.escape import address

    if url is not None and address(url) is None:
        hint = "write one as https://example.org/checks/"
        raise click.BadParameter(f"{url!r} is no web address; {hint}", param_hint="--base-url")
    return url


def _with_history(run: Run, wish: Wish) -> Wish:
    """The same with the past verdicts of each claim; that they cannot be read costs no report."""
    from dataclasses import replace

    from factcheck.history_command import Unreadable, stories

    try:
        found = stories(run.root, [verdict.id for verdict in run.verdicts])
    except Unreadable as error:
        click.echo(error.message, err=True)
        return wish
    return replace(wish, options=replace(wish.options, history=found))


def _written(run: Run, wish: Wish) -> list[Path]:
    """Writes what was asked for, says so, and returns the files that a person would open."""
    from factcheck import reports

    if wish.output is not None:
        write(reports.render(run, wish.forms[0], wish.options), wish.output)
        return [Path(wish.output)]
    try:
        done = reports.write_all(run, run.root / FOLDER, wish.forms, wish.options)
    except OSError as error:
        raise Unwritable(f"{error.filename or FOLDER} cannot be written: {error.strerror}") from error
    for path, pictures in done.reports():
        beside = f", with {pictures} {'picture' if pictures == 1 else 'pictures'}" if pictures else ""
        click.echo(f"{_near(path)}{beside}")
    if done.removed and not wish.quiet:
        gone = len(done.removed)
        files = "file" if gone == 1 else "files"
        click.echo(f"removed {gone} {files} of earlier reports that none holds now", err=True)
    return [path for path, _ in done.reports()]


def _tell_left_out(run: Run, wish: Wish) -> None:
    """Nobody shall look in vain for a claim in a form that does not hold it."""
    from factcheck.reports.claimreview import left_out

    told = left_out(run.verdicts) if "claimreview" in wish.forms and not wish.quiet else None
    if told is not None:
        click.echo(told, err=True)


def _near(path: Path) -> str:
    return click.format_filename(os.path.relpath(path) if path.is_relative_to(Path.cwd()) else path)


def _show(files: Sequence[Path]) -> None:
    """Opens the first HTML report in the browser; where there is none, says where the report lies."""
    pages = [path.resolve() for path in files if path.suffix == ".html"] or [path.resolve() for path in files]
    first, more = pages[0], len(pages) - 1
    beside = f"; {more} more {'lies' if more == 1 else 'lie'} beside it" if more else ""
    if not _browsed(first):
        beside = f"no browser could be opened; the report is {first}{beside}"
    click.echo(beside.removeprefix("; ") or f"opened {_near(first)}", err=True)


def _browsed(path: Path) -> bool:
    """Whether a browser was started. A text browser in the terminal would hide what else the command says."""
    import sys
    import webbrowser

    seen = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    if sys.platform not in ("darwin", "win32") and not any(os.environ.get(name) for name in seen):
        return False
    try:
        return webbrowser.open(path.as_uri())
    except (webbrowser.Error, OSError):
        return False
