"""What was found, in sentences: "Of 381 paintings, 27 satisfy `BEACH = 1`: 7.1%. The claim is 9%."."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from factcheck.claims.figures import NumberClaim, Quantity, format_value
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.reports.amounts import (
    NOTHING,
    claimed_text,
    found_text,
    members,
    number,
    parts_text,
    room,
    span,
    told_ends,
    value_text,
)
from factcheck.reports.headline import checks_told
from factcheck.reports.nouns import are, satisfies, things
from factcheck.reports.open import times_above, why_open
from factcheck.reports.words import capital, counted, listed, say
from factcheck.verdicts.notes import sentence
from factcheck.verdicts.verdict import Outcome, Verdict

_LONG = 120  # a longer condition stands in the details only
_FEW = 3  # pieces of evidence whose figures go into a sentence


def found_sentences(verdict: Verdict) -> tuple[str, ...]:
    """What a reader is told behind the verdict; text between backticks is code."""
    if verdict.outcome is Outcome.ERROR:
        return (say("error-verdict", error=stop(inert(verdict.error or ""))), say("error-meaning"))
    if verdict.outcome is Outcome.UNVERIFIABLE:
        reason = (stop(sentence(verdict.reason)),) if verdict.reason is not None else ()
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
    figures = [inert(found_text(check)) for check in verdict.checks]
    if len(figures) > _FEW or NOTHING in figures or any("; " in figure for figure in figures):
        return ""
    return say("checks-figures", found="; ".join(dict.fromkeys(figures)))


def measured(verdict: Verdict, found: Measurement) -> list[str]:
    """The sentences about the figure itself."""
    told = _KINDS.get(kind(verdict), _plain)(verdict, found)
    if _speaks_for_rows(verdict) and kind(verdict) != "share":
        told[0] = say("rows-collected", sentence=_continued(told[0]))
    return told


def _continued(told: str) -> str:
    """A sentence behind a colon: its own first word in small letters, but not a name that it begins with."""
    if told.startswith(("There ", "The ", "None ")):
        return told[:1].lower() + told[1:]
    return told.removeprefix(say("composition-found", parts="").rstrip("."))


def kind(verdict: Verdict) -> str:
    """The key that names the statistic in the claim's measure."""
    return next(iter(verdict.claim.measure or {"": None}))


def inert(text: object) -> str:
    """Text that stands in a sentence or in code: its own backticks must not pair with ours."""
    return str(text).replace("`", "'")


def stop(text: str) -> str:
    """With a full stop where the sentence has no end of its own."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def condition(text: object) -> str:
    told = inert(text)
    return f"`{told}`" if len(told) <= _LONG else say("the-condition")


def _speaks_for_rows(verdict: Verdict) -> bool:
    """Whether the claim is about rows of which there are others."""
    return verdict.claim.about == "rows" and any(d.completeness != "complete" for d in verdict.datasets)


def unit(verdict: Verdict) -> str | None:
    """What a row of the claim's dataset is."""
    return verdict.datasets[0].unit if verdict.datasets else None


def _claim(verdict: Verdict) -> str:
    if verdict.claimed is None:
        return ""
    text = inert(claimed_text(verdict.claimed)).rstrip(".")
    if not isinstance(verdict.claimed, NumberClaim) or verdict.claimed.quantity is Quantity.RANK:
        return say("claim-reads", claimed=text)
    times = times_above(verdict)
    return say("claim-times", claimed=text, times=times) if times else say("claim-is", claimed=text)


def _estimate(verdict: Verdict, found: Measurement) -> str:
    return inert(value_text(found.estimate, found, verdict.claimed))


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
        missing = _tells_missing(verdict, found) and verdict.claim.missing == "bounds"
        cause = "process" if verdict.claim.about == "process" else "sampled-missing" if missing else "sampled"
        return say(f"region-{cause}", region=told, level=format_value(verdict.claim.level, Quantity.PROPORTION))
    if found.bounded_by_query:
        return say("region-own", region=told)
    if found.quantity is Quantity.RANK:
        return say("region-rank", region=told)
    if _tells_missing(verdict, found):
        return ""
    return say("region-missing", region=span(region, found.quantity, verdict.claimed, found.unit))


