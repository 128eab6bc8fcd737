"""The verdicts of a run for a terminal: a table where there is room, else a few lines for each claim.

Of more claims than anybody scrolls through, a line for each claim file, and the errors; every claim is counted in one.

The outcome is a word and a symbol, never a colour alone; no statement or figure is cut off.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from factcheck.reports.amounts import claimed_text, found_text
from factcheck.reports.by_file import MOST, STYLES, by_file, counted
from factcheck.reports.chance import chance_words
from factcheck.reports.changed import banner, gone, told_each
from factcheck.reports.differences import beside, differences
from factcheck.reports.escape import plain
from factcheck.reports.found import found_sentences
from factcheck.reports.headline import tail
from factcheck.reports.locale import integer
from factcheck.reports.run import Run
from factcheck.reports.tables import choice
from factcheck.reports.trust import concerns
from factcheck.reports.words import capital, outcome_words, say
from factcheck.verdicts.pieces import names
from factcheck.verdicts.verdict import Outcome, Verdict

TABLE_FROM = 120  # columns from which a table is easier to read than lines
_LEAST = 40
_MOST = 12  # pieces of evidence or choices shown of one claim
_MOST_CHANGES = 40  # lines about claims that changed
_PLAINER = str.maketrans("–—−…“”‘’′⚠", "---." + '""' + "'''!")


@dataclass(frozen=True)
class Line:
    """One claim as the terminal shows it."""

    outcome: Outcome
    id: str
    statement: str
    claimed: str
    found: str
    confidence: str
    reason: str
    place: str | None
    synthetic: bool
    parts: tuple[Part, ...] = ()
    more: str = ""


@dataclass(frozen=True)
class Part:
    """A piece of evidence or another choice of a claim, with what it gives."""

    outcome: Outcome
    name: str
    found: str


def render(run: Run, *, color: bool = False, width: int | None = None, ascii_only: bool | None = None) -> str:
    """The table and a line that sums it up."""

    def draw(console: Console, simple: bool) -> None:
        if len(run.verdicts) > MOST:
            by_file(console, run.verdicts, lambda some: _claims(console, [_line(one) for one in some], simple))
        else:
            _claims(console, [_line(verdict) for verdict in run.verdicts], simple)
        _summary(console, run, simple)
        _changes(console, run, simple)

    return printed(draw, color=color, width=width, ascii_only=ascii_only)


def _claims(console: Console, lines: list[Line], simple: bool) -> None:
    if console.width >= TABLE_FROM:
        console.print(_table(lines, simple))
    else:
        for line in lines:
            _block(console, line, simple)


def printed(
    draw: Callable[[Console, bool], None],
    *,
    color: bool = False,
    width: int | None = None,
    ascii_only: bool | None = None,
) -> str:
    """What `draw` prints on a console. `ascii_only`, which it is told, draws symbols that any terminal has.

    Colours need `color` and are left out where NO_COLOR is set or the output is no terminal.
    """
    columns = max(_LEAST, width or shutil.get_terminal_size((80, 24)).columns)
    simple = _is_limited(sys.stdout.encoding) if ascii_only is None else ascii_only
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=columns,
        force_terminal=colors(color, os.environ),
        no_color=not colors(color, os.environ),
        color_system="standard" if colors(color, os.environ) else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        force_jupyter=False,  # in a notebook, Rich would show it at once instead of writing it
    )
    draw(console, simple)
    text = "\n".join(row.rstrip() for row in stream.getvalue().split("\n"))
    return _in_ascii(text) if simple else text


def colors(wanted: bool, environment: Mapping[str, str]) -> bool:
    """Whether to colour: asked for, not forbidden (https://no-color.org), and somebody is looking."""
    return wanted and not environment.get("NO_COLOR") and (sys.stdout.isatty() or bool(environment.get("FORCE_COLOR")))


def _is_limited(encoding: str | None) -> bool:
    """Whether the terminal's encoding lacks the symbols."""
    try:
        "✓≈✗–…−⚠".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return True
    return False


def _in_ascii(text: str) -> str:
    """Dashes and marks of our own in ASCII; letters of a claim that the terminal lacks become question marks."""
    return text.replace("→", "->").translate(_PLAINER).encode("ascii", "replace").decode("ascii")


def _line(verdict: Verdict) -> Line:
    failed = verdict.outcome is Outcome.ERROR
    return Line(
        verdict.outcome,
        plain(verdict.id),
        plain(verdict.claim.statement),
        plain(claimed_text(verdict.claimed)),
        plain(found_text(verdict)),
        verdict.confidence or "–",
        plain(_reason(verdict)).replace("`", ""),
        f"{plain(verdict.file)}:{verdict.line}" if failed else None,
        verdict.synthetic,
        _parts(verdict),
        _more(verdict),
    )


def _parts(verdict: Verdict) -> tuple[Part, ...]:
    """The pieces of evidence, else the other choices, as many as a screen holds."""
    pieces = zip(verdict.checks, names(verdict.checks, quoted=False), strict=True)
    called = pieces if verdict.checks else _choices(verdict)
    return tuple(
        Part(one.outcome, plain(name).replace("`", ""), plain(found_text(one))) for one, name in islice(called, _MOST)
    )


def _choices(verdict: Verdict) -> Iterator[tuple[Verdict, str]]:
    """The choices in their order; where not all can be shown, those that come to another verdict first."""
    many = len(verdict.variants) > _MOST
    shown = sorted(verdict.variants, key=lambda one: many and one.outcome is verdict.outcome)
    return ((one, choice(one, verdict)) for one in shown)


def _more(verdict: Verdict) -> str:
    hidden = len(verdict.checks or verdict.variants) - _MOST
    return say("parts-more", n=integer(hidden), id=plain(verdict.id)).replace("`", "") if hidden > 0 else ""


def _reason(verdict: Verdict) -> str:
    """The first thing to know: how far off, what lowered confidence, or why nothing was concluded."""
    if verdict.outcome is Outcome.ERROR:
        return verdict.error or ""
    if verdict.outcome in (Outcome.UNVERIFIABLE, Outcome.INCONCLUSIVE):
        told = found_sentences(verdict)
        return told[0] if verdict.outcome is Outcome.UNVERIFIABLE else capital(told[-1].removeprefix("But "))
    off, doubts = tail(verdict), concerns(verdict)
    parts = [f"{capital(off)}." if off else "", doubts[0].text if doubts else ""]
    return " ".join(filter(None, parts))


def _outcome(line: Line | Part, simple: bool) -> Text:
    words = outcome_words(line.outcome)
    return Text(f"{words.plain if simple else words.symbol} {words.word.lower()}", style=STYLES[line.outcome])


def _table(lines: list[Line], simple: bool) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False, expand=False)
    table.add_column("Verdict", no_wrap=True)
    for name, ratio in (("Claim", 3), ("Claimed", 2), ("Found", 3)):
        table.add_column(name, overflow="fold", ratio=ratio)
    table.add_column("Confidence", no_wrap=True)
    table.add_column("Reason", overflow="fold", ratio=5)
    for line in lines:
        cells = (line.id, line.claimed, line.found, line.confidence, _told(line))
        table.add_row(_outcome(line, simple), *(Text(cell) for cell in cells))
        for part in line.parts:
            table.add_row(Text("  ").append(_outcome(part, simple)), Text(part.name), "", Text(part.found))
        if line.more:
            table.add_row("", Text(line.more))
    return table


