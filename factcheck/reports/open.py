"""Why a claim is not settled, so that a reader learns what the evidence can and cannot do."""

from __future__ import annotations

from fractions import Fraction

from factcheck.claims.figures import NumberClaim, Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement, Members
from factcheck.reports.amounts import members, told_ends, unsettled
from factcheck.reports.locale import format_value
from factcheck.reports.words import say
from factcheck.verdicts.verdict import Outcome, Verdict

_PAST = {"open-lower": "open-lower-past", "open-upper": "open-upper-past"}
_TIMES = 10  # from this factor on, the distance to a bound is told


def why_open(verdict: Verdict) -> tuple[str, ...]:
    """The sentences behind an inconclusive verdict; none behind another."""
    found = verdict.measurement
    if verdict.outcome is not Outcome.INCONCLUSIVE:
        return ()
    if verdict.checks:
        alike = len({(check.outcome, _reason(check)) for check in verdict.checks}) == 1
        return why_open(verdict.checks[0]) if alike else (say("open-checks"),)
    if found is None:
        return ()
    return (_told(verdict, found, _reason(verdict)),)


def _reason(verdict: Verdict) -> str:
    """The code of the sentence that says why the verdict is open."""
    found = verdict.measurement
    if found is None:
        return "open-other"
    if isinstance(found.region, Members):
        return "open-set" if unsettled(found.region) and not found.bound_only else "open-set-all"
    if not isinstance(found.region, Interval):
        return "open-parts"
    if found.bound_only and of_sample(verdict):
        return "open-sample-bound"
    if found.bound_only:
        reason = _bound_reason(verdict, found, found.region)
        return _PAST.get(reason, reason) if _past(verdict, found.region) else reason
    if found.sampled and told_ends(found.region, found.quantity) == (None, None):
        return "open-boundless"
    if found.sampled and found.quantity is Quantity.RANK:
        return "open-rank"
    if found.sampled:
        return "open-process" if verdict.claim.about == "process" else "open-sample"
    return "open-missing" if found.missing else "open-other"


def of_sample(verdict: Verdict) -> bool:
    """Whether chance drew the rows: nobody may read of a partial collection then."""
    kinds = {dataset.completeness for dataset in verdict.datasets}
    return "random sample" in kinds and "partial" not in kinds


def lacks_known_part(verdict: Verdict) -> bool:
    """Whether it is known how much of the population was not collected, so that a share has bounds."""
    return all(d.population is not None for d in verdict.datasets if d.completeness == "partial")


def _bound_reason(verdict: Verdict, found: Measurement, region: Interval) -> str:
    low, high = told_ends(region, found.quantity)
    if found.quantity is Quantity.PROPORTION:
        return "open-share-bounds" if lacks_known_part(verdict) else "open-share"
    if low is not None and high is None and found.estimate == low:
        return "open-lower"
    return "open-upper" if high is not None and low is None and found.estimate == high else "open-partial"


def _past(verdict: Verdict, region: Interval) -> bool:
    """Whether the bound has passed the claim: no value is true any more, and only near ones are left."""
    claimed = verdict.claimed
    return isinstance(claimed, NumberClaim) and region.disjoint(claimed.region)


def _told(verdict: Verdict, found: Measurement, code: str) -> str:
    if code == "open-set":
        assert isinstance(found.region, Members)
        elements = unsettled(found.region)
        return say(code, elements=members(elements), belong="belongs" if len(elements) == 1 else "belong")
    if code == "open-parts":
        parts = tuple(name for name, outcome in verdict.finding.parts.items() if outcome is Outcome.INCONCLUSIVE)
        return say(code, share="share" if len(parts) == 1 else "shares", parts=members(parts))
    return say(code)


def times_above(verdict: Verdict) -> str:
    """How many times a lower bound the claim is; empty where that is little or something else is told."""
    found, claimed = verdict.measurement, verdict.claimed
    if found is None or verdict.checks or verdict.outcome is not Outcome.INCONCLUSIVE:
        return ""
    if _reason(verdict) != "open-lower":
        return ""
    bound = found.estimate
    if not isinstance(claimed, NumberClaim) or claimed.figure is None or not isinstance(bound, Fraction) or bound <= 0:
        return ""
    times = claimed.figure / bound
    if times < _TIMES:
        return ""
    step = Fraction(10) ** (len(str(int(times))) - 2)
    return format_value(round(times / step) * step, Quantity.NUMBER)
