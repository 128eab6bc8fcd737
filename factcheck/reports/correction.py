"""A sentence that can be printed where a published verdict no longer holds: what was said, what is right, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from factcheck.claims.figures import Quantity
from factcheck.reports.amounts import claimed_text, moment
from factcheck.reports.changed_why import figure, why
from factcheck.reports.counted import counts_no_rows
from factcheck.reports.locale import integer
from factcheck.reports.nouns import things
from factcheck.reports.telling import inert, kind
from factcheck.reports.words import outcome_words, say
from factcheck.verdicts.changes import Change
from factcheck.verdicts.verdict import Outcome, Verdict


def correction(change: Change, verdict: Verdict, day: date) -> str | None:
    """The correction of a verdict that is another since; None where the outcome is the same, or nothing is proven.

    day: on which it is printed.
    """
    reasons = change.reasons
    proven = reasons is not None and bool(reasons.causes) and not reasons.open
    if not change.differs or change.before is None or not proven or verdict.outcome is Outcome.ERROR:
        return None
    told = [_figures(change.before, verdict), *why(change, verdict), _outcome(change, verdict)]
    return say("correction", date=moment(day), sentence=" ".join(told))


def _figures(before: Mapping[str, Any], verdict: Verdict) -> str:
    """The figure behind the statement, with what it was; of shares with the counts."""
    statement = inert(verdict.claim.statement).strip().rstrip(".")
    was, now = figure(before.get("estimate"), verdict), figure(_estimate(verdict), verdict)
    if not was or not now or was == now or before.get("unit") != _unit(verdict):
        return say("correction-same", statement=statement)
    now = _with_counts(now, _estimate(verdict), verdict.measurement.n if verdict.measurement else None, verdict)
    was = _with_counts(was, before.get("estimate"), before.get("n"), verdict, missing=before.get("missing"))
    return say("correction-figure", statement=statement, was=was, now=now)


def _estimate(verdict: Verdict) -> float | None:
    return float(verdict.estimate) if isinstance(verdict.estimate, Fraction) else None


def _unit(verdict: Verdict) -> str | None:
    from factcheck.reports.results import claim

    unit: str | None = claim(verdict)["unit"]
    return unit


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
    unit = verdict.datasets[0].unit if verdict.datasets else None
    return say("correction-base", figure=told, k=integer(round(whole)), things=things(n, unit))


def _outcome(change: Change, verdict: Verdict) -> str:
    assert change.was is not None  # the outcome is another
    was, date = outcome_words(change.was).word.lower(), moment(change.since.date())
    return say(f"correction-{verdict.outcome.value}", claimed=inert(claimed_text(verdict.claimed)), was=was, date=date)
