"""Shares of rows: published limits, exact oracles, coverage by full enumeration."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Note
from factcheck.stats.proportion import (
    clopper_pearson,
    finite_population_n,
    one_sided_lower,
    one_sided_upper,
    proportion,
    proportion_with_missing,
    rule_of_three,
    wilson,
)

# Newcombe 1998, Stat. Med. 17:857–872, Table I: four examples by method 3 (Wilson) and method 5 (Clopper–Pearson).
# The three small ones are also quoted by the tests of the R package ratesci (petelaud/ratesci, tests/testthat/test3.R).
NEWCOMBE = [
    (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
    (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
    (0, 20, (0.0000, 0.1611), (0.0000, 0.1684)),
    (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
]


@pytest.mark.parametrize(("k", "n", "score", "exact"), NEWCOMBE)
def test_published_examples(k: int, n: int, score: tuple[float, float], exact: tuple[float, float]) -> None:
    found = wilson(k, n)
    assert (found.low, found.high) == pytest.approx(score, abs=5.1e-5)
    found = clopper_pearson(k, n)
    assert (found.low, found.high) == pytest.approx(exact, abs=5.1e-5)


def test_wilson_of_1600_in_2504() -> None:
    # statsmodels proportion_confint(1600, 2504, method="wilson") and scipy binomtest(...).proportion_ci("wilson").
    found = proportion(1600, 2504)
    assert (found.low, found.high) == pytest.approx((0.6200, 0.6576), abs=5e-5)
    assert found.method == "Wilson"


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99, 0.999])
@pytest.mark.parametrize(("k", "n"), [(0, 1), (1, 1), (3, 7), (19, 50), (20, 40), (2, 5000), (4999, 5000)])
def test_against_scipy(k: int, n: int, level: float) -> None:
    # Oracle: scipy.stats.binomtest, an implementation of its own.
    for method, found in (("exact", clopper_pearson(k, n, level)), ("wilson", wilson(k, n, level))):
        wanted = stats.binomtest(k, n).proportion_ci(level, method=method)  # type: ignore[arg-type]  # one of its names
        assert (found.low, found.high) == pytest.approx((wanted.low, wanted.high), abs=1e-9)


@pytest.mark.parametrize(
    ("k", "n", "method"),
    [
        (19, 100, "Clopper–Pearson"),
        (20, 100, "Wilson"),
        (20, 40, "Wilson"),
        (80, 100, "Wilson"),
        (81, 100, "Clopper–Pearson"),
    ],
)
def test_the_method_follows_the_smaller_side(k: int, n: int, method: str) -> None:
    assert proportion(k, n).method == method


def test_no_event() -> None:
    # Hanley & Lippman-Hand 1983: 1 − 0.025^(1/n) is the exact upper limit; 3/n the quick one-sided 95 % bound.
    found = proportion(0, 14)
    assert found.low == 0
    assert found.high == pytest.approx(1 - 0.025 ** (1 / 14))
    assert found.notes == (Note.ZERO_EVENTS,)
    assert rule_of_three(14) == pytest.approx(3 / 14)
    assert abs(rule_of_three(100) - (1 - 0.05 ** (1 / 100))) < 0.001
    assert rule_of_three(2) == 1


def test_every_event_mirrors_no_event() -> None:
    none, every = proportion(0, 30), proportion(30, 30)
    assert (every.low, every.high) == pytest.approx((1 - none.high, 1))
    assert every.notes == (Note.ALL_EVENTS,)


def test_census_is_a_point() -> None:
    found = proportion(3, 8, population=8)
    assert (found.low, found.high, found.notes) == (3 / 8, 3 / 8, (Note.CENSUS,))


def test_finite_population_size() -> None:
    # Cochran 1977, ch. 4: n = n₀/(1 + (n₀ − 1)/N), solved for n₀; 200 of 1,000 stand for 200·999/800.
    effective = finite_population_n(200, 1000)
    assert effective == pytest.approx(249.75)
    assert effective / (1 + (effective - 1) / 1000) == pytest.approx(200)
    assert finite_population_n(7, 7) == math.inf
    assert proportion(60, 200, population=1000).low == pytest.approx(wilson(0.3 * 249.75, 249.75).low)
    assert proportion(60, 200, population=10**9).high == pytest.approx(proportion(60, 200).high, abs=1e-6)


def test_small_counts_of_a_population_are_whole_rows() -> None:
    # By hand: of 100 rows 50 drawn and none counts. C(95,50)/C(100,50) = 0.0281 > 0.025 > C(94,50)/C(100,50) = 0.0134.
    assert math.comb(95, 50) / math.comb(100, 50) > 0.025 > math.comb(94, 50) / math.comb(100, 50)
    assert proportion(0, 50, population=100).high == 0.05


def test_missing_values_widen_each_side() -> None:
    # Horowitz & Manski 2000: low limit as if no missing value counted, high limit as if all did.
    found = proportion_with_missing(30, 25, 100)
    assert found.low == proportion(30, 100).low
    assert found.high == proportion(55, 100).high
    assert found.estimate == pytest.approx(0.4)
    assert proportion_with_missing(0, 10, 10).estimate is None
    assert proportion_with_missing(4, 2, 10, population=10).low == 0.4
    assert proportion_with_missing(4, 2, 10, population=10).high == pytest.approx(0.6)


def test_one_sided_limits_are_the_ends() -> None:
    assert one_sided_lower(45, 100) == pytest.approx(proportion(45, 100).low)
    assert one_sided_upper(45, 100, 0.99) == pytest.approx(proportion(45, 100, 0.98).high)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((5, 3), "k must lie between 0 and n; got k=5, n=3"),
        ((-1, 3), "k must be a whole number of at least 0; got k=-1"),
        ((1.5, 3), "k must be a whole number of at least 0; got k=1.5"),
        ((0, 0), "n must be a whole number of at least 1; got n=0"),
        ((1, 3, 1.0), "level must lie between 0 and 1; got level=1.0"),
        ((1, 3, 0.95, 2), "population must be at least n; got population=2, n=3"),
    ],
)
def test_impossible_input_is_named(arguments: tuple[float, ...], message: str) -> None:
    with pytest.raises(StatisticsError) as caught:
        proportion(*arguments)
    assert str(caught.value) == message


def test_nan_is_refused() -> None:
    with pytest.raises(StatisticsError, match="k must lie between 0 and n; got k=nan"):
        clopper_pearson(math.nan, 5)
    with pytest.raises(StatisticsError, match="n must be at least 1; got n=nan"):
        wilson(1, math.nan)


@pytest.mark.parametrize("n", [5, 39, 60, 400])
def test_coverage(n: int) -> None:
    """Every sample enumerated: no tail above 5 % (promised), at least 94.5 % on average (promised)."""
    k = np.arange(n + 1)
    found = [proportion(i, n) for i in range(n + 1)]
    low, high = np.array([f.low for f in found]), np.array([f.high for f in found])
    missed = []
    for p in np.linspace(0.001, 0.999, 499):
        chances = stats.binom.pmf(k, n, p)
        above, below = chances[low > p].sum(), chances[high < p].sum()
        assert max(above, below) <= 0.05
        missed.append(above + below)
    assert 1 - np.mean(missed) >= 0.945


@pytest.mark.parametrize(("n", "population"), [(10, 20), (80, 100), (60, 200), (190, 200), (100, 1000)])
def test_coverage_in_a_finite_population(n: int, population: int) -> None:
    """Every sample of every population enumerated: no tail above 5 %. With n′ alone (80, 100) reaches 20 %."""
    k = np.arange(n + 1)
    found = [proportion(i, n, population=population) for i in range(n + 1)]
    low, high = np.array([f.low for f in found]), np.array([f.high for f in found])
    for total in range(population + 1):
        chances, truth = stats.hypergeom.pmf(k, population, total, n), total / population
        assert chances[low > truth + 1e-12].sum() <= 0.05
        assert chances[high < truth - 1e-12].sum() <= 0.05
