"""Means of clustered or weighted rows: R's and a textbook's numbers, agreement with plain rows, coverage."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Note
from factcheck.stats.mean import mean_interval
from factcheck.stats.means import designed_mean, ratio
from factcheck.stats.units import Units

# California's Academic Performance Index 2000 in 15 school districts drawn whole (R survey, `apiclus1`): schools of
# each district, the sum of their scores (`api00`), and of the squares.
SCHOOLS = [11, 4, 2, 13, 2, 4, 4, 16, 9, 34, 21, 37, 13, 1, 12]
SCORES = [7359, 1888, 905, 8593, 1116, 2493, 2077, 11369, 6386, 22508, 13761, 20394, 9372, 551, 9111]
SQUARES = [4954789, 892678, 412957, 5785221, 622746, 1563077, 1080231, 8291141, 4545286, 15230414, 9135035, 11423442]
SQUARES += [6776670, 303601, 6954607]


def clusters(sizes: Sequence[float] | np.ndarray, rows: int | None = None) -> Units:
    m = np.asarray(sizes, dtype=float)
    return Units(m, np.ones(len(m)), int(m.sum()) if rows is None else rows, clustered=True)


def test_clusters_as_r() -> None:
    # R survey: svymean(~api00, as.svrepdesign(svydesign(id=~dnum, weights=~pw, data=apiclus1), type="JK1")) gives
    # 644.169398907104, SE 26.5997137220988; quoted in xKDR/Survey.jl, test/r_reference/jackknife_parity.csv.
    found = ratio(clusters(SCHOOLS), SCORES, SQUARES)
    assert found.mean == pytest.approx(644.169398907104, rel=1e-12)
    assert math.sqrt(found.variance) == pytest.approx(26.5997137220988, rel=1e-12)


def test_clusters_as_the_textbook() -> None:
    # Lohr 2010, Sampling: Design and Analysis, example 5.2: 5 of 100 suites of 4 students, grades summed by suite;
    # mean 2.826, s² of the totals 2.256, SE(mean) 0.164 with the correction for 5 % of the suites.
    sums = [12.16, 11.36, 8.96, 12.96, 11.08]
    grades = [[3.08, 2.60, 3.44, 3.04], [2.36, 3.04, 3.28, 2.68], [2.00, 2.56, 2.52, 1.88], [3.00, 2.88, 3.44, 3.64]]
    squares = [sum(x * x for x in suite) for suite in [*grades, [2.68, 1.92, 3.28, 3.20]]]
    found = ratio(clusters([4] * 5), sums, squares)
    assert found.mean == pytest.approx(2.826)
    assert found.variance == pytest.approx(2.256 / (5 * 16), abs=1e-5)
    assert math.sqrt(found.variance * 0.95) == pytest.approx(0.164, abs=5e-4)
    # Five suites are too few to bound a mean by.
    assert designed_mean(clusters([4] * 5, rows=40), sums, squares).bounds.notes == (Note.FEW_CLUSTERS,)


def test_weights_by_the_textbook() -> None:
    # Oracle: the linearised variance of a ratio written over the rows (Cochran 1977, ch. 6; R's svymean, one stage).
    generator = np.random.default_rng(5)
    x = generator.normal(10, 2, 60)
    w = np.exp(np.abs(x - 10))  # heavy weights lie far out, so that the design is worse than Kish's
    mean = (w * x).sum() / w.sum()
    z = w * (x - mean) / w.sum()
    found = ratio(Units(w, np.ones(60), 60, clustered=False), w * x, w * x * x)
    assert found.mean == pytest.approx(mean)
    assert found.variance == pytest.approx(60 / 59 * ((z - z.mean()) ** 2).sum())


def test_single_rows_of_equal_weight_are_plain_rows() -> None:
    x = np.random.default_rng(0).lognormal(0, 0.6, 400)
    plain = mean_interval(x)
    for clustered in (True, False):
        found = designed_mean(Units(np.ones(400), np.ones(400), 400, clustered), x, x * x).bounds
        assert (found.low, found.high) == pytest.approx((plain.low, plain.high))


def test_many_units_are_resampled_like_few() -> None:
    # Above 1,000 units the body of them is drawn from its normal limit: against every unit drawn, by numpy.
    generator = np.random.default_rng(3)
    m = generator.integers(1, 40, 1500).astype(float)
    x = generator.gamma(m * np.exp(generator.normal(0, 0.5, 1500)), 1)
    found = designed_mean(clusters(m), x, x * x / m * 1.4)
    e = (x - x.sum() / m.sum() * m) / m.sum()
    drawn = generator.integers(0, 1500, size=(4000, 1500))
    sums, sizes = x[drawn].sum(axis=1), m[drawn].sum(axis=1)
    means = sums / sizes
    spread = ((x[drawn] - means[:, None] * m[drawn]) ** 2).sum(axis=1) / sizes**2 * 1500 / 1499
    t = np.quantile((means - x.sum() / m.sum()) / np.sqrt(spread), [0.025, 0.975])
    error = math.sqrt(1499 / 1500 * ((e / (1 - m / m.sum())) ** 2).sum())
    wanted = x.sum() / m.sum() - t[::-1] * error
    assert (found.bounds.low, found.bounds.high) == pytest.approx(tuple(wanted), abs=0.15 * error)


def test_neither_order_nor_repetition_matters() -> None:
    generator = np.random.default_rng(4)
    m = generator.integers(2, 9, 30).astype(float)
    x, x2 = m * generator.normal(5, 1, 30), m * 27
    once = designed_mean(Units(m, np.full(30, 2.0), int(2 * m.sum()), True), x, x2)
    order = generator.permutation(60)
    twice = designed_mean(clusters(np.tile(m, 2)[order]), np.tile(x, 2)[order], np.tile(x2, 2)[order])
    assert once == twice
    assert once.bounds.low < once.bounds.estimate < once.bounds.high  # type: ignore[operator]  # it has one


def test_design_effect() -> None:
    # Every row of a cluster alike: 20 clusters of 10 tell as much as 19 rows (one for the mean).
    x = np.arange(20.0)
    found = designed_mean(clusters([10] * 20), 10 * x, 10 * x * x)
    assert found.effective_n == pytest.approx(19)
    assert found.degrees == pytest.approx(19)
    assert found.deff == pytest.approx(200 / 19)


@pytest.mark.parametrize(
    ("units", "means", "note"),
    [
        (clusters([10] * 14), list(range(14)), Note.FEW_CLUSTERS),
        (clusters([1] * 29), list(range(29)), Note.FEW_ROWS),
        (Units(np.ones(29), np.ones(29), 29, clustered=False), list(range(29)), Note.FEW_ROWS),
        (clusters([10] * 20), [3] * 20, Note.NO_VARIATION),
    ],
)
def test_means_that_nothing_bounds(units: Units, means: list[float], note: Note) -> None:
    x = units.size * np.asarray(means, dtype=float)
    found = designed_mean(units, x, x * means).bounds
    assert (found.low, found.high, found.notes) == (-math.inf, math.inf, (note,))
    assert found.estimate == pytest.approx(float(np.mean(means)))


def test_a_long_tail_leaves_its_side_open() -> None:
    x = np.array([1.0] * 30 + [60.0])
    found = designed_mean(clusters([5] * 31), 5 * x + np.arange(31) / 100, 5 * x * x + 1).bounds
    assert found.high == math.inf
    assert found.low > 0
    assert found.notes == (Note.LONG_TAIL,)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: designed_mean(clusters([2, 2]), [1], [1, 1]), "sums and size must be as many; got 1 and 2"),
        (lambda: designed_mean(clusters([2, 2]), [1, math.inf], [1, 1]), "sums must be finite; got sums[1]=inf"),
        (lambda: designed_mean(clusters([2, 2]), [1, 1], [1, -1]), "squares must be at least 0; got squares[1]=-1.0"),
    ],
)
def test_impossible_input(call: object, message: str) -> None:
    with pytest.raises(StatisticsError) as caught:
        call()  # type: ignore[operator]  # the calls above
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("sizes", "groups", "likeness"), [("equal", 15, 0.3), ("equal", 40, 1.0), ("2", 30, 0.4), ("1.2", 60, 1.0)]
)
def test_coverage_of_clusters(sizes: str, groups: int, likeness: float) -> None:
    """Simulated, 300 samples of lognormal rows (σ = 1): tails at most 5 % + 2.5 points of noise."""
    generator, low, high, truth = np.random.default_rng(6), 0, 0, math.exp(0.5)
    for seed in range(300):
        m = np.full(groups, 10) if sizes == "equal" else np.ceil(3 * generator.pareto(float(sizes), groups) + 1e-9)
        m = m.astype(int).clip(1, 2000)
        g = np.repeat(np.arange(groups), m)
        shared = generator.normal(size=groups)[g] * math.sqrt(likeness)
        x = np.exp(shared + math.sqrt(1 - likeness) * generator.normal(size=len(g)))
        sums, squares = (np.bincount(g, v).astype(float) for v in (x, x * x))
        found = designed_mean(clusters(m), sums, squares, seed=seed).bounds
        low, high = low + (found.low > truth), high + (found.high < truth)
    assert low <= 22
    assert high <= 22
