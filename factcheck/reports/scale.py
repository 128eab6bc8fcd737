"""Claim and finding on one line, drawn to scale in text: a region as a bar, an estimate as a dot.

    claimed        8.5% ├───────────┤ 9.5%       "9%" is read as what rounds to 9%
    found     7.1% ●                             complete data: no sampling error
              7%          8%          9%
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from fractions import Fraction

from factcheck.claims.figures import Quantity
from factcheck.reports.line import Axis, Row, line, ticks, unit_of
from factcheck.verdicts.verdict import Verdict

WIDTH = 36  # columns of the line itself
_REMARK = 40  # columns of the remark behind it


def scale(verdict: Verdict) -> str | None:
    """The line of a verdict in text."""
    drawn = line(verdict)
    return None if drawn is None else draw(drawn.rows, drawn.axis, drawn.quantity)


def draw(rows: Sequence[Row], axis: Axis, quantity: Quantity) -> str:
    """All lines below one another, the remarks in a column of their own."""
    spans = [_span(row, axis) for row in rows]
    before = max(max(0, len(row.low) + 1 - first) for row, (first, _) in zip(rows, spans, strict=True))
    after = max(max(0, last + 2 + len(row.high) - WIDTH) for row, (_, last) in zip(rows, spans, strict=True))
    name = max(len(row.name) for row in rows) + 2
    lines = []
    for row in rows:
        remark, *more = textwrap.wrap(row.remark, _REMARK) or [""]
        lines.append(f"{row.name:<{name}}{_line(row, axis, before, after)}  {remark}")
        lines += [" " * (name + before + WIDTH + after + 2) + rest for rest in more]
    if quantity is not Quantity.DATE:
        lines.append(" " * (name + before) + _ticks(axis, quantity, unit_of(rows)))
    return "\n".join(line.rstrip() for line in lines)


def _line(row: Row, axis: Axis, before: int, after: int) -> str:
    """One line with the texts beside its ends."""
    first, last = _span(row, axis)
    line = [" "] * before + _bar(row, axis) + [" "] * after
    _write(line, before + first - 1 - len(row.low), row.low)
    _write(line, before + last + 2, row.high)
    return "".join(line)


def _span(row: Row, axis: Axis) -> tuple[int, int]:
    """The first and the last column that is drawn."""
    drawn = [i for i, cell in enumerate(_bar(row, axis)) if cell != " "]
    return drawn[0], drawn[-1]


def _write(line: list[str], at: int, text: str) -> None:
    line[at : at + len(text)] = list(text)


def _bar(row: Row, axis: Axis) -> list[str]:
    """├──●──┤ between the ends of a region; an arrow where it has no end, or one beyond what is drawn."""
    cells = [" "] * WIDTH
    low = 0 if row.region.low is None else column(axis, row.region.low)
    high = WIDTH - 1 if row.region.high is None else column(axis, row.region.high)
    for i in range(low, high + 1):
        cells[i] = "─"
    cells[low] = "◄" if row.region.low is None or row.region.low < axis.low else "├"
    cells[high] = "►" if row.region.high is None or row.region.high > axis.high else "┤"
    if low == high:
        cells[low] = "│"
    if row.dot is not None:
        cells[column(axis, row.dot)] = "●"
    return cells


def _ticks(axis: Axis, quantity: Quantity, unit: str) -> str:
    """Round numbers below the line, each beginning under its own place."""
    line = ""
    for value, text in ticks(axis, quantity, unit):
        at = column(axis, value)
        if at >= len(line) + (2 if line else 0) or (not line and at == 0):
            line = line.ljust(at) + text
    return line


def column(axis: Axis, value: Fraction) -> int:
    """The column of a value; of one beyond the line the nearest."""
    return max(0, min(WIDTH - 1, round(axis.place(value) * (WIDTH - 1))))
