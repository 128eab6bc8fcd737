"""Regular expressions of DuckDB's (RE2's), read to be said in other engines' words.

What a piece matches is kept as the set of characters itself: other engines have other ideas of what `\\s`, `.`,
`\\p{L}` or a letter without regard to case is. Read is what
`expressions.regex_write.portable` and the helpers write; anything else is `Unread`, with what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import hexdigits

from factcheck.evidence.engines.dialects.letters import Ranges, complement, folded, matching, union


class Unread(ValueError):
    """A construct that is not read here."""


@dataclass(frozen=True)
class Chars:
    """One character of a set."""

    among: Ranges


@dataclass(frozen=True)
class Edge:
    """`^` or `$`: the beginning or the end of the whole text."""

    sign: str


@dataclass(frozen=True)
class Sequence:
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Choice:
    branches: tuple[Node, ...]


@dataclass(frozen=True)
class Repeat:
    """`part` from `low` to `high` times (None: any number), as often as possible or, if `lazy`, as seldom.

    `whole`: what it has taken it never gives back, since no other way of taking could lead to a match.
    """

    part: Node
    low: int
    high: int | None
    lazy: bool
    whole: bool = False


@dataclass(frozen=True)
class Group:
    """What is taken out as group `number`."""

    part: Node
    number: int


Node = Chars | Edge | Sequence | Choice | Repeat | Group

_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}
_NO_LINE_BREAK = complement(((10, 10),))
_SHORTHANDS: dict[str, Ranges] = {
    "d": ((48, 57),),
    "s": ((9, 10), (12, 13), (32, 32)),
    "w": ((48, 57), (65, 90), (95, 95), (97, 122)),
}


def read(pattern: str) -> Node:
    """The pattern as a tree.

    Raises:
        Unread: with the construct that cannot be read.
    """
    any_case = pattern.startswith("(?i)")
    reader = _Reader(pattern, 4 if any_case else 0, any_case)
    node = reader.choice()
    if reader.at < len(pattern):
        raise Unread("a ')' that closes nothing")
    return node


@dataclass
class _Reader:
    source: str
    at: int
    any_case: bool
    groups: int = 0

    def take(self, text: str) -> bool:
        found = self.source.startswith(text, self.at)
        self.at += len(text) * found
        return found

    def next(self) -> str:
        if self.at >= len(self.source):
            raise Unread("an end too early")
        self.at += 1
        return self.source[self.at - 1]

    def choice(self) -> Node:
        branches = [self.sequence()]
        while self.take("|"):
            branches.append(self.sequence())
        if all(isinstance(branch, Chars) for branch in branches):  # Java would go a step deeper for each character
            return Chars(union(*(branch.among for branch in branches if isinstance(branch, Chars))))
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def sequence(self) -> Node:
        parts: list[Node] = []
        while self.at < len(self.source) and self.source[self.at] not in "|)":
            parts.append(self.repeated(self.atom()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def atom(self) -> Node:
        char = self.next()
        if char == "(":
            return self.group()
        if char == "[":
            return Chars(self.members())
        if char == "\\":
            return Chars(self.escaped()[0])
        if char in "^$":
            return Edge(char)
        if char == ".":
            return Chars(_NO_LINE_BREAK)
        if char in "*+?{":
            raise Unread(f"'{char}' after nothing")
        return Chars(self.cased(ord(char)))

    def group(self) -> Node:
        captures = not self.take("?:")
        if captures and self.take("?"):
            raise Unread("flags and look-around")
        self.groups += captures
        number = self.groups
        inner = self.choice()
        if not self.take(")"):
            raise Unread("a '(' that is not closed")
        return Group(inner, number) if captures else inner

    def cased(self, low: int, high: int | None = None) -> Ranges:
        plain = ((low, low if high is None else high),)
        return folded(plain) if self.any_case else plain

    def escaped(self) -> tuple[Ranges, int | None]:
        """The set that an escape stands for, and the character if it is one."""
        char = self.next()
        if char in "pP":
            return self.category(char), None
        if char.lower() in _SHORTHANDS:
            found = _SHORTHANDS[char.lower()]
            return (found if char.islower() else complement(found)), None
        if char == "x":
            if not self.take("{") or "}" not in self.source[self.at :]:
                raise Unread("'\\x'")
            digits, _, _ = self.source[self.at :].partition("}")
            self.at += len(digits) + 1
            if not all(digit in hexdigits for digit in digits) or not digits:
                raise Unread("'\\x'")
            point = int(digits, 16)
        elif char.isalnum() and char not in _CONTROLS:
            raise Unread(f"'\\{char}'")
        else:
            point = ord(_CONTROLS.get(char, char))
        return self.cased(point), point

    def category(self, sign: str) -> Ranges:
        name = self.next()
        if name == "{":
            name, _, _ = self.source[self.at :].partition("}")
            self.at += len(name) + 1
        if not name.replace("_", "").isalnum():
            raise Unread(f"'\\{sign}{{{name}}}'")
        found = matching(f"\\p{{{name}}}")
        found = folded(found) if self.any_case else found
        return found if sign == "p" else complement(found)

    def members(self) -> Ranges:
        negated = self.take("^")
        found: list[Ranges] = []
        while not self.take("]") or not found:
            if self.source[self.at : self.at + 1] == "[":
                raise Unread("'[' in a class")
            found.append(self.member())
        among = union(*found)
        return complement(among) if negated else among

    def member(self) -> Ranges:
        low_set, low = self.one()
        if low is None or not self.source.startswith("-", self.at) or self.source.startswith("-]", self.at):
            return low_set
        self.at += 1
        _, high = self.one()
        if high is None or high < low:
            raise Unread("a range without an end")
        return self.cased(low, high)

    def one(self) -> tuple[Ranges, int | None]:
        char = self.next()
        return self.escaped() if char == "\\" else (self.cased(ord(char)), ord(char))

    def repeated(self, node: Node) -> Node:
        bounds: tuple[int, int | None]
        if self.take("*"):
            bounds = 0, None
        elif self.take("+"):
            bounds = 1, None
        elif self.take("?"):
            bounds = 0, 1
        elif self.take("{"):
            bounds = self.bounds()
        else:
            return node
        repeat = Repeat(node, *bounds, lazy=self.take("?"))
        if self.source[self.at : self.at + 1] in ("*", "+", "?", "{"):
            raise Unread("two repeats in a row")
        return repeat

    def bounds(self) -> tuple[int, int | None]:
        written, closed, _ = self.source[self.at :].partition("}")
        low, comma, high = written.partition(",")
        if not closed or not low.isdecimal() or (high and not high.isdecimal()):
            raise Unread("'{'")
        self.at += len(written) + 1
        return int(low), (int(high) if high else None) if comma else int(low)


def nullable(node: Node) -> bool:
    """Whether it can match the empty text somewhere."""
    match node:
        case Chars():
            return False
        case Edge():
            return True
        case Sequence():
            return all(map(nullable, node.parts))
        case Choice():
            return any(map(nullable, node.branches))
        case Repeat():
            return node.low == 0 or nullable(node.part)
        case Group():
            return nullable(node.part)


def groups(node: Node) -> int:
    """How many groups there are."""
    return sum(isinstance(part, Group) for part in walk(node))


def walk(node: Node) -> Iterator[Node]:
    yield node
    for part in children(node):
        yield from walk(part)


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case Sequence():
            return node.parts
        case Choice():
            return node.branches
        case Repeat() | Group():
            return (node.part,)
        case _:
            return ()


def certain(node: Node) -> frozenset[int]:
    """The groups that take part in every match, and once."""
    match node:
        case Sequence():
            return frozenset().union(*map(certain, node.parts))
        case Group():
            return certain(node.part) | {node.number}
        case Repeat():
            return certain(node.part) if (node.low, node.high) == (1, 1) else frozenset()
        case _:
            return frozenset()
