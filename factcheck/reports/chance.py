"""Many claims: how many verdicts of a report may be wrong by chance alone."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from factcheck.claims.figures import Quantity
from factcheck.reports.locale import format_value, integer
from factcheck.reports.words import say
from factcheck.verdicts.combine import carrying
from factcheck.verdicts.verdict import Outcome, Verdict


def chance_words(verdicts: Sequence[Verdict]) -> str | None:
    """With m conclusive sampled verdicts at 95 %, about 0.025·m may be wrong by chance; None for fewer than two.

    Each counts by its own level, so that a report of different levels adds up: Σ(1 − level)/2.
    """
    errors = [error for verdict in verdicts if verdict.outcome.conclusive and (error := _error(verdict))]
    if len(errors) < 2:
        return None
    return say("by-chance", n=integer(len(errors)), wrong=_rounded(sum(errors, Fraction(0))))


def _error(verdict: Verdict) -> Fraction:
    """The chance that an end of the interval lies on the wrong side of the truth; 0 where nothing was left to chance.

    Of several pieces of evidence the one that carries the verdict by itself counts with its own; where one of many is
    enough the errors of all add up, which the level of each allows for; where several agree, each would have to err,
    and the largest is an upper bound.
    """
    if not verdict.checks:
        drawn = verdict.measurement is not None and verdict.measurement.sampled
        return (1 - verdict.claim.level) / 2 if drawn else Fraction(0)
    errors = [_error(check) for check in carrying(verdict.checks, verdict.claim.combine, verdict.outcome)]
    if verdict.claim.combine == "any" and verdict.outcome is not Outcome.REFUTED and max(errors):
        return sum(map(_error, verdict.checks), Fraction(0))
    return max(errors)


def _rounded(expected: Fraction) -> str:
    """Two significant figures below ten, whole numbers from there on."""
    shown = Fraction(f"{float(expected):.2g}") if expected < 10 else Fraction(round(expected))
    return format_value(shown, Quantity.NUMBER)
