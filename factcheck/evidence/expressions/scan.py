"""A first look at the characters of an expression, before any parser sees them.

It settles what no allow-list over a tree could: length, depth, comments, several statements, characters of
other dialects, and the name and place of every function that is called.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from factcheck.evidence.expressions.scope import ExpressionError

MAX_LENGTH = 10_000
MAX_DEPTH = 25
MAX_OPERATORS = 2_000
MAX_RUN = 12  # of NOT or of signs in a row

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<comment>--|/\*)
  | (?P<string>'(?:[^']|'')*')
  | (?P<quoted>"(?:[^"]|"")+")
  | (?P<param>(?<!:):(?!:)[^\W\d]\w*)
  | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<operator><=>|::|<=|>=|<>|!=|==|\|\||//|[-+*/%=<>.,()])
    """,
    re.VERBOSE,
)

# What stands before "(" without being a function.
_BEFORE_PARENTHESIS = frozenset(
    [
        "and",
        "or",
        "not",
        "in",
        "is",
        "between",
        "like",
        "ilike",
        "case",
        "when",
        "then",
        "else",
        "end",
        "escape",
        "as",
        "from",
        "over",
        "by",
        "on",
        "where",
        "having",
        "select",
        "distinct",
        "all",
        "union",
        "intersect",
        "except",
        "using",
        "join",
        "values",
        "filter",
        "partition",
        "order",
        "limit",
        "offset",
        "qualify",
        "with",
        "unnest",
        "unpivot",
        "for",
        "include",
        "exists",
        "any",
        "some",
        "interval",
        "null",
        "true",
        "false",
        "left",
        "right",
        "full",
        "inner",
        "outer",
        "cross",
        "semi",
        "anti",
        "asof",
        "materialized",
        "recursive",
    ]
)
_TYPES_WITH_ARGUMENTS = frozenset({"decimal", "numeric", "varchar", "char"})

_REFUSED = {
    ";": ("only one expression may stand here", "take out the ';'", "statements"),
    "[": (
        "square brackets cannot be used here",
        "use list_contains(list, 'x') or split_part(text, ',', 1)",
        "brackets",
    ),
    "{": ("braces cannot be used here", "", "brackets"),
    "~": ("'~' means different things to different engines", "use matches(text, 'regex')", "operator"),
    "^": ("'^' cannot be used here", "write x * x", "operator"),
    "$": ("'$' cannot be used here", "a param is written :name", "operator"),
    "?": ("'?' cannot be used here", "a param is written :name", "operator"),
    "#": ("'#' cannot be used here", "text needs single quotes: '#tag'", "operator"),
    "@": ("'@' cannot be used here", "text needs single quotes: '@name'", "operator"),
    "’": ("this is a typographic quote", "text needs straight quotes: 'Russia'", "quote"),
    "‘": ("this is a typographic quote", "text needs straight quotes: 'Russia'", "quote"),
    "“": ("this is a typographic quote", "text needs straight single quotes: 'Russia'", "quote"),
    "”": ("this is a typographic quote", "text needs straight single quotes: 'Russia'", "quote"),
    "`": ("'`' cannot be used here", 'a name with spaces is written in double quotes: "Page Name"', "quote"),
    "'": ("this text has no closing quote", "a quote inside text is written twice: 'O''Neil'", "quote"),
    '"': ("this name has no closing quote", "text takes single quotes: 'Russia'", "quote"),
    "&": ("'&' cannot be used here", "write and", "operator"),
    "|": ("'|' cannot be used here", "write or", "operator"),
    "!": ("'!' cannot be used here", "write not", "operator"),
}


@dataclass(frozen=True)
class Token:
    """A piece of the text; `start` counts characters from 0."""

    kind: str
    text: str
    start: int

    @property
    def word(self) -> str:
        return self.text.lower() if self.kind == "word" else ""


@dataclass(frozen=True)
class Scan:
    """The tokens of an expression and the functions that it calls."""

    tokens: tuple[Token, ...]

    @property
    def params(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(token.text[1:] for token in self.tokens if token.kind == "param"))

    @property
    def calls(self) -> list[Token]:
        return [a for a, b in pairwise(self.tokens) if b.text == "(" and _is_function(a)]


