"""What was found, in sentences: "Of 381 paintings, 27 satisfy `BEACH = 1`: 7.1%. The claim is 9%."."""

from __future__ import annotations

from factcheck.claims.figures import NumberClaim, Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.reports.amounts import (
    NOTHING,
    claimed_text,
    found_text,
    room,
    span,
    told_ends,
)
from factcheck.reports.headline import checks_told
from factcheck.reports.kinds import KINDS
from factcheck.reports.locale import format_value
from factcheck.reports.nouns import things
from factcheck.reports.open import times_above, why_open
from factcheck.reports.params import filled
from factcheck.reports.telling import inert, kind, plainly, speaks_for_rows, stop, unit
from factcheck.reports.words import counted, noted, say
from factcheck.verdicts.verdict import Outcome, Verdict

_FEW = 3  # pieces of evidence whose figures go into a sentence
TOLD_WITH_MISSING = ("share", "count", "overlap", "duplicates", "correlation")  # they tell what missing answers leave


def found_sentences(verdict: Verdict) -> tuple[str, ...]:
    """What a reader is told behind the verdict; text between backticks is code."""
    return tuple(filled(list(_sentences(verdict)), verdict))


def _sentences(verdict: Verdict) -> tuple[str, ...]:
    if verdict.outcome is Outcome.ERROR:
        return (say("error-verdict", error=stop(inert(verdict.error or ""))), say("error-meaning"))
    if verdict.outcome is Outcome.UNVERIFIABLE:
        reason = (stop(noted(verdict.reason)),) if verdict.reason is not None else ()
        return (*reason, say("not-a-verdict"))
    if verdict.checks:
        pieces = f"{counted(len(verdict.checks), capital=True)} pieces of evidence"
        told = say("checks-found", checks=pieces, found=checks_told(verdict))
        return tuple(filter(None, (told, _figures(verdict), _claim(verdict), *why_open(verdict))))
    if verdict.measurement is None:
        return ()
    figure, room = measured(verdict, verdict.measurement), _room(verdict, verdict.measurement)
    if verdict.outcome is Outcome.INCONCLUSIVE:  # the room explains why, and stands beside the reason
        return tuple(filter(None, (*figure, _claim(verdict), room, *why_open(verdict))))
    return tuple(filter(None, (*figure, room, _claim(verdict))))


def _figures(verdict: Verdict) -> str:
    """What a few pieces of evidence found, where they found anything."""
    if all(check.estimate is None and check.measurement and check.measurement.missing for check in verdict.checks):
        return say("checks-unknown", which="neither" if len(verdict.checks) == 2 else "none")
    figures = [inert(found_text(check)) for check in verdict.checks]
    if len(figures) > _FEW or NOTHING in figures or any("; " in figure for figure in figures):
        return ""
    return say("checks-figures", found="; ".join(dict.fromkeys(figures)))


def measured(verdict: Verdict, found: Measurement) -> list[str]:
    """The sentences about the figure itself."""
    told = KINDS.get(kind(verdict), plainly)(verdict, found)
    if speaks_for_rows(verdict) and kind(verdict) != "share":
        told[0] = say("rows-collected", sentence=_continued(told[0]))
    return told


def _continued(told: str) -> str:
    """A sentence behind a colon: its own first word in small letters, but not a name that it begins with."""
    if told.startswith(("There ", "The ", "None ", "No ", "Of ", "Over ")):
        return told[:1].lower() + told[1:]
    return told.removeprefix(say("composition-found", parts="").rstrip("."))


def _claim(verdict: Verdict) -> str:
    if verdict.claimed is None:
        return ""
    text = inert(claimed_text(verdict.claimed)).rstrip(".")
    if not isinstance(verdict.claimed, NumberClaim) or verdict.claimed.quantity is Quantity.RANK:
        return say("claim-reads", claimed=text)
    text = text if any(letter.isdigit() for letter in text) else f'"{text}"'  # the claim is "most", it is 9%
    times = times_above(verdict)
    return say("claim-times", claimed=text, times=times) if times else say("claim-is", claimed=text)


def _room(verdict: Verdict, found: Measurement) -> str:
    """How far the true figure may lie from the one found."""
    region = found.region
    if not isinstance(region, Interval) or region.is_point or found.bound_only or found.quantity is Quantity.DATE:
        return ""
    if told_ends(region, found.quantity) == (None, None):
        boundless = found.missing and found.quantity is Quantity.NUMBER and not found.sampled
        return say("region-missing-open", things=things(found.missing, unit(verdict))) if boundless else ""
    told = room(region, found.quantity, verdict.claimed, found.unit)
    if found.sampled:
        missing = found.missing > 0 and verdict.claim.missing == "bounds" and "of_sum" not in found.facts
        cause = "process" if verdict.claim.about == "process" else "sampled-missing" if missing else "sampled"
        return say(f"region-{cause}", region=told, level=format_value(verdict.claim.level, Quantity.PROPORTION))
    if found.bounded_by_query:
        return say("region-own", region=told)
    if found.method == "seeded-searches":
        return say("region-searches", region=told)
    if found.quantity is Quantity.RANK:
        return say("region-rank", region=told)
    if _tells_missing(verdict, found):
        return ""
    cause = "few" if found.method == "few-points" and not found.missing else "missing"
    return say(f"region-{cause}", region=span(region, found.quantity, verdict.claimed, found.unit))


def _tells_missing(verdict: Verdict, found: Measurement) -> bool:
    return found.missing > 0 and kind(verdict) in TOLD_WITH_MISSING and "of_sum" not in found.facts
