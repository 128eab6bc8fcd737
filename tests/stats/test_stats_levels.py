"""Every interval at other levels: wider at a higher one, and with the limits that a paper or table gives."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np
import pytest

from factcheck.stats.bounds import Bounds
from factcheck.stats.composition import composition, goodman
from factcheck.stats.correlation_intervals import pearson_interval, rank_interval
from factcheck.stats.counts import garwood, hypergeometric_total, scaled_count
from factcheck.stats.difference import (
    newcombe,
    newcombe_paired,
    ratio_of_counts,
    ratio_of_paired_proportions,
    ratio_of_proportions,
)
from factcheck.stats.mean import mean_interval
from factcheck.stats.proportion import clopper_pearson, proportion, wilson
from factcheck.stats.quantile import quantile_interval
from factcheck.stats.ranks import rank_interval as rank_of
from factcheck.stats.rates import daily_rate_ratio, rate_ratio
from factcheck.stats.total import scaled_total

X = np.sin(np.arange(200.0)) + np.arange(200.0) / 100
Y = np.cos(np.arange(200.0)) + np.arange(200.0) / 80
INTERVALS: dict[str, Callable[..., Bounds]] = {
    "Clopper–Pearson": partial(clopper_pearson, 7, 20),
    "Wilson": partial(wilson, 81, 263),
    "of a population": partial(proportion, 40, 100, population=300),
    "hypergeometric": partial(hypergeometric_total, 4, 30, 200),
    "Garwood": partial(garwood, 12),
    "scaled": partial(scaled_count, 12, 0.1),
    "Newcombe": partial(newcombe, 56, 70, 48, 80),
    "Newcombe, paired": partial(newcombe_paired, 59, 6, 16, 80),
    "Bonett–Price": partial(ratio_of_paired_proportions, 59, 6, 16, 80),
    "Miettinen–Nurminen": partial(ratio_of_proportions, 36, 40, 16, 80),
    "counts": partial(ratio_of_counts, 30, 20),
    "rates": partial(rate_ratio, 30, 10.0, 20, 15.0),
    "daily rates": partial(daily_rate_ratio, list(range(30)), [5.0 + i % 4 for i in range(30)], [i < 15 for i in range(30)]),
    "mean": partial(mean_interval, X),
    "sum": partial(scaled_total, X + 3, None, 0.1),
    "median": partial(quantile_interval, X),
    "rank": partial(rank_of, {"a": 50, "b": 40, "c": 20, "d": 3}, "b"),
    "Goodman": lambda level: goodman([20, 30], 100, level)[0],
    "composition": lambda level: composition([5, 30], 100, level)[0],
    "Spearman": lambda level: rank_interval(X, Y, "spearman", level),
    "Kendall": lambda level: rank_interval(X, Y, "kendall", level),
    "Pearson": lambda level: pearson_interval(X, Y, level),
}


@pytest.mark.parametrize("name", INTERVALS)
def test_a_higher_level_leaves_more_room(name: str) -> None:
    found = [INTERVALS[name](level=level) for level in (0.9, 0.95, 0.99, 0.999)]
    for narrow, wide in pairwise(found):
        assert wide.low <= narrow.low <= narrow.high <= wide.high
    assert (found[-1].low, found[-1].high) != (found[0].low, found[0].high)
    assert [one.level for one in found] == [0.9, 0.95, 0.99, 0.999]


def test_garwood_at_90_and_99_percent() -> None:
    # Exact limits for a Poisson count of 10: 5.43 to 16.96 (90 %) and 3.72 to 21.40 (99 %), the table of Pearson & Hartley
    # (Biometrika Tables for Statisticians I, table 40).
    ninety, ninety_nine = garwood(10, 0.9), garwood(10, 0.99)
    assert (round(ninety.low, 2), round(ninety.high, 2)) == (5.43, 16.96)
    assert (round(ninety_nine.low, 2), round(ninety_nine.high, 2)) == (3.72, 21.40)


def test_proportions_beside_a_textbook() -> None:
    # Fagerland, Lydersen & Laake (2017), 13 of 16; the R package contingencytables prints 0.5435 to 0.9595 (Clopper and
    # Pearson) and 0.5699 to 0.9341 (Wilson).
    exact, score = clopper_pearson(13, 16), wilson(13, 16)
    assert (round(exact.low, 4), round(exact.high, 4)) == (0.5435, 0.9595)
    assert (round(score.low, 4), round(score.high, 4)) == (0.5699, 0.9341)


def test_ratios_beside_a_textbook() -> None:
    # The same for 7 of 34 against 1 of 34: 1.2209 to 42.5757 (Koopman), 1.2086 to 43.0330 (Miettinen and Nurminen).
    koopman, corrected = ratio_of_proportions(7, 34, 1, 34, corrected=False), ratio_of_proportions(7, 34, 1, 34)
    assert (koopman.low, koopman.high) == pytest.approx((1.2209, 42.5757), abs=6e-5)
    assert (corrected.low, corrected.high) == pytest.approx((1.2086, 43.0330), abs=6e-5)
