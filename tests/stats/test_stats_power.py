"""How many rows would settle a claim."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from factcheck.errors import StatisticsError
from factcheck.stats.power import answers_needed, rows_by_width, rows_needed, within_population
from factcheck.stats.proportion import proportion


@pytest.mark.parametrize(
    ("p", "d", "deff", "between", "wanted"),
    [
        (0.5, 0.05, 1.0, False, 784),  # (1.96 + 0.84)² · 0.25/0.0025 = 7.84 · 100
        (0.5, 0.05, 1.0, True, 1050),  # (1.96 + 1.28)² = 10.4976 · 100, rounded up
        (0.5, 0.05, 1.5, False, 1176),
        (0.3, -0.02, 1.0, False, 4116),  # the sign of the distance does not matter: 7.84 · 0.21/0.0004
    ],
)
def test_the_formula(p: float, d: float, deff: float, between: bool, wanted: int) -> None:
    assert rows_needed(p, d, deff, between) == wanted


def test_no_number_of_rows() -> None:
    assert rows_needed(0.4, 0.0) is None


def test_near_zero_as_many_rows_as_no_event_needs() -> None:
    # By the rule of three's exact form, 1 − 0.025^(1/n) ≤ 1 % from n = 368 on (365 < ln 0.025/ln 0.99 = 367.04 ≤ 368).
    assert rows_needed(0.0, 0.01) == 368
    assert proportion(0, 368).high <= 0.01 < proportion(0, 367).high
    assert rows_needed(1.0, 0.01) == 368
    assert rows_needed(0.0, 1.0) == 1


def test_that_many_rows_clear_the_edge_four_times_in_five() -> None:
    """Simulated: of 2,000 samples of the size given, 80 % ± 4 points have an interval below the edge."""
    n = rows_needed(0.4, 0.05)
    assert n is not None
    drawn = np.random.default_rng(25).binomial(n, 0.4, size=2000).tolist()
    assert np.mean([proportion(k, n).high < 0.45 for k in drawn]) == pytest.approx(0.8, abs=0.04)


def test_other_levels_have_their_own_quantile() -> None:
    assert rows_needed(0.5, 0.05, level=0.99) == 1170  # (2.58 + 0.84)² · 0.25/0.0025 = 1,169.64


def test_the_width_of_a_normal_interval_gives_the_same_rows() -> None:
    """Half the interval of a share of one half in 100 rows is 1.96 · 0.05: the formula again, 7.84 · 0.25/0.05²."""
    assert rows_by_width(100, 1.96 * 0.05, 0.05) == 784
    assert rows_by_width(100, 1.96 * 0.05, -0.05, between_two_edges=True) == 1050


def test_a_mean_by_hand() -> None:
    """σ = 10 and a distance of 5 take (1.96 + 0.84)² · 10²/5² = 31.4 rows, however many the interval came from."""
    assert rows_by_width(50, 1.96 * 10 / 50**0.5, 5) == 32
    assert rows_by_width(200, 1.96 * 10 / 200**0.5, 5) == 32
    assert rows_by_width(50, 1.0, 0.0) is None


def test_a_finite_population() -> None:
    """Cochran 1977, 4.4: n₀ = 400 among the 3,200 people of an island come to 400/(1 + 399/3200) = 356. The course
    M21CM01DC of Sreenarayanaguru Open University, p. 82: n₀ = 666 of N = 13,191 come to 634.03."""
    assert within_population(400, 3200) == 356
    assert within_population(666, 13191) == 635
    assert within_population(10**9, 3200) <= 3200


@pytest.mark.parametrize(
    ("k", "n", "missing", "low", "high", "wanted"),
    [
        (40, 100, 20, 0.45, None, 10),  # p = 1/2: (40 + u/2)/100 ≥ 45 % from u = 10 on
        (40, 100, 20, None, 0.55, 10),  # (60 − u/2)/100 ≤ 55 %
        (40, 100, 20, 0.45, 0.52, 16),  # the upper edge asks for more: 60 − u/2 ≤ 52
        (40, 100, 20, 0.5, None, 20),  # the share lies at the edge: all of them
        (40, 100, 20, 0.51, None, None),  # not even all
        (40, 100, 20, 0.3, None, 0),  # settled already
        (0, 100, 20, 0.1, None, None),
        (0, 100, 20, None, 0.1, 10),
    ],
)
def test_missing_answers(k: int, n: int, missing: int, low: float | None, high: float | None, wanted: int | None) -> None:
    assert answers_needed(k, n, missing, low, high) == wanted


def test_that_many_known_answers_bring_the_bounds_inside() -> None:
    """By hand, answer for answer: with u more known, of which p count, both worst cases lie within the edges."""
    k, n, missing, low, high = 330, 1000, 120, 0.30, 0.44
    u = answers_needed(k, n, missing, low, high)
    assert u is not None
    p = k / (n - missing)
    for known, inside in ((u, True), (u - 1, False)):
        worst = ((k + p * known) / n, (k + p * known + missing - known) / n)
        assert (low <= worst[0] and worst[1] <= high) == inside


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rows_by_width(0, 1, 1), "n must be above 0; got n=0"),
        (lambda: rows_by_width(10, float("inf"), 1), "half must be above 0; got half=inf"),
        (lambda: rows_by_width(10, 1, float("nan")), "d must be finite; got d=nan"),
        (lambda: rows_needed(0.5, 0.1, level=1.0), "level must lie between 0 and 1; got level=1.0"),
        (lambda: within_population(0, 10), "rows and population must be above 0; got rows=0, population=10"),
        (
            lambda: answers_needed(5, 10, 10, None, None),
            "k and missing must leave rows of n; got k=5, missing=10, n=10",
        ),
    ],
)
def test_impossible_input_of_the_others(call: Callable[[], object], message: str) -> None:
    with pytest.raises(StatisticsError) as caught:
        call()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1.2, 0.1), "p must lie between 0 and 1; got p=1.2"),
        ((0.2, 1.1), "d must lie between -1 and 1; got d=1.1"),
        ((0.2, float("nan")), "d must lie between -1 and 1; got d=nan"),
        ((0.2, 0.1, 0.0), "deff must be above 0; got deff=0.0"),
    ],
)
def test_impossible_input(arguments: tuple[float, ...], message: str) -> None:
    with pytest.raises(StatisticsError) as caught:
        rows_needed(*arguments)  # type: ignore[arg-type]  # no flag among these
    assert str(caught.value) == message
