"""Questions whose bases begin alike, asked of those rows alone: a dossier about one month reads that month.

A condition that stands under a CASE is computed on every row of a pass. Where many questions share what restricts
them, a pass of their own over the rows that are left costs less than one for all over every row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from factcheck.evidence.asks import Ask, UnitAsk
from factcheck.evidence.expressions import Bound
from factcheck.evidence.expressions.bounds import conjuncts

LEAST = 4  # questions that are worth a pass

Q = TypeVar("Q", Ask, UnitAsk)
Conjuncts = tuple[str, ...]


@dataclass(frozen=True)
class Shared(Generic[Q]):
    """Questions with the conditions that all their bases begin with, and what is left of each base (SQL)."""

    where: Conjuncts
    rest: dict[Q, str]


def shared(asks: Sequence[Q]) -> list[Shared[Q]]:
    """The questions by the longest beginning of their bases that at least LEAST of them have in common.

    A base is true where each of its parts is, so that rows on which a part is not true belong to none of them.
    """
    found: list[Shared[Q]] = []
    waiting: list[tuple[Conjuncts, dict[Q, Conjuncts]]] = [((), {ask: conditions(ask.base) for ask in asks})]
    while waiting:
        where: Conjuncts
        where, left = waiting.pop()
        at = len(where)
        for part, longer in _by_next(at, left).items():
            if len(longer) >= LEAST:
                waiting.append(((*where, part), longer))
                left = {ask: parts for ask, parts in left.items() if ask not in longer}
        if left:
            rest = {ask: " AND ".join(f"({part})" for part in parts[at:]) or "TRUE" for ask, parts in left.items()}
            found.append(Shared(where, rest))
    return found


def _by_next(at: int, asks: dict[Q, Conjuncts]) -> dict[str, dict[Q, Conjuncts]]:
    """The questions whose bases go on, by how they do."""
    found: dict[str, dict[Q, Conjuncts]] = {}
    for ask, parts in asks.items():
        if len(parts) > at:
            found.setdefault(parts[at], {})[ask] = parts
    return found


def conditions(base: Bound | None) -> Conjuncts:
    """What a base joins by AND; no more than it says, so that nothing is lost."""
    return () if base is None else tuple(node.sql(dialect="duckdb") for node in conjuncts(base.tree))
