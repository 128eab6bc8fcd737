"""A manifest in the terms of ingest: which files, of which format, read how."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

from factcheck.evidence.formats import DATABASES, format_module
from factcheck.evidence.formats.source import Job, Reading
from factcheck.evidence.ingest.faults import ManifestFault
from factcheck.evidence.ingest.places import Forbidden, Ground, format_of, resolve
from factcheck.evidence.manifest import ManifestSource


def reading_of(source: ManifestSource) -> Reading:
    """`read` in the form of the formats."""
    read = source.model.read
    encodings = read.encoding or ()
    for position, encoding in enumerate(encodings):
        _check_encoding(encoding, *(() if len(encodings) == 1 else (position,)))
    return Reading(
        delimiter=read.delimiter,
        header=read.header,
        skip=read.skip,
        encoding=encodings[0] if len(encodings) == 1 else None,
        encodings=encodings if len(encodings) > 1 else (),
        nulls=read.nulls or (),
        thousands=read.thousands or "",
        decimal=read.decimal or ".",
        quote=read.quote,
        names=read.names or (),
        sheet=read.sheet,
        alike=tuple(spec.from_ for spec in source.model.columns.values() if spec.from_ and len(spec.from_) > 1),
    )


def of_part(source: ManifestSource, kind: str, job: Job) -> ManifestSource:
    """Of a network: the manifest without the columns that only the other of its two datasets has."""
    if source.part is None or not source.model.columns:
        return source
    module = format_module(kind)
    other: Literal["nodes", "edges"] = "edges" if source.part == "nodes" else "nodes"
    mine, others = module.head(job), {name.casefold() for name in module.head(replace(job, part=other))}
    elsewhere = others - {name.casefold() for name in mine}
    kept = {
        name: spec
        for name, spec in source.model.columns.items()
        if spec.expr is not None or any(origin.casefold() not in elsewhere for origin in spec.origins(name))
    }
    return replace(source, model=source.model.model_copy(update={"columns": kept}))


def _check_encoding(encoding: str, *position: int) -> None:
    import codecs

    try:
        codecs.lookup(encoding)
    except LookupError as error:
        hint = "common ones are utf-8, windows-1252, windows-1251, latin-1 and utf-16"
        raise ManifestFault(f"unknown encoding '{encoding}'", "read", "encoding", *position, hint=hint) from error


def _format(source: ManifestSource, paths: tuple[Path, ...], ground: Ground) -> str:
    try:
        return format_of(source.model.format, paths, ground.show(paths[0]))
    except LookupError as error:
        where = "format" if source.model.format is not None else "files"
        raise ManifestFault(str(error.args[0]), where) from error


def _said(source: ManifestSource, position: int | None) -> str:
    """Where a manifest names some files, as people are told."""
    place = source.place("files") if position is None else source.place("files", position)
    return f"{place.file}, line {place.line}"


def locate(source: ManifestSource, ground: Ground) -> tuple[tuple[Path, ...], str]:
    """The files of a dataset and their format."""
    try:
        patterns = source.model.files
        places = [_said(source, i if len(patterns) > 1 else None) for i in range(len(patterns))]
        paths = resolve(patterns, ground.project / source.folder, ground, places)
        kind = _format(source, paths, ground)
    except Forbidden as error:
        raise ManifestFault(str(error), "files") from error
    except LookupError as error:
        raise ManifestFault(str(error.args[0]), "files") from error
    if source.model.table is not None and kind not in DATABASES:
        hint = "remove it" + ("; for a sheet write read: {sheet: …}" if kind in ("xlsx", "ods") else "")
        message = f"'table' is for databases, and {ground.show(paths[0])} is read as {kind}"
        raise ManifestFault(message, "table", hint=hint, key=True)
    return paths, kind
