"""From a parsed tree to a new one: only the node types listed here get through, each checked and made anew."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import Protocol

from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import arithmetic, calls, casting, compare, logic, params
from factcheck.evidence.expressions.parse import fail
from factcheck.evidence.expressions.scan import Scan
from factcheck.evidence.expressions.scope import ExpressionError, did_you_mean
from factcheck.evidence.expressions.typed import Typed, article, column
from factcheck.evidence.expressions.values import number_literal, text_literal

MAX_TREE_DEPTH = 120

Handler = Callable[["Binder", exp.Expression], Typed]


class Names(Protocol):
    """What an expression may name: the columns of a dataset, or the sources of a SELECT."""

    def column(self, node: exp.Expression) -> Typed: ...

    def none_when_missing(self, columns: frozenset[str]) -> bool:
        """True where NULL means "there is none" in every one of `columns`, of which there is at least one."""


class Binder:
    """Binds the nodes of one expression. `zone` is the claim's clock, None where each column has its own."""

    def __init__(
        self, names: Names, values: Mapping[str, object], zone: str | None, more: Mapping[type, Handler] | None = None
    ) -> None:
        self.names = names
        self.values = values
        self.zone = zone
        self.handlers = {**HANDLERS, **(more or {})}

    def bind(self, node: exp.Expression) -> Typed:
        handler = self.handlers.get(type(node))
        if handler is None:
            raise refused(node)
        try:
            return handler(self, node)
        except ExpressionError as error:
            if error.offset is not None:
                raise
            raise fail(node, error.message, error.hint, error.code) from None

    def clock(self, *parts: Typed) -> str:
        """The zone on which times beside `parts` are read."""
        return self.zone or next((part.zone for part in parts if part.zone is not None), None) or "UTC"

    def condition(self, node: exp.Expression) -> Typed:
        """`node` as one side of AND, OR, NOT, or as the whole of a condition."""
        found = self.bind(node)
        if found.family not in (Family.BOOLEAN, Family.UNKNOWN):
            raise fail(node, f"{describe(node, found)} is not a condition", _condition_hint(node, found), "condition")
        bare = isinstance(found.tree, (exp.Column, exp.Case, exp.Nullif, exp.Greatest, exp.Least))
        return self.atom(found) if bare else found

    def atom(self, found: Typed) -> Typed:
        """A condition that AND, OR and NOT do not cut. Where NULL means "there is none", it is false, not unknown."""
        if not found.columns or not self.names.none_when_missing(found.columns):
            return found
        if not found.nulls:
            return found.with_tree(_coalesce(found.tree, exp.false()))
        gone = [exp.Is(this=column(name), expression=exp.Null()) for name in sorted(found.columns)]
        absent: exp.Expression = gone[0]
        for test in gone[1:]:
            absent = exp.Or(this=absent, expression=test)
        otherwise = exp.Case(ifs=[exp.If(this=absent, true=exp.false())])
        return found.with_tree(_coalesce(found.tree, otherwise))


def _coalesce(tree: exp.Expression, fallback: exp.Expression) -> exp.Expression:
    return exp.Coalesce(this=tree, expressions=[fallback])


def only(node: exp.Expression, *names: str) -> None:
    """Refuses a node that carries anything but the arguments `names` and the marks that the parser sets itself."""
    for name, value in node.args.items():
        if value and name not in names and name not in _MARKS:
            raise fail(node, f"'{name}' cannot be used here", code="node")


_MARKS = frozenset(
    {
        "safe",
        "coalesce",
        "typed",
        "big_int",
        "null_if_pos_overflow",
        "ignore_nulls",
        "date_part_boundary",
        "single_replace",
    }
)


def refused(node: exp.Expression) -> ExpressionError:
    """What is said of a construct that is not on the allow-list."""
    message, hint = _REFUSED_NODES.get(type(node), (f"{_readable(node)} cannot be used in an expression", ""))
    return fail(node, message, hint, "node")


def _readable(node: exp.Expression) -> str:
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in type(node).__name__).strip()
    return f"'{words}'"


