"""Networks: figures of Zachary's karate club as published, networkx as oracle, and exact sums by hand."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import networkx as nx
import numpy as np
import pytest
from scipy.stats import chisquare

from factcheck.errors import StatisticsError
from factcheck.stats import graphs, leiden
from factcheck.stats.rewiring import rewired

KARATE = nx.karate_club_graph()
N = 34
A, B = np.array(KARATE.edges()).T
CLUBS = np.array([KARATE.nodes[i]["club"] == "Officer" for i in range(N)], int)


def random_graph(seed: int, directed: bool = False) -> tuple[nx.Graph, np.ndarray, np.ndarray, np.ndarray]:
    """A network with loops and isolated nodes, each link once; as networkx has it and as arrays with weights."""
    generator = np.random.default_rng(seed)
    n, e = int(generator.integers(2, 30)), int(generator.integers(1, 60))
    links = {tuple(sorted(pair)) if not directed else tuple(pair) for pair in generator.integers(0, n, (e, 2)).tolist()}
    a, b = np.array(sorted(links)).T
    weights = generator.integers(1, 9, len(a))
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(range(n))
    graph.add_weighted_edges_from(zip(a.tolist(), b.tolist(), weights.tolist(), strict=True))
    return graph, a, b, weights


def blocks(groups: np.ndarray) -> list[set[int]]:
    return [set(np.flatnonzero(groups == group).tolist()) for group in np.unique(groups)]


@pytest.mark.parametrize("seed", range(25))
def test_components_as_networkx_finds_them(seed: int) -> None:
    graph, a, b, _ = random_graph(seed, directed=True)
    n = graph.number_of_nodes()
    weak = sorted(map(len, nx.weakly_connected_components(graph)))
    strong = sorted(map(len, nx.strongly_connected_components(graph)))
    assert sorted(graphs.components(n, a, b).tolist()) == weak
    assert sorted(graphs.components(n, a, b, strong=True).tolist()) == strong


def test_a_link_recorded_256_times_is_not_lost() -> None:
    a, b = np.zeros(256, int), np.ones(256, int)
    assert graphs.components(3, a, b).tolist() == [2, 1]


@pytest.mark.parametrize("seed", range(25))
def test_modularity_as_networkx_computes_it(seed: int) -> None:
    graph, a, b, weights = random_graph(seed)
    n = graph.number_of_nodes()
    groups = np.random.default_rng(seed).integers(0, 4, n)
    plain = nx.community.modularity(graph, blocks(groups), weight=None)
    weighted = nx.community.modularity(graph, blocks(groups), weight="weight")
    assert float(graphs.modularity(n, a, b, groups)) == pytest.approx(plain, abs=1e-12)
    assert float(graphs.modularity(n, a, b, groups, weights)) == pytest.approx(weighted, abs=1e-12)
    assert float(graphs.modularity(n, a, b, groups, weights / 8)) == pytest.approx(weighted, abs=1e-12)


@pytest.mark.parametrize("seed", range(10))
def test_modularity_along_the_direction(seed: int) -> None:
    graph, a, b, _ = random_graph(seed, directed=True)
    groups = np.random.default_rng(seed).integers(0, 3, graph.number_of_nodes())
    wanted = nx.community.modularity(graph, blocks(groups), weight=None)
    assert graphs.directed_modularity(graph.number_of_nodes(), a, b, groups) == pytest.approx(wanted, abs=1e-12)


def test_modularity_of_the_two_clubs() -> None:
    found = graphs.modularity(N, A, B, CLUBS)
    assert float(found) == pytest.approx(nx.community.modularity(KARATE, blocks(CLUBS), weight=None), abs=1e-12)
    assert round(float(found), 4) == 0.3582


def test_two_cliques_exactly() -> None:
    # 7/8 − (7² + 7² + 2²)/16², by hand
    a, b = np.array([0, 1, 2, 3, 4, 5, 2, 6]), np.array([1, 2, 0, 4, 5, 3, 3, 7])
    assert graphs.modularity(8, a, b, np.array([0, 0, 0, 1, 1, 1, 2, 2])) == Fraction(61, 128)


def test_the_largest_modularity_of_the_karate_club() -> None:
    # Brandes et al. 2008 (IEEE Trans. Knowl. Data Eng. 20, 172–188): the optimum is 0.419790, in four groups
    found = leiden.searches(N, A, B)
    best = max(found, key=lambda run: run.modularity)
    assert (round(float(best.modularity), 6), best.communities) == (0.41979, 4)
    assert len(found) == 20
    assert min(run.modularity for run in found) > Fraction(41, 100)
    assert found == leiden.searches(N, A, B)


def test_cliques_that_touch_nowhere() -> None:
    a, b = np.array(nx.disjoint_union_all([nx.complete_graph(5)] * 4).edges()).T
    (run,) = leiden.searches(21, a, b, seeds=[7])  # node 20 has no link
    assert (run.modularity, run.communities) == (Fraction(3, 4), 5)


def test_a_search_does_not_stop_below_groups_that_are_there() -> None:
    """Crews that pass on the posts of their own hubs: one round of the algorithm finds 0.60 where 0.66 is planted."""
    random, nodes, crews, hubs = np.random.default_rng(7), 1_200, 12, 10
    crew = np.arange(nodes) % crews
    passing = np.repeat(np.arange(nodes), 4)
    whose = np.where(random.random(len(passing)) < 0.75, crew[passing], random.integers(0, crews, len(passing)))
    hub = whose + crews * random.integers(0, hubs, len(passing))
    ends = np.stack((np.minimum(passing, hub), np.maximum(passing, hub)), axis=1)
    a, b = np.unique(ends[ends[:, 0] < ends[:, 1]], axis=0).T
    planted = graphs.modularity(nodes, a, b, crew, None)
    assert float(planted) == pytest.approx(0.6626, abs=0.0001)
    assert min(found.modularity for found in leiden.searches(nodes, a, b, seeds=range(5))) >= planted


def test_weights_decide_the_groups() -> None:
    a, b = np.array([0, 1, 2, 3]), np.array([1, 2, 3, 0])
    (heavy,) = leiden.searches(4, a, b, np.array([9.0, 1.0, 9.0, 1.0]), seeds=[0])
    assert (float(heavy.modularity), heavy.communities) == (pytest.approx(0.4), 2)


def test_assortativity_of_the_karate_club() -> None:
    # −0.47561 for degrees: Newman 2003 (Phys. Rev. E 67, 026126) gives the definition, networkx's manual the figure
    degrees = graphs.degrees(N, A, B)
    found = graphs.likeness(degrees[A], degrees[B], both_ways=True)
    assert found == pytest.approx(-0.475613097684614, abs=1e-12)
    clubs = graphs.mixing(CLUBS[A], CLUBS[B], both_ways=True)
    assert clubs is not None
    assert float(clubs) == pytest.approx(nx.attribute_assortativity_coefficient(KARATE, "club"), abs=1e-12)


@pytest.mark.parametrize("seed", range(12))
def test_assortativity_as_networkx_computes_it(seed: int) -> None:
    graph, a, b, _ = random_graph(seed, directed=True)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    a, b = a[a != b], b[a != b]
    n = graph.number_of_nodes()
    values = np.random.default_rng(seed).integers(0, 3, n)
    nx.set_node_attributes(graph, dict(enumerate(values.tolist())), "x")
    found = graphs.mixing(values[a], values[b], both_ways=False)
    if found is not None:
        assert float(found) == pytest.approx(nx.attribute_assortativity_coefficient(graph, "x"), abs=1e-9)
    out, into = np.bincount(a, minlength=n), np.bincount(b, minlength=n)
    number = graphs.likeness(out[a], into[b], both_ways=False)
    if number is not None:
        assert number == pytest.approx(nx.degree_assortativity_coefficient(graph), abs=1e-9)


def test_where_there_is_none() -> None:
    ring_a, ring_b = np.array([0, 1, 2]), np.array([1, 2, 0])
    assert graphs.likeness(np.array([2, 2]), np.array([2, 2]), both_ways=True) is None
    assert graphs.mixing(np.zeros(3, int), np.zeros(3, int), both_ways=True) is None
    nothing = np.zeros(0, int)
    assert graphs.mixing(nothing, nothing, both_ways=False) is None
    assert graphs.components(0, nothing, nothing).tolist() == []
    with pytest.raises(StatisticsError, match="at least one link"):
        graphs.modularity(3, nothing, nothing, np.zeros(3, int))
    with pytest.raises(StatisticsError, match="at least one link"):
        leiden.searches(3, ring_a, ring_b, np.zeros(3))


@pytest.mark.parametrize(
    ("a", "b", "weights", "message"),
    [
        ([0, 1], [1], None, "one length"),
        ([0], [3], None, "between 0 and n - 1; got n=3"),
        ([0], [-1], None, "between 0"),
        ([0], [1], [-1.0], "negative"),
        ([0], [1], [float("nan")], "NaN"),
        ([0], [1], [float("inf")], "infinity"),
        ([0], [1], [1.0, 2.0], "as many as links"),
    ],
)
def test_impossible_networks(a: list[int], b: list[int], weights: list[float] | None, message: str) -> None:
    load = None if weights is None else np.array(weights)
    with pytest.raises(StatisticsError, match=message):
        graphs.checked(3, np.array(a), np.array(b), load)


@pytest.mark.parametrize(
    ("links", "networks"),
    [
        ([(0, 1), (2, 3), (4, 5)], 15),  # perfect matchings of six nodes: 5·3·1
        ([(0, 1), (1, 2), (2, 3), (3, 4), (4, 0), (5, 0)], None),
        ([(0, 1), (1, 2), (2, 0), (3, 4)], 7),  # a triangle and a pair, or one of six paths between the two ends
    ],
)
def test_every_network_of_the_same_degrees_is_equally_likely(links: list[tuple[int, int]], networks: int | None) -> None:
    a, b = np.array(links).T
    n = int(max(a.max(), b.max())) + 1
    seen: Counter[tuple[tuple[int, int], ...]] = Counter()
    for p, q in rewired(n, a, b, 2000, seed=3):
        assert (graphs.degrees(n, p, q) == graphs.degrees(n, a, b)).all()
        pairs = tuple(sorted((min(i, j), max(i, j)) for i, j in zip(p.tolist(), q.tolist(), strict=True)))
        assert len(set(pairs)) == len(links)
        assert all(i < j for i, j in pairs)
        seen[pairs] += 1
    assert networks is None or len(seen) == networks
    assert chisquare(list(seen.values())).pvalue > 0.001


def test_rewiring_takes_the_groups_away() -> None:
    """Two cliques with one link between them: chance leaves less than half of their modularity."""
    a, b = np.array(nx.barbell_graph(12, 0).edges()).T
    real = max(run.modularity for run in leiden.searches(24, a, b))
    chance = leiden.by_chance(24, a, b, draws=19)
    assert len(chance) == 19
    assert max(chance) < real / 2
    assert chance == leiden.by_chance(24, a, b, draws=19)


def test_rewiring_refuses_what_is_not_simple() -> None:
    with pytest.raises(StatisticsError, match="without repeated links"):
        next(rewired(2, np.array([0, 1]), np.array([1, 0]), 1))
    with pytest.raises(StatisticsError, match="to oneself"):
        next(rewired(2, np.array([0, 1]), np.array([0, 0]), 1))


def test_chance_keeps_loops_where_they_are() -> None:
    a, b = np.array([0, 0, 1, 3, 4]), np.array([0, 1, 2, 4, 5])
    assert len(leiden.by_chance(6, a, b, np.array([2, 1, 1, 1, 1]), draws=3)) == 3
