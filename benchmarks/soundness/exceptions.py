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


EXCEPTIONS: tuple[Exception_, ...] = ()
