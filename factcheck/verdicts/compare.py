"""The comparator: the claimed region A, widened to A′ by `near`, held against the measured region M.

M ⊆ A is supported, M ⊆ A′ close, M ∩ A′ = ∅ refuted, anything else inconclusive. Ends are exact
rationals, and an end that both regions hold belongs to both.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction

from factcheck.claims.figures import (
    Claimed,
    CompositionClaim,
    DateClaim,
    LabelClaim,
    NumberClaim,
    Quantity,
    SetClaim,
    TrendClaim,
)
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement, Members
from factcheck.measures.times import seconds, span
from factcheck.verdicts.days import compare_days
from factcheck.verdicts.sets import compare_sets
from factcheck.verdicts.verdict import Finding, Outcome

WIDE = 10  # a one-sided claim that holds this many times over is true "by a wide margin"


def compare(claimed: Claimed, found: Measurement) -> Finding:
    """The finding for a measurement that has an estimate or a region."""
    if found.unmeasurable is not None:
        return Finding(Outcome.UNVERIFIABLE)
    if isinstance(claimed, CompositionClaim):
        return _composition(claimed, found)
    if isinstance(claimed, DateClaim) and isinstance(found.region, Members):
        return compare_days(claimed, found.region, str(found.facts["per"]))
    if isinstance(claimed, (LabelClaim, SetClaim)):
        assert isinstance(found.region, Members)  # the quantity decided how the claim was read
        return compare_sets(claimed.members, claimed.mode, found.region)
    assert isinstance(found.region, Interval)
    if isinstance(claimed, DateClaim):
        region = _dates(claimed)
        return numbers(region, region, found, Quantity.DATE)
    if isinstance(claimed, TrendClaim):
        return numbers(claimed.region, claimed.region, found, Quantity.TREND)
    finding = numbers(claimed.region, claimed.near, found, claimed.quantity, part=claimed.part)
    return _with_margin(finding, claimed, found)


def numbers(a: Interval, near: Interval, found: Measurement, quantity: Quantity, *, part: bool = False) -> Finding:
    """The rule for everything that lies on a line; `part` as in a NumberClaim."""
    m = found.region
    assert isinstance(m, Interval)
    estimate = _position(found)
    # What a query returns as an end of its own interval is a bound, and leans nowhere.
    bound = found.bound_only or (found.bounded_by_query and estimate in (m.low, m.high))
    consistent = None if bound or estimate is None else a.contains(estimate)
    leaning = None if consistent is None else "consistent" if consistent else "against"
    if a.covers(m):
        return Finding(Outcome.SUPPORTED)
    direction = _direction(a, m, quantity, part)
    factor, gap = _distance(a, m)
    if near.covers(m):
        return Finding(Outcome.CLOSE, direction, leaning, factor, gap)
    if near.disjoint(m):
        return Finding(Outcome.REFUTED, direction, None, factor, gap)
    return Finding(Outcome.INCONCLUSIVE, None, leaning)


def _position(found: Measurement) -> Fraction | None:
    """The estimate as a point on the line of its region."""
    if isinstance(found.estimate, datetime):
        return seconds(found.estimate)
    if isinstance(found.estimate, date):
        return span(found.estimate, "UTC")[1].low
    return found.estimate if isinstance(found.estimate, Fraction) else None


def _dates(claimed: DateClaim) -> Interval:
    low = None if claimed.low is None else seconds(claimed.low)
    high = None if claimed.high is None else seconds(claimed.high)
    return Interval(low, high, high_open=high is not None)


def _direction(a: Interval, m: Interval, quantity: Quantity, part: bool) -> str | None:
    """Which of both is larger in magnitude; None where they overlap, for dates, and for opposite signs."""
    if quantity in (Quantity.DATE, Quantity.TREND) or not a.disjoint(m):
        return None
    claim_is_above = m.below(a)
    if quantity is Quantity.RANK:
        return "understated" if claim_is_above else "overstated"
    # A ratio claims a change: "7% fewer" overstates where the drop was smaller. "One in eight" claims none.
    origin = Fraction(1) if quantity is Quantity.RATIO and not part else Fraction(0)
    upward = _claimed_side(a, origin), _side(m, origin)
    if upward == (1, 1):
        return "overstated" if claim_is_above else "understated"
    return ("understated" if claim_is_above else "overstated") if upward == (-1, -1) else None


def _claimed_side(region: Interval, origin: Fraction) -> int:
    """As `_side`; a one-sided claim lies where its figure does: "at most 8" speaks of 8, whatever its open end."""
    if region.low is not None and region.high is not None:
        return _side(region, origin)
    figure = region.low if region.high is None else region.high
    return 0 if figure is None else 1 if figure >= origin else -1


def _side(region: Interval, origin: Fraction) -> int:
    """1 where a region lies at or above the origin, −1 where it lies at or below, 0 where on both sides."""
    if region.low is not None and region.low >= origin:
        return 1
    return -1 if region.high is not None and region.high <= origin else 0


def _distance(a: Interval, m: Interval) -> tuple[Fraction | None, Fraction | None]:
    """Nearest edges of two regions that do not meet: as a factor (same sign, not zero) and as a gap."""
    if not a.disjoint(m):
        return None, None
    upper, lower = (a.low, m.high) if m.below(a) else (m.low, a.high)
    if upper is None or lower is None:
        return None, None
    gap = upper - lower
    if lower > 0:
        return upper / lower, gap
    return (lower / upper, gap) if upper < 0 else (None, gap)


def _with_margin(finding: Finding, claimed: NumberClaim, found: Measurement) -> Finding:
    """A one-sided claim that is true by a wide margin is supported, with a note."""
    if finding.outcome is not Outcome.SUPPORTED or not claimed.one_sided or claimed.figure in (None, 0):
        return finding
    m = found.region
    assert isinstance(m, Interval)
    assert claimed.figure is not None
    above = claimed.region.low == claimed.figure  # "more than" starts at its figure, "less than" ends there
    edge = m.low if above else m.high
    if edge is None or claimed.quantity in (Quantity.RANK, Quantity.RATIO):
        return finding
    factor = edge / claimed.figure if above else (claimed.figure / edge if edge > 0 else None)
    wide = factor is None or factor >= WIDE
    return Finding(Outcome.SUPPORTED, factor=factor, wide=wide) if wide else finding


def _composition(claimed: CompositionClaim, found: Measurement) -> Finding:
    assert isinstance(found.region, Mapping)
    assert isinstance(found.estimate, dict)
    parts: dict[str, Outcome] = {}
    for name, part in claimed.parts.items():
        share = Measurement(part.quantity, found.estimate.get(name), found.region[name], bound_only=found.bound_only)
        parts[name] = numbers(part.region, part.near, share, part.quantity).outcome
    surplus: tuple[str, ...] = ()
    if claimed.whole or found.facts.get("whole"):
        surplus = tuple(name for name, share in found.estimate.items() if name not in claimed.parts and share > 0)
    outcomes = set(parts.values())
    if Outcome.REFUTED in outcomes or surplus:
        lacking = tuple(name for name, outcome in parts.items() if outcome is Outcome.REFUTED)
        return Finding(Outcome.REFUTED, lacking=lacking, surplus=surplus, parts=parts)
    if Outcome.INCONCLUSIVE in outcomes:
        return Finding(Outcome.INCONCLUSIVE, leaning=_lean(claimed, found), parts=parts)
    outcome = Outcome.CLOSE if Outcome.CLOSE in outcomes else Outcome.SUPPORTED
    return Finding(outcome, leaning=_lean(claimed, found) if outcome is Outcome.CLOSE else None, parts=parts)


def _lean(claimed: CompositionClaim, found: Measurement) -> str | None:
    if found.bound_only:
        return None
    assert isinstance(found.estimate, dict)
    if not claimed.parts.keys() <= found.estimate.keys():  # not one row has a known label
        return None
    inside = all(part.region.contains(found.estimate[name]) for name, part in claimed.parts.items())
    return "consistent" if inside else "against"
