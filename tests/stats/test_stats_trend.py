"""Trends: slopes that R printed, worst cases by search, coverage under dependence, the test of Mann and Kendall."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from scipy import optimize, stats

from factcheck.errors import StatisticsError
from factcheck.stats.trend import bounds, fit, mann_kendall

# New AIDS cases in Belgium, 1981 to 1993 (Wood 2006, Generalized Additive Models, section 2.3.2). R prints for
# glm(y ~ t, poisson): coefficients 3.1405895 and 0.2021212, standard error of the slope 0.007771.
BELGIUM = (12, 14, 33, 50, 67, 74, 123, 141, 165, 204, 253, 246, 240)


def likeliest(y: Sequence[float], weights: Sequence[float] | None = None) -> float:
    """The change at the largest Poisson likelihood, by a general optimiser."""
    t, totals = np.arange(len(y)), np.asarray(y, dtype=float)
    w = np.ones(len(y)) if weights is None else np.asarray(weights, dtype=float)

    def minus(p: np.ndarray) -> float:
        return float((w * np.exp(p[0] + p[1] * t)).sum() - (totals * (p[0] + p[1] * t)).sum())

    start = np.array([math.log(totals.sum() / w.sum()), 0.0])
    found = optimize.minimize(minus, start, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12})
    return float(math.expm1(found.x[1] * (len(y) - 1)))


def test_the_slope_is_that_of_poisson_regression() -> None:
    found = fit(BELGIUM)
    assert found.slope == pytest.approx(0.2021212, abs=5e-8)
    assert math.log(found.first) == pytest.approx(3.1405895 + 0.2021212, abs=2e-7)
    assert found.last / found.first - 1 == pytest.approx(found.change)
    assert found.per_step == pytest.approx(math.expm1(0.2021212), abs=1e-6)


def test_the_standard_error_is_that_of_quasi_poisson_regression() -> None:
    found = fit(BELGIUM)
    mu = found.first * np.exp(found.slope * np.arange(13))
    dispersion = float(((np.array(BELGIUM) - mu) ** 2 / mu).sum()) / 11
    assert found.se is not None
    assert found.se / math.sqrt(dispersion * found.inflation) == pytest.approx(0.007771, abs=5e-7)
    assert found.degrees == max(2, 11 / found.inflation)
    low, high = found.limits(0.95)
    reach = stats.t.ppf(0.975, found.degrees) * found.se
    assert (math.log1p(low) / 12, math.log1p(high) / 12) == pytest.approx((found.slope - reach, found.slope + reach))


def test_a_share_weighs_as_many_rows_as_it_is_out_of() -> None:
    assert fit((10, 20, 60), (100, 100, 200)).change == pytest.approx(
        likeliest((10, 20, 60), (100, 100, 200)), abs=1e-5
    )
    assert fit((10, 20, 30), (100, 200, 300)).change == 0
    # A period without weight has no figure, but takes its time.
    assert fit((10, 0, 40), (100, 0, 100)).change == pytest.approx(3)
    assert fit((10, 0, 40), (100, 0, 100)).span == 2


def test_nothing_changes_where_the_average_row_lies_in_the_middle() -> None:
    for series in ((7, 7, 7), (10, 50, 10, 50, 10), (3, 1, 0, 1, 3)):
        assert fit(series).change == 0
    assert fit((3, 1, 0, 1, 4)).change > 0


def test_a_series_that_has_only_one_end_is_lent_half_a_row() -> None:
    rise, fall = fit((0, 0, 10)), fit((10, 0))
    assert rise.smoothed
    assert rise.change == pytest.approx(likeliest((0.5, 0.5, 10.5)), rel=1e-4)
    assert fall.change == pytest.approx(0.5 / 10.5 - 1)
    assert not fit((0, 10, 0)).smoothed
    assert fit((0, 10, 0)).change == 0


def test_two_points_have_a_change_but_no_interval() -> None:
    assert fit((10, 20)).change == pytest.approx(1)
    assert fit((10, 20)).limits(0.95) == (-1, math.inf)


def test_a_change_past_all_doubles_is_held() -> None:
    series = [1.0] + [0.0] * 50 + [1e300]
    assert math.isfinite(fit(series).change)


@pytest.mark.parametrize(
    ("y", "more", "weights", "unplaced"),
    [
        ((4, 5, 3, 6), (1, 0, 2, 1), None, 0),
        ((4, 5, 3, 6), (0, 0, 0, 0), None, 3),
        ((4, 5, 3, 6), (2, 1, 0, 1), None, 2),
        ((1, 0, 0, 2), (0, 2, 2, 0), (5, 5, 5, 5), 0),
    ],
)
def test_worst_cases_are_reached_and_never_passed(
    y: tuple[int, ...], more: tuple[int, ...], weights: tuple[int, ...] | None, unplaced: int
) -> None:
    low, high = bounds(y, more, weights, unplaced)
    changes = []
    for extra in product(*(range(m + 1) for m in more)):
        for places in product(range(len(y)), repeat=unplaced):
            filled = [a + b + places.count(i) for i, (a, b) in enumerate(zip(y, extra, strict=True))]
            changes.append(fit(filled, weights).change)
    assert (low, high) == pytest.approx((min(changes), max(changes)))


def test_worst_cases_of_a_share_hold_rows_without_a_time() -> None:
    y, w = (4, 5, 3, 6), (9, 8, 9, 9)
    low, high = bounds(y, (0, 0, 0, 0), w, 1, 2)  # one of the two rows counts
    changes = []
    for yes, no in product(range(4), repeat=2):
        counts = [a + (i == yes) for i, a in enumerate(y)]
        rows = [a + (i == yes) + (i == no) for i, a in enumerate(w)]
        changes.append(fit(counts, rows).change)
    assert low <= min(changes) < max(changes) <= high
    assert high - low < 2.5 * (max(changes) - min(changes))


# 72 settings of 300 series each (dependence 0 to 0.6, 5 to 300 periods, 5 and 50 rows a period) came to 96.4 % on
# average and to 91 % at worst; with r₁ alone and n − 2 degrees of freedom it was 83 % at 7 periods and 0.6.
@pytest.mark.parametrize(("r", "n"), [(0.0, 30), (0.3, 30), (0.6, 30), (0.6, 7), (0.6, 100)])
def test_the_interval_covers_under_dependence(r: float, n: int) -> None:
    rng = np.random.default_rng(31)
    hits = 0
    for _ in range(200):
        log = [0.4 * rng.normal()]
        for shock in rng.normal(size=n - 1):
            log.append(r * log[-1] + 0.4 * math.sqrt(1 - r**2) * shock)
        mean = 50 * np.exp(math.log(2) / (n - 1) * np.arange(n) + np.array(log) - 0.08)
        low, high = fit(rng.poisson(mean)).limits(0.95)
        hits += low <= 1 <= high
    assert hits >= 180


def test_mann_kendall_by_hand() -> None:
    # J. Little, College of the Holy Cross, MannKendallByHand.txt: S = 54 of 91 pairs, one pair of equal values,
    # V = 14·13·33/18 − 2·1·9/18, Z = 2.9058, one-sided p about 0.0018.
    values = (12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7)
    found = mann_kendall(values)
    assert (found.s, found.n) == (54, 14)
    assert found.p == pytest.approx(math.erfc(2.9058 / math.sqrt(2)), rel=1e-3)
    assert found.p / 2 == pytest.approx(0.0018, abs=5e-5)
    assert found.tau == pytest.approx(stats.kendalltau(range(14), values).statistic)


@pytest.mark.parametrize("seed", range(5))
def test_mann_kendall_is_kendalls_tau_against_time(seed: int) -> None:
    values = np.random.default_rng(seed).integers(0, 6, 25)
    found, oracle = mann_kendall(values.tolist()), stats.kendalltau(range(25), values, method="asymptotic")
    assert found.tau == pytest.approx(oracle.statistic)
    assert found.p == pytest.approx(oracle.pvalue, abs=0.05)  # without the correction for continuity
    assert found.p >= oracle.pvalue


@pytest.mark.parametrize("n", [2, 3, 7, 8, 100, 257])
def test_all_pairs_are_counted(n: int) -> None:
    values = np.random.default_rng(n).integers(0, 20, n)
    signs = np.sign(values[None, :] - values[:, None])
    assert mann_kendall(values.tolist()).s == int(np.triu(signs, 1).sum())


def test_equal_values_have_no_trend() -> None:
    found = mann_kendall([3, 3, 3, 3])
    assert (found.s, found.tau, found.p) == (0, 0, 1)


@pytest.mark.parametrize(
    ("y", "weights"), [((1,), None), ((0, 0, 0), None), ((1, -1), None), ((1, 2), (0, 1)), ((1, 2), (1, 1, 1))]
)
def test_series_without_a_trend_are_refused(y: tuple[float, ...], weights: tuple[float, ...] | None) -> None:
    with pytest.raises(StatisticsError):
        fit(y, weights)
