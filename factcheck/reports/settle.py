"""What would settle a claim that the evidence leaves open, or make one checkable that it cannot speak to."""

from __future__ import annotations

from fractions import Fraction

from factcheck.claims.figures import NumberClaim, Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.reports.counted import members_text
from factcheck.reports.nouns import head, plural, things
from factcheck.reports.open import lacks_known_part, of_sample
from factcheck.reports.words import say, sentences
from factcheck.verdicts.choices import factor
from factcheck.verdicts.variants import all_combinations, influences
from factcheck.verdicts.verdict import Outcome, Verdict

_FIGURES = 2  # significant figures of a number of rows
_BOUND = {Quantity.COUNT: "settle-count", Quantity.NUMBER: "settle-count", Quantity.PROPORTION: "settle-share"}


def settling(verdict: Verdict) -> tuple[str, ...]:
    """What would have to be found out, most telling first."""
    if verdict.outcome is Outcome.ERROR:
        return (say("settle-error"),)
    if verdict.outcome is Outcome.UNVERIFIABLE:
        return _reason(verdict)
    if verdict.outcome is not Outcome.INCONCLUSIVE:
        return (_choice(verdict),) if _depends(verdict) else ()
    if verdict.checks:
        return _of_checks(verdict)
    return _open(verdict, verdict.measurement) if verdict.measurement is not None else ()


def _depends(verdict: Verdict) -> bool:
    return any(one.outcome is not verdict.outcome and one.outcome.conclusive for one in verdict.variants)


def _choice(verdict: Verdict) -> str:
    """Which choice has to be known, above all."""
    ranked = influences(all_combinations(verdict, verdict.variants))
    names = [one.name for one in ranked] or list(verdict.variants[0].params)
    return say("settle-variant" if len(names) == 1 else "settle-variants", factor=factor(names[0]))


def _reason(verdict: Verdict) -> tuple[str, ...]:
    if verdict.reason is None or f"settle-{verdict.reason.code}" not in sentences():
        return ()
    return (say(f"settle-{verdict.reason.code}", **{"least": "", **verdict.reason.facts}),)


def _of_checks(verdict: Verdict) -> tuple[str, ...]:
    conclusive = {check.outcome for check in verdict.checks if check.outcome.conclusive}
    if len(conclusive) > 1:
        return (say("settle-checks"),)
    told = [sentence for check in verdict.checks for sentence in settling(check)]
    return tuple(dict.fromkeys(told))


def _open(verdict: Verdict, found: Measurement) -> tuple[str, ...]:
    if found.bound_only and of_sample(verdict):
        return (say("settle-partial"),)
    if found.bound_only and found.quantity is Quantity.PROPORTION and lacks_known_part(verdict):
        unit = verdict.datasets[0].unit if verdict.datasets else None
        return (say("settle-rest", things=plural(head(unit))),)
    if found.bound_only:
        return (say(_BOUND.get(found.quantity, "settle-partial")),)
    if found.missing and verdict.claim.missing == "bounds":
        unit = verdict.datasets[0].unit if verdict.datasets else None
        members = members_text(verdict, found.missing)
        if members:
            return (say("settle-members", members=members),)
        return (say("settle-missing", things=things(found.missing, unit)),)
    if found.sampled:
        return (_rows(verdict, found) or say("settle-sample"),)
    return ()


def _rows(verdict: Verdict, found: Measurement) -> str:
    """How many rows a share would need; empty where the rule does not hold."""
    distances = _distance(verdict, found)
    if distances is None or found.effective_n is not None:
        return ""
    from factcheck.stats.power import rows_needed

    assert isinstance(found.estimate, Fraction)
    distance, two_edges = distances
    total = rows_needed(float(found.estimate), float(distance), between_two_edges=two_edges)
    if total is None:
        return say("settle-never")
    total = _rounded_up(total)
    if total <= found.n:
        return ""
    more = _rounded_up(total - found.n)
    unit = verdict.datasets[0].unit if verdict.datasets else None
    return say("settle-rows", more=f"{more:,}", things=plural(head(unit)))


def _distance(verdict: Verdict, found: Measurement) -> tuple[Fraction, bool] | None:
    """The distance to the edge that has to be cleared, and whether there is one on either side."""
    claimed, p = verdict.claimed, found.estimate
    if found.quantity is not Quantity.PROPORTION or not isinstance(claimed, NumberClaim) or not isinstance(p, Fraction):
        return None
    inside = claimed.region if claimed.region.contains(p) else claimed.near
    edges = _inner_edges(inside)
    if not edges:
        return None
    return min(abs(p - edge) for edge in edges), inside.contains(p) and len(edges) == 2


def _inner_edges(region: Interval) -> list[Fraction]:
    """The ends that a share can lie beyond."""
    return [end for end in (region.low, region.high) if end is not None and 0 < end < 1]


def _rounded_up(rows: int) -> int:
    """A number of rows that pretends no precision: 1,237 is told as 1,300."""
    step = int(10 ** max(0, len(str(rows)) - _FIGURES))
    return -(-rows // step) * step
