"""A network's manifest as those of its two datasets, `name.nodes` and `name.edges`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from factcheck.evidence.manifest_models import DatasetManifest

Part = Literal["nodes", "edges"]
_UNITS: dict[Part, str] = {"nodes": "node", "edges": "edge"}
_ROWS = ("key", "drop", "counts")  # what speaks of the rows of one dataset


def parts_of(name: str) -> tuple[str, str]:
    """The names of a network's two datasets."""
    return f"{name}.nodes", f"{name}.edges"


def network_hint(name: str, known: Collection[str]) -> str:
    """Where a name is that of a network: which of its two datasets may be meant; else nothing."""
    nodes, edges = parts_of(name)
    return f"a network is two datasets: '{nodes}' and '{edges}'" if {nodes, edges} <= set(known) else ""


def unfit(model: DatasetManifest) -> list[tuple[str, tuple[str, ...], str]]:
    """What a network's manifest cannot say: message, path to it, hint."""
    said = model.model_fields_set
    wrong: list[tuple[str, tuple[str, ...], str]] = [
        (f"a network is two datasets, and '{field}' does not say of which", (field,), "make one of them with a 'query'")
        for field in _ROWS
        if field in said
    ]
    for name, spec in model.columns.items():
        if spec.expr is not None and _part(name) is None:
            hint = f"write 'nodes.{name}' or 'edges.{name}'"
            wrong.append((f"column '{name}' does not say of which of the two datasets it is", ("columns", name), hint))
    return wrong


def split_model(model: DatasetManifest, part: Part) -> DatasetManifest:
    """The manifest of one of the two datasets.

    Columns named `nodes.x` or `edges.x` are of that part; others of whichever has them, which only the file tells.
    A node is known by its id, so that one declared twice is found.
    """
    changes: dict[str, object] = {
        "columns": {_bare(name): spec for name, spec in model.columns.items() if _part(name) in (None, part)},
        "unit": model.unit if model.unit and part == "nodes" else _UNITS[part],
        "title": f"{model.title} ({part})" if model.title else None,
        "key": ("id",) if part == "nodes" else (),
    }
    return model.model_copy(update=changes)


def _part(name: str) -> Part | None:
    head, dot, _ = name.partition(".")
    if not dot:
        return None
    return "nodes" if head == "nodes" else "edges" if head == "edges" else None


def _bare(name: str) -> str:
    return name.partition(".")[2] if _part(name) else name
