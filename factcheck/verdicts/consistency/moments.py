"""Dates that claims state for one quantity, as stretches of one line of time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from fractions import Fraction

from factcheck.claims.figures import Claimed, DateClaim
from factcheck.claims.regions import Interval
from factcheck.verdicts.consistency.line import Figure
from factcheck.verdicts.consistency.stated import Stated

CLOCKS = timedelta(hours=26)  # from the first place on earth where a day begins to the last
_START = datetime(1, 1, 1)


def date_figures(said: Iterable[tuple[Stated, Claimed]]) -> list[Figure]:
    """The periods that are claimed; where the claims are told by different clocks, each is a day wider."""
    dates = [(one, claimed) for one, claimed in said if isinstance(claimed, DateClaim) and claimed.members is None]
    clocks = {one.claim.timezone for one, _ in dates}
    spare = CLOCKS if len(clocks) > 1 else timedelta()
    return [_figure(one, claimed, _period(claimed, spare)) for one, claimed in dates]


def _figure(one: Stated, claimed: DateClaim, period: Interval) -> Figure:
    return Figure(one, period, period, period, claimed.text)


def _period(claimed: DateClaim, spare: timedelta) -> Interval:
    low = None if claimed.low is None else _seconds(claimed.low) - _length(spare)
    high = None if claimed.high is None else _seconds(claimed.high) + _length(spare)
    return Interval(low, high, high_open=True)


def _seconds(moment: datetime) -> Fraction:
    return _length(moment.replace(tzinfo=None) - _START)


def _length(stretch: timedelta) -> Fraction:
    return Fraction(stretch // timedelta(microseconds=1), 1_000_000)
