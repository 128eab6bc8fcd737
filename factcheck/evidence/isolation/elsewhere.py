"""Reading here and asking elsewhere: what lies in files is read by a process of its own, and sent to the engine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Column, Dataset
from factcheck.evidence.engines.choice import Choice
from factcheck.evidence.engines.digests import Digest
from factcheck.evidence.engines.frame import Frame
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.engines.scratch import Scratch
from factcheck.evidence.ingest.load import Loaded
from factcheck.evidence.ingest.native import NativeLoader, read_here, there
from factcheck.evidence.isolation.order import Order
from factcheck.evidence.isolation.stored import Stored

if TYPE_CHECKING:
    from factcheck.evidence.isolation.here import Here
    from factcheck.evidence.isolation.reader import Reader


class Elsewhere:
    """A reader of files with an engine elsewhere that answers; otherwise like `Reader`."""

    def __init__(self, order: Order, reader: Reader | Here, choice: Choice, roots: Sequence[str]) -> None:
        from factcheck.evidence.engines.remote import Remote

        self._order = order
        self._reader = reader
        self._choice = choice
        self._roots = roots
        self._there = there(order.sources)
        self._sent: set[str] = set()
        self._remote = Remote(choice.open())
        self._scratch = Scratch(None)

    @property
    def gone(self) -> bool:
        """Whether the engine's session is lost: what was answered may not agree with what a new one would say."""
        return self._remote.gone

    @property
    def crashed(self) -> Mapping[str, str]:
        return self._reader.crashed

    @property
    def lost(self) -> Collection[str]:
        return self._reader.lost

    def load_all(self, names: Collection[str]) -> Loaded:
        """The named datasets: those from here are read, and those that lie there looked at."""
        wanted = read_here(names, self._order.sources)
        loaded = self._reader.load_all(wanted)
        self.send(wanted, loaded.datasets)
        lying = [name for name in sorted(names) if name in self._there and name not in loaded.datasets]
        if lying:
            loader = NativeLoader(
                self._remote, self._order.sources, self._order.ground, self._choice, self._roots, loaded.datasets
            )
            for name in lying:
                loader.get(name)
            loaded.datasets |= {n: found for n, found in loader.result.datasets.items() if n in self._there}
            loaded.problems = list(dict.fromkeys([*loaded.problems, *loader.result.problems]))
        return loaded

    def send(self, names: Iterable[str], datasets: dict[str, Dataset | EvidenceError]) -> None:
        """Sends the named ones that come from here; in the place of one that cannot be sent stands why."""
        for name in sorted(names):
            found = datasets.get(name)
            if isinstance(found, Dataset) and name not in self._sent and name not in self._there:
                try:
                    self._put(found)
                except EvidenceError as error:
                    datasets[name] = EvidenceError(error.message, name)

    def _put(self, dataset: Dataset) -> None:
        path = self._scratch.path / f"{len(self._sent)}.parquet"
        if not self._reader.copy(dataset.name, path):
            kinds = ", ".join(sorted({column.type for column in dataset.columns.values()}))
            raise EvidenceError(f"its columns ({kinds}) cannot be sent to {self._remote.shown}")
        try:
            self._remote.put(dataset.relation, dataset.columns, path)
        finally:
            path.unlink(missing_ok=True)
        self._sent.add(dataset.name)

    def store(self, name: str, path: Path) -> Stored | None:
        return None if name in self._there else self._reader.store(name, path)

    def copy(self, name: str, path: Path) -> bool:
        return self._reader.copy(name, path)

    def expect(self, stored: Mapping[str, Stored]) -> None:
        self._reader.expect(stored)

    def seal(self, paths: Iterable[str | Path] = ()) -> None:
        self._reader.seal(paths)

    def schema(self, relation: str) -> dict[str, Column]:
        return self._remote.schema(relation)

    def run(self, sql: str, *, timeout: float | None = None) -> Frame:
        return self._remote.run(sql, timeout=timeout)

    def look(self, sql: str, *, timeout: float | None = None) -> Frame:
        """A statement that no verdict rests on, asked where the rows are nearest."""
        far = any(identifier(name) in sql for name in self._there)
        return (self._remote if far else self._reader).run(sql, timeout=timeout)

    def at_hand(self, select: str, *, timeout: float | None = None) -> AbstractContextManager[str]:
        return self._remote.at_hand(select, timeout=timeout)

    def refusal(self, sql: str) -> EvidenceError | None:
        return self._remote.refusal(sql)

    def digests(self, sql: str, most: Sequence[int], *, timeout: float | None = None) -> list[Digest]:
        """Of what was read here; what lies there is not fetched for that."""
        return self._reader.digests(sql, most, timeout=timeout)

    def close(self) -> None:
        try:
            self._reader.close()
        finally:
            try:
                self._remote.close()
            finally:
                self._scratch.close()
