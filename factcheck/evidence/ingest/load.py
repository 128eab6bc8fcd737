"""Datasets into the engine: each once, what a `query` reads before the query, a broken one alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.errors import EvidenceError, Problem
from factcheck.evidence.dataset import Column, Dataset
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.formats import format_module, key_of, settled
from factcheck.evidence.formats.source import Job, Reading, Source, SourceColumn
from factcheck.evidence.ingest.assemble import assemble, bare, data_files
from factcheck.evidence.ingest.faults import ManifestFault
from factcheck.evidence.ingest.manifests import locate, of_part, reading_of
from factcheck.evidence.ingest.notices import in_order
from factcheck.evidence.ingest.places import Ground
from factcheck.evidence.ingest.queries import checked, leads_back, named, passed_on
from factcheck.evidence.ingest.rejects import keeping
from factcheck.evidence.ingest.repeated import repeated_rows
from factcheck.evidence.ingest.work import Work
from factcheck.evidence.manifest import ManifestSource
from factcheck.evidence.stores.copies import at_hand

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB


@dataclass
class Loaded:
    """What ingest left: datasets (or why one failed), problems of their manifests, files that views still read."""

    datasets: dict[str, Dataset | EvidenceError] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # what was written of rejected records, in words


def load_all(
    engine: DuckDB,
    sources: Mapping[str, ManifestSource],
    root: Path,
    roots: Sequence[Path] = (),
    frames: Mapping[str, Any] | None = None,
    names: Collection[str] | None = None,
    *,
    keep_rejects: Path | None = None,
) -> Loaded:
    """Ingests the named datasets (default: all) and whatever their queries read, each once.

    `frames` are pandas DataFrames by dataset name; they stand in for the files of a manifest of that name. A
    dataset that fails is an EvidenceError in its place, and a Problem besides where its manifest is wrong. Rejected
    records are written into the folder `keep_rejects`, a file for each dataset that has any.
    """
    loader = Loader(engine, sources, Ground(root.resolve(), tuple(roots)), frames or {}, keep_rejects)
    for name in sorted(names if names is not None else {*sources, *(frames or {})}):
        loader.get(name)
    return loader.result


class Loader:
    """Loads datasets into one engine; `failed` are known to fail, `begun` hears of each as it begins."""

    lazy = False  # whether a query stays a view

    def __init__(
        self,
        engine: DuckDB,
        sources: Mapping[str, ManifestSource],
        ground: Ground,
        frames: Mapping[str, Any],
        keep_rejects: Path | None = None,
        failed: Mapping[str, str] | None = None,
        begun: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._engine = engine
        self._sources = sources
        self._ground = ground
        self._frames = frames
        self._keep = keep_rejects
        self._failed = failed or {}
        self._begun = begun
        self._open: list[str] = []  # datasets being loaded, for queries that lead back to themselves
        self.result = Loaded()

    def get(self, name: str) -> Dataset | EvidenceError:
        """The dataset, loaded now or before."""
        if name not in self.result.datasets:
            self._open.append(name)
            self.result.datasets[name] = self._attempt(name)
            self._open.pop()
        return self.result.datasets[name]

    def _attempt(self, name: str) -> Dataset | EvidenceError:
        if name in self._failed:
            return EvidenceError(self._failed[name], name)
        source = self._sources.get(name)
        self._begun(name)
        try:
            if name in self._frames:
                return self._frame(name, source)
            if source is None:
                raise EvidenceError("there is no such dataset")
            if source.model.query is not None:
                return self._query(source)
            if source.model.connection is not None:
                return self._connection(source)
            return self._files(source)
        except ManifestFault as fault:
            self.result.problems.append(fault.problem(source))
            return EvidenceError(fault.message, name)
        except EvidenceError as error:
            return EvidenceError(self._ground.plainly(error.message), name)

    def _files(self, source: ManifestSource) -> Dataset:
        paths, kind = locate(source, self._ground)
        job = replace(self._job(paths, reading_of(source)), part=source.part, table=source.model.table)
        job = at_hand(job, kind, self._ground.stores, lambda: self._engine.scratch)
        kind, notes = settled(kind, source.model.format is not None, job)
        source = of_part(source, kind, job)
        opened = format_module(kind).open(job)
        opened.notes.extend(notes)
        if self._keep is not None:
            opened = keeping(opened, self._keep, source.name, self.result.kept.append)
        source = _keyed(source, key_of(kind, opened.columns))
        work = Work(self._engine, source, source.name)
        columns, ledger = work.run(opened, job.reading)
        if work.stays(opened):
            self.result.paths.extend(opened.paths)
        files = data_files(source, paths, self._ground, check=True)
        return assemble(source, columns, files=files, file_format=kind, ledger=ledger)

    def _connection(self, source: ManifestSource) -> Dataset:
        from factcheck.evidence.connections import postgresql

        job = replace(self._job((), Reading()), connection=source.model.connection, table=source.model.table)
        columns, ledger = Work(self._engine, source, source.name).run(postgresql.open(job), job.reading)
        return assemble(source, columns, file_format="postgresql", ledger=ledger)

    def _frame(self, name: str, source: ManifestSource | None) -> Dataset:
        from factcheck.evidence.ingest.frames import open_frame

        label = self._job((), Reading()).label
        try:
            opened = open_frame(self._engine, self._frames[name], label)
            columns, ledger = Work(self._engine, source, name).run(opened, Reading())
        finally:
            self._engine.unregister(label)
        if source is None:
            return bare(name, columns, ledger)
        return assemble(source, columns, file_format="dataframe", ledger=ledger)

    def _query(self, source: ManifestSource) -> Dataset:
        reads = [self._read(name) for name in named(source, {*self._sources, *self._frames})]
        known: dict[str, Mapping[str, Column]] = {name: {} for name in (*self._sources, *self._frames)}
        select = checked(source, known | {read.name: read.columns for read in reads})
        typed = self._engine.describe(f"FROM ({select.sql})")
        columns_of_it = {n: SourceColumn(n, identifier(n), c.type) for n, c in typed.items()}
        opened = Source(f"({select.sql})", columns_of_it, stays=self.lazy)
        columns, ledger = Work(self._engine, source, source.name).run(opened, Reading())
        columns = passed_on(columns, source, select, list(typed))
        if not self.lazy and ledger is not None:
            told = repeated_rows(self._engine, source, columns, reads)
            ledger = replace(ledger, notes=in_order([*ledger.notes, *told]))
        made = assemble(source, columns, file_format="query", ledger=ledger, reads=tuple(reads))
        return replace(made, chosen_by=tuple(sorted(select.chosen_by)))

    def _read(self, name: str) -> Dataset:
        if name in self._open:
            raise leads_back(self._open, name)
        found = self.get(name)
        if isinstance(found, EvidenceError):
            raise EvidenceError(f"it reads dataset '{name}', which failed: {found.message}")
        return found

    def _job(self, paths: tuple[Path, ...], reading: Reading) -> Job:
        shown = {path: self._ground.show(path) for path in paths}
        job = Job(lambda: self._engine, paths, reading, self._engine.fresh_name(), shown)
        return job if self._keep is None else replace(job, most_rejects=sys.maxsize, whole_rejects=True)


def _keyed(source: ManifestSource, key: tuple[str, ...]) -> ManifestSource:
    """The manifest with the key of its format, where it says nothing of one itself."""
    if not key or "key" in source.model.model_fields_set:
        return source
    return replace(source, model=source.model.model_copy(update={"key": key}))
