"""A bound measure of a network: from the answer to the figure, its region and what is told of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from factcheck.claims.figures import Quantity
from factcheck.evidence.patterns.linked import LinksAnswer, Tally
from factcheck.measures.common import aside_notes, rational
from factcheck.measures.form import Context
from factcheck.measures.measurement import Bar, Definition, Measurement, Series, Sketch
from factcheck.measures.networks import grouped
from factcheck.measures.networks.choices import COUNTED, DEGREES, OF_LIST, RATIOS, Choices, Found
from factcheck.measures.networks.counted import counted, edges
from factcheck.measures.networks.inside import (
    Network,
    component_sizes,
    components_found,
    largest_component,
    largest_found,
    tally_of,
)
from factcheck.measures.networks.question import Asked, Direction, notes_of, worst
from factcheck.measures.networks.regions import drawn
from factcheck.measures.networks.sketch import sketch_of

_MOST_DEGREES = 2000  # different degrees that are pictured


@dataclass(frozen=True)
class _State:
    """Everything that the figure follows from."""

    answer: LinksAnswer
    direction: Direction
    choices: Choices
    tally: Tally
    network: Network | None
    unknown: int  # links that could lead anywhere, as far as the region has to hold what they change
    missing: str
    ties: int = 1  # components that are as large as the largest


@dataclass(frozen=True)
class NetworkOf:
    asked: Asked
    by: str | None

    @property
    def quantity(self) -> Quantity:
        figure = self.asked.figure
        if figure in ("density", "reciprocity"):
            return Quantity.PROPORTION
        if figure == "assortativity":
            return Quantity.CORRELATION
        weighted = figure == "max_degree" and self.asked.choices.weighted
        return Quantity.NUMBER if weighted or figure in RATIOS else Quantity.COUNT

    @property
    def unit(self) -> str:
        dataset, listing = self.asked.rows.dataset, self.asked.listing
        node = (listing.unit if listing is not None else None) or "node"
        units = {
            "nodes": node, "isolated": node, "largest_component": node, "edges": "link", "components": "component",
            "communities": "community", "density": "proportion", "reciprocity": "proportion",
            "max_degree": "" if self.asked.choices.weighted else "link",
        }  # fmt: skip
        if self.asked.figure == "edges" and self.asked.choices.repeats == "keep":
            return dataset.unit or "link"
        return units.get(self.asked.figure, "")

    @property
    def dataset(self) -> str:
        return self.asked.rows.dataset.name

    def words(self) -> str:
        named = {
            "nodes": "the number of nodes", "edges": "the number of links", "mean_degree": "the mean degree of nodes",
            "max_degree": "the largest degree of a node", "isolated": "the number of nodes without a link",
            "components": "the number of components",
            "largest_component": "the number of nodes of the largest component",
            "communities": "the number of communities", "density": "the density", "reciprocity": "the reciprocity",
            "modularity": "the modularity", "assortativity": "the assortativity",
        }[self.asked.figure]  # fmt: skip
        of = " in the largest component" if self.asked.within and self.asked.figure != "largest_component" else ""
        return f"{named}{of} of the network" + (f" by {self.by}" if self.by else "")

    def measure(self, context: Context) -> Measurement:
        state = self._state(context)
        found = self._found(state)
        asked, answer = self.asked, state.answer
        if state.missing == "bounds" and answer_unknown(asked, answer) == answer.n > 0 and asked.listing is None:
            found = replace(found, estimate=None)  # nothing is known of any link: none is no estimate
        setting, of_list = worst(asked, context, of_list=asked.figure in OF_LIST)
        region, method, notes = drawn(asked.figure, found, state.choices, setting, asked.within, of_list=of_list)
        _, none = asked.unknown(answer)
        told = notes_of(asked, answer, state.choices, answer_unknown(asked, answer), none)
        result = Measurement(self.quantity, found.estimate, region, self.unit)
        return replace(
            result,
            n=answer.n,
            missing=answer_unknown(asked, answer),
            method=method,
            notes=(*aside_notes(answer.aside, answer.all_rows, "where"), *state.direction.notes, *told, *notes),
            unmeasurable=found.unmeasurable,
            facts=self._facts(state),
            bars=tuple(Bar(name, rational(value, self.dataset, "a degree")) for name, value in self._top(answer)),
            series=self._series(state),
            sketch=self._sketch(state),
            definitions=self._definitions(state, found),
            queries=answer.queries,
            bound_only=method == "partial",
        )

    def _sketch(self, state: _State) -> Sketch | None:
        searched = self.asked.figure in ("communities", "modularity") and self.by is None
        return sketch_of(state.network, state.choices, searched=searched and not state.unknown and state.ties == 1)

    def _top(self, answer: LinksAnswer) -> tuple[tuple[str, Any], ...]:
        return answer.top if self.asked.figure == "max_degree" else ()

    def _state(self, context: Context) -> _State:
        asked = self.asked
        direction = asked.direction(context)
        choices = replace(asked.choices, directed=direction.directed)
        answer = asked.answer(context, choices, direction.mutual)
        missing = asked.settings(context)[0].missing
        rows = answer_unknown(asked, answer) if missing == "bounds" else 0
        unknown = rows + min(rows, answer.rest.open_mutual)  # one that leads both ways may be two links
        network = Network(answer.tally.nodes, answer.arrays) if answer.arrays is not None else None
        state = _State(answer, direction, choices, answer.tally, network, unknown, missing)
        if not asked.within or network is None:
            return state
        inner, ties = largest_component(network)
        return replace(state, network=inner, tally=tally_of(inner), ties=ties)

    def _found(self, state: _State) -> Found:
        figure, choices = self.asked.figure, state.choices
        if figure in ("reciprocity",) and not choices.directed:
            return Found.nothing("network-undirected")
        if figure in DEGREES and choices.by != "total" and not choices.directed:
            return Found.nothing("network-undirected")
        if self.asked.within and state.ties > 1 and figure not in ("nodes", "largest_component", "components"):
            return Found.nothing("network-ties", components=state.ties)
        found = counted(figure, state.tally, choices, state.unknown) if figure in COUNTED else self._of_arrays(state)
        if self.asked.within and state.unknown and found.unmeasurable is None:
            return self._open_within(state, found)
        return found

    def _of_arrays(self, state: _State) -> Found:
        figure, network = self.asked.figure, state.network
        assert network is not None  # asked for with the figure
        if figure == "components":
            return components_found(component_sizes(network), state.unknown)
        if figure == "largest_component":
            return largest_found(component_sizes(network), state.unknown)
        if figure == "assortativity":
            by = "degree" if self.by is None else "group" if network.arrays.values is None else "number"
            found = grouped.assortativity(network, state.choices, by, state.missing, state.unknown)
            return replace(found, notes=grouped.ungrouped(network, self.by))
        if self.by is not None:
            found = grouped.given_modularity(network, state.choices, state.missing, state.unknown)
            return replace(found, notes=grouped.ungrouped(network, self.by))
        detected = grouped.detected(network, state.choices)
        if figure == "communities":
            return grouped.communities_found(detected, network.n, state.unknown)
        return grouped.modularity_found(detected, state.unknown)

    def _open_within(self, state: _State, found: Found) -> Found:
        """A link that could lead anywhere may make another component the largest one."""
        if self.asked.figure in ("nodes", "largest_component"):
            assert state.answer.arrays is not None
            whole = Network(state.answer.tally.nodes, state.answer.arrays)
            return largest_found(component_sizes(whole), state.unknown)
        return replace(found, low=None, high=None, method="bounds")

    def _facts(self, state: _State) -> Mapping[str, Any]:
        tally, choices = state.tally, state.choices
        facts: dict[str, Any] = {
            "figure": self.asked.figure, "nodes": tally.nodes, "edges": edges(tally, choices), "n": state.answer.n,
            "directed": choices.directed, "direction_by": state.direction.told_by, "repeats": choices.repeats,
            "loops": choices.loops, "by": choices.by if self.asked.figure in DEGREES else self.by or "",
            "weighted": choices.weighted, "within": self.asked.within,
            "answered": tally.mutual_rows if choices.repeats == "keep" else 2 * tally.mutual, "touched": tally.touched,
            "listed": self.asked.listing is not None and not self.asked.within,
            "node": (self.asked.listing.unit if self.asked.listing is not None else None) or "node",
        }  # fmt: skip
        if self.asked.figure in ("communities", "modularity") and self.by is None and state.network is not None:
            detected = None if state.unknown or state.ties > 1 else grouped.detected(state.network, choices)
            if detected is not None:
                facts |= {"runs": len(detected.runs), "best": detected.best.communities, "draws": len(detected.chance)}
        return facts

    def _series(self, state: _State) -> tuple[Series, ...]:
        """How many nodes have each degree."""
        histogram = state.answer.histogram
        if self.asked.figure != "max_degree" or state.choices.weighted or not 0 < len(histogram) <= _MOST_DEGREES:
            return ()
        x, y = zip(*((int(degree), n) for degree, n in histogram), strict=True)
        return (Series("degrees", x, y, "links", "nodes"),)

    def _definitions(self, state: _State, found: Found) -> tuple[Definition, ...]:
        """The choices that would have given another figure."""
        figure = self.asked.figure
        if found.estimate is None:
            return ()
        told: list[Definition] = []
        for key, others in state.choices.others(figure).items():
            if key == "nodes" and (self.asked.listing is None or self.asked.within):
                continue
            values = [(name, self._other(state, choices)) for name, choices in others]
            if any(self._differs(value, found.estimate) for _, value in values):
                told.append(Definition(key, state.choices.used(key), tuple(values)))
        return (*told, *self._own_definitions(state, found))

    def _differs(self, value: Fraction | None, estimate: Fraction) -> bool:
        """Whether another choice would be seen in the figure as it is printed."""
        if value is None or self.quantity is Quantity.COUNT:
            return value is not None and value != estimate
        return abs(value - estimate) > abs(estimate) / 200

    def _other(self, state: _State, choices: Choices) -> Fraction | None:
        """The figure by another choice; None where it would take another search."""
        if self.asked.figure in ("communities", "modularity") and self.by is None:
            return None
        return self._found(replace(state, choices=choices)).estimate

    def _own_definitions(self, state: _State, found: Found) -> tuple[Definition, ...]:
        figure, network = self.asked.figure, state.network
        if figure in ("components", "largest_component") and network is not None and state.choices.directed:
            sizes = component_sizes(network, strong=True)
            strong = Fraction(len(sizes) if figure == "components" else max(sizes, default=0))
            if strong != found.estimate:
                return (Definition("components", "weak", (("strong", strong),)),)
        if figure == "communities" and network is not None and not state.unknown:
            detected = grouped.detected(network, state.choices)
            if detected is not None and detected.alone and found.estimate is not None:
                linked = found.estimate - detected.alone
                return (Definition("isolated", "counted", (("left out", linked),)),)
        if figure == "assortativity" and network is not None and network.arrays.values is not None:
            grouped_by = grouped.assortativity(network, state.choices, "group", "ignore", 0).estimate
            if grouped_by is not None and self._differs(grouped_by, found.estimate or Fraction(0)):
                return (Definition("by", "number", (("group", grouped_by),)),)
        if figure == "modularity" and self.by is not None and network is not None and state.choices.directed:
            value = _directed(network, state.choices)
            return () if value is None else (Definition("modularity", "undirected", (("directed", value),)),)
        return ()


def _directed(network: Network, choices: Choices) -> Fraction | None:
    """The modularity of given groups along the direction of links, where every node has one."""
    from factcheck.measures.networks.inside import arcs
    from factcheck.stats.graphs import directed_modularity

    groups = network.arrays.groups
    if groups is None or choices.weighted or not len(groups) or groups.min() < 0:
        return None
    a, b = arcs(network, choices)
    return Fraction(directed_modularity(network.n, a, b, groups)) if len(a) else None


def answer_unknown(asked: Asked, answer: LinksAnswer) -> int:
    return asked.unknown(answer)[0]
