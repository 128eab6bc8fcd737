"""Cutting a condition into atoms: what stands between AND, OR and NOT is looked up in a cell, the rest is logic.

A program is the condition in postfix order; its truth values are 0 (false), 1 (NULL) and 2 (true), so that AND is
the minimum, OR the maximum and NOT 2 − x, which is SQL's three-valued logic exactly (Kleene's).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from sqlglot import exp

from factcheck.evidence.expressions import Bound


class Op(Enum):
    AND = "and"
    OR = "or"
    NOT = "not"
    KNOWN = "known"  # COALESCE(condition, FALSE): NULL becomes false
    FALSE = "false"
    NULL = "null"
    TRUE = "true"


@dataclass(frozen=True)
class Test:
    """A column held against literals: `kind` is lt, le, gt, ge, eq (any of the literals) or null."""

    column: str
    kind: str
    literals: tuple[Literal, ...] = ()

    def __repr__(self) -> str:
        values = ", ".join(f"{literal.kind} {literal.text!r}" for literal in self.literals)
        return f"{self.column!r} {self.kind} {values}"


@dataclass(frozen=True)
class Literal:
    """As written: kind is number, double (one with an exponent, or too long to be anything else), string, or the
    type that a string is cast to (TIMESTAMP, DATE). Values of two kinds are compared in a third type."""

    kind: str
    text: str


@dataclass(frozen=True)
class Atom:
    """A condition that is not cut further. `key` is its identity: rendering SQL for every claim would take long."""

    key: str
    columns: frozenset[str] = field(compare=False)
    test: Test | None = field(compare=False)
    tree: exp.Expression = field(compare=False, repr=False)

    @property
    def sql(self) -> str:
        return self.tree.sql(dialect="duckdb")


Program = tuple[Atom | Op, ...]

_KINDS: dict[type[exp.Expression], str] = {exp.GT: "gt", exp.GTE: "ge", exp.LT: "lt", exp.LTE: "le", exp.EQ: "eq"}
_PLAIN = re.compile(r"\d{1,18}(\.\d{1,12})?")
# DuckDB's TIMESTAMP has no time zone, and is parsed as such.
_TIMES = {exp.DType.TIMESTAMPNTZ: "TIMESTAMP", exp.DType.TIMESTAMP: "TIMESTAMP", exp.DType.DATE: "DATE"}
_FLIPPED = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge", "eq": "eq"}
_CONDITIONS = (
    exp.And, exp.Or, exp.Not, exp.Paren, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In,
    exp.Between, exp.Like, exp.ILike, exp.Contains, exp.StartsWith, exp.RegexpLike,
)  # fmt: skip


def cut(bound: Bound) -> Program:
    """The condition as a program over atoms. Iterative: a chain of a thousand ORs must not exhaust the stack."""
    steps: list[Atom | Op] = []
    waiting: list[exp.Expression | Op] = [bound.tree]
    # Parents are met before their children; reversed at the end, operands come before their operator.
    while waiting:
        node = waiting.pop()
        if isinstance(node, Op):
            steps.append(node)
            continue
        op, operands = _parts(node)
        if op is not None:
            steps.append(op)
            waiting += operands
        elif operands:
            waiting += operands
        else:
            steps.append(atom(node))
    return tuple(reversed(steps))


def _parts(node: exp.Expression) -> tuple[Op | None, list[exp.Expression]]:
    """The operator of a node and what it joins; (None, [inner]) to look inside; (None, []) for an atom."""
    if isinstance(node, exp.Paren):
        return None, [node.this]
    if isinstance(node, exp.And | exp.Or):
        return (Op.AND if isinstance(node, exp.And) else Op.OR), [node.this, node.expression]
    if isinstance(node, exp.Not):
        return Op.NOT, [node.this]
    if isinstance(node, exp.Boolean):
        return (Op.TRUE if node.this else Op.FALSE), []
    if isinstance(node, exp.Null):
        return Op.NULL, []
    if isinstance(node, exp.NEQ) and _test(exp.EQ(this=node.this, expression=node.expression)):
        return Op.NOT, [exp.EQ(this=node.this.copy(), expression=node.expression.copy())]
    if _is_known(node):
        return Op.KNOWN, [node.this]
    if isinstance(node, exp.Between) and _one_kind(node):
        low = exp.GTE(this=node.this.copy(), expression=node.args["low"].copy())
        high = exp.LTE(this=node.this.copy(), expression=node.args["high"].copy())
        return Op.AND, [low, high]
    return None, []


def _is_known(node: exp.Expression) -> bool:
    if not isinstance(node, exp.Coalesce) or len(node.expressions) != 1:
        return False
    default = node.expressions[0]
    return isinstance(default, exp.Boolean) and not default.this and isinstance(node.this, _CONDITIONS)


def _one_kind(node: exp.Between) -> bool:
    # With bounds of two kinds the engine compares all three values in a third type.
    low, high = literal(node.args["low"]), literal(node.args["high"])
    return low is not None and high is not None and low.kind == high.kind and not node.args.get("symmetric")


def atom(node: exp.Expression) -> Atom:
    test = _test(node)
    if test is not None:
        return Atom(repr(test), frozenset((test.column,)), test, node)
    columns = frozenset(column.name for column in node.find_all(exp.Column))
    return Atom(node.sql(dialect="duckdb"), columns, None, node)


def _test(node: exp.Expression) -> Test | None:
    if isinstance(node, exp.Is) and isinstance(node.this, exp.Column) and isinstance(node.expression, exp.Null):
        return Test(node.this.name, "null")
    if isinstance(node, exp.In) and isinstance(node.this, exp.Column) and not node.args.get("query"):
        found = [literal(value) for value in node.expressions]
        values = tuple(value for value in found if value is not None)
        one_kind = len({value.kind for value in values}) == 1 and len(values) == len(found)
        return Test(node.this.name, "eq", values) if one_kind else None
    kind = _KINDS.get(type(node))
    if kind is None:
        return None
    for column, other, name in ((node.this, node.expression, kind), (node.expression, node.this, _FLIPPED[kind])):
        value = literal(other)
        if isinstance(column, exp.Column) and value is not None:
            return Test(column.name, name, (value,))
    return None


def literal(node: exp.Expression) -> Literal | None:
    if isinstance(node, exp.Paren):
        return literal(node.this)
    if isinstance(node, exp.Literal):
        text = str(node.this)
        return Literal("string" if node.is_string else "number" if _PLAIN.fullmatch(text) else "double", text)
    if isinstance(node, exp.Neg):
        inner = literal(node.this)
        if inner is None or inner.kind not in ("number", "double") or inner.text.startswith("-"):
            return None
        return Literal(inner.kind, f"-{inner.text}")
    if type(node) is exp.Cast and isinstance(node.this, exp.Literal) and node.this.is_string:
        kind = None if node.to.expressions else _TIMES.get(node.to.this)
        return Literal(kind, str(node.this.this)) if kind is not None else None
    return None