def _tells_missing(verdict: Verdict, found: Measurement) -> bool:
    return found.missing > 0 and kind(verdict) in ("share", "count") and "of_sum" not in found.facts


def _share(verdict: Verdict, found: Measurement) -> list[str]:
    facts, measure = found.facts, verdict.claim.measure or {}
    if found.estimate is None and found.missing:
        return [say("none-known", things=things(found.missing, unit(verdict)))]
    if found.estimate is None or "k" not in facts or "of_sum" in facts:
        return _share_of_sum(verdict, found) if "of_sum" in facts else _plain(verdict, found)
    whole, k = _whole(verdict, facts), int(facts["k"])
    base = _base(verdict, found, whole, measure)
    estimate = _estimate(verdict, found)
    test = condition(measure.get("share"))
    told = say("share-found", base=base, k=_k(k, whole), satisfy=satisfies(k), condition=test, estimate=estimate)
    return [told, *_unknown(verdict, found, "share-unknown")]


def _unknown(verdict: Verdict, found: Measurement, code: str) -> list[str]:
    """How far the rows without a known answer leave the figure."""
    if not found.missing or verdict.claim.missing != "bounds" or found.bound_only:
        return []
    if found.sampled:
        return [say("answer-unknown", missing=f"{found.missing:,}")]
    if not isinstance(found.region, Interval):
        return []
    return [say(code, missing=f"{found.missing:,}", region=span(found.region, found.quantity, verdict.claimed))]


def _whole(verdict: Verdict, facts: Mapping[str, Any]) -> int:
    """The rows that the estimate is taken over: those whose answer is known, unless unknown counts as no."""
    return int(facts["n"] if verdict.claim.missing == "false" else facts.get("known", facts["n"]))


def _k(k: int, whole: int) -> str:
    return "none" if k == 0 else "all" if k == whole and k > 1 else f"{k:,}"


def _base(verdict: Verdict, found: Measurement, whole: int, measure: Mapping[str, Any]) -> str:
    of = str(measure.get("of", "rows"))
    if of.startswith("distinct "):
        named = f"{whole:,} different values of {condition(of.removeprefix('distinct '))}"
    else:
        named = things(whole, unit(verdict))
    named = _restricted(named, verdict.claim.where, measure.get("among"))
    if found.missing and verdict.claim.missing != "false":
        return say("of-known", things=named)
    return say("of-collected" if _speaks_for_rows(verdict) else "of-things", things=named)


def _restricted(named: str, *conditions: object) -> str:
    """Rows with the conditions that they meet; long ones stand in the details only."""
    told = [condition(one) for one in conditions if one is not None and len(str(one)) <= _LONG]
    return f"{named} where {listed(told)}" if told else named


def _share_of_sum(verdict: Verdict, found: Measurement) -> list[str]:
    k, n = (format_value(Fraction(found.facts[key]), Quantity.NUMBER) for key in ("k", "n"))
    test = condition((verdict.claim.measure or {}).get("share"))
    name = inert(found.facts["of_sum"])
    return [say("sum-share-found", n=n, name=name, k=k, condition=test, estimate=_estimate(verdict, found))]


def _count(verdict: Verdict, found: Measurement) -> list[str]:
    measure = verdict.claim.measure or {}
    what, test = str(measure.get("count")), measure.get("that", measure.get("among"))
    test = verdict.claim.where if test is None else test
    k = int(found.facts.get("k", 0))
    if what == "columns":
        return [say("count-columns", n=f"{k:,}", columns="column" if k == 1 else "columns")]
    if found.sampled:
        return [say("scaled-found", k=things(k, unit(verdict)), estimate=_estimate(verdict, found))]
    shown = number(Fraction(k), Quantity.COUNT, verdict.claimed)
    named, tested = things(k, unit(verdict), figure=shown), test is not None
    if what.startswith("distinct "):
        code, facts = "count-distinct", {"n": shown, "values": "value" if k == 1 else "values", "are": are(k)}
        facts["name"] = inert(what.removeprefix("distinct "))
    elif found.bound_only:
        code, facts = "bound-count", {"things": named}
    else:
        code, facts = "count" if tested else "count-found", {"things": named, "are": are(k), "satisfy": satisfies(k)}
    told = say(f"{code}-with" if tested else code, **facts, **({"condition": condition(test)} if tested else {}))
    return [told, *_unknown(verdict, found, "count-unknown")]


