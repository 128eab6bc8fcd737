"""The cells of a sheet as text, and their places as people name them."""

from __future__ import annotations

import datetime
from typing import Any

_CERTAIN = 10**15  # beyond it a spreadsheet keeps no digit


def text_of(value: Any, decimal: str) -> str:
    """A cell as text: numbers as a spreadsheet shows them, with the decimal mark of the manifest."""
    kind = type(value)
    if kind is str:
        return str(value)
    if kind is float or kind is int:
        return number(value, decimal)
    if kind is bool:
        return "true" if value else "false"
    if kind is datetime.timedelta:
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    return str(value.isoformat(sep=" ") if kind is datetime.datetime else value.isoformat())


def number(value: float, decimal: str) -> str:
    if -_CERTAIN < value < _CERTAIN and value == int(value):
        return str(int(value))
    text = f"{value:.15g}"
    return text if decimal == "." else text.replace(".", decimal)


def spread(at: int, row: list[str], merged: list[tuple[Any, Any]], left: int) -> list[str]:
    """A header row in which a merged cell stands over each of its columns."""
    row = list(row)
    for (top, first), (bottom, last) in merged:
        if top <= at <= bottom and last > first:
            value = row[first - left] if 0 <= first - left < len(row) else ""
            row[first - left : last - left + 1] = [value] * len(row[first - left : last - left + 1])
    return row


def range_of(start: tuple[int, int], end: tuple[int, int]) -> str:
    return f"{_letters(start[1])}{start[0] + 1}:{_letters(end[1])}{end[0] + 1}"


def _letters(column: int) -> str:
    text, column = "", column + 1
    while column:
        column, digit = divmod(column - 1, 26)
        text = chr(65 + digit) + text
    return text
