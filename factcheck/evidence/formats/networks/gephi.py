"""The CSV files that Gephi exports: edges, and the nodes in a file of their own. The headings tell which is which."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from factcheck.errors import EvidenceError
from factcheck.evidence.formats import csv
from factcheck.evidence.formats.networks.staged import loose_ends, part_of
from factcheck.evidence.formats.networks.tables import ENDS, ends_of, of_edges, of_nodes, source_of, table
from factcheck.evidence.formats.source import Job, Source, SourceColumn


def head(job: Job) -> dict[str, SourceColumn]:
    """The columns of the nodes, or of the edges."""
    part, (nodes, edges) = part_of(job), _told_apart(job)
    if part == "nodes" and not nodes:
        return {"id": SourceColumn("id", "id")}
    columns = csv.head(replace(job, files=nodes if part == "nodes" else edges))
    names = (of_nodes if part == "nodes" else of_edges)(list(columns))
    return {names[old]: replace(column, name=names[old]) for old, column in columns.items()}


def open(job: Job) -> Source:
    """The nodes, or the edges; without a file of nodes, the nodes are the ends of the edges."""
    part, (nodes, edges) = part_of(job), _told_apart(job)
    if part == "nodes" and nodes:
        return source_of(table(replace(job, files=nodes), ("id",), of_nodes))
    found = table(replace(job, files=edges), ENDS, of_edges)
    if part == "nodes":
        return ends_of(found)
    source = source_of(found)
    if nodes:
        known = table(replace(job, files=nodes), ("id",), of_nodes)
        source.notes += loose_ends(job, known.relation, found.relation, found.shown)
    return source


def _told_apart(job: Job) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The files of nodes, and those of edges."""
    kinds: dict[str, list[Path]] = {"nodes": [], "edges": []}
    for path in job.files:
        names = list(csv.head(replace(job, files=(path,))))
        known = {name.casefold() for name in names}
        if "id" not in known and not known.issuperset(ENDS):
            listed = ", ".join(f"'{name}'" for name in names[:8])
            raise EvidenceError(
                f"{job.show(path)} has neither the headings Source and Target (edges) nor Id (nodes); it has {listed}"
            )
        kinds["edges" if known.issuperset(ENDS) else "nodes"].append(path)
    if not kinds["edges"]:
        raise EvidenceError(f"{', '.join(map(job.show, job.files))}: no file has the headings Source and Target")
    return tuple(kinds["nodes"]), tuple(kinds["edges"])
