"""What is known of datasets without reading their rows: enough to check every name and most types of a claim."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck.errors import EvidenceError, Problem
from factcheck.evidence.dataset import Column, Dataset
from factcheck.evidence.engines.names import literal
from factcheck.evidence.engines.scratch import Scratch
from factcheck.evidence.formats import format_module, is_plain_text, settled
from factcheck.evidence.formats.source import Job, Reading, SourceColumn
from factcheck.evidence.ingest.assemble import assemble, bare, data_files
from factcheck.evidence.ingest.computed import drop_rule, expressions
from factcheck.evidence.ingest.faults import ManifestFault
from factcheck.evidence.ingest.ledger import check_counts, key_columns
from factcheck.evidence.ingest.manifests import locate, of_part, reading_of
from factcheck.evidence.ingest.places import Ground
from factcheck.evidence.ingest.plan import described, expected_type, plan
from factcheck.evidence.ingest.queries import checked, leads_back, named, passed_on
from factcheck.evidence.manifest import ManifestSource
from factcheck.evidence.stores.copies import at_hand

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB
    from factcheck.evidence.isolation.reader import Reader


def describe_all(
    sources: Mapping[str, ManifestSource],
    root: Path,
    roots: Sequence[Path] = (),
    frames: Mapping[str, Any] | None = None,
    names: Collection[str] | None = None,
) -> tuple[dict[str, Dataset | EvidenceError], list[Problem]]:
    """The named datasets (default: all) and what their queries read, from the heads of their files.

    Types of Parquet are exact; those of text formats are known where a manifest states them, else UNKNOWN. A
    dataset whose manifest is wrong has its Problem in the list and an EvidenceError in its place.
    """
    frames = frames or {}
    describer = Describer(sources, Ground(root.resolve(), tuple(roots)), frames, isolate=True)
    try:
        for name in sorted(names if names is not None else {*sources, *frames}):
            if name in sources or name in frames:
                describer.get(name)
    finally:
        describer.close()
    return describer.found, describer.problems


class Describer:
    """Describes datasets; with `isolate`, files other than plain text are looked at in a process of their own."""

    def __init__(
        self,
        sources: Mapping[str, ManifestSource],
        ground: Ground,
        frames: Mapping[str, Any],
        *,
        isolate: bool = False,
    ) -> None:
        self._sources = sources
        self._ground = ground
        self._frames = frames
        self._isolate = isolate
        self._reader: Reader | None = None
        self._engine: DuckDB | None = None
        self._copies: Scratch | None = None
        self._open: list[str] = []
        self.found: dict[str, Dataset | EvidenceError] = {}
        self.problems: list[Problem] = []

    def engine(self) -> DuckDB:
        """Only opened for formats whose schema an engine reads."""
        if self._engine is None:
            from factcheck.evidence.engines.duckdb import open_engine

            self._engine = open_engine(memory_limit="500MB", threads=1)
            if self._ground.opens_stores:
                from factcheck.evidence.stores.front import mount

                mount(self._engine, self._ground.stores)
        return self._engine

    def close(self) -> None:
        for opened in (self._engine, self._reader, self._copies):
            if opened is not None:
                opened.close()

    def get(self, name: str) -> Dataset | EvidenceError:
        if name not in self.found:
            self._open.append(name)
            self.found[name] = self._attempt(name)
            self._open.pop()
        return self.found[name]

    def _attempt(self, name: str) -> Dataset | EvidenceError:
        source = self._sources.get(name)
        try:
            if name in self._frames:
                return self._frame(name, source)
            if source is None:
                raise EvidenceError("there is no such dataset")
            if source.model.query is not None:
                return self._query(source)
            if source.lies_there and source.model.connection is None:
                raise EvidenceError("its columns are only known once its engine has been asked")
            if self._isolate and not self._is_text(source):
                return self._elsewhere(source)
            if source.model.connection is not None:
                return self._connection(source)
            return self._files(source)
        except ManifestFault as fault:
            self.problems.append(fault.problem(source))
            return EvidenceError(fault.message, name)
        except EvidenceError as error:
            return EvidenceError(self._ground.plainly(error.message), name)

    def _is_text(self, source: ManifestSource) -> bool:
        """Whether no more than Python's own reading of text looks at the heads of the files."""
        if source.model.connection is not None:
            return False
        paths, kind = locate(source, self._ground)
        return is_plain_text(kind, paths)

    def _elsewhere(self, source: ManifestSource) -> Dataset | EvidenceError:
        from factcheck.evidence.isolation.order import Order
        from factcheck.evidence.isolation.reader import Reader

        if self._reader is None:
            self._reader = Reader(Order(self._sources, self._ground, memory="1GB", threads=1))
        found, problems = self._reader.describe(source.name)
        self.problems += problems
        return found

    def _files(self, source: ManifestSource) -> Dataset:
        paths, kind = locate(source, self._ground)
        reading = reading_of(source)
        shown = {path: self._ground.show(path) for path in paths}
        job = Job(self.engine, paths, reading, self._label(), shown, part=source.part, table=source.model.table)
        job = at_hand(job, kind, self._ground.stores, self._scratch, text_head=is_plain_text(kind, paths))
        kind, _ = settled(kind, source.model.format is not None, job)
        source = of_part(source, kind, job)
        columns = self._columns(source, format_module(kind).head(job), reading, [job.at(path) for path in job.files])
        files = data_files(source, paths, self._ground, check=False)
        return assemble(source, columns, files=files, file_format=kind)

    def _scratch(self) -> Path:
        """Where copies of objects are looked at, which need no engine."""
        if self._copies is None:
            self._copies = Scratch(None)
        return self._copies.path

    def _label(self) -> str:
        return f"head_{len(self.found)}_{len(self._open)}"

    def _connection(self, source: ManifestSource) -> Dataset:
        from factcheck.evidence.connections import postgresql

        model = source.model
        job = Job(self.engine, (), Reading(), self._label(), connection=model.connection, table=model.table)
        return assemble(source, self._columns(source, postgresql.head(job), Reading()), file_format="postgresql")

    def _columns(
        self,
        source: ManifestSource | None,
        heads: Mapping[str, SourceColumn],
        reading: Reading,
        paths: Sequence[str] = (),
    ) -> dict[str, Column]:
        specs = source.model.columns if source else {}

        def type_of(sql: str) -> str:
            listed = ", ".join(map(literal, paths))
            found = self.engine().describe(f"SELECT {sql} FROM read_parquet([{listed}])")
            return next(iter(found.values())).type

        columns = {}
        for p in plan(heads, specs, reading, type_of):
            spec, read = specs.get(p.name), p.source
            columns[p.name] = described(p.name, *expected_type(p), spec, read.uses, read.stated)
        columns, _ = expressions(specs, columns)
        drop_rule(source, columns)
        if source is not None:
            key_columns(source.model.key, columns)
        check_counts(source, columns)
        return columns

    def _frame(self, name: str, source: ManifestSource | None) -> Dataset:
        from factcheck.evidence.ingest.frames import open_frame

        opened = open_frame(self.engine(), self._frames[name], "_factcheck_frame")
        self.engine().unregister("_factcheck_frame")
        columns = self._columns(source, opened.columns, Reading())
        return assemble(source, columns, file_format="dataframe") if source else bare(name, columns)

    def _query(self, source: ManifestSource) -> Dataset:
        reads = [self._read(name) for name in named(source, {*self._sources, *self._frames})]
        known: dict[str, Mapping[str, Column]] = {name: {} for name in (*self._sources, *self._frames)}
        select = checked(source, known | {read.name: read.columns for read in reads})
        if select.columns is None:
            raise EvidenceError("the columns of its query are only known once it has run")
        heads = {name: SourceColumn(name, name, None) for name in select.columns}
        columns = self._columns(source, heads, Reading())
        columns = passed_on(columns, source, select, select.columns)
        made = assemble(source, columns, file_format="query", reads=tuple(reads))
        return replace(made, chosen_by=tuple(sorted(select.chosen_by)))

    def _read(self, name: str) -> Dataset:
        if name in self._open:
            raise leads_back(self._open, name)
        found = self.get(name)
        if isinstance(found, EvidenceError):
            raise EvidenceError(f"it reads dataset '{name}', which failed: {found.message}")
        return found
