"""Concerns about the evidence itself: how direct it is, what its collection lost, whether it has changed since.

A dataset that a `query` makes from others is held to what those others are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from fractions import Fraction

from factcheck.claims.models import Claim
from factcheck.evidence.dataset import Dataset, Notice
from factcheck.evidence.lineage import foundations, traced
from factcheck.measures.measurement import Note
from factcheck.verdicts.confidence import Scale
from factcheck.verdicts.population import population_notes
from factcheck.verdicts.sources import own_source

TOLD_BESIDE = "recognised"  # what a file was taken for: the line on the evidence says it, once for all claims
RUINED = ("ruined-ids", "large-numbers")  # notices of ingest that mean different values may have become one
REPEATS = "repeated-rows"  # the notice that a join has made several rows of one: whatever is counted, they are there
SPELLED = ("spelled-alike", "spelled-alike-rarely")  # that labels differ only in capitals or blanks
_FOLDS = re.compile(r"(?i)\b(lower|upper|ilike)\b|\(\?i\)")  # what heeds no capitals
_TRIMS = re.compile(r"(?i)\btrim\s*\(")
SUMS = "totals"  # the notice that a row is the sum of others: whatever is counted, its rows are among them

Used = Iterable[tuple[str, str]]  # (dataset, column)


def indirectness(scale: Scale, claim: Claim, datasets: Iterable[Dataset], used: Used) -> list[Note]:
    """Caveats on the columns used, transcribed tables, reconstructions, the claimant's own figures."""
    datasets = list(datasets)
    notes = _caveats(scale, datasets, used)
    for dataset in _all(datasets):
        if dataset.synthetic:
            notes.append(Note("reconstruction", {}, "indirectness", scale.at_least("indirectness", "synthetic", 1)))
        if dataset.format == "reported" or dataset.counts is not None:
            effect = scale.at_least("indirectness", "reported", 1)
            printed = dataset.format == "reported"
            notes.append(Note("reported-table" if printed else "counted-table", {}, "indirectness", effect))
        if own_source(claim, dataset):
            notes.append(Note("own-figures", {}, "indirectness", scale.at_least("indirectness", "own", 1)))
    return once(notes)


def _caveats(scale: Scale, datasets: list[Dataset], used: Used) -> list[Note]:
    """What is said of the columns used and of those that they are made from; the same words once."""
    said: dict[str, dict[str, None]] = {}
    for dataset, columns in _below(datasets, used):
        for column in sorted(columns):
            if caveat := dataset.columns[column].caveat:
                said.setdefault(caveat, {})[column] = None
    effect = scale.at_least("indirectness", "caveat", 1)
    return [
        Note("column-caveat", {"column": tuple(names), "caveat": caveat}, "indirectness", effect)
        for caveat, names in said.items()
    ]


def once(notes: list[Note]) -> list[Note]:
    unique: list[Note] = []
    for note in notes:
        if note not in unique:
            unique.append(note)
    return unique


def _all(datasets: Iterable[Dataset]) -> list[Dataset]:
    """The datasets and all that they are made from, each once."""
    return list({below.name: below for dataset in datasets for below in foundations(dataset)}.values())


def _below(datasets: Iterable[Dataset], used: Used) -> list[tuple[Dataset, frozenset[str]]]:
    """Every dataset that the verdict rests on, with the columns of it that do."""
    used, columns = list(used), dict[str, set[str]]()
    for dataset in datasets:
        for below, column in traced(dataset, [column for name, column in used if name == dataset.name]):
            columns.setdefault(below.name, set()).add(column)
    return [(below, frozenset(columns.get(below.name, ()))) for below in _all(datasets)]


def collection(scale: Scale, claim: Claim, datasets: Iterable[Dataset], used: Used) -> list[Note]:
    """What the ledgers say: rejects, duplicates, lost values; changed or unpinned files; partial rows."""
    datasets, notes = list(datasets), list[Note]()
    named = {dataset.name for dataset in datasets}
    for dataset, columns in _below(datasets, used):
        notes += _ledger(scale, dataset, columns, other=dataset.name not in named, settled=_settled(dataset, datasets))
        notes += _as_read(scale, claim, dataset, columns, datasets)
        notes += _pins(scale, dataset)
        if dataset.format == "dataframe" and dataset.place is None:
            notes.append(Note("frame-complete", {"dataset": dataset.name}, "collection", 0))
        notes += [Note("dataset-caveat", {"text": text}, "collection", 0) for text in dataset.caveats]
    if claim.about == "rows" and any(dataset.completeness == "partial" for dataset in datasets):
        notes.append(Note("partial-rows", {}, "collection", scale.at_least("collection", "partial_rows", 1)))
    return once([*notes, *population_notes(scale, datasets)])


