"""A network on the desk in one line, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingest.desk import Desk

from factcheck.evidence.dataset import Dataset, Ledger


@dataclass(frozen=True)
class Graph:
    desk: Desk
    nodes: Dataset
    edges: Dataset

    def rows(self, part: str, columns: str = "*") -> list[tuple[Any, ...]]:
        return self.desk.rows(getattr(self, part), columns)

    def names(self, part: str) -> list[str]:
        return list(getattr(self, part).columns)

    def types(self, part: str) -> dict[str, str]:
        return {name: column.type for name, column in getattr(self, part).columns.items()}

    def ledger(self, part: str) -> Ledger:
        found: Ledger | None = getattr(self, part).ledger
        assert found is not None
        return found

    def rejects(self, part: str) -> list[tuple[int | None, str]]:
        return [(reject.line, reject.reason) for reject in self.ledger(part).rejects]

    def notices(self, part: str) -> dict[str, str]:
        return {notice.code: notice.text for notice in self.ledger(part).notes}


def graph(desk: Desk, data: bytes | str, name: str = "g.gexf", extra: str = "") -> Graph:
    """The two datasets of one file."""
    desk.write(name, data)
    return loaded(desk, f"files: {name}{', ' + extra if extra else ''}")


def loaded(desk: Desk, manifest: str) -> Graph:
    """The two datasets of files that lie there; their heads tell the same columns."""
    text = f"g: {{{manifest}}}"
    found = desk.load_all(text, "g.nodes", "g.edges").datasets
    nodes, edges = found["g.nodes"], found["g.edges"]
    assert isinstance(nodes, Dataset), nodes
    assert isinstance(edges, Dataset), edges
    described = desk.describe(text)
    for part in (nodes, edges):
        head = described[part.name]
        assert isinstance(head, Dataset), head
        assert list(head.columns) == list(part.columns)
        ledger = part.ledger
        assert ledger is not None
        assert ledger.records == ledger.loaded + ledger.rejected + ledger.dropped
    return Graph(desk, nodes, edges)


def fails(desk: Desk, data: bytes | str, name: str = "g.gexf", extra: str = "") -> str:
    """What is said of a file that cannot be read; it is said of both parts."""
    desk.write(name, data)
    manifest = f"g: {{files: {name}{', ' + extra if extra else ''}}}"
    nodes, edges = desk.fails(manifest, "g.nodes"), desk.fails(manifest, "g.edges")
    assert nodes == edges
    left = desk.engine.run("SELECT count(*) FROM information_schema.tables WHERE table_name LIKE 'g.%'").one()
    assert left == (0,)
    return nodes
