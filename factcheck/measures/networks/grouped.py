"""Groups of nodes: communities that are searched for, the modularity of groups that are given, and assortativity."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from factcheck.errors import EvidenceError
from factcheck.measures.measurement import Note
from factcheck.measures.networks.choices import LEAST_MODULARITY, Choices, Found
from factcheck.measures.networks.inside import Network, arcs, ties

if TYPE_CHECKING:
    from factcheck.evidence.patterns.linked import Arrays
    from factcheck.stats.leiden import Partition

ONE = Fraction(1)
RUNS, FEW_RUNS, MOST_FOR_RUNS = 20, 5, 2_000_000  # links up to which all searches are made
DRAWS = ((50_000, 99), (200_000, 19))  # links up to which so many networks are made by chance
_DONE: WeakKeyDictionary[Arrays, dict[Any, Any]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Detected:
    """The best partition of every search, and the modularity of networks of the same degrees made by chance."""

    runs: tuple[Partition, ...]
    chance: tuple[Fraction, ...]
    alone: int  # nodes without a link, each a community of its own

    @property
    def best(self) -> Partition:
        return max(self.runs, key=lambda run: (run.modularity, -run.communities))


def detected(network: Network, choices: Choices) -> Detected | None:
    """Communities of a network; None where it has no link. What was found once is not searched for again."""
    (a, b), weights = ties(network, choices)
    if not len(a) or (weights is not None and not weights.any()):
        return None
    known = _DONE.setdefault(network.arrays, {})
    if choices not in known:
        known[choices] = _search(network.n, a, b, weights)
    found: Detected = known[choices]
    return found


def _search(n: int, a: Any, b: Any, weights: Any) -> Detected:
    import numpy as np

    from factcheck.stats import leiden

    if not leiden.available():
        raise EvidenceError(
            "communities are searched for by a library that is not installed: pip install 'factcheck-engine[networks]'"
        )
    order = np.lexsort((b, a))  # what chance makes of the links depends on it
    a, b, weights = a[order], b[order], None if weights is None else weights[order]
    runs = RUNS if len(a) <= MOST_FOR_RUNS else FEW_RUNS
    draws = next((draws for most, draws in DRAWS if len(a) <= most), 0)
    found = leiden.searches(n, a, b, weights, seeds=range(runs))
    chance = leiden.by_chance(n, a, b, weights, draws=draws)
    linked = np.bincount(np.concatenate((a, b)), minlength=n)
    return Detected(found, chance, int((linked == 0).sum()))


def communities_found(found: Detected | None, n: int, unknown: int) -> Found:
    if unknown:
        best = None if found is None else Fraction(found.best.communities)
        return Found(best, Fraction(min(n, 1)), Fraction(n + 2 * unknown), "bounds")
    if found is None:
        return Found.nothing("network-no-links")
    counts = [Fraction(run.communities) for run in found.runs]
    return Found(Fraction(found.best.communities), min(counts), max(counts), "seeded-searches", notes=_notes(found))


def modularity_found(found: Detected | None, unknown: int) -> Found:
    if unknown:
        return Found(None if found is None else found.best.modularity, LEAST_MODULARITY, ONE, "bounds")
    if found is None:
        return Found.nothing("network-no-links")
    values = [run.modularity for run in found.runs]
    return Found(found.best.modularity, min(values), max(values), "seeded-searches", notes=_notes(found))


def _notes(found: Detected) -> tuple[Note, ...]:
    """How often the search was made, and whether chance alone gives as much."""
    notes = (Note("network-few-runs", {"rows": len(found.runs)}),) if len(found.runs) < RUNS else ()
    if not found.chance:
        return (*notes, Note("network-no-chance"))
    facts = {"draws": len(found.chance), "low": rounded(min(found.chance)), "high": rounded(max(found.chance))}
    above = min(run.modularity for run in found.runs) > max(found.chance)
    return (*notes, Note("network-above-chance" if above else "network-within-chance", facts))


def rounded(value: Fraction) -> Fraction:
    return Fraction(round(value * 1000), 1000)


def ungrouped(network: Network, by: str | None) -> tuple[Note, ...]:
    """Says how many nodes that have a link have no known group."""
    import numpy as np

    groups = network.arrays.groups
    if groups is None:
        return ()
    linked = np.union1d(network.arrays.low, network.arrays.high)
    without = int((groups[linked] < 0).sum())
    return (Note("network-ungrouped", {"rows": without, "name": by or ""}),) if without else ()


def given_modularity(network: Network, choices: Choices, missing: str, unknown: int) -> Found:
    """The modularity of the groups that nodes are given; a node without one may be of any group, or of none else."""
    import numpy as np

    from factcheck.stats.graphs import degrees, split

    groups = network.arrays.groups
    assert groups is not None  # asked for with the links
    (a, b), weights = ties(network, choices)
    open_ = groups < 0
    if missing == "ignore":
        kept = ~open_[a] & ~open_[b]
        a, b, weights = a[kept], b[kept], None if weights is None else weights[kept]
    if not len(a) or (weights is not None and not weights.any()):
        return Found(None, LEAST_MODULARITY, ONE, "bounds") if unknown else Found.nothing("network-no-links")
    own = np.where(open_, groups.max() + 1 + np.arange(network.n), groups)
    found = split(network.n, a, b, own, weights)
    loose = degrees(network.n, a, b, weights)[open_]
    low = high = found.modularity
    if missing == "bounds" and loose.any():
        low, high = _open_bounds(network.n, (a, b, weights), own, open_, found.inside)
        known = given_modularity(network, choices, "ignore", 1).estimate
    else:
        known = low
    if unknown:
        low, high = LEAST_MODULARITY, ONE
    inside = known if known is not None and low <= known <= high else None  # that of the known nodes may lie outside
    return Found(inside, low, high, "bounds" if known is None or low < high else "complete")


def _open_bounds(
    n: int, links: tuple[Any, Any, Any], own: Any, open_: Any, inside: Fraction
) -> tuple[Fraction, Fraction]:
    """What the modularity may be if nodes without a group belong to any.

    At most, all their links stay inside and each is alone with its degree; at least none stays, and all of them add
    to the group of the largest degree.
    """
    import numpy as np

    from factcheck.stats.graphs import degrees, split

    a, b, weights = links
    touching = open_[a] | open_[b]
    load = np.ones(len(a), np.int64) if weights is None else weights
    # A link to oneself always stays inside.
    loose = Fraction(float(load[touching & (a != b)].sum()))
    apart = split(n, a, b, own, weights)
    of = np.bincount(own, degrees(n, a, b, weights))
    whole = Fraction(float(degrees(n, a, b, weights)[open_].sum()))
    known = of[: int(own[~open_].max()) + 1] if (~open_).any() else np.zeros(1)
    top = Fraction(float(known.max()))
    most_squares = sum((Fraction(float(d)) ** 2 for d in known), Fraction(0)) - top**2 + (top + whole) ** 2
    base = (2 * apart.total) ** 2
    return (
        max(LEAST_MODULARITY, inside / apart.total - most_squares / base),
        min(ONE, (inside + loose) / apart.total - apart.squares / base),
    )


def assortativity(network: Network, choices: Choices, by: str, missing: str, unknown: int) -> Found:
    """How alike the two ends of links are: in degree (`by` empty), in a number, or in their group.

    `by` is "degree", "number" or "group". A link of which an end has no known number or group leaves everything open.
    """
    value = _likeness(network, choices, by)
    if not len(network.arrays.low) and not unknown:
        return Found.nothing("network-no-links")
    loose = unknown or (missing == "bounds" and by != "degree" and _open_links(network, choices, by))
    if loose:
        return Found(value, -ONE, ONE, "bounds")
    if value is None:
        return Found.nothing("network-no-variation")
    return Found.point(value)


def _open_links(network: Network, choices: Choices, by: str) -> int:
    a, b = arcs(network, replace(choices, repeats="merge"))
    known = _known(network, by)
    return int((~(known[a] & known[b])).sum())


def _known(network: Network, by: str) -> Any:
    import numpy as np

    arrays = network.arrays
    if by == "number":
        assert arrays.values is not None
        return ~np.isnan(arrays.values)
    assert arrays.groups is not None
    return arrays.groups >= 0


def _likeness(network: Network, choices: Choices, by: str) -> Fraction | None:
    import numpy as np

    from factcheck.stats.graphs import likeness, mixing

    if choices.directed:
        a, b = arcs(network, choices)
    else:
        (a, b), times = ties(network, replace(choices, weighted=False))
        if times is not None:
            a, b = (np.repeat(ends, times.astype(np.int64)) for ends in (a, b))
    both = not choices.directed
    if by == "degree":
        out, into = np.bincount(a, minlength=network.n), np.bincount(b, minlength=network.n)
        first, second = (out, into) if choices.directed else (out + into, out + into)
        found = likeness(first[a].astype(np.float64), second[b].astype(np.float64), both_ways=both)
        return None if found is None else Fraction(found)
    known = _known(network, by)
    kept = known[a] & known[b]
    a, b = a[kept], b[kept]
    if by == "group":
        assert network.arrays.groups is not None
        return mixing(network.arrays.groups[a], network.arrays.groups[b], both_ways=both)
    assert network.arrays.values is not None
    found = likeness(network.arrays.values[a], network.arrays.values[b], both_ways=both)
    return None if found is None else Fraction(found)
