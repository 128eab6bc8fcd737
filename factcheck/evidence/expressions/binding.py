"""Text, columns and params to a Bound: the one way in for what a person wrote."""

from __future__ import annotations

import re

from sqlglot import exp

from factcheck.evidence.dataset import Column, Family
from factcheck.evidence.expressions.binder import Binder, check_calls, check_depth, check_params
from factcheck.evidence.expressions.bound import Bound
from factcheck.evidence.expressions.columns import DatasetNames, find, listed, typed
from factcheck.evidence.expressions.docs import FUNCTIONS
from factcheck.evidence.expressions.parse import DIALECT, parse_condition
from factcheck.evidence.expressions.scope import Expected, ExpressionError, Scope, did_you_mean
from factcheck.evidence.expressions.typed import Typed


def bind(text: str, scope: Scope, *, expect: Expected = "any") -> Bound:
    """The expression `text` over the columns of `scope`; see the doorway for what `expect` means."""
    whole = _whole_column(text, scope, expect)
    if expect == "column":
        return bound(typed(whole, scope.timezone), text, scope) if whole else bind_column(text, scope)
    if whole is not None and expect != "condition":
        found = typed(whole, scope.timezone)
    else:
        found = _bind(text, scope, whole, condition=expect == "condition")
    _check_family(text, found, expect, scope)
    return bound(found, text, scope)


def bind_column(text: str, scope: Scope) -> Bound:
    """A column by exactly its name, whatever characters it holds; quotes around it may be given."""
    name = text.strip()
    column = find(scope.columns, name) or find(scope.columns, _unquoted(name))
    if column is None:
        where = f" in dataset '{scope.dataset}'" if scope.dataset else ""
        hint = did_you_mean(name, scope.columns) or listed(scope.columns)
        raise ExpressionError(f"no column '{name}'{where}", hint, 0, len(text), "unknown-column")
    return bound(typed(column, scope.timezone), text, scope)


def bound(found: Typed, text: str, scope: Scope | None = None) -> Bound:
    tree = found.tree.copy()
    zone = (scope.timezone if scope else None) or found.zone or "UTC"
    return Bound(DIALECT.generate(found.tree, copy=False), found.family, found.columns, text, tree, zone)


def _whole_column(text: str, scope: Scope, expect: Expected) -> Column | None:
    """The column that the whole text names. A condition is one only if the column can be."""
    column = find(scope.columns, text.strip())
    if column is None or (expect == "condition" and column.family not in (Family.BOOLEAN, Family.UNKNOWN)):
        return None
    return column


def _bind(text: str, scope: Scope, whole: Column | None, *, condition: bool) -> Typed:
    binder = Binder(DatasetNames(scope), scope.params, scope.timezone)
    if whole is not None:
        return binder.atom(typed(whole, scope.timezone))
    try:
        tree, found = parse_condition(text)
        check_calls(found, FUNCTIONS)
        check_params(found, scope.params)
        check_depth(tree)
        return binder.condition(tree) if condition else binder.bind(tree)
    except ExpressionError as error:
        raise _for_words_of_sql(error, text, scope) from None


def _for_words_of_sql(error: ExpressionError, text: str, scope: Scope) -> ExpressionError:
    """The error, with the hint that a column is called like a word of SQL if that may be why."""
    names = [word for word in re.findall(r"(?<!\")\b[^\W\d]\w*\b(?!\")", text) if word.lower() in _RESERVED]
    column = next((found for name in names if (found := find(scope.columns, name))), None)
    if column is None or error.code not in ("syntax", "parenthesis", "node", "word"):
        return error
    hint = f'a column called like a word of SQL needs double quotes: "{column.name}"'
    return ExpressionError(error.message, hint, error.offset, error.length, error.code)


_RESERVED = frozenset((
    "from", "when", "any", "all", "select", "where", "having", "case", "end", "map", "union", "distinct", "using",
    "if", "group", "order", "limit", "offset", "current_user", "current_date", "current_timestamp",
    "session_user", "localtime",
))  # fmt: skip


def _unquoted(name: str) -> str:
    return name[1:-1].replace('""', '"') if len(name) > 1 and name[0] == name[-1] == '"' else name


_WANTED = {"number": "a number", "time": "a date or time", "text": "text"}


def _check_family(text: str, found: Typed, expect: Expected, scope: Scope) -> None:
    family = found.family
    fits = {
        "number": family.is_number,
        "time": family.is_time,
        "text": family is Family.TEXT,
    }.get(expect, True)
    if fits or family is Family.UNKNOWN:
        return
    raise ExpressionError(
        f"{_WANTED[expect]} is needed here, and this is {family}",
        _family_hint(expect, found, scope),
        0,
        len(text),
        "type",
    )


def _family_hint(expect: Expected, found: Typed, scope: Scope) -> str:
    if expect == "number" and found.family is Family.BOOLEAN:
        return "to count where it holds, use share: or count: with that:"
    if expect == "number" and found.family is Family.TEXT:
        return "if the text holds numbers: cast(x as double)"
    if expect == "time" and found.family is Family.TEXT:
        return _times(scope) + "give the column a type: and format: in the manifest"
    return "" if isinstance(found.tree, exp.Column) else "name a column of that kind"


def _times(scope: Scope) -> str:
    """'created_at' holds times; otherwise …"""
    names = [f"'{name}'" for name, column in scope.columns.items() if column.family.is_time][:4]
    return f"{', '.join(names)} {'holds' if len(names) == 1 else 'hold'} times; otherwise " if names else ""
