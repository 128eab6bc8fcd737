"""LIKE and ILIKE. DuckDB has no sign that escapes unless one is named; the others have the backslash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.evidence.engines.dialects.letters import lowered
from factcheck.evidence.engines.dialects.texts_case import Making, Words

if TYPE_CHECKING:
    from sqlglot import exp


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

    subject, pattern = node.this, node.expression
    written = words.written(pattern)
    if isinstance(node, exp.ILike):
        subject = words.lower(subject)
        sign = sign.translate(lowered())
        if written is None:
            pattern = words.lower(pattern)
        else:
            written = written.translate(lowered())
    if written is not None:
        pattern = words.text(_with_backslashes(words, written, sign))
    else:
        pattern = words.named("replace", pattern, words.text("\\"), words.text("\\\\"))
    made = exp.Like(this=subject, expression=pattern)
    return exp.Not(this=made) if node.args.get("negate") else made


def _with_backslashes(words: Words, pattern: str, sign: str) -> str:
    """The pattern with a backslash before what stands for itself and would not."""
    made, at = "", 0
    while at < len(pattern):
        char = pattern[at]
        if char == sign:
            at += 1
            if at == len(pattern):
                raise words.refuse("LIKE with a pattern that ends with its ESCAPE")
            made += "\\" * (pattern[at] in "%_\\") + pattern[at]
        else:
            made += "\\" * (char == "\\") + char
        at += 1
    return made
