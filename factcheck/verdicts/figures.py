"""What a verdict found, as a note tells it in passing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction

from factcheck.claims.figures import Claimed, CompositionClaim, NumberClaim, Quantity, describe, format_value
from factcheck.claims.figures.quantity import NUMERIC
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.verdicts.calendar import day_text
from factcheck.verdicts.verdict import Verdict

_MOST = 5  # members of a set, or parts of a composition


def figure(verdict: Verdict) -> str:
    """The estimate; of a partial collection what it bounds; empty where there is none."""
    found = verdict.measurement
    if found is None or found.estimate is None:
        return ""
    if found.bound_only and isinstance(found.region, Interval) and found.quantity in NUMERIC:
        return describe(found.region, found.quantity)
    return _text(found, verdict.claimed)


def _text(found: Measurement, claimed: Claimed | None) -> str:
    value = found.estimate
    if isinstance(value, Fraction):
        return format_value(value, found.quantity, edges=edges(claimed))
    if isinstance(value, datetime):
        return f"{day_text(value.date())}, {value:%H:%M:%S}".removesuffix(", 00:00:00")
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, Mapping):
        named = [name for name in claimed.parts if name in value] if isinstance(claimed, CompositionClaim) else []
        quantity = Quantity.PROPORTION if found.unit == "proportion" else Quantity.COUNT
        shown = (named or sorted(value, key=lambda name: (-value[name], name)))[:_MOST]
        return ", ".join(f"{name} {format_value(value[name], quantity)}" for name in shown)
    if isinstance(value, tuple):
        more = f" and {len(value) - _MOST} more" if len(value) > _MOST else ""
        return (", ".join(map(str, value[:_MOST])) or "none") + more
    return str(value)


def edges(claimed: Claimed | None) -> tuple[Fraction, ...]:
    """The ends of A and A′, so that no figure is printed as if it lay on their other side."""
    regions: list[Interval] = []
    if isinstance(claimed, NumberClaim):
        regions = [claimed.region, claimed.near]
    elif isinstance(claimed, CompositionClaim):
        regions = [region for part in claimed.parts.values() for region in (part.region, part.near)]
    return tuple(end for region in regions for end in (region.low, region.high) if end is not None)
