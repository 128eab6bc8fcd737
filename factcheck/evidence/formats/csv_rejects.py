"""The records of delimited text that do not fit: what DuckDB kept of them, as rejects with their lines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Reject
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.formats import files
from factcheck.evidence.formats.dialect import Dialect
from factcheck.evidence.formats.encodings import no_utf8
from factcheck.evidence.formats.source import Job, Rejected

_REASONS = {
    "UNQUOTED VALUE": "text goes on after a closing quote",
    "LINE SIZE OVER MAXIMUM": "the record is longer than 2 MB",
    "INVALID STATE": "the quotes in the record do not match",
}


@dataclass(frozen=True)
class TextFile:
    """A file on its way into the engine: `path` is what the engine reads, the file itself or its decoded copy."""

    path: Path
    shown: str
    dialect: Dialect
    before: int = 0  # lines of the file that the copy lacks
    headless: bool = False  # the header is among them
    nul: int | None = None  # the line of the first NUL character
    tried: str | None = None  # the encoding that was taken because it fits


_Row = tuple[TextFile, int, str, str, str]


def rejected(job: Job, found: list[TextFile]) -> Rejected:
    """The rejects of the last scan, one a record however many of its columns were at fault."""
    rejects, scans = (identifier(f"{job.label}_{kind}") for kind in ("rejects", "scans"))
    records = (
        "SELECT s.file_path, r.line_byte_position AS place, arg_min(r.error_type, (r.error_type <> 'INVALID ENCODING', "
        "coalesce(r.column_idx, 0))) AS kind, max(r.csv_line) AS text, "
        "arg_min(r.error_message, coalesce(r.column_idx, 0)) AS said "
        f"FROM {rejects} r JOIN {scans} s USING (scan_id, file_id) GROUP BY 1, 2"
    )
    # A quote that is never closed is the last reject of its file; bad bytes spoil the file wherever they stand.
    worst = (
        f"SELECT * FROM ({records}) QUALIFY row_number() OVER (PARTITION BY file_path, kind ORDER BY place DESC) = 1"
    )
    (count,) = job.engine.run(f"SELECT count(*) FROM ({records})").one()
    if not count:
        forget(job)
        return Rejected()
    first = _rows(job, f"SELECT * FROM ({records}) ORDER BY file_path, place LIMIT {job.most_rejects}", found)
    last = _rows(job, f"{worst} ORDER BY file_path, kind", found)
    forget(job)
    _fatal(last)
    return Rejected(count, tuple(sorted(_with_lines(job, first), key=lambda r: (r.file, r.line or 0))))


def forget(job: Job) -> None:
    """Rejects are kept per scan: those of an earlier one must not be counted again."""
    for kind in ("rejects", "scans"):
        job.engine.execute(f"DROP TABLE IF EXISTS {identifier(f'{job.label}_{kind}')}")


def _rows(job: Job, sql: str, found: list[TextFile]) -> list[_Row]:
    by_path = {str(file.path): file for file in found}
    return [
        (by_path[path], at - 1, kind, text or "", said) for path, at, kind, text, said in job.engine.run(sql).rows()
    ]


def _fatal(rows: list[_Row]) -> None:
    """What makes the whole file unreadable rather than a record of it."""
    for file, position, kind, text, _ in rows:
        if kind == "INVALID ENCODING":
            raise no_utf8(file.path, file.shown, file.before)
        if kind == "UNQUOTED VALUE" and _left_open(text, file.dialect):
            (line,) = files.line_numbers(file.path, [position], file.dialect.line_end)
            raise EvidenceError(
                f"{file.shown}, line {line + file.before}: a quote ({file.dialect.quote}) is opened and never closed"
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
        lines = files.line_numbers(file.path, [row[1] for row in mine], file.dialect.line_end)
        for (_, _, kind, text, said), line in zip(mine, lines, strict=True):
            record = job.record(text.rstrip("\r\n"))
            rejects.append(Reject(file.shown, line + file.before, _reason(kind, said), record))
    return rejects


def _reason(kind: str, said: str) -> str:
    if "Expected Number of Columns" in said:
        expected, got = (part.split()[0] for part in said.split(": ")[1:3])
        return f"expected {expected} columns, found {got}"
    return _REASONS.get(kind, said)
