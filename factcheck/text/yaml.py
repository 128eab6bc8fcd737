"""YAML, read as people mean it: only true and false are booleans, every other plain value keeps its text.

PyYAML's C parser reads the characters; what they mean is decided here, and nothing is decided silently: repeated
keys, tags, merge keys, several documents, comments that swallow half a sentence and commas that cut a figure in two are
problems with a place. Depth, size and the growth through aliases have limits, so a hostile file ends early.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NoReturn

from yaml import _yaml
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from factcheck.errors import Place, Problem
from factcheck.text.complaints import SWALLOWED, explain, quote_this
from factcheck.text.nodes import Mapping, Node, Plain, Scalar, Sequence, Source

MAX_BYTES = 4_000_000
MAX_DEPTH = 50
MAX_NODES = 250_000  # ten thousand claims, read in about a second
MAX_ALIASED = 100_000  # nodes that aliases may add to a file
MAX_PROBLEMS = 200

_TOO_DEEP = f"more than {MAX_DEPTH} levels inside one another"
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_UNREADABLE = re.compile("[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\x00\x00\xfe\xff": "UTF-32"}


def read_yaml(path: Path, name: str) -> tuple[Node | None, list[Problem]]:
    """The root of a YAML file, shown as `name`; None where the file is empty or cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return None, [Problem(f"{name} cannot be read: {error.strerror or error}")]
    if len(data) > MAX_BYTES:
        size = f"{path.stat().st_size / 1e6:,.1f} MB"
        return None, [Problem(f"{name} has {size}, the limit is {MAX_BYTES // 1_000_000} MB", Place(name, 1, 1))]
    return parse(data, name)


def parse(data: bytes | str, name: str) -> tuple[Node | None, list[Problem]]:
    """The root node of YAML text, and every problem found; None where there is no value."""
    if isinstance(data, bytes):
        text, problem = _decode(data, name)
        if problem:
            return None, [problem]
    else:
        text = data.removeprefix("\ufeff")
    source = Source(name, text)
    if found := _UNREADABLE.search(text):
        return None, [_unreadable(source, found.start())]
    builder = _Builder(source)
    return builder.document(), builder.problems


def _decode(data: bytes, name: str) -> tuple[str, Problem | None]:
    for mark, encoding in _BOMS.items():
        if data.startswith(mark):
            return "", Problem(f"the file is {encoding}, not UTF-8", Place(name, 1, 1), "save it as UTF-8")
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        bad = data[error.start]
        rest = data[error.start : error.start + 60].split(b"\n")[0].decode("cp1252", "replace")
        place = Source(name, before + rest).place(len(before))
        message = f"byte 0x{bad:02X} is not UTF-8"
        return "", Problem(message, place, f"read as Windows-1252 it is '{rest[:1]}'; save the file as UTF-8")


def _unreadable(source: Source, at: int) -> Problem:
    character = source.text[at]
    code = f"U+{ord(character):04X}"
    if character in "\x85\u2028\u2029":
        return Problem(f"an invisible line separator ({code}) stands here", source.place(at), "replace it by a space")
    return Problem(f"an invisible control character ({code}) stands here", source.place(at), "remove it")


def _span(event: Event) -> tuple[int, int]:
    """Where an event begins and ends in the text."""
    start, end = event.start_mark, event.end_mark
    assert start is not None
    assert end is not None  # only events made by hand have no marks
    return start.index, end.index


class _Stop(Exception):
    """The rest of the file cannot be read; the problem is noted."""


