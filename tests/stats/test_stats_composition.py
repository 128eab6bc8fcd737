"""Several groups at once: published examples of Goodman's intervals, what small cells need, joint coverage."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from factcheck.errors import StatisticsError
from factcheck.stats.composition import composition, goodman
from factcheck.stats.proportion import clopper_pearson


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [
        # Sison & Glaz 1995, JASA 90:366–369, examples by Goodman's method (quoted in statsmodels' tests).
        (
            [56, 72, 73, 59, 62, 87, 58],
            [
                (0.085, 0.166),
                (0.115, 0.204),
                (0.116, 0.207),
                (0.091, 0.173),
                (0.096, 0.181),
                (0.143, 0.239),
                (0.089, 0.171),
            ],
        ),
        ([5] * 50, [(0.005, 0.075)] * 50),
        (
            [1] * 10 + [12] * 10 + [5] * 10 + [3] * 10 + [4] * 10,
            [(0, 0.049)] * 10
            + [(0.019, 0.114)] * 10
            + [(0.005, 0.075)] * 10
            + [(0.002, 0.062)] * 10
            + [(0.004, 0.069)] * 10,
        ),
    ],
)
def test_goodman_of_sison_and_glaz(counts: list[int], wanted: list[tuple[float, float]]) -> None:
    # The paper's (0.005, 0.075) etc. truncate or round the third decimal: one unit of slack.
    for found, (low, high) in zip(goodman(counts, sum(counts)), wanted, strict=True):
        assert (found.low, found.high) == pytest.approx((low, high), abs=1.0e-3)


def test_goodman_of_may_and_johnson() -> None:
    # May & Johnson 1997 (220 psychiatric patients): statsmodels 0.15 multinomial_proportions_confint(..., "goodman").
    wanted = [(0.33420, 0.49783), (0.16086, 0.29989), (0.11455, 0.24011), (0.13747, 0.27024)]
    found = goodman([91, 49, 37, 43], 220)
    for one, ends in zip(found, wanted, strict=True):
        assert (one.low, one.high) == pytest.approx(ends, abs=5.1e-6)
    assert [(f.low, f.high) for f in composition([91, 49, 37, 43], 220)] == [(f.low, f.high) for f in found]


def test_only_the_named_groups_share_the_level() -> None:
    # Two named groups: each at 97.5 %, whatever else the sample holds; low cells by the exact limits.
    big, small = composition([60, 3], 200)
    assert big.low == pytest.approx(goodman([60, 3], 200)[0].low)
    exact = clopper_pearson(3, 200, 0.975)
    assert (small.low, small.high) == pytest.approx((exact.low, exact.high))
    assert (big.method, big.level) == ("Goodman", 0.95)


def test_why_small_cells_need_exact_limits() -> None:
    # One row of 1,000: Goodman's low limit lies above a true share that gives one row or more in 16 % of samples.
    limit = goodman([1], 1000)[0].low
    assert stats.binom.sf(0, 1000, limit) == pytest.approx(0.162, abs=0.001)
    assert stats.binom.sf(0, 1000, composition([1], 1000)[0].low) == pytest.approx(0.025, abs=1e-6)


def test_missing_groups() -> None:
    one, other = composition([50, 100], 250, missing=40)
    assert one.low == composition([50, 100], 250)[0].low
    assert one.high == composition([90, 100], 250)[0].high
    assert one.estimate == pytest.approx(50 / 210)
    assert other.high == composition([50, 140], 250)[1].high


def test_a_census_is_exact() -> None:
    found = composition([3, 5], 10, population=10)
    assert [(f.low, f.high) for f in found] == [(0.3, 0.3), (0.5, 0.5)]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: goodman([], 5), "counts must name at least one group; got counts=[]"),
        (lambda: goodman([6], 5), "k must lie between 0 and n; got k=6, n=5"),
        (lambda: composition([3, 4], 5), "the sum of counts must lie between 0 and n; got the sum of counts=7, n=5"),
        (
            lambda: composition([3, 1], 5, missing=2),
            "the sum of counts must lie between 0 and n; got the sum of counts=6, n=5",
        ),
        (lambda: composition([3, -1], 5), "count must be a whole number of at least 0; got count=-1"),
    ],
)
def test_impossible_input(call: object, message: str) -> None:
    with pytest.raises(StatisticsError) as caught:
        call()  # type: ignore[operator]  # the calls above
    assert str(caught.value) == message


def test_joint_coverage() -> None:
    """Simulated, 3,000 samples of four groups, one of them rare: all hold together in ≥ 94.5 % (noise 0.4 points)."""
    truth = np.array([0.5, 0.3, 0.17, 0.03])
    samples = np.random.default_rng(14).multinomial(150, truth, size=3000).tolist()
    held = [all(f.low <= p <= f.high for f, p in zip(composition(row, 150), truth, strict=True)) for row in samples]
    assert np.mean(held) >= 0.941
