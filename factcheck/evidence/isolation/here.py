"""Reading in this process, for DataFrames that it holds already; otherwise like `reader`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.evidence.dataset import Column
from factcheck.evidence.engines.digests import Digest
from factcheck.evidence.engines.frame import Frame
from factcheck.evidence.ingest.load import Loaded, Loader
from factcheck.evidence.isolation.order import Order
from factcheck.evidence.isolation.stored import Stored, copy, store

if TYPE_CHECKING:
    from factcheck.evidence.engines.duckdb import DuckDB


class Here:
    """An engine of this process with datasets in it. `crashed` is empty: who crashes this process tells nobody."""

    gone = False
    crashed: Mapping[str, str] = {}
    lost: Collection[str] = ()

    def __init__(self, order: Order) -> None:
        from factcheck.evidence.engines.duckdb import open_engine

        limit = {"memory_limit": order.memory} if order.memory else {}
        self._engine: DuckDB = open_engine(**limit, threads=order.threads)
        self._loader = Loader(self._engine, order.sources, order.ground, order.frames, order.keep_rejects, order.failed)

    def load_all(self, names: Collection[str]) -> Loaded:
        """The named datasets, and what their queries read."""
        for name in sorted(names):
            self._loader.get(name)
        return self._loader.result

    def store(self, name: str, path: Path) -> Stored | None:
        return store(self._engine, name, path)

    def copy(self, name: str, path: Path) -> bool:
        return copy(self._engine, name, path)

    def expect(self, stored: Mapping[str, Stored]) -> None:
        for one in stored.values():
            self._engine.execute(one.create)

    def seal(self, paths: Iterable[str | Path] = ()) -> None:
        self._engine.seal(paths)

    def schema(self, relation: str) -> dict[str, Column]:
        return self._engine.schema(relation)

    def run(self, sql: str, *, timeout: float | None = None) -> Frame:
        return self._engine.run(sql, timeout=timeout)

    def look(self, sql: str, *, timeout: float | None = None) -> Frame:
        """A statement that no verdict rests on, asked where the rows are nearest."""
        return self.run(sql, timeout=timeout)

    def digests(self, sql: str, most: Sequence[int], *, timeout: float | None = None) -> list[Digest]:
        return self._engine.digests(sql, most, timeout=timeout)

    def close(self) -> None:
        self._engine.close()
