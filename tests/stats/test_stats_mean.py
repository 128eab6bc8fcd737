"""Means: unbounded sides, reproducibility, agreement of the quick resampling with the plain one, coverage."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from factcheck.errors import StatisticsError
from factcheck.stats import mean as module
from factcheck.stats.bounds import Note
from factcheck.stats.histogram import histogram
from factcheck.stats.mean import bootstrap_t, mean_interval, skew, standard_deviation

# Darwin's plants: differences in height of 15 pairs, eighths of an inch (Fisher 1935, The Design of Experiments, III).
DARWIN = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]


def test_moments_of_darwins_plants() -> None:
    # Fisher's t for these data is 2.148 with 14 degrees of freedom; the mean is 314/15.
    sample = histogram(DARWIN)
    assert sample.mean == pytest.approx(20.933, abs=5e-4)
    assert sample.mean / (standard_deviation(sample) / math.sqrt(15)) == pytest.approx(2.148, abs=5e-4)
    # Oracle for the skewness: scipy.stats.skew.
    assert skew(sample) == pytest.approx(stats.skew(DARWIN))


def test_bootstrap_t_against_every_resample() -> None:
    # Oracle: all 3⁷ resamples of seven rows of three values, each with its exact probability.
    values, counts = np.array([0.0, 1.0, 3.0]), np.array([3, 2, 2])
    sample = histogram(values, counts)
    rows = np.array([(a, b, 7 - a - b) for a in range(8) for b in range(8 - a)])
    chances = stats.multinomial.pmf(rows, 7, counts / 7)
    means = rows @ values / 7
    spreads = np.sqrt(np.maximum(rows @ values**2 / 7 - means**2, 0) / 6)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(spreads > 1e-9, (means - sample.mean) / spreads, np.copysign(np.inf, means - sample.mean))
    order = np.argsort(t)
    ladder = np.cumsum(chances[order])
    low, high = bootstrap_t(sample, 0.1, seed=4)
    # 3,999 draws: the tail beyond each quantile found lies within 1.5 points of the 10 % asked for, ties apart.
    assert ladder[t[order] < low - 1e-9][-1] <= 0.115
    assert ladder[t[order] <= low + 1e-9][-1] >= 0.085
    assert 1 - ladder[t[order] <= high + 1e-9][-1] <= 0.115
    assert 1 - ladder[t[order] < high - 1e-9][-1] >= 0.085


def test_symmetric_data_give_students_t() -> None:
    # For normal data the studentised mean has Student's t distribution; 3,999 draws fix a limit to about 3 %.
    values = stats.norm.ppf((np.arange(200) + 0.5) / 200)
    found = mean_interval(values * 10 + 1000)
    half = stats.t.ppf(0.975, 199) * np.std(values * 10, ddof=1) / math.sqrt(200)
    assert found.estimate == pytest.approx(1000)
    assert found.high - 1000 == pytest.approx(half, rel=0.06)
    assert 1000 - found.low == pytest.approx(half, rel=0.06)


def test_a_long_right_tail_reaches_farther_right() -> None:
    # Hall 1992, The Bootstrap and Edgeworth Expansion: skewness moves both quantiles of t by −G₁(1 + 2z²)/(6√n).
    # Over eight seeds the noise of their sum is about 0.067/√8 = 0.024; 0.075 is three times that.
    sample = histogram(stats.expon.ppf((np.arange(400) + 0.5) / 400))
    low, high = np.mean([bootstrap_t(sample, 0.025, seed) for seed in range(8)], axis=0)
    assert -(low + high) == pytest.approx(2 * skew(sample) * (1 + 2 * 1.96**2) / (6 * 20), abs=0.075)
    found = mean_interval(sample.values)
    assert found.high + found.low > 2 * sample.mean


def test_fewer_than_thirty_rows_bound_nothing() -> None:
    found = mean_interval(DARWIN)
    assert (found.low, found.high, found.notes) == (-math.inf, math.inf, (Note.FEW_ROWS,))
    assert found.estimate == pytest.approx(314 / 15)


def test_the_side_of_the_long_tail_is_unbounded() -> None:
    # 99 zeros and a 1: G₁ = 9.8, so Cochran asks for 25·9.8² = 2,400 rows.
    right = mean_interval([0, 1], [99, 1])
    assert right.notes == (Note.LONG_TAIL,)
    assert math.isfinite(right.low)
    assert right.high == math.inf
    left = mean_interval([0, -1], [99, 1])
    assert left.low == -math.inf
    assert math.isfinite(left.high)
    # The same shares among 2,500 rows: 25·9.8² = 2,401 is met, both sides are bounded.
    assert mean_interval([0, 1], [2475, 25]).notes == ()


def test_values_all_alike_bound_nothing() -> None:
    found = mean_interval([5.0], [400])
    assert (found.low, found.high, found.notes) == (-math.inf, math.inf, (Note.NO_VARIATION,))


def test_input_order_does_not_matter() -> None:
    values = [math.exp(x / 37) for x in range(150)]
    shuffled = values.copy()
    random.Random(3).shuffle(shuffled)
    assert mean_interval(values, seed=9) == mean_interval(shuffled, seed=9)
    assert mean_interval([1, 2, 1, 5], [20, 30, 5, 9]) == mean_interval([5, 2, 1], [9, 30, 25])
    assert mean_interval(values, seed=9) != mean_interval(values, seed=10)


def test_shift_and_scale() -> None:
    values = np.arange(60.0) ** 1.5
    one, other = mean_interval(values), mean_interval(values * 3 + 1_600_000_000)
    assert (other.low - 1.6e9, other.high - 1.6e9) == pytest.approx((one.low * 3, one.high * 3), rel=1e-6)


def test_finite_population() -> None:
    values = np.arange(100.0)
    free, tied = mean_interval(values), mean_interval(values, population=400)
    assert free.estimate is not None
    assert free.estimate == tied.estimate
    assert (tied.high - free.estimate) / (free.high - free.estimate) == pytest.approx(math.sqrt(0.75))
    census = mean_interval([1.0, 4.0], population=2)
    assert (census.low, census.high, census.notes) == (2.5, 2.5, (Note.CENSUS,))


@pytest.mark.parametrize(
    "draw",
    [
        lambda g: g.lognormal(0, 0.8, 2000),
        lambda g: g.normal(0, 1, 1001),
        lambda g: g.exponential(1, 1500),
        lambda g: g.negative_binomial(1, 0.001, 3000).astype(float),
    ],
    ids=["lognormal", "normal", "exponential", "counts"],
)
def test_the_body_agrees_with_resampling_every_row(
    draw: Callable[[np.random.Generator], np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The quantiles of t with 200 own cells and a normal body, against rows drawn one by one.

    Means over six seeds: the noise of each is about 0.05/√6, so 0.08 is under three of their difference.
    """
    sample = histogram(draw(np.random.default_rng(5)))
    quick = np.mean([bootstrap_t(sample, 0.025, seed) for seed in range(6)], axis=0)
    monkeypatch.setattr(module, "PLAIN_ROWS", sample.n)
    plain = np.mean([bootstrap_t(sample, 0.025, seed) for seed in range(6, 12)], axis=0)
    assert quick == pytest.approx(plain, abs=0.08)