def _settled(dataset: Dataset, datasets: Iterable[Dataset]) -> bool:
    """Whether a query goes by the whole key of what it reads (DISTINCT, GROUP BY), so that repeated keys do no harm."""
    key = {name.casefold() for name in dataset.key}
    for above in _all(datasets):
        chosen = {origin.column.casefold() for origin in above.chosen_by if origin.dataset == dataset.name}
        if key and key <= chosen:
            return True
    return False


def _ledger(scale: Scale, dataset: Dataset, used: frozenset[str], *, other: bool, settled: bool) -> list[Note]:
    """The notes on a dataset's ledger; one that a query reads (`other`) is called by its name."""
    ledger = dataset.ledger
    if ledger is None or not ledger.records:
        return []
    lost = {column: n for column, n in ledger.lost.items() if n and column in used}
    duplicates = 0 if settled else ledger.duplicates
    faults = Fraction(ledger.rejected + duplicates + sum(lost.values()), ledger.records)
    effect = scale.above("collection", "faults", faults)
    charged = {"faults": faults, "part": scale.limit("collection", "faults", effect)} if effect else {}
    name = {**charged, "dataset": dataset.name} if other or effect else {}
    notes: list[Note] = []
    if ledger.rejected:
        facts: dict[str, object] = {"rows": ledger.rejected, "records": ledger.records, **name}
        notes.append(Note("rejected", facts, "collection", effect))
    if duplicates:
        notes.append(Note("duplicates", {"rows": duplicates, **name}, "collection", effect))
    for column, n in sorted(lost.items()):
        facts = {"column": column, "rows": n, "type": dataset.columns[column].family.value, **charged}
        notes.append(Note("lost-values", facts, "collection", effect))
    if ledger.dropped_by_rule and ledger.drop_rule:
        notes.append(Note("dropped", {"rows": ledger.dropped_by_rule, "rule": ledger.drop_rule}, "collection", 0))
    return notes


def _as_read(
    scale: Scale, claim: Claim, dataset: Dataset, used: frozenset[str], datasets: Iterable[Dataset]
) -> list[Note]:
    """What reading the dataset noticed, of the columns used and of rows that are sums of others."""
    notes: list[Note] = []
    for notice in dataset.ledger.notes if dataset.ledger is not None else ():
        if notice.column is not None and notice.column not in used and notice.code != SUMS:
            continue
        if notice.code == TOLD_BESIDE or (notice.code in SPELLED and not _divides(claim, notice)):
            continue
        effect = scale.at_least("collection", "ruined", 1) if notice.code in RUINED else 0
        if notice.code == SPELLED[0]:
            effect = scale.at_least("indirectness", "caveat", 1)
        if notice.code == REPEATS:
            effect = scale.at_least("collection", "sums", 1)  # as there, what is counted already counts again
        if notice.code == SUMS and not _picked(claim, dataset, notice, datasets):
            effect = scale.at_least("collection", "sums", 1)
        notes.append(Note("as-read", {"text": notice.text}, "collection", effect))
    return notes


def _divides(claim: Claim, notice: Notice) -> bool:
    """Whether a claim goes by labels that other spellings stand beside: it names one, or takes each for a group."""
    measure = claim.measure or {}
    spec = json.dumps([claim.where, measure, claim.params, claim.claimed], default=str, ensure_ascii=False)
    trimmed = {word.strip() for word in notice.words}
    blanks_alone = len(trimmed) == len({word.casefold() for word in trimmed})
    if _FOLDS.search(spec) or (blanks_alone and _TRIMS.search(spec)):
        return False
    named = any(f"'{word}'" in spec or f'"{word}"' in spec for word in notice.words)
    column = re.escape(notice.column or "")
    return named or re.search(rf"(?i)\bdistinct\W+{column}\b|\"by\": \W*{column}\b", spec) is not None


def _picked(claim: Claim, dataset: Dataset, notice: Notice, datasets: Iterable[Dataset]) -> bool:
    """Whether rows are picked by the column that names the sums: whoever wrote that has seen them."""
    column = notice.column or ""
    said = [claim.where, (claim.measure or {}).get("among")]
    if any(re.search(rf"\b{re.escape(column)}\b", text, re.IGNORECASE) for text in said if isinstance(text, str)):
        return True
    origins = (origin for above in _all(datasets) for origin in above.chosen_by)
    return any(o.dataset == dataset.name and o.column.casefold() == column.casefold() for o in origins)


def _pins(scale: Scale, dataset: Dataset) -> list[Note]:
    notes: list[Note] = []
    for file in dataset.files:
        if file.pinned is not None and file.sha256 is not None and file.pinned != file.sha256:
            effect = scale.at_least("collection", "changed", 1)
            notes.append(Note("changed-since-pinned", {"file": file.path}, "collection", effect))
    if dataset.files and any(file.pinned is None for file in dataset.files):
        notes.append(Note("unpinned", {"dataset": dataset.name}, "collection", 0))
    return notes
