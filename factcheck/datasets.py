"""What `factcheck data` shows and pins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from factcheck.cases.evidence import Evidence
from factcheck.cases.opening import opened
from factcheck.errors import EvidenceError, Problem, SpecError
from factcheck.evidence.dataset import DataFile, Dataset
from factcheck.evidence.ingest import pin as write_pins
from factcheck.evidence.ingest import sha256
from factcheck.evidence.networks import network_hint
from factcheck.evidence.profile import profile
from factcheck.evidence.stores.address import is_address, path_of
from factcheck.evidence.stores.stores import Stores
from factcheck.lost import lost_texts
from factcheck.project import Project
from factcheck.reports import datasets as form
from factcheck.text.suggest import did_you_mean
from factcheck.undescribed import lying_there, undescribed


def show(
    project: Project,
    name: str | None,
    format: str = "terminal",
    *,
    color: bool = False,
    keep_rejects: Path | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> str:
    """The list of datasets, or one dataset's columns and ledger, as text or JSON.

    Its rejected records are written into the folder `keep_rejects`; `tell` hears of it.
    """
    if name is None:
        files = undescribed(project)
        return form.listing(list(project.manifests.values()), format, files, color=color)
    names = _meant(project, name, one=format == "json")
    with opened(project, names, {}, keep_rejects=keep_rejects) as evidence:
        for line in evidence.kept:
            tell(line)
        pages = [_told(project, evidence, part) for part in names]
    texts = []
    for told, found in pages:
        told["lost_examples"] = lost_texts(project, found)
        texts.append(form.one(told, found, format, color=color, claims=_written(told)))
    return "\n".join(texts)


def _told(project: Project, evidence: Evidence, name: str) -> tuple[dict[str, Any], Dataset]:
    found = evidence.datasets[name]
    if isinstance(found, EvidenceError):
        raise found
    specs = project.manifests[name].model.columns
    expressions = {column: spec.expr for column, spec in specs.items() if spec.expr is not None}
    told = profile(evidence.engine, found, project.root, expressions)
    from factcheck.askable import askable  # measures take half a second to import; the list of datasets needs none

    return {**told, "claims": askable(evidence, found, told)}, found


def _written(told: Mapping[str, Any]) -> str:
    from factcheck.askable import written

    return written(told["claims"]) if told["claims"] else ""


def pin(project: Project, names: Sequence[str] = ()) -> list[str]:
    """Writes the sha256 of every file of the datasets into their manifests; one line for each says what was done."""
    lines: list[str] = []
    wanted = [part for name in names for part in _meant(project, name)]
    wanted = wanted or [name for name, source in project.manifests.items() if source.model.files]
    with opened(project, wanted, {}) as evidence:
        for name in wanted:
            lines.append(_pin_one(project, name, evidence.datasets[name]))
    return lines


def _pin_one(project: Project, name: str, found: Dataset | EvidenceError) -> str:
    if isinstance(found, EvidenceError):
        raise found
    if not found.files:
        return f"{name}: has no files of its own to pin"
    source = project.manifests[name]
    digests = {}
    for file in found.files:
        digests[_from_manifest(file.path, source.folder)] = _digest(project, file)
    changed = write_pins(source, digests, project.root)
    count = f"{len(digests)} {'file' if len(digests) == 1 else 'files'}"
    return f"{name}: {count} pinned in {source.file}" if changed else f"{name}: {count} unchanged since pinned"


def _digest(project: Project, file: DataFile) -> str:
    if not is_address(file.path):
        return sha256(project.root / file.path)
    stores, path = Stores(), path_of(file.path)  # it was opened, or it would not have been read
    if stores.object(path).version != file.version:
        raise EvidenceError(f"{file.path} cannot be pinned: it was changed while it was read")
    return stores.sha256(path)


def _from_manifest(path: str, folder: str) -> str:
    """A file's path as its manifest names it: relative to the manifest's folder where it lies below it."""
    pure = PurePosixPath(path)
    return pure.relative_to(folder).as_posix() if folder != "." and pure.is_relative_to(folder) else path


def _meant(project: Project, name: str, *, one: bool = False) -> list[str]:
    """The datasets that a name means: itself, or both of a network where not only `one` can be told."""
    meant = project.manifests.meant_by(name)
    if not meant or (one and len(meant) > 1):
        hint = network_hint(name, project.manifests) or lying_there(project, name)
        hint = hint or did_you_mean(name, project.manifests)
        hint = hint or (f"datasets: {', '.join(sorted(project.manifests))}" if project.manifests else form.DESCRIBE)
        raise SpecError(Problem(f"unknown dataset '{name}'", hint=hint))
    return meant
