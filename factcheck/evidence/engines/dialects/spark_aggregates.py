"""Aggregates and window functions."""

from __future__ import annotations

from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.dialects.spark_words import NARROW, bare, call, is_, kind_of, refuse, said, typed
from factcheck.evidence.engines.dialects.translate import Rule, family_of
from factcheck.evidence.engines.types import family

# Doubles are summed as whole numbers of these units, each part below 2²⁴ of the next: what is added up in whole numbers
# has the same sum in any order, and 2³⁹ rows of it do not overflow. What is below the last unit is less than 1e-31.
_UNITS = (40, 16, -8, -32, -56, -80, -104)
_LARGEST, _SMALLEST = "1e24", "1e-12"  # beyond these the sum is taken as the engine takes it


def _numeric(value: exp.Expression) -> bool:
    return family_of(value) in (Family.INTEGER, Family.DECIMAL, Family.DOUBLE)


def _nothing(value: exp.Expression) -> bool:
    return isinstance(bare(value), exp.Null) or kind_of(value) in ("NULL", '"NULL"')


def total(node: exp.Expression) -> exp.Expression:
    value = node.this
    if isinstance(value, exp.Distinct):
        raise refuse("a sum of different values")
    if _nothing(value):
        return typed(said("SUM(CAST(NULL AS BIGINT))"), "HUGEINT")
    kind = family_of(value)
    if kind is Family.DOUBLE:
        return typed(_exact(node, value), "DOUBLE")
    if kind is Family.DECIMAL:
        return node
    if kind is not Family.INTEGER:
        raise refuse("a sum of what may be no number")
    if is_(value, *NARROW):  # 64 bits hold two thousand million of them, and what they do not hold is an error
        return typed(said("CAST(SUM({x}) AS DECIMAL(38, 0))", x=value) if not _framed(node) else node, "HUGEINT")
    return typed(said("SUM(CAST({x} AS DECIMAL(28, 0)))" if is_(value, "BIGINT", "UINT", "UBIGINT")
                      else "SUM(CAST({x} AS DECIMAL(38, 0)))", x=value), "HUGEINT")  # fmt: skip


def fsum(node: exp.Expression) -> exp.Expression:
    (value,) = node.expressions
    if _nothing(value):
        return typed(said("SUM(CAST(NULL AS DOUBLE))"), "DOUBLE")
    if not _numeric(value):
        raise refuse("a sum of what may be no number")
    return typed(_exact(node, said("CAST({x} AS DOUBLE)", x=value)), "DOUBLE")


def _framed(node: exp.Expression) -> bool:
    """Whether it is taken over a frame, or of some rows: then one aggregate must stay one."""
    return isinstance(node.parent, (exp.Window, exp.Filter))


def _exact(node: exp.Expression, value: exp.Expression) -> exp.Expression:
    if _framed(node):
        return said("SUM(CAST({x} AS DOUBLE))", x=value)
    near = f"CASE WHEN ABS({{x}}) < {_LARGEST} THEN CAST({{x}} AS DOUBLE) END"
    parts: list[str] = []
    for i, unit in enumerate(_UNITS):
        rest = near if i == 0 else f"({near} % {2.0 ** _UNITS[i - 1]!r}D)"
        parts.append(f"SUM(CAST({rest} / {2.0**unit!r}D AS BIGINT)) * {2.0**unit!r}D")
    whole = parts[-1]
    for part in reversed(parts[:-1]):
        whole = f"({whole} + {part})"
    most = "MAX(ABS({x}))"
    return said(
        f"CASE WHEN {most} < {_LARGEST} AND ({most} >= {_SMALLEST} OR {most} = 0) THEN {whole} "
        "ELSE SUM(CAST({x} AS DOUBLE)) END",
        x=value,
    )


def mean(node: exp.Expression) -> exp.Expression:
    value = node.this
    if isinstance(value, exp.Distinct) or not (_numeric(value) or _nothing(value)):
        raise refuse("a mean of different values, or of what may be no number")
    if _nothing(value):
        return typed(said("AVG(CAST(NULL AS DOUBLE))"), "DOUBLE")
    if _framed(node):
        return typed(said("AVG(CAST({x} AS DOUBLE))", x=value), "DOUBLE")
    summed = total(exp.Sum(this=value.copy()))
    made = said("CAST({s} AS DOUBLE) / NULLIF(COUNT({x}), 0)", s=summed, x=value)
    return typed(made, "DOUBLE")


def spread(node: exp.Expression) -> exp.Expression:
    """Deviations and variances, of doubles as DuckDB takes them."""
    if not _numeric(node.this):
        raise refuse("a deviation of what may be no number")
    node.set("this", said("CAST({x} AS DOUBLE)", x=node.this))
    return node


def correlation(node: exp.Expression) -> exp.Expression:
    return typed(
        said("CORR(CAST({a} AS DOUBLE), CAST({b} AS DOUBLE))", a=node.this, b=node.expression), "DOUBLE"
    )


def extreme(node: exp.Expression) -> exp.Expression:
    if node.expressions:
        raise refuse("the largest or smallest few")
    if _nothing(node.this):
        node.set("this", said("CAST(NULL AS STRING)"))
    return node


