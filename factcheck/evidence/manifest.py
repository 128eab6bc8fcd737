"""Dataset manifests: what each dataset is, and where each part of that is written."""

from __future__ import annotations

import re
import unicodedata
from collections import abc
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from factcheck.errors import Place, Problem
from factcheck.evidence.connections.names import named_connection
from factcheck.evidence.engines.choice import DUCKDB, Choice
from factcheck.evidence.formats import is_network
from factcheck.evidence.manifest_models import (
    CollectedSpec,
    ColumnSpec,
    DatasetManifest,
    Origin,
    ReadOptions,
)
from factcheck.evidence.networks import parts_of, split_model, unfit
from factcheck.text.files import yaml_files
from factcheck.text.nodes import Mapping, Node, Scalar, descend, is_null, node_at, place_at
from factcheck.text.validate import validate
from factcheck.text.yaml import read_yaml

_ASKED = {"respondent", "participant", "interviewee"}
_PEOPLE = {"person", "people", "household", "voter"}  # of a survey, or of a register that has them all
_GAPS = re.compile(
    r"\b(missing|deleted|suspended|removed|incomplete|absent|excluded|lost"
    r"|not (?:included|collected|captured|available|covered))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class ManifestSource:
    """A dataset's manifest and where each part of it stands."""

    name: str
    model: DatasetManifest
    file: str  # relative to the project, with forward slashes
    line: int
    node: Mapping
    name_node: Scalar
    part: Literal["nodes", "edges"] | None = None  # of a network, which is two datasets
    lies_there: bool = False  # its rows are the engine's own, and stay where they are

    @property
    def folder(self) -> str:
        """The folder of the manifest, which its files are relative to; `.` for the project itself."""
        return PurePosixPath(self.file).parent.as_posix()

    def node_at(self, *path: str | int) -> Node | None:
        """The node at `path`, None where the manifest does not say it."""
        return node_at(self.node, path)

    def place(self, *path: str | int, offset: int = 0, length: int | None = None) -> Place:
        """Where the value at `path` stands (without a path the dataset's name), or part of its text."""
        return place_at(self.node, path, offset, length) if path else self.name_node.place()

    def key_place(self, *path: str | int) -> Place:
        """Where the key of the value at `path` stands: `("columns", "country")`, for a name that the file lacks."""
        key = descend(self.node, path)[1] if path else None
        return (key or self.name_node).place()


class Manifests(dict[str, ManifestSource]):
    """The datasets by name; `broken` names those whose manifests have errors, which are told already."""

    def __init__(self) -> None:
        super().__init__()
        self.broken: set[str] = set()

    def meant_by(self, name: str) -> list[str]:
        """The datasets that a name means: itself, or the two of a network; none where there is no such dataset."""
        return [name] if name in self else [part for part in parts_of(name) if part in self]


class ManifestFile(BaseModel):
    """A manifest file: datasets by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    datasets: dict[str, DatasetManifest] = Field(
        description="The datasets by name.", examples=["{mentions: {files: mentions.csv}}"]
    )


class _Datasets(BaseModel):
    """The head of a manifest file; each dataset is validated by itself, so that one error spoils no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    datasets: dict[str, Any] | None = None


def read_manifests(
    paths: Iterable[Path],
    root: Path,
    *,
    frames: Collection[str] = (),
    connections: abc.Mapping[str, str] | None = None,
    engine: Choice = DUCKDB,
) -> tuple[Manifests, list[Problem]]:
    """The datasets of all manifests (folders are searched) by name, and every problem found.

    A dataset with an error is not among them. `frames` names datasets that are in memory and need no files;
    `connections` are the databases that factcheck.yaml names, and `engine` is what it asks.
    Problems of severity `warning` leave the dataset usable.
    """
    files, problems = yaml_files(paths, root)
    reader = _Reader(frames, connections or {}, engine)
    for path, name in files:
        node, found = read_yaml(path, name)
        reader.problems.extend(found)
        if node is not None:
            reader.file(node, name)
        elif not found:
            reader.problems.append(Problem(f"{name} is empty", hint="expected 'datasets:'"))
    return reader.sources, problems + reader.problems


class _Reader:
    def __init__(self, frames: Collection[str], connections: abc.Mapping[str, str], engine: Choice) -> None:
        self.frames = frames
        self.connections = connections
        self.engine = engine
        self.sources = Manifests()
        self.problems: list[Problem] = []
        self._names: dict[str, Scalar] = {}

    def file(self, node: Node, name: str) -> None:
        _, problems = validate(_Datasets, node, "this manifest")
        self.problems.extend(problems)
        datasets = node.get("datasets") if isinstance(node, Mapping) else None
        if not isinstance(datasets, Mapping):
            if not problems:
                hint = "expected 'datasets:' and below it a dataset's name"
                self.problems.append(Problem("this manifest has no datasets", node.place(), hint))
            return
        for key, (key_node, value) in datasets.entries.items():
            self._dataset(key, key_node, value, name)

    def _dataset(self, name: str, key: Scalar, node: Node, file: str) -> None:
        self.sources.broken.add(name)
        if is_null(node):
            self.problems.append(Problem(f"dataset '{name}' is empty", key.place(), "expected 'files:' below it"))
            return
        model, problems = validate(DatasetManifest, node, f"dataset '{name}'")
        self.problems.extend(problems)
        if not self._is_new(name, key) or model is None or not isinstance(node, Mapping):
            return
        source = ManifestSource(name, model, file, key.source.line_of(key.start), node, key)
        if model.in_catalogue and not self.engine.far and name not in self.frames:
            message = "a table needs the 'files' or the 'connection' that it is read from"
            hint = "or an engine in factcheck.yaml that has it: {postgresql: …} or {spark: …}"
            self.problems.append(Problem(message, source.key_place("table"), hint))
            return
        if not (model.files or model.query or model.connection or model.table or name in self.frames):
            hint = "add 'files', 'query' or 'connection'"
            self.problems.append(Problem(f"dataset '{name}' does not say where its rows are", key.place(), hint))
            return
        self.problems.extend(doubts(source))
        if model.connection is not None:
            source = self._connected(source, model.connection)
        elif model.in_catalogue and self.engine.kind == "postgresql":
            source = replace(source, model=model.model_copy(update={"connection": self.engine.address}))
        source = replace(source, lies_there=self.engine.holds(source.model))
        if is_network(model.format, model.files):
            self._network(source)
        else:
            self.sources[name] = source
        self.sources.broken.discard(name)

    def _connected(self, source: ManifestSource, written: str) -> ManifestSource:
        """With the address of its database in the place of the name that factcheck.yaml gives it."""
        address, complaint = named_connection(written, self.connections)
        if complaint is not None:
            place = source.place("connection")
            self.problems.append(Problem(complaint.message, place, complaint.hint, complaint.severity))
        return replace(source, model=source.model.model_copy(update={"connection": address}))

    def _network(self, source: ManifestSource) -> None:
        """A network is two datasets, under its name with .nodes and .edges."""
        found = split(source)
        wrong = [problem for problem in found if isinstance(problem, Problem)]
        self.problems.extend(wrong)
        if wrong:
            self.sources.broken.update(parts_of(source.name))
        for part in found:
            if isinstance(part, ManifestSource) and self._is_new(part.name, part.name_node):
                self.sources[part.name] = part

    def _is_new(self, name: str, key: Scalar) -> bool:
        """SQL does not tell names apart by case, so a query could not say which of two it means."""
        first = self._names.setdefault(unicodedata.normalize("NFC", name).casefold(), key)
        if first is key:
            return True
        words = "is used twice" if first.value == name else f"differs from '{first.value}' only in case"
        hint = f"it is already at {first.place()}"
        self.problems.append(Problem(f"dataset name '{name}' {words}", key.place(), hint))
        return False


def split(source: ManifestSource) -> list[ManifestSource | Problem]:
    """The two datasets of a network, or what its manifest says that neither could take."""
    wrong = [Problem(message, source.key_place(*path), hint) for message, path, hint in unfit(source.model)]
    if wrong:
        return list(wrong)
    nodes, edges = parts_of(source.name)
    return [
        replace(source, name=nodes, part="nodes", model=split_model(source.model, "nodes")),
        replace(source, name=edges, part="edges", model=split_model(source.model, "edges")),
    ]


def doubts(source: ManifestSource) -> list[Problem]:
    """Warnings about a dataset that calls itself complete although its own words say otherwise."""
    model = source.model
    if model.completeness != "complete":
        return []
    warnings: list[tuple[str, str]] = []
    hint = "is it 'partial', or a 'random sample'?"
    words = {word.removesuffix("s") for word in (model.unit or "").lower().split()}
    if words & _ASKED:
        warnings.append((f"its rows are of the unit '{model.unit}': was every one there is asked?", hint))
    elif words & _PEOPLE and model.represents is None:
        register = f"{hint} If it is a register that has them all, say of whom: represents: …"
        warnings.append((f"its rows are of the unit '{model.unit}': are they all that there are?", register))
    gaps = [caveat for caveat in model.caveats if _GAPS.search(caveat)]
    warnings += [(f"a caveat names missing rows: {caveat}", hint) for caveat in gaps]
    place, called = source.place("completeness"), f"dataset '{source.name}' is complete, but"
    return [Problem(f"{called} {doubt}", place, helps, "warning") for doubt, helps in warnings]


__all__ = [
    "CollectedSpec",
    "ColumnSpec",
    "DatasetManifest",
    "ManifestFile",
    "ManifestSource",
    "Manifests",
    "Origin",
    "ReadOptions",
    "read_manifests",
]
