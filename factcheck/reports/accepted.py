"""What accepting today's verdicts does to a baseline, told before it is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from factcheck.reports.baseline_diff import draw
from factcheck.reports.differences import named
from factcheck.reports.escape import plain
from factcheck.reports.locale import integer
from factcheck.reports.run import Run
from factcheck.reports.terminal import printed
from factcheck.reports.words import listed, say
from factcheck.verdicts.baseline import FOLDER, Baseline, Block


class Acceptance(Protocol):
    """A baseline before and after. verdicts, changed: of the run, with what has changed since the one before."""

    @property
    def run(self) -> Run: ...

    @property
    def before(self) -> Baseline: ...

    @property
    def after(self) -> Baseline: ...

    @property
    def rewritten(self) -> tuple[str, ...]: ...

    @property
    def moved(self) -> tuple[str, ...]: ...

    @property
    def failed(self) -> tuple[str, ...]: ...


def render(done: Acceptance, recordable: Run, *, color: bool = False) -> str:
    """The differences, then what else would be written anew.

    recordable: the run without the claims that could not be evaluated.
    """

    def show(console: Console, _: bool) -> None:
        draw(console, recordable, _first(recordable) if done.before.empty else None)
        for title, lines in _more(done):
            console.print(Text(f"\n{title}", style="bold"))
            for line in lines:
                console.print(Padding(Text(plain(line).replace("`", ""), overflow="fold"), (0, 0, 0, 2)))

    return printed(show, color=color)


def _first(run: Run) -> str:
    count = len(run.verdicts)
    return say("baseline-first-one") if count == 1 else say("baseline-first", n=integer(count))


def _more(done: Acceptance) -> Iterator[tuple[str, list[str]]]:
    if anew := _anew(done):
        yield say("baseline-anew"), [f"{words}: {named(ids)}" for words, ids in anew.items()]
    if done.moved:
        yield say("baseline-moves"), [_move(done, id) for id in done.moved]
    if done.failed:
        reasons = {verdict.id: verdict.error or "" for verdict in done.run.verdicts}
        yield say("baseline-failed"), [f"{id}: {say('baseline-failed-one', reason=reasons[id])}" for id in done.failed]


def _anew(done: Acceptance) -> dict[str, list[str]]:
    """The claims whose block becomes another though what is compared of their verdict stays, by what differs."""
    changed = {change.id for change in done.run.changed}
    found: dict[str, list[str]] = {}
    for id in done.rewritten:
        was, now = done.before.block(id), done.after.block(id)
        if id not in changed and was is not None and now is not None:
            found.setdefault(_why(was, now), []).append(id)
    return found


def _why(was: Block, now: Block) -> str:
    parts = {
        "baseline-anew-claim": was.fingerprint != now.fingerprint,
        "baseline-anew-data": was.data != now.data,
        "baseline-anew-engine": (was.version, was.method) != (now.version, now.method),
    }
    return listed([say(code) for code, differs in parts.items() if differs] or [say("baseline-anew-note")])


def _move(done: Acceptance, id: str) -> str:
    homes = [f"{FOLDER}/{one.home(id)}" for one in (done.after, done.before)]
    return f"{id}: {say('baseline-moves-to', file=homes[0], before=homes[1])}"
