"""Days and spans of days in words."""

from __future__ import annotations

from datetime import date, timedelta


def day_text(day: date) -> str:
    """`9 May 2018`"""
    return f"{day.day} {day:%B} {day.year}"


def span_text(first: date, last: date) -> str:
    """`10 April to 9 May 2018`; a whole month or whole years by their name."""
    tomorrow = last + timedelta(days=1)
    if first == last:
        return day_text(first)
    if first.day == first.month == tomorrow.day == tomorrow.month == 1:
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if first.day == tomorrow.day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{first:%B} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_text(last)}"
    start = f"{first.day} {first:%B}" if first.year == last.year else day_text(first)
    return f"{start} to {day_text(last)}"


def open_text(first: date | None, last: date | None) -> str:
    """A span that is open on one side."""
    if first is not None:
        return f"the time from {day_text(first)} on"
    return f"the time up to {day_text(last)}" if last is not None else "any time"
