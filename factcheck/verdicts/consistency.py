"""Consistency before any data: claims that state one quantity must agree with each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from factcheck.claims.figures import Claimed, FigureError, NumberClaim, Quantity, read
from factcheck.claims.reading import ClaimSource
from factcheck.errors import Problem
from factcheck.measures.measurement import Note

_FIRST_READINGS = (Quantity.COUNT, Quantity.PROPORTION, Quantity.NUMBER)


@dataclass(frozen=True)
class Stated:
    """A claim's figure for a quantity that it shares with others."""

    source: ClaimSource
    claimed: NumberClaim


def contradictions(
    claims: Iterable[ClaimSource], readings: Mapping[str, Claimed]
) -> tuple[list[Problem], dict[str, tuple[Note, ...]]]:
    """A warning and a note on both sides for each pair whose regions, widened by `near`, have no value in common.

    `readings` are the claimed regions by claim id, for the claims that were bound to a measure.
    """
    by_quantity: dict[str, list[Stated]] = {}
    for source in claims:
        stated = _stated(source, readings)
        if source.claim.quantity is not None and stated is not None:
            by_quantity.setdefault(source.claim.quantity, []).append(stated)
    problems: list[Problem] = []
    notes: dict[str, tuple[Note, ...]] = {}
    for quantity, stated_all in by_quantity.items():
        for i, a in enumerate(stated_all):
            for b in stated_all[i + 1 :]:
                if a.claimed.quantity is b.claimed.quantity and a.claimed.near.disjoint(b.claimed.near):
                    problems.append(_problem(a, b, quantity))
                    for one, other in ((a, b), (b, a)):
                        notes[one.source.id] = (*notes.get(one.source.id, ()), _note(one, other, quantity))
    return problems, notes


def _stated(source: ClaimSource, readings: Mapping[str, Claimed]) -> Stated | None:
    claimed = readings.get(source.id)
    if isinstance(claimed, NumberClaim):
        return Stated(source, claimed)
    if claimed is not None or source.claim.claimed is None:
        return None
    # A claim that is not measured (unverifiable) still states a figure.
    for quantity in _FIRST_READINGS:
        try:
            claimed = read(source.claim.claimed, quantity)
        except FigureError:
            continue
        return Stated(source, claimed) if isinstance(claimed, NumberClaim) else None
    return None


def _problem(a: Stated, b: Stated, quantity: str) -> Problem:
    message = (
        f"'{a.source.id}' says {a.claimed.text} and '{b.source.id}' says {b.claimed.text} "
        f"for the same quantity ({quantity})"
    )
    return Problem(message, b.source.place("claimed"), "both cannot be right", "warning")


def _note(one: Stated, other: Stated, quantity: str) -> Note:
    same = one.source.claim.claimant is not None and one.source.claim.claimant == other.source.claim.claimant
    facts = {"id": other.source.id, "text": other.claimed.text, "quantity": quantity}
    return Note("contradicts-oneself" if same else "contradicts", facts, "consistency")
