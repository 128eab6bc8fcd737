"""Differences and ratios: published tables, algebraic oracles, coverage by full enumeration."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import optimize, stats

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Note
from factcheck.stats.difference import newcombe, newcombe_paired, ratio_of_counts, ratio_of_proportions

# Newcombe 1998, Stat. Med. 17:873–890, Table II, method 10 (hybrid score without continuity correction).
TABLE_II = [
    ((56, 70, 48, 80), (0.0524, 0.3339)),
    ((9, 10, 3, 10), (0.1705, 0.8090)),
    ((6, 7, 2, 7), (0.0582, 0.8062)),
    ((5, 56, 0, 29), (-0.0381, 0.1926)),
    ((0, 10, 0, 20), (-0.1611, 0.2775)),
    ((0, 10, 0, 10), (-0.2775, 0.2775)),
    ((10, 10, 0, 20), (0.6791, 1.0000)),
    ((10, 10, 0, 10), (0.6075, 1.0000)),
]


@pytest.mark.parametrize(("table", "wanted"), TABLE_II)
def test_newcombe_table_ii(table: tuple[int, int, int, int], wanted: tuple[float, float]) -> None:
    found = newcombe(*table)
    assert (found.low, found.high) == pytest.approx(wanted, abs=5.1e-5)


def test_newcombe_of_fagerland() -> None:
    # Fagerland, Lydersen & Laake 2017, ch. 4, as the R package contingencytables prints it: 7/34 against 1/34.
    found = newcombe(7, 34, 1, 34)
    assert (found.low, found.high) == pytest.approx((0.0189, 0.3404), abs=5.1e-5)


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        # Newcombe 1998, Stat. Med. 17:2635–2650, method 10, as the tests of R's ratesci quote it.
        ((20, 12, 2, 16), (0.0562, 0.3292)),
        # Fagerland, Lydersen & Laake 2014, Stat. Med. 33:2850–2875 (airway reactivity), same method.
        ((1, 1, 7, 12), (-0.5069, -0.0256)),
        # M.-L. Tang and others 2010 by the same method, as the tests of R's ratesci quote it.
        ((8, 3, 1, 2), (-0.1574, 0.4136)),
        # Cavo et al. 2012, as R's contingencytables prints it (Newcombe_square_and_add_CI_paired_2x2).
        ((59, 6, 16, 80), (-0.1186, -0.0046)),
    ],
)
def test_newcombe_paired(table: tuple[int, int, int, int], wanted: tuple[float, float]) -> None:
    found = newcombe_paired(*table)
    assert (found.low, found.high) == pytest.approx(wanted, abs=5.1e-5)


def test_paired_without_phi_is_the_independent_interval() -> None:
    # An empty margin leaves no correlation to allow for (φ = 0); and b ↔ c mirrors the interval.
    assert newcombe_paired(0, 5, 0, 7).low == newcombe(5, 12, 0, 12).low
    one, other = newcombe_paired(20, 12, 2, 16), newcombe_paired(20, 2, 12, 16)
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))


@pytest.mark.parametrize(
    ("table", "corrected", "wanted", "digits"),
    [
        # Koopman 1984, Biometrics 40:513–517, as Nam 1995 prints it (quoted in statsmodels' tests).
        ((36, 40, 16, 80), False, (2.940, 7.152), 5.1e-4),
        # Gart & Nam 1988, Biometrics 44:323–338, score method without skewness correction.
        ((8, 15, 4, 15), False, (0.815, 5.336), 5.1e-4),
        ((6, 10, 6, 20), False, (0.844, 4.594), 5.1e-4),
        # R: PropCIs::riskscoreci(7, 34, 1, 34, 0.95).
        ((7, 34, 1, 34), False, (1.220853, 42.575718), 1e-6),
        # R: contingencytables::MiettinenNurminen_asymptotic_score_CI_ratio_2x2 (Fagerland et al. 2017).
        ((7, 34, 1, 34), True, (1.2086, 43.0330), 5.1e-5),
    ],
)
def test_score_ratio(
    table: tuple[int, int, int, int], corrected: bool, wanted: tuple[float, float], digits: float
) -> None:
    found = ratio_of_proportions(*table, corrected=corrected)
    assert (found.low, found.high) == pytest.approx(wanted, abs=digits)


def test_score_ratio_without_events() -> None:
    assert ratio_of_proportions(0, 20, 5, 20).low == 0
    assert math.isfinite(ratio_of_proportions(0, 20, 5, 20).high)
    found = ratio_of_proportions(5, 20, 0, 20)
    assert (found.high, found.estimate, found.notes) == (math.inf, None, (Note.ZERO_DENOMINATOR,))
    assert found.low > 1
    assert (ratio_of_proportions(0, 9, 0, 9).low, ratio_of_proportions(0, 9, 0, 9).high) == (0, math.inf)
    every = ratio_of_proportions(20, 20, 30, 30)
    assert every.low < 1 < every.high < 2


def test_score_ratio_solves_the_constrained_likelihood() -> None:
    # Oracle: the likelihood under p1 = θ p2 maximised by search, not by the quadratic's root.
    k1, n1, k2, n2 = 12, 60, 25, 55
    low = ratio_of_proportions(k1, n1, k2, n2, corrected=False).low
    q = optimize.minimize_scalar(
        lambda p: -(stats.binom.logpmf(k1, n1, low * p) + stats.binom.logpmf(k2, n2, p)),
        bounds=(1e-9, min(1, 1 / low) - 1e-9),
        method="bounded",
        options={"xatol": 1e-12},
    ).x
    spread = low * q * (1 - low * q) / n1 + low**2 * q * (1 - q) / n2
    assert (k1 / n1 - low * k2 / n2) / math.sqrt(spread) == pytest.approx(1.959964, abs=1e-5)


def test_swapping_sides() -> None:
    one, other = ratio_of_proportions(12, 60, 25, 55), ratio_of_proportions(25, 55, 12, 60)
    assert (one.low, one.high) == pytest.approx((1 / other.high, 1 / other.low))


def test_missing_values_count_against_each_end() -> None:
    found = newcombe(30, 100, 20, 100, missing1=10, missing2=5)
    assert found.low == newcombe(30, 100, 25, 100).low
    assert found.high == newcombe(40, 100, 20, 100).high
    assert found.estimate == pytest.approx(30 / 90 - 20 / 95)
    ratio = ratio_of_proportions(30, 100, 20, 100, missing1=10, missing2=5)
    assert ratio.low == ratio_of_proportions(30, 100, 25, 100).low
    assert ratio.high == ratio_of_proportions(40, 100, 20, 100).high
    with pytest.raises(
        StatisticsError, match=r"k1 \+ missing1 must lie between 0 and n1; got k1 \+ missing1=11, n1=10"
    ):
        newcombe(6, 10, 1, 10, missing1=5)


def test_ratio_of_counts() -> None:
    # Oracle: the limits ρ at which a of a + b is just not rejected at 2.5 % by scipy's binomial tails.
    a, b = 11, 2
    found = ratio_of_counts(a, b)
    assert stats.binom.sf(a - 1, a + b, found.low / (1 + found.low)) == pytest.approx(0.025)
    assert stats.binom.cdf(a, a + b, found.high / (1 + found.high)) == pytest.approx(0.025)
    assert found.estimate == 5.5
    none = ratio_of_counts(4, 0)
    assert (none.high, none.estimate, none.notes) == (math.inf, None, (Note.ZERO_DENOMINATOR,))
    assert ratio_of_counts(0, 4).low == 0
    assert (ratio_of_counts(0, 0).low, ratio_of_counts(0, 0).high) == (0, math.inf)


def test_impossible_input() -> None:
    with pytest.raises(StatisticsError, match="k2 must lie between 0 and n2; got k2=9, n2=8"):
        newcombe(1, 5, 9, 8)
    with pytest.raises(StatisticsError, match="n1 must be a whole number of at least 1; got n1=0"):
        ratio_of_proportions(0, 0, 1, 2)
    with pytest.raises(StatisticsError, match="both must be a whole number of at least 0; got both=-1"):
        newcombe_paired(-1, 2, 3, 4)
    with pytest.raises(StatisticsError, match="n must be at least 1; got n=0"):
        newcombe_paired(0, 0, 0, 0)


@pytest.mark.parametrize("statistic", [newcombe, ratio_of_proportions])
def test_coverage(statistic: object) -> None:
    """All 51 × 31 samples enumerated: ≥ 94.5 % on average; no unnoted tail above 5 % (noted ones up to 12 %)."""
    n1, n2 = 50, 30
    found = [[statistic(a, n1, b, n2) for b in range(n2 + 1)] for a in range(n1 + 1)]  # type: ignore[operator]  # both take four counts
    low, high = (np.array([[getattr(f, end) for f in row] for row in found]) for end in ("low", "high"))
    quiet = np.array(
        [[Note.FEW_EVENTS not in f.notes and Note.ZERO_DENOMINATOR not in f.notes for f in row] for row in found]
    )
    missed = []
    for p in (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9, 0.98):
        for q in (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9, 0.98):
            chances = np.outer(stats.binom.pmf(np.arange(n1 + 1), n1, p), stats.binom.pmf(np.arange(n2 + 1), n2, q))
            truth = p - q if statistic is newcombe else p / q
            for wrong in (low > truth + 1e-12, high < truth - 1e-12):
                assert chances[wrong & quiet].sum() <= 0.05
                assert chances[wrong].sum() <= 0.12
            missed.append(chances[(low > truth + 1e-12) | (high < truth - 1e-12)].sum())
    assert 1 - np.mean(missed) >= 0.945


def test_coverage_of_pairs() -> None:
    """Simulated, 4,000 samples of 80 correlated pairs: tails within 2.5 % + 1.5 points of slack."""
    generator = np.random.default_rng(20)
    chances = np.array([0.35, 0.15, 0.05, 0.45])
    found = [newcombe_paired(*row) for row in generator.multinomial(80, chances, size=4000).tolist()]
    assert np.mean([f.low > 0.10 for f in found]) <= 0.04
    assert np.mean([f.high < 0.10 for f in found]) <= 0.04


def test_coverage_of_a_ratio_of_counts() -> None:
    """Simulated, 4,000 pairs of Poisson counts: the interval is exact, so each tail ≤ 2.5 % + 0.7 points of noise."""
    generator = np.random.default_rng(21)
    pairs = generator.poisson((12, 8), size=(4000, 2)).tolist()
    found = [ratio_of_counts(a, b) for a, b in pairs]
    assert np.mean([f.low > 1.5 for f in found]) <= 0.032
    assert np.mean([f.high < 1.5 for f in found]) <= 0.032
