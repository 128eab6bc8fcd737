"""A dataset as the rest of the engine sees it, from its manifest and its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from factcheck.evidence.dataset import Collected, Column, DataFile, Dataset, Ledger
from factcheck.evidence.ingest.pin import sha256
from factcheck.evidence.ingest.places import Ground
from factcheck.evidence.ingest.reported import counts_of
from factcheck.evidence.manifest import ManifestSource
from factcheck.evidence.stores.address import is_object

Completeness = Literal["complete", "random sample", "partial"]
SMALL = 64 << 20  # bytes that take well under a tenth of a second to digest
_WEAKEST_FIRST: tuple[Completeness, ...] = ("partial", "random sample", "complete")


def data_files(source: ManifestSource, paths: Iterable[Path], ground: Ground, *, check: bool) -> tuple[DataFile, ...]:
    """The files of a dataset; with `check`, those that the manifest pins have their digest taken, and all small ones.

    A report names the digest, so that another desk can tell which file was used; a large file that nobody pinned is
    not read a second time for that.
    """
    found = []
    pinned = source.model.sha256
    paths = list(paths)
    for path in paths:
        shown = ground.show(path)
        expected = _pinned(pinned, path, shown, source.folder, alone=len(paths) == 1)
        if is_object(path):
            found.append(_object(path, ground, shown, expected, check=check))
            continue
        size = path.stat().st_size
        digest = sha256(path) if check and (expected is not None or size <= SMALL) else None
        found.append(DataFile(shown, size, digest, expected))
    return tuple(found)


def _object(path: Path, ground: Ground, shown: str, expected: str | None, *, check: bool) -> DataFile:
    """An object of a store; one that stays there is read whole only where it is pinned."""
    stores = ground.stores
    found, copy = stores.object(path), stores.copied(path)
    size = copy.stat().st_size if copy is not None else found.size or 0
    digest = None
    if check and (expected is not None or (copy is not None and size <= SMALL)):
        digest = sha256(copy) if copy is not None else stores.sha256(path)
    return DataFile(shown, size, digest, expected, found.version)


def _pinned(pinned: str | Mapping[str, str] | None, path: Path, shown: str, folder: str, *, alone: bool) -> str | None:
    if pinned is None or isinstance(pinned, str):
        return pinned if alone else None
    names = (shown, shown.removeprefix(f"{folder}/"), path.name)
    return next((pinned[name] for name in names if name in pinned), None)


def assemble(
    source: ManifestSource,
    columns: Mapping[str, Column],
    *,
    files: tuple[DataFile, ...] = (),
    file_format: str = "",
    ledger: Ledger | None = None,
    reads: tuple[Dataset, ...] = (),
) -> Dataset:
    """The dataset; one made from others takes over what limits them."""
    model = source.model
    collected = model.collected
    return Dataset(
        source.name,
        dict(columns),
        source.name,
        title=model.title,
        unit=model.unit,
        represents=model.represents,
        key=model.key,
        completeness=_weakest(model.completeness, reads),
        sample_fraction=model.sample_fraction,
        population=int(model.population) if model.population is not None else None,
        counts=_spelled(counts_of(model, columns), columns),
        collected=Collected(
            collected.by, collected.with_, collected.date, collected.from_, collected.to, collected.platforms
        )
        if collected.model_fields_set or not reads
        else _shared(reads),
        synthetic=model.synthetic or any(read.synthetic for read in reads),
        caveats=tuple(dict.fromkeys([*model.caveats, *(caveat for read in reads for caveat in read.caveats)])),
        source_title=model.source.title or _one(read.source_title for read in reads),
        source_url=model.source.url or _one(read.source_url for read in reads),
        licence=model.licence or _licences(reads),
        files=files,
        format=file_format,
        query=model.query,
        reads=tuple(read.name for read in reads),
        made_from=reads,
        ledger=ledger,
        place=source.place(),
    )


def bare(name: str, columns: Mapping[str, Column], ledger: Ledger | None = None) -> Dataset:
    """A DataFrame that no manifest tells anything of: whoever hands it over vouches for it, and a note says so."""
    return Dataset(name, dict(columns), name, completeness="complete", format="dataframe", ledger=ledger)


def _weakest(stated: Completeness | None, reads: tuple[Dataset, ...]) -> Completeness | None:
    """The weakest completeness of all; a dataset that does not say is no stronger for being joined."""
    known = [read.completeness for read in reads]
    if not reads:
        return stated
    if None in known and stated is None:
        return None
    ranked = [c for c in (stated, *known) if c is not None]
    return min(ranked, key=_WEAKEST_FIRST.index) if ranked else None


def _spelled(counts: str | None, columns: Mapping[str, Column]) -> str | None:
    if counts is None or counts in columns:
        return counts
    alike = [name for name in columns if name.casefold() == counts.casefold()]
    return alike[0] if len(alike) == 1 else counts


def _shared(reads: tuple[Dataset, ...]) -> Collected:
    first = reads[0].collected
    return first if all(read.collected == first for read in reads) else Collected()


def _one(values: Iterable[str | None]) -> str | None:
    different = {value for value in values if value is not None}
    return different.pop() if len(different) == 1 else None


def _licences(reads: tuple[Dataset, ...]) -> str | None:
    """The licence of what was read; where they differ, each with the dataset that it covers."""
    stated = {read.licence for read in reads}
    if len(stated) < 2:
        return next(iter(stated), None)
    return "; ".join(f"{read.licence or 'none stated'} ({read.name})" for read in reads)
