"""A large JSON object, its arrays element by element: what is held is one element and a piece of the file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from factcheck.errors import EvidenceError
from factcheck.evidence.formats.networks.staged import File

_LONGEST = 16 << 20
_BLANKS = re.compile(r"[ \t\r\n]*")
_END_OF_NUMBER = frozenset(" \t\r\n,]}:")


class Cut(Exception):
    """Only the beginning of the file was to be read, and this is its end."""


class Number(str):
    """A number as its text, so that it keeps its digits."""


class Doubled(dict[str, Any]):
    """An object in which a key is there twice."""

    key = ""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    names = [name for name, _ in pairs]
    doubled = Doubled(found)
    doubled.key = next(name for name in names if names.count(name) > 1)
    return doubled


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=Number, parse_int=Number, parse_constant=Number, strict=False
)


class JsonStream:
    """One file. `names` walks through its object; at each key either `value` or `elements` is to be called."""

    def __init__(self, file: File, parts: Iterator[str]) -> None:
        self.file = file
        self._parts = parts
        self._buffer, self._at = "", 0
        self._final = False
        self._lines, self._counted = 1, 0  # the line at a place of the buffer
        self._starts, self._base = 0, 0  # where in the file that line and the buffer begin

    def names(self) -> Iterator[str]:
        """The keys of the object that the file is."""
        if self._peek() != "{":
            raise self.wrong("expected '{': the file should be one object with 'nodes' and 'edges'")
        self._at += 1
        if self._peek() != "}":
            while True:
                if self._peek() != '"':
                    raise self.wrong("expected a key in double quotes")
                key = self.value()
                self._take(":")
                yield key
                if self._peek() != ",":
                    break
                self._at += 1
        self._take("}")
        if self._peek(end=True):
            raise self.wrong("something follows the end of the object")

    def elements(self) -> Iterator[Any]:
        """The elements of the array that is the value."""
        self._take("[")
        if self._peek() != "]":
            while True:
                yield self.value()
                if self._peek() != ",":
                    break
                self._at += 1
        self._take("]")

    def value(self) -> Any:
        """The value that comes next."""
        self._peek()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                if self._more():
                    continue
                self._at = min(error.pos, len(self._buffer))
                raise self._ended() if self._at == len(self._buffer) else self.wrong(_said(error)) from error
            except RecursionError as error:
                raise self.wrong("values lie too deep in one another") from error
            if end == len(self._buffer) and isinstance(found, Number) and self._more():
                continue  # more digits may come
            if isinstance(found, Number) and self._buffer[end : end + 1] not in ("", *_END_OF_NUMBER):
                self._at = end
                raise self.wrong("this does not belong into a number")
            self._at = end
            return found

    @property
    def line(self) -> int:
        """The line that is being read."""
        last = self._buffer.rfind("\n", self._counted, self._at)
        if last >= 0:
            self._starts = self._base + last + 1
        self._lines += self._buffer.count("\n", self._counted, self._at)
        self._counted = max(self._counted, self._at)
        return self._lines

    def wrong(self, what: str) -> EvidenceError:
        """An error at the place that is being read."""
        line = self.line
        return EvidenceError(
            f"{self.file.shown}, line {line}, column {self._base + self._at - self._starts + 1}: {what}"
        )

    def _ended(self) -> Exception:
        return Cut() if self.file.limit is not None else self.wrong("the file ends here, in the middle of its data")

    def _take(self, mark: str) -> None:
        if self._peek() != mark:
            raise self.wrong(f"expected '{mark}'")
        self._at += 1

    def _peek(self, *, end: bool = False) -> str:
        """The next character that is no blank; none at the `end` of the file, which is elsewhere an error."""
        while True:
            found = _BLANKS.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                if end:
                    return ""
                raise self._ended()

    def _more(self) -> bool:
        """Read on; False at the end of the file, or where one value is longer than is bearable."""
        if self._final or len(self._buffer) - self._at > _LONGEST:
            return False
        part = next(self._parts, None)
        if part is None:
            self._final = True
            return False
        _ = self.line
        self._base += self._at
        self._buffer, self._at, self._counted = self._buffer[self._at :] + part, 0, 0
        return True


def _said(error: json.JSONDecodeError) -> str:
    return f"no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
