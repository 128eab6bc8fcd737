"""A small network as it is drawn: its links, and the communities or components of its nodes."""

from __future__ import annotations

from factcheck.measures.measurement import Sketch
from factcheck.measures.networks import grouped
from factcheck.measures.networks.choices import Choices
from factcheck.measures.networks.inside import Network

NODES, LINKS = 150, 500  # more cannot be told apart in a picture


def sketch_of(network: Network | None, choices: Choices, *, searched: bool) -> Sketch | None:
    """The network, where its links are at hand and few; `searched` where the figure is about communities found."""
    from factcheck.stats.graphs import members

    if network is None or not 0 < network.n <= NODES:
        return None
    low, high = network.arrays.low, network.arrays.high
    edges = tuple(sorted({(min(a, b), max(a, b)) for a, b in zip(low.tolist(), high.tolist(), strict=True) if a != b}))
    if not 0 < len(edges) <= LINKS:
        return None
    found = grouped.detected(network, choices) if searched else None
    if found is not None and found.best.members:
        return Sketch(network.n, edges, found.best.members, "community")
    return Sketch(network.n, edges, tuple(members(network.n, low, high).tolist()), "component")
