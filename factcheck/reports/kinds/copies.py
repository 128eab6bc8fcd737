"""Texts that occur more than once: how many posts, in how large groups; never a text itself."""

from __future__ import annotations

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.reports.amounts import span
from factcheck.reports.locale import format_value, integer
from factcheck.reports.nouns import head, plural, things
from factcheck.reports.telling import estimate, plainly, unit
from factcheck.reports.words import say
from factcheck.verdicts.verdict import Verdict


def duplicates(verdict: Verdict, found: Measurement) -> list[str]:
    facts = found.facts
    if "same" not in facts or found.estimate is None:
        return plainly(verdict, found)
    k, noun = int(facts["k"]), unit(verdict)
    whole = things(int(facts["n"] if verdict.claim.missing == "false" else facts["known"]), noun)
    if found.bound_only:
        whole = say("the-collected", things=whole)
    every = found.estimate == 1 and k > 1
    shown = {"whole": whole, "k": "all" if every else integer(k) if k else "none", "have": "has" if k == 1 else "have"}
    told = []
    if facts["similar"] is None:
        told.append(say("copies-found", estimate=estimate(verdict, found), **shown))
    else:
        part = format_value(facts["similar"], Quantity.PROPORTION)
        told.append(say("copies-similar", part=part, estimate=estimate(verdict, found), **shown))
        told.append(say("copies-same", n=integer(facts['same'])))
    if facts["largest"]:
        largest = things(int(facts["largest"]), noun)
        several = facts["texts"] > 1
        told.append(say("copies-sizes" if several else "copies-size", texts=integer(facts['texts']), largest=largest))
    return [*told, *_unknown(verdict, found, head(noun))]


def _unknown(verdict: Verdict, found: Measurement, noun: str) -> list[str]:
    region = found.region
    if not found.missing or verdict.claim.missing != "bounds" or found.bound_only or not isinstance(region, Interval):
        return []
    told = span(region, found.quantity, verdict.claimed)
    named = noun if found.missing == 1 else plural(noun)
    return [say("copies-unknown", missing=integer(found.missing), things=named, region=told)]
