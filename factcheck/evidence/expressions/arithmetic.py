"""Arithmetic. A division by zero is NULL, that is unknown: DuckDB would make it infinite, and that a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import compare, times
from factcheck.evidence.expressions.parse import fail
from factcheck.evidence.expressions.typed import Typed, call, number, operand
from factcheck.evidence.expressions.values import fitted, number_literal

if TYPE_CHECKING:
    from factcheck.evidence.expressions.binder import Binder, Handler

_SIGN: dict[type, str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/", exp.IntDiv: "//", exp.Mod: "%"}


def arithmetic(binder: Binder, node: exp.Expression) -> Typed:
    compare.plain_operand(node.this)
    compare.plain_operand(node.expression)
    left, right = binder.bind(node.this), binder.bind(node.expression)
    if not (_numeric(left) and _numeric(right)):
        return _time_arithmetic(binder, node, left, right)
    left, right = fitted(left, right), fitted(right, left)
    return (
        _division(node, left, right) if isinstance(node, (exp.Div, exp.IntDiv, exp.Mod)) else _plain(node, left, right)
    )


def _numeric(part: Typed) -> bool:
    return part.is_number or part.family in (Family.UNKNOWN, Family.NULL)


def _plain(node: exp.Expression, left: Typed, right: Typed) -> Typed:
    return left.make(type(node)(this=operand(left.tree), expression=operand(right.tree)), _wider(left, right), right)


def _wider(left: Typed, right: Typed) -> Family:
    families = (left.family, right.family)
    order = (Family.UNKNOWN, Family.NULL, Family.DOUBLE, Family.DECIMAL, Family.INTEGER)
    return next(family for family in order if family in families)


def _division(node: exp.Expression, left: Typed, right: Typed) -> Typed:
    if right.literal == 0:
        raise fail(node, "a division by zero", "nothing can be divided by 0", "zero")
    if isinstance(node, exp.IntDiv) and not all(
        p.family in (Family.INTEGER, Family.UNKNOWN, Family.NULL) for p in (left, right)
    ):
        raise fail(node, "// needs whole numbers on both sides", "write round(a / b)", "type")
    divisor = operand(right.tree) if right.literal is not None else exp.Nullif(this=right.tree, expression=number(0))
    tree = type(node)(this=operand(left.tree), expression=divisor)
    if isinstance(node, exp.Div):
        tree.set("typed", False)
        tree.set("safe", False)
    family = Family.DOUBLE if isinstance(node, exp.Div) else _wider(left, right)
    return left.make(tree, family, right, nulls=right.literal is None)


def _time_arithmetic(binder: Binder, node: exp.Expression, left: Typed, right: Typed) -> Typed:
    """time ± interval, time − time, date ± days"""
    kind, families = type(node), (left.family, right.family)
    if kind is exp.Sub and left.is_time and right.is_time:
        return _elapsed(binder, left, right)
    if (
        kind in (exp.Add, exp.Sub)
        and right.family is Family.INTERVAL
        and (left.is_time or left.unknown or left.family is Family.INTERVAL)
    ):
        family = Family.INTERVAL if left.family is Family.INTERVAL else Family.TIMESTAMP
        base = times.date_as_timestamp(left, binder.clock(left)) if left.family is Family.DATE else left
        return base.make(kind(this=operand(times.moment(base)), expression=operand(right.tree)), family, right)
    if kind in (exp.Add, exp.Sub) and families == (Family.DATE, Family.INTEGER):
        return left.make(kind(this=operand(left.tree), expression=operand(right.tree)), Family.DATE, right)
    if Family.BOOLEAN in families:
        hint = "write case when … then 1 else 0 end"
    elif Family.TEXT in families and kind is exp.Add:
        hint = "join texts with ||"
    else:
        hint = "both sides must be numbers"
    raise fail(node, f"'{_SIGN[kind]}' cannot join {left.family} and {right.family}", hint, "type")


def _elapsed(binder: Binder, left: Typed, right: Typed) -> Typed:
    if left.family is right.family is Family.DATE:
        tree = exp.DateDiff(this=left.tree, expression=right.tree, unit=exp.Var(this="DAY"), date_part_boundary=True)
        return left.make(tree, Family.INTEGER, right)
    zone = binder.clock(left, right)
    a, b = (times.date_as_timestamp(p, zone) if p.family is Family.DATE else p for p in (left, right))
    return a.make(exp.Sub(this=operand(a.tree), expression=operand(b.tree)), Family.INTERVAL, b)


def negative(binder: Binder, node: exp.Expression) -> Typed:
    if isinstance(node.this, exp.Literal) and not node.this.is_string:
        return number_literal(str(node.this.this), negative=True)
    found = binder.bind(node.this)
    if not (found.is_number or found.family in (Family.UNKNOWN, Family.INTERVAL)):
        raise fail(node, f"'-' needs a number, not {found.family}", code="type")
    return found.make(exp.Neg(this=operand(found.tree)), found.family)


def absolute(binder: Binder, node: exp.Expression) -> Typed:
    found = binder.bind(node.this)
    if not (found.is_number or found.unknown):
        raise fail(node, f"abs needs a number, not {found.family}", code="type")
    return found.make(exp.Abs(this=found.tree), found.family)


def rounded(binder: Binder, node: exp.Expression) -> Typed:
    found, places = binder.bind(node.this), node.args.get("decimals")
    if not (found.is_number or found.unknown):
        raise fail(node, f"round needs a number, not {found.family}", code="type")
    if places is None:
        return found.make(call("round", found.tree), found.family)
    if not (isinstance(places, exp.Literal) and str(places.this).isdigit() and int(places.this) <= 18):
        raise fail(node, "the number of places is a whole number up to 18", "round(x, 2)", "type")
    return found.make(call("round", found.tree, number(int(places.this))), found.family)


def is_nan(binder: Binder, node: exp.Expression) -> Typed:
    found = binder.bind(node.this)
    if found.family not in (Family.DOUBLE, Family.UNKNOWN):
        raise fail(node, f"isnan needs a floating-point number, not {found.family}", code="type")
    return binder.atom(found.make(exp.IsNan(this=found.tree), Family.BOOLEAN))


HANDLERS: dict[type, Handler] = {
    **dict.fromkeys(_SIGN, arithmetic),
    exp.Neg: negative,
    exp.Abs: absolute,
    exp.Round: rounded,
    exp.IsNan: is_nan,
}
