"""A regular expression that was read (see `regexes`), in the words of Java's engine and of PostgreSQL's.

Characters are written by their numbers, so that no engine's idea of letters, of case or of a line's end comes in.
"""

from __future__ import annotations

from collections.abc import Callable, Set

from factcheck.evidence.engines.dialects.letters import LAST, Ranges, complement
from factcheck.evidence.engines.dialects.regexes import Chars, Choice, Edge, Group, Node, Repeat, Sequence

_MOST_REPEATS = 255  # of PostgreSQL's {n,m}
_BLOCK = 24  # ranges that Java tries one after the other; more are told apart by where they lie first
_EVERYTHING: Ranges = ((0, LAST),)


def for_java(node: Node, keep: Set[int] = frozenset()) -> str:
    """In Java's form. Only the groups in `keep` still capture, in their order."""
    return _written(node, keep, _java_chars, {"^": "^", "$": r"\z"}, _java_repeat)


def for_postgres(node: Node, keep: Set[int] = frozenset()) -> str:
    """As an advanced regular expression; lazy repeats become greedy ones, which finds the same places of a match but
    not the same text."""
    return _written(node, keep, _postgres_chars, {"^": "^", "$": "$"}, _postgres_repeat)


def _written(
    node: Node,
    keep: Set[int],
    chars: Callable[[Ranges], str],
    edges: dict[str, str],
    repeat: Callable[[str, Repeat], str],
) -> str:
    def write(node: Node) -> str:
        match node:
            case Chars():
                return chars(node.among)
            case Edge():
                return edges[node.sign]
            case Sequence():
                return "".join(atom(part) if isinstance(part, Choice) else write(part) for part in node.parts)
            case Choice():
                return "|".join(write(branch) for branch in node.branches)
            case Repeat():
                return repeat(atom(node.part), node)
            case Group():
                return f"({write(node.part)})" if node.number in keep else atom(node.part)

    def atom(node: Node) -> str:
        return write(node) if isinstance(node, Chars) else f"(?:{write(node)})"

    return write(node)


def _java_repeat(part: str, node: Repeat) -> str:
    return part + _bounds(node.low, node.high) + "?" * node.lazy + "+" * node.whole


def _postgres_repeat(part: str, node: Repeat) -> str:
    """{n,m} in steps, since each has a largest number of times."""
    written, low = "", node.low
    rest = None if node.high is None else node.high - low
    while low > _MOST_REPEATS:
        written += part + _bounds(_MOST_REPEATS, _MOST_REPEATS)
        low -= _MOST_REPEATS
    if rest is None:
        return written + part + _bounds(low, None)
    if low + rest <= _MOST_REPEATS:
        return written + part + _bounds(low, low + rest)
    written += part + _bounds(low, low)
    while rest > 0:
        written += part + _bounds(0, min(rest, _MOST_REPEATS))
        rest -= _MOST_REPEATS
    return written


def _bounds(low: int, high: int | None) -> str:
    signs: dict[tuple[int, int | None], str] = {(0, None): "*", (1, None): "+", (0, 1): "?", (1, 1): "{1}"}
    if (low, high) in signs:
        return signs[low, high]
    return f"{{{low}}}" if low == high else f"{{{low},{'' if high is None else high}}}"


def _plain(point: int) -> str | None:
    char = chr(point)
    return char if char.isascii() and char.isalnum() else None


def _java_point(point: int) -> str:
    return _plain(point) or f"\\x{{{point:X}}}"


def _java_chars(among: Ranges) -> str:
    if len(among) == 1 and among[0][0] == among[0][1]:
        return _java_point(among[0][0])
    if not among:
        return "[^" + _listed(_EVERYTHING, _java_point) + "]"
    outside = complement(among)
    if outside and len(outside) < len(among) and len(outside) <= _BLOCK:
        return f"[^{_listed(outside, _java_point)}]"
    return f"[{_java_set(among)}]"


def _java_set(among: Ranges) -> str:
    """The inside of a class. Java tries range by range, so many of them are cut into blocks with one test before."""
    if len(among) <= _BLOCK:
        return _listed(among, _java_point)
    blocks = [among[at : at + _BLOCK] for at in range(0, len(among), _BLOCK)]
    return "".join(
        f"[{_listed(((block[0][0], block[-1][1]),), _java_point)}&&[{_listed(block, _java_point)}]]" for block in blocks
    )


def _postgres_point(point: int) -> str:
    return _plain(point) or (f"\\u{point:04X}" if point < 0x10000 else f"\\U{point:08X}")


def _postgres_chars(among: Ranges) -> str:
    """No text there holds the character 0, and it cannot be written."""
    outside = complement(among)
    if outside in ((), ((0, 0),)):
        return "."
    if not among or among == ((0, 0),):
        return f"[^{_listed(((1, LAST),), _postgres_point)}]"
    if len(among) == 1 and among[0][0] == among[0][1]:
        return _postgres_point(among[0][0])
    if among[0] == (0, 0):
        among = among[1:]
    if len(outside) < len(among):
        return f"[^{_listed(outside, _postgres_point)}]"
    return f"[{_listed(among, _postgres_point)}]"


def _listed(among: Ranges, shown: Callable[[int], str]) -> str:
    if among and among[0][0] == 0 and shown is _postgres_point:
        among = ((1, among[0][1]), *among[1:]) if among[0][1] else among[1:]
    return "".join(shown(low) if low == high else f"{shown(low)}-{shown(high)}" for low, high in among)
