"""What a sentence may claim: a kind of measure, and the figure that it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from factcheck.draft.figure import Figure

Kind = Literal[
    "share", "count", "distinct", "sum", "mean", "median", "min", "max", "rank", "top", "bottom", "ratio", "difference",
    "points", "trend", "first", "last", "gap", "columns", "per", "network", "overlap", "composition", "peaks",
    "coordination", "duplicates", "delay", "cascade",
]  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """A kind of measure with what is claimed of it.

    `covered` are the positions of the figure's words and of those that tell the kind; `anchor` is where the figure
    stands, `split` where the second side of a comparison begins. `prior` (0…1) says how surely the words mean this.
    """

    kind: Kind
    claimed: str
    anchor: int
    covered: frozenset[int]
    prior: float = 1.0
    figure: Figure | None = None
    split: int | None = None
    how: str = ""
    turned: bool = False  # the second side of a comparison is the one that is compared with the first
    take: str = ""  # of groups: their largest, smallest or mean; of a network and of sets: which figure
    unit: str = ""  # of groups that are periods: day, week, month; of degrees: in, out; of acts together: how close
    parts: tuple[Figure, ...] = ()  # of a composition: the shares of its groups
    said: frozenset[int] = frozenset()  # those of `covered` that hardly say anything else: they count as understood
    verbs: frozenset[int] = frozenset()  # of a network: words for links that not every network has
