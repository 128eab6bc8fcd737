"""A table of the history on a terminal: beside one another where there is room, else line below line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from factcheck.reports.by_file import STYLES
from factcheck.reports.history import verdict
from factcheck.reports.terminal import printed
from factcheck.reports.words import say
from factcheck.verdicts.verdict import Outcome

_TABLE_FROM = 80
_FIXED = ("date", "claim", "checks", "verdict", "confidence")  # columns that are never broken

Cell = str | Outcome | None


def drawn(
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    above: Sequence[str],
    below: Sequence[str],
    color: bool,
    picture: Callable[[bool], str] = lambda _: "",
) -> str:
    """The table with lines above and below it; `picture` is told whether only ASCII can be shown."""

    def draw(console: Console, simple: bool) -> None:
        for text in above:
            console.print(Text(text, overflow="fold"))
        if bars := picture(simple):
            console.print(Text(bars), overflow="fold")
        if above:
            console.print()
        if console.width >= _TABLE_FROM:
            console.print(_table(head, rows, simple))
        else:
            for row in rows:
                _block(console, row, simple)
        for text in below:
            console.print(Text(text, overflow="fold"))

    return printed(draw, color=color)


def _table(head: Sequence[str], rows: Sequence[Sequence[Cell]], simple: bool) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False, expand=False)
    for name in head:
        table.add_column(say(f"history-column-{name}"), no_wrap=name in _FIXED, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(cell, simple) for cell in row))
    return table


def _block(console: Console, row: Sequence[Cell], simple: bool) -> None:
    first, *rest = (_cell(cell, simple) for cell in row)
    if first.plain:
        console.print(first.append(" "), overflow="fold")
    told = Text("  ").join([cell for cell in rest if cell.plain])
    console.print(Padding(told, (0, 0, 0, 4)))


def _cell(cell: Cell, simple: bool) -> Text:
    if isinstance(cell, Outcome):
        return Text(verdict(cell, simple), style=STYLES[cell])
    return Text(cell or "")
