"""A manifest in the terms of ingest: which files, of which format, read how."""

from __future__ import annotations

from pathlib import Path

from factcheck.evidence.formats.source import Reading
from factcheck.evidence.ingest.faults import ManifestFault
from factcheck.evidence.ingest.places import Forbidden, Ground, format_of, resolve
from factcheck.evidence.manifest import ManifestSource


def reading_of(source: ManifestSource) -> Reading:
    """`read` in the form of the formats."""
    read = source.model.read
    _check_encoding(read.encoding)
    return Reading(
        delimiter=read.delimiter,
        header=read.header,
        skip=read.skip,
        encoding=read.encoding,
        nulls=read.nulls or (),
        thousands=read.thousands or "",
        decimal=read.decimal or ".",
        quote=read.quote,
        names=read.names or (),
    )


def _check_encoding(encoding: str | None) -> None:
    import codecs

    if encoding is None:
        return
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        hint = "common ones are utf-8, windows-1252, windows-1251, latin-1 and utf-16"
        raise ManifestFault(f"unknown encoding '{encoding}'", "read", "encoding", hint=hint) from error


def _format(source: ManifestSource, paths: tuple[Path, ...], ground: Ground) -> str:
    try:
        return format_of(source.model.format, paths, ground.show(paths[0]))
    except LookupError as error:
        where = "format" if source.model.format is not None else "files"
        raise ManifestFault(str(error.args[0]), where) from error


def locate(source: ManifestSource, ground: Ground) -> tuple[tuple[Path, ...], str]:
    """The files of a dataset and their format."""
    try:
        paths = resolve(source.model.files, ground.project / source.folder, ground)
        return paths, _format(source, paths, ground)
    except Forbidden as error:
        raise ManifestFault(str(error), "files") from error
    except LookupError as error:
        raise ManifestFault(str(error.args[0]), "files") from error
