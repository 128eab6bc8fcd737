"""Clustered and weighted rows: plain oracles of each formula, degenerate samples, coverage."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Note
from factcheck.stats.clusters import (
    clustered_mean,
    clustered_proportion,
    effective_clusters,
    kish_effective_size,
    korn_graubard,
    korn_graubard_weighted,
    weighted_mean,
)
from factcheck.stats.proportion import clopper_pearson

YES = [3, 0, 5, 2, 7, 1, 0, 4]
BASE = [10, 4, 12, 9, 15, 6, 3, 11]


def test_kish_by_hand() -> None:
    # Kish 1965: weights 1, 1, 2 over three rows: 4²/6 = 2.67 rows.
    assert kish_effective_size(4, 6) == pytest.approx(16 / 6)
    assert kish_effective_size(50, 50) == 50
    assert effective_clusters([5, 5, 5]) == 3
    assert effective_clusters([98, 1, 1]) == pytest.approx(100**2 / (98**2 + 2))


def test_korn_graubard_at_the_binomial_variance_is_clopper_pearson() -> None:
    # With the variance p(1 − p)/n and n − 1 degrees of freedom nothing is adjusted (Korn & Graubard 1998).
    found, exact = korn_graubard(0.3, 0.3 * 0.7 / 40, 40, 39), clopper_pearson(12, 40)
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high))


def test_korn_graubard_with_a_design_effect() -> None:
    # By hand from the paper's formula, with scipy.stats: n* = 0.2·0.8/0.004·(t₁₉₉/t₁₄)² = 36.07; F limits at n*.
    size = 0.16 / 0.004 * (stats.t.ppf(0.975, 199) / stats.t.ppf(0.975, 14)) ** 2
    x = 0.2 * size
    low = 1 / (1 + (size - x + 1) / (x * stats.f.ppf(0.025, 2 * x, 2 * (size - x + 1))))
    above = (x + 1) * stats.f.ppf(0.975, 2 * (x + 1), 2 * (size - x))
    high = above / (size - x + above)
    found = korn_graubard(0.2, 0.004, 200, 14)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_the_effective_size_never_passes_the_rows() -> None:
    found, exact = korn_graubard(0.5, 1e-6, 40, 39), clopper_pearson(20, 40)
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high))


def test_clustered_share_by_leaving_out_each_cluster() -> None:
    # Oracle: the jackknife spelled out, and G_eff − 1 degrees of freedom.
    y, m = np.array(YES, float), np.array(BASE, float)
    p = y.sum() / m.sum()
    without = np.array([np.delete(y, i).sum() / np.delete(m, i).sum() for i in range(8)])
    variance = 7 / 8 * ((without - p) ** 2).sum()
    wanted = korn_graubard(p, variance, m.sum(), m.sum() ** 2 / (m**2).sum() - 1)
    found = clustered_proportion(YES, BASE)
    assert (found.low, found.high) == pytest.approx((wanted.low, wanted.high))
    assert found.estimate == pytest.approx(22 / 70)
    assert found.n == 70


def test_clusters_of_one_row_are_a_plain_sample() -> None:
    # With every row its own cluster the jackknife variance is p(1 − p)/(n − 1): Clopper–Pearson for n − 1 rows.
    found = clustered_proportion([1] * 12 + [0] * 28, [1] * 40)
    exact = clopper_pearson(0.3 * 39, 39)
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high))


def test_clusters_widen_the_interval() -> None:
    plain, clustered = clopper_pearson(50, 100), clustered_proportion([10] * 5 + [0] * 5, [10] * 10)
    assert clustered.high - clustered.low > 2.5 * (plain.high - plain.low)


def test_clusters_without_events_are_counted_as_rows() -> None:
    # Ten authors with 1,000 posts, none of which counts: how alike one author's posts are cannot be seen.
    found = clustered_proportion([0] * 10, [100] * 10)
    assert (found.low, found.high) == pytest.approx((0, 1 - 0.025 ** (1 / 10)))
    assert set(found.notes) == {Note.ZERO_EVENTS, Note.NO_VARIATION}
    alike = clustered_proportion([50] * 10, [100] * 10)
    assert (alike.low, alike.high) == pytest.approx((clopper_pearson(5, 10).low, clopper_pearson(5, 10).high))


def test_one_cluster_says_nothing() -> None:
    found = clustered_proportion([30], [100])
    assert (found.low, found.high) == (0, 1)
    assert Note.FEW_CLUSTERS in found.notes
    assert clustered_proportion([3, 0], [10, 0]).notes == found.notes


def test_weighted_share_by_the_textbook() -> None:
    # Oracle: linearised variance of a ratio written over the rows (Cochran 1977, ch. 6; R survey's svymean, one stage).
    generator = np.random.default_rng(22)
    w, y = generator.uniform(0.5, 3, 80), generator.random(80) < 0.4
    p = (w * y).sum() / w.sum()
    z = w * (y - p) / w.sum()
    variance = 80 / 79 * ((z - z.mean()) ** 2).sum()
    wanted = korn_graubard(p, variance, 80, 79)
    found = korn_graubard_weighted(80, w.sum(), (w**2).sum(), w[y].sum(), (w[y] ** 2).sum())
    assert (found.low, found.high) == pytest.approx((wanted.low, wanted.high))


def test_equal_weights_are_no_weights() -> None:
    found, exact = korn_graubard_weighted(50, 100, 200, 30, 60), clopper_pearson(0.3 * 49, 49)
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high))


def test_weighted_share_without_events() -> None:
    found = korn_graubard_weighted(3, 4, 6, 0, 0)
    assert found.high == pytest.approx(1 - 0.025 ** (6 / 16))


def test_means() -> None:
    # With equal clusters the jackknife is the t interval of the cluster means (scipy's t as the oracle).
    means = np.array([2.0, 3.5, 1.0, 4.0, 2.5])
    found = clustered_mean(means * 4, [4] * 5)
    low, high = stats.t.interval(0.95, 4, means.mean(), means.std(ddof=1) / math.sqrt(5))
    assert (found.low, found.high) == pytest.approx((low, high))
    weighted = weighted_mean(means, [2.0] * 5)
    assert (weighted.low, weighted.high) == pytest.approx((low, high))
    assert weighted_mean([1.0, 5.0], [3.0, 1.0]).estimate == 2.0


def test_means_without_spread_are_unbounded() -> None:
    assert clustered_mean([4, 8], [2, 4]).notes == (Note.NO_VARIATION,)
    assert clustered_mean([4], [2]).notes == (Note.FEW_CLUSTERS,)
    assert weighted_mean([1.0, 1.0], [1, 2]).high == math.inf


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: clustered_proportion([3], [2]), "yes must be between 0 and base; got yes[0]=3.0"),
        (lambda: clustered_proportion([0, 0], [0, 0]), "base must sum to more than 0; got base=0"),
        (lambda: clustered_proportion([1], [2, 3]), "yes and base must be as many; got 1 and 2"),
        (lambda: clustered_proportion([], []), "yes must hold at least one number; got shape (0,)"),
        (lambda: korn_graubard(1.2, 0.1, 10, 9), "p must lie between 0 and 1; got p=1.2, 1=1"),
        (lambda: korn_graubard(0.2, -0.1, 10, 9), "variance must be at least 0; got variance=-0.1"),
        (lambda: korn_graubard_weighted(5, 4, 6, 5, 6), "yes must lie between 0 and weights; got yes=5, weights=4"),
        (lambda: kish_effective_size(0, 1), "weights must sum to more than 0; got weights=0"),
        (lambda: weighted_mean([1, 2], [1, -2]), "weights must be at least 0; got weights[1]=-2.0"),
        (lambda: clustered_mean([1, math.inf], [1, 1]), "sums must be finite; got sums[1]=inf"),
    ],
)
def test_impossible_input(call: object, message: str) -> None:
    with pytest.raises(StatisticsError) as caught:
        call()  # type: ignore[operator]  # the calls above
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("groups", "rows", "likeness", "truth"), [(30, 10, 0.2, 0.3), (40, 5, 0.4, 0.5), (25, 8, 0.05, 0.1)]
)
def test_coverage_of_clusters(groups: int, rows: int, likeness: float, truth: float) -> None:
    """Simulated, 1,500 samples, beta-binomial clusters: tails at most 5 % + 1 point of noise."""
    generator = np.random.default_rng(23)
    shape = (1 - likeness) / likeness
    chances = generator.beta(truth * shape, (1 - truth) * shape, size=(1500, groups))
    found = [clustered_proportion(y, [rows] * groups) for y in generator.binomial(rows, chances)]
    assert np.mean([f.low > truth for f in found]) <= 0.06
    assert np.mean([f.high < truth for f in found]) <= 0.06
    plain = [clopper_pearson(int(y.sum()), rows * groups) for y in generator.binomial(rows, chances)]
    missed = [not f.low <= truth <= f.high for f in plain]
    assert likeness < 0.1 or np.mean(missed) > 0.1  # what ignoring the clusters would do


def test_coverage_of_weights() -> None:
    """Simulated, 1,500 samples of 120 rows with uneven weights: tails at most 5 % + 1 point of noise."""
    generator = np.random.default_rng(24)
    found = []
    for _ in range(1500):
        w, y = generator.lognormal(0, 0.7, 120), generator.random(120) < 0.35
        found.append(korn_graubard_weighted(120, w.sum(), (w**2).sum(), w[y].sum(), (w[y] ** 2).sum()))
    assert np.mean([f.low > 0.35 for f in found]) <= 0.06
    assert np.mean([f.high < 0.35 for f in found]) <= 0.06
