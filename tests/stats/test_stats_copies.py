"""Bounds on the share of copies, held against every text that an unknown row can have."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.errors import StatisticsError
from factcheck.stats.copies import copies_share, most_copies

TEXTS = st.lists(st.sampled_from(["", "a", "b", "c"]), max_size=5)


def copies_of(texts: list[str]) -> int:
    """By the definition: rows whose text, if they have one, is that of another row."""
    counts = Counter(text for text in texts if text)
    return sum(n for n in counts.values() if n > 1)


def tally(texts: list[str]) -> tuple[int, int, int]:
    counts = Counter(text for text in texts if text)
    singles = sum(n == 1 for n in counts.values())
    return copies_of(texts), singles, texts.count("")


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.integers(0, 3))
def test_bounds_are_the_extremes_of_all_texts_that_unknown_rows_can_have(texts: list[str], unknown: int) -> None:
    if not texts and not unknown:
        return
    # Texts of their own, x to z, are enough: names of texts do not matter.
    found = {copies_of([*texts, *more]) for more in product(["", "a", "b", "c", "x", "y", "z"], repeat=unknown)}
    low, high = copies_share(*tally(texts), unknown)
    n = len(texts) + unknown
    assert (low, high) == (Fraction(min(found), n), Fraction(max(found), n))


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(0, 1), st.integers(0, 2))
def test_rows_not_seen_may_be_in_the_base_or_not(texts: list[str], unknown: int, unseen: int) -> None:
    if not texts and not unknown:
        return
    shares = [
        Fraction(copies_of([*texts, *more, *others]), len(texts) + unknown + k)
        for k in range(unseen + 1)
        for more in product(["", "a", "b", "c", "x", "y", "z"], repeat=unknown)
        for others in product(["", "a", "b", "c", "x", "y", "z"], repeat=k)
    ]
    low, high = copies_share(*tally(texts), unknown, unseen)
    assert low <= min(shares)
    assert high == max(shares)


def test_one_text_can_be_like_many_that_are_not_alike() -> None:
    """C = {1 … 10}; each of ten others lacks one of its words: 9/10 with C, 8/10 with one another."""
    c = set(range(10))
    others = [c - {word} for word in c]
    assert all(Fraction(len(c & one), len(c | one)) >= Fraction(9, 10) for one in others)
    assert not any(
        Fraction(len(one & other), len(one | other)) >= Fraction(9, 10)
        for one in others
        for other in others
        if one != other
    )
    assert most_copies(0, 10, 1, alike=True) == 11
    assert most_copies(0, 10, 1) == 2


@pytest.mark.parametrize("given", [(-1, 0, 0), (0, -1, 0), (0, 0, -1), (1, 0, 0)])
def test_refused(given: tuple[int, int, int]) -> None:
    with pytest.raises(StatisticsError):
        most_copies(*given)


def test_a_share_of_no_rows_is_refused() -> None:
    with pytest.raises(StatisticsError):
        copies_share(0, 0, 0, 0)