def test_a_million_values_take_seconds_at_most() -> None:
    values = np.random.default_rng(6).lognormal(0, 1, 1_000_000)
    started = time.perf_counter()
    found = mean_interval(values)
    assert time.perf_counter() - started < 5
    half = 1.959964 * values.std() / 1000
    assert found.high - values.mean() == pytest.approx(half, rel=0.06)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([],), "values must hold at least one number; got n=0"),
        (([1.0, math.nan],), "values must be finite; got values[1]=nan"),
        (([1.0, 2.0], [3]), "counts must be as many as values (2); got shape (1,)"),
        (([1.0, 2.0], [3, -1]), "counts must be whole numbers of at least 0; got counts[1]=-1"),
        (([1.0, 2.0], [3, 0.5]), "counts must be whole numbers of at least 0; got counts[1]=0.5"),
        (([1.0], [40], 1.5), "level must lie between 0 and 1; got level=1.5"),
    ],
)
def test_impossible_input(arguments: tuple[object, ...], message: str) -> None:
    with pytest.raises(StatisticsError) as caught:
        mean_interval(*arguments)  # type: ignore[arg-type]  # wrong on purpose
    assert str(caught.value) == message


def test_a_population_smaller_than_the_sample() -> None:
    with pytest.raises(StatisticsError, match="population must be at least n; got population=3, n=4"):
        mean_interval([1, 2, 3, 4], population=3)


@pytest.mark.parametrize(
    ("draw", "truth", "n"),
    [
        (lambda g, n: g.normal(5, 2, n), 5.0, 30),
        (lambda g, n: g.exponential(1, n), 1.0, 60),
        (lambda g, n: g.lognormal(0, 1, n), math.exp(0.5), 200),
        (lambda g, n: g.poisson(0.3, n).astype(float), 0.3, 100),
    ],
    ids=["normal", "exponential", "lognormal", "rare counts"],
)
def test_coverage(draw: Callable[[np.random.Generator, int], np.ndarray], truth: float, n: int) -> None:
    """Simulated, 300 samples: each tail at most 5 % (promised), + 1.5 points for the noise of 300."""
    generator = np.random.default_rng(11)
    found = [mean_interval(draw(generator, n), seed=i) for i in range(300)]
    assert np.mean([f.low > truth for f in found]) <= 0.065
    assert np.mean([f.high < truth for f in found]) <= 0.065
