"""Intervals from intervals: Fagerland, Lydersen & Laake (2017), Statistical Analysis of Contingency Tables, whose results
stand in the tests of its R package contingencytables (`tests/testthat/test-ch4.R`, `test-ch8.R`)."""

from __future__ import annotations

import math

import pytest

from factcheck.stats import mover
from factcheck.stats.difference import newcombe, ratio_of_paired_proportions
from factcheck.stats.proportion import wilson


def ends(k: int, n: int) -> mover.Ends:
    found = wilson(k, n)
    return found.low, found.high


def test_a_ratio_of_independent_shares() -> None:
    # MOVER_R_Wilson_CI_ratio_2x2(7, 27, 1, 33): estimate = 7.0000 (95% CI 1.1537 to 41.9763)
    assert mover.ratio(7 / 34, ends(7, 34), 1 / 34, ends(1, 34)) == pytest.approx((1.1537, 41.9763), abs=6e-5)


def test_a_ratio_of_shares_of_the_same_rows() -> None:
    # MOVER_Wilson_score_CI_paired_2x2(59, 6, 16, 80): estimate = 0.8667 (95% CI 0.7592 to 0.9866)
    phi = (59 * 80 - 6 * 16) / math.sqrt(65 * 96 * 75 * 86)
    found = mover.ratio(65 / 161, ends(65, 161), 75 / 161, ends(75, 161), phi)
    assert found == pytest.approx((0.7592, 0.9866), abs=6e-5)


def test_a_difference_is_newcombes() -> None:
    # Newcombe_hybrid_score_CI_2x2(7, 27, 1, 33): estimate = 0.1765 (95% CI 0.0189 to 0.3404)
    found = mover.difference(7 / 34, ends(7, 34), 1 / 34, ends(1, 34))
    assert found == pytest.approx((0.0189, 0.3404), abs=6e-5)
    assert (newcombe(7, 34, 1, 34).low, newcombe(7, 34, 1, 34).high) == pytest.approx(found)


def test_paired_shares_by_bonett_and_price() -> None:
    # BonettPrice_hybrid_Wilson_score_CI_paired_2x2(59, 6, 16, 80): estimate = 0.8667 (95% CI 0.7579 to 0.9910)
    found = ratio_of_paired_proportions(59, 6, 16, 80)
    assert (found.low, found.high) == pytest.approx((0.7579, 0.9910), abs=6e-5)
    # R package statpsych, ci.ratio.prop.ps(.05, 12, 4, 26, 6): 3.2 1.766544 5.796628
    found = ratio_of_paired_proportions(6, 26, 4, 12)
    assert (found.estimate, found.low, found.high) == pytest.approx((3.2, 1.766544, 5.796628), abs=6e-7)


def test_paired_shares_of_which_one_is_nothing() -> None:
    none_first, none_second = ratio_of_paired_proportions(0, 0, 5, 9), ratio_of_paired_proportions(0, 5, 0, 9)
    assert (none_first.estimate, none_first.low) == (0.0, 0.0)
    assert none_first.high < 1
    assert (none_second.estimate, none_second.high) == (None, math.inf)
    assert ratio_of_paired_proportions(0, 0, 0, 9).low == 0.0


def test_an_open_end_stays_open() -> None:
    assert mover.difference(5.0, (4.0, math.inf), 2.0, (1.0, 3.0)) == (pytest.approx(3 - math.sqrt(2)), math.inf)
    assert mover.ratio(5.0, (4.0, math.inf), 2.0, (1.0, 3.0))[1] == math.inf
    assert mover.ratio(5.0, (4.0, 6.0), 2.0, (0.0, 3.0))[1] == math.inf


def test_a_side_without_doubt_leaves_that_of_the_other() -> None:
    assert mover.difference(5.0, (4.0, 7.0), 2.0, (2.0, 2.0)) == pytest.approx((2.0, 5.0))
    assert mover.ratio(5.0, (4.0, 7.0), 2.0, (2.0, 2.0)) == pytest.approx((2.0, 3.5))
    assert mover.ratio(5.0, (5.0, 5.0), 2.0, (1.0, 4.0)) == pytest.approx((1.25, 5.0))
