"""Trees of reshares: "Of 8 reshares, 2 were reshared themselves: 25%."."""

from __future__ import annotations

from fractions import Fraction

from factcheck.measures.measurement import Measurement
from factcheck.reports.locale import integer
from factcheck.reports.nouns import are, things
from factcheck.reports.telling import condition, estimate, inert, plainly
from factcheck.reports.words import say
from factcheck.verdicts.verdict import Verdict


def cascade(verdict: Verdict, found: Measurement) -> list[str]:
    measure = verdict.claim.measure or {}
    if found.bound_only or not isinstance(found.estimate, Fraction):
        return plainly(verdict, found)
    n, figure = int(found.estimate), measure.get("cascade")
    if figure == "secondary_share":
        return [_secondary(verdict, found)]
    if figure == "depth":
        return [say("cascade-depth", steps=things(n, "step"), reshares=_reshares(verdict, found, "reshares"))]
    named = _reshares(verdict, found, things(n, "reshare"))
    code = "cascade-size" if found.facts.get("root") else "cascade-largest"
    return [say(code, reshares=named, **({"are": are(n)} if code == "cascade-size" else {}))]


def _reshares(verdict: Verdict, found: Measurement, noun: str) -> str:
    """4 reshares of the post `p` where `language = 'en'`."""
    root, among = found.facts.get("root"), (verdict.claim.measure or {}).get("among")
    parts = [noun]
    parts += [say("reshares-of", root=inert(root))] if root else []
    parts += [say("reshares-where", condition=condition(among))] if among else []
    return " ".join(parts)


def _secondary(verdict: Verdict, found: Measurement) -> str:
    whole, k = int(found.facts["n" if verdict.claim.missing == "false" else "known"]), int(found.facts["k"])
    named = "none was" if k == 0 else "all were" if k == whole > 1 else f"{integer(k)} {'was' if k == 1 else 'were'}"
    reshares = _reshares(verdict, found, things(whole, "reshare"))
    return say("secondary-share", reshares=reshares, k=named, estimate=estimate(verdict, found))
