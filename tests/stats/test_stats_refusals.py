"""Impossible input is refused by name and value, wherever a statistic takes one: a wrong number must not come out of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from factcheck.errors import StatisticsError
from factcheck.stats import (
    bounds,
    composition,
    copies,
    correlation,
    correlation_bounds,
    correlation_intervals,
    counts,
    difference,
    graphs,
    mean,
    mover,
    overlap,
    peaks,
    power,
    proportion,
    quantile,
    ranks,
    rates,
    silences,
    total,
    trend,
)  # fmt: skip

NAN, INF = math.nan, math.inf
NOT_COUNTS = (-1, 2.5, NAN, INF, -INF, True, "7", None)
NOT_LEVELS = (0, 1, -0.5, 1.5, 95, NAN, INF, True)
NOT_FRACTIONS = (0, -0.1, 1.01, NAN, INF, True)
TIMES = [float(x) for x in range(40)]
PAIRS = {"x": np.arange(40.0), "y": np.arange(40.0)[::-1].copy()}
Wrong = Mapping[str, tuple[Any, ...]]


def numbers(*wrong: str, few: tuple[Any, ...] = ((),)) -> dict[str, tuple[Any, ...]]:
    """Lists that hold what is no number."""
    return {name: (*few, [1.0, NAN], [1.0, INF], [1.0, -INF]) for name in wrong}


CASES: list[tuple[Callable[..., Any], dict[str, Any], Wrong]] = [
    (proportion.clopper_pearson, {"k": 3, "n": 9}, {"k": (-1, 10, NAN, INF), "n": (0, -1, NAN, INF), "level": NOT_LEVELS}),
    (proportion.wilson, {"k": 3, "n": 9}, {"k": (-1, 10, NAN, INF), "n": (0, -1, NAN, INF), "level": NOT_LEVELS}),
    (
        proportion.proportion,
        {"k": 3, "n": 9, "population": 20},
        {"k": (*NOT_COUNTS, 10), "n": (0, *NOT_COUNTS), "level": NOT_LEVELS, "population": (0, 8, *NOT_COUNTS[:-1])},
    ),
    (
        proportion.proportion_with_missing,
        {"k": 3, "missing": 2, "n": 9, "population": 20},
        {"k": (*NOT_COUNTS, 8), "missing": (*NOT_COUNTS, 7), "n": (0, 4, *NOT_COUNTS), "level": NOT_LEVELS, "population": (8,)},
    ),
    (proportion.one_sided_lower, {"k": 3, "n": 9}, {"k": (*NOT_COUNTS, 10), "confidence": (0, 0.5, 1, 1.5, NAN)}),
    (proportion.one_sided_upper, {"k": 3, "n": 9}, {"k": (*NOT_COUNTS, 10), "confidence": (0, 0.5, 1, 1.5, NAN)}),
    (proportion.rule_of_three, {"n": 9}, {"n": (0, *NOT_COUNTS)}),
    (proportion.finite_population_n, {"n": 9, "population": 20}, {"n": (0, 21, *NOT_COUNTS), "population": (8, *NOT_COUNTS)}),
    (counts.garwood, {"k": 3}, {"k": NOT_COUNTS, "level": NOT_LEVELS}),
    (counts.scaled_count, {"k": 3, "fraction": 0.1}, {"k": NOT_COUNTS, "fraction": NOT_FRACTIONS, "level": NOT_LEVELS}),
    (
        counts.hypergeometric_total,
        {"k": 3, "n": 9, "population": 20},
        {"k": (*NOT_COUNTS, 10), "n": (0, 21, *NOT_COUNTS), "population": (8, *NOT_COUNTS), "level": NOT_LEVELS},
    ),
    (
        difference.newcombe,
        {"k1": 3, "n1": 9, "k2": 4, "n2": 8, "missing1": 1, "missing2": 1},
        {"k1": (*NOT_COUNTS, 9), "n1": (0, *NOT_COUNTS), "k2": (*NOT_COUNTS, 8), "n2": (0, *NOT_COUNTS), "level": NOT_LEVELS}
        | {"missing1": (*NOT_COUNTS, 7), "missing2": (*NOT_COUNTS, 5)},
    ),
    (
        difference.newcombe_paired,
        {"both": 3, "only_first": 4, "only_second": 5, "neither": 6},
        dict.fromkeys(("both", "only_first", "only_second", "neither"), NOT_COUNTS) | {"level": NOT_LEVELS},
    ),
    (
        difference.ratio_of_proportions,
        {"k1": 3, "n1": 9, "k2": 4, "n2": 8},
        {"k1": (*NOT_COUNTS, 10), "n1": (0, *NOT_COUNTS), "k2": (*NOT_COUNTS, 9), "n2": (0, *NOT_COUNTS), "level": NOT_LEVELS},
    ),
    (difference.ratio_of_counts, {"a": 3, "b": 4}, {"a": NOT_COUNTS, "b": NOT_COUNTS, "level": NOT_LEVELS}),
    (
        difference.ratio_of_paired_proportions,
        {"both": 3, "only_first": 4, "only_second": 5, "neither": 6},
        dict.fromkeys(("both", "only_first", "only_second", "neither"), NOT_COUNTS) | {"level": NOT_LEVELS},
    ),
    (
        mover.difference,
        {"a": 5.0, "a_ends": (4.0, 6.0), "b": 2.0, "b_ends": (1.0, 3.0), "correlation": 0.0},
        {"a": (NAN, INF, 7.0), "b": (NAN, INF, 4.0), "a_ends": ((6.0, 4.0), (NAN, 6.0)), "correlation": (-1.1, 1.1, NAN)},
    ),
    (
        mover.ratio,
        {"a": 5.0, "a_ends": (4.0, 6.0), "b": 2.0, "b_ends": (1.0, 3.0), "correlation": 0.0},
        {"a": (NAN, INF, 7.0), "b": (NAN, INF, 0.0, 4.0), "b_ends": ((3.0, 1.0), (NAN, 3.0)), "correlation": (-1.1, 1.1, NAN)},
    ),
    (
        composition.goodman,
        {"counts": [3, 4], "n": 9},
        {"counts": ([], [-1], [2.5], [10], [NAN], [True]), "n": (0, *NOT_COUNTS), "level": NOT_LEVELS},
    ),
    (
        composition.composition,
        {"counts": [3, 4], "n": 9, "missing": 1},
        {"counts": ([], [-1], [5, 5], [NAN]), "n": (0, *NOT_COUNTS), "missing": (*NOT_COUNTS, 3), "level": NOT_LEVELS}
        | {"population": (8, 2.5, NAN)},
    ),
    (
        mean.mean_interval,
        {"values": TIMES},
        numbers("values") | {"counts": ([1], [-1.0] * 40, [0.5] * 40, [NAN] * 40), "level": NOT_LEVELS, "population": (39, 2.5, NAN)},
    ),
    (
        total.scaled_total,
        {"values": TIMES, "counts": None, "fraction": 0.1},
        numbers("values") | {"counts": ([1], [-1.0] * 40, [0.5] * 40), "fraction": NOT_FRACTIONS, "level": NOT_LEVELS},
    ),
    (quantile.order_ranks, {"n": 20}, {"n": (0, *NOT_COUNTS), "q": (0, 1, -1, NAN, True), "level": NOT_LEVELS}),
    (quantile.quantile_interval, {"values": TIMES}, numbers("values") | {"q": (0, 1, 1.5, NAN, True), "level": NOT_LEVELS}),
    (
        quantile.quantile_with_unseen,
        {"values": TIMES, "counts": None, "unseen": 2, "low": -1.0, "high": 99.0},
        numbers("values") | {"unseen": NOT_COUNTS, "q": (0, 1, NAN), "low": (1, NAN), "high": (38, NAN)},
    ),
    (
        ranks.rank_interval,
        {"counts": {"a": 3, "b": 9}, "label": "a"},
        {"counts": ({}, {"a": -1}, {"a": 2.5}, {"a": NAN}, {"a": True}), "label": ("c",), "level": NOT_LEVELS, "unlabelled": NOT_COUNTS},
    ),
    (
        ranks.top_n,
        {"counts": {"a": 3, "b": 9}, "n": 1},
        {"counts": ({}, {"a": -1}, {"a": 2.5}), "n": (0, *NOT_COUNTS), "claimed": (0, *NOT_COUNTS), "level": NOT_LEVELS},
    ),
    (
        rates.rate_ratio,
        {"a": 3, "time_a": 2.0, "b": 4, "time_b": 5.0},
        {"a": NOT_COUNTS, "b": NOT_COUNTS, "time_a": (0, -1, NAN, INF), "time_b": (0, -1, NAN, INF), "level": NOT_LEVELS},
    ),
    (
        rates.daily_rate_ratio,
        {"days": [1, 2, 3], "counts": [1.0, 2.0, 3.0], "during": [True, False, False]},
        {"days": ([1, 2], [1, 1, 2]), "counts": ([1.0, -2.0, 3.0], [1.0, NAN, 3.0]), "during": ([True] * 3, [False] * 3)}
        | {"level": NOT_LEVELS},
    ),
    (correlation.pearson, PAIRS, {"x": (np.ones(40), np.full(40, NAN), np.ones(3)), "y": (np.full(40, INF),)}),
    (correlation.spearman, PAIRS, {"x": (np.ones(40), np.r_[NAN, np.ones(39)], np.arange(3.0)), "y": (np.r_[NAN, np.arange(39.0)],)}),
    (correlation.kendall, PAIRS, {"x": (np.ones(40), np.r_[NAN, np.arange(39.0)], np.arange(3.0))}),
    (
        correlation_intervals.bonett_wright,
        {"r": 0.5, "n": 20, "method": "spearman"},
        {"r": (-1, 1, 2, NAN), "n": (4, 0, NAN), "level": NOT_LEVELS},
    ),
    (correlation_intervals.rank_interval, {**PAIRS, "method": "spearman"}, {"x": (np.ones(40), np.arange(3.0)), "level": NOT_LEVELS}),
    (correlation_intervals.pearson_interval, {"x": np.arange(40.0), "y": np.arange(40.0) % 7}, {"x": (np.ones(40),), "level": NOT_LEVELS}),
    (power.rows_needed, {"p": 0.4, "d": 0.1}, {"p": (-0.1, 1.1, NAN), "d": (-1.1, 1.1, NAN), "deff": (0, -1, NAN, INF)}),
    (copies.most_copies, {"copies": 2, "singles": 3, "further": 1}, dict.fromkeys(("copies", "singles", "further"), NOT_COUNTS)),
    (
        copies.copies_share,
        {"copies": 2, "singles": 3, "empty": 1, "unknown": 1},
        dict.fromkeys(("copies", "singles", "empty", "unknown", "unseen"), NOT_COUNTS),
    ),
    (silences.least_longest, {"lengths": [3, 4], "events": 1}, {"lengths": ([-1], [NAN], [INF]), "events": NOT_COUNTS}),
    (overlap.overlap_share, {"tally": {(True, False): 3}, "base": "any"}, {"tally": ({(True,): 1}, {(True, False): -1}, {(True, True): 2.5})}),
    (overlap.overlap_count, {"tally": {(True, False): 3}}, {"tally": ({(True,): 1}, {(True, False): -1}, {(True, True): NAN})}),
    (trend.fit, {"y": [1.0, 2.0, 3.0]}, {"y": ([1.0], [-1.0, 2.0, 3.0], [NAN, 1.0, 2.0], [0.0] * 3), "weights": ([1.0], [-1.0, 1.0, 1.0], [NAN] * 3)}),
    (trend.mann_kendall, {"values": [1.0, 2.0, 3.0]}, {"values": ([1.0], [1.0, NAN, 2.0])}),
    (peaks.peaks, {"counts": [3.0] * 30}, {"counts": ([3.0], [-1.0] * 30, [NAN] * 30), "unplaced": (-1, NAN, INF), "alpha": (0, 1, NAN)}),
    (graphs.checked, {"n": 3, "a": np.array([0, 1]), "b": np.array([1, 2])}, {"n": (1,), "a": (np.array([0]), np.array([-1, 0]))}),
    (bounds.Bounds, {"low": 0.0, "high": 1.0, "method": "x"}, {}),
    (correlation_bounds.pearson_bounds, {"rows": correlation_bounds.Rows(PAIRS["x"], PAIRS["y"], np.ones(40, bool), np.ones(40, bool))}, {}),
]  # fmt: skip
POSSIBLE = MappingProxyType({f"{function.__module__}.{function.__name__}": (function, right) for function, right, _ in CASES})
IMPOSSIBLE = [
    pytest.param(function, right | {name: value}, name, id=f"{function.__name__}({name}={value!r:.30})")
    for function, right, wrong in CASES
    for name, values in wrong.items()
    for value in values
]


@pytest.mark.parametrize("name", POSSIBLE)
def test_what_is_possible_is_not_refused(name: str) -> None:
    function, right = POSSIBLE[name]
    function(**right)


@pytest.mark.parametrize(("function", "given", "name"), IMPOSSIBLE)
def test_impossible_input_is_refused_by_name_and_value(
    function: Callable[..., Any], given: dict[str, Any], name: str
) -> None:
    with pytest.raises(StatisticsError) as caught:
        function(**given)
    assert str(caught.value), name


def test_the_refusal_names_what_was_given() -> None:
    for function, right, word in (
        (proportion.proportion, {"k": 12, "n": 9}, "k=12, n=9"),
        (counts.scaled_count, {"k": 3, "fraction": 0}, "fraction=0"),
        (counts.hypergeometric_total, {"k": 3, "n": 9, "population": 8}, "population=8, n=9"),
        (counts.garwood, {"k": True}, "k=True"),
        (counts.garwood, {"k": 3, "level": 95}, "level=95"),
        (quantile.order_ranks, {"n": 9, "q": Fraction(3, 2)}, "q=3/2"),
    ):
        with pytest.raises(StatisticsError, match=word):
            function(**right)
