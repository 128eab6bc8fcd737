"""How sure we are, and why: the concerns that lowered confidence, the other choices, the other evidence."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Note
from factcheck.reports.amounts import found_text, span
from factcheck.reports.locale import format_value
from factcheck.reports.tables import choice, same_outcome
from factcheck.reports.telling import inert
from factcheck.reports.words import counted, domain_word, noted, say
from factcheck.verdicts.variants import is_written
from factcheck.verdicts.verdict import Outcome, Verdict

# What the report says in its own place, with the figures of the verdict.
_TOLD = frozenset(
    {"variant-agrees", "variants-agree", "partial-bound", "sample-bound", "wide-margin", "unverifiable", "of-rows"}
)
_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Concern:
    """What lowered confidence: the domain, by how much, and the sentence."""

    domain: str
    effect: str
    text: str


def concerns(verdict: Verdict) -> tuple[Concern, ...]:
    """The notes that lowered confidence, the gravest first."""
    charged = sorted((note for note in verdict.notes if note.effect < 0), key=lambda note: note.effect)
    return tuple(_concern(note) for note in charged)


def _concern(note: Note) -> Concern:
    return Concern(domain_word(note.domain or ""), f"{_MINUS}{-note.effect}", noted(note))


def remarks(verdict: Verdict) -> tuple[str, ...]:
    """The notes that lowered nothing and are not told elsewhere."""
    free = [note for note in verdict.notes if note.effect >= 0 and not _is_told(note, verdict)]
    return tuple(dict.fromkeys(noted(note) for note in free))


def _is_told(note: Note, verdict: Verdict) -> bool:
    return note.code in _TOLD or (verdict.reason is not None and note == verdict.reason)


def confidence_words(verdict: Verdict) -> str:
    """Behind the level: whether anything lowered it."""
    if verdict.confidence is None:
        return ""
    lowered = len(concerns(verdict))
    if not lowered:
        return say("confidence-open" if verdict.outcome is Outcome.INCONCLUSIVE else "confidence-nothing")
    return say("confidence-one") if lowered == 1 else say("confidence-more", n=counted(lowered, capital=True))


def variant_words(verdict: Verdict) -> str:
    """One sentence where every choice gives the same verdict; before a table where it does not."""
    if not verdict.variants:
        return ""
    if not same_outcome(verdict):
        return say("variants-depend")
    others = [one for one in verdict.variants if not is_written(one, verdict)]
    if len(others) == 1:
        found = inert(found_text(others[0])).replace(" (", ", ").rstrip(")")  # it stands in brackets itself
        return say("variant-same", choice=choice(others[0], verdict), found=found)
    return _all_same(verdict, others) if others else ""


def _all_same(verdict: Verdict, others: list[Verdict]) -> str:
    numbers = [one.estimate for one in others if isinstance(one.estimate, Fraction)]
    every = f"all {counted(len(others))}" if len(others) != 2 else "both"
    matters = next((note.facts.get("matters", "") for note in verdict.notes if note.code == "variants-agree"), "")
    kinds = {one.measurement.quantity for one in (verdict, *others) if one.measurement is not None}
    if len(numbers) < len(others) or verdict.measurement is None or len(kinds) > 1:
        return say("variants-same-plain", all=every)
    region = Interval(min(numbers), max(numbers))
    quantity = verdict.measurement.quantity
    told = span(region, quantity, verdict.claimed, verdict.measurement.unit)
    return say("variants-same", all=every, region=f"at {told}" if region.is_point else told, matters=matters)


def rule_words(verdict: Verdict) -> str:
    """How the pieces of evidence make one verdict."""
    codes = {"agree": "checks-agree", "all": "checks-all-of", "any": "checks-any", "majority": "checks-majority"}
    if not verdict.checks:
        return ""
    drawn = [check for check in verdict.checks if check.measurement is not None and check.measurement.sampled]
    if verdict.claim.combine == "any" and drawn and len(verdict.checks) > 1:
        level, own = (format_value(one.claim.level, Quantity.PROPORTION) for one in (drawn[0], verdict))
        return say("checks-any-level", level=level, own=own, n=counted(len(verdict.checks)))
    return say(codes[verdict.claim.combine])
