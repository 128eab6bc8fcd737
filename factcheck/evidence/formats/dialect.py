"""How a delimited text file is written: found out from its first megabyte, in Python, never by DuckDB.

DuckDB's own detection can turn a file with one ragged row into a single text column, silently.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.evidence.formats.headings import headings, joined
from factcheck.evidence.formats.source import Reading

DELIMITERS = (",", "\t", ";", "|")
_LONGEST_FIELD = 1 << 24
_DATED = re.compile(r"\d{4}-\d\d-\d\d([T ].*)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}.*")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_YEARS = range(1000, 3000)
_SHOWN = 60
_END = re.compile(r"\r\n|\r|\n")
_QUOTED = re.compile(r'(?:^|(?<=[,;\t|\r\n])) *"(?:[^"]|"")*"')


@dataclass(frozen=True)
class Dialect:
    """`skip` counts the records before the first row of data: the header rows and blank lines above them."""

    delimiter: str
    quote: str
    escape: str
    skip: int
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # a sample, header rows left out
    headless: bool = False  # no header row was stated, and the first row holds data
    replaced: tuple[tuple[str, str], ...] = ()  # headings that had to be changed: as written, as named now
    line_end: str = "\n"  # or "\r" where nothing else ends a line
    cut: bool = False  # the header goes on beyond the text
    misleading: bool = False  # the first line end stands within quotes, and lines end otherwise
    renamed: str = ""  # the first row, where names that were stated replace it and nobody said that it is a header


def sniff(text: str, reading: Reading, *, whole: bool, delimiter: str | None = None) -> Dialect:
    """The dialect of a file that begins with `text` (all of it where `whole`); `delimiter` is the format's own."""
    body = _after_lines(text, reading.skip)
    quote = reading.quote or _quote(body)
    separator = reading.delimiter or delimiter or _delimiter(body, quote)
    escape = _escape(body, separator, quote)
    records = _records(body, separator, quote, escape)
    alone = not whole and len(records) == 1
    if not whole and len(records) > 1:
        records = records[:-1]  # the last one may be cut off
    header, headless = headed(records, reading)
    heads, rows = records[:header], records[header:]
    width = len(heads[0]) if heads else max((len(row) for row in rows[:1]), default=0)
    names, replaced = headings(list(reading.names) or joined(heads, width))
    skip, end = header + _leading_blanks(body, header), _line_end(body)
    misleading, renamed = _is_misleading(body), unsaid_header(heads, reading)
    return Dialect(
        separator, quote, escape, skip, names, tuple(rows), headless, replaced, end, alone, misleading, renamed
    )


def headed(records: Sequence[Sequence[str]], reading: Reading) -> tuple[int, bool]:
    """How many of the records are headers, and whether there is none although nobody said so."""
    headless = reading.header is None and _is_data(records)
    return (0 if headless else 1) if reading.header is None else reading.header, headless


def unsaid_header(heads: Sequence[Sequence[str]], reading: Reading) -> str:
    """The row that stated names replace, where nobody said that it is a header: it may be a record."""
    return ", ".join(heads[0])[:_SHOWN] if heads and reading.names and reading.header is None else ""


def _after_lines(text: str, lines: int) -> str:
    at = 0
    for _ in range(lines):
        found = _END.search(text, at)
        if found is None:
            return ""
        at = found.end()
    return text[at:]


def _line_end(body: str) -> str:
    """A carriage return where nothing else ends a line outside quotes (cells of such files may hold line feeds)."""
    bare = _unquoted(body)
    return "\r" if "\r" in bare and "\n" not in bare else "\n"


def _is_misleading(body: str) -> bool:
    """True where the first line end is within quotes and of another kind: the engine takes the first for all."""
    first, ends = (_END.search(text) for text in (body, _unquoted(body)))
    return first is not None and ends is not None and first[0] != ends[0]


def _unquoted(body: str) -> str:
    """The text without what is quoted; a quote opens at the beginning of a field only (`5" disk` opens none)."""
    return _QUOTED.sub("", body[: 1 << 16])


def _leading_blanks(body: str, header: int) -> int:
    """Blank lines before the header are records to DuckDB's `skip`; those before the data it passes over itself."""
    blank = re.match(r"(?:\r\n|\r|\n)*", body)
    return len(re.findall(r"\r\n|\r|\n", blank[0])) if blank and header else 0


def _records(text: str, delimiter: str, quote: str, escape: str) -> list[tuple[str, ...]]:
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        doublequote=escape == quote,
        escapechar=None if escape == quote or not escape else escape,
        skipinitialspace=False,
    )
    records: list[tuple[str, ...]] = []
    try:
        records.extend(tuple(row) for row in reader if row)
    except csv.Error:
        return records  # what was read so far is sample enough; loading reports what is wrong
    return records


def _quote(body: str) -> str:
    """`'` where it quotes values and `"` never does."""
    if '"' in body:
        return '"'
    single = len(re.findall(r"(?:^|[,;\t|])'[^'\r\n]*'(?=[,;\t|\r\n])", body, re.MULTILINE))
    return "'" if single > 2 * max(1, body.count("\n")) or (single and single >= body.count("\n")) else '"'


def _escape(body: str, delimiter: str, quote: str) -> str:
    r"""A backslash where doubling the quote leaves the rows ragged and `\"` makes them even."""
    if not quote or f"\\{quote}" not in body:
        return quote
    spread = [len({len(row) for row in _records(body, delimiter, quote, escape)}) for escape in (quote, "\\")]
    return "\\" if spread[1] < spread[0] else quote


def _delimiter(body: str, quote: str) -> str:
    """The separator under which most rows have as many fields as the first, and at least two."""
    best, score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        rows = _records(body[: 1 << 18], delimiter, quote, quote)[:-1] or _records(body, delimiter, quote, quote)
        width = len(rows[0]) if rows else 0
        if width < 2:
            continue
        even = sum(len(row) == width for row in rows) / len(rows)
        if (even, width) > score:
            best, score = delimiter, (even, width)
    return best


def _is_data(records: Sequence[Sequence[str]]) -> bool:
    """True where the first row holds a date or a figure (no year) in a column of such: it is no header."""
    if len(records) < 2:
        return False
    first, rest = records[0], records[1:50]
    for at, cell in enumerate(first):
        below = [row[at] for row in rest if at < len(row) and row[at].strip()]
        if below and _like_data(cell, below):
            return True
    return False


def _like_data(cell: str, below: Sequence[str]) -> bool:
    cell = cell.strip()
    if _DATED.fullmatch(cell):
        return all(_DATED.fullmatch(value.strip()) for value in below)
    if not _NUMBER.fullmatch(cell) or (cell.isdigit() and int(cell) in _YEARS):
        return False
    return (len(cell) > 3 or "." in cell) and all(_NUMBER.fullmatch(value.strip()) for value in below)
