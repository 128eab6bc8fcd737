"""Periods of a clock: truncating times to them, and counting those between two moments."""

from __future__ import annotations

from datetime import date, datetime

from factcheck.evidence.expressions import Bound, truncate
from factcheck.measures.form import Binder

PERIODS = ("hour", "day", "week", "month", "year")


def period(binder: Binder, time: str, unit: str) -> Bound:
    """The period of a time column in the claim's time zone."""
    return truncate(binder.expression(time, "time", expect="time"), unit, binder.timezone)


def periods_between(first: date | datetime, last: date | datetime, unit: str) -> int:
    """How many periods run from the first to the last, both included; the moments are truncated to the unit."""
    a, b = _moment(first), _moment(last)
    if unit == "year":
        return b.year - a.year + 1
    if unit == "month":
        return (b.year - a.year) * 12 + b.month - a.month + 1
    seconds = {"hour": 3_600, "day": 86_400, "week": 604_800}[unit]
    return round((b - a).total_seconds() / seconds) + 1


def _moment(value: date | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
