"""How many rows would settle a claim."""

from __future__ import annotations

import numpy as np
import pytest

from factcheck.errors import StatisticsError
from factcheck.stats.power import rows_needed
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
