"""AND, OR, NOT, IS, CASE, COALESCE and their kin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import compare
from factcheck.evidence.expressions.parse import fail
from factcheck.evidence.expressions.scope import ExpressionError
from factcheck.evidence.expressions.typed import (
    NUMBERS,
    TIMES,
    Typed,
    boolean,
    call,
    cast,
    junction_operand,
    negate,
    operand,
    zone_of,
)
from factcheck.evidence.expressions.values import fitted

if TYPE_CHECKING:
    from factcheck.evidence.expressions.binder import Binder, Handler

_WIDTH = {Family.INTEGER: 0, Family.DECIMAL: 1, Family.DOUBLE: 2}


def junction(binder: Binder, node: exp.Expression) -> Typed:
    """A chain of AND or of OR, however long."""
    kind: type[exp.And | exp.Or] = exp.And if isinstance(node, exp.And) else exp.Or
    parts = [binder.condition(part) for part in _flat(node, kind)]
    return boolean(joined(kind, [part.tree for part in parts]), *parts)


def joined(kind: type[exp.And | exp.Or], trees: list[exp.Expression]) -> exp.Expression:
    tree = junction_operand(trees[0], kind)
    for other in trees[1:]:
        tree = kind(this=tree, expression=junction_operand(other, kind))
    return tree


def _flat(node: exp.Expression, kind: type[exp.And | exp.Or]) -> list[exp.Expression]:
    stack, parts = [node], []
    while stack:
        top = stack.pop()
        if isinstance(top, kind):
            stack += [top.expression, top.this]
        else:
            parts.append(top)
    return parts


def negation(binder: Binder, node: exp.Expression) -> Typed:
    found = binder.condition(node.this)
    return boolean(negate(found.tree), found)


def is_(binder: Binder, node: exp.Expression) -> Typed:
    """IS NULL, IS TRUE, IS FALSE: never NULL themselves."""
    compare.plain_operand(node.this)
    found, test = binder.bind(node.this), node.expression
    if isinstance(test, exp.Null):
        tree = exp.Is(this=operand(found.tree), expression=exp.Null())
    elif isinstance(test, exp.Boolean):
        if found.family not in (Family.BOOLEAN, Family.UNKNOWN):
            raise fail(node, "IS TRUE needs a condition before it", code="type")
        tree = exp.Is(this=operand(found.tree), expression=exp.Boolean(this=bool(test.this)))
    else:
        raise fail(node, "after IS stand only null, true, false or distinct from", "to compare, write =", "is")
    return Typed(tree, Family.BOOLEAN, found.columns)


def case(binder: Binder, node: exp.Expression) -> Typed:
    """CASE in both forms; `case x when 1` becomes `case when x = 1`."""
    subject, branches = node.args.get("this"), node.args.get("ifs") or []
    tests = [_test(binder, subject, branch.this) for branch in branches]
    values = [binder.bind(branch.args["true"]) for branch in branches]
    return _case(binder, node, tests, values, node.args.get("default"))


def if_(binder: Binder, node: exp.Expression) -> Typed:
    return _case(binder, node, [binder.condition(node.this)], [binder.bind(node.args["true"])], node.args.get("false"))


def _case(
    binder: Binder, node: exp.Expression, tests: list[Typed], values: list[Typed], default: exp.Expression | None
) -> Typed:
    last = binder.bind(default) if default is not None else None
    results, family = unify(node, [*values, last] if last else values)
    ifs = [exp.If(this=t.tree, true=v.tree) for t, v in zip(tests, results, strict=False)]
    tree = exp.Case(ifs=ifs, default=results[-1].tree if last else None)
    parts = [*results, *tests]
    return parts[0].make(tree, family, *parts[1:], nulls=last is None)


def _test(binder: Binder, subject: exp.Expression | None, value: exp.Expression) -> Typed:
    if subject is None:
        return binder.condition(value)
    return binder.bind(exp.EQ(this=exp.Paren(this=subject.copy()), expression=exp.Paren(this=value.copy())))


def coalesce(binder: Binder, node: exp.Expression) -> Typed:
    parts, family = unify(node, [binder.bind(part) for part in (node.this, *node.expressions)])
    tree = exp.Coalesce(this=parts[0].tree, expressions=[part.tree for part in parts[1:]])
    made = parts[0].make(tree, family, *parts[1:])
    return Typed(tree, family, made.columns, all(part.nulls for part in parts), made.zone)


def nullif(binder: Binder, node: exp.Expression) -> Typed:
    left, right = compare.reconciled(binder, node, binder.bind(node.this), binder.bind(node.expression))
    return left.make(exp.Nullif(this=left.tree, expression=right.tree), left.family, right, nulls=True)


def extreme(binder: Binder, node: exp.Expression) -> Typed:
    """greatest and least: of the values that are not NULL."""
    parts, family = unify(node, [binder.bind(part) for part in (node.this, *node.expressions)])
    name = "greatest" if isinstance(node, exp.Greatest) else "least"
    return parts[0].make(call(name, *(part.tree for part in parts)), family, *parts[1:])


def unify(node: exp.Expression, parts: list[Typed]) -> tuple[list[Typed], Family]:
    """The parts as values of one family, and that family."""
    families = {part.family for part in parts} - {Family.NULL, Family.UNKNOWN}
    if not families:
        return parts, Family.UNKNOWN if any(part.unknown for part in parts) else Family.NULL
    if len(families) == 1:
        return parts, families.pop()
    if families <= NUMBERS:
        widest = max(families, key=lambda family: _WIDTH[family])
        target = Typed(exp.Null(), widest)
        return [fitted(part, target) for part in parts], widest
    if families == TIMES:
        return [_as_timestamp(part, zone_of(*parts)) for part in parts], Family.TIMESTAMP
    shown = " and ".join(sorted(families))
    hint = (
        "a time is written timestamp '2018-04-10 18:30'"
        if families & TIMES
        else "bring them to one kind with cast(x as …)"
    )
    raise fail(node, f"the values are of different kinds: {shown}", hint, "type")


def _as_timestamp(part: Typed, zone: str | None) -> Typed:
    if part.family is not Family.DATE:
        return part
    if zone not in (None, "UTC"):
        raise ExpressionError("dates and times cannot be mixed here in another time zone than UTC", code="type")
    return part.make(cast(part.tree, "TIMESTAMP"), Family.TIMESTAMP)


HANDLERS: dict[type, Handler] = {
    exp.And: junction,
    exp.Or: junction,
    exp.Not: negation,
    exp.Is: is_,
    exp.Case: case,
    exp.If: if_,
    exp.Coalesce: coalesce,
    exp.Nullif: nullif,
    exp.Greatest: extreme,
    exp.Least: extreme,
}
