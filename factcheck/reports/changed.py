"""What changed since earlier results, in sentences: at the claim, and of claims that are gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.reports.amounts import members, moment, parts_text, span, value_text
from factcheck.reports.changed_why import why
from factcheck.reports.correction import correction
from factcheck.reports.rating import rating_text
from factcheck.reports.run import Run
from factcheck.reports.telling import inert
from factcheck.reports.words import counted, listed, outcome_words, say
from factcheck.verdicts.changes import Change
from factcheck.verdicts.verdict import Outcome, Verdict

_WORDS = ("direction", "confidence", "rating")


def change_of(run: Run, verdict: Verdict) -> Change | None:
    """What changed about a claim; None where it is as it was, or nothing was compared."""
    return next((change for change in run.changed if change.id == verdict.id), None)


def told(change: Change, verdict: Verdict, day: date | None = None) -> str:
    """Refuted on 21 November 2026, now supported: estimate 7.1% → 9.2%. Then why, where that is known.

    day: of the correction that can be printed, with which a report tells why; None for none.
    """
    since = moment(change.since.date())
    if change.was is None or change.before is None:
        return say("changed-new", date=since)
    was, now = (outcome_words(one).word for one in (change.was, verdict.outcome))
    failed = verdict.error if verdict.outcome is Outcome.ERROR else None
    figures = _figures(change, change.before, verdict) if failed is None else [inert(failed).rstrip(".")]
    if change.differs:
        sentence = say("changed-verdict", was=was, date=since, now=now.lower())
    else:
        sentence = say("changed-figures", now=now.lower(), date=since)
    sentence = f"{sentence}: {'; '.join(figures)}." if figures else f"{sentence}."
    printed = None if day is None else correction(change, verdict, day)
    if change.reasons is not None:
        desk = printed is None or "claim" in {cause.factor for cause in change.reasons.causes}
        return " ".join([sentence, *(why(change, verdict) if desk else ()), *([printed] if printed else ())])
    return f"{sentence} {say('changed-claim')}" if change.because == "claim" else sentence


def told_each(changes: Sequence[Change], verdicts: Mapping[str, Verdict], day: date | None = None) -> list[str]:
    """What changed about each of several claims that are read one after the other: a reason is told in full once."""
    first: dict[str, str] = {}  # by reason, the claim at which it stands
    lines = []
    for change in changes:
        line, reason = told(change, verdicts[change.id], day), " ".join(why(change, verdicts[change.id]))
        if reason and line.endswith(f". {reason}") and first.setdefault(reason, change.id) != change.id:
            line = f"{line.removesuffix(reason)}{say('changed-same-reason', id=inert(first[reason]))}"
        lines.append(line)
    return lines


def gone(run: Run) -> tuple[str, ...]:
    """The claims that earlier results have and nobody claims any more."""
    return tuple(
        say("changed-gone", id=change.id, was=outcome_words(change.was).word.lower(), date=moment(change.since.date()))
        for change in run.changed
        if change.was is not None and change.now is None
    )


def flag(change: Change | None, verdict: Verdict) -> str | None:
    """That a check was approved and its verdict is now another; None where that is not so."""
    review = verdict.claim.review
    if change is None or not change.differs or review is None or review.status != "approved":
        return None
    by, on = (f" by {review.by}" if review.by else ""), (f" ({moment(review.day)})" if review.day else "")
    return say("approved-changed", by=by, on=on, date=moment(change.since.date()))


def banner(run: Run, verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    """Above all claims: which approved checks have another verdict than they had."""
    flagged = [one for one in verdicts if flag(change_of(run, one), one) is not None]
    if not flagged:
        return ()
    code = "approved-banner-one" if len(flagged) == 1 else "approved-banner"
    checks = counted(len(flagged), capital=True)
    return (say(code, checks=checks, names=listed([one.id for one in flagged])),)


def _figures(change: Change, before: Mapping[str, Any], verdict: Verdict) -> list[str]:
    """estimate 7.1% → 9.2%, confidence moderate → high, …"""
    pairs: dict[str, tuple[str, str]] = {
        key: (was, now)
        for key in _WORDS
        if key in change.differing and (was := before[key]) is not None and (now := _now(verdict, key)) is not None
    }
    found = verdict.measurement
    if found is not None and "unit" not in change.differing and before["estimate"] is not None:
        if "estimate" in change.differing:
            pairs = {"estimate": _estimates(before["estimate"], found, verdict), **pairs}
        elif {"low", "high"} & {*change.differing}:
            pairs = {"range": _ranges(before, found, verdict), **pairs}
    return [f"{say(f'changed-{key}')} {was} → {now}" for key, (was, now) in pairs.items()]


def _now(verdict: Verdict, key: str) -> str | None:
    """What a claim has now; made-up evidence has no rating in a report."""
    if key == "rating":
        return None if verdict.synthetic else rating_text(verdict)
    return verdict.finding.direction if key == "direction" else verdict.confidence


def _estimates(was: Any, found: Measurement, verdict: Verdict) -> tuple[str, str]:
    """Both estimates as they are printed; where that shows no difference, with as many digits as do."""
    shown = _value(was, found, verdict), value_text(found.estimate, found, verdict.claimed)
    if shown[0] != shown[1] or not isinstance(found.estimate, Fraction):
        return shown
    before, percent = Fraction(str(was)), found.quantity is Quantity.PROPORTION
    pairs = (tuple(_digits(one, digits, percent) for one in (before, found.estimate)) for digits in range(3, 16))
    first, last = next((pair for pair in pairs if pair[0] != pair[1]), shown)
    return first, last


def _digits(value: Fraction, digits: int, percent: bool) -> str:
    return f"{float(value * 100):.{digits}g}%" if percent else f"{float(value):.{digits}g}"


def _value(was: Any, found: Measurement, verdict: Verdict) -> str:
    """An estimate from JSON in words."""
    if isinstance(was, int | float):
        return value_text(Fraction(str(was)), found, verdict.claimed)
    if isinstance(was, list):
        return members(tuple(map(str, was)))
    if isinstance(was, dict):
        parts = {name: Fraction(str(part)) for name, part in was.items() if isinstance(part, int | float)}
        return parts_text(parts, found, verdict.claimed)
    return moment(str(was)) if found.quantity is Quantity.DATE else str(was)


def _ranges(before: Mapping[str, Any], found: Measurement, verdict: Verdict) -> tuple[str, str]:
    low, high = (None if before[key] is None else Fraction(str(before[key])) for key in ("low", "high"))
    now = found.region if isinstance(found.region, Interval) else Interval(None, None)
    was = Interval(low, high)
    first, last = (span(one, found.quantity, verdict.claimed, found.unit) for one in (was, now))
    if first != last:
        return first, last
    return _bare(was), _bare(now)


def _bare(region: Interval) -> str:
    return " to ".join("–" if end is None else f"{float(end):.12g}" for end in (region.low, region.high))


