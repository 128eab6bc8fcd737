"""Bounds on overlaps, held against every assignment of what is not known."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.errors import StatisticsError
from factcheck.stats.overlap import Base, Memberships, known_only, overlap_count, overlap_share

SETS = st.integers(2, 3)
THINGS = SETS.flatmap(
    lambda k: st.lists(st.tuples(*[st.sampled_from([True, False, None])] * k), min_size=0, max_size=4)
)


def assignments(things: list[Memberships]) -> list[list[tuple[bool, ...]]]:
    """Every way in which the unknown memberships can turn out."""
    ways = [[tuple(way) for way in product(*([m] if m is not None else [True, False] for m in t))] for t in things]
    return [list(chosen) for chosen in product(*ways)]


def share(things: list[tuple[bool, ...]], base: Base) -> Fraction | None:
    """Directly from the definition: |all| / |any|, or |all| / |first|."""
    whole = sum(any(thing) if base == "any" else thing[0] for thing in things)
    return Fraction(sum(all(thing) for thing in things), whole) if whole else None


@settings(max_examples=400, deadline=None)
@given(THINGS, st.sampled_from(["any", "first"]))
def test_bounds_of_a_share_are_the_extremes_of_all_assignments(things: list[Memberships], base: Base) -> None:
    possible = [value for way in assignments(things) if (value := share(way, base)) is not None]
    found = overlap_share(Counter(things), base)
    if not possible:
        assert found is None
        return
    assert found is not None
    assert found.low == min(possible)
    assert found.high == max(possible)


@settings(max_examples=200, deadline=None)
@given(THINGS)
def test_bounds_of_a_count_are_the_extremes_of_all_assignments(things: list[Memberships]) -> None:
    possible = [sum(all(thing) for thing in way) for way in assignments(things)]
    found = overlap_count(Counter(things))
    if found is None:
        assert max(possible) == 0
        return
    assert found.low == min(possible)
    assert found.high == max(possible)


@settings(max_examples=200, deadline=None)
@given(THINGS, st.sampled_from(["any", "first"]))
def test_the_estimate_is_the_share_of_what_is_known(things: list[Memberships], base: Base) -> None:
    known = [tuple(member is True for member in thing) for thing in things]
    found, rest = overlap_share(Counter(things), base), overlap_share(known_only(Counter(things)), base)
    assert (None if found is None else found.estimate) == share(known, base)
    assert (None if rest is None else rest.low) == (None if rest is None else rest.high) == share(known, base)
    if found is not None and found.estimate is not None:
        assert found.low <= found.estimate <= found.high


def test_textbook() -> None:
    # Leskovec, Rajaraman & Ullman, Mining of Massive Datasets (3rd ed.), example 3.1: three elements in both sets,
    # eight in either, SIM(S, T) = 3/8.
    found = overlap_share({(True, True): 3, (True, False): 2, (False, True): 3}, "any")
    assert found is not None
    assert (found.estimate, found.low, found.high, found.base) == (Fraction(3, 8), Fraction(3, 8), Fraction(3, 8), 8)


def test_scipy_examples() -> None:
    # scipy.spatial.distance.jaccard, examples: jaccard([1, 0, 0], [0, 1, 0]) = 1.0 and jaccard([1, 0, 0], [1, 1, 0]) =
    # 0.5, as distances.
    apart = overlap_share(Counter(zip([True, False, False], [False, True, False], strict=True)), "any")
    half = overlap_share(Counter(zip([True, False, False], [True, True, False], strict=True)), "any")
    assert apart is not None
    assert half is not None
    assert apart.low == 0
    assert half.high == Fraction(1, 2)


def test_nothing_in_the_first_set_for_certain() -> None:
    """If there is a first set at all, its only members are in the others too."""
    found = overlap_share({(None, True): 5, (False, True): 7}, "first")
    assert found is not None
    assert found.estimate is None
    assert found.low == found.high == 1
    assert found.unsettled == 5


@pytest.mark.parametrize("tally", [{(True,): 1}, {(True, True): 1, (True, True, True): 1}, {(True, False): -1}])
def test_refused(tally: dict[Memberships, int]) -> None:
    with pytest.raises(StatisticsError):
        overlap_share(tally, "any")
