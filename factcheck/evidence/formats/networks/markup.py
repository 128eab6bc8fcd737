"""XML of strangers, read as it comes: no document type's entities, nothing from outside, nothing without a bound.

expat hands over one element after another, so that a file of any size takes the same memory. Measured against
lxml and defusedxml it is also the fastest (benchmarks/README.md).
"""

from __future__ import annotations

import codecs
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Generic, TypeVar
from xml.parsers import expat

from factcheck.errors import EvidenceError
from factcheck.evidence.formats import files
from factcheck.evidence.formats.encodings import encoding_of
from factcheck.evidence.formats.networks.sheet import Row, Sheet
from factcheck.evidence.formats.networks.staged import File, Network

Attributes = dict[str, str]
NAMESPACE = ("xmlns", "xml:", "xsi:")  # attributes that say nothing of a record begin so
_DEEPEST = 256
_LONGEST = 16 << 20  # bytes of one tag or text
_BY_EXPAT = ("utf-8", "ascii", "iso8859-1")
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z_:][\w.:-]{0,60});")
_HELD = 64  # bytes in which an entity may begin
_REASONS = {
    expat.errors.codes[expat.errors.XML_ERROR_SYNTAX]: "text where a tag must stand; is it XML?",
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]: "the file ends before its last element is closed",
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN]: "the file ends within a tag",
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION]: "the file ends within a CDATA section",
    expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]: "a character that must not stand here in XML",
    expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH]: "an end tag that does not match the last start tag",
    expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: "an entity that is nowhere defined",
    expat.errors.codes[expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE]: "a tag has the same attribute twice",
    expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: "something follows the end of the document",
}


