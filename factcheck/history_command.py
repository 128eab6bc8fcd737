"""`factcheck history`: what past runs found of a claim, and what changed when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck.console import WRONG, Command, write

if TYPE_CHECKING:
    from factcheck.reports.history import Story
    from factcheck.verdicts.history import Overview
    from factcheck.verdicts.history_reading import History

EXPORT = "export"
_LITERAL = "factcheck.history.literal"
_NONE_YET = "there is no history yet; `factcheck check` and `factcheck report` record what they find"

_NOT_OWN = "this history was begun by another user or on another machine; that it is true cannot be proven here"


class Unreadable(click.ClickException):
    """There is no such history, or it cannot be read."""

    exit_code = WRONG


class _Command(Command):
    """Tells `history export` from `history -- export`, which is about a claim of that name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[_LITERAL] = "--" in args
        return super().parse_args(ctx, args)


@click.command(cls=_Command)
@click.argument("names", nargs=-1, metavar="[CLAIM | export]")
@click.option("--project", "folder", type=click.Path(path_type=Path), help="The project folder.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "json", "csv", "markdown"]),
    help="The form.  [default: terminal; of export: json]",
)
@click.option("--output", metavar="FILE", help="Write to a file; - is standard output.")
@click.option("--since", metavar="DATE", help="Only checks whose results carry this date or a later one.")
@click.option("--all", "every", is_flag=True, help="Show each check, those too in which nothing changed.")
@click.option("--no-color", is_flag=True, help="No colours (also with NO_COLOR set).")
@click.pass_context
def history(
    context: click.Context,
    names: tuple[str, ...],
    folder: Path | None,
    form: str | None,
    output: str | None,
    since: str | None,
    every: bool,
    no_color: bool,
) -> None:
    """Tell what past runs found of a claim, and what changed when.

    Without a claim, list all that were ever checked. `history export` writes everything, one row for each run and
    claim, as JSON or CSV; a claim that is called export is reached by `history -- export`.
    """
    from factcheck.running import root_of

    if len(names) > 1:
        raise click.UsageError("name one claim, or none for a list")
    day, color = _day(since), not no_color and output is None
    name = names[0] if names else None
    with _opened(root_of(folder, ())) as kept:
        if name == EXPORT and not context.meta[_LITERAL]:
            text = _exported(kept, form or "json", day)
        elif name is None:
            from factcheck.reports.history_forms import several

            text = several(_overviews(kept, day), form or "terminal", color=color)
        else:
            from factcheck.reports.history_forms import one

            text = one(_story(kept, name, day), form or "terminal", every=every, color=color)
    write(text, output)


@contextmanager
def _opened(root: Path) -> Iterator[History]:
    """The history of a project; Unreadable, in plain words, where it has none or it cannot be read."""
    import sqlite3

    from factcheck.store.database import Newer
    from factcheck.verdicts.history import Damaged
    from factcheck.verdicts.history_reading import history as opened

    try:
        with opened(root) as kept:
            if kept is None or not kept.runs():
                raise Unreadable(_NONE_YET)
            if not kept.own():
                click.echo(_NOT_OWN, err=True)
            yield kept
    except Damaged as error:
        raise Unreadable(f"{error} is damaged; the next check sets it aside and begins a new one") from error
    except (sqlite3.Error, Newer, OSError) as error:
        raise Unreadable(f"the history cannot be read: {error}") from error


def stories(root: Path, ids: Iterable[str]) -> dict[str, Story]:
    """The history of claims, as far as they have one; Unreadable where there is none."""
    from factcheck.reports.history import Story
    from factcheck.verdicts.history import steps

    with _opened(root) as kept:
        found = {id: entries for id in ids if (entries := kept.of(id))}
        return {id: Story(id, tuple(steps(entries))) for id, entries in found.items()}


def _story(kept: History, id: str, since: str) -> Story:
    from factcheck.reports.history import Story
    from factcheck.verdicts.history import steps

    entries = kept.of(id)
    if not entries:
        from factcheck.reports.escape import plain
        from factcheck.text.suggest import did_you_mean

        hint = did_you_mean(id, kept.ids())
        raise Unreadable(f"no claim called '{plain(id)}' was ever checked{'; ' + hint if hint else ''}")
    found = tuple(step for step in steps(entries) if step.entry.run.started[:10] >= since)
    if not found:
        raise Unreadable(f"'{id}' was not checked since {since}; the last check is of {entries[-1].run.started[:10]}")
    return Story(id, found, kept.gone(entries[-1]), kept.former(entries[0]))


def _overviews(kept: History, since: str) -> list[Overview]:
    found = kept.overviews(since)
    if not found:
        raise Unreadable(f"nothing was checked since {since}")
    return found


def _exported(kept: History, form: str, since: str) -> str:
    from factcheck.reports.history_rows import export

    if form not in ("json", "csv"):
        raise click.UsageError("history export is written as json or csv")
    return export((entry for entry in kept.all() if entry.run.started[:10] >= since), form)


def _day(text: str | None) -> str:
    """The day in ISO 8601; an empty text, which is before every day, where none is named."""
    if text is None:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise click.BadParameter(f"{text!r} is no date; write 2026-11-21", param_hint="--since") from None
