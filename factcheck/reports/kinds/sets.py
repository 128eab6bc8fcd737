"""Sets that overlap: how large each is, how much they share, and what that is of the whole."""

from __future__ import annotations

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.reports.amounts import span
from factcheck.reports.locale import integer
from factcheck.reports.nouns import are
from factcheck.reports.telling import condition, estimate, inert, plainly
from factcheck.reports.words import counted, listed, say
from factcheck.verdicts.verdict import Verdict

_PAIR = 2


def overlap(verdict: Verdict, found: Measurement) -> list[str]:
    """Sizes first, since both shares follow from them; then the figure that was claimed."""
    facts = found.facts
    if "sizes" not in facts or found.estimate is None:
        return plainly(verdict, found)
    sizes, several = facts["sizes"], len(facts["sizes"]) > _PAIR
    shared = say("overlap-all" if several else "overlap-both", n=integer(facts['shared']), are=are(facts["shared"]))
    if several:
        number, name = counted(len(sizes), capital=True), inert(facts["name"])
        told = [say("overlap-many", sets=number, name=name, sizes=_range(sizes), shared=shared)]
    else:
        told = [_pair(found, shared)]
    if facts["as"] != "count":
        told.append(say(f"overlap-{facts['as']}".replace("_", "-"), estimate=estimate(verdict, found)))
    return [*told, *_unknown(verdict, found)]


def _range(sizes: tuple[int, ...]) -> str:
    """12, or 12 to 15."""
    least, most = min(sizes), max(sizes)
    return integer(least) if least == most else f"{integer(least)} to {integer(most)}"


def _pair(found: Measurement, shared: str) -> str:
    facts = found.facts
    parts = [
        say("overlap-set", n=integer(n), condition=condition(text))
        for n, text in zip(facts["sizes"], facts["sets"], strict=True)
    ]
    return say(
        "overlap-collected" if found.bound_only else "overlap-sizes",
        name=inert(facts["name"]),
        sets=listed(parts),
        shared=shared,
    )


def _unknown(verdict: Verdict, found: Measurement) -> list[str]:
    """How far members that may belong leave the figure."""
    region = found.region
    if not found.missing or verdict.claim.missing != "bounds" or found.bound_only or not isinstance(region, Interval):
        return []
    code = "overlap-unknown-count" if found.quantity is Quantity.COUNT else "overlap-unknown"
    return [say(code, missing=integer(found.missing), region=span(region, found.quantity, verdict.claimed))]
