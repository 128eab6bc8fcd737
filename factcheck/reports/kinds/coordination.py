"""Coordination: "Of 35,125 tweets, 132 belong to pairs of accounts that …", and what chance alone would give."""

from __future__ import annotations

from fractions import Fraction

from factcheck.measures.measurement import Measurement
from factcheck.reports.locale import format_value, integer
from factcheck.reports.nouns import things
from factcheck.reports.telling import estimate, inert, plainly, speaks_for_rows, unit
from factcheck.reports.words import say
from factcheck.verdicts.verdict import Verdict


def coordination(verdict: Verdict, found: Measurement) -> list[str]:
    if found.estimate is None or "within" not in found.facts:
        known = found.missing == 0
        return plainly(verdict, found) if known else [say("none-known", things=things(found.missing, unit(verdict)))]
    told = say(_code(verdict, found), **_share(verdict, found), **_count(found), **_meeting(found))
    if speaks_for_rows(verdict) or found.bound_only:
        told = told[:1].lower() + told[1:]  # a sentence behind a colon
    if found.bound_only:
        told = say("rows-collected", sentence=told)
    return [told, *_chance(found)]


def _code(verdict: Verdict, found: Measurement) -> str:
    """The sentence for what is measured, where one meeting is enough and where it is not."""
    once = found.facts["at_least"] == 1
    what = (verdict.claim.measure or {}).get("coordination")
    if what == "share":
        return "coordination-share-once" if once else "coordination-share"
    if what == "accounts":
        return "coordination-accounts-once" if once else "coordination-accounts"
    return "coordination-pairs"


def _share(verdict: Verdict, found: Measurement) -> dict[str, str]:
    base = int(found.facts["n" if verdict.claim.missing == "false" else "known"])
    code = "of-known" if found.missing and verdict.claim.missing != "false" else "of-things"
    k = int(found.facts["k"])
    lie = "lies" if k == 1 else "lie"
    told = say(code, things=things(base, unit(verdict)))
    return {"base": told, "k": integer(k) if k else "none", "lie": lie, "estimate": estimate(verdict, found)}


def _count(found: Measurement) -> dict[str, str]:
    pairs, accounts = int(found.facts["pairs"] or 0), int(found.facts["accounts"])
    return {
        "are": "is" if pairs == 1 else "are",
        "pairs": f"{integer(pairs)} {'pair' if pairs == 1 else 'pairs'}",
        "accounts": f"{integer(accounts)} {'account' if accounts == 1 else 'accounts'}",
        "belongs": "belongs" if accounts == 1 else "belong",
    }


def _meeting(found: Measurement) -> dict[str, str]:
    """What makes two accounts a pair."""
    facts = found.facts
    terms = {"target": inert(facts["target"]), "within": inert(facts["within"])}
    code = "coordination-targets" if facts["counting"] == "targets" else "coordination-actions"
    often = say(code, times=integer(facts['at_least']))
    met = say("coordination-meeting", **terms)
    return {**terms, "often": often, "meeting": met if facts["at_least"] == 1 else f"{met}, {often}"}


def _chance(found: Measurement) -> list[str]:
    """What the draws gave, and how many of them came to as much as was found."""
    facts = found.facts
    if "chance" not in facts:
        return []
    median, low, high = (
        format_value(Fraction(facts[name]), found.quantity) for name in ("chance", "chance_low", "chance_high")
    )
    as_much = int(facts["chance_p"] * (facts["draws"] + 1)) - 1
    reached = integer(as_much) if as_much else "none"
    way = say("coordination-moved" if facts["at_least"] == 1 else "coordination-exchanged")
    told = {"way": way, "draws": integer(facts['draws']), "median": median, "reached": reached}
    if low == high:
        return [say("coordination-always", **told)]
    return [say("coordination-chance", low=low, high=high, **told)]
