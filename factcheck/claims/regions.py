"""Sets of values: what a claim allows (A) and what the evidence allows (M).

Every end is an exact rational, so that 0.635 written in a claim and 127/200 counted in data are the
same number; None is an end without bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Interval:
    """The numbers between `low` and `high`; None means unbounded, `*_open` leaves the end out."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low end {self.low} lies above high end {self.high}")

    @classmethod
    def point(cls, value: Fraction | int) -> Interval:
        return cls(Fraction(value), Fraction(value))

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high

    def contains(self, value: Fraction) -> bool:
        return self.within_low(value) and self.within_high(value)

    def within_low(self, value: Fraction) -> bool:
        return self.low is None or value > self.low or (value == self.low and not self.low_open)

    def within_high(self, value: Fraction) -> bool:
        return self.high is None or value < self.high or (value == self.high and not self.high_open)

    def covers(self, other: Interval) -> bool:
        """True where every value of `other` lies in this interval."""
        return self._low_covers(other) and self._high_covers(other)

    def _low_covers(self, other: Interval) -> bool:
        if self.low is None:
            return True
        if other.low is None:
            return False
        return other.low > self.low or (other.low == self.low and (not self.low_open or other.low_open))

    def _high_covers(self, other: Interval) -> bool:
        if self.high is None:
            return True
        if other.high is None:
            return False
        return other.high < self.high or (other.high == self.high and (not self.high_open or other.high_open))

    def below(self, other: Interval) -> bool:
        """True where every value here is smaller than every value of `other`."""
        if self.high is None or other.low is None:
            return False
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))

    def disjoint(self, other: Interval) -> bool:
        return self.below(other) or other.below(self)

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        low, low_open = _outer(self.low, self.low_open, other.low, other.low_open, smaller=True)
        high, high_open = _outer(self.high, self.high_open, other.high, other.high_open, smaller=False)
        return Interval(low, high, low_open, high_open)


def _outer(
    a: Fraction | None, a_open: bool, b: Fraction | None, b_open: bool, *, smaller: bool
) -> tuple[Fraction | None, bool]:
    if a is None or b is None:
        return None, False
    if a == b:
        return a, a_open and b_open
    takes_a = a < b if smaller else a > b
    return (a, a_open) if takes_a else (b, b_open)


UNBOUNDED = Interval(None, None)
