"""Differences and ratios of clustered or weighted rows: agreement with the papers and with plain rows, coverage."""

from __future__ import annotations

import math

import numpy as np
import pytest

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Bounds, Note
from factcheck.stats.designed_pairs import (
    Sides,
    designed_counts_ratio,
    designed_difference,
    designed_difference_of_means,
    designed_ratio,
    designed_ratio_of_means,
    difference_of,
    ratio_of,
)
from factcheck.stats.difference import newcombe, ratio_of_counts, ratio_of_proportions
from factcheck.stats.means import designed_mean
from factcheck.stats.shares import designed_proportion
from factcheck.stats.units import Designed, Units


def rows_of(k1: int, n1: int, k2: int, n2: int) -> tuple[Units, list[float], Units, list[float]]:
    """Two samples of single rows as one list of units, alike ones given once."""
    times = np.array([k1, n1 - k1, k2, n2 - k2], dtype=float)
    first = Units(np.array([1.0, 1, 0, 0]), times, n1, clustered=True)
    second = Units(np.array([0.0, 0, 1, 1]), times, n2, clustered=True)
    return first, [1, 0, 0, 0], second, [0, 0, 1, 0]


def side(estimate: float, low: float, high: float) -> Designed:
    return Designed(Bounds(low, high, "given", (), estimate, 50), 50, 49, 1.0)


def test_square_and_add_by_the_paper() -> None:
    # Newcombe 1998, Stat. Med. 17:873, table II (b): 9/10 and 3/10 have the Wilson limits 0.5958–0.9821 and
    # 0.1078–0.6032, and the difference 0.1705–0.8090 (method 10, which Zou & Donner 2008 generalise).
    found = difference_of(Sides(side(0.9, 0.595850, 0.982124), side(0.3, 0.107789, 0.603222), 0.0)).bounds
    assert found.low == pytest.approx(0.1705, abs=5e-5)
    assert found.high == pytest.approx(0.8090, abs=5e-5)


def test_correlation_by_the_formula() -> None:
    # Zou & Donner 2008, equation 9, worked by hand: √(0.1² − 2·½·0.1·0.2 + 0.2²) = √0.03.
    found = difference_of(Sides(side(0.5, 0.4, 0.6), side(0.3, 0.1, 0.5), 0.5)).bounds
    assert (found.low, found.high) == pytest.approx((0.2 - math.sqrt(0.03), 0.2 + math.sqrt(0.03)))


def test_ratio_by_the_closed_form() -> None:
    # Donner & Zou 2012, equations 9 and 10 (no correlation), spelled out.
    a, l1, u1, b, l2, u2 = 0.5, 0.4, 0.62, 0.4, 0.3, 0.5
    low = (a * b - math.sqrt((a * b) ** 2 - l1 * u2 * (2 * a - l1) * (2 * b - u2))) / (u2 * (2 * b - u2))
    high = (a * b + math.sqrt((a * b) ** 2 - u1 * l2 * (2 * a - u1) * (2 * b - l2))) / (l2 * (2 * b - l2))
    found = ratio_of(Sides(side(a, l1, u1), side(b, l2, u2), 0.0)).bounds
    assert (found.low, found.high) == pytest.approx((low, high))
    # Where 2b < u the closed form has no root of its own to offer; the interval still holds the ratio.
    wide = ratio_of(Sides(side(0.5, 0.4, 0.62), side(0.1, 0.02, 0.3), 0.0)).bounds
    assert 0 < wide.low < 5 < wide.high < math.inf


def test_single_rows_come_near_the_scores_of_two_samples() -> None:
    found = designed_difference(*rows_of(60, 200, 30, 150)).bounds
    plain = newcombe(60, 200, 30, 150)
    assert (found.low, found.high) == pytest.approx((plain.low, plain.high), abs=0.006)
    times = designed_ratio(*rows_of(60, 200, 30, 150)).bounds
    score = ratio_of_proportions(60, 200, 30, 150)
    assert (times.low, times.high) == pytest.approx((score.low, score.high), rel=0.03)
    assert times.estimate == pytest.approx(1.5)
    assert times.n == 350


def test_counts_that_share_no_row() -> None:
    units = Units(np.array([1.0, 1]), np.array([40.0, 25]), 65, clustered=True)
    found, plain = designed_counts_ratio(units, [1, 0], [0, 1]).bounds, ratio_of_counts(40, 25)
    assert (found.low, found.high) == pytest.approx((plain.low, plain.high), rel=0.006)
    none = designed_counts_ratio(units, [1, 1], [0, 0]).bounds
    assert (none.estimate, none.high) == (None, math.inf)
    assert Note.ZERO_DENOMINATOR in none.notes


