"""The verdict in a few words: "Refuted – overstated by at least 1.4 points"."""

from __future__ import annotations

from fractions import Fraction

from factcheck.claims.figures import Claimed, NumberClaim, Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.reports.amounts import members, number, value_text
from factcheck.reports.locale import format_value
from factcheck.reports.words import counted, listed, outcome_words, say
from factcheck.verdicts.verdict import Finding, Outcome, Verdict

FOLD = Fraction(3, 2)  # from this factor on, an over- or understatement is told as a factor
_SHARES = (Quantity.PROPORTION, Quantity.POINTS)
_PLAIN_GAP = (Quantity.CORRELATION, Quantity.RANK)
_PERCENT_FROM = Fraction(1, 100)  # a smaller excess is told as a number, not in percent


def headline(verdict: Verdict) -> str:
    """The outcome and how far off the claim is, without a full stop."""
    word = outcome_words(verdict.outcome).word
    if verdict.outcome is Outcome.UNVERIFIABLE:
        return f"{word} from this evidence"
    told = tail(verdict)
    return f"{word} – {told}" if told else word


def short(verdict: Verdict) -> str:
    """The outcome and the direction, for a table."""
    word, direction = outcome_words(verdict.outcome).word, verdict.finding.direction
    return f"{word} – {direction}" if direction else word


def tail(verdict: Verdict) -> str:
    """What stands behind the dash; empty where nothing can be added."""
    finding, found = verdict.finding, verdict.measurement
    if verdict.outcome is Outcome.SUPPORTED:
        return say("wide") if finding.wide else ""
    if verdict.outcome is Outcome.INCONCLUSIVE:
        return say(f"leaning-{finding.leaning}") if finding.leaning else ""
    if not verdict.outcome.conclusive or found is None:
        return ""
    if verdict.checks and _differ(verdict):
        return say("checks-all", checks=_checks(verdict)) if verdict.outcome is Outcome.REFUTED else ""
    return _off(finding, found, verdict.claimed) or _near(finding)


def _differ(verdict: Verdict) -> bool:
    """Whether the pieces of evidence put the claim off by different amounts."""
    same = [check for check in verdict.checks if check.outcome is verdict.outcome]
    return len({(check.finding.factor, check.finding.gap) for check in same}) > 1


def _checks(verdict: Verdict) -> str:
    same = sum(check.outcome is verdict.outcome for check in verdict.checks)
    if same == 1:
        return "one piece of evidence"
    every = same == len(verdict.checks)
    return f"{'both' if every and same == 2 else f'all {counted(same)}' if every else counted(same)} pieces of evidence"


def _near(finding: Finding) -> str:
    if finding.outcome is not Outcome.CLOSE:
        return ""
    return say("near-consistent" if finding.leaning == "consistent" else "near-only")


def _off(finding: Finding, found: Measurement, claimed: Claimed | None) -> str:
    if finding.parts:
        return _parts(finding)
    if finding.lacking or finding.surplus:
        return _elements(finding, found)
    if finding.direction and finding.factor is not None and finding.factor >= FOLD and found.quantity not in _PLAIN_GAP:
        return say(f"{finding.direction}-fold", factor=format_value(floored(finding.factor), Quantity.NUMBER))
    if finding.outcome is Outcome.CLOSE and finding.direction and not _exact(found, claimed):
        return say(f"slightly-{finding.direction}")
    distance = _distance(finding, found, claimed)
    if finding.direction and distance:
        return say(f"{finding.direction}-by", gap=distance)
    if finding.outcome is Outcome.REFUTED and found.quantity in (Quantity.LABEL, Quantity.DATE, Quantity.TREND):
        return say("not-so", found=value_text(found.estimate, found, claimed))
    if finding.outcome is Outcome.REFUTED and _opposite(found, claimed):
        return say("other-way")
    return say("off-by", gap=distance) if distance else ""


def _parts(finding: Finding) -> str:
    wrong = [name for name, outcome in finding.parts.items() if outcome is finding.outcome]
    told = []
    if wrong and finding.outcome is Outcome.REFUTED:
        told.append(say("parts-refuted", parts=members(tuple(wrong))))
    elif wrong:
        told.append(say("near-only"))
    if finding.surplus:
        told.append(say("other-groups", surplus=members(finding.surplus)))
    return "; ".join(told)


