"""Shares of clustered or weighted rows: R's numbers, plain oracles of each formula, degenerate samples, coverage."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Note
from factcheck.stats.proportion import clopper_pearson
from factcheck.stats.shares import designed_proportion, korn_graubard_size, spread
from factcheck.stats.units import Units, effective_units

YES = np.array([3, 0, 5, 2, 7, 1, 0, 4], dtype=float)
BASE = np.array([10, 4, 12, 9, 15, 6, 3, 11], dtype=float)


def clusters(base: np.ndarray | list[float], times: list[float] | None = None) -> Units:
    sizes = np.asarray(base, dtype=float)
    alike = np.ones(len(sizes)) if times is None else np.asarray(times, dtype=float)
    return Units(sizes, alike, int((sizes * alike).sum()), clustered=True)


def weighted(w: np.ndarray | list[float]) -> Units:
    return Units(np.asarray(w, dtype=float), np.ones(len(w)), len(w), clustered=False)


def test_effective_sizes_by_hand() -> None:
    # Kish 1965, Survey Sampling: weights 1, 1, 2 over three rows tell as much as 4²/6 = 2.67 rows.
    assert weighted([1, 1, 2]).effective == pytest.approx(16 / 6)
    assert clusters([5, 5, 5]).effective == pytest.approx(3)
    assert clusters([98, 1], [1, 2]).effective == pytest.approx(100**2 / (98**2 + 2))
    assert effective_units(np.array([0.0]), np.array([3.0])) == 0.0


def test_rows_drawn_singly_as_r() -> None:
    # R survey 4.2: svymean(~awards, svydesign(id=~1, weights=~pw, data=apisrs)): 0.38, SE 0.0344081327303582 (n = 200);
    # quoted in xKDR/Survey.jl, test/r_reference/proportions.csv.
    units = Units(np.array([30.97, 30.97]), np.array([76.0, 124.0]), 200, clustered=False)
    found = spread(units, np.array([30.97, 0.0]), 0.025)
    assert found.p == pytest.approx(0.38)
    assert math.sqrt(found.variance) == pytest.approx(0.0344081327303582, rel=1e-12)


def test_weights_by_the_textbook() -> None:
    # Oracle: the linearised variance of a ratio written over the rows (Cochran 1977, ch. 6; R's svymean, one stage).
    generator = np.random.default_rng(22)
    w, y = generator.uniform(0.5, 3, 80), generator.random(80) < 0.4
    y[np.argsort(-w)[:20]] = True  # weights go with the answer, so that the design is worse than Kish's
    p = (w * y).sum() / w.sum()
    z = w * (y - p) / w.sum()
    variance = 80 / 79 * ((z - z.mean()) ** 2).sum()
    floor = p * (1 - p) / (w.sum() ** 2 / (w**2).sum() - 1)
    assert spread(weighted(w), w * y, 0.025).variance == pytest.approx(max(variance, floor))


@pytest.mark.parametrize(
    ("m", "y", "ruled_by"),
    [
        # The one large cluster stands apart from all others.
        ([200, 5, 5, 5, 5, 5, 5, 5], [180, 0, 1, 0, 1, 0, 0, 1], "jackknife"),
        # It lies near the middle, so that the jackknife is blind to how far it might have lain.
        ([200, 5, 5, 5, 5, 5, 5, 5], [20, 5, 0, 0, 5, 0, 0, 0], "likeness"),
    ],
)
def test_the_variance_of_clusters(m: list[float], y: list[float], ruled_by: str) -> None:
    # Oracles: leaving out each cluster in turn; and the one-way analysis of variance over 0s and 1s laid out row by
    # row, whose components say what clusters of these sizes would vary by (Donald & Donner 1987, Stat. Med. 6).
    size, yes = np.asarray(m, dtype=float), np.asarray(y, dtype=float)
    n, k, p = size.sum(), len(size), yes.sum() / size.sum()
    without = np.array([np.delete(yes, i).sum() / np.delete(size, i).sum() for i in range(k)])
    jackknife = (k - 1) / k * ((without - p) ** 2).sum()
    rows = [np.repeat([1.0, 0.0], [int(a), int(b - a)]) for a, b in zip(yes, size, strict=True)]
    among = sum(len(r) * (r.mean() - p) ** 2 for r in rows) / (k - 1)
    inside = sum(((r - r.mean()) ** 2).sum() for r in rows) / (n - k)
    usual = (n - (size**2).sum() / n) / (k - 1)
    share = ((size / n) ** 2).sum()
    component = min(max((among - inside) / usual, 0), p * (1 - p) / (1 - share))
    likeness = component * share + inside / n
    assert (jackknife > likeness) == (ruled_by == "jackknife")
    found = spread(clusters(size), yes, 0.025)
    assert found.variance == pytest.approx(max(jackknife, likeness))
    assert found.degrees == pytest.approx(1 / share - 1)


def test_korn_graubard_by_the_paper() -> None:
    # By hand from the paper's formula with scipy.stats: n* = 0.2·0.8/0.004·(t₁₉₉/t₁₄)² = 36.07.
    wanted = 0.16 / 0.004 * (stats.t.ppf(0.975, 199) / stats.t.ppf(0.975, 14)) ** 2
    assert korn_graubard_size(0.2, 0.004, 200, 14, 0.025) == pytest.approx(wanted)
    assert korn_graubard_size(0.3, 0.3 * 0.7 / 40, 40, 39, 0.025) == pytest.approx(40)  # nothing to adjust
    assert korn_graubard_size(0.5, 1e-6, 40, 39, 0.025) == 40  # never more than the rows


def test_clusters_of_one_row_are_a_plain_sample() -> None:
    # With every row its own cluster the jackknife variance is p(1 − p)/(n − 1): Clopper–Pearson for n − 1 rows.
    exact = clopper_pearson(0.3 * 39, 39)
    for units in (clusters([1, 1], [12, 28]), Units(np.array([2.0, 2.0]), np.array([12.0, 28.0]), 40, False)):
        found = designed_proportion(units, units.size * [1, 0])
        assert (found.bounds.low, found.bounds.high) == pytest.approx((exact.low, exact.high))
        assert found.effective_n == pytest.approx(39)
        assert (found.bounds.n, found.bounds.notes) == (40, ())


def test_a_rare_event_in_plain_rows_is_no_wider_for_being_rare() -> None:
    # Few rows carry the variance, but rows have nothing within them that could be alike.
    found = designed_proportion(clusters([1, 1], [4, 196]), [1, 0]).bounds
    exact = clopper_pearson(0.02 * 199, 199)
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high))


def test_clusters_widen_the_interval() -> None:
    plain = clopper_pearson(50, 100)
    found = designed_proportion(clusters([10] * 10), [10] * 5 + [0] * 5)
    assert found.bounds.high - found.bounds.low > 2.5 * (plain.high - plain.low)
    # All or nothing in ten clusters of ten: each cluster is worth one row, less one for the mean.
    assert found.effective_n == pytest.approx(9)


def test_neither_order_nor_repetition_matters() -> None:
    once = designed_proportion(clusters(BASE, [2] * 8), YES)
    twice = designed_proportion(clusters(np.r_[BASE, BASE][::-1]), np.r_[YES, YES][::-1])
    assert once == twice
    # Clusters without any row of the base were drawn, but tell nothing about it.
    assert designed_proportion(clusters(np.r_[BASE, 0, 0]), np.r_[YES, 0, 0]) == designed_proportion(
        clusters(BASE), YES
    )


def test_clusters_without_events_are_counted_as_rows() -> None:
    # Ten authors with 1,000 posts, none of which counts: how alike one author's posts are cannot be seen.
    found = designed_proportion(clusters([100] * 10), [0] * 10)
    assert (found.bounds.low, found.bounds.high) == pytest.approx((0, 1 - 0.025 ** (1 / 10)))
    assert set(found.bounds.notes) == {Note.ZERO_EVENTS, Note.NO_VARIATION}
    assert found.effective_n == pytest.approx(10)
    alike = designed_proportion(clusters([100] * 10), [50] * 10).bounds
    exact = clopper_pearson(5, 10)
    assert (alike.low, alike.high) == pytest.approx((exact.low, exact.high))


def test_sums_in_another_order_change_nothing() -> None:
    # 0.1 + 0.2 + 0.3 is 0.6000000000000001 from the left and 0.6 from the right.
    size, right = np.full(10, 0.1 + 0.2 + 0.3), 0.3 + 0.2 + 0.1
    assert size[0] > right
    units = Units(size, np.ones(10), 30, clustered=True)
    assert designed_proportion(units, [right] * 10).bounds.low == pytest.approx(0.025 ** (1 / 10))
    assert designed_proportion(units, size - right).bounds.low == 0


def test_weights_without_events() -> None:
    found = designed_proportion(weighted([1, 1, 2]), [0, 0, 0]).bounds
    assert found.high == pytest.approx(1 - 0.025 ** (6 / 16))
    assert found.notes == (Note.ZERO_EVENTS,)


@pytest.mark.parametrize("base", [[100], [10, 0]])
def test_one_cluster_says_nothing(base: list[float]) -> None:
    found = designed_proportion(clusters(base), [3, 0][: len(base)])
    assert (found.bounds.low, found.bounds.high, found.degrees) == (0, 1, 0)
    assert Note.FEW_CLUSTERS in found.bounds.notes


def test_uneven_clusters_are_told() -> None:
    # 1,020²/(800² + 22·10²) = 1.62 of 23 clusters; of eight between 3 and 15 rows there are 6.7.
    found = designed_proportion(clusters([800] + [10] * 22), [400] + [5, 1] * 11).bounds
    assert Note.UNEVEN_CLUSTERS in found.notes
    assert designed_proportion(clusters(BASE), YES).bounds.notes == ()
    rows = weighted([800] + [10] * 22)
    assert Note.UNEVEN_CLUSTERS not in designed_proportion(rows, rows.size * ([1, 0] * 11 + [1])).bounds.notes


def test_few_events_are_told() -> None:
    assert Note.FEW_EVENTS in designed_proportion(clusters([10] * 12), [3, 2] + [0] * 10).bounds.notes


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: designed_proportion(clusters([2]), [3]), "yes must be between 0 and size; got yes[0]=3.0"),
        (lambda: clusters([0, 0]), "size must sum to more than 0; got size=0"),
        (lambda: designed_proportion(clusters([2, 3]), [1]), "yes and size must be as many; got 1 and 2"),
        (lambda: designed_proportion(clusters([2]), []), "yes must hold at least one number; got shape (0,)"),
        (lambda: designed_proportion(clusters([2]), [math.nan]), "yes must be finite; got yes[0]=nan"),
        (lambda: clusters([2, -1]), "size must be at least 0; got size[1]=-1.0"),
        (lambda: clusters([2, 1], [1, 0.5]), "times must be a whole number; got times[1]=0.5"),
        (lambda: Units(np.ones(2), np.ones(2), 0, True), "rows must be at least 1; got rows=0"),
        (
            lambda: Units(np.ones(2), np.ones(2), 2, True, 3.0),
            "kish must lie above 0 and be at most rows; got kish=3.0, rows=2",
        ),
        (lambda: korn_graubard_size(1.2, 0.1, 10, 9, 0.025), "p must lie between 0 and 1; got p=1.2, 1=1"),
        (
            lambda: korn_graubard_size(0.2, 0.0, 10, 9, 0.025),
            "variance, degrees and n must be above 0; got variance=0.0, degrees=9, n=10",
        ),
        (lambda: designed_proportion(clusters([2, 2]), [1, 2], 1.0), "level must lie between 0 and 1; got level=1.0"),
    ],
)
def test_impossible_input(call: object, message: str) -> None:
    with pytest.raises(StatisticsError) as caught:
        call()  # type: ignore[operator]  # the calls above
    assert str(caught.value) == message


def _sizes(kind: str, groups: int, generator: np.random.Generator) -> np.ndarray:
    if kind == "equal":
        return np.full(groups, 10.0)
    return np.ceil(3 * generator.pareto(float(kind), groups) + 1e-9).clip(1, 20_000)


@pytest.mark.parametrize(
    ("kind", "groups", "likeness", "truth"),
    [
        ("equal", 5, 0.5, 0.3),
        ("equal", 8, 0.5, 0.1),  # 10.5 % miss above with the jackknife and G_eff − 1 alone
        ("equal", 30, 0.5, 0.02),  # 11.3 %
        ("equal", 40, 0.4, 0.5),
        ("1.2", 50, 1.0, 0.1),  # 12.1 %
        ("1.2", 200, 1.0, 0.02),  # 23.0 %
        ("2", 200, 0.5, 0.02),  # 10.5 %
    ],
)
def test_coverage_of_clusters(kind: str, groups: int, likeness: float, truth: float) -> None:
    """Simulated, 1,000 samples, beta-binomial clusters of equal or Pareto size: tails at most 5 % + 1 point of noise."""
    generator, low, high = np.random.default_rng(23), 0, 0
    for _ in range(1000):
        m = _sizes(kind, groups, generator)
        if likeness == 1:
            rates = (generator.random(groups) < truth).astype(float)
        else:
            shape = (1 - likeness) / likeness
            rates = generator.beta(truth * shape, (1 - truth) * shape, groups)
        found = designed_proportion(clusters(m), generator.binomial(m.astype(int), rates).astype(float)).bounds
        low, high = low + (found.low > truth), high + (found.high < truth)
    assert low <= 60
    assert high <= 60


@pytest.mark.parametrize(("groups", "spread", "most"), [(15, 1.0, 90), (40, 1.0, 72), (100, 1.0, 54), (40, 0.6, 36)])
def test_where_the_share_goes_with_the_size_it_misses_no_more_than_is_told(
    groups: int, spread: float, most: int
) -> None:
    """Simulated, 500 samples, sizes log-normal, a likeness of 0.3 that is all in the size: 15, 12, 8 and 5 % lie above,
    as the docstring says, and three points of noise; of those with σ = 1 most are told."""
    generator = np.random.default_rng(26)

    def drawn(number: int) -> tuple[np.ndarray, np.ndarray]:
        z = generator.normal(0, 1, number)
        return np.maximum(2, np.floor(12 * np.exp(spread * z))), stats.norm.sf((1 - math.sqrt(0.3) * z) / math.sqrt(0.7))

    m, rates = drawn(400_000)
    truth, low, high, told = float((m * rates).sum() / m.sum()), 0, 0, 0
    for _ in range(500):
        m, rates = drawn(groups)
        found = designed_proportion(clusters(m), generator.binomial(m.astype(int), rates).astype(float)).bounds
        low, high = low + (found.low > truth), high + (found.high < truth)
        told += bool({Note.UNEVEN_CLUSTERS, Note.FEW_EVENTS} & set(found.notes))
    assert low <= 15
    assert high <= most
    assert told > 250 or spread < 1


@pytest.mark.parametrize(("n", "cv", "truth"), [(120, 0.8, 0.35), (400, 1.5, 0.02), (30, 1.0, 0.3)])
def test_coverage_of_weights(n: int, cv: float, truth: float) -> None:
    """Simulated, 1,000 samples of rows with lognormal weights: tails at most 5 % + 1 point of noise."""
    generator, low, high = np.random.default_rng(24), 0, 0
    for _ in range(1000):
        w, y = generator.lognormal(0, math.sqrt(math.log(1 + cv**2)), n), generator.random(n) < truth
        found = designed_proportion(weighted(w), w * y).bounds
        low, high = low + (found.low > truth), high + (found.high < truth)
    assert low <= 60
    assert high <= 60


def test_clusters_with_weights_rest_on_both() -> None:
    """Simulated, 600 samples: weights within clusters, drawn anew for each row; and wider than either alone."""
    generator, low, high = np.random.default_rng(25), 0, 0
    for _ in range(600):
        m = generator.integers(4, 16, 20)
        g, w = np.repeat(np.arange(20), m), generator.lognormal(0, 0.8, m.sum())
        y = generator.random(len(g)) < generator.beta(0.3 * 3, 0.7 * 3, 20)[g]
        size, yes = (np.bincount(g, v, 20).astype(float) for v in (w, w * y))
        units = Units(size, np.ones(20), len(g), True, w.sum() ** 2 / (w**2).sum())
        found = designed_proportion(units, yes).bounds
        low, high = low + (found.low > 0.3), high + (found.high < 0.3)
    assert low <= 36
    assert high <= 36
