"""Which groups may be among the largest: looked up for thousands of groups, compared one by one here."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.measures.groups import Group, Grouped, Groups
from factcheck.measures.top import TopOf
from tests.depth import draws

ENDS = st.lists(st.one_of(st.none(), st.integers(-3, 6)), min_size=2, max_size=2)


def group(name: int, ends: list[int | None]) -> Group:
    low, high = ends
    if low is not None and high is not None and low > high:
        low, high = high, low
    middle = low if low is not None else high or 0
    return Group(str(name), Fraction(middle), *(None if end is None else Fraction(end) for end in (low, high)))


@settings(max_examples=len(draws(60, 1000)), deadline=None)
@given(st.lists(ENDS, min_size=1, max_size=9), st.integers(1, 4), st.integers(0, 1))
def test_a_group_may_be_among_the_largest_unless_enough_others_are_surely_above(
    ends: list[list[int | None]], size: int, hidden: int
) -> None:
    groups = sorted((group(i, pair) for i, pair in enumerate(ends)), key=lambda g: (-g.value, g.label))
    found = Groups(tuple(groups), 0, 9, 0, 0, 9, "", hidden=("unread",) * hidden)
    members = TopOf(cast("Grouped", None), size, "by")._between(found, size)
    above = {g.label: sum(other.surely_above(g) for other in groups) for g in groups}
    assert members.possible == {name for name, n in above.items() if n < size} | {*found.hidden}
