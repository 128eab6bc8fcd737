"""What the data say of drafted claims: all of them bound, asked and judged together, in one set of cells."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from factcheck.cases.asking import Measured, measure_all
from factcheck.cases.build import BoundCase, build
from factcheck.cases.case import Case
from factcheck.cases.expressions import Expressions
from factcheck.cases.judging import judge
from factcheck.claims.figures import CompositionClaim, DateClaim, NumberClaim, Quantity
from factcheck.claims.figures.quantity import DOMAIN
from factcheck.claims.reading import read_text
from factcheck.claims.regions import Interval
from factcheck.evidence.dataset import Dataset
from factcheck.verdicts.confidence import Scale
from factcheck.verdicts.thresholds import table_with
from factcheck.verdicts.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from factcheck.cases.evidence import Evidence

_FILE = "draft"


def evaluated(
    claims: Sequence[Mapping[str, Any]], evidence: Evidence, datasets: Mapping[str, Dataset]
) -> list[Verdict | str]:
    """The verdict on each claim, in order; for one that cannot be evaluated the reason.

    Each claim carries an id of its own.
    """
    wrong: dict[str, str] = {}
    read, _ = read_text(json.dumps({"claims": [_texts(claim) for claim in claims]}, ensure_ascii=False), _FILE)
    expressions, bound = Expressions(), {}
    for source in read:
        case, problems = build(Case(source, source.claim), datasets, (), expressions)
        errors = [problem for problem in problems if problem.severity == "error"]
        if case is not None and not errors:
            bound[source.id] = case
        elif errors:
            wrong[source.id] = f"{errors[0].message}; {errors[0].hint}".rstrip("; ")
    measured = dict(zip(bound, measure_all(bound.values(), evidence.answer, None), strict=True))
    scale = Scale(table_with({})[0])
    ids = [str(claim["id"]) for claim in claims]
    return [
        _verdict(bound[name], measured[name], scale) if name in bound else wrong.get(name, "it is not well formed")
        for name in ids
    ]


def _texts(value: Any) -> Any:
    """Numbers as a file would give them: as texts."""
    if isinstance(value, Mapping):
        return {key: _texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_texts(inner) for inner in value]
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _verdict(bound: BoundCase, measured: Measured, scale: Scale) -> Verdict | str:
    verdict = judge(bound, measured, scale)
    return verdict.error or "" if verdict.outcome is Outcome.ERROR else verdict


def plausibility(verdict: Verdict) -> float:
    """How plausible it is (0…1) that the claim is the one that was meant, by what the data say of it alone."""
    claimed, estimate = verdict.claimed, verdict.estimate
    if estimate is None:
        return 0.2
    if isinstance(claimed, NumberClaim) and isinstance(estimate, Fraction):
        return _near(float(estimate), claimed)
    if isinstance(claimed, CompositionClaim) and isinstance(estimate, Mapping):
        parts = [_near(float(estimate.get(name, 0)), part) for name, part in claimed.parts.items()]
        return sum(parts) / len(parts)
    if verdict.outcome is Outcome.SUPPORTED:
        return 0.9
    if verdict.outcome is Outcome.INCONCLUSIVE:
        return 0.5
    if isinstance(claimed, DateClaim):
        return 0.3
    return 0.6 if verdict.outcome is Outcome.CLOSE else 0.2


def _near(estimate: float, claimed: NumberClaim) -> float:
    """1 within what is claimed, ½ at the edge of what is close, falling on with the distance."""
    region = claimed.region
    distance = _distance(estimate, region)
    if distance == 0:
        return 1.0 - 0.3 * _room(region, claimed.quantity)
    allowed = _allowed(claimed)
    return 1 / (1 + distance / allowed)


def _distance(value: float, region: Interval) -> float:
    if region.low is not None and value < region.low:
        return float(region.low) - value
    return value - float(region.high) if region.high is not None and value > region.high else 0.0


def _allowed(claimed: NumberClaim) -> float:
    """The distance from the claimed values to the farthest that are close; a little where none are."""
    region, near = claimed.region, claimed.near
    ends = [(near.low, region.low), (near.high, region.high)]
    found = [abs(float(a) - float(b)) for a, b in ends if a is not None and b is not None]
    edge = max((abs(float(end)) for end in (region.low, region.high) if end is not None), default=1.0)
    least = 0.02 if claimed.quantity is Quantity.PROPORTION else max(0.02 * edge, 1e-9)
    return max([*found, least])


def _room(region: Interval, quantity: Quantity) -> float:
    """What part of all possible values is claimed: finding one of them says little where it is large."""
    if quantity is Quantity.PROPORTION:
        low = 0.0 if region.low is None else float(region.low)
        high = 1.0 if region.high is None else float(region.high)
        return max(0.0, min(1.0, high - low))
    if region.low is None or region.high is None:
        return 1.0
    return 0.0 if DOMAIN[quantity].contains(region.low) else 0.5
