"""Datasets whose rows lie with the engine that is asked, and stay there; and queries over them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.choice import Choice
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.formats.source import Note, Reading, Source, SourceColumn
from factcheck.evidence.ingest.assemble import assemble
from factcheck.evidence.ingest.faults import ManifestFault
from factcheck.evidence.ingest.load import Loader
from factcheck.evidence.ingest.places import Ground
from factcheck.evidence.ingest.queries import named
from factcheck.evidence.ingest.work import Work
from factcheck.evidence.manifest import ManifestSource

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB
    from factcheck.evidence.engines.remote import Remote

_STEP = "_factcheck_native_{}"


def there(sources: Mapping[str, ManifestSource]) -> frozenset[str]:
    """The datasets that the engine has itself, and the queries that read any of those."""
    found = {name for name, source in sources.items() if source.lies_there}
    reads = {name: _reads(source, sources) for name, source in sources.items() if source.model.query is not None}
    while more := {name for name, read in reads.items() if name not in found and found & read}:
        found |= more
    return frozenset(found)


def read_here(names: Collection[str], sources: Mapping[str, ManifestSource]) -> set[str]:
    """Of some datasets and of what queries there read, those that come from here."""
    far, wanted, seen = there(sources), set(names), set[str]()
    while left := wanted - seen:
        seen |= left
        for name in left & far:
            wanted |= _reads(sources[name], sources) if sources[name].model.query is not None else set()
    return seen - far


def _reads(source: ManifestSource, sources: Mapping[str, ManifestSource]) -> set[str]:
    try:
        return set(named(source, set(sources)))
    except ManifestFault:
        return set()  # it is told when the query is read


class NativeLoader(Loader):
    """Makes relations of what lies with the engine; `here` are the datasets that came from this machine."""

    lazy = True

    def __init__(
        self,
        engine: Remote,
        sources: Mapping[str, ManifestSource],
        ground: Ground,
        choice: Choice,
        roots: Sequence[str],
        here: Mapping[str, Dataset | EvidenceError],
    ) -> None:
        super().__init__(cast("DuckDB", engine), sources, ground, {})
        self._remote = engine
        self._choice = choice
        self._roots = roots
        self.result.datasets |= here

    def _files(self, source: ManifestSource) -> Dataset:
        return self._native(source)

    def _connection(self, source: ManifestSource) -> Dataset:
        return self._native(source)

    def _native(self, source: ManifestSource) -> Dataset:
        self._refuse_outside(source)
        relation = _STEP.format(source.name)
        types = self._remote.native(relation, source.model)
        columns = {name: SourceColumn(name, identifier(name), kind) for name, kind in types.items()}
        where = source.model.table or ", ".join(source.model.files)
        note = Note("asked-in-place", {"where": where, "engine": self._remote.shown})
        opened = Source(identifier(relation), columns, notes=[note], stays=True)
        made, ledger = Work(self._engine, source, source.name).run(opened, Reading())
        return assemble(source, made, file_format=self._choice.kind, ledger=ledger)

    def _refuse_outside(self, source: ManifestSource) -> None:
        """A manifest may come from a stranger; which places are read is said by who runs the project."""
        for file in source.model.files:
            if not any(file.startswith(root.rstrip("/") + "/") and ".." not in file for root in self._roots):
                message = f"'{file}' is in no place that factcheck.yaml opens"
                raise ManifestFault(message, "files", hint="name the folder of it under evidence_roots")
