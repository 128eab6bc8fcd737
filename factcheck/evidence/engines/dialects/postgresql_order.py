"""Comparisons, and what rests on the order of values. NaN is the largest number there, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.dialects.postgresql_words import is_float, of, ordered, refused
from factcheck.evidence.engines.dialects.translate import Rule, family_of, is_kind

if TYPE_CHECKING:
    from sqlglot import exp


def rules() -> dict[type[exp.Expression] | str, Rule]:
    from sqlglot import exp

    return {
        **dict.fromkeys((exp.EQ, exp.NEQ, exp.NullSafeEQ, exp.NullSafeNEQ), _equal),
        **dict.fromkeys((exp.GT, exp.GTE, exp.LT, exp.LTE), _compared),
        exp.Between: _between,
        exp.In: _in,
        exp.Min: lambda node: _extreme(node, "BOOL_AND"),
        exp.Max: lambda node: _extreme(node, "BOOL_OR"),
        exp.Greatest: _largest,
        exp.Least: _largest,
        exp.Ordered: _sorted,
        exp.Alias: _shown,
        exp.Distinct: _distinct,
    }


def _equal(node: exp.Expression) -> exp.Expression:
    if Family.LIST in (family_of(node.this), family_of(node.expression)):
        raise refused("a comparison of lists")
    return _of_one_size(node, "this", "expression")


def _compared(node: exp.Expression) -> exp.Expression:
    _of_one_size(node, "this", "expression")
    if Family.TEXT in (family_of(node.this), family_of(node.expression)):
        node.set("this", of('{x} COLLATE "C"', "VARCHAR", x=node.this))
    else:
        ordered(node.this, "a comparison")
        ordered(node.expression, "a comparison")
    return node


def _between(node: exp.Expression) -> exp.Expression:
    if node.args.get("symmetric"):
        raise refused("between symmetric")
    _of_one_size(node, "this", "low", "high")
    node.set("this", ordered(node.this, "between"))
    return node


def _in(node: exp.Expression) -> exp.Expression:
    if node.args.get("unnest") or node.args.get("field"):
        raise refused("in a list that is not written out")
    if family_of(node.this) is Family.LIST or is_float(node.this):
        raise refused("in a list of lists or of numbers of 4 bytes")
    return node


def _of_one_size(node: exp.Expression, *sides: str) -> exp.Expression:
    """The sides of a comparison as values of one kind. A text that is written out beside a time is one.

    A number of 4 bytes is compared with another by 4 bytes, unless that one has 8; there they always have 8.
    """
    parts = [node.args[side] for side in sides]
    kinds = {family_of(part) for part in parts} - {Family.NULL}
    if Family.TEXT in kinds and len(kinds) > 1:
        _as_times(node, kinds - {Family.TEXT}, sides)
    if any(map(is_float, parts)) and not any(is_kind(part, "DOUBLE") for part in parts):
        for side in sides:
            node.set(side, of("CAST({x} AS REAL)", "FLOAT", x=node.args[side]))
    return node


def _as_times(node: exp.Expression, kinds: set[Family], sides: tuple[str, ...]) -> None:
    from sqlglot import exp

    kind = {Family.DATE: "DATE", Family.TIMESTAMP: "TIMESTAMP"}.get(next(iter(kinds))) if len(kinds) == 1 else None
    for side in sides:
        part = node.args[side]
        if family_of(part) is Family.TEXT:
            if kind is None or not isinstance(part, exp.Literal):
                raise refused("a comparison of a text with something else")
            node.set(side, of(f"CAST({{x}} AS {kind})", kind, x=part))


def _extreme(node: exp.Expression, of_truth: str) -> exp.Expression:
    if node.expressions:
        raise refused("min and max of several values at once")
    if family_of(node.this) is Family.BOOLEAN:
        return of(f"{of_truth}({{x}})", "BOOLEAN", x=node.this)
    node.set("this", ordered(node.this, "min and max"))
    return node


def _largest(node: exp.Expression) -> exp.Expression:
    """NULLs are left out by both."""
    if any(map(is_float, [node.this, *node.expressions])):
        raise refused("greatest and least of numbers of 4 bytes")
    node.set("this", ordered(node.this, "greatest and least"))
    return node


def _sorted(node: exp.Expression) -> exp.Expression:
    from sqlglot import exp

    if node.args.get("with_fill") is not None:
        raise refused("order by with fill")
    select = node.find_ancestor(exp.Select, exp.Union, exp.Window)
    # What is shown is in the order of characters already; there a name of it cannot stand in an expression.
    x = node.this
    is_shown = isinstance(x, exp.Literal) or (isinstance(x, exp.Column) and not x.table)
    if isinstance(select, exp.Window) or not is_shown:
        node.set("this", ordered(node.this, "order by"))
    return node


def _shown(node: exp.Expression) -> exp.Expression:
    """Texts that a SELECT gives are in the order of their characters for whoever reads them."""
    from sqlglot import exp

    if isinstance(node.parent, exp.Select) and node.arg_key == "expressions" and family_of(node.this) is Family.TEXT:
        node.set("this", of('{x} COLLATE "C"', "VARCHAR", x=node.this))
    return node


def _distinct(node: exp.Expression) -> exp.Expression:
    if node.args.get("on") or len(node.expressions) > 1:
        raise refused("distinct on some of several values")
    return node
