"""A page for a terminal: lines that wrap behind their indent, in colour where wanted, harmless whatever they say."""

from __future__ import annotations

import io
import os
import shutil
import sys
from typing import Any

from factcheck.reports.escape import plain
from factcheck.reports.terminal import colors

LEAST, MOST = 40, 100  # columns of a page
LABEL = 11  # columns of a field's name
_LONGEST = 400  # characters of one text


class Page:
    """Collects lines; `text` renders them. `simple` says that the terminal knows no other letters than ASCII's."""

    def __init__(self, *, color: bool = False, width: int | None = None) -> None:
        from rich.console import Console

        shown = colors(color, os.environ)
        self.width = min(MOST, max(LEAST, width or shutil.get_terminal_size((80, 24)).columns))
        self.simple = sys.stdout.isatty() and not _knows("▁█–…", sys.stdout.encoding)
        self._buffer = io.StringIO()
        self._console = Console(
            file=self._buffer,
            width=self.width,
            force_terminal=shown,
            no_color=not shown,
            color_system="standard" if shown else None,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )

    def heading(self, name: str, title: str | None = None) -> None:
        """A name in bold, with its title."""
        text = self._text("")
        text.append(plain(name), style="bold")
        if title:
            text.append(f" – {cut(title)}")
        self._console.print(text, overflow="fold")

    def line(self, text: str, style: str = "", indent: int = 0) -> None:
        """A line of its own, wrapped behind its indent."""
        shown = "\n".join(cut(part) for part in text.split("\n"))
        self._print(self._text(shown, style), indent)

    def field(self, name: str, value: str | None, style: str = "") -> None:
        """A name and what it is; nothing where there is no value."""
        if not value:
            return
        table = self._grid(LABEL)
        table.add_row(self._text(name, "dim"), self._text(cut(value), style))
        self._console.print(table)

    def sides(self, name: str, kind: str, right: str) -> None:
        """A name with its kind, and a text at the other end of the line; below it where there is no room."""
        text = self._text("")
        text.append(cut(name), style="bold")
        text.append(f"  {cut(kind)}", style="")
        right = cut(right)
        room = self.width - text.cell_len - len(right)
        if room < 2:
            self._console.print(text, overflow="fold")
            self.line(right, "dim", indent=4)
            return
        text.append(" " * room).append(right, style="dim")
        self._console.print(text)

    def picture(self, words: str, bars: str, indent: int) -> None:
        """Words, and beside or below them a picture in a frame, whose blanks count."""
        from rich.cells import cell_len

        text = self._text(cut(words))
        apart = indent + cell_len(text.plain) + len(bars) + 4 > self.width
        text.append("\n" if apart else "  ").append(f"|{bars}|", style="cyan")
        self._print(text, indent)

    def verbatim(self, text: str) -> None:
        """Lines that are copied: none is wrapped or cut."""
        for line in text.splitlines():
            self._console.print(self._text(line), soft_wrap=True)

    def text(self) -> str:
        """The page, without blanks at the ends of its lines."""
        return "\n".join(line.rstrip() for line in self._buffer.getvalue().split("\n"))

    def _text(self, text: str, style: str = "") -> Any:
        from rich.text import Text

        return Text(text, style=style)

    def _print(self, text: Any, indent: int) -> None:
        from rich.padding import Padding

        self._console.print(Padding(text, (0, 0, 0, indent)), overflow="fold")

    @staticmethod
    def _grid(label: int) -> Any:
        from rich.table import Table

        table = Table.grid(padding=(0, 1, 0, 0))
        table.add_column(width=label, no_wrap=True)
        table.add_column(overflow="fold")
        return table


def cut(text: str, most: int = _LONGEST) -> str:
    """Any text on one line, without control characters or marks that reorder it, at most so long."""
    shown = plain(text)
    return shown if len(shown) <= most else shown[: most - 1].rstrip() + "…"


def _knows(letters: str, encoding: str | None) -> bool:
    try:
        letters.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
