"""Periods of a clock: truncating times to them, counting and listing those between two moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

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


def start_of(moment: datetime, unit: str) -> datetime:
    """The first moment of the period in which a moment of the clock lies; weeks begin on Monday."""
    if unit == "hour":
        return moment.replace(minute=0, second=0, microsecond=0)
    day = datetime(moment.year, moment.month, moment.day)
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[unit]


def end_of(start: datetime, unit: str) -> datetime:
    """The first moment behind the period that begins at `start`; that of the last one that a calendar has."""
    try:
        if unit == "year":
            return start.replace(year=start.year + 1)
        if unit == "month":
            return (start + timedelta(days=32)).replace(day=1)
        return start + {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}[unit]
    except (OverflowError, ValueError):
        return datetime.max


def starts(first: datetime, last: datetime, unit: str, zone: str) -> tuple[datetime, ...]:
    """The starts of all periods from the first to the last, without the hours that a clock put forward leaves out."""
    found = [first]
    while found[-1] < last:
        found.append(end_of(found[-1], unit))
    if unit != "hour" or zone == "UTC":
        return tuple(found)
    return tuple(start for start in found if _exists(start, ZoneInfo(zone)))


def _exists(start: datetime, zone: ZoneInfo) -> bool:
    return start.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == start


def _moment(value: date | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
