"""Figures typed off a publication: delimited text or a sheet of a workbook, whose meaning alone differs."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

from factcheck.errors import EvidenceError
from factcheck.evidence.formats import csv, sheet
from factcheck.evidence.formats.files import ending
from factcheck.evidence.formats.source import Job, Source, SourceColumn

_WORKBOOKS = ("xlsx", "xls", "xlsb", "ods")


def head(job: Job) -> dict[str, SourceColumn]:
    """The columns, from the beginning of the files."""
    found: dict[str, SourceColumn] = _module(job).head(job)
    return found


def open(job: Job) -> Source:
    """The files as a relation."""
    found: Source = _module(job).open(job)
    return replace(found)


def _module(job: Job) -> ModuleType:
    kinds = {ending(path) in _WORKBOOKS for path in job.files}
    if len(kinds) > 1:
        shown = ", ".join(map(job.show, job.files[:3]))
        raise EvidenceError(f"some files are text and some are workbooks ({shown}); make a dataset of each kind")
    return sheet if kinds.pop() else csv
