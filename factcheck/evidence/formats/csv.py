"""Delimited text: .csv, .tsv, .txt, each plain, .gz or .zst.

Every file is read once, with all its columns as text and a dialect of our own finding; records that do not fit
become rejects with their line. No row is left out unnoticed, whatever DuckDB's defaults would do. Files of one
dataset may differ in encoding, separator, line ends and the order of their columns; each is read in its own way.
"""

from __future__ import annotations

import io
from codecs import BOM_UTF8
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from factcheck.errors import EvidenceError
from factcheck.evidence.engines.names import identifier, literal
from factcheck.evidence.formats import files
from factcheck.evidence.formats.csv_rejects import TextFile, forget, rejected
from factcheck.evidence.formats.dialect import sniff
from factcheck.evidence.formats.encodings import encoding_of, no_utf8
from factcheck.evidence.formats.header_quotes import unfit_header
from factcheck.evidence.formats.headings import MOST_COLUMNS, agreed, other_kind
from factcheck.evidence.formats.source import Job, Note, Source, SourceColumn

_HEAD = 1 << 20
_SAMPLE = 5000


def head(job: Job) -> dict[str, SourceColumn]:
    """The columns of the first file's header."""
    _check(job)
    return columns_of(job, _same_columns(job, [_look(job, path, decoded=None) for path in job.files]))


def open(job: Job) -> Source:
    """All files as one relation of text columns."""
    _check(job)
    found = _same_columns(job, [_prepared(job, path, i) for i, path in enumerate(job.files)])
    if any(file.dialect.misleading for file in found):
        return _mended(job, found)
    source = source_of(job, found)
    source.mended = lambda: _mended(job, found)
    return source


def _check(job: Job) -> None:
    if job.reading.sheet is not None:
        raise EvidenceError(f"{job.show(job.files[0])} is text, which has no sheets: remove 'sheet' from 'read'")


def source_of(job: Job, found: list[TextFile]) -> Source:
    """Files whose columns agree, as one relation."""
    relation = " UNION ALL BY NAME ".join(_select(job, group) for group in _alike(found))
    source = Source(f"({relation})", columns_of(job, found), lambda: rejected(job, found), again=lambda: forget(job))
    source.texts = tuple(file.path for file in found)
    source.notes.extend(_notes(found))
    return source


def _mended(job: Job, found: list[TextFile]) -> Source:
    """The same files, each with one way of ending lines: DuckDB refuses a file that mixes them."""
    forget(job)
    plain = replace(job, reading=replace(job.reading, skip=0, encoding=None, encodings=()))
    mended: list[TextFile] = []
    notes: list[Note] = []
    for number, file in enumerate(found):
        copy, ends = files.unix_lines(file.path, job.scratch / f"{job.label}-{number}.lines.csv")
        if file.headless:
            mended.append(replace(file, path=copy, dialect=replace(file.dialect, line_end="\n")))
        else:
            look = _look(plain, copy, decoded=file.shown)
            mended.append(replace(look, before=file.before, tried=file.tried, nul=file.nul))
        if ends.lone:
            notes.append(Note("lone-returns", {"file": file.shown, "count": ends.lone}))
        elif ends.mixed:
            notes.append(Note("line-ends", {"file": file.shown}))
    source = source_of(job, _same_columns(job, mended))
    source.notes.extend(notes)
    return source


def _prepared(job: Job, path: Path, number: int) -> TextFile:
    """The file, decoded where the engine could not read it safely itself."""
    shown = job.show(path)
    target = job.scratch / f"{job.label}-{number}.csv"
    path = files.plain(path, target.with_suffix(".plain.csv"), shown)
    encoding = encoding_of(path, job.reading, shown, whole=True)
    tried = encoding if encoding in job.reading.encodings and not files.is_utf8(encoding) else None
    if not files.is_utf8(encoding):
        path = files.decode_to(path, str(encoding), target, shown)
    if job.reading.skip:
        path = files.without_lines(path, job.reading.skip, target.with_suffix(".rest.csv"))
    plain = replace(job, reading=replace(job.reading, skip=0, encoding=None, encodings=()))
    look = _headless(_look(plain, path, decoded=shown), job.reading.skip, target.with_suffix(".rows.csv"))
    return replace(look, tried=tried, nul=files.first_nul(path))


def _headless(file: TextFile, before: int, target: Path) -> TextFile:
    """The file, of which a copy lacks `before` lines already, without a header that the engine cannot pass over."""
    start = files.head(file.path, _HEAD)
    mark = len(BOM_UTF8) if start.startswith(BOM_UTF8) else 0
    header = unfit_header(start[mark:].decode(errors="replace"), file.dialect, file.shown, before)
    if not header:
        return replace(file, before=before)
    path = files.without_start(file.path, mark + len(header.encode()), target)
    lines = len(io.StringIO(header, newline="").readlines())
    return replace(file, path=path, dialect=replace(file.dialect, skip=0), before=before + lines, headless=True)


