"""Ranks: Holm by hand, a plain pairwise oracle, ties, unseen groups, coverage where groups are tied."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from scipy import stats

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Note
from factcheck.stats.ranks import rank_interval, top_n


def pairwise(counts: dict[str, int], label: str, outside: float = 0.025) -> tuple[int, int]:
    """Oracle: every rival by scipy's binomial test, Holm's steps one by one."""
    own, rejected = counts[label], []
    for alternative in ("greater", "less"):
        tests = []
        for rival, rows in counts.items():
            if rival != label:
                p = stats.binomtest(rows, rows + own, alternative=alternative).pvalue if rows + own else 1.0
                tests.append(p)
        tests.sort()
        passed = 0
        for step, p in enumerate(tests):
            if p > outside / (len(tests) - step):
                break
            passed += 1
        rejected.append(passed)
    return 1 + rejected[0], len(counts) - rejected[1]


def test_against_the_plain_procedure() -> None:
    generator = np.random.default_rng(15)
    for _ in range(25):
        sizes = generator.negative_binomial(1, 0.02, size=12).tolist()
        counts = {f"g{i}": rows for i, rows in enumerate(sizes)}
        for label in counts:
            found = rank_interval(counts, label)
            assert (found.low, found.high) == pairwise(counts, label)


def test_holm_steps_by_hand() -> None:
    # 40 against 20, 19 and 39: one-sided p = P(Bin(60, ½) ≥ 40) = 0.0067, P(Bin(59, ½) ≥ 40) = 0.0043, and 0.5.
    assert stats.binom.sf(39, 60, 0.5) == pytest.approx(0.0067, abs=5e-5)
    assert stats.binom.sf(39, 59, 0.5) == pytest.approx(0.0043, abs=5e-5)
    # Holm at 2.5 %: 0.0043 ≤ 0.025/3 = 0.0083, 0.0067 ≤ 0.025/2: both are behind; 39 is not.
    found = rank_interval({"a": 40, "b": 20, "c": 19, "d": 39}, "a")
    assert (found.low, found.high, found.estimate, found.n) == (1, 2, 1, 118)


def test_ties_share_the_better_rank() -> None:
    found = rank_interval({"a": 100, "b": 100, "c": 5}, "b")
    assert (found.low, found.high, found.estimate) == (1, 2, 1)


def test_smallest_first() -> None:
    counts = {"a": 400, "b": 200, "c": 50}
    found = rank_interval(counts, "c", ascending=True)
    assert (found.low, found.high, found.estimate) == (1, 1, 1)
    assert found.notes == (Note.UNSEEN_GROUPS,)
    assert rank_interval(counts, "a", ascending=True).low == 3
    assert rank_interval(counts, "c", ascending=True, others_unseen=True).high == math.inf


def test_groups_that_the_sample_missed() -> None:
    # Five rows do not set a group apart from one with none: ½⁵ = 3.1 % > 2.5 %. Twenty do.
    counts = {"a": 5, "b": 900}
    assert rank_interval(counts, "a").notes == (Note.UNSEEN_GROUPS,)
    assert rank_interval(counts, "a").high == 2
    assert rank_interval(counts, "a", others_unseen=True).high == math.inf
    assert rank_interval({"a": 20, "b": 900}, "a", others_unseen=True).high == 2
    absent = rank_interval({"a": 0, "b": 900, "c": 30}, "a", others_unseen=True)
    assert (absent.low, absent.high, absent.estimate) == (3, math.inf, 3)


def test_unlabelled_rows_may_belong_to_any_group() -> None:
    counts = {"a": 100, "b": 60, "c": 20}
    assert (rank_interval(counts, "b").low, rank_interval(counts, "b").high) == (2, 2)
    found = rank_interval(counts, "b", unlabelled=30)
    assert (found.low, found.high) == (1, 3)
    assert top_n(counts, 1, unlabelled=30).unsettled == ("a", "b")


def test_top_groups() -> None:
    counts = {"a": 500, "b": 300, "c": 290, "d": 100, "e": 20}
    found = top_n(counts, 2)
    assert (found.inside, found.unsettled, found.outside) == (("a",), ("b", "c"), ("d", "e"))
    assert top_n(counts, 5).inside == tuple(counts)
    assert top_n(counts, 7).inside == tuple(counts)
    assert top_n({"only": 3}, 1).inside == ("only",)
    assert top_n({"only": 3}, 1, others_unseen=True).unsettled == ("only",)


def test_top_groups_follow_the_ranks() -> None:
    generator = np.random.default_rng(16)
    for _ in range(20):
        counts = dict(enumerate(generator.negative_binomial(1, 0.01, size=15).tolist()))
        found = top_n(counts, 4)
        for label in counts:
            rank = rank_interval(counts, label)
            assert (label in found.inside) == (rank.high <= 4)
            assert (label in found.outside) == (rank.low > 4)


def test_more_claimed_groups_are_judged_more_strictly() -> None:
    # 131 against 100: p = P(Bin(231, ½) ≥ 131) = 0.0241 passes 2.5 %, and not 2.5 %/3.
    assert stats.binom.sf(130, 231, 0.5) == pytest.approx(0.0241, abs=5e-5)
    counts = {"a": 131, "b": 100}
    assert top_n(counts, 1).inside == ("a",)
    assert top_n(counts, 1, claimed=3).unsettled == ("a", "b")


def test_a_hundred_thousand_groups_take_a_moment() -> None:
    sizes = np.minimum(np.random.default_rng(17).zipf(1.4, 100_000), 10**6).tolist()
    counts = dict(enumerate(sizes))
    started = time.perf_counter()
    rank_interval(counts, 500)
    top_n(counts, 10, claimed=10)
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rank_interval({}, "a"), "label must be one of the groups; got label='a' and 0 groups"),
        (lambda: rank_interval({"a": 1}, "b"), "label must be one of the groups; got label='b' and 1 groups"),
        (lambda: rank_interval({"a": -1}, "a"), "counts['a'] must be a whole number of at least 0; got counts['a']=-1"),
        (lambda: top_n({"a": 1}, 0), "n must be a whole number of at least 1; got n=0"),
        (lambda: top_n({}, 1), "counts must hold at least one group; got counts={}"),
        (lambda: top_n({"a": 1}, 1, claimed=0), "claimed must be a whole number of at least 1; got claimed=0"),
    ],
)
def test_impossible_input(call: object, message: str) -> None:
    with pytest.raises(StatisticsError) as caught:
        call()  # type: ignore[operator]  # the calls above
    assert str(caught.value) == message


def test_coverage_with_ten_tied_groups() -> None:
    """Simulated, 800 samples where the bootstrap covers 63 %: every group truly shares rank 1; noise 0.8 points."""
    samples = np.random.default_rng(18).multinomial(400, [0.1] * 10, size=800).tolist()
    wrong = [rank_interval(dict(enumerate(row)), 0).low > 1 for row in samples]
    assert np.mean(wrong) <= 0.033


def test_coverage_of_a_rank_between_others() -> None:
    """Simulated, 800 samples, true rank 3 of 6: each side wrong in ≤ 2.5 % (noise 0.8 points), and often exact."""
    truth = np.array([0.3, 0.25, 0.18, 0.13, 0.09, 0.05])
    samples = np.random.default_rng(19).multinomial(1500, truth, size=800).tolist()
    found = [rank_interval(dict(enumerate(row)), 2) for row in samples]
    assert np.mean([f.low > 3 for f in found]) <= 0.033
    assert np.mean([f.high < 3 for f in found]) <= 0.033
    assert np.mean([f.low == f.high == 3 for f in found]) > 0.5