def _elements(finding: Finding, found: Measurement) -> str:
    if found.quantity is Quantity.LABEL:
        return say("not-so", found=value_text(found.estimate, found, None))
    if finding.surplus and not finding.lacking and isinstance(found.estimate, tuple):
        left_out = set(finding.surplus) < set(found.estimate)
        return say("unnamed" if left_out else "excluded-found", surplus=members(finding.surplus))
    told = [say("not-among", lacking=_are(finding.lacking))] if finding.lacking else []
    return "; ".join([*told, *([say("unnamed", surplus=members(finding.surplus))] if finding.surplus else [])])


def _are(names: tuple[str, ...]) -> str:
    return f"{members(names)} {'is' if len(names) == 1 else 'are'}"


def _distance(finding: Finding, found: Measurement, claimed: Claimed | None) -> str:
    """The gap between claim and data: points for shares, percent for other figures, never more than it is."""
    if not finding.gap:
        return ""
    factor, quantity = finding.factor, found.quantity
    if quantity is Quantity.RANK:
        places = f"{counted(int(finding.gap))} {'place' if finding.gap == 1 else 'places'}"
        return places if _exact(found, claimed) else say("at-least", gap=places)
    if factor is not None and quantity not in _SHARES + _PLAIN_GAP and factor - 1 >= _PERCENT_FROM:
        told, exact = format_value(floored(factor - 1), Quantity.PROPORTION), False
    else:
        exact = _exact(found, claimed)
        unit = Quantity.POINTS if quantity is Quantity.PROPORTION else quantity
        unit = Quantity.NUMBER if unit is Quantity.RATIO else unit
        told = number(finding.gap if exact else _floored_gap(finding.gap, quantity), unit, None, found.unit)
    return told if exact else say("at-least", gap=told)


def _exact(found: Measurement, claimed: Claimed | None) -> bool:
    """Whether both the claim and the data are a single number, so that their distance is one too."""
    if not isinstance(found.region, Interval) or not isinstance(claimed, NumberClaim):
        return False
    return found.region.is_point and claimed.region.is_point


def _floored_gap(gap: Fraction, quantity: Quantity) -> Fraction:
    if quantity in _SHARES:
        return floored(gap, 2 if gap < Fraction(1, 10) else 3)
    if quantity is Quantity.COUNT:
        return Fraction(int(gap)) if gap >= 1 else gap
    return gap if quantity is Quantity.DURATION else floored(gap, 3)


def floored(value: Fraction, figures: int = 2) -> Fraction:
    """The value rounded down to so many significant figures, so that "at least" stays true."""
    if value <= 0:
        return value
    step = Fraction(1)
    while value / step >= 10**figures:
        step *= 10
    while value / step < 10 ** (figures - 1):
        step /= 10
    return int(value / step) * step


def _opposite(found: Measurement, claimed: Claimed | None) -> bool:
    """Whether the claim says more where the data say fewer, or the other way round."""
    if not isinstance(claimed, NumberClaim) or not isinstance(found.region, Interval):
        return False
    origin = Fraction(1 if found.quantity is Quantity.RATIO else 0)
    sides = [_side(region, origin) for region in (claimed.region, found.region)]
    return sides in ([1, -1], [-1, 1])


def _side(region: Interval, origin: Fraction) -> int:
    """1 above the origin, −1 below it, 0 where it reaches it or both sides."""
    if region.contains(origin):
        return 0
    if region.low is not None and region.low >= origin:
        return 1
    return -1 if region.high is not None and region.high <= origin else 0


def checks_told(verdict: Verdict) -> str:
    """How the pieces of evidence fell: "one refuted, one inconclusive"."""
    outcomes = [check.outcome for check in verdict.checks]
    if len(set(outcomes)) == 1 and len(outcomes) > 1:
        return f"{'both' if len(outcomes) == 2 else 'all'} {outcome_words(outcomes[0]).word.lower()}"
    told = [f"{counted(outcomes.count(one))} {outcome_words(one).word.lower()}" for one in dict.fromkeys(outcomes)]
    return listed(told)
