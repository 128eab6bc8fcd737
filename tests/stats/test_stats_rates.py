"""Ratios of rates: R's exact test, R's quasi-Poisson, Student's and Welch's limits, coverage of bursty days."""

from __future__ import annotations

import math

import numpy as np
import pytest

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Note
from factcheck.stats.rates import daily_rate_ratio, rate_ratio

BURSTY = [3, 0, 12, 1, 0, 0, 7, 2, 30, 5, 0, 1, 4, 0, 9, 20, 1, 33, 2, 15, 0]
LAST_SIX = [False] * 15 + [True] * 6


@pytest.mark.parametrize(
    ("a", "time_a", "b", "time_b", "level", "low", "high"),
    [
        # R 4.2.2: poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878)), the example of its help page.
        (11, 800, 21, 3011, 0.95, 0.858426403392, 4.277265943654),
        # R 4.2.2: the same with conf.level = 0.99
        (11, 800, 21, 3011, 0.99, 0.659998725219, 5.314328588494),
        # R 4.2.2: poisson.test(c(0, 12), c(3, 4))
        (0, 3, 12, 4, 0.95, 0.0, 0.47985842305),
    ],
)
def test_the_exact_test_of_r(
    a: int, time_a: float, b: int, time_b: float, level: float, low: float, high: float
) -> None:
    found = rate_ratio(a, time_a, b, time_b, level)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-10)
    assert found.estimate == pytest.approx((a / time_a) / (b / time_b))


def test_no_event_in_the_base() -> None:
    found = rate_ratio(3, 2, 0, 5)
    assert found.high == math.inf
    assert found.estimate is None
    assert Note.ZERO_DENOMINATOR in found.notes


def test_days_that_vary_as_chance_has_it() -> None:
    """R 4.2.2: poisson.test(c(51, 56), c(6, 12)), whose quasi-Poisson dispersion is 0.21."""
    counts = [4, 6, 5, 3, 5, 4, 6, 5, 4, 5, 3, 6, 8, 9, 10, 7, 9, 8]
    found = daily_rate_ratio(range(18), counts, [False] * 12 + [True] * 6)
    assert (found.low, found.high) == pytest.approx((1.22152847987, 2.71054133411), rel=1e-10)
    assert found.notes == ()


def test_days_with_bursts() -> None:
    """R 4.2.2: glm(y ~ d, quasipoisson) has a dispersion of 13.136; the neighbours' correlations are −0.18 and −0.28.

    The three limits, by R's qt and qbeta: one relative spread 0.38016 to 15.13462, quasi-Poisson 0.39171 to 14.39309,
    Welch 0.63672 to 9.03622 on 13.26 degrees of freedom. The widest is taken.
    """
    found = daily_rate_ratio(range(21), BURSTY, LAST_SIX)
    assert (found.low, found.high) == pytest.approx((0.380155962185, 15.134618188271), rel=1e-9)
    assert found.estimate == pytest.approx(math.exp(0.874905515711))
    assert Note.BURSTS in found.notes


def test_days_that_are_no_neighbours_are_not_compared() -> None:
    """Correlated days widen the interval only where they follow one another."""
    steady = [1, 2, 4, 9, 20, 40, 30, 12, 5, 2, 1, 1, 3, 8, 19, 35, 22, 9, 4, 1]
    during = [i >= 10 for i in range(20)]
    beside = daily_rate_ratio(range(20), steady, during)
    apart = daily_rate_ratio(range(0, 40, 2), steady, during)
    assert beside.high > apart.high > 1 > apart.low > beside.low


def test_few_days_with_bursts_tell_nothing() -> None:
    found = daily_rate_ratio(range(18), [*BURSTY[:15], 20, 1, 33], [False] * 15 + [True] * 3)
    assert (found.low, found.high) == (0, math.inf)
    assert Note.FEW_DAYS in found.notes
    assert daily_rate_ratio(range(4), [2, 2, 4, 4], [False, False, True, True]).high == math.inf


def test_a_side_without_events() -> None:
    none = daily_rate_ratio(range(21), [*BURSTY[:15], 0, 0, 0, 0, 0, 0], LAST_SIX)
    assert none.low == 0
    assert 0 < none.high < math.inf
    base = daily_rate_ratio(range(21), BURSTY, [not day for day in [True] * 0 + [False] * 15 + [True] * 6])
    assert base.high == pytest.approx(1 / 0.380155962185)
    empty = daily_rate_ratio(range(12), [5] * 6 + [0] * 6, [True] * 6 + [False] * 6)
    assert empty.high == math.inf
    assert Note.ZERO_DENOMINATOR in empty.notes


def test_bursts_are_covered_and_the_exact_test_does_not_cover_them() -> None:
    """A negative binomial of size 1 with means of 15 on 10 days and 5 on 50: the ratio is 3."""
    rng = np.random.default_rng(20170608)
    during = np.arange(60) < 10
    mean = np.where(during, 15.0, 5.0)
    wide = narrow = 0
    for _ in range(400):
        y = rng.poisson(mean * rng.gamma(1.0, 1.0, 60))
        found = daily_rate_ratio(range(60), y.tolist(), during.tolist())
        exact = rate_ratio(int(y[during].sum()), 10, int(y[~during].sum()), 50)
        wide += found.low <= 3 <= found.high
        narrow += exact.low <= 3 <= exact.high
    assert wide >= 0.945 * 400
    assert narrow < 0.7 * 400


@pytest.mark.parametrize(
    ("days", "counts", "during", "says"),
    [
        ([1, 2], [1, 2, 3], [True, False], "one length"),
        ([1, 2], [1, 2], [True, True], "not for others"),
        ([2, 1], [1, 2], [True, False], "ascend"),
        ([1, 2], [1, -2], [True, False], "not negative"),
    ],
)
def test_impossible_input(days: list[int], counts: list[float], during: list[bool], says: str) -> None:
    with pytest.raises(StatisticsError, match=says):
        daily_rate_ratio(days, counts, during)


def test_impossible_times() -> None:
    with pytest.raises(StatisticsError, match="time_b=0"):
        rate_ratio(1, 1, 1, 0)
