"""The data behind a verdict, in a line each: what, by whom, how much of it, and whether it is still the same."""

from __future__ import annotations

from collections.abc import Iterable

from factcheck.evidence.dataset import Collected, DataFile, Dataset, Ledger
from factcheck.evidence.formats import EXPORTS
from factcheck.evidence.lineage import traced
from factcheck.reports.amounts import moment
from factcheck.reports.escape import plain
from factcheck.reports.locale import integer
from factcheck.reports.words import listed, say

_SHA = 12  # characters of a sha256 that tell files apart
_FILES = 3


def evidence_line(dataset: Dataset) -> str:
    """Title, collection, rows, rejects, sha256, licence, and whether the files are as they were recorded."""
    parts = [dataset.title or dataset.name, *_collected(dataset.collected), *_made(dataset)]
    if dataset.format in EXPORTS:
        parts.append(say("evidence-export", format=dataset.format))
    parts += _ledger(dataset.ledger) if dataset.ledger is not None else []
    parts += [_file(file) for file in dataset.files[:_FILES]]
    if len(dataset.files) > _FILES:
        parts.append(say("evidence-more", n=integer(len(dataset.files) - _FILES)))
    parts += [_pins(dataset.files)] if dataset.files else []
    if dataset.place is not None:
        parts.append(say("evidence-described", file=_inert(dataset.place.file), line=dataset.place.line))
    parts.append(say("licence", licence=_inert(dataset.licence)) if dataset.licence else say("no-licence"))
    if dataset.synthetic:
        parts.append(say("synthetic-data"))
    return "; ".join(parts)


def computed(dataset: Dataset, used: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """How each column that was used, and that a manifest computes, is made."""
    columns = sorted(column for name, column in used if name == dataset.name)
    made = ((below, below.columns[column]) for below, column in traced(dataset, columns, rows=False))
    return tuple(
        say("evidence-computed", column=_inert(column.name), expr=_inert(column.expr))
        for _, column in made
        if column.expr is not None
    )


def source_of(dataset: Dataset) -> tuple[str, str | None]:
    """Where the data come from: a title, and an address where there is one."""
    return dataset.source_title or dataset.source_url or "", dataset.source_url


def _inert(text: object) -> str:
    return plain(text).replace("`", "'")


def _collected(collected: Collected) -> list[str]:
    parts = []
    if collected.by:
        parts.append(say("evidence-by", by=_inert(collected.by)))
    if collected.with_:
        parts.append(say("evidence-with", tool=_inert(collected.with_)))
    if collected.date:
        parts.append(say("evidence-on", date=moment(collected.date)))
    if period := period_text(collected):
        parts.append(say("evidence-period", period=period))
    if collected.platforms:
        parts.append(say("evidence-platforms", platforms=listed([_inert(name) for name in collected.platforms])))
    return [" ".join(parts)] if parts else []


def period_text(collected: Collected) -> str:
    """From when to when; empty where neither end is known."""
    if collected.from_ and collected.to:
        return f"{moment(collected.from_)} to {moment(collected.to)}"
    if collected.from_:
        return f"{moment(collected.from_)} on"
    return f"the time up to {moment(collected.to)}" if collected.to else ""


def _made(dataset: Dataset) -> list[str]:
    if dataset.query is None or not dataset.reads:
        return []
    return [say("evidence-made", datasets=listed([f"`{_inert(name)}`" for name in dataset.reads]))]


def _ledger(ledger: Ledger) -> list[str]:
    rows = f"{integer(ledger.loaded)} {'row' if ledger.loaded == 1 else 'rows'}"
    parts = [say("rows-read", rows=rows), say("rows-rejected", n=integer(ledger.rejected))]
    if ledger.dropped_by_rule:
        parts.append(say("rows-dropped", n=integer(ledger.dropped_by_rule)))
    if by_key := ledger.dropped - ledger.dropped_by_rule:
        parts.append(say("rows-dropped-keys", n=integer(by_key)))
    elif ledger.duplicates:
        parts.append(say("rows-duplicates", n=integer(ledger.duplicates)))
    if lost := sum(ledger.lost.values()):
        parts.append(say("values-lost", n=f"{integer(lost)} {'value' if lost == 1 else 'values'}"))
    return [", ".join(parts)]


def _file(file: DataFile) -> str:
    name = f"`{_inert(file.path)}`"
    sha = file.sha256 or file.pinned
    if sha is None and file.version is not None:
        return f"{name}, {say('store-version', version=_inert(file.version))}"
    return f"{name}, {say('sha', sha=sha[:_SHA] + '…')}" if sha else name


def _pins(files: tuple[DataFile, ...]) -> str:
    if any(file.pinned is None for file in files):
        return say("unpinned")
    changed = any(file.sha256 is not None and file.sha256 != file.pinned for file in files)
    return say("changed" if changed else "pinned")
