"""Concerns about the evidence itself: how direct it is, what it covers, how it was collected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from factcheck.claims.figures import DateClaim, FigureError, Quantity, read
from factcheck.claims.models import Claim
from factcheck.evidence.dataset import Dataset
from factcheck.measures.measurement import Note
from factcheck.verdicts.confidence import Scale

RUINED = ("ruined-ids", "large-numbers")  # notices of ingest that mean different values may have become one


def indirectness(
    scale: Scale, claim: Claim, datasets: Iterable[Dataset], used: Iterable[tuple[str, str]]
) -> list[Note]:
    """Caveats on the columns used, transcribed tables, reconstructions, the claimant's own figures."""
    notes: list[Note] = []
    known = {dataset.name: dataset for dataset in datasets}
    columns = {(name, column) for name, column in used if name in known}
    columns |= {(name, source) for name, column in columns for source in _with_sources(known[name], {column})}
    for name, column in sorted(columns):
        dataset = known.get(name)
        caveat = dataset.columns[column].caveat if dataset is not None and column in dataset.columns else None
        if caveat:
            effect = scale.at_least("indirectness", "caveat", 1)
            notes.append(Note("column-caveat", {"column": column, "caveat": caveat}, "indirectness", effect))
    for dataset in known.values():
        if dataset.synthetic:
            notes.append(Note("reconstruction", {}, "indirectness", scale.at_least("indirectness", "synthetic", 1)))
        if dataset.format == "reported" or dataset.counts is not None:
            notes.append(Note("reported-table", {}, "indirectness", scale.at_least("indirectness", "reported", 1)))
        urls = {appearance.url for appearance in claim.appearance if appearance.url}
        # The claimant's own figures: the evidence's source is where the claim appeared.
        if dataset.source_url is not None and dataset.source_url in urls:
            notes.append(Note("own-figures", {}, "indirectness", scale.at_least("indirectness", "own", 1)))
    return _once(notes)


def _once(notes: list[Note]) -> list[Note]:
    unique: list[Note] = []
    for note in notes:
        if note not in unique:
            unique.append(note)
    return unique


def coverage(scale: Scale, claim: Claim, datasets: Iterable[Dataset]) -> list[Note]:
    """Whether the collection covers the period and the platforms claimed, and how long after it was made."""
    notes: list[Note] = []
    period = days(claim.period)
    for dataset in datasets:
        if period is not None:
            notes += _period(scale, period, dataset)
        notes += _platforms(scale, claim, dataset)
    return _once(notes)


def days(text: str | None) -> tuple[date, date] | None:
    """First and last day of a period as it is written in a claim or a manifest."""
    if text is None:
        return None
    try:
        claimed = read(text, Quantity.DATE)
    except FigureError:
        return None
    if not isinstance(claimed, DateClaim) or claimed.low is None or claimed.high is None:
        return None
    return claimed.low.date(), (claimed.high - timedelta(microseconds=1)).date()


def _period(scale: Scale, period: tuple[date, date], dataset: Dataset) -> list[Note]:
    notes: list[Note] = []
    start, end = days(dataset.collected.from_), days(dataset.collected.to)
    if start is not None and end is not None:
        overlap = (min(period[1], end[1]) - max(period[0], start[0])).days + 1
        share = Fraction(max(0, overlap), (period[1] - period[0]).days + 1)
        effect = scale.below("coverage", "covered", share)
        if effect:
            notes.append(Note("period-covered", {"share": share}, "coverage", effect))
    made = days(dataset.collected.date)
    if made is not None and (late := (made[0] - period[1]).days) > 0:
        effect = scale.above("coverage", "late_days", late)
        day = f"{made[0].day} {made[0]:%B %Y}"
        notes.append(Note("collected-late", {"date": day, "days": late}, "coverage", effect))
    return notes


def _platforms(scale: Scale, claim: Claim, dataset: Dataset) -> list[Note]:
    wanted, had = claim.platforms, {name.casefold() for name in dataset.collected.platforms}
    if not wanted or not had:
        return []
    covered = tuple(name for name in wanted if name.casefold() in had)
    effect = scale.below("coverage", "covered", Fraction(len(covered), len(wanted)))
    absent = tuple(name for name in wanted if name not in covered)
    return [Note("platforms-covered", {"covered": covered, "absent": absent}, "coverage", effect)] if effect else []


def collection(scale: Scale, claim: Claim, datasets: Iterable[Dataset], used: Iterable[tuple[str, str]]) -> list[Note]:
    """What the ledger says: rejects, duplicates, lost values; changed or unpinned files; partial rows."""
    notes: list[Note] = []
    columns: dict[str, set[str]] = {}
    for name, column in used:
        columns.setdefault(name, set()).add(column)
    for dataset in datasets:
        notes += _ledger(scale, dataset, columns.get(dataset.name, set()))
        notes += _pins(scale, dataset)
        if dataset.format == "dataframe" and dataset.place is None:
            notes.append(Note("frame-complete", {"dataset": dataset.name}, "collection", 0))
        notes += [Note("dataset-caveat", {"text": text}, "collection", 0) for text in dataset.caveats]
        if dataset.completeness == "partial" and claim.about == "rows":
            effect = scale.at_least("collection", "partial_rows", 1)
            notes.append(Note("partial-rows", {}, "collection", effect))
    return _once(notes)


def _ledger(scale: Scale, dataset: Dataset, used: set[str]) -> list[Note]:
    ledger = dataset.ledger
    if ledger is None or not ledger.records:
        return []
    lost = {column: n for column, n in ledger.lost.items() if n and column in _with_sources(dataset, used)}
    faults = Fraction(ledger.rejected + ledger.duplicates + sum(lost.values()), ledger.records)
    effect = scale.above("collection", "faults", faults)
    notes: list[Note] = []
    if ledger.rejected:
        notes.append(Note("rejected", {"rows": ledger.rejected, "records": ledger.records}, "collection", effect))
    if ledger.duplicates:
        notes.append(Note("duplicates", {"rows": ledger.duplicates}, "collection", effect))
    for column, n in sorted(lost.items()):
        facts = {"column": column, "rows": n, "type": dataset.columns[column].family.value}
        notes.append(Note("lost-values", facts, "collection", effect))
    for notice in ledger.notes:
        if notice.column is None or notice.column in _with_sources(dataset, used):
            ruined = scale.at_least("collection", "ruined", 1) if notice.code in RUINED else 0
            notes.append(Note("as-read", {"text": notice.text}, "collection", ruined))
    if ledger.dropped and ledger.drop_rule:
        notes.append(Note("dropped", {"rows": ledger.dropped, "rule": ledger.drop_rule}, "collection", 0))
    return notes


def _with_sources(dataset: Dataset, used: set[str]) -> set[str]:
    """The columns used and those that their `expr` reads."""
    sources = {source for name in used if name in dataset.columns for source in dataset.columns[name].uses}
    return used | sources


def _pins(scale: Scale, dataset: Dataset) -> list[Note]:
    notes: list[Note] = []
    for file in dataset.files:
        if file.pinned is not None and file.sha256 is not None and file.pinned != file.sha256:
            effect = scale.at_least("collection", "changed", 1)
            notes.append(Note("changed-since-pinned", {"file": file.path}, "collection", effect))
    if dataset.files and any(file.pinned is None for file in dataset.files):
        notes.append(Note("unpinned", {"dataset": dataset.name}, "collection", 0))
    return notes
