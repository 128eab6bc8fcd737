"""Two columns that go together or do not, by every method where they differ."""

from __future__ import annotations

from fractions import Fraction

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.reports.amounts import span
from factcheck.reports.locale import format_value, integer
from factcheck.reports.nouns import things
from factcheck.reports.telling import estimate, inert, plainly, unit
from factcheck.reports.words import listed, say
from factcheck.verdicts.verdict import Verdict

_HARDLY = Fraction(1, 10)
_APART = Fraction(3, 20)  # methods that differ by more than this are told at once
_LIKE = ("spearman", "pearson")  # Kendall's is smaller by its making


def correlation(verdict: Verdict, found: Measurement) -> list[str]:
    facts, value = found.facts, found.estimate
    if "names" not in facts or not isinstance(value, Fraction):
        return plainly(verdict, found)
    x, y = (inert(name) for name in facts["names"])
    rows = things(int(facts["n"]), unit(verdict))
    name = say(f"correlation-{facts['method']}")
    told = [say("correlation-found", rows=rows, name=name, x=x, y=y, estimate=estimate(verdict, found))]
    way = "hardly" if abs(value) < _HARDLY else "up" if value > 0 else "down"
    told.append(say(f"correlation-{way}", x=x, y=y))
    others = _apart(found, value)
    if others:
        told.append(say("correlation-others", others=listed(others)))
    return [*told, *_unknown(verdict, found)]


def _unknown(verdict: Verdict, found: Measurement) -> list[str]:
    """What rows without one of the values leave open."""
    region = found.region
    if not found.missing or verdict.claim.missing != "bounds" or found.bound_only or not isinstance(region, Interval):
        return []
    if found.sampled:
        return [say("correlation-missing", missing=integer(found.missing))]
    told = span(region, found.quantity, verdict.claimed)
    return [say("correlation-unknown", missing=integer(found.missing), region=told)]


def _apart(found: Measurement, value: Fraction) -> list[str]:
    """What a method of the same scale gives, where it says something else."""
    if found.facts["method"] not in _LIKE:
        return []
    pairs = [pair for one in found.definitions if one.key == "method" for pair in one.others]
    return [
        say("correlation-other", name=say(f"correlation-{name}"), value=format_value(other, Quantity.CORRELATION))
        for name, other in pairs
        if name in _LIKE and isinstance(other, Fraction) and abs(other - value) > _APART
    ]
