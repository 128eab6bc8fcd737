"""Delimited text: .csv, .tsv, .txt, each plain, .gz or .zst.

Every file is read once, with all its columns as text and a dialect of our own finding; records that do not fit
become rejects with their line. No row is left out unnoticed, whatever DuckDB's defaults would do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Reject
from factcheck.evidence.engines.names import identifier, literal
from factcheck.evidence.formats import files
from factcheck.evidence.formats.dialect import Dialect, sniff
from factcheck.evidence.formats.source import Job, Note, Rejected, Source, SourceColumn

_REASONS = {
    "UNQUOTED VALUE": "text goes on after a closing quote",
    "LINE SIZE OVER MAXIMUM": "the record is longer than 2 MB",
    "INVALID STATE": "the quotes in the record do not match",
}
_SAMPLE = 5000


@dataclass(frozen=True)
class _File:
    path: Path  # what the engine reads: the file or its decoded copy
    shown: str
    dialect: Dialect
    before: int = 0  # lines of the file that the copy lacks


def head(job: Job) -> dict[str, SourceColumn]:
    """The columns of the first file's header."""
    return _columns(job, _same_columns([_look(job, path, decoded=None) for path in job.files]))


def open(job: Job) -> Source:
    """All files as one relation of text columns."""
    found = _same_columns([_prepared(job, path, i) for i, path in enumerate(job.files)])
    source = _source(job, found)
    source.mended = lambda: _mended(job, found)
    return source


def _source(job: Job, found: list[_File]) -> Source:
    relation = " UNION ALL BY NAME ".join(_select(job, group) for group in _alike(found))
    source = Source(f"({relation})", _columns(job, found), lambda: _rejected(job, found), again=lambda: _forget(job))
    source.texts = tuple(file.path for file in found)
    source.notes.extend(_notes(found))
    return source


def _mended(job: Job, found: list[_File]) -> Source:
    """The same files, each with one way of ending lines: DuckDB refuses files that mix them."""
    _forget(job)
    plain = replace(job, reading=replace(job.reading, skip=0))
    mended: list[_File] = []
    notes: list[Note] = []
    for number, file in enumerate(found):
        copy, lone = files.unix_lines(file.path, job.scratch / f"{job.label}-{number}.lines.csv")
        mended.append(replace(_look(plain, copy, decoded=file.shown), before=file.before))
        values: dict[str, object] = {"file": file.shown, "count": lone} if lone else {"file": file.shown}
        notes.append(Note("lone-returns" if lone else "line-ends", values))
    source = _source(job, _same_columns(mended))
    source.notes.extend(notes)
    return source


def _prepared(job: Job, path: Path, number: int) -> _File:
    """The file, decoded where the engine could not read it safely itself."""
    shown = job.show(path)
    target = job.scratch / f"{job.label}-{number}.csv"
    encoding = job.reading.encoding or files.bom_encoding(files.head(path, 4))
    path = files.plain(path, target.with_suffix(".plain.csv"), shown)
    if not files.is_utf8(encoding):
        path = files.decode_to(path, str(encoding), target, shown)
    if job.reading.skip:
        path = files.without_lines(path, job.reading.skip, target.with_suffix(".rest.csv"))
    look = _look(replace(job, reading=replace(job.reading, skip=0)), path, decoded=shown)
    return replace(look, before=job.reading.skip)


def _look(job: Job, path: Path, decoded: str | None) -> _File:
    shown = decoded or job.show(path)
    data = files.head(path)
    encoding = "utf-8" if decoded else job.reading.encoding or files.bom_encoding(data) or "utf-8"
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    if not text.strip():
        raise EvidenceError(f"{shown} is empty")
    suffixes = {suffix.lower() for suffix in path.suffixes} | set(Path(shown).suffixes)
    dialect = sniff(text, job.reading, whole=len(data) < 1 << 20, delimiter="\t" if ".tsv" in suffixes else None)
    if not dialect.names:
        raise EvidenceError(f"{shown} has no header row after line {job.reading.skip}")
    found = _File(path, shown, dialect)
    if any("\ufffd" in name for name in dialect.names) and files.first_bad_byte(path) is not None:
        raise _wrong_encoding(found)  # the engine skips the header and would not notice
    return found


def _same_columns(found: list[_File]) -> list[_File]:
    first = found[0]
    for other in found[1:]:
        for one, two in ((first, other), (other, first)):
            for name in one.dialect.names:
                if name not in two.dialect.names:
                    raise EvidenceError(f"{two.shown} has no column '{name}', which {one.shown} has")
    return found


