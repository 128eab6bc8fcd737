"""Whether the collection covers what the claim speaks of: its period and its platforms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from factcheck.claims.figures import DateClaim, FigureError, Quantity, read
from factcheck.claims.models import Claim
from factcheck.evidence.dataset import Dataset
from factcheck.measures.measurement import Note
from factcheck.verdicts.confidence import Scale
from factcheck.verdicts.provenance import once


def coverage(scale: Scale, claim: Claim, datasets: Iterable[Dataset]) -> list[Note]:
    """Whether the collection covers the period and the platforms claimed, and how long after it was made."""
    notes: list[Note] = []
    period = days(claim.period)
    for dataset in datasets:
        if period is not None:
            notes += _period(scale, period, dataset)
        notes += _platforms(scale, claim, dataset)
    return once(notes)


def days(text: str | None) -> tuple[date, date] | None:
    """First and last day of a period as it is written in a claim or a manifest."""
    if text is None:
        return None
    try:
        claimed = read(text, Quantity.DATE)
    except FigureError:
        return None
    if not isinstance(claimed, DateClaim) or claimed.low is None or claimed.high is None:
        return None
    return claimed.low.date(), (claimed.high - timedelta(microseconds=1)).date()


def _period(scale: Scale, period: tuple[date, date], dataset: Dataset) -> list[Note]:
    notes: list[Note] = []
    start, end = days(dataset.collected.from_), days(dataset.collected.to)
    if start is not None and end is not None:
        overlap = (min(period[1], end[1]) - max(period[0], start[0])).days + 1
        share = Fraction(max(0, overlap), (period[1] - period[0]).days + 1)
        effect = scale.below("coverage", "covered", share)
        if effect:
            notes.append(Note("period-covered", {"share": share}, "coverage", effect))
    made = days(dataset.collected.date)
    if made is not None and (late := (made[0] - period[1]).days) > 0:
        effect = scale.above("coverage", "late_days", late)
        day = f"{made[0].day} {made[0]:%B %Y}"
        notes.append(Note("collected-late", {"date": day, "days": late}, "coverage", effect))
    return notes


def _platforms(scale: Scale, claim: Claim, dataset: Dataset) -> list[Note]:
    wanted, had = claim.platforms, {name.casefold() for name in dataset.collected.platforms}
    if not wanted or not had:
        return []
    covered = tuple(name for name in wanted if name.casefold() in had)
    effect = scale.below("coverage", "covered", Fraction(len(covered), len(wanted)))
    absent = tuple(name for name in wanted if name not in covered)
    return [Note("platforms-covered", {"covered": covered, "absent": absent}, "coverage", effect)] if effect else []