@lru_cache(1024)  # it is asked for an expression, and for the params that it names
def scan(text: str) -> Scan:
    """The tokens of `text`, or an ExpressionError at the character that cannot stand there."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            f"this expression is {len(text):,} characters long", f"at most {MAX_LENGTH:,}", 0, code="length"
        )
    tokens = _tokens(text)
    if not tokens:
        raise ExpressionError("an expression is missing here", offset=0, code="empty")
    _check_neighbours(tokens)
    _check_depth(tokens)
    _check_runs(tokens)
    return Scan(tuple(tokens))


def _tokens(text: str) -> list[Token]:
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _refused(text, at)
        kind = str(match.lastgroup)
        if kind == "comment":
            raise ExpressionError("comments cannot stand in an expression", "take it out", at, 2, "comment")
        if match.group() == "<=>":
            raise ExpressionError("'<=>' cannot be used here", "write is not distinct from", at, 3, "operator")
        if "\0" in match.group():
            raise ExpressionError("a character that cannot be printed", "take it out", at, code="character")
        if kind != "space":
            tokens.append(Token(kind, match.group(), at))
        at = match.end()
    return tokens


def _refused(text: str, at: int) -> ExpressionError:
    char = text[at]
    message, hint, code = _REFUSED.get(char, (f"{char!r} cannot be used here", "", "character"))
    return ExpressionError(message, hint, at, code=code)


def _check_neighbours(tokens: list[Token]) -> None:
    for a, b in pairwise(tokens):
        touching = a.start + len(a.text) == b.start
        if a.kind == b.kind == "string":
            raise ExpressionError("two texts stand side by side", "join them with ||", b.start, len(b.text), "adjacent")
        if a.kind == "number" and touching and b.kind in ("word", "number", "quoted"):
            raise ExpressionError(
                f"'{a.text}{b.text}' is neither a number nor a name", "text needs single quotes",
                a.start, len(a.text + b.text), "number",
            )  # fmt: skip
        if a.kind == "word" and touching and b.kind == "string":
            raise ExpressionError(
                f"a text with the prefix {a.text} cannot be used here",
                "take out the prefix",
                a.start,
                len(a.text),
                "prefix",
            )
        if a.word == "if" and b.text != "(":
            raise ExpressionError("'if' needs parentheses", "if(condition, a, b)", a.start, 2, "word")
        if a.text == b.text == "*":
            raise ExpressionError("'**' cannot be used here", "write x * x", a.start, 2, "operator")


def _check_depth(tokens: list[Token]) -> None:
    opened: list[Token] = []
    for token in tokens:
        if token.text == "(" or token.word == "case":
            opened.append(token)
            if len(opened) > MAX_DEPTH:
                raise ExpressionError(
                    f"more than {MAX_DEPTH} levels of parentheses", "split it, for instance into a column with expr:",
                    token.start, code="depth",
                )  # fmt: skip
        elif token.text == ")" or (token.word == "end" and opened and opened[-1].word == "case"):
            if not opened or (opened[-1].text == "(") != (token.text == ")"):
                raise ExpressionError(f"'{token.text}' closes nothing", "take it out", token.start, code="parenthesis")
            opened.pop()
    if opened:
        missing = "')'" if opened[-1].text == "(" else "'end'"
        raise ExpressionError(f"{missing} is missing", "this is never closed", opened[-1].start, code="parenthesis")


def _check_runs(tokens: list[Token]) -> None:
    operators = [t for t in tokens if (t.kind == "operator" and t.text not in "(),.") or t.word in ("and", "or", "not")]
    if len(operators) > MAX_OPERATORS:
        raise ExpressionError(
            f"more than {MAX_OPERATORS:,} operators",
            "use in (…) or a param with a list",
            operators[MAX_OPERATORS].start,
            code="length",
        )  # fmt: skip
    run = 0
    for token in tokens:
        run = run + 1 if token.word == "not" or token.text in ("-", "+") else 0
        if run > MAX_RUN:
            raise ExpressionError("too many signs or NOTs in a row", "take some out", token.start, code="depth")


def _is_function(token: Token) -> bool:
    if token.kind == "quoted":
        return True
    return token.kind == "word" and token.word not in _BEFORE_PARENTHESIS | _TYPES_WITH_ARGUMENTS