def _sides(verdict: Verdict, found: Measurement) -> list[str]:
    measure = verdict.claim.measure or {}
    keys = ("ratio", "to") if kind(verdict) == "ratio" else ("difference", "minus")
    if not all(isinstance(found.facts.get(side), Fraction) for side in ("left", "right")):
        return _plain(verdict, found)
    left, right = (
        format_value(found.facts[side], Quantity.PROPORTION if "share" in (measure.get(key) or {}) else Quantity.NUMBER)
        for side, key in zip(("left", "right"), keys, strict=True)
    )
    return [say(f"{kind(verdict)}-found", left=left, right=right, estimate=_estimate(verdict, found))]


def _rank(verdict: Verdict, found: Measurement) -> list[str]:
    label, groups = inert(found.facts.get("label", "")), int(found.facts.get("groups", 0))
    named = f"{groups:,} {'group' if groups == 1 else 'groups'}"
    present = next((bar for bar in found.bars if bar.label == found.facts.get("label")), None)
    if present is None:
        return [say("rank-absent", label=label, groups=named)]
    quantity = Quantity.PROPORTION if "share" in ((verdict.claim.measure or {}).get("of") or {}) else Quantity.NUMBER
    rank, value = _estimate(verdict, found), format_value(present.value, quantity)
    return [say("rank-value", label=label, rank=rank, groups=named, value=value)]


def _top(verdict: Verdict, found: Measurement) -> list[str]:
    if isinstance(found.estimate, tuple):
        size = len(found.estimate)
        return [say("top-many", size=counted(size), found=inert(members(found.estimate)))]
    return [say("top-one", found=_estimate(verdict, found))]


def _composition(verdict: Verdict, found: Measurement) -> list[str]:
    if not isinstance(found.estimate, Mapping):
        return _plain(verdict, found)
    return [say("composition-found", parts=inert(parts_text(found.estimate, found, verdict.claimed)))]


def _extreme(verdict: Verdict, found: Measurement) -> list[str]:
    if found.quantity is not Quantity.DATE:
        return _plain(verdict, found)
    which = kind(verdict)
    name = inert((verdict.claim.measure or {}).get(which))
    return [say("date-earliest" if which == "min" else "date-latest", name=name, estimate=_estimate(verdict, found))]


def _per(verdict: Verdict, found: Measurement) -> list[str]:
    where = found.facts.get("where") or ()
    told = [stop(inert(str(place))) for place in where[:1]] if len(where) == 1 else []
    return [*_plain(verdict, found), *(say("reached-at", where=place.rstrip(".")) for place in told)]


def _plain(verdict: Verdict, found: Measurement) -> list[str]:
    words = capital(inert(verdict.words or "the figure"))
    if found.bound_only and isinstance(found.estimate, Fraction):
        return [say("bound-other", words=words[:1].lower() + words[1:], estimate=_estimate(verdict, found))]
    if isinstance(found.estimate, tuple):
        return [say("set-found", words=words, found=inert(members(found.estimate)))]
    return [say("is-found", words=words, estimate=stop(_estimate(verdict, found)).rstrip("."))]


_KINDS = {
    "share": _share,
    "count": _count,
    "ratio": _sides,
    "difference": _sides,
    "rank": _rank,
    "top": _top,
    "composition": _composition,
    "min": _extreme,
    "max": _extreme,
    "per": _per,
}
