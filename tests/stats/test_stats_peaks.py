"""Peaks: how often noise passes for one, what is found, and what rows without a place can change."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special

from factcheck.errors import StatisticsError
from factcheck.stats.peaks import _filled, _holm, _lifted, _tail, level, peaks

QUIET = [3, 4, 2, 3, 5, 3, 4, 3, 4, 2, 3, 3, 5, 4, 3]
Floats = NDArray[np.float64]


def noise(kind: str, n: int, mean: float, rng: np.random.Generator) -> Floats:
    """Counts without a peak: by chance alone, of days that differ (gamma, lognormal), of days that follow one another."""
    name, _, size = kind.partition(" ")
    if name == "poisson":
        return rng.poisson(mean, n).astype(float)
    if name == "gamma":
        return rng.poisson(mean * rng.gamma(1 / float(size), float(size), n)).astype(float)
    if name == "lognormal":
        spread = float(size)
        return rng.poisson(mean * np.exp(spread * rng.normal(size=n) - spread**2 / 2)).astype(float)
    phi, spread = float(size), 0.5
    log = [spread * rng.normal()]
    for shock in rng.normal(size=n - 1):
        log.append(phi * log[-1] + spread * math.sqrt(1 - phi**2) * shock)
    return rng.poisson(mean * np.exp(np.array(log) - spread**2 / 2)).astype(float)


# In 300 series of each kind, at 8 to 365 periods and 0.6 to 200 rows each, the largest share with a false peak was 4.3 %
# (lognormal 0.8, 10 periods). The logarithm with t10 had up to 12 %, and found nothing among days of two rows.
@pytest.mark.parametrize(
    ("kind", "mean"), [*product(("poisson", "gamma 0.5", "lognormal 0.5", "lognormal 0.8", "follows 0.6"), (2, 30))]
)
def test_noise_seldom_passes_for_a_peak(kind: str, mean: float) -> None:
    rng = np.random.default_rng(20_180_422)
    false = sum(bool(peaks(noise(kind, n, mean, rng), cycle=7).found) for n in (14, 60) for _ in range(50))
    assert false <= 10  # of 100; at a true rate of 5 %, more come once in 90 runs


@pytest.mark.parametrize(
    ("mean", "times", "least"),
    [(20, 3, 0.75), (20, 5, 0.95), (100, 3, 0.95), (6, 10, 0.95), (2, 30, 0.9)],
)
def test_planted_peaks_are_found(mean: float, times: float, least: float) -> None:
    rng = np.random.default_rng(20_170_605)
    found = 0
    for _ in range(40):
        counts = noise("poisson", 120, mean, rng)
        counts[60] = rng.poisson(times * mean)
        found += 60 in peaks(counts, cycle=7).found
    assert found >= least * 40


def test_a_day_among_very_quiet_ones_is_found() -> None:
    # DFRLab 2018: 856 posts in a year, of which five days have most. On the logarithmic scale with the floor 1/√2 and
    # t10, 70 against 2 gives ln(70.5/2.5)·√2 = 4.72 and p = 0.0004, which Holm's correction over 362 days does not pass.
    rng = np.random.default_rng(856)
    counts = rng.poisson(1.5, 362)
    days = (24, 213, 235, 236, 345)
    counts[list(days)] = (70, 66, 62, 68, 74)
    assert peaks(counts, cycle=7).found == days


def test_neighbouring_peaks_do_not_hide_one_another() -> None:
    counts = [*QUIET, 70, 60, *QUIET]
    assert peaks(counts).found == (15, 16)


def test_a_new_level_is_no_peak() -> None:
    assert peaks([5] * 30 + [50] * 30).found == ()


def test_a_rhythm_is_no_peak() -> None:
    weeks = [5, 5, 5, 6, 5, 4, 50] * 6
    assert peaks(weeks, cycle=7).found == ()
    weeks[16] = 60
    assert peaks(weeks, cycle=7).found == (16,)


def test_less_than_ten_rows_and_less_than_twice_the_usual_are_no_peaks() -> None:
    assert peaks([0] * 20 + [9] + [0] * 20).found == ()
    assert peaks([0] * 20 + [12] + [0] * 20).found == (20,)
    steady = [10_000] * 20 + [19_000] + [10_000] * 20
    assert peaks(steady).found == ()
    steady[20] = 21_000
    assert peaks(steady).found == (20,)


def test_the_usual_is_the_median_of_the_neighbours_without_the_day_itself() -> None:
    result = peaks(range(20))
    assert result.usual[10] == 10
    assert result.usual[0] == 4  # of 1 to 7
    assert result.usual[19] == 15  # of 12 to 18
    assert all(0 <= p <= 1 for p in result.p)


def test_the_scale_levels_noise() -> None:
    # Anscombe 1948, Biometrika 35:246–254: a variance of 1 by chance alone; of many rows, of which the logarithm is that
    # of a gamma variable, ψ′(1/κ)/κ.
    rng = np.random.default_rng(1948)
    for mean, kappa in ((20, 0.0), (20, 0.1), (200, 0.5)):
        shape = rng.gamma(1 / kappa, kappa, 40_000) if kappa else 1.0
        wanted = float(special.polygamma(1, 1 / kappa)) / kappa if kappa else 1.0
        assert level(rng.poisson(mean * shape, 40_000).astype(float), kappa).var() == pytest.approx(wanted, rel=0.05)
    assert level(np.array([24.625]), 0.0)[0] == 10  # 2·√25
    assert level(np.array([24.625]), 1e-6)[0] == pytest.approx(10, abs=1e-3)


def test_the_tail_is_that_of_t_with_twenty_degrees() -> None:
    # Student's t, 20 degrees: 5 % lie above 1.725, 0.05 % above 3.850 (Fisher & Yates 1963, table III).
    assert _tail(np.array([1.725, 3.850])) == pytest.approx([0.05, 0.0005], rel=0.002)


def test_holm_steps_down() -> None:
    # Holm 1979, Scand. J. Statist. 6:65–70: p(k) against α/(m − k + 1), until the first that does not pass.
    p = np.array([0.01, 0.04, 0.03, 0.005])
    assert _holm(p, 0.05).tolist() == [True, False, False, True]  # 0.005·4, 0.01·3, but 0.03·2 > 0.05
    assert _holm(np.array([0.01, 0.02]), 0.05).all()


@pytest.mark.parametrize("values", [[1, 2, 3], [1, 4, 4, 9], [0, 0, 0, 0, 5], [2, 2], [1, 1, 3, 9, 9]])
@pytest.mark.parametrize("rows", [1, 2, 3, 5])
def test_the_median_is_lifted_as_far_as_rows_can(values: list[int], rows: int) -> None:
    placements = product(range(len(values)), repeat=rows)
    best = max(float(np.median([value + places.count(i) for i, value in enumerate(values)])) for places in placements)
    assert best <= _lifted(np.array(values, dtype=float), rows) <= best + 1  # parts of a row may be poured
    assert _filled(np.array([1.0, 2.0, 9.0]), 3) == 3


def test_rows_without_a_place_open_what_they_could_change() -> None:
    counts = [1.0] * 7 + [9.0] + [1.0] * 7
    result = peaks(counts, unplaced=2)
    assert (result.found, result.certain, result.possible) == ((), frozenset(), frozenset({7}))
    clear = [5.0] * 7 + [200.0] + [5.0] * 7
    result = peaks(clear, unplaced=5)
    assert (result.certain, result.possible) == (frozenset({7}), frozenset({7}))
    assert peaks(clear, unplaced=3_000).certain == frozenset()


@pytest.mark.parametrize("counts", [[1] * 7, [-1] + [1] * 9, [math.nan] + [1] * 9])
def test_impossible_counts_are_refused(counts: list[float]) -> None:
    with pytest.raises(StatisticsError, match="counts"):
        peaks(counts)