def test_what_the_same_rows_share_narrows_a_difference() -> None:
    # Two conditions that nearly always hold together, in clusters that differ much.
    generator = np.random.default_rng(2)
    rate = generator.random(40)
    both = np.round(20 * rate)
    only = generator.integers(0, 2, 40)
    units = Units(np.full(40, 22.0), np.ones(40), 880, clustered=True)
    found = designed_difference(units, both + only, units, both).bounds
    a, b = designed_proportion(units, both + only).bounds, designed_proportion(units, both).bounds
    apart = difference_of(Sides(side(a.estimate or 0, a.low, a.high), side(b.estimate or 0, b.low, b.high), 0.0)).bounds
    assert found.high - found.low < 0.25 * (apart.high - apart.low)
    assert found.low < only.sum() / 880 < found.high


def test_no_event_on_a_side() -> None:
    first, yes, second, none = rows_of(60, 200, 0, 150)
    found = designed_ratio(first, yes, second, none).bounds
    assert (found.low, found.high, found.estimate) == (0, math.inf, None)
    assert {Note.ZERO_DENOMINATOR, Note.ZERO_EVENTS} <= set(found.notes)
    back = designed_ratio(second, none, first, yes).bounds
    assert (back.low, back.estimate) == (0, 0)
    assert 0 < back.high < 0.2


def test_means() -> None:
    generator = np.random.default_rng(9)
    m = generator.integers(3, 9, 60).astype(float)
    level = generator.normal(10, 2, 60)
    x, y = m * level + generator.normal(0, 1, 60), m * (level - 1) + generator.normal(0, 1, 60)
    units = Units(m, np.ones(60), int(m.sum()), clustered=True)
    found = designed_difference_of_means((units, x, m * 104 + 4 * m), (units, y, m * 85 + 4 * m)).bounds
    alone = designed_mean(units, x, m * 104 + 4 * m).bounds
    assert found.estimate == pytest.approx((x - y).sum() / m.sum())
    assert found.low < 1 < found.high
    assert found.high - found.low < alone.high - alone.low  # the clusters differ far more than their differences
    times = designed_ratio_of_means((units, x, m * 108), (units, y, m * 89)).bounds
    assert times.low < x.sum() / y.sum() < times.high


def test_an_open_end_leaves_its_side_open() -> None:
    found = difference_of(Sides(side(5, 4, math.inf), side(3, 2, 4), 0.3)).bounds
    assert found.low == pytest.approx(2 - math.sqrt(2 - 0.6))
    assert found.high == math.inf
    times = ratio_of(Sides(side(5, 4, 6), side(3, 2, math.inf), 0.3)).bounds
    assert times.low == 0
    assert 5 / 3 < times.high < math.inf


def test_the_units_must_be_the_same() -> None:
    first, yes, second, no = rows_of(3, 5, 2, 4)
    other = Units(second.size, second.times + 1, 6, clustered=True)
    with pytest.raises(StatisticsError, match="both sides must rest on the same drawn units"):
        designed_difference(first, yes, other, no)


@pytest.mark.parametrize("kind", ["groups within clusters", "two conditions of the same rows"])
@pytest.mark.parametrize(("groups", "likeness"), [(8, 0.4), (30, 0.2)])
def test_coverage(kind: str, groups: int, likeness: float) -> None:
    """Simulated, 500 samples, Pareto(1.5) sizes, a normal latent answer: tails at most 5 % + 1.5 points of noise."""
    generator, missed = np.random.default_rng(10), np.zeros(4)
    for _ in range(500):
        m = np.ceil(6 * generator.pareto(1.5, groups) + 1).clip(1, 500).astype(int)
        g = np.repeat(np.arange(groups), m)
        answer = math.sqrt(likeness) * generator.normal(size=groups)[g]
        own = math.sqrt(1 - likeness) * generator.normal(size=len(g))
        again = 0.7 * own + math.sqrt(0.51 * (1 - likeness)) * generator.normal(size=len(g))
        first = generator.random(len(g)) < 0.4 if kind.startswith("groups") else np.ones(len(g), dtype=bool)
        second = ~first if kind.startswith("groups") else first
        if not first.any() or not second.any():
            continue
        yes, also = first & (answer + own < -0.5244), second & (answer + again < -1.2816)  # 30 % and 10 %
        a, b, c, d = (np.bincount(g, v, groups).astype(float) for v in (first, yes, second, also))
        units = [Units(v, np.ones(groups), int(v.sum()), clustered=True) for v in (a, c)]
        gap, times = designed_difference(units[0], b, units[1], d), designed_ratio(units[0], b, units[1], d)
        missed += [gap.bounds.low > 0.2, gap.bounds.high < 0.2, times.bounds.low > 3, times.bounds.high < 3]
    assert (missed <= 32).all()
