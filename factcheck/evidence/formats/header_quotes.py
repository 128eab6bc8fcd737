"""Quotes in a header that the engine cannot pass over: it skips the whole file with such a line, and says nothing."""

from __future__ import annotations

import csv
import io

from factcheck.errors import EvidenceError
from factcheck.evidence.formats.dialect import Dialect

_ENDS = "\r\n"


def unfit_header(body: str, dialect: Dialect, shown: str, before: int) -> str:
    """What must be taken off before the engine reads the file: its header with the blank lines above it, where text
    goes on after a closing quote in it (`"Size" in cm`), else nothing.

    Raises EvidenceError where a quote of the header is never closed or reaches beyond its lines.
    """
    if not dialect.quote or not dialect.skip:
        return ""
    lines = io.StringIO(body, newline="").readlines()[: _lines(body, dialect)]
    header = "".join(lines)
    loose, left_open = _quotes(header, dialect)
    if left_open or (loose and len(lines) > dialect.skip):
        raise EvidenceError(f"{shown}, line {before + 1}: a quote ({dialect.quote}) in the header is never closed")
    return header if loose else ""


def _lines(body: str, dialect: Dialect) -> int:
    """The lines that the header and the blank lines above it take."""
    reader = csv.reader(
        io.StringIO(body, newline=""),
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        doublequote=dialect.escape == dialect.quote,
        escapechar=None if dialect.escape == dialect.quote else dialect.escape,
    )
    for _, _ in zip(range(dialect.skip), reader, strict=False):
        pass
    return reader.line_num


def _quotes(head: str, dialect: Dialect) -> tuple[bool, bool]:
    """Whether text goes on after a closing quote, and whether the last quote is left open."""
    at, loose = 0, False
    while at < len(head):
        at = _past(head, at, " ")
        if head[at : at + 1] == dialect.quote:
            closing = _closing(head, at + 1, dialect)
            if closing is None:
                return loose, True
            at = _past(head, closing + 1, " ")
            loose |= at < len(head) and head[at] not in (dialect.delimiter, *_ENDS)
        while at < len(head) and head[at] not in (dialect.delimiter, *_ENDS):
            at += 1
        at += 1
    return loose, False


def _past(text: str, at: int, blank: str) -> int:
    while text[at : at + 1] == blank:
        at += 1
    return at


def _closing(text: str, at: int, dialect: Dialect) -> int | None:
    """The place of the quote that closes the field."""
    while at < len(text):
        if text[at] == dialect.escape and text[at + 1 : at + 2] == dialect.quote:
            at += 2
        elif text[at] == dialect.quote:
            return at
        else:
            at += 1
    return None
