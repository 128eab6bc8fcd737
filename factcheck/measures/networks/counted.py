"""Figures that follow from the sizes of a network: nodes, links, degrees."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from factcheck.evidence.patterns.linked import Tally
from factcheck.measures.networks.choices import Choices, Figure, Found

ZERO, ONE = Fraction(0), Fraction(1)


def counted(figure: Figure, tally: Tally, choices: Choices, unknown: int = 0) -> Found:
    """The figure, and the values that it may have if `unknown` further links lead anywhere.

    Each of those may join any two nodes, seen or not, may repeat a link, or be one of a node to itself.
    """
    return _FIGURES[figure](tally, choices, unknown)


def nodes(tally: Tally, choices: Choices) -> int:
    return tally.nodes if choices.listed else tally.touched


def edges(tally: Tally, choices: Choices) -> int:
    """How many links there are, each pair once or as often as it is recorded."""
    if choices.repeats == "keep":
        return tally.rows + (tally.loop_rows if choices.loops == "keep" else 0)
    other = tally.arcs if choices.directed else tally.pairs
    return other + (tally.loops if choices.loops == "keep" else 0)


def _nodes(tally: Tally, choices: Choices, unknown: int) -> Found:
    n = nodes(tally, choices)
    return Found(Fraction(n), Fraction(n), Fraction(n + 2 * unknown))


def _edges(tally: Tally, choices: Choices, unknown: int) -> Found:
    e = edges(tally, choices)
    return Found(Fraction(e), Fraction(e), Fraction(e + unknown))


def _density(tally: Tally, choices: Choices, unknown: int) -> Found:
    n, e = nodes(tally, choices), edges(tally, choices)

    def density(links: int, size: int) -> Fraction:
        return Fraction((1 if choices.directed else 2) * links, size * (size - 1))

    if n < 2:
        if not unknown:
            return Found.nothing("network-too-small", nodes=n)
        return Found(None, ZERO, ONE if capped(choices) else None)
    low, high = density(e, n + 2 * unknown), density(e + unknown, n)
    return Found(density(e, n), low, min(high, ONE) if capped(choices) else high)


def capped(choices: Choices) -> bool:
    """Whether each pair of nodes counts at most once, so that a density cannot pass 1."""
    return choices.repeats == "merge" and choices.loops == "drop"


def _reciprocity(tally: Tally, choices: Choices, unknown: int) -> Found:
    e = edges(tally, choices)
    answered = tally.mutual_rows if choices.repeats == "keep" else 2 * tally.mutual
    if e == 0:
        return Found(None, ZERO, ONE) if unknown else Found.nothing("network-no-links")
    # A link that is added may answer one that is there, so that both are reciprocated from then on.
    high = min(ONE, Fraction(answered + 2 * unknown, e + unknown)) if choices.repeats == "merge" or not unknown else ONE
    return Found(Fraction(answered, e), Fraction(answered, e + unknown), max(high, Fraction(answered, e)))


def _max_degree(tally: Tally, choices: Choices, unknown: int) -> Found:
    if tally.nodes == 0 and not unknown:
        return Found.nothing("network-no-nodes")
    most = _exact(tally.largest.get(choices.degree, 0))
    each = 2 if choices.loops == "keep" and choices.by == "total" else 1
    return Found(most, most, None if choices.weighted and unknown else most + each * unknown)


def _mean_degree(tally: Tally, choices: Choices, unknown: int) -> Found:
    n = nodes(tally, choices)
    ends = 2 if choices.by == "total" else 1
    total = ends * Fraction(edges(tally, choices))
    if choices.weighted:
        loops = _exact(tally.loop_weight) if choices.loops == "keep" else ZERO
        total = ends * (_exact(tally.weight) + loops)
    if n == 0:
        return Found(None, ZERO, None) if unknown else Found.nothing("network-no-nodes")
    high = None if choices.weighted and unknown else (total + ends * unknown) / n
    return Found(total / n, total / (n + 2 * unknown), high)


def _exact(weight: Decimal | float) -> Fraction:
    """A sum of weights; one in floating point is read to its fifteen certain digits."""
    return Fraction(f"{weight:.15g}") if isinstance(weight, float) else Fraction(weight)


def _isolated(tally: Tally, choices: Choices, unknown: int) -> Found:
    alone = tally.nodes - (tally.touched if choices.loops == "keep" else tally.linked)
    # Each may join two nodes that have no link, or be that of a further node to itself, which is none.
    more = unknown if choices.loops == "drop" else 0
    return Found(Fraction(alone), Fraction(max(0, alone - 2 * unknown)), Fraction(alone + more))


_FIGURES: dict[str, Callable[[Tally, Choices, int], Found]] = {
    "nodes": _nodes,
    "edges": _edges,
    "density": _density,
    "reciprocity": _reciprocity,
    "max_degree": _max_degree,
    "mean_degree": _mean_degree,
    "isolated": _isolated,
}
