"""What a claimed figure turns into: the set of values that would make the claim true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Literal

from factcheck.claims.figures.quantity import Quantity
from factcheck.claims.regions import Interval

Mode = Literal["equal", "includes", "excludes"]


@dataclass(frozen=True)
class NumberClaim:
    """A claimed number. `region` (A) makes it true, `near` (A′, never smaller than A) makes it close.

    Numbers are in the unit of `quantity`: fractions for shares and points, times for ratios, seconds
    for durations. `figure` is the one number that was spoken (None for ranges and for words such as
    most); `integer` says that it was written without decimals; `exact_words` that nothing is near; `part` that a
    ratio is told as a part of the other side ("one in eight") and not as a change from it ("half as many").
    """

    text: str
    quantity: Quantity
    region: Interval
    near: Interval
    reading: str
    exact_words: bool = False
    one_sided: bool = False
    figure: Fraction | None = None
    integer: bool = False
    part: bool = False


@dataclass(frozen=True)
class LabelClaim:
    """A claimed label: the value is the one member (`equal`) or none of the members (`excludes`)."""

    text: str
    members: tuple[str, ...]
    mode: Mode
    reading: str


@dataclass(frozen=True)
class SetClaim:
    """A claimed set of labels: it equals, includes, or holds none of the members."""

    text: str
    members: tuple[str, ...]
    mode: Mode
    reading: str


@dataclass(frozen=True)
class DateClaim:
    """A claimed period [low, high) in the wall time of the claim's timezone; None is an open end.

    A list of dates is kept day by day in `members` (sorted), with `mode` as for sets; `parts` are the first and the
    last day of each of its items as they were named.
    """

    text: str
    low: datetime | None
    high: datetime | None
    reading: str
    members: tuple[date, ...] | None = None
    mode: Mode = "equal"
    parts: tuple[tuple[date, date], ...] = ()

    def days(self) -> tuple[date, ...] | None:
        """The days claimed, for measures whose value is a set of days; None where an end is open."""
        if self.members is not None or self.low is None or self.high is None:
            return self.members
        last = (self.high - timedelta(microseconds=1)).date()
        count = (last - self.low.date()).days + 1
        return tuple(self.low.date() + timedelta(days=i) for i in range(count))


@dataclass(frozen=True)
class TrendClaim:
    """A claimed direction; `region` holds the relative changes that make it true."""

    text: str
    direction: Literal["rising", "falling", "flat"]
    region: Interval
    reading: str


@dataclass(frozen=True)
class CompositionClaim:
    """Claimed shares (or counts) of several groups at once; `whole` when there are no other groups."""

    text: str
    parts: dict[str, NumberClaim]
    whole: bool
    reading: str


Claimed = NumberClaim | LabelClaim | SetClaim | DateClaim | TrendClaim | CompositionClaim
