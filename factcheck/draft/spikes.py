"""Candidates about peaks: the days that are said to stand out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from factcheck.draft.conditions import column
from factcheck.draft.making import Candidate, Drafting, candidate, joined, that
from factcheck.draft.match import Match
from factcheck.draft.reading import Reading

_PERIOD = re.compile(r">= '(\d{4}-\d\d-\d\d)' and .+ < '(\d{4}-\d\d-\d\d)'$")
_SHORT = 3  # days of a period that is one event


def peaks(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    """The days that the sentence names, as days that stand out by a time column; what else it says is a condition."""
    times = [match for match in drafting.matches if match.what == "time" and _days(match) is not None]
    conditions = [match for match in chosen if match.what != "time"]
    for name in dict.fromkeys(match.column for match in times):
        days = _each([match for match in times if match.column == name])
        said = [_label(match) for match in days]
        units = {unit for unit, _ in said}
        if not days or len(units) > 1:
            continue
        joining = joined(drafting, reading, conditions)
        measure = that({"peaks": column(str(name)), "per": units.pop()}, joining, conditions, "among")
        claimed = {"excludes" if reading.turned else "includes": list(dict.fromkeys(label for _, label in said))}
        yield candidate(drafting, reading, measure, [*conditions, *days], joining, claimed=claimed)


def _each(times: Sequence[Match]) -> list[Match]:
    """One meaning of each date, in the order of the sentence; a year that is left out is that of the date before."""
    found: list[Match] = []
    for match in sorted(times, key=lambda one: (one.first, -one.score)):
        same = [one for one in found if not one.covered.isdisjoint(match.covered)]
        if not same:
            found.append(match)
        elif len(found) > 1 and same == [found[-1]] and _fits(match, found[-2]) > _fits(same[0], found[-2]):
            found[-1] = match
    return found


def _fits(match: Match, before: Match) -> int:
    """How well a date follows the one before it: within the next year best."""
    days, earlier = _days(match), _days(before)
    assert days is not None
    assert earlier is not None
    return int(timedelta(0) < days[0] - earlier[0] < timedelta(365))


def _days(match: Match) -> tuple[date, date] | None:
    """The first day of a short period or a month, and the day after its last."""
    hit = _PERIOD.search(match.condition or "")
    if hit is None:
        return None
    low, high = (date.fromisoformat(day) for day in hit.groups())
    return (low, high) if high - low <= timedelta(_SHORT) or _is_month(low, high) else None


def is_event(match: Match) -> bool:
    """Whether it is a time of a few days, in which nothing rises or falls from day to day."""
    days = _days(match) if match.what == "time" else None
    return days is not None and not _is_month(*days)


def _is_month(low: date, high: date) -> bool:
    return low.day == high.day == 1 and timedelta(27) < high - low < timedelta(32)


def _label(match: Match) -> tuple[str, str]:
    """The unit of a period and how a claim names it."""
    days = _days(match)
    assert days is not None
    low, last = days[0], days[1] - timedelta(1)
    if _is_month(*days):
        return "month", low.isoformat()[:7]
    return "day", low.isoformat() if low == last else f"{low.isoformat()} to {last.isoformat()}"
