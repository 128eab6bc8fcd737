"""Intervals as sets of numbers: what covers what, what meets what."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.claims.regions import UNBOUNDED, Interval

# A grid with points between and beyond the ends, so that membership can be told by trying every point.
ENDS = [None, *(Fraction(n) for n in range(5))]
POINTS = [Fraction(n, 2) for n in range(-3, 12)]


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = draw(st.sampled_from(ENDS)), draw(st.sampled_from(ENDS))
    if low is not None and high is not None and low > high:
        low, high = high, low
    point = low is not None and low == high
    low_open = draw(st.booleans()) and low is not None and not point
    high_open = draw(st.booleans()) and high is not None and not point
    return Interval(low, high, low_open, high_open)


def members(region: Interval) -> set[Fraction]:
    return {point for point in POINTS if region.contains(point)}


@given(intervals(), intervals())
def test_covers_is_inclusion(a: Interval, b: Interval) -> None:
    # Points beyond the grid: an end without bound reaches further than any point of it.
    reaches = (a.low is None or b.low is not None) and (a.high is None or b.high is not None)
    assert a.covers(b) == (members(b) <= members(a) and reaches)


@given(intervals(), intervals())
def test_disjoint_is_no_common_point(a: Interval, b: Interval) -> None:
    assert a.disjoint(b) == (not members(a) & members(b))
    assert a.disjoint(b) == b.disjoint(a)


@given(intervals(), intervals())
def test_below_is_every_point_smaller(a: Interval, b: Interval) -> None:
    ordered = all(x < y for x in members(a) for y in members(b)) and a.high is not None and b.low is not None
    assert a.below(b) == ordered


@given(intervals(), intervals())
def test_hull_is_the_smallest_that_holds_both(a: Interval, b: Interval) -> None:
    hull = a.hull(b)
    assert hull.covers(a)
    assert hull.covers(b)
    assert hull.low in (a.low, b.low)
    assert hull.high in (a.high, b.high)


@given(intervals())
def test_unbounded_covers_everything(a: Interval) -> None:
    assert UNBOUNDED.covers(a)
    assert not UNBOUNDED.disjoint(a)


def test_a_point_holds_itself_alone() -> None:
    half = Interval.point(Fraction(1, 2))
    assert half.is_point
    assert half.contains(Fraction(1, 2))
    assert not half.contains(Fraction(1, 2) + Fraction(1, 10**30))


def test_an_open_end_is_left_out() -> None:
    more_than_half = Interval(Fraction(1, 2), Fraction(1), low_open=True)
    assert not more_than_half.contains(Fraction(1, 2))
    assert more_than_half.contains(Fraction(1))


def test_ends_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match="low end 2 lies above high end 1"):
        Interval(Fraction(2), Fraction(1))
