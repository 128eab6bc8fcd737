"""Counts: Garwood's limits, exact inversions against tail sums, coverage by full enumeration."""

from __future__ import annotations

import math
import time
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Note
from factcheck.stats.counts import garwood, hypergeometric_total, scaled_count
from factcheck.stats.proportion import proportion


@pytest.mark.parametrize(("k", "low", "high"), [(0, 0.0, 3.6889), (10, 4.7954, 18.3904)])
def test_garwood_table(k: int, low: float, high: float) -> None:
    # Garwood 1936, Biometrika 28:437–442: the exact 95 % limits of a Poisson count, as tables print them.
    found = garwood(k)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5.1e-5)


@pytest.mark.parametrize("k", [1, 5, 40, 3000])
def test_garwood_leaves_its_share_in_each_tail(k: int) -> None:
    # Oracle: scipy's Poisson tails at the limits.
    found = garwood(k, 0.99)
    assert stats.poisson.sf(k - 1, found.low) == pytest.approx(0.005)
    assert stats.poisson.cdf(k, found.high) == pytest.approx(0.005)


def test_garwood_of_r() -> None:
    # R: DescTools::PoissonCI(x = 15, n = 400, method = "exact") (quoted in statsmodels' tests).
    found = garwood(15)
    assert (found.low / 400, found.high / 400) == pytest.approx((0.0209884653319583, 0.0618505471787146), rel=1e-10)


@pytest.mark.parametrize(
    ("k", "share", "level"),
    [
        (0, 0.01, 0.95),
        (1, 0.01, 0.95),
        (5, 0.01, 0.95),
        (7, 0.5, 0.99),
        (40, 0.1, 0.95),
        (3, 0.999, 0.95),
        (12, 0.3, 0.8),
    ],
)
def test_scaled_count_inverts_the_binomial(k: int, share: float, level: float) -> None:
    # Oracle: every total tried, tails by scipy.stats.binom.
    totals = np.arange(k, 3000)
    keeps = (stats.binom.sf(k - 1, totals, share) > (1 - level) / 2) & (
        stats.binom.cdf(k, totals, share) > (1 - level) / 2
    )
    found = scaled_count(k, share, level)
    wanted = (min(totals[keeps][0], math.floor(k / share)), max(totals[keeps][-1], math.ceil(k / share)))
    assert (found.low, found.high) == wanted
    assert found.estimate == pytest.approx(k / share)


def test_scaled_count_of_everything_and_of_much() -> None:
    found = scaled_count(17, Fraction(1))
    assert (found.low, found.high, found.notes) == (17, 17, (Note.CENSUS,))
    # A 1 % sample of millions: close to the normal approximation k/f ± 1.96 √(k(1 − f))/f.
    found = scaled_count(1_000_000, Fraction(1, 100))
    assert found.high - 1e8 == pytest.approx(1.959964 * np.sqrt(990_000) * 100, rel=2e-3)
    assert found.low == int(found.low)


@pytest.mark.parametrize(
    ("k", "n", "population"), [(0, 5, 20), (5, 5, 20), (3, 50, 1000), (20, 50, 60), (1, 1, 2), (9, 19, 20)]
)
def test_total_inverts_the_hypergeometric(k: int, n: int, population: int) -> None:
    # Oracle: every total tried, tails by scipy.stats.hypergeom.
    totals = np.arange(k, population - (n - k) + 1)
    keeps = (stats.hypergeom.sf(k - 1, population, totals, n) > 0.025) & (
        stats.hypergeom.cdf(k, population, totals, n) > 0.025
    )
    found = hypergeometric_total(k, n, population)
    estimate = Fraction(k * population, n)
    wanted = (min(totals[keeps][0], math.floor(estimate)), max(totals[keeps][-1], math.ceil(estimate)))
    assert (found.low, found.high) == wanted


def test_total_in_a_large_population_is_exact_and_quick() -> None:
    # Oracle at 10⁶ of 10⁹: the normal approximation is good to a few parts in a thousand of the width.
    started = time.perf_counter()
    found = hypergeometric_total(300_000, 1_000_000, 1_000_000_000)
    assert time.perf_counter() - started < 2
    half = 1.959964 * np.sqrt(0.3 * 0.7 / 1e6 * (1 - 1e-3)) * 1e9
    assert found.high - 3e8 == pytest.approx(half, rel=3e-3)
    assert 3e8 - found.low == pytest.approx(half, rel=3e-3)


def test_the_estimate_lies_within() -> None:
    # 3 of 39, 41 in all: 3.15 rows. At level ½ only the total 3 is likely, but 3.15 must not stand outside.
    found = hypergeometric_total(3, 39, 41, 0.5)
    assert (found.low, found.high) == (3, 4)
    assert proportion(3, 39, 0.5, population=41).high >= 3 / 39


def test_census() -> None:
    found = hypergeometric_total(4, 9, 9)
    assert (found.low, found.high, found.notes) == (4, 4, (Note.CENSUS,))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: garwood(-1), "k must be a whole number of at least 0; got k=-1"),
        (lambda: scaled_count(1, 0), "fraction must lie above 0 and be at most 1; got fraction=0"),
        (lambda: scaled_count(1, 1.5), "fraction must lie above 0 and be at most 1; got fraction=1.5"),
        (lambda: hypergeometric_total(6, 5, 10), "k must lie between 0 and n; got k=6, n=5"),
        (lambda: hypergeometric_total(1, 5, 4), "population must be at least n; got population=4, n=5"),
    ],
)
def test_impossible_input(call: object, message: str) -> None:
    with pytest.raises(StatisticsError) as caught:
        call()  # type: ignore[operator]  # the calls above
    assert str(caught.value) == message


@pytest.mark.parametrize("truth", [1, 4, 30, 200])
def test_coverage(truth: int) -> None:
    """All samples enumerated: these are exact, so no tail passes 2.5 %."""
    k = np.arange(0, 4 * truth + 40)
    poisson = stats.poisson.pmf(k, truth)
    assert poisson[[garwood(i).low > truth for i in k]].sum() <= 0.025
    assert poisson[[garwood(i).high < truth for i in k]].sum() <= 0.025
    k = np.arange(truth + 1)
    drawn = stats.binom.pmf(k, truth, 0.2)
    assert drawn[[scaled_count(i, 0.2).low > truth for i in k]].sum() <= 0.025
    assert drawn[[scaled_count(i, 0.2).high < truth for i in k]].sum() <= 0.025
    drawn = stats.hypergeom.pmf(k, 500, truth, 100)
    kept = k[k <= 100]
    assert drawn[: len(kept)][[hypergeometric_total(i, 100, 500).low > truth for i in kept]].sum() <= 0.025
    assert drawn[: len(kept)][[hypergeometric_total(i, 100, 500).high < truth for i in kept]].sum() <= 0.025
