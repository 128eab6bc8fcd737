"""What a table of links holds: its sizes for every way of counting, and the links themselves as arrays."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from factcheck.evidence.asks import PatternAnswer
from factcheck.evidence.expressions import Bound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# The degrees of a node: how a link may be counted, and in which direction. `+` counts links to itself as well.
DEGREES = {
    "neighbours": "nb", "arcs": "o + i", "arcs-in": "i", "arcs-out": "o", "rows": "ro + ri", "rows-in": "ri",
    "rows-out": "ro", "neighbours+": "nb + 2 * l", "arcs+": "o + i + 2 * l", "arcs-in+": "i + l",
    "arcs-out+": "o + l", "rows+": "ro + ri + 2 * lr", "rows-in+": "ri + lr", "rows-out+": "ro + lr",
    "weight": "wo + wi", "weight-in": "wi", "weight-out": "wo", "weight+": "wo + wi + 2 * wl",
    "weight-in+": "wi + wl", "weight-out+": "wo + wl",
}  # fmt: skip


# What ids that are likely to be one have in common: @Ana and "ana ", 007, 7 and 7.0.
FOLDED = r"LTRIM(REGEXP_REPLACE(LOWER(TRIM(CAST(id AS VARCHAR))), '\.0$', '', 'g'), '@0')"


@dataclass(frozen=True)
class NodeList:
    """A dataset that lists nodes: which expression is their id, their name, and what they are compared by."""

    dataset: str
    id: Bound
    label: Bound | None = None
    by: Bound | None = None


@dataclass(frozen=True)
class Tally:
    """The sizes of a network, for every way of counting. Loops, links of a node to itself, are apart from the rest."""

    nodes: int = 0
    rows: int = 0  # links as they are recorded
    arcs: int = 0  # different (from, to)
    pairs: int = 0  # different pairs of nodes
    mutual: int = 0  # pairs linked in both directions
    mutual_rows: int = 0  # rows of those
    loops: int = 0  # nodes that link to themselves
    loop_rows: int = 0
    linked: int = 0  # nodes that have a link to another; with the degrees only
    touched: int = 0  # nodes that have any link
    weight: Any = 0  # of all links but loops
    loop_weight: Any = 0
    largest: dict[str, Any] = field(default_factory=dict)  # by the keys of DEGREES; with the degrees only


@dataclass(frozen=True)
class Rest:
    """What was found beside the links: each of it is told."""

    open_from: int = 0  # rows without a first end
    open_to: int = 0  # without a second
    open_both: int = 0
    weightless: int = 0  # rows with both ends but no weight
    open_mutual: int = 0  # of all those, rows that link in both directions
    listed: int = 0  # different ids of the list of nodes
    unlisted: int = 0  # ends that are not among those
    nameless: int = 0  # rows of the list without an id
    torn: int = 0  # nodes whose rows differ in what they are compared by
    alike: int = 0  # nodes that are probably another one, spelt otherwise


@dataclass(frozen=True, eq=False)
class Arrays:
    """Pairs of nodes by their numbers, `low` ≤ `high`, in any order: how many rows lead there, and how many back.

    `groups` holds for each node what it is compared by, as a number from 0, −1 where it is not known; `values` the
    same where it is a number, NaN where it is not known.
    """

    low: NDArray[np.int32]
    high: NDArray[np.int32]
    there: NDArray[np.int32]
    back: NDArray[np.int32]
    weight_there: NDArray[Any] | None = None
    weight_back: NDArray[Any] | None = None
    groups: NDArray[np.int64] | None = None
    values: NDArray[np.float64] | None = None


@dataclass(frozen=True, eq=False)
class LinksAnswer(PatternAnswer):
    n: int  # rows where the base is true
    aside: int  # rows set aside because the base is NULL for them
    all_rows: int  # rows of the dataset
    tally: Tally
    rest: Rest
    histogram: tuple[tuple[Any, int], ...] = ()  # (degree, nodes that have it), of the degree asked for
    top: tuple[tuple[str, Any], ...] = ()  # the nodes with most of it
    arrays: Arrays | None = None


def plain(value: Any) -> Any:
    """A number of the engine as Python has it: whole where it is whole, a double as it is."""
    if value is None:
        return 0
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    return value
