"""Groups, sides and extremes: ranks, sets, compositions, two figures held against one another."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from factcheck.claims.figures import Quantity
from factcheck.measures.measurement import Measurement
from factcheck.reports.amounts import members, moment, parts_text
from factcheck.reports.locale import format_value, integer
from factcheck.reports.telling import estimate, inert, kind, plainly, stop
from factcheck.reports.words import counted, say
from factcheck.verdicts.verdict import Verdict


def sides(verdict: Verdict, found: Measurement) -> list[str]:
    if not all(isinstance(found.facts.get(side), Fraction) for side in ("left", "right")):
        return plainly(verdict, found)
    shares = [quantity is Quantity.PROPORTION for quantity in found.facts.get("quantities", (None, None))]
    left, right = (
        format_value(found.facts[side], Quantity.PROPORTION if share else Quantity.NUMBER)
        for side, share in zip(("left", "right"), shares, strict=True)
    )
    return [say(f"{kind(verdict)}-found", left=left, right=right, estimate=estimate(verdict, found))]


def rank(verdict: Verdict, found: Measurement) -> list[str]:
    label, groups = inert(found.facts.get("label", "")), int(found.facts.get("groups", 0))
    named = f"{integer(groups)} {'group' if groups == 1 else 'groups'}"
    present = next((bar for bar in found.bars if bar.label == found.facts.get("label")), None)
    if present is None:
        return [say("rank-absent", label=label, groups=named)]
    quantity = Quantity.PROPORTION if "share" in ((verdict.claim.measure or {}).get("of") or {}) else Quantity.NUMBER
    rank, value = estimate(verdict, found), format_value(present.value, quantity)
    code = "rank-weight" if found.facts.get("weighted") else "rank-value"
    return [say(code, label=label, rank=rank, groups=named, value=value)]


def top(verdict: Verdict, found: Measurement) -> list[str]:
    if isinstance(found.estimate, tuple):
        size = len(found.estimate)
        return [say("top-many", size=counted(size), found=inert(members(found.estimate)))]
    return [say("top-one", found=estimate(verdict, found))]


def composition(verdict: Verdict, found: Measurement) -> list[str]:
    if not isinstance(found.estimate, Mapping):
        return plainly(verdict, found)
    return [say("composition-found", parts=inert(parts_text(found.estimate, found, verdict.claimed)))]


def extreme(verdict: Verdict, found: Measurement) -> list[str]:
    if found.quantity is not Quantity.DATE:
        return plainly(verdict, found)
    which = kind(verdict)
    name = inert((verdict.claim.measure or {}).get(which))
    return [say("date-earliest" if which == "min" else "date-latest", name=name, estimate=estimate(verdict, found))]


def per(verdict: Verdict, found: Measurement) -> list[str]:
    where = found.facts.get("where") or ()
    told = [stop(inert(str(place))) for place in where[:1]] if len(where) == 1 else []
    return [*plainly(verdict, found), *(say("reached-at", where=_place(place.rstrip("."))) for place in told)]


def _place(text: str) -> str:
    """A group, its day or hour in words: `a01, 2017-05-04` is a01, 4 May 2017."""
    names, comma, last = text.rpartition(", ")
    return f"{names}{comma}{moment(last)}"
