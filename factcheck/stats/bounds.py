"""What every interval returns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


class Note(StrEnum):
    """Codes of what a reader should know about an interval; the sentences live with the verdicts."""

    ZERO_EVENTS = "zero_events"  # not one row counts: the rule of three applies
    ALL_EVENTS = "all_events"  # every row counts
    CENSUS = "census"  # the sample is the whole population
    FEW_ROWS = "few_rows"  # too few rows to bound a mean on either side
    LONG_TAIL = "long_tail"  # a few large values rule the mean: the median is safer
    NO_VARIATION = "no_variation"  # all values (or all clusters) are alike, so the spread is unknown
    NO_ORDER_STATISTIC = "no_order_statistic"  # too few rows for this side of a quantile
    ZERO_DENOMINATOR = "zero_denominator"  # nothing counts in the base of a ratio
    FEW_EVENTS = "few_events"  # so few rows count (or do not) that a tail may pass 5 %
    UNSEEN_GROUPS = "unseen_groups"  # groups that the sample missed may rank ahead
    FEW_DAYS = "few_days"  # too few days to tell how much days differ
    BURSTS = "bursts"  # days differ more than chance has it, and the interval is the wider for it
    FEW_CLUSTERS = "few_clusters"  # too few clusters for an interval
    UNEVEN_CLUSTERS = "uneven_clusters"  # a few clusters hold most rows: if they differ, a tail may pass 5 %


@dataclass(frozen=True)
class Bounds:
    """An interval and where it comes from; an infinite end is unbounded.

    `estimate` and the ends share the unit of the statistic; `n` is the number of rows it rests on
    (None where that is no plain count); `level` is the two-sided level. `steps` is the population
    of which an end may be a whole part, such as 1/20, that no double is.
    """

    low: float
    high: float
    method: str
    notes: tuple[Note, ...] = ()
    estimate: float | None = None
    n: int | None = None
    level: float = 0.95
    steps: int | None = None

    def __post_init__(self) -> None:
        if math.isnan(self.low) or math.isnan(self.high) or self.low > self.high:
            raise ValueError(f"no interval: low={self.low}, high={self.high} ({self.method})")

    @property
    def is_point(self) -> bool:
        return self.low == self.high


def between(lower: Bounds, upper: Bounds, estimate: float | None) -> Bounds:
    """From the low end of one interval to the high end of another.

    Where missing values stand beside sampling, `lower` is computed as if none of them counted and
    `upper` as if all did, each at (1 + level)/2 (Horowitz & Manski 2000, JASA 95).
    """
    method = lower.method if lower.method == upper.method else f"{lower.method}; {upper.method}"
    notes = tuple(dict.fromkeys(lower.notes + upper.notes))
    steps = lower.steps or upper.steps
    return Bounds(lower.low, upper.high, method, notes, estimate, lower.n, lower.level, steps)
