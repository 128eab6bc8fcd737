"""The files of a project that an archive of a run encloses, so that another desk can repeat the check.

Claim files, the manifests they need and factcheck.yaml always; a data file only where its licence lets others copy it
and it is small. What is left out is told with the reason.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from factcheck.claims.config import NAME, read_config
from factcheck.evidence.dataset import DataFile, Dataset
from factcheck.evidence.examples.licences import refusal
from factcheck.evidence.lineage import foundations
from factcheck.evidence.manifest import Manifests, read_manifests
from factcheck.evidence.stores.address import is_address
from factcheck.project import engine_of
from factcheck.reports.run import Run
from factcheck.text.secrets import has_password
from factcheck.verdicts.verdict import Verdict

MOST_BYTES = 10_000_000


@dataclass(frozen=True)
class Enclosed:
    """A file of the project. `content` is None where it is left out; `why` is then the code of the reason.

    `datasets` are those it belongs to; claim files and manifests belong to none.
    """

    path: str
    role: str  # claims, manifest, config, data
    content: bytes | None
    why: str | None = None
    size: int | None = None
    sha256: str | None = None
    datasets: tuple[Dataset, ...] = ()


def enclosed(run: Run, verdicts: Sequence[Verdict]) -> list[Enclosed]:
    """The files behind some verdicts, each once, in the order: configuration, claims, manifests, data."""
    found = [_spec(run.root, NAME, "config")] if (run.root / NAME).is_file() else []
    found += [_spec(run.root, file, "claims") for file in dict.fromkeys(verdict.file for verdict in verdicts)]
    found += [_spec(run.root, file, "manifest") for file in _manifests(run.root, verdicts)]
    owners: dict[str, list[Dataset]] = {}
    files: dict[str, DataFile] = {}
    for dataset in datasets_of(verdicts):
        for file in dataset.files:
            owners.setdefault(file.path, []).append(dataset)
            files.setdefault(file.path, file)
    return found + [_data(run.root, files[path], tuple(owners[path])) for path in sorted(files)]


def datasets_of(verdicts: Iterable[Verdict]) -> tuple[Dataset, ...]:
    """Every dataset behind some verdicts, their checks and variants, and what those are made from, by name."""
    found: dict[str, Dataset] = {}
    for verdict in verdicts:
        for dataset in (*verdict.datasets, *datasets_of((*verdict.checks, *verdict.variants))):
            found |= {one.name: one for one in foundations(dataset)}
    return tuple(found[name] for name in sorted(found))


def _spec(root: Path, path: str, role: str) -> Enclosed:
    """A file that people wrote. One with a password in it never leaves the project."""
    content = _read(root, path)
    if content is None:
        return Enclosed(path, role, None, "crate-absent")
    if any(has_password(line) for line in content.decode("utf-8", "replace").splitlines()):
        return Enclosed(path, role, None, "crate-password")
    return Enclosed(path, role, content, None, len(content), hashlib.sha256(content).hexdigest())


def _data(root: Path, file: DataFile, datasets: tuple[Dataset, ...]) -> Enclosed:
    """A data file, with its bytes where they may and can be enclosed and are still those that were checked."""
    sha = file.sha256 or file.pinned
    why, content = None, None
    if any(refusal(dataset)[0] is not None for dataset in datasets):
        why = "crate-licence"
    elif file.bytes > MOST_BYTES:
        why = "crate-large"
    else:
        content = _read(root, file.path)
        why = "crate-absent" if content is None else None
    if content is not None:
        now = hashlib.sha256(content).hexdigest()
        if sha is not None and now != sha:
            content, why = None, "crate-other"
        sha = sha or now
    return Enclosed(file.path, "data", content, why, file.bytes, sha, datasets)


def _read(root: Path, path: str) -> bytes | None:
    """The bytes of a file of the project; None where it is not in it."""
    if is_address(path):
        return None
    place = (root / path).resolve()
    if ".." in PurePosixPath(path).parts or not place.is_relative_to(root.resolve()) or not place.is_file():
        return None
    return place.read_bytes()


def _manifests(root: Path, verdicts: Sequence[Verdict]) -> list[str]:
    """The manifest files that describe the datasets needed; other stories' manifests stay where they are."""
    if not (root / "evidence").is_dir():
        return []
    config, _ = read_config(root)
    engine, _ = engine_of(config)
    known, _ = read_manifests([root / "evidence"], root, connections=config.config.connections, engine=engine)
    needed = {dataset.name for dataset in datasets_of(verdicts)}
    for verdict in verdicts:  # a claim that failed may not know its data, yet must be repeatable
        needed |= _named(known, verdict.claim.model_dump_json(exclude_none=True))
    waiting = sorted(needed & known.keys())
    while waiting:
        more = _named(known, known[waiting.pop()].model.query or "") - needed
        needed |= more
        waiting += sorted(more)
    return sorted({known[name].file for name in needed & known.keys()})


def _named(known: Manifests, text: str) -> set[str]:
    """The datasets whose names stand in a text, or the two of a network named there."""
    ways = {name: (name, name.rpartition(".")[0] or name) for name in known}
    return {name for name, both in ways.items() if any(_stands(one, text) for one in both)}


def _stands(name: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None
