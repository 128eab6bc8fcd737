"""The keys of a skeleton in the order of the language; each takes the comments above it along."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from factcheck.formatting.parts import Part, root_of
from factcheck.formatting.shapes import Shape

_REFERENCE = re.compile(r"(?:^|[\s\[{,])([&*])([^\s,\[\]{}]+)")


def ordered(text: str, shape: Shape, written: Callable[[str], str]) -> str:
    """written: what a mark of the skeleton stands for."""
    root = root_of(text)
    if root is None:
        return text
    writer = _Writer(text, written)
    end = writer.end_of(root)
    return text[: root.start] + writer.node(root, shape) + text[end:]


@dataclass(frozen=True)
class _Entry:
    """A key with its value: the comments above it, its text from the key on, and the blank lines after it."""

    key: str
    comments: list[str]
    body: str
    gap: str
    refers: frozenset[tuple[str, str]]  # anchors and aliases in it


class _Writer:
    def __init__(self, text: str, written: Callable[[str], str]) -> None:
        self.text = text
        self.written = written

    def node(self, part: Part, shape: Shape | None) -> str:
        """A node, in the order of its shape, from its beginning to its end."""
        if shape is None or part.what == "scalar" or not part.items:
            return self.text[part.start : self.end_of(part)]
        if part.what == "sequence":
            return self._around(part.start, self.end_of(part), [(item, shape) for item in part.items])
        return self._flow(part, shape) if part.flow else self._block(part, shape)

    def _around(self, start: int, end: int, nodes: list[tuple[Part, Shape | None]]) -> str:
        """The text from start to end with some nodes in it written anew."""
        pieces, at = [], start
        for part, shape in nodes:
            pieces += [self.text[at : part.start], self.node(part, shape)]
            at = self.end_of(part)
        return "".join([*pieces, self.text[at:end]])

    def _keys(self, part: Part) -> list[str]:
        return [self.written(self.text[key.start : key.end]).strip("'\"") for key, _ in part.entries]

    def _flow(self, part: Part, shape: Shape) -> str:
        keys = self._keys(part)
        nodes = [(value, shape.under(key)) for key, (_, value) in zip(keys, part.entries, strict=True)]
        spans = [(key.start, value.end) for key, value in part.entries]
        order = _order(keys, shape.order(keys))
        if order == [*range(len(keys))] or self._misreferred([self._refers(*span) for span in spans], order):
            return self._around(part.start, part.end, nodes)
        texts = [self._around(*span, [node]) for span, node in zip(spans, nodes, strict=True)]
        first, last = spans[0][0], spans[-1][1]
        return self.text[part.start : first] + ", ".join(texts[place] for place in order) + self.text[last : part.end]

    def _block(self, part: Part, shape: Shape) -> str:
        entries = self._entries(part, shape)
        keys = [entry.key for entry in entries]
        order = _order(keys, shape.order(keys))
        moved = [entries[place] for place in order]
        before = self.text[part.start : part.items[0].start]  # an anchor
        column = self._column(part.items[0])
        inline = self.text[self._line_start(part.items[0].start) : part.items[0].start].strip(" ") != ""
        if (inline and moved[0].comments) or self._misreferred([entry.refers for entry in entries], order):
            moved = entries
        indent = " " * column
        texts = [
            "".join(f"{indent}{line}\n" for line in entry.comments) + indent + entry.body + gap
            for entry, gap in zip(moved, [entry.gap for entry in entries], strict=True)
        ]
        whole = "".join(texts).removeprefix(indent)
        return before + (whole if self._ends_line(part) else whole.removesuffix("\n"))

    def _entries(self, part: Part, shape: Shape) -> list[_Entry]:
        starts = [part.items[0].start, *(self._lead(key) for key, _ in part.entries[1:])]
        ends = [*starts[1:], self.end_of(part)]
        entries = []
        for name, (key, value), start, end in zip(self._keys(part), part.entries, starts, ends, strict=True):
            body = self._around(key.start, end, [(value, shape.under(name))])
            comments = [line.strip(" ") for line in self.text[start : key.start].split("\n")[:-1]]
            whole = body.rstrip("\n ")
            gap = "\n" * max(0, body.count("\n", len(whole)) - 1)
            entries.append(_Entry(name, comments, f"{whole}\n", gap, self._refers(key.start, value.end)))
        return entries

    def end_of(self, part: Part) -> int:
        """Where a node ends: of a block at the end of its last line, with the comments below that are its own."""
        if part.what == "scalar" or part.flow:
            return part.end
        end = self._line_end(part.end)
        column = self._column(part.items[0] if part.what == "mapping" else part)
        while end < len(self.text):
            line = self.text[end : self._line_end(end)]
            if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) < column:
                break
            end = self._line_end(end)
        return end

    def _lead(self, key: Part) -> int:
        """Where the comments above a key begin; one right below other text belongs there if a blank line follows it."""
        start, column = self._line_start(key.start), self._column(key)
        above: list[tuple[int, bool]] = []  # where lines begin, and whether they are blank
        at = start
        while at > 0:
            at = self._line_start(at - 1)
            line = self.text[at : self.text.find("\n", at)]
            text = line.lstrip(" ")
            if text and (text[0] != "#" or len(line) - len(text) > column):
                break
            above.insert(0, (at, not text))
        if any(blank for _, blank in above):
            above = [*dropwhile(lambda line: not line[1], above)]
        own = [begin for begin, _ in dropwhile(lambda line: line[1], above)]
        return own[0] if own else start

    def _refers(self, start: int, end: int) -> frozenset[tuple[str, str]]:
        """The anchors and aliases in a stretch of the skeleton and in what its marks stand for."""
        found = set(_REFERENCE.findall(self.text[start:end]))
        for mark in re.findall("[\U000f0000-\U000ffffd]", self.text[start:end]):
            found.update(_REFERENCE.findall(self.written(mark)))
        return frozenset(found)

    @staticmethod
    def _misreferred(refers: Sequence[frozenset[tuple[str, str]]], order: list[int]) -> bool:
        """Whether in this order an alias would stand before its anchor."""
        known: set[str] = set()
        own = {name for entry in refers for mark, name in entry if mark == "&"}
        for place in order:
            anchors = {name for mark, name in refers[place] if mark == "&"}
            if any(mark == "*" and name in own and name not in known | anchors for mark, name in refers[place]):
                return True
            known |= anchors
        return False

    def _ends_line(self, part: Part) -> bool:
        return self.text[self.end_of(part) - 1] == "\n"

    def _column(self, part: Part) -> int:
        return part.start - self._line_start(part.start)

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        """Where the next line begins."""
        end = self.text.find("\n", index)
        return len(self.text) if end == -1 else end + 1


def _order(keys: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """The places of the keys in the wanted order; a key that it does not have stays behind the one before it."""
    ranks: list[int] = []
    for key in keys:
        ranks.append(wanted.index(key) if key in wanted else ranks[-1] if ranks else -1)
    return sorted(range(len(keys)), key=lambda place: (ranks[place], place))
