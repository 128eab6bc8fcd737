"""Times: when something was first or last seen, silences, the hours of the day, events a day."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from factcheck.claims.figures import Quantity
from factcheck.measures.measurement import Measurement
from factcheck.reports.amounts import parts_text
from factcheck.reports.locale import format_value, integer
from factcheck.reports.nouns import things
from factcheck.reports.telling import condition, estimate, inert, kind, plainly, unit
from factcheck.reports.words import listed, say
from factcheck.verdicts.verdict import Verdict

_NEXT = 3  # silences that are told beside the longest


def moment(verdict: Verdict, found: Measurement) -> list[str]:
    """The earliest or latest time; with what the row satisfies."""
    measure = verdict.claim.measure or {}
    which, test = kind(verdict), measure.get("that")
    facts = {"name": inert(measure.get(which)), "estimate": estimate(verdict, found)}
    if test is None:
        return [say("date-earliest" if which == "first" else "date-latest", **facts)]
    code = "date-earliest-with" if which == "first" else "date-latest-with"
    return [say(code, condition=condition(test), **facts)]


def gap(verdict: Verdict, found: Measurement) -> list[str]:
    """How long the silence lasts, where it lies, and what the next longest ones are."""
    silences = found.facts.get("silences") or ()
    if not silences:
        return plainly(verdict, found)
    who, start, end, _ = silences[0]
    code = "gap-found-of" if who else "gap-found"
    facts = {"estimate": estimate(verdict, found), "start": start, "end": end, "who": inert(who)}
    others = [_silence(*one) for one in silences[1:_NEXT]]
    return [say(code, **facts), *([say("gap-next", others=listed(others))] if others else [])]


def _silence(who: str, start: str, end: str, length: Fraction) -> str:
    told = say("gap-other", length=format_value(length, Quantity.DURATION), start=start, end=end)
    return f"{told} ({inert(who)})" if who else told


def hours(verdict: Verdict, found: Measurement) -> list[str]:
    if not isinstance(found.estimate, Mapping):
        return plainly(verdict, found)
    parts = inert(parts_text(found.estimate, found, verdict.claimed))
    return [say("hours-found", zone=str(found.facts["zone"]), parts=parts)]


def rate(verdict: Verdict, found: Measurement) -> list[str]:
    facts = found.facts
    if "k" not in facts or found.estimate is None:
        return plainly(verdict, found)
    (a, b), (days_a, days_b) = facts["k"], facts["days"]
    counted = _counted(verdict)
    left, right = (format_value(facts[side], Quantity.NUMBER) for side in ("left", "right"))
    told = say(
        "rate-found",
        a=f"{integer(a)} {counted}" if counted else things(a, unit(verdict)),
        days_a=things(days_a, "day"),
        left=left,
        b=integer(b),
        days_b=things(days_b, "day"),
        right=right,
        estimate=estimate(verdict, found),
    )
    return [told]


def _counted(verdict: Verdict) -> str:
    """What is counted, where it is not rows."""
    what = str(((verdict.claim.measure or {}).get("rate") or {}).get("count", "rows"))
    name = inert(what.removeprefix("distinct "))
    return say("rate-values", name=name) if what.startswith("distinct ") else ""