def _look(job: Job, path: Path, decoded: str | None) -> TextFile:
    shown = decoded or job.show(path)
    data = files.head(path, _HEAD)
    encoding = "utf-8" if decoded else encoding_of(path, job.reading, shown, whole=False) or "utf-8"
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    if not text.strip():
        raise EvidenceError(f"{shown} is empty")
    if kind := other_kind(text):
        raise EvidenceError(f"{shown} holds {kind}, whatever its name says")
    suffixes = {suffix.lower() for suffix in path.suffixes} | set(Path(shown).suffixes)
    whole = len(data) < _HEAD
    dialect = sniff(text, job.reading, whole=whole, delimiter="\t" if ".tsv" in suffixes else None)
    if not dialect.names:
        raise EvidenceError(f"{shown} has no header row after line {job.reading.skip}")
    if len(dialect.names) > MOST_COLUMNS:
        raise EvidenceError(f"{shown} has more than {MOST_COLUMNS:,} columns, as many as a table may have")
    if dialect.cut:
        raise EvidenceError(f"{shown}: its header is longer than a megabyte; is it a table?")
    if any("\ufffd" in name for name in dialect.names) and files.first_bad_byte(path) is not None:
        raise no_utf8(path, shown, 0)  # the engine skips the header and would not notice
    return TextFile(path, shown, dialect)


def _same_columns(job: Job, found: list[TextFile]) -> list[TextFile]:
    named = agreed([(file.shown, file.dialect.names) for file in found], job.reading.alike)
    return [replace(file, dialect=replace(file.dialect, names=names)) for file, names in zip(found, named, strict=True)]


def columns_of(job: Job, found: list[TextFile]) -> dict[str, SourceColumn]:
    """The columns that all files have, with samples from each."""
    nulls = job.reading.nulls
    rows = [(file.dialect.names, row) for file in found for row in file.dialect.rows[: _SAMPLE // len(found) + 1]]
    samples: dict[str, list[str | None]] = {name: [] for name in found[0].dialect.names}
    for names, row in rows:
        if len(row) == len(names):
            for name, value in zip(names, row, strict=True):
                samples[name].append(None if value in nulls else value)
    return {name: SourceColumn(name, identifier(name), None, "all", tuple(values)) for name, values in samples.items()}


def _alike(found: list[TextFile]) -> list[list[TextFile]]:
    """Files of one dialect and order of columns can be read by one scan."""
    groups: dict[tuple[object, ...], list[TextFile]] = {}
    for file in found:
        d = file.dialect
        groups.setdefault((d.delimiter, d.quote, d.escape, d.skip, d.line_end, d.names), []).append(file)
    return list(groups.values())


def _select(job: Job, group: list[TextFile]) -> str:
    dialect, nulls = group[0].dialect, dict.fromkeys(("", *job.reading.nulls))
    options = {
        "columns": "{" + ", ".join(f"{literal(name)}: 'VARCHAR'" for name in dialect.names) + "}",
        "auto_detect": "false",
        "header": "false",
        "skip": str(dialect.skip),
        "delim": literal(dialect.delimiter),
        "quote": literal(dialect.quote),
        "escape": literal(dialect.escape),
        "nullstr": "[" + ", ".join(map(literal, nulls)) + "]",
        "strict_mode": "true",
        "null_padding": "false",
        "store_rejects": "true",
        "rejects_limit": "0",
        "rejects_table": literal(f"{job.label}_rejects"),
        "rejects_scan": literal(f"{job.label}_scans"),
    }
    paths = "[" + ", ".join(literal(str(file.path)) for file in group) + "]"
    return f"SELECT * FROM read_csv({paths}, " + ", ".join(f"{key}={value}" for key, value in options.items()) + ")"


def _notes(found: Iterable[TextFile]) -> list[Note]:
    notes: list[Note] = []
    for file in found:
        if file.tried:
            notes.append(Note("encoding-tried", {"file": file.shown, "encoding": file.tried}))
        if file.nul is not None:
            notes.append(Note("nul-characters", {"file": file.shown, "line": file.nul + file.before}))
        if file.dialect.headless:
            notes.append(Note("no-header", {"file": file.shown}))
        if file.dialect.renamed:
            notes.append(Note("names-replace", {"file": file.shown, "row": file.dialect.renamed}))
        for written, name in file.dialect.replaced:
            code = "repeated-heading" if written else "no-heading"
            notes.append(Note(code, {"file": file.shown, "heading": written}, name))
    return notes
