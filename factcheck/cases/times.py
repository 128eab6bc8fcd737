"""The time that a case speaks of, and the time that the rows of its datasets hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from factcheck.cases.build import BoundCase
from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Column, Dataset
from factcheck.evidence.expressions import time_bounds
from factcheck.verdicts.coverage import Days, Span

AXIS = "created_at"  # the canonical time of a post
_RESTRICTING = ("where", "among")  # conditions that say which rows the claim is about, not what is found of them


class Times(Protocol):
    """What can be asked about a time column: its ends, and on how many days there is any row."""

    def span(self, dataset: Dataset, column: str) -> tuple[date | None, date | None, int]: ...


def axis(dataset: Dataset, used: Iterable[tuple[str, str]]) -> Column | None:
    """The column that says when a row was: the only one that holds times, or `created_at`, or the only one used."""
    times = [column for column in dataset.columns.values() if column.family.is_time]
    named = [column for column in times if column.name == AXIS]
    mine = [column for column in times if (dataset.name, column.name) in set(used)]
    return next((found[0] for found in (named, times, mine) if len(found) == 1), None)


def spoken(case: BoundCase) -> dict[str, list[Days]]:
    """For each dataset the days that the conditions on its time leave, each condition for itself."""
    days: dict[str, list[Days]] = {}
    for dataset in case.datasets:
        column = axis(dataset, case.used)
        for name, bound, path in case.conditions:
            if column is None or name != dataset.name or not path or path[-1] not in _RESTRICTING:
                continue
            found = time_bounds(bound).get(column.name)
            if found is not None and found not in days.get(name, ()):
                days.setdefault(name, []).append(found)
    return days


def with_spans(cases: Iterable[BoundCase], times: Times) -> list[BoundCase]:
    """The cases with what the rows of their datasets hold of the time; each column is asked for once."""
    asked: dict[tuple[str, str, str], Span | None] = {}
    timed = []
    for case in cases:
        spans = {}
        for dataset in case.datasets:
            column = axis(dataset, case.used)
            # A table of counts has a row a month, say: its last day is not the last that it covers.
            if column is None or dataset.counts is not None or dataset.format == "reported":
                continue
            zone = case.case.claim.timezone or column.timezone or "UTC"
            key = (dataset.name, column.name, zone)
            if key not in asked:
                asked[key] = _span(times, dataset, column.name, ZoneInfo(zone))
            if (span := asked[key]) is not None:
                spans[dataset.name] = span
        timed.append(replace(case, spans=spans))
    return timed


def _span(times: Times, dataset: Dataset, column: str, zone: ZoneInfo) -> Span | None:
    try:
        first, last, days = times.span(dataset, column)
    except EvidenceError:
        return None  # the claims that use this column are errors already
    ends = [_day(end, zone) for end in (first, last)]
    return Span(column, ends[0], ends[1], days) if ends[0] is not None and ends[1] is not None else None


def _day(end: date | None, zone: ZoneInfo) -> date | None:
    if not isinstance(end, datetime):
        return end if isinstance(end, date) else None
    try:
        return end.replace(tzinfo=UTC).astimezone(zone).date()
    except (OverflowError, ValueError):  # the last hours of the year 9999
        return end.date()
