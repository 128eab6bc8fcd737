"""LIKE and ILIKE. DuckDB has no sign that escapes unless one is named; the others have the backslash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.evidence.engines.dialects import regexes as r
from factcheck.evidence.engines.dialects.letters import LAST, lowered, raised
from factcheck.evidence.engines.dialects.regexes_written import for_postgres
from factcheck.evidence.engines.dialects.texts_case import Making, Words

if TYPE_CHECKING:
    from sqlglot import exp

ANY, ONE = "any", "one"  # % and _, told apart from characters by their length


def likes() -> dict[type[exp.Expression], tuple[Making, str]]:
    from sqlglot import exp

    return {exp.Like: (_alone, "BOOLEAN"), exp.ILike: (_alone, "BOOLEAN"), exp.Escape: (_escaped, "BOOLEAN")}


def _alone(words: Words, node: exp.Expression) -> exp.Expression:
    from sqlglot import exp

    return node if isinstance(node.parent, exp.Escape) else _like(words, node, "")


def _escaped(words: Words, node: exp.Expression) -> exp.Expression:
    sign = words.written(node.expression)
    if sign is None or len(sign) != 1 or words.written(node.this.expression) is None:
        raise words.refuse("LIKE with ESCAPE and a pattern that is not written out")
    return _like(words, node.this, sign)


def _like(words: Words, node: exp.Expression, sign: str) -> exp.Expression:
    from sqlglot import exp

    made = _liked(words, node, sign)
    return exp.Not(this=made) if node.args.get("negate") else made


def _liked(words: Words, node: exp.Expression, sign: str) -> exp.Expression:
    from sqlglot import exp

    subject, pattern = node.this, node.expression
    written = words.written(pattern)
    if isinstance(node, exp.ILike):
        sign = sign.translate(lowered())
        written = None if written is None else written.translate(lowered())
        subject, pattern = words.lower(subject), words.lower(pattern)
    if written is None:
        return exp.Like(this=subject, expression=words.named("replace", pattern, words.text("\\"), words.text("\\\\")))
    pieces = _pieces(words, written, sign)
    if (quick := in_small_letters(words, subject, pieces)) is not None:
        return quick
    signs = {ANY: "%", ONE: "_"}
    shown = "".join(signs.get(piece) or "\\" * (piece in "%_\\") + piece for piece in pieces)
    return exp.Like(this=subject, expression=words.text(shown))


def _pieces(words: Words, pattern: str, sign: str) -> list[str]:
    """The characters that stand for themselves, and ANY and ONE."""
    made, at = [], 0
    while at < len(pattern):
        char = pattern[at]
        if char == sign:
            at += 1
            if at == len(pattern):
                raise words.refuse("LIKE with a pattern that ends with its ESCAPE")
            made.append(pattern[at])
        else:
            made.append({"%": ANY, "_": ONE}.get(char, char))
        at += 1
    return made


def in_small_letters(words: Words, value: exp.Expression, pieces: list[str]) -> exp.Expression | None:
    """A pattern that is held to lower(x), for PostgreSQL: x itself is held to a regular expression in which each
    character stands for all that lower() makes it of, since lower() of every text takes there twenty times as long.
    None for what is no lower(x)."""
    small = value.meta.get("lower_of")
    if small is None or any(len(piece) == 1 and ord(piece) in lowered() for piece in pieces):
        return None
    everything = r.Chars(((0, LAST),))
    parts: list[r.Node] = []
    for piece in pieces:
        if piece == ANY:
            parts.append(r.Repeat(everything, 0, None, lazy=False))
        else:
            parts.append(everything if piece == ONE else r.Chars(raised(piece)))
    opens, closes = pieces[:1] != [ANY], pieces[-1:] != [ANY]
    inner = parts[not opens : len(parts) - (not closes)]
    tree = r.Sequence((*[r.Edge("^")] * opens, *inner, *[r.Edge("$")] * closes))
    return words.of("({this} ~ {pattern})", this=small, pattern=words.text(for_postgres(tree)))