class _Builder:
    """Builds the nodes of one file from the parser's events."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self._parser = _yaml.CParser(source.text)
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._open: set[str] = set()
        self._count = 0
        self._aliased = 0
        self._last: Scalar | None = None

    def document(self) -> Node | None:
        try:
            return self._document()
        except _Stop:
            return None
        except MarkedYAMLError as error:
            self._syntax(error)
        except YAMLError as error:
            self._note(Problem(f"this cannot be read as YAML ({error})", self.source.place(0)))
        return None

    def _document(self) -> Node | None:
        self._next()
        if isinstance(self._next(), StreamEndEvent):
            return None
        root = self._node(self._next(), 0)
        self._next()
        event = self._next()
        if isinstance(event, DocumentStartEvent):
            self._fail("a second document begins here", event, hint="one file holds one document: remove the '---'")
        return None if isinstance(root, Scalar) and root.value is None else root

    def _next(self) -> Event:
        event = self._parser.get_event()
        if event is None:  # the parser has told the end of the stream before
            raise _Stop
        return event

    def _node(self, event: Event, depth: int) -> Node:
        if isinstance(event, AliasEvent):
            return self._alias(event)
        assert isinstance(event, ScalarEvent | CollectionStartEvent)  # nothing else begins a node
        self._count += 1
        if self._count > MAX_NODES:
            self._fail(f"the file holds more than {MAX_NODES:,} values", event, hint="split it")
        before, aliased, anchor = self._count, self._aliased, event.anchor
        if event.tag is not None:
            self._tag(event)
        if anchor is not None:
            self._open.add(anchor)
        if isinstance(event, ScalarEvent):
            node: Node = self._scalar(event)
        elif depth >= MAX_DEPTH:
            self._fail(_TOO_DEEP, event)
        elif isinstance(event, MappingStartEvent):
            node = self._mapping(event, depth + 1)
        else:
            node = self._sequence(event, depth + 1)
        if anchor is not None:
            self._open.discard(anchor)
            self._anchors[anchor] = node, self._count - before + 1 + self._aliased - aliased
        return node

    def _scalar(self, event: ScalarEvent) -> Scalar:
        (start, end), text = _span(event), event.value
        if event.style:
            scalar = Scalar(text, self.source, start, end, event.style)
            if event.style in "|>" and not text.strip():
                hint = quote_this(self.source, start)
                self._note(Problem(f"nothing follows this {event.style}", self.source.place(start), hint))
        else:
            value = _CONSTANTS[text] if text in _CONSTANTS else Plain(text)
            scalar = Scalar(value, self.source, start, end)
            if self.source.text[end : end + 1] in " \t" and (found := SWALLOWED.match(self.source.text, end)):
                self._swallowed(scalar, found.end() - 1)
        self._last = scalar
        return scalar

    def _swallowed(self, scalar: Scalar, hash_at: int) -> None:
        message = "the text ends before this #: what follows a space and # is a comment"
        start = scalar.start if scalar.end > scalar.start else hash_at
        self._note(Problem(message, self.source.place(hash_at), quote_this(self.source, start)))

    def _mapping(self, opening: MappingStartEvent, depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        previous: Node | None = None
        cut = False
        while not isinstance(event := self._next(), MappingEndEvent):
            key = self._key(event, depth)
            value = self._node(self._next(), depth)
            if opening.flow_style and self._is_cut(key, value):
                if not cut:
                    self._cut(key, previous)
                cut = True
            elif self._is_usable(key, entries):
                entries[str(key.value)] = key, value
            previous = value
        return Mapping(entries, self.source, _span(opening)[0], _span(event)[1])

    def _sequence(self, opening: Event, depth: int) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            items.append(self._node(event, depth))
        return Sequence(items, self.source, _span(opening)[0], _span(event)[1])

    def _key(self, event: Event, depth: int) -> Scalar:
        start, end = _span(event)
        if isinstance(event, ScalarEvent) and event.tag is None:
            self._count += 1
            text = event.value if event.style else Plain(event.value)
            self._last = Scalar(text, self.source, start, end, event.style or "")
            return self._last
        if isinstance(event, ScalarEvent):
            self._tag(event)
        else:
            self._note(Problem("a key has to be plain text", self.source.place(start, end)))
            self._node(event, depth)
        return Scalar(None, self.source, start, end)

    def _is_usable(self, key: Scalar, entries: dict[str, tuple[Scalar, Node]]) -> bool:
        """Whether a key may enter the mapping; notes why where it may not."""
        if key.value is None:  # already noted
            return False
        if key.value == "<<" and isinstance(key.value, Plain):
            self._note(Problem("merge keys (<<) are not read", key.place(), "write the keys out, or use 'defaults'"))
        elif not key.value:
            self._note(Problem("a key is missing before this", key.place()))
        elif key.value in entries:
            line = self.source.line_of(entries[str(key.value)][0].start)
            self._note(Problem(f"key '{key.value}' occurs twice", key.place(), f"it is already on line {line}"))
        else:
            return True
        return False

    def _is_cut(self, key: Scalar, value: Node) -> bool:
        """{claimed: 2,504}: a comma has made a key 504 without colon or value."""
        if not isinstance(value, Scalar) or value.value is not None or value.end > value.start:
            return False
        return ":" not in self.source.text[key.end : value.start]

    def _cut(self, key: Scalar, previous: Node | None) -> None:
        hint = "quote the value, or write a list in [ ]"
        if isinstance(previous, Scalar):
            hint = quote_this(self.source, previous.start, key.end)
        message = f"the comma ends the value before it, so '{key.value}' is a key without a value"
        self._note(Problem(message, key.place(), hint))

    def _alias(self, event: AliasEvent) -> Node:
        if event.anchor not in self._anchors:
            words = "refers to itself" if event.anchor in self._open else "refers to nothing"
            place = self.source.place(*_span(event))
            hint = "" if event.anchor in self._open else quote_this(self.source, _span(event)[0])
            self._note(Problem(f"*{event.anchor} {words}", place, hint))
            return Scalar(None, self.source, *_span(event))
        node, size = self._anchors[event.anchor]
        self._aliased += size
        if self._aliased > MAX_ALIASED:
            self._fail(f"aliases repeat more than {MAX_ALIASED:,} values", event, hint="write the values out")
        return node

    def _tag(self, event: Event) -> None:
        start = _span(event)[0]
        tag = re.compile(r"(?:&\S+\s+)?!\S*").match(self.source.text, start)
        place = self.source.place(start, tag.end() if tag else None)
        self._note(Problem("tags (words that begin with !) are not read", place, quote_this(self.source, start)))

    def _syntax(self, error: MarkedYAMLError) -> None:
        """Notes a syntax error, unless a problem on the same line or on that of the last value explains it."""
        problem = explain(error, self.source, self._last)
        if "nesting depth" in (error.problem or ""):  # the parser reads ahead, and newer ones have a limit of their own
            problem = Problem(_TOO_DEEP, problem.place)
        lines = {problem.place.line if problem.place else 0}
        if error.problem_mark:
            lines.add(self.source.line_of(min(error.problem_mark.index, len(self.source.text))))
        if self._last is not None:
            lines.add(self.source.line_of(self._last.end))
        if not any(noted.place and noted.place.line in lines for noted in self.problems[-3:]):
            self._note(problem)

    def _fail(self, message: str, event: Event, hint: str = "") -> NoReturn:
        place = self.source.place(*_span(event))
        self.problems.append(Problem(message, place, hint))
        raise _Stop

    def _note(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            self.problems.append(Problem(f"{self.source.name} has more problems than these {MAX_PROBLEMS}"))
            raise _Stop
