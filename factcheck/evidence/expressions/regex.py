"""Regular expressions in the subset that engines share, read and written anew.

Shared are: literals, `.`, classes, groups, alternatives, `* + ? {n,m}` and their lazy forms, `^`, `$`, `\\n \\t \\r`,
`\\d \\w \\s \\D \\W \\S`, `\\b`, and `(?i)` at the start. Not look-around, back-references, `\\p{…}`, POSIX classes and
flags elsewhere.

`\\w` means letters, marks and digits of every script and `_`; RE2 alone would mean ASCII, and `\\bкот\\b` would
silently find nothing. `\\b` has no counterpart that engines share, so it is spelt out: as "here the text begins, or a
character that is no part of a word". `.` does not match a line break; `^` and `$` are the ends of the whole text.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from factcheck.evidence.expressions.scope import ExpressionError

WORD_SET = r"\p{L}\p{M}\p{N}_"
WORD = f"[{WORD_SET}]"
NOT_WORD = f"[^{WORD_SET}]"
MAX_SIZE = 1_000  # characters that the pattern can stand for with its repeats written out
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}
_WRITTEN = {"\n": r"\n", "\t": r"\t", "\r": r"\r", "\f": r"\f"}
_SPECIAL = frozenset(r"\.+*?()[]{}|^$")
_BOTH = frozenset("wn")  # w: a word character, n: another
_REFUSED = {
    **dict.fromkeys("pP", "use has_script(text, 'Cyrillic')"),
    **dict.fromkeys("xu", "write the character itself"),
    **dict.fromkeys("Rv", "write \\n"),
    "B": "\\B is not shared by all engines",
    "A": "write ^",
    "z": "write $",
    "Z": "write $",
    "Q": "escape each character",
    "h": "write \\s",
}


@dataclass(frozen=True)
class Piece:
    """A part of a pattern: how it is written, what kinds of character it may begin and end with, and its size."""

    text: str
    first: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()
    nullable: bool = False
    size: int = 1


@dataclass(frozen=True)
class Anchor:
    sign: str  # ^ $ b


@dataclass(frozen=True)
class Group:
    branches: list[list[Node]]
    captures: bool
    repeat: str = ""
    times: int = 1
    optional: bool = False


Node = Piece | Anchor | Group


@dataclass
class _Reader:
    source: str
    at: int = 0
    groups: int = 0
    depth: int = 0
    edges: list[int] = field(default_factory=list)

    def fail(self, message: str, hint: str = "") -> ExpressionError:
        return ExpressionError(f"in the regular expression, at character {self.at + 1}: {message}", hint, code="regex")

    def peek(self, text: str) -> bool:
        return self.source.startswith(text, self.at)

    def take(self, text: str) -> bool:
        if not self.peek(text):
            return False
        self.at += len(text)
        return True

    def alternatives(self) -> list[list[Node]]:
        branches: list[list[Node]] = [[]]
        while self.at < len(self.source) and not self.peek(")"):
            if self.take("|"):
                branches.append([])
            else:
                branches[-1].append(self.quantified(self.atom()))
        return branches

    def atom(self) -> Node:
        char = self.source[self.at]
        if char == "(":
            return self.group()
        if char == "[":
            return self.char_class()
        if char == "\\":
            return self.escape()
        self.at += 1
        if char in "^$":
            return Anchor(char)
        if char == ".":
            return Piece(".", _BOTH, _BOTH)
        if char in "*+?{":
            raise self.fail(f"'{char}' repeats nothing", f"for the character itself write \\{char}")
        return literal(char)

    def group(self) -> Group:
        self.depth += 1
        if self.depth > 12:
            raise self.fail("too many groups in one another")
        self.at += 1
        captures = not self.take("?:")
        if captures and self.peek("?"):
            hint = (
                "(?i) may stand at the very start"
                if self.peek("?i")
                else "look-around and named groups are not shared by engines"
            )
            raise self.fail("this kind of group cannot be used", hint)
        self.groups += captures
        branches = self.alternatives()
        if not self.take(")"):
            raise self.fail("a ')' is missing")
        self.depth -= 1
        return Group(branches, captures)

    def escape(self) -> Node:
        char = self.source[self.at + 1 : self.at + 2]
        if char == "b":
            self.at += 2
            return Anchor("b")
        if char in ("w", "W", "d", "D", "s", "S") and char:
            self.at += 2
            return _SHORTHANDS[char]
        return literal(self.escaped_char())

    def escaped_char(self) -> str:
        char = self.source[self.at + 1 : self.at + 2]
        if not char:
            raise self.fail("a single \\ at the end", "for the character itself write \\\\")
        if char.isdigit():
            raise self.fail(f"the back-reference \\{char} is not shared by engines")
        if char in _REFUSED or (char.isalnum() and char not in _CONTROLS):
            raise self.fail(f"\\{char} cannot be used", _REFUSED.get(char, ""))
        self.at += 2
        return _CONTROLS.get(char, char)

    def char_class(self) -> Piece:
        self.at += 1
        negated, parts, kinds = self.take("^"), [], set[str]()
        while not self.peek("]"):
            if self.at >= len(self.source):
                raise self.fail("a ']' is missing")
            written, found = self.member()
            parts.append(written)
            kinds |= found
        self.at += 1
        if not parts:
            raise self.fail("an empty class", "for the character itself write \\]")
        sides = frozenset(kinds) if not negated else (frozenset("n") if WORD_SET in parts else _BOTH)
        return Piece(f"[{'^' if negated else ''}{''.join(parts)}]", sides, sides, size=8 if WORD_SET in parts else 1)

    def member(self) -> tuple[str, frozenset[str]]:
        if self.peek("\\") and (short := _IN_CLASS.get(self.source[self.at + 1 : self.at + 2])):
            self.at += 2
            return short
        low = self.class_char()
        if not (self.peek("-") and not self.peek("-]")):
            return in_class(low), kind(low)
        self.at += 1
        high = self.class_char()
        if high < low:
            raise self.fail(f"the range {low}-{high} runs backwards")
        inside = {k for c in _sample(low, high) for k in kind(c)}
        return f"{in_class(low)}-{in_class(high)}", frozenset(inside)

    def class_char(self) -> str:
        if self.at >= len(self.source):
            raise self.fail("a ']' is missing")
        if self.peek("\\"):
            if self.source[self.at + 1 : self.at + 2] in ("W", "D", "S", "b"):
                raise self.fail("\\W, \\D, \\S and \\b cannot stand in a class", "use alternatives: (?:a|\\W)")
            return self.escaped_char()
        if self.peek("["):
            raise self.fail("'[' in a class", "for the character itself write \\[")
        self.at += 1
        return self.source[self.at - 1]

    def quantified(self, node: Node) -> Node:
        start, low, high = self.at, 1, 1
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.take(sign):
                low, most = bounds
                high = most or max(low, 1)
                break
        else:
            if not self.take("{"):
                return node
            low, high = self.bounds()
        self.take("?")
        if self.at < len(self.source) and self.source[self.at] in "*+?{":
            raise self.fail("two repeats in a row", "put the first in (?:…)")
        if isinstance(node, Anchor):
            raise self.fail("a place cannot be repeated")
        return _repeated(node, self.source[start : self.at], low, high)

    def bounds(self) -> tuple[int, int]:
        end = self.source.find("}", self.at)
        low, comma, high = self.source[self.at : max(end, self.at)].partition(",")
        if end < 0 or not low.isdecimal() or (high and not high.isdecimal()) or len(low) > 4 or len(high) > 4:
            raise self.fail("a repeat is written {3}, {3,} or {3,5}", "for the character itself write \\{")
        self.at = end + 1
        most = int(high) if high else int(low)
        if most < int(low) or most > MAX_SIZE or not most:
            raise self.fail(f"the repeat {{{low}{comma}{high}}} is not possible", f"at most {MAX_SIZE}")
        return int(low), most


def kind(char: str) -> frozenset[str]:
    """Whether a character is part of a word."""
    return frozenset("w" if char == "_" or unicodedata.category(char)[0] in "LMN" else "n")


def _sample(low: str, high: str) -> list[str]:
    """Enough characters of a range to tell whether all are parts of words."""
    step = max(1, (ord(high) - ord(low)) // 512)
    return [chr(code) for code in range(ord(low), ord(high) + 1, step)] + [high]


def literal(char: str) -> Piece:
    shown = _WRITTEN.get(char, "\\" + char if char in _SPECIAL else char)
    return Piece(shown, kind(char), kind(char))


def in_class(char: str) -> str:
    return _WRITTEN.get(char, "\\" + char if char in r"\]^-[&~|" else char)


_SHORTHANDS = {
    "w": Piece(WORD, frozenset("w"), frozenset("w"), size=8),
    "W": Piece(NOT_WORD, frozenset("n"), frozenset("n"), size=8),
    "d": Piece("[0-9]", frozenset("w"), frozenset("w")),
    "D": Piece("[^0-9]", _BOTH, _BOTH),
    "s": Piece(r"\s", frozenset("n"), frozenset("n")),
    "S": Piece(r"\S", _BOTH, _BOTH),
}
_IN_CLASS = {"w": (WORD_SET, frozenset("w")), "d": ("0-9", frozenset("w")), "s": (r"\s", frozenset("n"))}


def _repeated(node: Piece | Group, sign: str, low: int, high: int) -> Node:
    if isinstance(node, Group):
        return Group(node.branches, node.captures, sign, high, low == 0)
    return Piece(node.text + sign, node.first, node.last, node.nullable or low == 0, node.size * high)
