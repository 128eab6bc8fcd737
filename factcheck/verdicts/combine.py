"""Several verdicts become one: the pieces of evidence of a claim, and what its variants do to confidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from factcheck.evidence.dataset import Dataset
from factcheck.measures.measurement import Note
from factcheck.verdicts.confidence import Scale, confidence
from factcheck.verdicts.verdict import Finding, Outcome, Verdict


def combined(shell: Verdict, checks: tuple[Verdict, ...], rule: str, scale: Scale) -> Verdict:
    """The claim's verdict from those of its checks, by agree, all, any or majority."""
    outcomes = [check.outcome for check in checks]
    outcome = RULES[rule](outcomes)
    agreeing = [check for check in checks if check.outcome is outcome]
    notes: tuple[Note, ...] = ()
    conclusive = {check.outcome for check in checks if check.outcome.conclusive}
    if len(conclusive) > 1:
        hard = {Outcome.SUPPORTED, Outcome.REFUTED} <= conclusive
        effect = scale.at_least("inconsistency", "contradicts" if hard else "differs", 1)
        which = "; ".join(f"{_name(check, index)} {check.outcome.value}" for index, check in enumerate(checks, 1))
        notes = (Note("checks-contradict" if hard else "checks-differ", {"which": which}, "inconsistency", effect),)
    lead = agreeing[0] if agreeing else checks[0]
    free = [note for check in (*agreeing, *checks) for note in check.notes if note.domain is None or note.effect == 0]
    own = tuple(note for i, note in enumerate(free) if note not in free[:i])
    charged = _worst_notes(agreeing or list(checks))
    notes = (*charged, *own, *notes)
    directions = {check.finding.direction for check in agreeing}
    finding = replace(lead.finding, outcome=outcome) if agreeing else Finding(outcome)
    if len(directions) > 1:
        finding = replace(finding, direction=None, factor=None, gap=None)
    errors = [check.error for check in checks if check.error]
    return replace(
        shell,
        finding=finding,
        claimed=lead.claimed,
        measurement=lead.measurement,
        words=lead.words,
        notes=notes,
        confidence=confidence(outcome, notes),
        datasets=_datasets(checks),
        used=frozenset[tuple[str, str]]().union(*(check.used for check in checks)),
        checks=checks,
        reason=lead.reason if outcome is Outcome.UNVERIFIABLE else None,
        error=errors[0] if outcome is Outcome.ERROR and errors else None,
    )


def _name(check: Verdict, index: int) -> str:
    return f"check {index} ({', '.join(dataset.name for dataset in check.datasets) or 'no data'})"


def _datasets(checks: tuple[Verdict, ...]) -> tuple[Dataset, ...]:
    return tuple({dataset.name: dataset for check in checks for dataset in check.datasets}.values())


def _worst_notes(checks: list[Verdict]) -> list[Note]:
    """Every charge of the checks that carry the verdict, each once."""
    notes: list[Note] = []
    for check in checks:
        notes += [note for note in check.notes if note.effect and note not in notes]
    return notes


def _agree(outcomes: list[Outcome]) -> Outcome:
    """Theirs if all conclusive ones say the same."""
    conclusive = {outcome for outcome in outcomes if outcome.conclusive}
    if len(conclusive) == 1:
        return conclusive.pop()
    return Outcome.INCONCLUSIVE if conclusive else _nothing(outcomes)


def _nothing(outcomes: list[Outcome]) -> Outcome:
    """No check concluded anything: inconclusive before unverifiable before error."""
    for outcome in (Outcome.INCONCLUSIVE, Outcome.UNVERIFIABLE):
        if outcome in outcomes:
            return outcome
    return Outcome.ERROR


def _all(outcomes: list[Outcome]) -> Outcome:
    """Supported where every check is, refuted where one is."""
    if Outcome.REFUTED in outcomes:
        return Outcome.REFUTED
    if all(outcome in (Outcome.SUPPORTED, Outcome.CLOSE) for outcome in outcomes):
        return Outcome.CLOSE if Outcome.CLOSE in outcomes else Outcome.SUPPORTED
    return Outcome.INCONCLUSIVE if any(outcome.conclusive for outcome in outcomes) else _nothing(outcomes)


def _any(outcomes: list[Outcome]) -> Outcome:
    """Supported where one check is, refuted where every one is."""
    for outcome in (Outcome.SUPPORTED, Outcome.CLOSE):
        if outcome in outcomes:
            return outcome
    if all(outcome is Outcome.REFUTED for outcome in outcomes):
        return Outcome.REFUTED
    return Outcome.INCONCLUSIVE if any(outcome.conclusive for outcome in outcomes) else _nothing(outcomes)


def _majority(outcomes: list[Outcome]) -> Outcome:
    """What more than half of the checks say."""
    (outcome, times), *_ = Counter(outcomes).most_common()
    return outcome if times * 2 > len(outcomes) else Outcome.INCONCLUSIVE


RULES = {"agree": _agree, "all": _all, "any": _any, "majority": _majority}


def with_variants(verdict: Verdict, variants: tuple[Verdict, ...], scale: Scale) -> Verdict:
    """The verdict with its other defensible choices beside it, and confidence lowered where they matter."""
    outcomes = [variant.outcome for variant in variants]
    same = sum(outcome is verdict.outcome for outcome in outcomes)
    facts = {"same": same, "variants": len(variants)}
    if same == len(variants):
        note = Note("variants-agree" if len(variants) > 1 else "variant-agrees", facts, "inconsistency", 0)
    elif {Outcome.SUPPORTED, Outcome.REFUTED} <= {*outcomes, verdict.outcome}:
        note = Note("variants-contradict", facts, "inconsistency", scale.at_least("inconsistency", "contradicts", 1))
    else:
        note = Note("variants-differ", facts, "inconsistency", scale.at_least("inconsistency", "differs", 1))
    notes = (*verdict.notes, note)
    return replace(verdict, notes=notes, confidence=confidence(verdict.outcome, notes), variants=variants)
