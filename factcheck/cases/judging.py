"""A measured case becomes a verdict: compared, its confidence set, its notes written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from factcheck.cases.asking import Measured
from factcheck.cases.build import BoundCase
from factcheck.cases.case import Case
from factcheck.cases.docket import Docket
from factcheck.cases.times import spoken
from factcheck.claims.figures import LabelClaim, SetClaim
from factcheck.evidence.expressions import cautions
from factcheck.measures import kinds_in
from factcheck.measures.foreign import foreign_kind
from factcheck.measures.measurement import Measurement, Members, Note
from factcheck.text.suggest import near
from factcheck.verdicts.combine import combined
from factcheck.verdicts.compare import compare
from factcheck.verdicts.confidence import Scale, confidence, imprecision, missing
from factcheck.verdicts.coverage import coverage
from factcheck.verdicts.missing import missing_notes
from factcheck.verdicts.provenance import collection, indirectness
from factcheck.verdicts.ratings import RatingScale
from factcheck.verdicts.verdict import Finding, Outcome, Verdict

DRAWS_OTHERS = ("rate", "trend", "peaks", "cascade")  # days, periods and trees are their draws, and no rows


def judge(bound: BoundCase, measured: Measured, scale: Scale, extra: tuple[Note, ...] = ()) -> Verdict:
    """The verdict on one case, without its checks and variants."""
    verdict = _verdict(bound.case, bound)
    if measured.found is None:
        return replace(verdict, finding=Finding(Outcome.ERROR), error=measured.error)
    found = measured.found
    least, known = bound.case.claim.min_n, _known(bound, found)
    if found.unmeasurable is None and known < least:
        facts = {"n": known, "least": least, "missing": found.n - known}
        found = replace(found, unmeasurable=Note("min-n", facts))
    if found.unmeasurable is not None:
        finding = Finding(Outcome.UNVERIFIABLE)
        return replace(
            verdict, finding=finding, measurement=found, reason=found.unmeasurable, notes=(*found.notes, *extra)
        )
    finding = compare(bound.claimed, found)
    at_99 = compare(bound.claimed, measured.at_99).outcome if measured.at_99 is not None else None
    doubts = (*_strangers(bound, found), *_vacuous(bound, found, finding))
    told = (*_notes(bound, found, finding, scale, at_99), *doubts, *extra)
    notes = tuple(_doubted(note, scale) for note in told)
    return replace(
        verdict,
        finding=finding,
        measurement=found,
        notes=notes,
        confidence=confidence(finding.outcome, notes),
    )


def _known(bound: BoundCase, found: Measurement) -> int:
    """The rows whose answer is known, which `min_n` speaks of; those counted as false have been given one."""
    return found.n if bound.case.claim.missing == "false" else found.n - found.missing


def _strangers(bound: BoundCase, found: Measurement) -> list[Note]:
    """Claimed labels that the measured set holds in another spelling only: `Rusia` where there is Russia.

    A label that is merely not among the largest has no such neighbour, and is no stranger.
    """
    claimed, region = bound.claimed, found.region
    if not isinstance(claimed, (LabelClaim, SetClaim)) or not isinstance(region, Members):
        return []
    known = {*region.possible, *(bar.label for bar in found.bars)}
    close = {label: tuple(near(label, known)) for label in claimed.members if label not in known}
    return [
        Note("absent-label", {"label": label, "by": "what was found", "near": spellings})
        for label, spellings in close.items()
        if spellings
    ]


def _doubted(note: Note, scale: Scale) -> Note:
    """A value that nothing has, beside one spelt much like it, or a day left out may not be what was meant."""
    misspelt = note.code in ("absent-value", "absent-label") and bool(note.facts["near"])
    if not misspelt and note.code not in ("last-day", "empty-where"):
        return note
    return replace(note, domain="indirectness", effect=scale.at_least("indirectness", "misspelt", 1))


def _vacuous(bound: BoundCase, found: Measurement, finding: Finding) -> list[Note]:
    """A claim refuted because its `where` leaves no row at all: the condition is likelier wrong than the claim."""
    empty = bound.case.claim.where is not None and found.n == 0 and finding.outcome is Outcome.REFUTED
    return [Note("empty-where")] if empty else []


def _verdict(case: Case, bound: BoundCase | None) -> Verdict:
    source = case.source
    return Verdict(
        case.claim,
        source.file,
        source.line,
        Finding(Outcome.UNVERIFIABLE),
        claimed=bound.claimed if bound is not None else None,
        words=bound.measure.words() if bound is not None else "",
        kind=_kind(case.claim.measure),
        datasets=bound.datasets if bound is not None else (),
        used=bound.used if bound is not None else frozenset(),
        params=case.params,
    )


def _kind(measure: Mapping[str, Any] | None) -> str | None:
    return None if measure is None else next(iter(kinds_in(measure)), None) or foreign_kind(measure)


def unverifiable(case: Case, notes: tuple[Note, ...] = ()) -> Verdict:
    """A claim whose author says that no data can answer it."""
    reason = Note("unverifiable", {"text": case.claim.unverifiable})
    return replace(_verdict(case, None), reason=reason, notes=notes)


def failed(case: Case, error: str) -> Verdict:
    """A claim whose evidence could not be read."""
    return replace(_verdict(case, None), finding=Finding(Outcome.ERROR), error=error)


def _notes(
    bound: BoundCase, found: Measurement, finding: Finding, scale: Scale, at_99: Outcome | None
) -> tuple[Note, ...]:
    claim = bound.case.claim
    hidden = missing(scale, found, claim.missing)
    charged = {note.code for note in hidden}
    notes = [note for note in found.notes if note.code not in charged]
    notes += imprecision(scale, finding.outcome, found, at_99)
    notes += hidden
    setting = partial(bound.setting, bound.measure.dataset)
    notes += missing_notes(found, finding, bound.claimed, claim.missing, setting, _stood_for(bound))
    notes += indirectness(scale, claim, bound.datasets, bound.used)
    notes += coverage(scale, claim, bound.datasets, spoken(bound), bound.spans)
    notes += collection(scale, claim, bound.datasets, bound.used)
    notes += _reach(bound, found, finding)
    notes += _independence(bound, found)
    notes += _cautions(bound)
    return (*notes, *bound.notes)


def _independence(bound: BoundCase, found: Measurement) -> list[Note]:
    """That every row was taken for a draw of the process by itself, where nothing says what was drawn."""
    claim = bound.case.claim
    if claim.about != "process" or claim.cluster is not None or not found.sampled:
        return []
    rows = _kind(claim.measure) not in DRAWS_OTHERS and "distinct " not in str(claim.measure)
    return [Note("process-rows")] if rows and found.method not in ("no-interval", "own-interval") else []


def _cautions(bound: BoundCase) -> list[Note]:
    """What `validate` warns of and an editor has to know too: a day that a condition all but leaves out."""
    found = [caution for _, condition, _ in bound.conditions for caution in cautions(condition)]
    return [Note("last-day", {"day": day}, "reading") for code, day in dict.fromkeys(found) if code == "last-day"]


def _stood_for(bound: BoundCase) -> str | None:
    """What is counted where rows stand for many, and are not what is missing."""
    tables = [dataset for dataset in bound.datasets if dataset.counts is not None]
    return (tables[0].unit or None) if tables else None


def _reach(bound: BoundCase, found: Measurement, finding: Finding) -> list[Note]:
    """How far the verdict reaches: partial collections, claims about the rows, one-sided claims amply true."""
    notes: list[Note] = []
    if found.bound_only:
        drawn = {dataset.completeness for dataset in bound.datasets} == {"random sample"}
        notes.append(Note("sample-bound" if drawn else "partial-bound", {}, "collection"))
    about_rows = bound.case.claim.about == "rows"
    if about_rows and any(dataset.completeness == "partial" for dataset in bound.datasets):
        notes.append(Note("of-rows", {}, "collection"))
    if finding.wide and finding.factor is not None:
        notes.append(Note("wide-margin", {"factor": int(finding.factor)}, "reading"))
    return notes


def assemble(docket: Docket, parts: tuple[Verdict, ...], scale: Scale, ratings: RatingScale) -> Verdict:
    """A claim's verdict: its own, or that of its checks combined, with the newsroom's labels."""
    if not docket.has_checks:
        return rated(parts[0], ratings)
    shell = _verdict(Case(docket.source, docket.source.claim), None)
    return rated(combined(shell, parts, docket.source.claim.combine, scale), ratings)


def rated(verdict: Verdict, ratings: RatingScale) -> Verdict:
    """The same verdict, its checks and variants with the labels of the newsroom's scale."""
    return replace(
        verdict,
        rating=ratings.label(verdict),
        score=ratings.score(verdict),
        checks=tuple(rated(check, ratings) for check in verdict.checks),
        variants=tuple(rated(variant, ratings) for variant in verdict.variants),
    )
