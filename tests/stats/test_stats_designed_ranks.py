"""Ranks of clustered or weighted rows: held against the exact tests of single rows, and against one share at a time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from factcheck.errors import StatisticsError
from factcheck.stats.designed_ranks import designed_rank_interval, designed_top_n
from factcheck.stats.group_pairs import GroupTotals, against
from factcheck.stats.ranks import rank_interval, top_n
from factcheck.stats.shares import designed_proportion
from factcheck.stats.units import Units

Matrix = npt.NDArray[np.float64]


def totals(held: Matrix, rows: Matrix, squares: Matrix, *, clustered: bool) -> GroupTotals:
    """From what every unit holds of every group, the last column of no group in particular."""
    k = held.shape[1] - 1
    unit, group = np.nonzero(held[:, :k])
    entries = unit, group, held[unit, group]
    return GroupTotals(*entries, np.ones(len(held)), held[:, k].copy(), rows, squares, clustered)


def singly(counts: list[int], unlabelled: int = 0) -> GroupTotals:
    """Rows drawn singly with the weight 1: alike ones are one entry."""
    k = len(counts)
    codes, times = np.arange(k + 1), np.array([*counts, unlabelled], dtype=float)
    loose = np.append(np.zeros(k), 1.0 if unlabelled else 0.0)
    return GroupTotals(codes[:k], codes[:k], np.ones(k), times, loose, times, times, False)


def drawn(seed: int, *, clustered: bool, weighted: bool, loose: bool, pareto: bool) -> tuple[GroupTotals, Matrix, Matrix]:
    """Random units of six groups with the totals as a matrix, and the rows and squares by group."""
    rng = np.random.default_rng(seed)
    groups, k = int(rng.integers(3, 40)), 6
    sizes = np.maximum(1, (rng.pareto(1.1, groups) * 4 if pareto else rng.poisson(6, groups)).astype(int))
    unit = np.repeat(np.arange(groups), sizes)
    leanings = rng.dirichlet(np.full(k + 1, 0.4), groups)
    label = np.array([rng.choice(k + 1, p=leanings[u]) for u in unit])
    if not loose:
        label[label == k] = 0
    weight = rng.choice([0.5, 1.0, 2.7, 4.0], len(unit)) if weighted else np.ones(len(unit))
    if not clustered:
        unit = np.arange(len(label))
    held = np.zeros((int(unit.max()) + 1, k + 1))
    np.add.at(held, (unit, label), weight)
    rows = np.bincount(label, minlength=k + 1).astype(float)
    squares = np.bincount(label, weight**2, minlength=k + 1).astype(float)
    return totals(held, rows, squares, clustered=clustered), held, np.stack([rows, squares])


@pytest.mark.parametrize("seed", range(16))
def test_every_pair_is_a_share_of_two_groups(seed: int) -> None:
    """All pairs at once are what `designed_proportion`, tested by itself, says of each alone."""
    clustered, weighted = bool(seed % 2), bool(seed // 2 % 2) or not seed % 2
    found, held, (rows, squares) = drawn(
        seed, clustered=clustered, weighted=weighted, loose=bool(seed // 4 % 2), pareto=bool(seed // 8)
    )
    padded = np.column_stack([held[:, :6], np.zeros(len(held))])
    for own in range(6):
        for yes in ("own", "others"):
            pairs = against(found, own, yes="own" if yes == "own" else "others")
            for j in {*range(7)} - {own}:
                size = held[:, own] + held[:, 6] + padded[:, j]
                if not size.any():
                    assert pairs.degrees[j] == 0
                    continue
                n, power = (one[own] + one[6] + (one[j] if j < 6 else 0) for one in (rows, squares))
                kish = min(size.sum() ** 2 / power, n) if clustered and weighted else None
                units = Units(size, np.ones(len(size)), int(n), clustered, kish)
                low = designed_proportion(units, held[:, own] if yes == "own" else padded[:, j]).bounds.low
                chance = float(pairs.chance((np.array([j]),), np.array([0.025]))[0]) if pairs.degrees[j] else 1.0
                if abs(low - 0.5) > 1e-6:
                    assert (low > 0.5) == (chance < 0.025)


@pytest.mark.parametrize("counts", [[50, 30, 20, 10, 3], [10, 10, 10], [200, 150, 149, 1], [5, 0, 1]])
@pytest.mark.parametrize("ascending", [False, True])
@pytest.mark.parametrize("unlabelled", [0, 7])
def test_rows_drawn_singly_with_equal_weights_rank_as_by_exact_tests(
    counts: list[int], ascending: bool, unlabelled: int
) -> None:
    """Clopper and Pearson's limit lies above one half where the exact binomial test says so."""
    labels = {str(i): n for i, n in enumerate(counts)}
    for own in range(len(counts)):
        exact = rank_interval(labels, str(own), 0.95, ascending, unlabelled, True)
        found = designed_rank_interval(singly(counts, unlabelled), own, 0.95, ascending)
        assert (found.low, found.high, found.estimate) == (exact.low, exact.high, exact.estimate)


