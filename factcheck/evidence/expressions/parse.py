"""Text to a sqlglot tree, with errors that say where."""

from __future__ import annotations

from itertools import pairwise
from typing import NoReturn

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, SqlglotError

from factcheck.evidence.expressions.scan import Scan, scan
from factcheck.evidence.expressions.scope import ExpressionError

DIALECT = sqlglot.Dialect.get_or_raise("duckdb")


def parse_condition(text: str) -> tuple[exp.Expression, Scan]:
    """The tree of exactly one scalar expression, and its tokens."""
    return _parse(text, exp.Condition)


def parse_select(text: str) -> tuple[exp.Expression, Scan]:
    """The tree of exactly one SELECT, and its tokens."""
    return _parse(text, exp.Select)


def _parse(text: str, kind: type[exp.Expr]) -> tuple[exp.Expression, Scan]:
    found = scan(text)
    try:
        trees = DIALECT.parser().parse_into(kind, DIALECT.tokenize(text), text)
    except ParseError as error:
        _raise(error, text, found, kind)
    except (SqlglotError, RecursionError) as error:
        raise ExpressionError("this cannot be read", _short(error), 0, len(text)) from None
    tree = trees[0] if len(trees) == 1 else None
    if not isinstance(tree, exp.Expression):
        raise ExpressionError("exactly one expression may stand here", offset=0, length=len(text))
    return tree, found


def _raise(error: ParseError, text: str, found: Scan, kind: type[exp.Expr]) -> NoReturn:
    detail = error.errors[0] if error.errors else {}
    word = str(detail.get("highlight") or "")
    offset, length = _offset(text, detail.get("line"), detail.get("col"), word)
    quoted = next((t for t in found.tokens if t.start == offset), None)
    what = f"'{quoted.text}' is not expected here" if quoted else "this cannot be read as an expression"
    hint = "one SELECT over datasets may stand here" if kind is exp.Select else _hint(found, offset)
    raise ExpressionError(what, hint, offset, length) from None


def _offset(text: str, line: object, col: object, word: str) -> tuple[int, int]:
    """sqlglot names the line and the column of a token's last character."""
    if not isinstance(line, int) or not isinstance(col, int):
        return 0, len(text)
    before = sum(len(part) + 1 for part in text.split("\n")[: line - 1])
    start = max(0, before + col - max(1, len(word)))
    if word and text[start : start + len(word)] != word:
        at = text.find(word, max(0, start - 2))
        start = at if at >= 0 else start
    return min(start, max(0, len(text) - 1)), max(1, len(word))


def _hint(found: Scan, offset: int) -> str:
    """A word after a word is most often a name with a space, or text without quotes."""
    for a, b in pairwise(found.tokens):
        if a.kind == b.kind == "word" and b.start >= offset - len(a.text) - 1:
            joined = f"{a.text} {b.text}"
            return f"a name with a space needs double quotes: \"{joined}\"; text needs single quotes: '{joined}'"
    return ""


def _short(error: BaseException) -> str:
    return str(error).split("\n")[0][:80] if not isinstance(error, RecursionError) else "it is nested too deeply"


def span(node: exp.Expression) -> tuple[int | None, int]:
    """Offset and length of the part of the text that `node` was read from, as far as its leaves know."""
    spots = [part.meta for part in node.walk() if "start" in part.meta]
    if not spots:
        return None, 1
    start = min(int(meta["start"]) for meta in spots)
    return start, max(int(meta["end"]) for meta in spots) + 1 - start


def fail(node: exp.Expression, message: str, hint: str = "", code: str = "type") -> ExpressionError:
    """An ExpressionError that points at `node`."""
    offset, length = span(node)
    return ExpressionError(message, hint, offset, length, code)
