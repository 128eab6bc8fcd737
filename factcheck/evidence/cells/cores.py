"""What a text must hold for a pattern to match it: a literal that is cheap to look for before the pattern itself.

A core is only told where the pattern's own syntax proves it; for anything else there is none. "Capital and small alike"
means two things in DuckDB: ILIKE compares texts in small letters, (?i) takes all forms of a letter as one, so that
`(?i)s` also matches ſ, which is a small letter of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from factcheck.evidence.expressions.regex import NOT_WORD, Group, Node, Piece, _Reader
from factcheck.evidence.expressions.scope import ExpressionError

_MOST_PARTS = 12
_LONGEST = 24  # characters: what comes after them tells little more
_PROPERTY = re.compile(r"\\[pP](?:\{\^?\w+\}|[A-Z])")
# RE2 makes (?i:a) of [aA], which beside an `a` in another alternative is then taken for the same (see `any_of`).
_PAIR = re.compile(r"\[(?:([a-z])(?i:\1)|([A-Z])(?i:\2))\]")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}
_SPECIAL = frozenset(r"\.+*?()[]{}|^$")

# Every letter that has several small forms which (?i) takes as one: lower() leaves the others as they are.
FORMS = {
    "s": "ſ", "ṡ": "ẛ", "μ": "µ", "ι": "\u0345\u1fbe", "β": "ϐ", "ε": "ϵ", "θ": "ϑ", "κ": "ϰ", "π": "ϖ", "ρ": "ϱ",
    "σ": "ς", "φ": "ϕ", "в": "ᲀ", "д": "ᲁ", "о": "ᲂ", "с": "ᲃ", "т": "ᲄᲅ", "ъ": "ᲆ", "ѣ": "ᲇ", "ꙋ": "ᲈ",
}  # fmt: skip
_COMMON_FORM = str.maketrans({form: letter for letter, forms in FORMS.items() for form in forms})


class Case(Enum):
    EXACT = "exact"
    LOWER = "lower"  # texts are compared in small letters, as lower() makes them
    FOLDED = "folded"  # (?i): all forms of a letter are one


@dataclass(frozen=True)
class Core:
    """A text that matches holds at least one of `parts`, compared as `case` says."""

    parts: tuple[str, ...]
    case: Case

    def lowered(self) -> tuple[tuple[str, ...], str]:
        """The parts to look for in lower(text), themselves to be put in small letters by the engine; and characters
        one of which lower(text) has wherever that misses a match."""
        if self.case is not Case.FOLDED:
            return self.parts, ""
        parts = tuple(part.translate(_COMMON_FORM) for part in self.parts)
        letters = {letter for part in parts for char in part for letter in (char, char.lower())}
        return parts, "".join(FORMS[letter] for letter in sorted(letters & FORMS.keys()))


def any_of(cores: Iterable[Core]) -> str:
    """A regular expression for RE2 that finds any of the cores in a text as it stands; it may find more.

    Either all of it is case-sensitive or none: RE2 takes `a` and `(?i:a)` for the same where it factors alternatives,
    so that `a|(?i:a)` does not match A.
    """
    cores = list(cores)
    folded = any(core.case is not Case.EXACT for core in cores)
    # (?i) covers all that lower() makes alike but one: İ becomes i.
    shown = [
        "".join("[iİ]" if core.case is not Case.EXACT and char in "iIİ" else _literally(char) for char in part)
        for core in cores
        for part in core.parts
    ]
    return ("(?i)" if folded else "") + "|".join(dict.fromkeys(shown))


def _literally(text: str) -> str:
    return "".join("\\" + char if char in _SPECIAL else char for char in text)


def like_core(pattern: str, case: Case) -> Core | None:
    """The longest literal between the wildcards of a LIKE pattern without ESCAPE."""
    return literal_core([max(re.split("[%_]", pattern), key=len)], case)


def literal_core(parts: Sequence[str], case: Case) -> Core | None:
    """The core that these literals are, in as many characters of each as help."""
    shortened = tuple(dict.fromkeys(part[:_LONGEST] for part in parts))
    if not shortened or len(shortened) > _MOST_PARTS or any(not part or "\0" in part for part in shortened):
        return None
    return Core(shortened, case)


def regex_core(pattern: str) -> Core | None:
    """The best core of a regular expression of RE2; None where the pattern is not wholly understood or has none."""
    folded = pattern.startswith("(?i)")
    bare = pattern.replace(f"(?:^|{NOT_WORD})", "").replace(f"(?:{NOT_WORD}|$)", "")
    if not folded and "|" in bare and _PAIR.search(bare):
        return None
    reader = _Written(pattern.removeprefix("(?i)"))
    try:
        branches = reader.alternatives()
    except ExpressionError:
        return None
    if reader.at < len(reader.source):
        return None
    parts = _required(branches)
    return None if parts is None else literal_core(parts, Case.FOLDED if folded else Case.EXACT)


class _Written(_Reader):
    """Reads what `portable` writes: the shared subset, with `\\p{…}` in classes."""

    def member(self) -> tuple[str, frozenset[str]]:
        known = _PROPERTY.match(self.source, self.at)
        if known is None:
            return super().member()
        self.at = known.end()
        return known.group(), frozenset("wn")


def _required(branches: list[list[Node]]) -> tuple[str, ...] | None:
    """Literals one of which every match holds."""
    found: list[str] = []
    for branch in branches:
        best = max(_candidates(branch), key=_worth, default=None)
        if best is None or len(found) + len(best) > _MOST_PARTS:
            return None
        found += best
    return tuple(found)


def _worth(parts: tuple[str, ...]) -> tuple[int, int]:
    return min(len(part.encode()) for part in parts), -len(parts)


def _candidates(nodes: list[Node]) -> Iterator[tuple[str, ...]]:
    """Each: literals one of which every match of the sequence holds."""
    run = ""
    for node in _flat(nodes):
        char = _char(node) if isinstance(node, Piece) else None
        if char is not None:
            run += char
            continue
        if run:
            yield (run,)
        run = ""
        if isinstance(node, Group) and not node.optional:
            inner = _required(node.branches)
            if inner is not None:
                yield inner
    if run:
        yield (run,)


def _flat(nodes: list[Node]) -> Iterator[Node]:
    """The sequence without the parentheses of what occurs exactly once and in one form."""
    for node in nodes:
        if isinstance(node, Group) and not node.repeat and len(node.branches) == 1:
            yield from _flat(node.branches[0])
        else:
            yield node


def _char(piece: Piece) -> str | None:
    """The character that a piece stands for; None for classes and for what is repeated."""
    text = piece.text
    if len(text) == 1:
        return None if text == "." else text
    if len(text) == 2 and text[0] == "\\":
        return _ESCAPES.get(text[1], text[1] if text[1] in _SPECIAL else None)
    return None
