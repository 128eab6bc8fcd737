"""How links are counted, and which figures depend on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from factcheck.measures.measurement import Note

Figure = Literal[
    "nodes", "edges", "density", "reciprocity", "max_degree", "mean_degree", "isolated", "components",
    "largest_component", "communities", "modularity", "assortativity",
]  # fmt: skip
Side = Literal["total", "in", "out"]

COUNTED = ("nodes", "edges", "density", "reciprocity", "max_degree", "mean_degree", "isolated")
DEGREES = ("max_degree", "mean_degree")
WEIGHTED = (*DEGREES, "communities", "modularity")
GROUPED = ("modularity", "assortativity")
OF_LIST = ("nodes", "density", "mean_degree", "isolated", "components", "communities")  # depend on nodes without links
ARRAYS = ("components", "largest_component", "communities", "modularity", "assortativity")
GROWING = ("nodes", "edges", "max_degree", "largest_component")  # links not seen can only raise them
RATIOS = ("density", "reciprocity", "mean_degree", "modularity", "assortativity")
LEAST_MODULARITY = Fraction(-1, 2)


@dataclass(frozen=True)
class Choices:
    """The definitions that a figure rests on. `by`: the direction of a degree; `listed`: nodes without links count."""

    directed: bool = True
    repeats: Literal["merge", "keep"] = "merge"
    loops: Literal["drop", "keep"] = "drop"
    by: Side = "total"
    weighted: bool = False
    listed: bool = True

    @property
    def degree(self) -> str:
        """The name of the degree among those that are counted (`evidence.patterns.linked.DEGREES`)."""
        merged = "arcs" if self.directed else "neighbours"
        kind = "weight" if self.weighted else "rows" if self.repeats == "keep" else merged
        side = f"-{self.by}" if self.by != "total" and self.directed else ""  # without direction there is none
        return f"{kind}{side}{'+' if self.loops == 'keep' else ''}"

    def others(self, figure: Figure) -> dict[str, list[tuple[str, Choices]]]:
        """By companion, the other choices that the figure could rest on."""
        keys = {
            "edges": ("repeats", "loops", "directed"), "density": ("repeats", "loops", "directed", "nodes"),
            "reciprocity": ("repeats", "loops"), "max_degree": ("repeats", "loops", "directed", "degree"),
            "mean_degree": ("repeats", "loops", "directed", "degree", "nodes"), "isolated": ("loops",),
            "nodes": ("nodes",), "assortativity": ("repeats", "loops", "directed"),
            "modularity": ("repeats", "loops"),
        }.get(figure, ())  # fmt: skip
        return {key: found for key in keys if (found := self._without(key, figure))}

    def _without(self, key: str, figure: Figure) -> list[tuple[str, Choices]]:
        if key == "repeats" and not self.weighted:
            other: Literal["merge", "keep"] = "keep" if self.repeats == "merge" else "merge"
            found: list[tuple[str, Choices]] = [(other, replace(self, repeats=other))]
            if other == "keep" and self.loops == "drop" and figure == "edges":  # every row of the table
                found.append(("keep, loops: keep", replace(self, repeats="keep", loops="keep")))
            return found
        if key == "loops":
            kept: Literal["drop", "keep"] = "keep" if self.loops == "drop" else "drop"
            return [(kept, replace(self, loops=kept))]
        if key == "directed" and self.by == "total":
            return [(said(not self.directed), replace(self, directed=not self.directed))]
        if key == "degree" and self.directed:
            sides: tuple[Side, ...] = ("total", "in", "out")
            return [(side, replace(self, by=side)) for side in sides if side != self.by]
        if key == "nodes":
            return [("linked", replace(self, listed=False))]
        return []

    def used(self, key: str) -> str:
        """The choice of a companion, as a claim writes it."""
        return {
            "repeats": self.repeats, "loops": self.loops, "directed": said(self.directed), "degree": self.by,
            "nodes": "listed or linked",
        }[key]  # fmt: skip


def said(value: bool) -> str:
    return "true" if value else "false"


@dataclass(frozen=True)
class Found:
    """A figure with the values that links without a known end leave open; an end of None is unbounded."""

    estimate: Fraction | None
    low: Fraction | None = None
    high: Fraction | None = None
    method: str = "complete"
    unmeasurable: Note | None = None
    notes: tuple[Note, ...] = ()

    @classmethod
    def point(cls, value: Fraction | int) -> Found:
        return cls(Fraction(value), Fraction(value), Fraction(value))

    @classmethod
    def nothing(cls, code: str, **facts: object) -> Found:
        return cls(None, unmeasurable=Note(code, facts))