def test_top_of_rows_drawn_singly() -> None:
    counts = [90, 60, 20, 19, 5, 1]
    exact = top_n(dict(enumerate(counts)), 2, others_unseen=True)
    found = designed_top_n(singly(counts), 2)
    assert (found.inside, found.unsettled) == (exact.inside, exact.unsettled)


def test_rows_of_a_cluster_tell_less() -> None:
    """Ten people of one mind each are ten draws, though they wrote a hundred rows."""
    held = np.zeros((10, 3))
    held[:7, 0] = held[7:, 1] = 10
    rows = np.array([70.0, 30.0, 0.0])
    found = designed_rank_interval(totals(held, rows, rows, clustered=True), 0)
    # ½⁷ sets those of one mind apart from a group that was missed, and 7 of 10 are no majority for sure.
    assert (found.low, found.high) == (1, 2)
    assert designed_rank_interval(singly([70, 30]), 0).high == 1


def test_one_cluster_settles_nothing() -> None:
    rows = np.array([90.0, 10.0, 0.0])
    one = totals(np.array([[90.0, 10.0, 0.0]]), rows, rows, clustered=True)
    assert designed_top_n(one, 1).inside == ()
    assert designed_rank_interval(one, 0, others_unseen=False).high == 2


def test_the_order_of_units_does_not_matter() -> None:
    found, held, (rows, squares) = drawn(3, clustered=True, weighted=True, loose=True, pareto=True)
    shuffled = totals(held[::-1].copy(), rows, squares, clustered=True)
    for own in range(6):
        assert designed_rank_interval(found, own).low == designed_rank_interval(shuffled, own).low
    assert designed_top_n(found, 2) == designed_top_n(shuffled, 2)


def test_a_rank_covers_with_clusters_of_uneven_size() -> None:
    """Of 200 samples of 25 clusters, Pareto(1.2) in size, no more than one in twenty miss the rank on either side."""
    rng = np.random.default_rng(5)
    sizes = np.minimum(3 * (1 + rng.pareto(1.2, 3000)), 300).astype(int)
    held = np.array([rng.multinomial(n, rng.dirichlet([0.8, 0.7, 0.7, 0.3])) for n in sizes], dtype=float)
    population = held.sum(axis=0)
    truth = 1 + (population > population[1]).sum()
    missed = 0
    for _ in range(200):
        chosen = held[rng.choice(3000, 25, replace=False)]
        rows = np.append(chosen.sum(axis=0), 0.0)
        sample = totals(np.column_stack([chosen, np.zeros(25)]), rows, rows, clustered=True)
        bounds = designed_rank_interval(sample, 1)
        missed += not bounds.low <= truth <= bounds.high
    assert missed <= 10


def test_what_is_impossible_is_refused() -> None:
    with pytest.raises(StatisticsError, match="own must be one of the groups; got own=3"):
        designed_rank_interval(singly([3, 2]), 3)
    with pytest.raises(StatisticsError, match="n and claimed"):
        designed_top_n(singly([3, 2]), 0)
    with pytest.raises(StatisticsError, match="total"):
        GroupTotals(
            np.array([0]), np.array([0]), np.array([-1.0]), np.ones(1), np.zeros(1), np.ones(2), np.ones(2), True
        )
