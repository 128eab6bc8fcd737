"""Days and stretches of days that a claim names against the periods that the evidence holds.

Every item of the claim is one event: a day, or a stretch of days on one of which it fell. It is found where a period
that the evidence holds lies in it or meets it, and a period that no item meets is left out by the claim. What is
compared are then sets: of four items or more, one may be missing and one left out for the claim to be close.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from factcheck.claims.figures import DateClaim
from factcheck.measures.measurement import Members
from factcheck.measures.periods import end_of
from factcheck.verdicts.sets import compare_sets
from factcheck.verdicts.verdict import Finding

Span = tuple[datetime | None, datetime | None]  # from, before


def compare_days(claimed: DateClaim, found: Members, unit: str) -> Finding:
    """The finding for a measured set of periods, named by the ISO text of their first moment."""
    items = _items(claimed)
    met = {period: _met(period, unit, items) for period in found.possible}
    certain = frozenset(name for period in found.certain for name in met[period] or (period,))
    possible = certain | frozenset(name for period in found.possible for name in met[period] or (period,))
    return compare_sets(tuple(items), claimed.mode, Members(certain, possible, None, found.open))


def _items(claimed: DateClaim) -> dict[str, Span]:
    """What the claim names, by the ISO text of its days."""
    if claimed.members is None:
        return {claimed.text: (claimed.low, claimed.high)}
    spans = ((datetime(*a.timetuple()[:3]), datetime(*b.timetuple()[:3])) for a, b in claimed.parts)
    day = timedelta(days=1)
    return {str(a.date()) if a == b else f"{a.date()} to {b.date()}": (a, b + day) for a, b in spans}


def _met(period: str, unit: str, items: dict[str, Span]) -> tuple[str, ...]:
    start = datetime.fromisoformat(period)
    end = end_of(start, unit)
    return tuple(
        name for name, (low, high) in items.items() if (low is None or low < end) and (high is None or start < high)
    )
