"""Series over time: which periods stand out, and whether a figure rises or falls."""

from __future__ import annotations

from fractions import Fraction

from factcheck.claims.figures import Quantity, TrendClaim
from factcheck.claims.figures.trends import FLAT
from factcheck.measures.measurement import Measurement
from factcheck.reports.amounts import moment
from factcheck.reports.locale import format_value, integer
from factcheck.reports.nouns import head, plural, things
from factcheck.reports.telling import condition, inert, plainly, unit
from factcheck.reports.words import capital, listed, say
from factcheck.verdicts.verdict import Outcome, Verdict

_FEW = 8  # peaks that a sentence names


def peaks(verdict: Verdict, found: Measurement) -> list[str]:
    """The peaks that the claim speaks of, the largest first, each beside what is usual around it."""
    facts = found.facts
    if not isinstance(found.estimate, tuple) or "peaks" not in facts:
        return plainly(verdict, found)
    whole = things(int(facts["periods"]), str(facts["per"]))
    known = [peak for peak in facts["peaks"] if peak[0] in found.estimate]
    among = (verdict.claim.measure or {}).get("among")
    by = {"things": plural(head(unit(verdict))), "condition": condition(among)} if among else {}
    if not known:
        return [say("peaks-none-by" if among else "peaks-none", whole=whole, **by)]
    largest = sorted(known, key=lambda peak: (-peak[1], peak[0]))[:_FEW]
    told = [_peak(verdict, *peak) for peak in sorted(largest)]
    told += [f"{integer(len(known) - _FEW)} more"] if len(known) > _FEW else []
    stand = "stands" if len(known) == 1 else "stand"
    code = "peaks-found-by" if among else "peaks-found"
    return [say(code, whole=whole, n=integer(len(known)), stand=stand, peaks=listed(told), **by)]


def _peak(verdict: Verdict, name: str, count: Fraction, usual: Fraction) -> str:
    shown = things(int(count), unit(verdict), figure=format_value(count, Quantity.NUMBER))
    return say("peak", at=moment(name), count=shown, usual=format_value(usual, Quantity.NUMBER))


def trend(verdict: Verdict, found: Measurement) -> list[str]:
    """How far the fitted line rises or falls, from when to when, and from what to what."""
    facts, change = found.facts, found.estimate
    if not isinstance(change, Fraction) or "first" not in facts:
        return plainly(verdict, found)
    code = "trend-up" if change > 0 else "trend-down" if change < 0 else "trend-level"
    quantity = Quantity.PROPORTION if "share" in ((verdict.claim.measure or {}).get("of") or {}) else Quantity.NUMBER
    told = say(
        code,
        what=_what(verdict, found),
        change=format_value(abs(change), Quantity.PROPORTION, edges=(FLAT,)),
        begins=facts["begins"],
        ends=facts["ends"],
        whole=things(int(facts["periods"]), str(facts["per"])),
        first=_figure(facts["first"], quantity),
        last=_figure(facts["last"], quantity),
    )
    if found.bound_only:
        told = say("trend-collected", told=told[:1].lower() + told[1:])
    if not 0 < abs(change) <= FLAT:
        return [told]
    directed = isinstance(verdict.claimed, TrendClaim) and verdict.claimed.direction != "flat"
    return [told, say("trend-flat-too" if directed and verdict.outcome is Outcome.SUPPORTED else "trend-flat")]


def _what(verdict: Verdict, found: Measurement) -> str:
    what, per, among = str(found.facts["what"]), str(found.facts["per"]), (verdict.claim.measure or {}).get("among")
    told = say("trend-what", what=capital(inert(what)), per=per)
    return say("trend-among", what=told, condition=condition(among)) if among else told


def _figure(value: Fraction, quantity: Quantity) -> str:
    """A fitted value to four figures: it is no count."""
    return format_value(Fraction(f"{float(value):.4g}"), quantity)
