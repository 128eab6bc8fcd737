"""Aggregates and window functions, for SELECTs only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions.parse import fail
from factcheck.evidence.expressions.typed import Typed

if TYPE_CHECKING:
    from factcheck.evidence.expressions.binder import Binder, Handler

NAMES = (
    "count", "count_if", "sum", "avg", "min", "max", "median", "quantile_cont", "stddev", "stddev_samp", "stddev_pop",
    "variance", "var_samp", "var_pop", "bool_or", "bool_and", "arg_max", "arg_min", "row_number", "rank", "dense_rank",
    "percent_rank", "cume_dist", "ntile", "lag", "lead", "first_value", "last_value", "unnest",
)  # fmt: skip

_SAME = (exp.Min, exp.Max, exp.FirstValue, exp.LastValue, exp.Lag, exp.Lead, exp.ArgMax, exp.ArgMin)
_NUMERIC = (
    exp.Avg, exp.Median, exp.Stddev, exp.StddevSamp, exp.StddevPop, exp.Variance, exp.VariancePop, exp.PercentileCont,
)  # fmt: skip
_COUNTS = (exp.RowNumber, exp.Rank, exp.DenseRank, exp.Ntile)
_SHARES = (exp.PercentRank, exp.CumeDist)
_CONDITIONS = (exp.LogicalOr, exp.LogicalAnd, exp.CountIf)
_FRAMES = {"UNBOUNDED", "CURRENT ROW"}


def count(binder: Binder, node: exp.Expression) -> Typed:
    """count(*), count(x), count(distinct x)"""
    inner = node.this
    if isinstance(inner, exp.Star) and not inner.args.get("except_") and not inner.args.get("replace"):
        return Typed(exp.Count(this=exp.Star(), big_int=True), Family.INTEGER)
    if isinstance(inner, exp.Distinct) and not inner.args.get("on") and len(inner.expressions) == 1:
        found = binder.bind(inner.expressions[0])
        tree = exp.Count(this=exp.Distinct(expressions=[found.tree]), big_int=True)
        return Typed(tree, Family.INTEGER, found.columns)
    if inner is None or isinstance(inner, (exp.Star, exp.Distinct)) or node.expressions:
        raise fail(node, "count takes *, one expression, or distinct and one expression", code="arguments")
    found = binder.bind(inner)
    return Typed(exp.Count(this=found.tree, big_int=True), Family.INTEGER, found.columns)


def sum_(binder: Binder, node: exp.Expression) -> Typed:
    found = _number(binder, node, node.this)
    return found.make(exp.Sum(this=found.tree), found.family, nulls=True)


def numeric(binder: Binder, node: exp.Expression) -> Typed:
    found = _number(binder, node, node.this)
    tree = type(node)(this=found.tree)
    for name in ("expression",):
        if node.args.get(name) is not None:
            tree.set(name, _fraction(binder, node, node.args[name]))
    return found.make(tree, Family.DOUBLE, nulls=True)


def _fraction(binder: Binder, node: exp.Expression, source: exp.Expression) -> exp.Expression:
    found = binder.bind(source)
    if not found.is_number_literal:
        raise fail(node, "the fraction of a quantile must be written out", "quantile_cont(x, 0.5)", "literal")
    return found.tree


def _number(binder: Binder, node: exp.Expression, source: exp.Expression) -> Typed:
    if isinstance(source, exp.Distinct):
        raise fail(node, "distinct can only be used in count", code="arguments")
    found = binder.bind(source)
    if not (found.is_number or found.unknown):
        raise fail(source, f"a number is needed here, not {found.family}", "cast(x as double)", "type")
    return found


def same(binder: Binder, node: exp.Expression) -> Typed:
    """Functions that give one of the values that they are given."""
    found = binder.bind(node.this)
    tree = type(node)(this=found.tree)
    for name in ("expression", "offset", "default"):
        if node.args.get(name) is not None:
            tree.set(name, binder.bind(node.args[name]).tree)
    return found.make(tree, found.family, nulls=True)


def condition(binder: Binder, node: exp.Expression) -> Typed:
    found = binder.condition(node.this)
    family = Family.INTEGER if isinstance(node, exp.CountIf) else Family.BOOLEAN
    return found.make(type(node)(this=found.tree), family, nulls=True)


def position(binder: Binder, node: exp.Expression) -> Typed:
    """row_number() and its kin, which take no argument but that of ntile."""
    tree = type(node)()
    if isinstance(node, exp.Ntile):
        tree.set("this", binder.bind(node.this).tree)
    elif node.this is not None or node.expressions:
        raise fail(node, "this function takes no argument", code="arguments")
    return Typed(tree, Family.DOUBLE if isinstance(node, _SHARES) else Family.INTEGER)


def filtered(binder: Binder, node: exp.Expression) -> Typed:
    found, test = binder.bind(node.this), binder.condition(node.expression.this)
    return found.make(exp.Filter(this=found.tree, expression=exp.Where(this=test.tree)), found.family, test)


def window(binder: Binder, node: exp.Expression) -> Typed:
    if node.args.get("alias") or node.args.get("first"):
        raise fail(node, "a named window cannot be used here", "write the window out: over (partition by …)", "node")
    found = binder.bind(node.this)
    parts = [binder.bind(part) for part in node.args.get("partition_by") or []]
    tree = exp.Window(
        this=found.tree,
        partition_by=[part.tree for part in parts],
        order=ordered(binder, node.args.get("order")),
        spec=_frame(node, node.args.get("spec")),
        over="OVER",
    )
    return found.make(tree, found.family, *parts, nulls=True)


def _frame(node: exp.Expression, spec: exp.Expression | None) -> exp.Expression | None:
    if spec is None:
        return None
    sides = {name: _frame_end(node, spec.args.get(name)) for name in ("start", "end")}
    kind = str(spec.args.get("kind") or "ROWS").upper()
    if spec.args.get("exclude") or kind not in ("ROWS", "RANGE", "GROUPS"):
        raise fail(node, "this frame of a window cannot be used", "rows between 6 preceding and current row", "node")
    for name in ("start_side", "end_side"):
        if str(spec.args.get(name) or "PRECEDING").upper() not in ("PRECEDING", "FOLLOWING"):
            raise fail(node, "a frame runs from preceding to following", code="node")
    return exp.WindowSpec(
        kind=kind,
        start=sides["start"],
        end=sides["end"],
        start_side=spec.args.get("start_side"),
        end_side=spec.args.get("end_side"),
    )  # fmt: skip


def _frame_end(node: exp.Expression, end: object) -> object:
    if end is None or end in _FRAMES:
        return end
    if isinstance(end, exp.Literal) and str(end.this).isdigit():
        return exp.Literal(this=str(end.this), is_string=False)
    raise fail(node, "the frame of a window is counted in rows", "rows between 6 preceding and current row", "node")


def ordered(binder: Binder, order: exp.Expression | None) -> exp.Expression | None:
    """ORDER BY of a window."""
    if order is None:
        return None
    return exp.Order(expressions=[ordered_item(binder, item) for item in order.expressions])


def ordered_item(binder: Binder, item: exp.Expression) -> exp.Expression:
    marks = {name: bool(item.args.get(name)) for name in ("desc", "nulls_first")}
    return exp.Ordered(this=binder.bind(ordered_by(item)).tree, **marks)


def ordered_by(item: exp.Expression) -> exp.Expression:
    inner: exp.Expression = item.this if isinstance(item, exp.Ordered) else item
    return inner


def unnest(binder: Binder, node: exp.Expression) -> Typed:
    """unnest(list) in the SELECT list: a row for each member."""
    found = binder.bind(node.this)
    if found.family not in (Family.LIST, Family.UNKNOWN):
        raise fail(node, f"unnest needs a list, not {found.family}", "", "type")
    return found.make(exp.Explode(this=found.tree), Family.UNKNOWN)


HANDLERS: dict[type, Handler] = {
    exp.Count: count,
    exp.Sum: sum_,
    **dict.fromkeys(_NUMERIC, numeric),
    **dict.fromkeys(_SAME, same),
    **dict.fromkeys(_CONDITIONS, condition),
    **dict.fromkeys((*_COUNTS, *_SHARES), position),
    exp.Filter: filtered,
    exp.Window: window,
    exp.Explode: unnest,
}
