"""GML: lists of keys and values. Nested lists become dotted names (`graphics.x`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5

from factcheck.errors import EvidenceError
from factcheck.evidence.formats.networks import staged
from factcheck.evidence.formats.networks.sheet import Sheet
from factcheck.evidence.formats.networks.staged import EDGE, NODE, File, Network
from factcheck.evidence.formats.networks.text import pieces
from factcheck.evidence.formats.source import Job, Source, SourceColumn

_DEEPEST = 64
_LONGEST = 16 << 20
_MOST = 100_000  # values of one record
_TOKEN = re.compile(r'^[ \t]*#[^\n]*|"([^"]*)"|([\[\]])|([^\s"\[\]]+)|(")', re.MULTILINE)
_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,32});")
_LAST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)
Value = tuple[str, bool]  # text, and whether it stood in quotes
Record = list[tuple[str, Value]]


def head(job: Job) -> dict[str, SourceColumn]:
    """The columns of the nodes, or of the edges."""
    return staged.head(job, read)


def open(job: Job) -> Source:
    """The nodes, or the edges."""
    return staged.open(job, read)


def read(file: File, network: Network) -> None:
    """One file into the sheets of the network."""
    tokens = _Tokens(file, network)
    graphs = 0
    try:
        for key in tokens:
            if tokens.kind != "word":
                raise tokens.wrong(f"expected a key, found {tokens.shown()}")
            _advance(tokens, key)
            if key.lower() == "graph" and tokens.text == "[":
                graphs += 1
                _graph(tokens, network)
            elif tokens.text == "[" and tokens.kind == "mark":
                _list(tokens, "", [], 1)
            elif tokens.kind == "mark":
                raise tokens.wrong(f"expected a value of '{key[:60]}', found {tokens.shown()}")
    except _Cut:
        return
    if not graphs:
        raise EvidenceError(f"{file.shown} is no GML file: it has no 'graph ['")


class _Cut(Exception):
    """Only the beginning of the file was to be read, and this is its end."""


class _Tokens:
    """The tokens of a file, one after another; `kind`, `text` and `line` are of the current one."""

    def __init__(self, file: File, network: Network) -> None:
        self.file = file
        self._pieces = pieces(file, network)
        self.kind = ""  # word, string or mark
        self.text = ""
        # One character stays before what is to be read: a comment begins a line, not a buffer.
        self._buffer, self._base, self._done = "\n", -1, 1
        self._at = self._counted = 1  # the current token; up to where lines were counted
        self._line, self._line_starts = 1, 0
        self._found = self._walk()

    def __iter__(self) -> Iterator[str]:
        return self._found

    @property
    def line(self) -> int:
        self._line += self._buffer.count("\n", self._counted, self._at)
        last = self._buffer.rfind("\n", self._counted, self._at)
        if last >= 0:
            self._line_starts = self._base + last + 1
        self._counted = max(self._counted, self._at)
        return self._line

    def wrong(self, what: str) -> EvidenceError:
        line = self.line
        column = self._base + self._at - self._line_starts + 1
        return EvidenceError(f"{self.file.shown}, line {line}, column {column}: {what}")

    def shown(self) -> str:
        return f"'{self.text[:60]}'"

    def _walk(self) -> Iterator[str]:
        parts, final = self._pieces, False
        while not final:
            part = next(parts, None)
            final = part is None
            self._shift(part or "")
            for found in _TOKEN.finditer(self._buffer, 1):
                string, mark, word, quote = found.groups()
                if not final and (quote or (found.end() == len(self._buffer) and mark is None)):
                    break  # the rest of it may still come
                self._at, self._done = found.start(), found.end()
                if quote:
                    raise _ended(self, "a quote is opened here and never closed")
                self.kind = "mark" if mark else "word" if word else "string"
                if string is None and not mark and not word:
                    continue  # a comment
                self.text = string if string is not None else mark or word
                yield self.text
            if len(self._buffer) - self._done > _LONGEST:
                self._at = self._done
                raise self.wrong(f"behind this a value that is longer than {_LONGEST >> 20} MB; is a quote not closed?")
        self._at = len(self._buffer)

    def _shift(self, part: str) -> None:
        """Forget what was read, and take in more."""
        keep = self._done - 1
        self._at = keep
        _ = self.line
        self._buffer, self._base = self._buffer[keep:] + part, self._base + keep
        self._counted, self._done = self._counted - keep, 1


def _advance(tokens: _Tokens, after: str) -> str:
    found = next(iter(tokens), None)
    if found is None:
        raise _ended(tokens, f"the file ends after '{after[:60]}'")
    return found


def _ended(tokens: _Tokens, what: str) -> Exception:
    return _Cut() if tokens.file.limit is not None else tokens.wrong(what)


def _graph(tokens: _Tokens, network: Network) -> None:
    network.edges.always("type", "undirected")
    for key in tokens:
        if key == "]" and tokens.kind == "mark":
            return
        if tokens.kind != "word":
            raise tokens.wrong(f"expected a key, found {tokens.shown()}")
        line = tokens.line
        _advance(tokens, key)
        name = key.lower()
        if tokens.text == "[" and tokens.kind == "mark":
            record: Record = []
            _list(tokens, "", record, 1)
            if name == "node":
                _node(record, line, network.nodes)
            elif name == "edge":
                _edge(record, line, network.edges)
        elif tokens.kind == "mark":
            raise tokens.wrong(f"expected a value of '{key[:60]}', found {tokens.shown()}")
        elif name == "directed":
            network.edges.always("type", "directed" if tokens.text == "1" else "undirected")
    raise _ended(tokens, "the file ends before its graph is closed with ']'")


def _list(tokens: _Tokens, prefix: str, record: Record, depth: int) -> None:
    """The keys and values of a list, up to its end."""
    if depth > _DEEPEST:
        raise tokens.wrong(f"lists lie more than {_DEEPEST} deep in one another")
    for key in tokens:
        if key == "]" and tokens.kind == "mark":
            return
        if tokens.kind != "word":
            raise tokens.wrong(f"expected a key, found {tokens.shown()}")
        _advance(tokens, key)
        if tokens.kind != "mark":
            record.append((prefix + key, (tokens.text, tokens.kind == "string")))
            if len(record) > _MOST:
                raise tokens.wrong(f"a list with more than {_MOST:,} values")
        elif tokens.text == "[":
            _list(tokens, f"{prefix}{key}.", record, depth + 1)
        else:
            raise tokens.wrong(f"expected a value of '{key[:60]}', found {tokens.shown()}")
    raise _ended(tokens, "the file ends before a list is closed with ']'")


def _node(record: Record, line: int, sheet: Sheet) -> None:
    if not any(key == "id" and text for key, (text, _) in record):
        sheet.reject(line, "a node without an id", _told(record))
        return
    _add(record, sheet, NODE)


def _edge(record: Record, line: int, sheet: Sheet) -> None:
    missing = [end for end in ("source", "target") if not any(key == end and text for key, (text, _) in record)]
    if missing:
        sheet.reject(line, f"an edge without a {missing[0]}", _told(record))
        return
    _add(record, sheet, tuple(name for name in EDGE if name != "type"))


def _told(record: Record) -> str:
    return " ".join(f"{key} {text}" for key, (text, _) in record[:8])


def _add(record: Record, sheet: Sheet, fixed: tuple[str, ...]) -> None:
    row, seen = sheet.template.copy(), set[int]()
    for key, (text, quoted) in record:
        # An edge's own 'type' is an attribute: whether it is directed is what the graph says.
        place = sheet.at(key) if key in fixed else sheet.named(key)
        if place in seen:
            sheet.passed_over(place)
        seen.add(place)
        if len(row) <= place:
            row += sheet.template[len(row) :]
        row[place] = _ENTITY.sub(_character, text) if quoted and "&" in text else text
        heading = sheet.headings[place]
        if quoted:
            heading.quoted = True
        else:
            heading.bare = True
    sheet.rows.append(row)


def _character(found: re.Match[str]) -> str:
    """What an entity stands for; one that is not known stays as it is."""
    name = found[1]
    if not name.startswith("#"):
        return html5.get(f"{name};", found[0])
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return chr(code) if 0 < code <= _LAST and code not in _SURROGATES else found[0]
