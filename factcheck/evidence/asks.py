"""What a measure may ask of a dataset, and what it gets back.

A measure never writes SQL. It states questions (`Ask`, `UnitAsk`, `PerAsk`, `RowsAsk`) over bound
expressions; the planner answers the questions of all claims together in few passes. How rows lie to one
another (silences, copies, links, bursts) no table of cells can tell: a `Pattern` brings its own query.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar

from factcheck.evidence.expressions import Bound

if TYPE_CHECKING:
    from factcheck.evidence.engines.frame import Frame


@dataclass(frozen=True)
class Sum:
    """`sum` of x over the non-NULL values (exact for integers and decimals), and `count` of those."""

    x: Bound


@dataclass(frozen=True)
class Extremes:
    """`min` and `max` of x, and `count` of the non-NULL values."""

    x: Bound


@dataclass(frozen=True)
class Quantile:
    """`quantile`: the value at fraction q of x, interpolated between neighbours (R type 7), and `count`."""

    x: Bound
    q: Fraction


@dataclass(frozen=True)
class Distinct:
    """`distinct`: how many different non-NULL values x has."""

    x: Bound


Aggregate = Sum | Extremes | Quantile | Distinct


@dataclass(frozen=True)
class Ask:
    """Rows of `dataset` where `base` is true, counted for each combination of the `by` values.

    A `by` is a condition (True, False or None in the answer) or any expression (its value, NULL as None).
    """

    dataset: str
    base: Bound | None = None
    by: tuple[Bound, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()


@dataclass(frozen=True)
class UnitAsk:
    """Distinct non-NULL values of `unit` among the rows where `base` is true, by whether `that` holds of them.

    any: one of its rows is true; all: every row is; most: more than half of its rows are. A unit is
    `unknown` where its NULL rows could turn the answer either way. Without `that`, every unit is `yes`.
    """

    dataset: str
    unit: Bound
    base: Bound | None = None
    that: Bound | None = None
    rule: Literal["any", "all", "most"] = "any"


@dataclass(frozen=True)
class PerAsk:
    """A value for each combination of `groups` (rows with a NULL group are left out), as a histogram of values.

    value: count (rows where `that` is true or None; high adds the rows where it is NULL), share (of the
    rows where `that` is true; low/high as bounds over its NULLs), sum, mean, min, max or distinct of `x`
    among the rows where `that` is true.
    """

    dataset: str
    groups: tuple[Bound, ...]
    base: Bound | None = None
    that: Bound | None = None
    x: Bound | None = None
    value: Literal["count", "share", "sum", "mean", "min", "max", "distinct"] = "count"


@dataclass(frozen=True)
class RowsAsk:
    """Distinct values of `x` (with how many rows each), at most `limit` of them, largest count first."""

    dataset: str
    x: Bound
    base: Bound | None = None
    limit: int = 1000


@dataclass(frozen=True)
class SqlAsk:
    """The rows of a checked and re-rendered SELECT (see expressions.bind_select)."""

    dataset: str
    sql: str


class Asking(Protocol):
    """What a pattern has at hand: one statement at a time, within the limits of the run."""

    def frame(self, sql: str) -> Frame:
        """The whole result of one statement, by columns."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The same as rows of Python values."""

    def scratch(self, select: str) -> AbstractContextManager[str]:
        """The result of a SELECT as a temporary table; yields its quoted name."""

    def source(self, dataset: str) -> str:
        """The quoted relation of a dataset of the project."""

    def total(self, dataset: str) -> int:
        """How many rows a dataset has."""

    def aside(self, dataset: str, base: Bound | None) -> int:
        """How many of them a condition sets aside because it is NULL for them."""


@dataclass(frozen=True)
class PatternAnswer:
    """What a pattern found; `queries` are the plain statements that reports quote."""

    queries: tuple[str, ...]


Found = TypeVar("Found", bound=PatternAnswer, covariant=True)


@dataclass(frozen=True)
class Pattern(ABC, Generic[Found]):
    """A question about how rows lie to one another, answered by queries of its own (`evidence/patterns/`)."""

    dataset: str

    @abstractmethod
    def found(self, asking: Asking) -> Found:
        """The answer; EvidenceError where the engine refuses it or the rows do not fit the question."""

    def serves(self, other: Pattern[Any]) -> bool:  # noqa: ARG002  # most serve none but themselves
        """Whether the answer to this question holds all that the other one asks, so that it does for both."""
        return False


Question = Ask | UnitAsk | PerAsk | RowsAsk | SqlAsk | Pattern[Any]


@dataclass(frozen=True)
class Answer:
    """To an `Ask`. Lists run in step, one entry for each combination of `by` that has rows, in a fixed order."""

    by: list[tuple[Any, ...]]
    n: list[int]
    values: list[dict[str, list[Any]]]  # one per aggregate: 'sum', 'count', 'min', … → list in step with `by`
    unknown: int  # rows set aside because `base` is NULL for them
    rows: int  # rows of the dataset
    sql: str  # the plain query that gives the same answer


@dataclass(frozen=True)
class UnitAnswer:
    """To a `UnitAsk`: units = yes + no + unknown."""

    units: int
    yes: int
    unknown: int
    n: int  # rows where base is true
    null_units: int  # of those, rows where `unit` is NULL
    aside: int  # rows set aside because `base` is NULL
    rows: int
    sql: str


@dataclass(frozen=True)
class PerAnswer:
    """To a `PerAsk`: how many groups have each (low, high) value, and the groups at both ends."""

    histogram: list[tuple[Any, Any, int]]  # low value, high value, groups; ascending
    largest: list[tuple[tuple[Any, ...], Any]]  # up to 4 (labels, low value), largest first, then by label
    smallest: list[tuple[tuple[Any, ...], Any]]
    spans: list[tuple[Any, Any]]  # first and last label of each group expression
    distinct: list[int]  # how many labels each group expression has
    n: int
    null_groups: int  # rows left out because a group is NULL
    aside: int
    rows: int
    sql: str


@dataclass(frozen=True)
class RowsAnswer:
    values: list[tuple[Any, int]]
    nulls: int
    total: int  # distinct values altogether
    aside: int
    rows: int
    sql: str


@dataclass(frozen=True)
class SqlAnswer:
    names: list[str]
    table: list[tuple[Any, ...]]
    sql: str


AnyAnswer = Answer | UnitAnswer | PerAnswer | RowsAnswer | SqlAnswer | PatternAnswer
