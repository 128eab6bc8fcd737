"""Worst-case bounds of networks hold whatever the missing ends and groups turn out to be."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from factcheck.evidence.patterns.linked import Arrays
from factcheck.measures.networks.choices import COUNTED, Choices, Found
from factcheck.measures.networks.counted import counted
from factcheck.measures.networks.grouped import given_modularity
from factcheck.measures.networks.inside import (
    Network,
    component_sizes,
    components_found,
    largest_found,
    tally_of,
)

Rows = list[tuple[int, int]]
EVERY = [
    Choices(directed, repeats, loops, by)  # type: ignore[arg-type]
    for directed, repeats, loops, by in product((True, False), ("merge", "keep"), ("drop", "keep"), ("total", "in"))
    if directed or by == "total"
]


def network(rows: Rows, more: int = 0) -> Network:
    """The network of some rows; `more` nodes are listed and have no link."""
    names = sorted({end for row in rows for end in row})
    number = {name: i for i, name in enumerate(names)}
    pairs = Counter((number[a], number[b]) for a, b in rows)
    ends = sorted({(min(pair), max(pair)) for pair in pairs})
    low, high = np.array(ends, np.int32).reshape(-1, 2).T
    there = np.array([pairs[pair] for pair in ends], np.int32)
    back = np.array([pairs[pair[::-1]] if pair[0] != pair[1] else 0 for pair in ends], np.int32)
    return Network(len(names) + more, Arrays(low, high, there, back))


def holds(found: Found, value: Fraction | None) -> bool:
    if value is None:
        return True
    above = found.low is None or found.low <= value
    return above and (found.high is None or value <= found.high)


def drawn(generator: np.random.Generator, nodes: int, most: int) -> Rows:
    return [(int(a), int(b)) for a, b in generator.integers(0, nodes, (int(generator.integers(0, most)), 2))]


@pytest.mark.parametrize("seed", range(40))
def test_links_that_lead_anywhere(seed: int) -> None:
    """Known rows among nodes 0 to 5; the unknown ones join any of those, listed ones, and nodes never seen."""
    generator = np.random.default_rng(seed)
    known, listed = drawn(generator, 6, 10), int(generator.integers(0, 3))
    before = network(known, listed)
    tally, sizes = tally_of(before), component_sizes(before)
    for _ in range(25):
        added = [tuple(generator.integers(0, 12, 2).tolist()) for _ in range(int(generator.integers(1, 4)))]
        if generator.random() < 0.3:  # the worst of all: every one answers, or closes, what is there
            added = [(b, a) for a, b in known[: len(added)]] or added
        # Listed nodes have no link so far: an end from 9 on may be one of them.
        reached = len({end for row in added for end in row if end >= 9} - {end for row in known for end in row})
        after = network([*known, *added], max(0, listed - reached))
        later, unknown = tally_of(after), len(added)
        for figure, choices in product(COUNTED, EVERY):
            if figure == "reciprocity" and not choices.directed:
                continue
            bounds = counted(figure, tally, choices, unknown)
            truth = counted(figure, later, choices).estimate
            assert holds(bounds, truth), (figure, choices, known, added, bounds, truth)
            assert bounds.estimate is None or holds(bounds, bounds.estimate)
        assert holds(components_found(sizes, unknown), Fraction(len(component_sizes(after))))
        assert holds(largest_found(sizes, unknown), Fraction(max(component_sizes(after))))


@pytest.mark.parametrize("seed", range(30))
def test_nodes_of_any_group(seed: int) -> None:
    generator = np.random.default_rng(seed)
    whole = network(drawn(generator, 7, 14) or [(0, 1)])
    groups = generator.integers(-1, 3, whole.n)

    def given(labels: np.ndarray, missing: str = "bounds") -> Found:
        labelled = Network(whole.n, replace(whole.arrays, groups=labels))
        return given_modularity(labelled, Choices(False, loops="keep"), missing, 0)

    bounds = given(groups)
    for _ in range(60):
        labels = np.where(groups < 0, generator.integers(0, 6, whole.n), groups)
        truth = given(labels).estimate
        assert holds(bounds, truth), (bounds, truth, groups, labels)
    if (groups >= 0).all():
        assert bounds.low == bounds.high == bounds.estimate


def test_bounds_are_reached() -> None:
    """They are not only safe: for the sizes there are links that make each end true."""
    known = [(0, 1), (1, 2)]
    tally, choices = tally_of(network(known)), Choices()
    assert (counted("nodes", tally, choices, 1).high, tally_of(network([*known, (8, 9)])).nodes) == (5, 5)
    assert (counted("edges", tally, choices, 1).high, tally_of(network([*known, (8, 9)])).arcs) == (3, 3)
    assert (counted("max_degree", tally, choices, 1).high, tally_of(network([*known, (1, 9)])).largest["arcs"]) == (3, 3)
    answered = counted("reciprocity", tally_of(network([*known, (1, 0)])), choices).estimate
    assert counted("reciprocity", tally, choices, 1).high == answered == Fraction(2, 3)
