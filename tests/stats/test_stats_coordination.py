"""What chance would bring, against what probability theory says of it."""

from __future__ import annotations

import numpy as np
import pytest

from factcheck.errors import StatisticsError
from factcheck.stats.coordination import Acts, Chance

MINUTE = 60_000_000
MOST = 1_000_000


def acts(rows: list[tuple[int, int, int]], within: int, at_least: int = 1, counting: str = "targets") -> Acts:
    actors, targets, times = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    return Acts(actors, targets, times, within, at_least, counting)  # type: ignore[arg-type]  # from a parameter


def of(chance: Chance | None) -> Chance:
    assert chance is not None
    return chance


def test_moved_times_differ_as_two_uniform_variables_do() -> None:
    """Two acts of one moment, each moved by up to 30 minutes: their distance is triangular, so that it is at most w with
    probability 1 − (1 − w/60 min)² (the sum of two uniform variables; Feller, An Introduction to Probability Theory, vol.
    2, ch. I.9): 0.0331 for a minute, 99.2 of 3,000 pairs, with a standard deviation of 9.8."""
    rows = [(2 * target + side, target, 0) for target in range(3_000) for side in (0, 1)]
    for figure, factor in (("pairs", 1), ("accounts", 2), ("share", 2)):
        found = of(acts(rows, MINUTE).moved(figure, MOST))  # type: ignore[arg-type]  # from a parameter
        assert found.observed == 3_000 * factor
        assert found.median / factor == pytest.approx(99.2, abs=3.5)  # 3 standard errors of a median of 99 draws
        assert (found.low / factor, found.high / factor) == pytest.approx((99.2 - 1.96 * 9.8, 99.2 + 1.96 * 9.8), abs=9)
        assert (found.p, found.draws) == (0.01, 99)


def test_exchanged_accounts_meet_again_as_cards_do() -> None:
    """Four accounts on two targets, of which one pair is together on each: dealt anew, the pair on the second target is
    that of the first with probability 1/C(4, 2) = 1/6, so that of 1,200 such groups 200 (s.d. 12.9) have a pair that is
    together twice."""
    rows = []
    for group in range(1_200):
        for target in (2 * group, 2 * group + 1):
            rows += [
                (4 * group + account, target, time) for account, time in enumerate((0, 1, 9 * MINUTE, 20 * MINUTE))
            ]
    found = of(acts(rows, MINUTE, 2).exchanged("pairs", MOST))
    assert found.observed == 1_200
    assert found.median == pytest.approx(200, abs=5)
    assert (found.low, found.high) == pytest.approx((200 - 1.96 * 12.9, 200 + 1.96 * 12.9), abs=12)
    assert of(acts(rows, MINUTE, 2).exchanged("share", MOST)).median == pytest.approx(800, abs=20)


def test_a_p_value_is_uniform_where_nobody_minds_anybody() -> None:
    """Under the null every rank of what was observed is alike: with independent times p ≤ 0.2 in a fifth of the worlds."""
    small = 0
    for seed in range(60):
        random = np.random.default_rng(seed)
        rows = [(i, 0, int(t)) for i, t in enumerate(random.integers(0, 40_000 * MINUTE, 300))]
        small += of(acts(rows, 30 * MINUTE).moved("pairs", MOST, draws=19, seed=seed)).p <= 0.2
    assert 4 <= small <= 22  # Bin(60, 0.2) lies outside in fewer than 1 of 500 cases


def test_draws_are_the_same_in_every_run() -> None:
    rows = [(i % 7, i % 3, i * MINUTE) for i in range(60)]
    for one in (acts(rows, MINUTE), acts(rows, MINUTE, 2)):
        assert one.moved("share", MOST) == one.moved("share", MOST)
        assert one.exchanged("pairs", MOST) == one.exchanged("pairs", MOST)


def test_one_account_and_none() -> None:
    alone = acts([(0, 0, 0), (0, 0, 1), (0, 1, 1)], MINUTE)
    assert of(alone.moved("share", MOST)) == Chance(0, 0, 0, 0, 1.0, 99)
    nobody = Acts(*(np.array([], dtype=np.int64) for _ in range(3)), MINUTE)
    assert of(nobody.moved("accounts", MOST)).observed == 0
    assert of(nobody.moved("pairs", MOST)).observed == 0
    assert of(nobody.exchanged("share", MOST)).observed == 0


def test_too_many_pairs_are_not_drawn() -> None:
    crowd = acts([(i, 0, 0) for i in range(100)], MINUTE)  # 4,950 pairs of acts
    assert crowd.pairs_of_acts() == 4_950
    assert crowd.exchanged("pairs", 4_949) is None
    assert crowd.moved("pairs", 4_949) is None
    assert of(crowd.moved("share", 0)).observed == 100


def test_times_far_apart_on_many_targets() -> None:
    """Years at the precision of microseconds on thousands of targets pass 64 bits if laid end to end with one span."""
    far = 9 * 365 * 86_400 * 1_000_000
    rows = [(i % 5, i // 4, (i % 4) * far // 3 + i) for i in range(200_000)]
    found = of(acts(rows, 1).moved("share", MOST, draws=1))
    assert found.observed == 0


def test_impossible_input_is_refused() -> None:
    with pytest.raises(StatisticsError, match="one length"):
        Acts(np.array([1]), np.array([1, 2]), np.array([1]), 1)
    with pytest.raises(StatisticsError, match="at_least=0"):
        acts([(0, 0, 0)], 1, 0)


def test_years_on_thousands_of_targets() -> None:
    """Two acts on each of 15,000 targets, nine years apart: with ten years to either side all are pairs, with eight none."""
    year = 525_600 * MINUTE
    rows = [(side, target, side * 9 * year) for target in range(15_000) for side in (0, 1)]
    assert acts(rows, 10 * year).pairs_of_acts() == 15_000
    assert acts(rows, 8 * year).pairs_of_acts() == 0
    with pytest.raises(StatisticsError, match="span too long"):
        acts([(side, target, side * 900 * year) for target in range(200) for side in (0, 1)], 900 * year).pairs_of_acts()