def chosen(node: exp.Expression) -> exp.Expression:
    """QUANTILE_DISC at fractions that are written out."""
    value, given = node.this, bare(node.expression)
    several = isinstance(given, exp.Array)
    fractions = [_fraction(part) for part in (given.expressions if several else [given])]
    if _framed(node) or isinstance(value, exp.Distinct):
        raise refuse("a quantile over a frame, or of different values")
    picked = [_at(value, fraction) for fraction in fractions]
    return call("ARRAY", *picked) if several else picked[0]


def _fraction(node: exp.Expression) -> str:
    numbers = [part for part in node.walk() if isinstance(part, exp.Literal)]
    if len(numbers) != 1 or any(isinstance(part, (exp.Column, exp.Neg)) for part in node.walk()):
        raise refuse("a quantile whose fraction is not written out")
    return str(numbers[0].this)


def _at(value: exp.Expression, fraction: str) -> exp.Expression:
    """By Spark's own selection where its doubles hold the values, else out of all of them in order."""
    kind = kind_of(value)
    if is_(value, *NARROW, "FLOAT", "DOUBLE"):
        to = {"TINYINT": "TINYINT", "UTINYINT": "SMALLINT", "SMALLINT": "SMALLINT", "FLOAT": "FLOAT", "REAL": "FLOAT",
              "DOUBLE": "DOUBLE"}.get(kind, "INT")  # fmt: skip
        share = exp.Literal.number(f"{float(fraction)!r}D" if "e" in repr(float(fraction)) else repr(float(fraction)))
        order = exp.Order(expressions=[exp.Ordered(this=value.copy(), nulls_first=True)])
        found = exp.WithinGroup(this=call("PERCENTILE_DISC", share), expression=order)
        return said(f"CAST({{x}} AS {to})", x=exp.Paren(this=found))
    if family(kind) in (Family.OTHER, Family.LIST, Family.UNKNOWN):
        raise refuse("a quantile of what may be no number")
    at = f"CAST(CEIL(COUNT({{x}}) * {float(fraction)!r}D) AS INT)"
    return said(f"GET(SORT_ARRAY(COLLECT_LIST({{x}})), GREATEST({at}, 1) - 1)", x=value)


def between(node: exp.Expression) -> exp.Expression:
    """MEDIAN and QUANTILE_CONT: between the two neighbouring values, of numbers as doubles."""
    value = node.this
    if _framed(node) or not is_(value, *NARROW, "BIGINT", "FLOAT", "DOUBLE"):
        raise refuse("a median or quantile of decimals, times or over a frame")
    fraction = "0.5" if isinstance(node, exp.Median) else _fraction(node.expression)
    return typed(said(f"PERCENTILE(CAST({{x}} AS DOUBLE), {float(fraction)!r})", x=value), "DOUBLE")


def bits(node: exp.Expression) -> exp.Expression:
    return typed(said("BIT_OR({x})", x=node.this), kind_of(node.this) or "BIGINT")


def filtered(node: exp.Expression) -> exp.Expression:
    if not isinstance(node.this, exp.AggFunc):
        raise refuse("FILTER of this aggregate")
    return node


def window(node: exp.Expression) -> exp.Expression:
    if node.arg_key == "windows":  # one with a name, which others refer to (alias)
        return node
    if node.args.get("first") or not isinstance(node.this, exp.Func):
        raise refuse(f"`{node.sql(dialect='duckdb')[:60]}`")
    if isinstance(node.this, exp.RowNumber) and not (node.args.get("order") or node.args.get("alias")):
        node.set("order", _any_order(node))
    return node


def _any_order(node: exp.Expression) -> exp.Expression:
    """An order for numbers that DuckDB gives in any: by all columns of the SELECT, so that only equal rows could change
    places when a lost worker's part is computed anew."""
    select = node.find_ancestor(exp.Select)
    items = [] if select is None else [item for item in select.expressions if not _holds(item, node)]
    columns = {part.sql(): part for item in items for part in item.find_all(exp.Column)}
    grouped = select is not None and (select.args.get("group") or select.args.get("distinct"))
    if grouped or not columns or any(isinstance(part, exp.Star) for part in items):
        raise refuse("row_number() without an order")
    return exp.Order(expressions=[exp.Ordered(this=part.copy(), nulls_first=True) for part in columns.values()])


def _holds(item: exp.Expression, node: exp.Expression) -> bool:
    return any(part is node for part in item.walk())


def frame(node: exp.Expression) -> exp.Expression:
    if str(node.args.get("kind") or "ROWS").upper() == "GROUPS" or node.args.get("exclude"):
        raise refuse("frames of groups")
    return node


def rules() -> dict[type[exp.Expression] | str, Rule]:
    return {
        exp.Sum: total,
        "FSUM": fsum,
        exp.Avg: mean,
        **dict.fromkeys((exp.Stddev, exp.StddevSamp, exp.StddevPop, exp.Variance, exp.VariancePop), spread),
        exp.Corr: correlation,
        exp.Min: extreme,
        exp.Max: extreme,
        exp.PercentileDisc: chosen,
        exp.PercentileCont: between,
        exp.Median: between,
        exp.BitwiseOrAgg: bits,
        exp.Filter: filtered,
        exp.Window: window,
        exp.WindowSpec: frame,
    }
