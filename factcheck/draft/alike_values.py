"""Values that begin like one that a sentence says: 'Assault' and 'Assault, repeated'. It may mean all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from factcheck.draft.conditions import among
from factcheck.draft.known import Known
from factcheck.draft.match import Match

_MOST = 5  # values that are meant together
_LESS = 0.95  # how surely they are, against the value alone
_FURTHER = r"\s*(?:[,;:(/]|\s[-–—]\s).*"


def alike(match: Match, known: Known) -> Iterator[Match]:
    """The match of a value that is said whole, and one of all values that begin with it, where there are any."""
    others = _further(str(match.value), known.values or ()) if not known.is_read else []
    if not 0 < len(others) <= _MOST:
        yield match
        return
    listed = ", ".join(f"'{other}'" for other in others)
    begins = f"{'another value begins' if len(others) == 1 else 'other values begin'} likewise: {listed}"
    yield replace(match, how=f"{match.how}; {begins}")
    yield replace(
        match,
        value=f"{match.value} and alike",
        condition=among(str(match.column), [str(match.value), *others]),
        score=round(match.score * _LESS, 4),
        how=f"{match.how}, taken together with {listed}, which {'begins' if len(others) == 1 else 'begin'} likewise",
    )


def _further(value: str, values: Sequence[str]) -> list[str]:
    pattern = re.compile(re.escape(value.strip()) + _FURTHER, re.IGNORECASE | re.DOTALL)
    return sorted(other for other in values if pattern.fullmatch(other.strip()))
