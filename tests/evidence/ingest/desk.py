"""A project on disk in one line: files, a manifest, and the datasets that come of them."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

from factcheck.errors import EvidenceError, Problem
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.duckdb import DuckDB
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.ingest import Loaded, describe_all, load_all
from factcheck.evidence.manifest import ManifestSource, read_manifests


class Desk:
    """A project folder with an engine."""

    def __init__(self, root: Path, engine: DuckDB) -> None:
        self.root = root
        self.engine = engine
        self.roots: tuple[Path, ...] = ()
        self.frames: dict[str, Any] = {}
        self.problems: list[Problem] = []

    def write(self, name: str, data: bytes | str) -> Path:
        path = self.root / "evidence" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def manifest(self, text: str) -> dict[str, ManifestSource]:
        self.write("data.yaml", "datasets:\n" + textwrap.indent(textwrap.dedent(text), "  "))
        sources, problems = read_manifests([self.root / "evidence"], self.root, frames=self.frames)
        assert not [p for p in problems if p.severity == "error"], problems
        return sources

    def load_all(self, manifest: str, *names: str) -> Loaded:
        loaded = load_all(
            self.engine, self.manifest(manifest), self.root, self.roots, self.frames, set(names) if names else None
        )
        self.problems = loaded.problems
        return loaded

    def load(self, manifest: str, name: str = "d") -> Dataset:
        """The dataset, which must have been read."""
        found = self.load_all(manifest, name).datasets[name]
        assert isinstance(found, Dataset), found
        return found

    def fails(self, manifest: str, name: str = "d") -> str:
        """What is said of a dataset that cannot be read."""
        found = self.load_all(manifest, name).datasets[name]
        assert isinstance(found, EvidenceError), found
        return found.message

    def describe(self, manifest: str) -> dict[str, Dataset | EvidenceError]:
        found, self.problems = describe_all(self.manifest(manifest), self.root, self.roots, self.frames)
        return found

    def rows(self, dataset: Dataset, columns: str = "*", order: str = "") -> list[tuple[Any, ...]]:
        return self.engine.run(f"SELECT {columns} FROM {identifier(dataset.relation)} {order}").rows()

    def csv(self, data: bytes | str, extra: str = "", name: str = "d.csv") -> Dataset:
        """A dataset of one file; `extra` is more of its manifest."""
        self.write(name, data)
        return self.load(f"d: {{files: {name}{', ' + extra if extra else ''}}}")

    def csv_fails(self, data: bytes | str, extra: str = "", name: str = "d.csv") -> str:
        self.write(name, data)
        return self.fails(f"d: {{files: {name}{', ' + extra if extra else ''}}}")
