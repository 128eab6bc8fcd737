"""A regular expression written in RE2's form, with `\\b` spelt out."""

from __future__ import annotations

from dataclasses import dataclass

from factcheck.evidence.expressions.regex import MAX_SIZE, NOT_WORD, WORD, Anchor, Group, Node, Piece, _Reader
from factcheck.evidence.expressions.scope import ExpressionError

MAX_PATTERN = 2_000


@dataclass(frozen=True)
class Pattern:
    """A pattern that was read and written anew; `groups` is how many of its groups capture."""

    text: str
    groups: int


def portable(source: str, *, ignore_case: bool = False, use: str = "match") -> Pattern:
    """The pattern `source` in the form that is rendered.

    `use` is `match` (somewhere in the text), `full` (the whole text) or `extract` (a group is taken out): `\\b` is
    spelt out by taking in the neighbouring character, which must not change what is found.

    Raises:
        ExpressionError: for what engines do not share, with the place in the pattern.
    """
    if len(source) > MAX_PATTERN:
        raise ExpressionError(
            f"a regular expression of {len(source):,} characters", f"at most {MAX_PATTERN:,}", code="regex"
        )
    reader = _Reader(source)
    flag = reader.take("(?i)") or ignore_case
    branches = reader.alternatives()
    if reader.at < len(source):
        raise reader.fail("this ')' closes nothing")
    edge = use != "full"
    piece = _branches(branches, edge, edge, top=True, spell=use)
    if piece.size > MAX_SIZE:
        raise ExpressionError(
            "this regular expression has too many repeats",
            f"written out, at most {MAX_SIZE:,} characters",
            code="regex",
        )
    return Pattern(("(?i)" if flag else "") + piece.text, reader.groups)


def _branches(branches: list[list[Node]], left: bool, right: bool, *, top: bool, spell: str) -> Piece:
    if spell == "extract" and not top:
        left = right = False
    pieces = [_sequence(branch, left, right, spell) for branch in branches]
    return Piece(
        "|".join(piece.text for piece in pieces),
        frozenset().union(*(piece.first for piece in pieces)),
        frozenset().union(*(piece.last for piece in pieces)),
        any(piece.nullable for piece in pieces),
        sum(piece.size for piece in pieces),
    )


def _sequence(nodes: list[Node], left: bool, right: bool, spell: str) -> Piece:
    pieces: list[Piece | Anchor] = []
    for index, node in enumerate(nodes):
        if isinstance(node, Group):
            # Only a group that is the whole edge may take in the neighbour: not one beside ^, $ or another \b.
            opens = left and not node.repeat and index == 0
            closes = right and not node.repeat and index == len(nodes) - 1
            pieces.append(_group(node, opens, closes, spell))
        else:
            pieces.append(node)
    return _joined([_boundary(pieces, i, left, right) if p == Anchor("b") else p for i, p in enumerate(pieces)])


def _group(node: Group, left: bool, right: bool, spell: str) -> Piece:
    inner = _branches(node.branches, left, right, top=False, spell=spell)
    text = f"({'' if node.captures else '?:'}{inner.text}){node.repeat}"
    return Piece(text, inner.first, inner.last, inner.nullable or node.optional, inner.size * node.times)


def _boundary(pieces: list[Piece | Anchor], index: int, left: bool, right: bool) -> Piece | Anchor:
    """What stands for `\\b` at `index`: nothing where it always holds, else the neighbour that it asks for."""
    before, after = pieces[:index], pieces[index + 1 :]
    first, last = _kinds(after, "first"), _kinds(list(reversed(before)), "last")
    opens = not any(isinstance(piece, Piece) for piece in before)
    closes = not any(isinstance(piece, Piece) for piece in after)
    if opens and not closes and len(first) == 1:
        if Anchor("^") in before and first == {"w"}:
            return Piece("", nullable=True, size=0)
        if left and Anchor("^") not in before:
            return Piece(f"(?:^|{NOT_WORD})" if first == {"w"} else WORD, nullable=True, size=8)
    if closes and not opens and len(last) == 1:
        if Anchor("$") in after and last == {"w"}:
            return Piece("", nullable=True, size=0)
        if right and Anchor("$") not in after:
            return Piece(f"(?:{NOT_WORD}|$)" if last == {"w"} else WORD, nullable=True, size=8)
    if len(first) == len(last) == 1 and first != last:
        return Piece("", nullable=True, size=0)
    raise ExpressionError(
        r"in the regular expression, \b stands where it cannot be spelt out for all engines",
        r"it may stand beside a letter at the start or the end of the pattern or of an alternative: \bword\b",
        code="regex",
    )  # fmt: skip


def _kinds(pieces: list[Piece | Anchor], side: str) -> frozenset[str]:
    """The kinds of character that may stand next; empty or both where it cannot be told."""
    found: frozenset[str] = frozenset()
    for piece in pieces:
        if isinstance(piece, Anchor):
            return frozenset("wn")
        found |= piece.first if side == "first" else piece.last
        if not piece.nullable:
            return found
    return frozenset("wn")


def _joined(pieces: list[Piece | Anchor]) -> Piece:
    written = "".join(piece.text if isinstance(piece, Piece) else piece.sign for piece in pieces)
    solid = [piece for piece in pieces if isinstance(piece, Piece)]
    nullable = all(piece.nullable for piece in solid)
    size = sum(piece.size for piece in solid)
    return Piece(written, _kinds(pieces, "first"), _kinds(list(reversed(pieces)), "last"), nullable, size)