def _columns(job: Job, found: list[_File]) -> dict[str, SourceColumn]:
    nulls = job.reading.nulls
    rows = [(file.dialect.names, row) for file in found for row in file.dialect.rows[: _SAMPLE // len(found) + 1]]
    samples: dict[str, list[str | None]] = {name: [] for name in found[0].dialect.names}
    for names, row in rows:
        if len(row) == len(names):
            for name, value in zip(names, row, strict=True):
                samples[name].append(None if value in nulls else value)
    return {name: SourceColumn(name, identifier(name), None, "all", tuple(values)) for name, values in samples.items()}


def _alike(found: list[_File]) -> list[list[_File]]:
    """Files of one dialect and order of columns can be read by one scan."""
    groups: dict[tuple[object, ...], list[_File]] = {}
    for file in found:
        d = file.dialect
        groups.setdefault((d.delimiter, d.quote, d.escape, d.skip, d.names), []).append(file)
    return list(groups.values())


def _select(job: Job, group: list[_File]) -> str:
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


def _notes(found: Iterable[_File]) -> list[Note]:
    notes: list[Note] = []
    for file in found:
        if file.dialect.headless:
            notes.append(Note("no-header", {"file": file.shown}))
        for written, name in file.dialect.replaced:
            code = "repeated-heading" if written else "no-heading"
            notes.append(Note(code, {"file": file.shown, "heading": written}, name))
    return notes


def _rejected(job: Job, found: list[_File]) -> Rejected:
    """The rejects of the last scan, one a record however many of its columns were at fault."""
    rejects, scans = (identifier(f"{job.label}_{kind}") for kind in ("rejects", "scans"))
    records = (
        "SELECT s.file_path, r.line_byte_position AS place, arg_min(r.error_type, (r.error_type <> 'INVALID ENCODING', "
        "r.column_idx)) AS kind, max(r.csv_line) AS text, arg_min(r.error_message, r.column_idx) AS said "
        f"FROM {rejects} r JOIN {scans} s USING (scan_id, file_id) GROUP BY 1, 2"
    )
    # A quote that is never closed is the last reject of its file; bad bytes spoil the file wherever they stand.
    worst = (
        f"SELECT * FROM ({records}) QUALIFY row_number() OVER (PARTITION BY file_path, kind ORDER BY place DESC) = 1"
    )
    (count,) = job.engine.run(f"SELECT count(*) FROM ({records})").one()
    if not count:
        _forget(job)
        return Rejected()
    first = _rows(job, f"SELECT * FROM ({records}) ORDER BY file_path, place LIMIT {job.most_rejects}", found)
    last = _rows(job, f"{worst} ORDER BY file_path, kind", found)
    _forget(job)
    _fatal(last)
    return Rejected(count, tuple(sorted(_with_lines(job, first), key=lambda r: (r.file, r.line or 0))))


def _rows(job: Job, sql: str, found: list[_File]) -> list[_Row]:
    by_path = {str(file.path): file for file in found}
    return [
        (by_path[path], at - 1, kind, text or "", said) for path, at, kind, text, said in job.engine.run(sql).rows()
    ]


def _forget(job: Job) -> None:
    """Rejects are kept per scan: those of an earlier one must not be counted again."""
    for kind in ("rejects", "scans"):
        job.engine.execute(f"DROP TABLE IF EXISTS {identifier(f'{job.label}_{kind}')}")


_Row = tuple[_File, int, str, str, str]


def _fatal(rows: list[_Row]) -> None:
    """What makes the whole file unreadable rather than a record of it."""
    for file, position, kind, text, _ in rows:
        if kind == "INVALID ENCODING":
            raise _wrong_encoding(file)
        if kind == "UNQUOTED VALUE" and _left_open(text, file.dialect):
            (line,) = files.line_numbers(file.path, [position])
            raise EvidenceError(
                f"{file.shown}, line {line + file.before}: a quote ({file.dialect.quote}) is opened and never closed"
            )


def _wrong_encoding(file: _File) -> EvidenceError:
    bad = files.first_bad_byte(file.path)
    line, column, value = bad or (1, 1, 0)
    likely = files.likely_encoding(files.head(file.path, 1 << 22))
    return EvidenceError(
        f"{file.shown}, line {line + file.before}, byte {column}: {value:#04x} is no UTF-8; "
        f"perhaps the file is in {likely}: say so with 'read: {{encoding: {likely}}}'"
    )


def _left_open(text: str, dialect: Dialect) -> bool:
    """True where the record ends inside a quote."""
    quoted, at = False, 0
    fresh = True  # at the beginning of a field, where alone a quote opens
    while at < len(text):
        c = text[at]
        if quoted and c == dialect.escape and text[at + 1 : at + 2] == dialect.quote:
            at += 1
        elif c == dialect.quote and (quoted or fresh):
            quoted = not quoted
        fresh = not quoted and c in (dialect.delimiter, "\n", "\r")
        at += 1
    return quoted


def _with_lines(job: Job, rows: list[_Row]) -> list[Reject]:
    rejects: list[Reject] = []
    for file in {id(row[0]): row[0] for row in rows}.values():
        mine = [row for row in rows if row[0] is file]
        lines = files.line_numbers(file.path, [row[1] for row in mine])
        for (_, _, kind, text, said), line in zip(mine, lines, strict=True):
            record = job.record(text.rstrip("\r\n"))
            rejects.append(Reject(file.shown, line + file.before, _reason(kind, said), record))
    return rejects


def _reason(kind: str, said: str) -> str:
    if "Expected Number of Columns" in said:
        expected, got = (part.split()[0] for part in said.split(": ")[1:3])
        return f"expected {expected} columns, found {got}"
    return _REASONS.get(kind, said)
