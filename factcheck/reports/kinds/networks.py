"""Networks: "The network has 19,022 different links."."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from factcheck.measures.measurement import Measurement
from factcheck.reports.locale import integer
from factcheck.reports.nouns import a, are, things
from factcheck.reports.telling import estimate, inert, plainly
from factcheck.reports.words import listed, say
from factcheck.verdicts.verdict import Verdict

_NAMED = 3  # nodes that share the largest degree and are named


def network(verdict: Verdict, found: Measurement) -> list[str]:
    if found.bound_only or not isinstance(found.estimate, Fraction):
        return plainly(verdict, found)
    told = _TOLD[str(found.facts["figure"])](verdict, found)
    return [say("network-within", sentence=told[:1].lower() + told[1:]) if found.facts["within"] else told]


def _n(found: Measurement, key: str, noun: str) -> str:
    return things(int(found.facts[key]), noun)


def _node(found: Measurement) -> str:
    return str(found.facts["node"])


def _nodes(_: Verdict, found: Measurement) -> str:
    assert isinstance(found.estimate, Fraction)
    nodes = things(int(found.estimate), _node(found))
    if not found.facts["listed"]:
        return say("network-nodes", nodes=nodes)
    touched = int(found.facts["touched"])
    linked = "all" if touched == found.estimate else integer(touched) if touched else "none"
    return say("network-nodes-listed", nodes=nodes, linked=linked, have="has" if touched == 1 else "have")


def _links(found: Measurement) -> str:
    """19,022 different links; 16,715 pairs that are linked; 19,090 links as they are recorded."""
    facts = found.facts
    if facts["repeats"] == "keep":
        return f"{_n(found, 'edges', 'link')} as they are recorded"
    if facts["directed"]:
        return _n(found, "edges", "different link")
    return f"{things(int(facts['edges']), 'link')} without direction"


def _edges(_: Verdict, found: Measurement) -> str:
    return say("network-edges", links=_links(found), nodes=_n(found, "nodes", _node(found)))


def _density(verdict: Verdict, found: Measurement) -> str:
    n = int(found.facts["nodes"])
    possible = n * (n - 1) // (1 if found.facts["directed"] else 2)
    edges = integer(int(found.facts['edges']))
    return say("network-density", possible=integer(possible), edges=edges, estimate=estimate(verdict, found))


def _reciprocity(verdict: Verdict, found: Measurement) -> str:
    answered = integer(int(found.facts['answered']))
    return say("network-reciprocity", links=_links(found), answered=answered, estimate=estimate(verdict, found))


def _max_degree(verdict: Verdict, found: Measurement) -> str:
    names = [bar.label for bar in found.bars if bar.value == found.estimate]
    code = "network-most-weight" if found.facts["weighted"] else "network-most"
    figure, side = estimate(verdict, found), _side(found)
    if not names or len(names) > _NAMED:
        return say(code, degree=figure, side=side, node=a(_node(found)))
    return say(f"{code}-of", degree=figure, side=side, node=a(_node(found)), names=inert(listed(names)))


def _side(found: Measurement) -> str:
    """Behind "links": nothing, or the one direction that counts."""
    by = found.facts["by"]
    return "" if by == "total" else f" {say(f'network-side-{by}')}"


def _mean_degree(verdict: Verdict, found: Measurement) -> str:
    figure, side = estimate(verdict, found), _side(found)
    code = "network-mean-weight" if found.facts["weighted"] else "network-mean"
    nodes, node = _n(found, "nodes", _node(found)), a(_node(found))
    return say(code, links=_links(found), nodes=nodes, node=node, degree=figure, side=side)


def _isolated(verdict: Verdict, found: Measurement) -> str:
    k = int(found.estimate) if isinstance(found.estimate, Fraction) else 0
    nodes, have = _n(found, "nodes", _node(found)), "has" if k == 1 else "have"
    return say("network-isolated", nodes=nodes, k=estimate(verdict, found) if k else "none", have=have)


def _components(_: Verdict, found: Measurement) -> str:
    assert isinstance(found.estimate, Fraction)
    parts = things(int(found.estimate), "component")
    return say("network-components", nodes=_n(found, "nodes", _node(found)), components=parts)


def _largest(verdict: Verdict, found: Measurement) -> str:
    nodes = _n(found, "nodes", _node(found))
    return say("network-largest", k=estimate(verdict, found), nodes=nodes)


def _communities(verdict: Verdict, found: Measurement) -> str:
    if "runs" not in found.facts:
        return plainly(verdict, found)[0]
    k = int(found.facts["best"])
    return say("network-communities", runs=str(found.facts["runs"]), are=are(k), communities=things(k, "community"))


def _modularity(verdict: Verdict, found: Measurement) -> str:
    figure = estimate(verdict, found)
    if found.facts["by"]:
        return say("network-modularity-by", by=inert(found.facts["by"]), estimate=figure)
    if "runs" not in found.facts:
        return plainly(verdict, found)[0]
    parts = _n(found, "best", "community")
    return say("network-modularity", runs=str(found.facts["runs"]), communities=parts, estimate=figure)


def _assortativity(verdict: Verdict, found: Measurement) -> str:
    by = found.facts["by"]
    what = f"`{inert(by)}`" if by else say("network-by-degree")
    return say("network-assortativity", what=what, estimate=estimate(verdict, found))


_TOLD: dict[str, Callable[[Verdict, Measurement], str]] = {
    "nodes": _nodes,
    "edges": _edges,
    "density": _density,
    "reciprocity": _reciprocity,
    "max_degree": _max_degree,
    "mean_degree": _mean_degree,
    "isolated": _isolated,
    "components": _components,
    "largest_component": _largest,
    "communities": _communities,
    "modularity": _modularity,
    "assortativity": _assortativity,
}
