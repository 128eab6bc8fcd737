"""Shares and counts: "Of 381 paintings, 27 satisfy `BEACH = 1`: 7.1%."."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.reports.amounts import number, span
from factcheck.reports.locale import format_value, integer
from factcheck.reports.nouns import are, head, satisfies, things
from factcheck.reports.telling import LONG, condition, estimate, inert, plainly, speaks_for_rows, unit, weight_of
from factcheck.reports.words import capital, listed, say
from factcheck.verdicts.verdict import Verdict


def share(verdict: Verdict, found: Measurement) -> list[str]:
    facts, measure = found.facts, verdict.claim.measure or {}
    if found.estimate is None and found.missing:
        return [say("none-known", things=things(found.missing, unit(verdict)))]
    if found.estimate is None or "k" not in facts or "of_sum" in facts:
        return _share_of_sum(verdict, found) if "of_sum" in facts else plainly(verdict, found)
    whole, k = _whole(verdict, facts), int(facts["k"])
    base = _base(verdict, found, whole, measure)
    figure = estimate(verdict, found)
    test = condition(measure.get("share"))
    parts = {"base": base, "k": _k(k, whole), "satisfy": satisfies(k), "condition": test, "estimate": figure}
    weight = weight_of(found)
    if weight is None or not whole:
        told = say("share-found", **parts)
    else:
        plain = number(Fraction(k, whole), found.quantity)
        told = say("share-found-weighted", **parts, plain=plain, weight=inert(weight))
    return [told, *_unknown(verdict, found, "share-unknown")]


def _unknown(verdict: Verdict, found: Measurement, code: str) -> list[str]:
    """How far the rows without a known answer leave the figure."""
    if not found.missing or verdict.claim.missing != "bounds" or found.bound_only:
        return []
    if found.sampled:
        return [say("answer-unknown", missing=integer(found.missing))]
    if not isinstance(found.region, Interval):
        return []
    return [say(code, missing=integer(found.missing), region=span(found.region, found.quantity, verdict.claimed))]


def _whole(verdict: Verdict, facts: Mapping[str, Any]) -> int:
    """The rows that the estimate is taken over: those whose answer is known, unless unknown counts as no."""
    return int(facts["n"] if verdict.claim.missing == "false" else facts.get("known", facts["n"]))


def _k(k: int, whole: int) -> str:
    return "none" if k == 0 else "all" if k == whole and k > 1 else integer(k)


def _base(verdict: Verdict, found: Measurement, whole: int, measure: Mapping[str, Any]) -> str:
    of = str(measure.get("of", "rows"))
    if of.startswith("distinct "):
        named = f"{integer(whole)} different values of {condition(of.removeprefix('distinct '))}"
    else:
        named = things(whole, unit(verdict))
    named = _restricted(named, verdict.claim.where, measure.get("among"))
    if found.missing and verdict.claim.missing != "false":
        parts = " of " in head(unit(verdict))  # hundredths of the mentions are no things that have an answer
        all_parts = things(found.n, unit(verdict))
        return say("of-known-parts", things=all_parts, known=integer(whole)) if parts else say("of-known", things=named)
    return say("of-collected" if speaks_for_rows(verdict) else "of-things", things=named)


def _restricted(named: str, *conditions: object) -> str:
    """Rows with the conditions that they meet; long ones stand in the details only."""
    told = [condition(one) for one in conditions if one is not None and len(str(one)) <= LONG]
    return f"{named} where {listed(told)}" if told else named


def _share_of_sum(verdict: Verdict, found: Measurement) -> list[str]:
    k, n = (format_value(Fraction(found.facts[key]), Quantity.NUMBER) for key in ("k", "n"))
    test = condition((verdict.claim.measure or {}).get("share"))
    parts = {"n": n, "name": inert(found.facts["of_sum"]), "k": k, "condition": test}
    weight, figure = weight_of(found), estimate(verdict, found)
    if weight is None:
        return [say("sum-share-found", **parts, estimate=figure)]
    return [say("sum-share-found-weighted", **parts, estimate=figure, weight=inert(weight))]


def count(verdict: Verdict, found: Measurement) -> list[str]:
    measure = verdict.claim.measure or {}
    what, test = str(measure.get("count")), measure.get("that", measure.get("among"))
    test = verdict.claim.where if test is None else test
    k = int(found.facts.get("k", 0))
    if what == "columns":
        return [say("count-columns", n=integer(k), columns="column" if k == 1 else "columns")]
    # All that a process brought forth stands for itself.
    if found.sampled and (found.estimate != k or verdict.claim.about != "process"):
        return [say("scaled-found", k=things(k, unit(verdict)), estimate=estimate(verdict, found))]
    shown = number(Fraction(k), Quantity.COUNT, verdict.claimed) if k else "no"
    named, tested = things(k, unit(verdict), figure=shown), test is not None
    if what.startswith("distinct "):
        code, facts = "count-distinct", {"n": shown, "values": "value" if k == 1 else "values", "are": are(k)}
        facts["name"] = inert(what.removeprefix("distinct "))
    elif found.bound_only:
        code, facts = "bound-count", {"things": named}
    else:
        code, facts = "count" if tested else "count-found", {"things": named, "are": are(k), "satisfy": satisfies(k)}
    told = say(f"{code}-with" if tested else code, **facts, **({"condition": condition(test)} if tested else {}))
    return [capital(told), *_unknown(verdict, found, "count-unknown")]
