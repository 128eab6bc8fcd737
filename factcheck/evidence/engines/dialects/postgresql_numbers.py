"""Arithmetic. Whole numbers of more than 64 bits and decimals are `numeric` there, of any size and exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.dialects.postgresql_words import (
    INFINITY,
    MINUS_INFINITY,
    NAN,
    NUMBERS,
    double,
    is_float,
    number_of,
    of,
    refused,
)
from factcheck.evidence.engines.dialects.translate import Rule, family_of

if TYPE_CHECKING:
    from sqlglot import exp

_MOST_PLACES = 15
_NARROW = ("TINYINT", "UTINYINT", "SMALLINT", "USMALLINT", "INT", "UINT", "BIGINT")


def rules() -> dict[type[exp.Expression] | str, Rule]:
    from sqlglot import exp

    return {
        exp.Literal: _literal,
        **dict.fromkeys((exp.Add, exp.Sub, exp.Mul), _joined),
        exp.Div: _divided,
        exp.IntDiv: _whole_division,
        exp.Mod: _rest,
        exp.Neg: _signed,
        exp.Abs: _signed,
        exp.Round: _rounded,
        exp.Floor: _floor,
        exp.Ceil: _floor,
        exp.IsNan: lambda node: of(f"({{x}} = {NAN})", "BOOLEAN", x=_double(node.this)),
        exp.BitwiseAnd: _bits,
        exp.BitwiseOr: _bits,
    }


def _literal(node: exp.Expression) -> exp.Expression:
    if node.is_string:
        if "\0" in str(node.this):
            raise refused("a text with the character of number 0")
        return node
    # Here a number with an exponent is a floating-point one; there it would be exact.
    return of(f"CAST('{node.this}' AS DOUBLE PRECISION)", "DOUBLE") if "e" in str(node.this).lower() else node


def _joined(node: exp.Expression) -> exp.Expression:
    from sqlglot import exp

    left, right = family_of(node.this), family_of(node.expression)
    if left is Family.DATE and right is Family.INTEGER and not isinstance(node, exp.Mul):
        node.set("expression", of("CAST({x} AS INTEGER)", "INTEGER", x=node.expression))
        return node
    if left in NUMBERS and right in NUMBERS and (is_float(node.this) or is_float(node.expression)):
        raise refused("arithmetic with numbers of 4 bytes")
    if left is Family.TEXT or right is Family.TEXT or Family.BOOLEAN in (left, right):
        raise refused("arithmetic with texts or conditions")
    return node


def _divided(node: exp.Expression) -> exp.Expression:
    """Always of floating-point numbers. By zero it is infinite, or no number where zero is divided."""
    from sqlglot import exp

    left, right = _double(node.this), _double(node.expression)
    inner = node.expression
    while isinstance(inner, exp.Paren):
        inner = inner.this
    known = isinstance(inner, exp.Nullif) and number_of(inner.expression) == 0
    if known or (isinstance(inner, exp.Literal) and float(inner.this) != 0):
        return of("{a} / {b}", "DOUBLE", a=left, b=right)
    by_zero = (
        f"CASE WHEN {{a}} = 0 OR {{a}} = {NAN} THEN {NAN} "
        f"WHEN ({{a}} > 0) = (CAST({{b}} AS TEXT) = '0') THEN {INFINITY} "
        f"WHEN {{a}} IS NOT NULL THEN {MINUS_INFINITY} END"
    )
    return of(f"CASE WHEN {{b}} <> 0 THEN {{a}} / {{b}} WHEN {{b}} = 0 THEN {by_zero} END", "DOUBLE", a=left, b=right)


def _double(node: exp.Expression) -> exp.Expression:
    return of("CAST({x} AS DOUBLE PRECISION)", "DOUBLE", x=node)


def _whole(node: exp.Expression) -> None:
    if family_of(node) not in (Family.INTEGER, Family.NULL):
        raise refused("a division without rest of what may be no whole number")


def _whole_division(node: exp.Expression) -> exp.Expression:
    """Cut towards zero. Whether a number is `numeric` there cannot always be told: this is right for either."""
    _whole(node.this)
    _whole(node.expression)
    kind = node.type.sql(dialect="duckdb") if node.type is not None else "BIGINT"
    if _surely_narrow(node.this):
        return of("{a} / {b}", kind, a=node.this, b=node.expression)
    return of("({a} - {a} % {b}) / {b}", kind, a=node.this, b=node.expression)


def _surely_narrow(node: exp.Expression) -> bool:
    from sqlglot import exp

    if isinstance(node, exp.Paren):
        return _surely_narrow(node.this)
    if isinstance(node, (exp.Add, exp.Sub, exp.Mul)):
        return _surely_narrow(node.this) and _surely_narrow(node.expression)
    if isinstance(node, exp.Cast):
        return node.to.this.name in _NARROW
    return isinstance(node, exp.Literal) and len(str(node.this)) < 19


def _rest(node: exp.Expression) -> exp.Expression:
    if not {family_of(node.this), family_of(node.expression)} <= {Family.INTEGER, Family.DECIMAL, Family.NULL}:
        raise refused("the rest of a division of floating-point numbers")
    return node


def _signed(node: exp.Expression) -> exp.Expression:
    if family_of(node.this) not in (*NUMBERS, Family.INTERVAL, Family.NULL):
        raise refused("the sign of what may be no number")
    return node


def _rounded(node: exp.Expression) -> exp.Expression:
    """Halves away from zero; of floating-point numbers they would go to the even neighbour there."""
    family, places = family_of(node.this), node.args.get("decimals")
    number = 0 if places is None else number_of(places)
    if number is None or not 0 <= number <= 18 or node.args.get("truncate"):
        raise refused("round to places that are not written out")
    x: exp.Expression = node.this
    if family is Family.INTEGER:
        return x
    if family is Family.DECIMAL:
        made = of(f"ROUND({{x}}, {number})", x=node.this)
        made.type = node.type
        return made
    if family is not Family.DOUBLE or number > _MOST_PLACES:
        raise refused("round of what may be no number")
    x = _double(x)
    if not number:
        return away_from_zero(x)
    power = double(f"1e{number}")
    scaled = away_from_zero(of(f"({{x}} * {power})", "DOUBLE", x=x))
    return of(f"CASE WHEN ABS({{x}}) < {double('1e290')} THEN {{s}} / {power} ELSE {{x}} END", "DOUBLE", x=x, s=scaled)


def away_from_zero(x: exp.Expression) -> exp.Expression:
    """A floating-point number rounded to a whole one; what is cut off is exact, so that no sum is rounded before."""
    is_half = f"ABS({{x}} - TRUNC({{x}})) >= {double('0.5')} AND ABS({{x}}) < {double('1e16')}"
    return of(f"(TRUNC({{x}}) + CASE WHEN {is_half} THEN SIGN({{x}}) ELSE {double('-0')} END)", "DOUBLE", x=x)


def _floor(node: exp.Expression) -> exp.Expression:
    x: exp.Expression = node.this
    if family_of(x) is Family.INTEGER:
        return x
    if family_of(x) not in NUMBERS or node.args.get("decimals") is not None:
        raise refused("floor of what may be no number")
    return node


def _bits(node: exp.Expression) -> exp.Expression:
    _whole(node.this)
    _whole(node.expression)
    return node
