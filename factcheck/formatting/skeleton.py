"""A YAML text without its values: each is replaced by a mark of its width, and comes back letter by letter.

A list or mapping in brackets that runs over several lines counts as one value: its author broke it on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from factcheck.formatting.parts import Part, root_of

# Characters for private use, which have no meaning in YAML or in print.
_FILL = "\ue000"
_FIRST, _LAST = 0xF0000, 0xFFFFD
_PRIVATE = re.compile("[\ue000\U000f0000-\U000ffffd]")
_MARK = re.compile(f" *([\U000f0000-\U000ffffd]){_FILL}*")
_COMMENT = re.compile(r"(?:^|[ \t])#")
_FLOW = "{"
MOST = _LAST - _FIRST


class Unformattable(Exception):
    """The text cannot be taken apart and put together again; the message says why."""


@dataclass(frozen=True)
class Value:
    """What a mark stands for, and how far the line that it began on was indented.

    style: one of ' " | > of a scalar, { of a list or mapping in brackets, else empty.
    """

    text: str
    style: str
    indent: int
    own_line: bool  # nothing is before it on its line

    def put(self, indent: int, inner: int) -> str:
        """The value in a line whose text is indented by `indent`; further lines of texts are indented by `inner`."""
        if "\n" not in self.text:
            return self.text
        first, *rest = self.text.split("\n")
        if self.style in ("|", ">"):
            return "\n".join([first, *self._block(first, rest, indent, inner)])
        if self.style == _FLOW:
            return "\n".join([first, *_moved(rest, indent - self.indent)])
        blank = " " * inner  # what a further line begins with does not count
        lines = [blank + line.strip(" \t") if line.strip(" \t") else "" for line in rest]
        return "\n".join(["", blank + first, *lines] if self.own_line else [first, *lines])

    def _block(self, header: str, lines: list[str], indent: int, inner: int) -> list[str]:
        first = next((line for line in lines if line.strip(" ")), "")
        if re.search(r"\d", header.split("#")[0]):  # it says itself how far it is indented
            return _moved(lines, indent - self.indent, blank=self.indent)
        return _moved(lines, inner - _leading(first), blank=_leading(first))


class Skeleton:
    """A text with marks, and what they stand for."""

    def __init__(self, text: str) -> None:
        """text: with line feeds alone, accepted by the strict reader."""
        self.values: list[Value] = []
        pieces, at = [], 0
        root = root_of(text)
        for part in _values(root, text) if root is not None else ():
            written = _written(text[part.start : part.end], part.style)
            pieces += [_between(text[at : part.start]), self._mark(text, part, written)]
            at = part.start + len(written)
        self.text = "".join([*pieces, _between(text[at:])])

    def _mark(self, text: str, part: Part, written: str) -> str:
        if len(self.values) >= MOST:
            raise Unformattable(f"it holds more than {MOST:,} values")
        before = text[text.rfind("\n", 0, part.start) + 1 : part.start]
        style = _FLOW if part.flow else part.style
        self.values.append(Value(written, style, _indent(before), not before.strip(" ")))
        mark = chr(_FIRST + len(self.values) - 1) + _FILL * (len(written.split("\n")[0]) - 1)
        return mark if written else f" {mark}"  # nothing stands right behind the colon

    def value(self, mark: str) -> str:
        """The text that a mark stands for."""
        return self.values[ord(mark[0]) - _FIRST].text

    def filled(self, text: str) -> str:
        """A text with marks of this skeleton, with the values in their place."""
        return "\n".join(_MARK.sub(partial(self._put, _indent(line)), line.rstrip(" ")) for line in text.split("\n"))

    def _put(self, indent: int, found: re.Match[str]) -> str:
        value = self.values[ord(found[1]) - _FIRST]
        # Behind a dash, texts of several lines begin where their first line does; behind a key, further in.
        written = value.put(indent, indent if found.start(1) == indent else indent + 2)
        blank = " " * (found.start(1) - found.start())
        nothing_follows = found.string[found.end() : found.end() + 1] in ("", " ")
        return written if written.startswith("\n") or (not written and nothing_follows) else blank + written


def _written(text: str, style: str) -> str:
    """A value without the blank lines behind it, unless a + keeps them."""
    if style not in ("|", ">"):
        return text
    keeps = "+" in text.split("\n")[0].split("#")[0]
    return text.removesuffix("\n") if keeps else text.rstrip("\n ")


def _values(part: Part, text: str) -> Iterator[Part]:
    if part.what == "scalar" or (part.flow and "\n" in text[part.start : part.end]):
        yield part
        return
    for item in part.items:
        yield from _values(item, text)


def _between(text: str) -> str:
    """What stands between values, with spaces for tabs but in comments."""
    if _PRIVATE.search(text):
        raise Unformattable("a comment holds a character for private use")
    return "\n".join(_untabbed(line) for line in text.split("\n"))


def _untabbed(line: str) -> str:
    found = _COMMENT.search(line)
    end = found.end() - 1 if found else len(line)
    return line[:end].replace("\t", " ") + line[end:]


def _leading(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _indent(line: str) -> int:
    """Where the text of a line begins; a value in a list begins behind its dash."""
    found = re.match(r" *(?:- +)*", line)
    return found.end() if found else 0


def _moved(lines: list[str], by: int, blank: int | None = None) -> list[str]:
    """Lines moved to the right; those of spaces alone are empty, unless they have more than `blank` of them."""
    kept = [line if line.strip() or (blank is not None and len(line) > blank) else None for line in lines]
    return ["" if line is None else " " * max(0, _leading(line) + by) + line.lstrip(" ") for line in kept]
