"""Which tool a file was exported from, told by its headings, and what told it."""

from __future__ import annotations

import csv
import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from factcheck.evidence.formats import files
from factcheck.evidence.formats.dialect import DELIMITERS, sniff
from factcheck.evidence.formats.encodings import encoding_of
from factcheck.evidence.formats.source import Job

_FIRST = 1 << 25  # a page of a hundred tweets is one line of a few hundred kilobytes
_ABOVE = 1 << 18  # a line of two hundred headings is a few kilobytes
_FEW = 1 << 15
_LINES = 20
_SHOWN = 6


@dataclass(frozen=True)
class Recognised:
    """A format, and the headings that told it."""

    name: str
    title: str
    saw: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The headings in words, the first few of them."""
        rest = len(self.saw) - _SHOWN
        listed = ", ".join(f"'{name}'" for name in self.saw[:_SHOWN])
        return f"{listed} and {rest} more" if rest > 0 else listed


def recognise(names: Collection[str], base: str, *, below: bool = False) -> Recognised | None:
    """The export format of a file of the kind `base` (csv, jsonl, parquet) with these headings; None where none fits.

    The format with the largest set of headings that are all there wins. `below`: lines stand above the headings.
    """
    from factcheck.evidence.formats import presets_of

    have = {name.casefold() for name in names}
    best: Recognised | None = None
    for preset in presets_of(base):
        if below and not preset.preamble:
            continue
        for sign in preset.signs:
            if {name.casefold() for name in sign} <= have and (best is None or len(sign) > len(best.saw)):
                best = Recognised(preset.name, preset.title, tuple(sorted(sign)))
    return best


def headings_below(job: Job, path: Path) -> tuple[int, list[str]]:
    """How many of a text file's first lines stand above the headings of an export, and the headings; 0 if none do."""
    data = files.head(path, _ABOVE)
    encoding = job.reading.encoding or files.bom_encoding(data) or "utf-8"
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    for number, line in enumerate(text.splitlines()[:_LINES]):
        for delimiter in DELIMITERS:
            names = [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
            if recognise(names, "csv", below=True) is not None:
                return number, names
    return 0, []


def first_names(base: str, job: Job) -> list[str]:
    """The headings of the first file, from its beginning."""
    if base == "jsonl":
        return _keys(job)
    if base == "csv":
        return _headings(job, job.files[0])
    from factcheck.evidence.formats import format_module

    return list(format_module(base).head(replace(job, files=job.files[:1])))


def _headings(job: Job, path: Path) -> list[str]:
    """The headings of a text file; a look of its own, since a few lines tell them and reading takes a megabyte."""
    data = files.head(path, _FEW)
    encoding = encoding_of(path, job.reading, job.show(path), whole=False) or "utf-8"
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    tabs = "\t" if files.ending(path) == "tsv" else None
    return list(sniff(text, job.reading, whole=len(data) < _FEW, delimiter=tabs).names) if text.strip() else []


def _keys(job: Job) -> list[str]:
    """The keys of the first objects, parts of nested ones as dotted paths."""
    names: dict[str, None] = {}
    for line in files.head(job.files[0], _FIRST).splitlines()[:_LINES]:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue  # a reject, counted when the file is read
        if isinstance(record, dict):
            _add(record, "", names)
    return list(names)


def _add(record: dict[str, object], prefix: str, names: dict[str, None]) -> None:
    for key, value in record.items():
        names[prefix + key] = None
        if isinstance(value, dict) and prefix.count(".") < 2:
            _add(value, f"{prefix}{key}.", names)
