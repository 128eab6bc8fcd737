"""Sums scaled from a sample."""

from __future__ import annotations

import math

import numpy as np
import pytest

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Note
from factcheck.stats.counts import scaled_count
from factcheck.stats.total import scaled_total


def test_a_sum_of_ones_is_a_count() -> None:
    # Oracle: the exact inversion of the binomial for 900 rows in a 10 % sample.
    found, exact = scaled_total([1.0], [900], 0.1), scaled_count(900, 0.1)
    assert found.estimate == pytest.approx(9000)
    assert found.low == pytest.approx(exact.low, rel=0.005)
    assert found.high == pytest.approx(exact.high, rel=0.005)


def test_horvitz_thompson_width() -> None:
    # Horvitz & Thompson 1952: var = (1 − f)/f² Σx²; a symmetric sum gives about ±1.96 standard errors.
    values = np.concatenate([np.arange(-200.0, 0), np.arange(1.0, 201)])
    found = scaled_total(values, None, 0.25)
    half = 1.959964 * math.sqrt(0.75 * (values**2).sum()) / 0.25
    assert found.high == pytest.approx(half, rel=0.06)
    assert found.low == pytest.approx(-half, rel=0.06)


def test_what_was_seen_is_a_limit() -> None:
    found = scaled_total([3.0, 4.0], [2, 1], 0.1)
    assert (found.low, found.high, found.notes) == (10.0, math.inf, (Note.FEW_ROWS,))
    assert scaled_total([-3.0], [2], 0.1).high == -6.0
    assert scaled_total([-1.0, 1.0], [2, 2], 0.1).low == -math.inf
    whole = scaled_total([3.0, 4.0], [2, 1], 1)
    assert (whole.low, whole.high) == (10.0, 10.0)


def test_one_value_that_outweighs_all_others_leaves_the_top_open() -> None:
    found = scaled_total([1.0, 10_000.0], [99, 1], 0.5)
    assert (found.high, found.notes) == (math.inf, (Note.LONG_TAIL,))


def test_zeros_only() -> None:
    assert scaled_total([0.0], [50], 0.5).notes == (Note.NO_VARIATION,)


def test_impossible_fraction() -> None:
    with pytest.raises(StatisticsError, match="fraction must lie above 0 and be at most 1; got fraction=-1"):
        scaled_total([1.0], None, -1)


def test_coverage() -> None:
    """Simulated, 200 samples of 20 % of 1,000 exponential values: tails at most 5 % + 2 points of noise."""
    generator = np.random.default_rng(12)
    everything = generator.exponential(1, 1000)
    found = [scaled_total(everything[generator.random(1000) < 0.2], None, 0.2, seed=i) for i in range(200)]
    assert np.mean([f.low > everything.sum() for f in found]) <= 0.07
    assert np.mean([f.high < everything.sum() for f in found]) <= 0.07
    assert np.mean([f.high < math.inf for f in found]) > 0.5
