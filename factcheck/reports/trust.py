"""How sure we are, and why: the concerns that lowered confidence, the other choices, the other evidence."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Note
from factcheck.reports.amounts import found_text, span
from factcheck.reports.tables import choice, same_outcome
from factcheck.reports.telling import inert
from factcheck.reports.words import counted, domain_word, say
from factcheck.verdicts.notes import sentence
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
    return Concern(domain_word(note.domain or ""), f"{_MINUS}{-note.effect}", sentence(note))


def remarks(verdict: Verdict) -> tuple[str, ...]:
    """The notes that lowered nothing and are not told elsewhere."""
    free = [note for note in verdict.notes if note.effect >= 0 and not _is_told(note, verdict)]
    return tuple(dict.fromkeys(sentence(note) for note in free))


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
    others = [one for one in verdict.variants if not _is_base(one, verdict)]
    if len(others) == 1:
        found = inert(found_text(others[0])).replace(" (", ", ").rstrip(")")  # it stands in brackets itself
        return say("variant-same", choice=choice(others[0], verdict), found=found)
    return _all_same(verdict, others) if others else ""


def _is_base(variant: Verdict, verdict: Verdict) -> bool:
    """Whether a variant is the claim as it stands."""
    claim = verdict.claim
    own = {"where": claim.where, "dataset": claim.dataset, "missing": claim.missing, "measure": claim.measure}
    return all(value == own.get(name, claim.params.get(name)) for name, value in variant.params.items())


def _all_same(verdict: Verdict, others: list[Verdict]) -> str:
    numbers = [one.estimate for one in others if isinstance(one.estimate, Fraction)]
    every = f"all {counted(len(others))}" if len(others) != 2 else "both"
    if len(numbers) < len(others) or verdict.measurement is None:
        return say("variants-same-plain", all=every)
    region = Interval(min(numbers), max(numbers))
    quantity = verdict.measurement.quantity
    told = span(region, quantity, verdict.claimed, verdict.measurement.unit)
    return say("variants-same", all=every, region=f"at {told}" if region.is_point else told)


def rule_words(verdict: Verdict) -> str:
    """How the pieces of evidence make one verdict."""
    codes = {"agree": "checks-agree", "all": "checks-all-of", "any": "checks-any", "majority": "checks-majority"}
    return say(codes[verdict.claim.combine]) if verdict.checks else ""
