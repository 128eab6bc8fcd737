"""Aggregates, windows and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.dialects.postgresql_words import (
    INFINITY,
    MINUS_INFINITY,
    NUMBERS,
    is_float,
    number_of,
    of,
    ordered,
    refused,
)
from factcheck.evidence.engines.dialects.translate import Rule, family_of, is_kind

if TYPE_CHECKING:
    from sqlglot import exp

_SPREADS = {
    "Stddev": "STDDEV_SAMP", "StddevSamp": "STDDEV_SAMP", "StddevPop": "STDDEV_POP", "Variance": "VAR_SAMP",
    "VariancePop": "VAR_POP",
}  # fmt: skip
_STEP = 2**53
_SMALLEST = "CAST('7.888609052210118e-31' AS DOUBLE PRECISION)"  # 2^-100


def rules() -> dict[type[exp.Expression] | str, Rule]:
    from sqlglot import exp

    return {
        exp.CountIf: lambda node: of("COUNT(CASE WHEN {x} THEN 1 END)", "HUGEINT", x=node.this),
        exp.Sum: _total,
        "FSUM": _exact_total,
        exp.Avg: _mean,
        **{getattr(exp, name): _spread for name in _SPREADS},
        exp.LogicalOr: lambda node: of("BOOL_OR({x})", "BOOLEAN", x=node.this),
        exp.LogicalAnd: lambda node: of("BOOL_AND({x})", "BOOLEAN", x=node.this),
        exp.BitwiseOrAgg: _bits,
        exp.Median: lambda node: _between(node, "0.5"),
        exp.PercentileCont: lambda node: _between(node, str(node.expression)),
        exp.PercentileDisc: _chosen,
        exp.ArgMax: lambda node: _at_extreme(node, "DESC"),
        exp.ArgMin: lambda node: _at_extreme(node, "ASC"),
        exp.Array: lambda node: node,
        exp.Explode: _unnest,
        exp.Bracket: _element,
        "LIST_EXTRACT": _extracted,
        "LIST_POSITION": _position,
        "ARRAY_POSITION": _position,
    }


def _number(node: exp.Expression, what: str) -> exp.Expression:
    from sqlglot import exp

    if isinstance(node, exp.Distinct) or family_of(node) not in NUMBERS:
        raise refused(f"{what} of what may be no number")
    return of("CAST({x} AS DOUBLE PRECISION)", "DOUBLE", x=node) if is_float(node) else node


def _total(node: exp.Expression) -> exp.Expression:
    if not _is_nothing(node.this):
        node.set("this", _number(node.this, "sum"))
        return node
    return of("SUM(CAST({x} AS NUMERIC))", "HUGEINT", x=node.this)


def _is_nothing(node: exp.Expression) -> bool:
    return is_kind(node, "NULL")


def _exact_total(node: exp.Expression) -> exp.Expression:
    """The sum of floating-point numbers, exact before it is rounded once: in whatever order it is the same.

    Each is cut into its whole part and three stretches of 53 bits behind the point, which are summed as whole numbers.
    Of numbers beyond 2^62 or below 2^-100 the digits are summed that tell them apart.
    """
    x = _number(node.expressions[0], "fsum")
    usual = f"({{x}} = 0 OR (ABS({{x}}) >= {_SMALLEST} AND ABS({{x}}) < {2**62}))"
    finite = f"({{x}} > {MINUS_INFINITY} AND {{x}} < {INFINITY})"
    rest, places, sums = "({x} - TRUNC({x}))", 1, [f"SUM(CASE WHEN {usual} THEN CAST(TRUNC({{x}}) AS BIGINT) END)"]
    for _ in range(3):
        places *= _STEP
        sums.append(f"SUM(CASE WHEN {usual} THEN CAST(TRUNC({rest} * {_STEP}) AS BIGINT) END) * {_inverse(places)}")
        rest = f"({rest} * {_STEP} - TRUNC({rest} * {_STEP}))"
    sums.append(f"SUM(CASE WHEN {finite} AND NOT {usual} THEN CAST(CAST({{x}} AS TEXT) AS NUMERIC) END)")
    total = " + ".join(f"COALESCE({part}, 0)" for part in sums)
    return of(
        f"CASE WHEN BOOL_AND({finite}) THEN CAST({total} AS DOUBLE PRECISION) ELSE SUM({{x}}) END", "DOUBLE", x=x
    )


def _inverse(power: int) -> str:
    """One part in a power of two, which has a finite number of places."""
    from decimal import Context, Decimal

    return format(Context(prec=1000).divide(Decimal(1), Decimal(power)), "f")


def _mean(node: exp.Expression) -> exp.Expression:
    return of("CAST(AVG({x}) AS DOUBLE PRECISION)", "DOUBLE", x=_number(node.this, "avg"))


def _spread(node: exp.Expression) -> exp.Expression:
    name = _SPREADS[type(node).__name__]
    return of(f"CAST({name}({{x}}) AS DOUBLE PRECISION)", "DOUBLE", x=_number(node.this, name.lower()))


def _bits(node: exp.Expression) -> exp.Expression:
    if family_of(node.this) is not Family.INTEGER:
        raise refused("bit_or of what may be no whole number")
    return node


def _between(node: exp.Expression, fraction: str) -> exp.Expression:
    """Of decimals DuckDB rounds it to their places."""
    if family_of(node.this) not in (Family.INTEGER, Family.DOUBLE) or not _is_fraction(fraction):
        raise refused("a quantile of other than whole or floating-point numbers")
    return of(
        f"PERCENTILE_CONT({fraction}) WITHIN GROUP (ORDER BY CAST({{x}} AS DOUBLE PRECISION))", "DOUBLE", x=node.this
    )


def _is_fraction(text: str) -> bool:
    try:
        return 0 <= float(text) <= 1
    except ValueError:
        return False


def _chosen(node: exp.Expression) -> exp.Expression:
    made = of("PERCENTILE_DISC({f}) WITHIN GROUP (ORDER BY {x})", f=node.expression, x=ordered(node.this, "a quantile"))
    made.type = node.type
    return made


def _at_extreme(node: exp.Expression, order: str) -> exp.Expression:
    from sqlglot import exp

    if isinstance(node.parent, (exp.Window, exp.Filter)) or node.args.get("count") is not None:
        raise refused("arg_max and arg_min over a window, with a filter or of several")
    made = of(
        f"(ARRAY_AGG({{v}} ORDER BY {{by}} {order}) FILTER (WHERE {{v}} IS NOT NULL AND {{by}} IS NOT NULL))[1]",
        v=node.this, by=ordered(node.expression, "arg_max and arg_min"),
    )  # fmt: skip
    made.type = node.this.type
    return made


def _unnest(node: exp.Expression) -> exp.Expression:
    if family_of(node.this) is not Family.LIST:
        raise refused("unnest of what may be no list")
    return node


def _element(node: exp.Expression) -> exp.Expression:
    """list[n], of a number that is written out: one that is counted from the end is another one there."""
    from sqlglot import exp

    place = node.expressions[0] if len(node.expressions) == 1 else None
    if family_of(node.this) is not Family.LIST or not isinstance(place, exp.Literal) or place.is_string:
        raise refused("a member of a list whose place is not written out")
    return node


def _extracted(node: exp.Expression) -> exp.Expression:
    """By a code from 1, in a list that is written out; or at a place that is."""
    from sqlglot import exp

    listed, place = node.expressions
    written = isinstance(listed, exp.Cast) and isinstance(listed.this, (exp.Literal, exp.Array))
    if not written and not (family_of(listed) is Family.LIST and (number_of(place) or 0) > 0):
        raise refused("a member of a list that is not written out")
    made = exp.Bracket(this=exp.Paren(this=listed), expressions=[place], offset=1)
    made.type = node.type
    return made


def _position(node: exp.Expression) -> exp.Expression:
    """The place, from 1, of a value among some that are written out; NULL for any other."""
    from sqlglot import exp

    listed, value = node.expressions
    if not isinstance(listed, exp.Array) or is_float(value):
        raise refused("a place in a list that is not written out")
    return of("ARRAY_POSITION({l}, {x})", "INTEGER", l=listed, x=value)
