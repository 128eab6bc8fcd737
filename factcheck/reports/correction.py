"""A sentence that can be printed where a published verdict no longer holds: what was said, what is right, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from factcheck.claims.figures import Quantity
from factcheck.reports.amounts import claimed_text, members, moment
from factcheck.reports.changed_why import figure, unit, why
from factcheck.reports.counted import counts_no_rows
from factcheck.reports.locale import integer
from factcheck.reports.nouns import things
from factcheck.reports.telling import inert, kind
from factcheck.reports.words import outcome_words, say
from factcheck.verdicts.changes import Change
from factcheck.verdicts.verdict import Outcome, Verdict


def correction(change: Change, verdict: Verdict, day: date) -> str | None:
    """The correction of a verdict that is another since; None where the outcome is the same, or nothing is proven.

    Nor is there one of evidence that is made up, or of a claim that says something else now: what was said of it then
    was said of another. day: on which it is printed.
    """
    reasons = change.reasons
    proven = reasons is not None and bool(reasons.causes) and not reasons.open
    if not change.differs or change.before is None or not proven or verdict.outcome is Outcome.ERROR:
        return None
    if verdict.synthetic or _said_otherwise(change):
        return None
    told = [_figures(change.before, verdict), *why(change, verdict, printed=True), _outcome(change, verdict)]
    return say("correction", date=moment(day), sentence=" ".join(told))


def _said_otherwise(change: Change) -> bool:
    """Whether the claim has another sentence or figure, or other parts, than when its verdict was accepted."""
    assert change.reasons is not None
    return any(entry.key in ("statement", "claimed", "checks") for entry in change.reasons.claim)


def _figures(before: Mapping[str, Any], verdict: Verdict) -> str:
    """The figure behind the statement, with what it was; of shares with the counts."""
    from factcheck.reports.results import claim

    statement = inert(verdict.claim.statement).strip().rstrip(".")
    names = _names(before["estimate"], verdict), _names(claim(verdict)["estimate"], verdict)
    if all(names) and names[0] != names[1]:
        return say("correction-answer", statement=statement, was=names[0], now=names[1])
    was, now = figure(before.get("estimate"), verdict), figure(_estimate(verdict), verdict)
    if not was or not now or was == now or before.get("unit") != unit(verdict):
        return say("correction-same", statement=statement)
    now = _with_counts(now, _estimate(verdict), verdict.measurement.n if verdict.measurement else None, verdict)
    was = _with_counts(was, before.get("estimate"), before.get("n"), verdict, missing=before.get("missing"))
    return say("correction-figure", statement=statement, was=was, now=now)


def _estimate(verdict: Verdict) -> float | None:
    return float(verdict.estimate) if isinstance(verdict.estimate, Fraction) else None


def _names(estimate: Any, verdict: Verdict) -> str:
    """The names that are the answer, or its day; nothing for any other."""
    named = [estimate] if isinstance(estimate, str) else estimate
    if not named or not isinstance(named, list) or not all(isinstance(one, str) for one in named):
        return ""
    found = verdict.measurement
    return inert(moment(named[0]) if found and found.quantity is Quantity.DATE else members(tuple(named)))


def _with_counts(told: str, share: Any, n: Any, verdict: Verdict, missing: Any = None) -> str:
    """`22.3% (46 of 206 posts)`, where the share is a plain one of rows and all answers are known."""
    found = verdict.measurement
    plain = found is not None and found.quantity is Quantity.PROPORTION and kind(verdict) == "share"
    gaps = missing if missing is not None else (found.missing if found else 0)
    if not plain or gaps or verdict.checks or counts_no_rows(verdict) or not isinstance(n, int) or n == 0:
        return told
    whole = Fraction(str(share)) * n
    if found is None or found.sampled or abs(whole - round(whole)) > Fraction(1, 10**6):
        return told
    row = verdict.datasets[0].unit if verdict.datasets else None
    return say("correction-base", figure=told, k=integer(round(whole)), things=things(n, row))


def _outcome(change: Change, verdict: Verdict) -> str:
    assert change.was is not None  # the outcome is another
    was, date = outcome_words(change.was).word.lower(), moment(change.since.date())
    return say(f"correction-{verdict.outcome.value}", claimed=inert(claimed_text(verdict.claimed)), was=was, date=date)
