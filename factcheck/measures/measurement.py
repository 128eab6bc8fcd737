"""What a measure found: the estimate, the region M of values that the evidence allows, and how it came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Literal

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import UNBOUNDED, Interval

Value = Fraction | str | date | datetime | tuple[str, ...] | dict[str, Fraction] | None


@dataclass(frozen=True)
class Members:
    """A measured set: elements that are in it for certain, and those that may be.

    `size` is how many it holds (None: any number); `open` says that elements never seen may belong to it;
    `tie` that the uncertain ones are level, so that either choice is right.
    """

    certain: frozenset[str]
    possible: frozenset[str]
    size: int | None = None
    open: bool = False
    tie: bool = False


Region = Interval | Members | Mapping[str, Interval]


@dataclass(frozen=True)
class Note:
    """A sentence for the editor by its code; the words stand in verdicts/sentences.yaml."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    domain: str | None = None
    effect: int = 0


@dataclass(frozen=True)
class Bar:
    """One bar of a ranked picture or table."""

    label: str
    value: Fraction
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True)
class Definition:
    """A choice that decides the figure, where several are honest: the companion `key`, what was `used`, and what the
    `others` would have given (None where that is not known)."""

    key: str
    used: str
    others: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True)
class Series:
    """Numbers in a row, for a picture: `y` over `x`.

    kind: time (`x` are the starts of periods of the clock, without gaps), hours (0–23), degrees (`x` is how many
    links, `y` how many nodes have as many) or curve (any quantity over another). `marks` are members of `x` that
    stand out; `window` the first and last `x` that the claim speaks of. `x_name` is a noun in the plural ("days",
    "links"), `y_name` says what is drawn ("posts by day").
    """

    kind: Literal["time", "hours", "degrees", "curve"]
    x: tuple[date | datetime | int, ...]
    y: tuple[Fraction | int, ...]
    x_name: str = ""
    y_name: str = ""
    marks: tuple[date | datetime | int, ...] = ()
    window: tuple[date | datetime | int, date | datetime | int] | None = None


@dataclass(frozen=True)
class Sketch:
    """A small network, for a picture: which nodes are linked, by numbers from 0, and what each node belongs to.

    `groups` are communities where such were searched for, else components (`what` says which). No names are in it.
    """

    nodes: int
    edges: tuple[tuple[int, int], ...]
    groups: tuple[int, ...]
    what: Literal["community", "component"]


@dataclass(frozen=True)
class Measurement:
    """The result of one measure on one dataset.

    `n` is the size of the base in rows (units for a share of distinct things), `missing` how many of
    them have no known answer, `aside` how many the conditions set aside because a value is missing.
    `unmeasurable` is the code of a reason why nothing can be measured.
    """

    quantity: Quantity
    estimate: Value
    region: Region = UNBOUNDED
    unit: str = ""
    n: int = 0
    missing: int = 0
    aside: int = 0
    method: str = "complete"
    notes: tuple[Note, ...] = ()
    unmeasurable: Note | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    bars: tuple[Bar, ...] = ()
    series: tuple[Series, ...] = ()
    sketch: Sketch | None = None
    definitions: tuple[Definition, ...] = ()
    queries: tuple[str, ...] = ()
    tally: object = None
    sampled: bool = False
    effective_n: float | None = None  # of a weighted or clustered sample
    degrees: float | None = None
    bound_only: bool = False  # the evidence gives a bound, not an estimate of the population

    @property
    def bounded_by_query(self) -> bool:
        """Whether the region is what a query says of itself, with no chance in it."""
        is_point = isinstance(self.region, Interval) and self.region.is_point
        return self.method == "own-interval" and not self.sampled and not is_point


def unmeasurable(quantity: Quantity, code: str, **facts: Any) -> Measurement:
    """A measurement that says why there is none."""
    return Measurement(quantity, None, UNBOUNDED, unmeasurable=Note(code, facts))
