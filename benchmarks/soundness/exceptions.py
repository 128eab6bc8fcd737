"""Where a promise is known not to be kept, how far it may be broken there, and how a reader is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Exception_:
    """`limit` is the rate that every tail and every wrong outcome keeps below there."""

    family: str
    holds_of: Callable[[Mapping[str, Any]], bool]
    limit: float
    where: str
    why: str

    def holds(self, one: Mapping[str, Any]) -> bool:
        return bool(one["family"] == self.family and not one["bounds"] and self.holds_of(one))


EXCEPTIONS: tuple[Exception_, ...] = (
    Exception_(
        "trend",
        lambda one: str(one["collection"]).endswith("neighbours depend by 0.9"),
        0.13,
        "neighbours depend by 0.9",
        "A series that wanders so slowly looks like a trend in any stretch of it that is short beside its waves.",
    ),
    Exception_(
        "peaks",
        lambda one: str(one["collection"]).startswith("random sample"),
        0.15,
        "a random sample, held against the days that stand out in all rows",
        "A day just below the threshold in all rows may pass it in the sample.",
    ),
    Exception_(
        "share",
        lambda one: "clusters, weighted" in str(one["collection"]) and int(one["n"]) <= 15,
        0.10,
        "fifteen clusters or fewer whose weights go with the answer",
        "About three of them carry half of the weight, and how much they differ can hardly be told.",
    ),
)