_REFUSED_NODES: dict[type, tuple[str, str]] = {
    exp.Subquery: ("a subquery cannot stand in an expression", "make a dataset with query:"),
    exp.Select: ("a SELECT cannot stand in an expression", "make a dataset with query:, or use the measure sql"),
    exp.Exists: ("a subquery cannot stand in an expression", "make a dataset with query:"),
    exp.Star: ("'*' cannot stand alone here", "name the columns"),
    exp.CurrentDate: ("today's date changes from day to day", "write the date"),
    exp.CurrentTimestamp: ("the present time changes from run to run", "write the time"),
    exp.Collate: ("a collation cannot be used here", "compare lower(x) with lower-case text"),
    exp.Lambda: ("a lambda cannot stand in an expression", ""),
    exp.JSONExtract: ("'->' cannot be used here", "make a column of it in the manifest, with from: outer.inner"),
    exp.Dot: ("'.' cannot be used here", 'a column whose name has a dot is written "outer.inner"'),
    exp.Any: ("ANY cannot be used here", "use in (…)"),
    exp.Tuple: ("a list of values may only stand after in", ""),
    exp.AtTimeZone: (
        "AT TIME ZONE reads the same words in two ways",
        "use local_hour(time, 'Asia/Shanghai') or the claim's timezone:",
    ),
}


def describe(node: exp.Expression, found: Typed) -> str:
    """How an error message calls a value."""
    kind = {Family.TEXT: "text", Family.UNKNOWN: "a value"}.get(found.family, f"{article(found.family)} {found.family}")
    if isinstance(node, exp.Column):
        return f"column '{node.name}' ({found.family})"
    if isinstance(node, exp.Literal):
        return f"'{node.this}' ({found.family})" if node.is_string else f"the number {node.this}"
    return f"this ({kind})"


def _condition_hint(node: exp.Expression, found: Typed) -> str:
    name = node.name if isinstance(node, exp.Column) else "x"
    if found.is_number and not found.columns:
        return "compare a column with something, for instance likes > 1 or created_at < '2018-06-15'"
    if found.is_number:
        return f"compare it with something, for instance {name} = 1"
    if found.family is Family.TEXT:
        return f"compare it with something, for instance {name} = 'yes'"
    return "a condition is true or false, such as country = 'Russia'"


def check_calls(found: Scan, allowed: Mapping[str, object], skip: Container[int] = ()) -> None:
    """Refuses every function that is not `allowed`, by the name that was written and at its place."""
    for call in found.calls:
        name = call.text.strip('"').lower()
        if (name in allowed and call.kind == "word") or call.start in skip:
            continue
        hint = calls.INSTEAD.get(name) or did_you_mean(name, [*allowed])
        known = "unknown function" if name not in calls.INSTEAD else "this function cannot be used here:"
        raise ExpressionError(f"{known} '{call.text}'", hint, call.start, len(call.text), "unknown-function")


def check_params(found: Scan, values: Mapping[str, object]) -> None:
    """Refuses a `:name` that has no value, at its place."""
    for token in found.tokens:
        name = token.text[1:]
        if token.kind == "param" and name not in values:
            hint = did_you_mean(name, list(values)) or f"give it a value: params: {{{name}: …}}"
            raise ExpressionError(f"param '{name}' has no value", hint, token.start, len(token.text), "unknown-param")


def check_depth(tree: exp.Expression) -> None:
    """Refuses a tree that is too deep to walk by recursion; chains of AND and OR are not, and may be long."""
    stack: list[tuple[exp.Expression, int]] = [(tree, 1)]
    while stack:
        node, depth = stack.pop()
        if depth > MAX_TREE_DEPTH:
            raise fail(tree, "this expression is nested too deeply, or has too long a chain of operators", code="depth")
        for child in node.iter_expressions():
            same = isinstance(node, exp.Connector) and type(child) is type(node)
            stack.append((child, depth if same else depth + 1))


def _literal(_: Binder, node: exp.Expression) -> Typed:
    return text_literal(str(node.this)) if node.is_string else number_literal(str(node.this))


def _boolean(_: Binder, node: exp.Expression) -> Typed:
    return Typed(exp.Boolean(this=bool(node.this)), Family.BOOLEAN, literal=bool(node.this))


def _null(_binder: Binder, _node: exp.Expression) -> Typed:
    return Typed(exp.Null(), Family.NULL, nulls=True)


def _column(binder: Binder, node: exp.Expression) -> Typed:
    return binder.names.column(node)


def _paren(binder: Binder, node: exp.Expression) -> Typed:
    return binder.bind(node.this)


HANDLERS: dict[type, Handler] = {
    exp.Literal: _literal,
    exp.Boolean: _boolean,
    exp.Null: _null,
    exp.Column: _column,
    exp.Paren: _paren,
    exp.Placeholder: params.placeholder,
    **logic.HANDLERS,
    **compare.HANDLERS,
    **arithmetic.HANDLERS,
    **casting.HANDLERS,
    **calls.HANDLERS,
}