class _Recode(Exception):
    """The file declares an encoding that expat does not know."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding


class _ByLocalName(dict[str, Callable[..., None] | None]):
    """Handlers by the name of an element, whatever the prefix of its namespace."""

    def __init__(self, known: Mapping[str, Callable[..., None]]) -> None:
        self._known = known

    def __missing__(self, name: str) -> Callable[..., None] | None:
        found = self[name] = self._known.get(name.rpartition(":")[2])
        return found


Memory = TypeVar("Memory")


class Markup(ABC, Generic[Memory]):
    """One XML file. A subclass names its handlers in `starts` and `ends`, by the local names of elements.

    `row` is the open record, None outside of any; records may lie in one another (`begin`, `leave`). `memory` is what
    else a subclass keeps of it.
    """

    root = ""  # the local name of the first element

    def __init__(self, file: File, network: Network) -> None:
        self.file, self.network = file, network
        self.row: Row | None = None
        self.sheet: Sheet = network.nodes
        self.line = 0  # where the open record begins
        self.memory: Memory | None = None
        self._text: list[str] = []
        self._outer: list[tuple[Row | None, Sheet, int, Memory | None]] = []
        self._depth = 0
        self._length = 0
        self._declares = False  # there is a document type, behind which undefined entities hide
        self._starts = _ByLocalName(self.starts())
        self._ends = _ByLocalName(self.ends())

    @abstractmethod
    def starts(self) -> dict[str, Callable[[Attributes], None]]:
        """Handlers of start tags."""

    @abstractmethod
    def ends(self) -> dict[str, Callable[[], None]]:
        """Handlers of end tags."""

    def run(self) -> None:
        """Reads the file; EvidenceError with line and column where it is no proper XML."""
        encoding = encoding_of(self.file.path, self.file.reading, self.file.shown, whole=self.file.limit is None)
        try:
            self._parse(None if files.is_utf8(encoding) and encoding != "utf-8" else encoding)
        except _Recode as recode:
            self._parse(recode.encoding)

    def begin(self, sheet: Sheet, row: Row | None, line: int) -> None:
        """A record; the one around it goes on when it ends."""
        if self.row is not None or self._outer:
            self._outer.append((self.row, self.sheet, self.line, self.memory))
        self.row, self.sheet, self.line, self.memory = row, sheet, line, None

    def leave(self) -> None:
        if self._outer:
            self.row, self.sheet, self.line, self.memory = self._outer.pop()
        else:
            self.row = self.memory = None

    @property
    def around(self) -> Row | None:
        """The record around the open one."""
        return next((row for row, *_ in reversed(self._outer) if row is not None), None) if self._outer else None

    @property
    def here(self) -> int:
        """The line that is being read."""
        return self._parser.CurrentLineNumber

    def listen(self) -> None:
        """Collect text from here on."""
        self._text, self._length = [], 0
        self._parser.CharacterDataHandler = self._characters

    def heard(self) -> str:
        """The text since `listen`, which ends here."""
        self._parser.CharacterDataHandler = None
        return "".join(self._text)

    def wrong(self, what: str, line: int | None = None, column: int | None = None) -> EvidenceError:
        """An error at the place that is being read."""
        line = self._parser.CurrentLineNumber if line is None else line
        column = self._parser.CurrentColumnNumber + 1 if column is None else column
        return EvidenceError(f"{self.file.shown}, line {line}, column {column}: {what}")

    def _parse(self, encoding: str | None) -> None:
        self._depth = 0
        self._parser = parser = expat.ParserCreate("utf-8" if encoding else None)
        parser.buffer_text = True
        parser.StartElementHandler = self._first
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = self._entity
        parser.StartDoctypeDeclHandler = self._doctype
        if encoding is None:
            parser.XmlDeclHandler = self._declaration
        fed, held = 0, b""
        try:
            for chunk in self._chunks(encoding):
                fed += len(chunk)
                parser.Parse(chunk, False)
                if fed - parser.CurrentByteIndex > _LONGEST:
                    raise self.wrong(f"a tag that is longer than {_LONGEST >> 20} MB")
                self.network.flush()
                if self._declares:
                    held = self._no_entities(held + chunk)
            if self.file.limit is None:
                parser.Parse(b"", True)
        except expat.ExpatError as error:
            reason = _REASONS.get(error.code, expat.errors.messages.get(error.code, "no proper XML"))
            raise self.wrong(reason, error.lineno, error.offset + 1) from error

    def _chunks(self, encoding: str | None) -> Iterator[bytes]:
        chunks = files.chunks(self.file.path, self.file.limit)
        return chunks if encoding is None else _decoded(chunks, encoding, self.wrong)

    def _first(self, name: str, attributes: Attributes) -> None:
        if name.rpartition(":")[2] != self.root:
            other = name.rpartition(":")[2].lower()
            hint = f"; write format: {other}" if other in ("gexf", "graphml") else ""
            raise EvidenceError(
                f"{self.file.shown} is no {self.root.upper()} file: its first element is <{name[:60]}>{hint}"
            )
        self._parser.StartElementHandler = self._start
        self._start(name, attributes)

    def _start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self.wrong(f"elements lie more than {_DEEPEST} deep in one another")
        if (handler := self._starts[name]) is not None:
            handler(attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if (handler := self._ends[name]) is not None:
            handler()

    def _characters(self, text: str) -> None:
        self._length += len(text)
        if self._length > _LONGEST:
            raise self.wrong(f"a text that is longer than {_LONGEST >> 20} MB")
        self._text.append(text)

    def _entity(self, name: str, *_: object) -> None:
        what = f"the document type declares the entity '{name[:60]}', which could stand for anything"
        raise self.wrong(f"{what}; save the file without it")

    def _doctype(self, *_: object) -> None:
        self._declares = True

    def _no_entities(self, data: bytes) -> bytes:
        """With a document type expat passes over entities that are defined nowhere: their text would be lost."""
        if found := _ENTITY.search(data):
            raise EvidenceError(f"{self.file.shown} uses the entity '{found[1].decode()}', which it does not define")
        return data[-_HELD:]

    def _declaration(self, _: str, encoding: str | None, __: int) -> None:
        if encoding is None:
            return
        name = self._known(encoding)
        if name not in _BY_EXPAT and not name.startswith("utf-16"):
            raise _Recode(name)

    def _known(self, encoding: str) -> str:
        try:
            "a".encode(encoding)  # raises for codecs that make no text, such as hex
            return codecs.lookup(encoding).name
        except (LookupError, ValueError) as error:
            raise self.wrong(f"an encoding of text that is not known: '{encoding[:60]}'") from error


def _decoded(chunks: Iterator[bytes], encoding: str, wrong: Callable[[str], EvidenceError]) -> Iterator[bytes]:
    """The chunks in UTF-8."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for chunk in chain(chunks, (b"",)):
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            raise wrong(f"soon after this stands a byte that is no {encoding} text") from error
        if text:
            yield text.encode("utf-8", "surrogatepass")