def _told(line: Line) -> str:
    """The reason, with the place of an error and the mark of synthetic evidence."""
    mark = f"[{say('synthetic-short')}]" if line.synthetic else ""
    return " ".join(filter(None, (f"{line.place}:" if line.place else "", line.reason, mark)))


def _block(console: Console, line: Line, simple: bool) -> None:
    """A claim on a narrow terminal: the verdict and the name, then what was said and found."""
    head = _outcome(line, simple)
    head.append(f"  {line.id}", style="bold")
    console.print(head, overflow="fold")
    figures = [("claimed", line.claimed), ("found", line.found), ("confidence", line.confidence)]
    told = "; ".join(f"{name} {value}" for name, value in figures if value != "–")
    for text in filter(None, (line.statement, told, _told(line))):
        console.print(Padding(Text(text, overflow="fold"), (0, 0, 0, 4)))
    for part in line.parts:
        shown = _outcome(part, simple).append(f"  {part.name}: {part.found}", style="default")
        console.print(Padding(shown, (0, 0, 0, 6)))
    if line.more:
        console.print(Padding(Text(line.more), (0, 0, 0, 6)))


def _changes(console: Console, run: Run, simple: bool) -> None:
    """What differs from earlier results: approved checks first, then other verdicts, then figures."""
    mark = "!" if simple else "⚠"
    if run.baseline is not None:
        console.print(Text(beside(run)))
    for line in banner(run, run.verdicts):
        console.print(Text(f"{mark} {plain(line)}", style="bold red", overflow="fold"))
    known = {verdict.id: verdict for verdict in run.verdicts}
    told_of = differences(run).moved if run.baseline is not None else run.changed  # new claims are counted above
    changed = sorted((one for one in told_of if one.id in known), key=lambda one: not one.differs)
    shown = changed[:_MOST_CHANGES]
    lines = [f"{one.id}: {words}" for one, words in zip(shown, told_each(shown, known), strict=True)]
    if len(changed) > _MOST_CHANGES:
        lines.append(say("changes-more", n=integer(len(changed) - _MOST_CHANGES)))
    lines += gone(run)
    if lines:
        console.print(Text(f"\n{say('what-changed')}", style="bold"))
    for line in lines:
        console.print(Padding(Text(plain(line).replace("`", ""), overflow="fold"), (0, 0, 0, 2)))


def _summary(console: Console, run: Run, simple: bool) -> None:
    """How many claims had which outcome, and how much of it rests on synthetic evidence."""
    if not run.verdicts:
        console.print(Text(say("no-claims")))
        return
    console.print()
    console.print(counted(run.verdicts))
    chance = chance_words(run.verdicts)
    if chance is not None:
        console.print(Text(chance))
    made_up = sum(verdict.synthetic for verdict in run.verdicts)
    if made_up:
        mark = "!" if simple else "⚠"
        console.print(Text(f"{mark} {integer(made_up)} of them on {say('synthetic-short')}", style="yellow"))
