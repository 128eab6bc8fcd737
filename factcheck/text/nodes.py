"""A YAML file as nodes that remember where they stand.

A node knows its `Source`, so a value that a claim took from the head of its file or from factcheck.yaml
still points to where it was written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeAlias

from factcheck.errors import Place
from factcheck.text.secrets import masked

_BREAK = re.compile(r"\r\n|\r|\n")
# What would move a terminal's cursor or turn the direction of writing is shown as a dot of the same width.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_LONG = 1000  # a line longer than this is not shown in an error
_ESCAPE_DIGITS = {"x": 2, "u": 4, "U": 8}


class Plain(str):
    """Text that stood without quotes, so that a parameter can tell 1 from "1"."""

    __slots__ = ()


class Source:
    """The text of a file; `name` is how the file is shown, relative to the project."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    def line_of(self, index: int) -> int:
        """The line, from 1, of the character at `index`."""
        return bisect_right(self._starts, index)

    def line_start(self, index: int) -> int:
        return self._starts[self.line_of(index) - 1]

    def line_end(self, index: int) -> int:
        """Where the line ends on which the character at `index` stands, its line break left out."""
        line = self.line_of(index)
        if line == len(self._starts):
            return len(self.text)
        end = self._starts[line]
        return end - (2 if self.text.startswith("\r\n", end - 2) else 1)

    def place(self, start: int, end: int | None = None) -> Place:
        """Where the characters from `start` to `end` stand; what runs over the line is not underlined."""
        first, last = self.line_start(start), self.line_end(start)
        excerpt = masked(_HIDDEN.sub("·", self.text[first:last])) if last - first <= _LONG else ""
        length = max(1, min(last, start + 1 if end is None else end) - start)
        return Place(self.name, self.line_of(start), start - first + 1, length, excerpt)


class Scalar:
    """One value: text (`Plain` where it had no quotes), true, false, or None."""

    __slots__ = ("end", "source", "start", "style", "value")

    def __init__(self, value: str | bool | None, source: Source, start: int, end: int, style: str = "") -> None:
        self.value = value
        self.source = source
        self.start = start
        self.end = end
        self.style = style  # "" plain, or one of ' " | >

    def place(self, offset: int = 0, length: int | None = None) -> Place:
        """Where the value stands, or `length` characters of it from `offset`."""
        if offset == 0 and length is None:
            return self.source.place(*self._span())
        ends = self._positions()
        if not ends:
            return self.source.place(*self._span())
        first = ends[min(offset, len(ends) - 1)]
        if offset >= len(ends):  # just behind the last character
            return self.source.place(first + 1)
        last = ends[min(offset + (length or len(ends)), len(ends)) - 1]
        return self.source.place(first, max(first, last) + 1)

    def _span(self) -> tuple[int, int]:
        if self.style in ("|", ">") and (positions := self._positions()):
            return positions[0], self.source.line_end(positions[0])
        return self.start, self.end

    def _positions(self) -> list[int]:
        """For each character of the value, where it stands in the file (folded breaks: about there)."""
        if not isinstance(self.value, str):
            return []
        text, at = self.source.text, self.start
        if self.style in ("'", '"'):
            at += 1
        elif self.style in ("|", ">"):
            at = self.source.line_end(at) + 1
        positions = []
        for character in self.value:
            at, width = self._match(text, at, character)
            positions.append(min(at, max(self.start, self.end - 1)))
            at += width
        return positions

    def _match(self, text: str, at: int, character: str) -> tuple[int, int]:
        """Where `character` stands from `at` on, and how many characters of the file write it."""
        while at < self.end:
            if self.style == '"' and text[at] == "\\":
                if text[at + 1] not in "\r\n":
                    return at, 2 + _ESCAPE_DIGITS.get(text[at + 1], 0)
                at += 1  # an escaped line break writes nothing
            elif text[at].isspace() and not character.isspace():
                at += 1
            elif self.style == "'" and text.startswith("''", at):
                return at, 2
            else:
                return at, int(text[at] == character or text[at].isspace())
        return at, 0


class Mapping:
    """Keys and values in the order of the file."""

    __slots__ = ("end", "entries", "source", "start")

    def __init__(self, entries: dict[str, tuple[Scalar, Node]], source: Source, start: int, end: int) -> None:
        self.entries = entries
        self.source = source
        self.start = start
        self.end = end

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def get(self, key: str) -> Node | None:
        """The value of `key`, None without it; a key that says null has a Scalar."""
        entry = self.entries.get(key)
        return None if entry is None else entry[1]

    def key(self, key: str) -> Scalar:
        """The key itself, for its place."""
        return self.entries[key][0]

    def replaced(self, entries: dict[str, tuple[Scalar, Node]]) -> Mapping:
        """A mapping at the same place with other entries."""
        return Mapping(entries, self.source, self.start, self.end)

    def place(self) -> Place:
        return self.source.place(self.start, _first_line(self))


class Sequence:
    """A list."""

    __slots__ = ("end", "items", "source", "start")

    def __init__(self, items: list[Node], source: Source, start: int, end: int) -> None:
        self.items = items
        self.source = source
        self.start = start
        self.end = end

    def place(self) -> Place:
        return self.source.place(self.start, _first_line(self))


Node: TypeAlias = Scalar | Mapping | Sequence


def _first_line(node: Mapping | Sequence) -> int:
    text = node.source.text[node.start : min(node.end, node.source.line_end(node.start))]
    return node.start + len(text.rstrip())


def to_python(node: Node) -> Any:
    """dict, list, str (`Plain` where unquoted), bool, None."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [to_python(item) for item in node.items]
    return {key: to_python(value) for key, (_, value) in node.entries.items()}


def is_null(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.value is None


def descend(node: Node, path: tuple[str | int, ...]) -> tuple[Node, Scalar | None]:
    """The node at `path`, or the nearest one above it, with its key; a lone value is its own list."""
    key: Scalar | None = None
    for step in reached(node, path):
        if isinstance(node, Mapping):
            key, node = node.entries[str(step)]
        elif isinstance(node, Sequence):
            node = node.items[int(step)]
    return node, key


def reached(node: Node, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """As much of `path` as there is; the index of a lone value that stands for a list of one is left out."""
    steps: list[str | int] = []
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            node = node.entries[step][1]
        elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
            node = node.items[step]
        elif isinstance(step, int) and not isinstance(node, Sequence):
            continue
        else:
            break
        steps.append(step)
    return tuple(steps)


def node_at(node: Node | None, path: tuple[str | int, ...]) -> Node | None:
    """The node at exactly `path`, None where it is absent or null."""
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            node = node.get(step)
        elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
            node = node.items[step]
        elif not isinstance(node, Scalar) or step != 0:  # a lone value is its own list
            return None
    return None if is_null(node) else node


def place_at(node: Node, path: tuple[str | int, ...], offset: int = 0, length: int | None = None) -> Place:
    """Where part of the value at `path` stands, or the nearest value above it."""
    exact = node_at(node, path)
    return exact.place(offset, length) if isinstance(exact, Scalar) else descend(node, path)[0].place()
