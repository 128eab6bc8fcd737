"""What would settle a claim that the evidence leaves open, or make one checkable that it cannot speak to."""

from __future__ import annotations

from fractions import Fraction

from factcheck.claims.figures import NumberClaim, Quantity
from factcheck.measures.measurement import Measurement
from factcheck.reports.counted import members_text
from factcheck.reports.locale import integer
from factcheck.reports.needed import Target, answered, answers, rounded_up, rows, target
from factcheck.reports.nouns import head, plural, things
from factcheck.reports.open import lacks_known_part, of_sample
from factcheck.reports.words import say, sentences
from factcheck.verdicts.choices import factor, value_words
from factcheck.verdicts.variants import all_combinations, influences
from factcheck.verdicts.verdict import Outcome, Verdict

_MORE = {False: "settle-sample", True: "settle-longer"}
_BOUND = {Quantity.COUNT: "settle-count", Quantity.NUMBER: "settle-count", Quantity.PROPORTION: "settle-share"}


def settling(verdict: Verdict) -> tuple[str, ...]:
    """What would have to be found out, most telling first."""
    if verdict.outcome is Outcome.ERROR:
        return (say("settle-error"),)
    if verdict.outcome is Outcome.UNVERIFIABLE:
        return _reason(verdict)
    if verdict.outcome is not Outcome.INCONCLUSIVE:
        return (_choice(verdict),) if _depends(verdict) else ()
    if verdict.checks:
        return _of_checks(verdict)
    return _open(verdict, verdict.measurement) if verdict.measurement is not None else ()


def _depends(verdict: Verdict) -> bool:
    return any(one.outcome is not verdict.outcome and one.outcome.conclusive for one in verdict.variants)


def _choice(verdict: Verdict) -> str:
    """Which choice has to be known, above all."""
    ranked = influences(all_combinations(verdict, verdict.variants))
    names = [one.name for one in ranked] or list(verdict.variants[0].params)
    return say("settle-variant" if len(names) == 1 else "settle-variants", factor=factor(names[0]))


def _reason(verdict: Verdict) -> tuple[str, ...]:
    if verdict.reason is None or f"settle-{verdict.reason.code}" not in sentences():
        return ()
    return (say(f"settle-{verdict.reason.code}", **{"least": "", **verdict.reason.facts}),)


def _of_checks(verdict: Verdict) -> tuple[str, ...]:
    conclusive = {check.outcome for check in verdict.checks if check.outcome.conclusive}
    if len(conclusive) > 1:
        return (say("settle-checks"),)
    told = [sentence for check in verdict.checks for sentence in settling(check)]
    return tuple(dict.fromkeys(told))


def _open(verdict: Verdict, found: Measurement) -> tuple[str, ...]:
    if found.bound_only and of_sample(verdict):
        return (say("settle-partial"),)
    if found.bound_only and found.quantity is Quantity.PROPORTION and lacks_known_part(verdict):
        return (say("settle-rest", things=plural(head(_unit(verdict)))),)
    if found.bound_only:
        return (say(_BOUND.get(found.quantity, "settle-partial")),)
    told = _missing(verdict, found)
    if found.sampled and found.method == "no-interval" and verdict.claim.about != "process":
        return (say("settle-partial"),)  # a larger sample would have no interval either
    if found.sampled:
        aim = target(verdict, found)
        stuck = aim is not None and not aim.distance
        if stuck and not told:
            return (say("settle-never"),)
        if stuck or any(note.code == "unknown-open" for note in verdict.notes):
            return (*told, say("settle-never-missing"))
        more = _rows(verdict, found, aim)
        return (more,) if more else (say(_MORE[verdict.claim.about == "process"]), *told)
    return told


def _missing(verdict: Verdict, found: Measurement) -> tuple[str, ...]:
    """The answers that are missing: how many of them, where the share of rows tells."""
    if not found.missing or verdict.claim.missing != "bounds":
        return ()
    members = members_text(verdict, found.missing)
    if members:
        return (say("settle-members", members=members),)
    whole = things(found.missing, _unit(verdict))
    some = answers(verdict, found)
    if some is None or not 0 < some < found.missing:
        return (say("settle-missing", things=whole),)
    code = "settle-answers-least" if found.sampled else "settle-answers"
    return (say(code, some=integer(min(rounded_up(some), found.missing)), things=whole),)


def _rows(verdict: Verdict, found: Measurement, aim: Target | None) -> str:
    """How many more rows, or more of the units that were drawn; empty where no rule holds."""
    more = _more(verdict, found, aim)
    if more is None:
        return ""
    true = _more(verdict, found, _as_stated(verdict, found))
    code = "settle-process" if verdict.claim.about == "process" else "settle-rows"
    told = say(code, more=integer(more), things=_things(verdict, found, more))
    return told if true is None or true <= more else f"{told} {say('settle-as-stated', more=integer(true))}"


def _as_stated(verdict: Verdict, found: Measurement) -> Target | None:
    """What it takes to show a claim true and not only near, where what was found is inside of it."""
    claimed, p = verdict.claimed, found.estimate
    if not isinstance(claimed, NumberClaim) or not isinstance(p, Fraction) or not claimed.region.contains(p):
        return None
    return target(verdict, found, strict=True)


def _more(verdict: Verdict, found: Measurement, aim: Target | None) -> int | None:
    total = rows(verdict, found, aim) if aim is not None else None
    if total is None:
        return None
    units = _units(verdict, found)
    n = answered(verdict, found)
    total, n = (total, n) if units is None else (-(-total * units // n), units)
    return rounded_up(max(1, total - n))


def _units(verdict: Verdict, found: Measurement) -> int | None:
    """How many units were drawn, where it was not single rows."""
    units = found.facts.get("units")
    return units if isinstance(units, int) and units and verdict.claim.cluster is not None else None


def _things(verdict: Verdict, found: Measurement, more: int) -> str:
    noun = head(_unit(verdict)) if _units(verdict, found) is None else _drawn(str(verdict.claim.cluster))
    return plural(noun) if more > 1 else noun


def _unit(verdict: Verdict) -> str | None:
    return verdict.datasets[0].unit if verdict.datasets else None


def _drawn(cluster: str) -> str:
    """What was drawn, by the column that names it: `respondent_id` → respondent."""
    words = cluster.replace("_", " ").strip().removesuffix(" id").removesuffix(" ID")
    return words if words.replace(" ", "").isalpha() else say("settle-unit", cluster=value_words(cluster))
