"""Several verdicts become one: the pieces of evidence of a claim, and what its variants do to confidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from factcheck.evidence.dataset import Dataset
from factcheck.measures.measurement import Note
from factcheck.verdicts.confidence import Scale, confidence
from factcheck.verdicts.pieces import told
from factcheck.verdicts.provenance import once
from factcheck.verdicts.variants import variants_note
from factcheck.verdicts.verdict import Finding, Outcome, Verdict

_HOLDS = (Outcome.SUPPORTED, Outcome.CLOSE)
_SURE = (None, "low", "moderate", "high")


def combined(shell: Verdict, checks: tuple[Verdict, ...], rule: str, scale: Scale) -> Verdict:
    """The claim's verdict from those of its checks, by agree, all, any or majority.

    The figure shown is that of the first piece of evidence that carries the verdict (see `carrying`); its charges, and
    those of the others that carry it, are the claim's.
    """
    outcome = RULES[rule]([check.outcome for check in checks])
    carriers = carrying(checks, rule, outcome)
    lead = carriers[0]
    notes = (*_charges(carriers), *_remarks((*carriers, *checks)), *_inconsistency(checks, scale))
    errors = [check.error for check in checks if check.error]
    return replace(
        shell,
        finding=_finding(outcome, carriers),
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


def carrying(checks: Sequence[Verdict], rule: str, outcome: Outcome) -> tuple[Verdict, ...]:
    """The pieces of evidence that the claim's verdict rests on, the one whose figure is shown first.

    Where one piece is enough (it supports under `any`, refutes under `all`), that is the surest of them. Where an
    outcome is shared, all that have it; where several count as one (supported and close), both. Where they do not come
    to one, all of them, the conclusive ones first.
    """
    same = [check for check in checks if check.outcome is outcome]
    alone = {"any": (Outcome.SUPPORTED, Outcome.CLOSE), "all": (Outcome.REFUTED,)}
    if outcome in alone.get(rule, ()):
        return (max(same, key=lambda check: _SURE.index(check.confidence)),)
    if outcome is Outcome.CLOSE and rule in ("all", "majority"):
        return (*same, *(check for check in checks if check.outcome is Outcome.SUPPORTED))
    split = outcome is Outcome.INCONCLUSIVE and rule in ("agree", "majority") and _conclusive(checks)
    if same and not split:
        return tuple(same)
    return tuple(sorted(checks, key=lambda check: not check.outcome.conclusive))


def _conclusive(checks: Sequence[Verdict]) -> set[Outcome]:
    return {check.outcome for check in checks if check.outcome.conclusive}


def _finding(outcome: Outcome, carriers: Sequence[Verdict]) -> Finding:
    """That of the first piece, without what the others do not share."""
    same = [check for check in carriers if check.outcome is outcome]
    if not same or carriers[0] not in same:
        return Finding(outcome)
    if len({check.finding.direction for check in same}) > 1:
        return replace(carriers[0].finding, direction=None, factor=None, gap=None)
    return carriers[0].finding


def _inconsistency(checks: Sequence[Verdict], scale: Scale) -> list[Note]:
    """A note that names the pieces of evidence whose outcomes differ, each with its figure."""
    outcomes = {check.outcome for check in checks}
    if len(outcomes) == 1:
        return []
    hard = {Outcome.SUPPORTED, Outcome.REFUTED} <= outcomes
    effect = scale.at_least("inconsistency", "contradicts" if hard else "differs", 1)
    facts = {"which": told(checks)}
    if len(_conclusive(checks)) > 1:
        return [Note("checks-contradict" if hard else "checks-differ", facts, "inconsistency", effect)]
    return [Note("checks-open", facts, "inconsistency", effect)]


def _datasets(checks: tuple[Verdict, ...]) -> tuple[Dataset, ...]:
    return tuple({dataset.name: dataset for check in checks for dataset in check.datasets}.values())


def _charges(checks: Iterable[Verdict]) -> list[Note]:
    """Every charge of the checks that carry the verdict, each once."""
    return once([note for check in checks for note in check.notes if note.effect])


def _remarks(checks: Iterable[Verdict]) -> list[Note]:
    """What any check remarks without lowering confidence, each once."""
    return once([note for check in checks for note in check.notes if not note.effect])


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
    if all(outcome in _HOLDS for outcome in outcomes):
        return Outcome.CLOSE if Outcome.CLOSE in outcomes else Outcome.SUPPORTED
    return _open(outcomes)


def _any(outcomes: list[Outcome]) -> Outcome:
    """Supported where one check is, refuted where every one is."""
    for outcome in _HOLDS:
        if outcome in outcomes:
            return outcome
    return Outcome.REFUTED if set(outcomes) == {Outcome.REFUTED} else _open(outcomes)


def _majority(outcomes: list[Outcome]) -> Outcome:
    """What more than half of all checks say, those that conclude nothing included: an open question is no vote.

    A check that finds the claim close holds it to be at least near, as one that supports it does.
    """
    half = len(outcomes) / 2
    for outcome in (Outcome.SUPPORTED, Outcome.REFUTED):
        if outcomes.count(outcome) > half:
            return outcome
    return Outcome.CLOSE if sum(outcome in _HOLDS for outcome in outcomes) > half else _open(outcomes)


def _open(outcomes: list[Outcome]) -> Outcome:
    return Outcome.INCONCLUSIVE if any(outcome.conclusive for outcome in outcomes) else _nothing(outcomes)


RULES = {"agree": _agree, "all": _all, "any": _any, "majority": _majority}


def with_variants(verdict: Verdict, variants: tuple[Verdict, ...], scale: Scale) -> Verdict:
    """The verdict with its other defensible choices beside it, and confidence lowered where they matter."""
    note = variants_note(verdict, variants, scale)
    notes = verdict.notes if note is None else (*verdict.notes, note)
    return replace(verdict, notes=notes, confidence=confidence(verdict.outcome, notes), variants=variants)
