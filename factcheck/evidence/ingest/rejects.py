"""Rejected records written out, so that a person can mend them or see what is missing (`--keep-rejects DIR`)."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Reject
from factcheck.evidence.formats.source import MOST_REJECTS, SHOWN_OF_REJECT, Rejected, Source
from factcheck.text.files import write_atomic

HEADER = ("file", "line", "reason", "record")
_LONGEST = 80  # characters of a dataset's name in that of its file
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")  # names that Windows keeps for itself


def file_name(dataset: str) -> str:
    """`<dataset>.rejects.csv`; where the name cannot be that of a file, its likeness and a few digits of its digest."""
    likeness = re.sub(r"[^\w.-]", "_", dataset)[:_LONGEST]
    fits = likeness == dataset and not dataset.startswith((".", "-")) and not _DEVICES.match(dataset)
    if not fits:
        likeness = f"_{likeness.lstrip('.-')}-{hashlib.sha256(dataset.encode()).hexdigest()[:8]}"
    return f"{likeness}.rejects.csv"


def table(rejects: Iterable[Reject]) -> str:
    """The rejects as CSV: file, line, reason, and the record as it stands in the file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows((r.file, "" if r.line is None else r.line, r.reason, r.text) for r in rejects)
    return out.getvalue()


def keeping(source: Source, folder: Path, dataset: str, told: Callable[[str], None]) -> Source:
    """The same source, which writes its rejects into `folder` as soon as they are known.

    `told` hears of the file written. The file of an earlier run goes where nothing is rejected any more.
    """
    count, mended = source.rejected, source.mended

    def rejected() -> Rejected:
        found = count()
        target = folder / file_name(dataset)
        if found.count:
            told(_write(target, found))
        else:
            _remove(target)
        return Rejected(found.count, tuple(_shown(reject) for reject in found.first[:MOST_REJECTS]))

    source.rejected = rejected
    if mended is not None:
        source.mended = lambda: keeping(mended(), folder, dataset, told)
    return source


def _shown(reject: Reject) -> Reject:
    return Reject(reject.file, reject.line, reject.reason, reject.text[:SHOWN_OF_REJECT])


def _write(target: Path, found: Rejected) -> str:
    try:
        write_atomic(target, table(found.first).encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise EvidenceError(f"its rejected records cannot be written to {target}: {error.strerror}") from error
    kept = len(found.first)
    records = f"{kept:,} rejected {'record' if kept == 1 else 'records'}"
    return f"wrote {records} to {target}" + (f" (of {found.count:,})" if kept != found.count else "")


def _remove(target: Path) -> None:
    """Only a file that was written here goes: an older one would tell of rejects that there are not."""
    try:
        with target.open(encoding="utf-8", errors="replace") as file:
            ours = file.readline().rstrip("\n") == ",".join(HEADER)
        if ours:
            target.unlink()
    except FileNotFoundError:
        return
    except OSError as error:
        raise EvidenceError(f"{target}, of an earlier run, cannot be removed: {error.strerror}") from error
