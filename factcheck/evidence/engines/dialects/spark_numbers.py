"""Numbers: literals, arithmetic and comparisons."""

from __future__ import annotations

import re
import uuid

from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.dialects.spark_words import (
    LONG,
    bare,
    is_,
    is_float,
    kind_of,
    refuse,
    said,
    typed,
    whole,
    written,
)
from factcheck.evidence.engines.dialects.translate import Rule, family_of

_NUMBER = re.compile(r"(\d*)(?:\.(\d*))?(?:[eE][+-]?\d+)?")
_NUMBERS = (Family.INTEGER, Family.DECIMAL, Family.DOUBLE)
_TIMES = (Family.DATE, Family.TIMESTAMP)
_MOST_DIGITS = 38
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}:\d{2}(?:[.]\d{1,6})?)?", re.ASCII)


def literal(node: exp.Expression) -> exp.Expression:
    """Whole numbers, decimals and doubles are written alike; a backslash in a text is doubled by the generator."""
    if isinstance(node, exp.Literal) and not node.is_string:
        found = _NUMBER.fullmatch(str(node.this))
        if found is None or ("e" not in str(node.this).lower() and len(found[1] + (found[2] or "")) > _MOST_DIGITS):
            raise refuse(f"the number {node.this}")
    return node


def _matched(node: exp.Expression) -> exp.Expression:
    """A 4-byte float makes such floats of what stands beside it, but for a double; Spark would make both doubles."""
    for side, other in (("this", "expression"), ("expression", "this")):
        if is_float(node.args[side]) and not is_(node.args[other], "FLOAT", "DOUBLE"):
            node.set(other, said("CAST({x} AS FLOAT)", x=node.args[other]))
    return node


def plus_minus(node: exp.Expression) -> exp.Expression:
    left, right = family_of(node.this), family_of(node.expression)
    minus = isinstance(node, exp.Sub)
    if Family.DATE in (left, right):
        return _of_dates(node, left, right, minus)
    if Family.INTERVAL in (left, right) or Family.TIMESTAMP in (left, right):
        return node
    _require_numbers(node, left, right)
    return _matched(node)


def _of_dates(node: exp.Expression, left: Family, right: Family, minus: bool) -> exp.Expression:
    if left is right is Family.DATE and minus:
        return said("CAST(DATEDIFF({a}, {b}) AS BIGINT)", a=node.this, b=node.expression)
    if left is Family.DATE and right is Family.INTEGER:
        days = said("-CAST({n} AS INT)" if minus else "CAST({n} AS INT)", n=node.expression)
        return said("DATE_ADD({a}, {n})", a=node.this, n=days)
    if left is Family.DATE and right is Family.INTERVAL:
        node.set("this", said("CAST({a} AS TIMESTAMP_NTZ)", a=node.this))
        return node
    if {left, right} == {Family.DATE, Family.TIMESTAMP} and minus:
        for side in ("this", "expression"):
            node.set(side, said("CAST({a} AS TIMESTAMP_NTZ)", a=node.args[side]))
        return node
    raise refuse(f"`{node.sql(dialect='duckdb')[:60]}`")


def _require_numbers(node: exp.Expression, *families: Family) -> None:
    if any(family not in (*_NUMBERS, Family.UNKNOWN) for family in families):
        raise refuse(f"`{node.sql(dialect='duckdb')[:60]}`")


def times(node: exp.Expression) -> exp.Expression:
    _require_numbers(node, family_of(node.this), family_of(node.expression))
    return _matched(node)


def divided(node: exp.Expression) -> exp.Expression:
    """A division is one of doubles, and by zero infinite."""
    _require_numbers(node, family_of(node.this), family_of(node.expression))
    a, b = (said("CAST({x} AS DOUBLE)", x=part) for part in (node.this, node.expression))
    if _never_zero(node.expression):
        return typed(said("{a} / {b}", a=a, b=b), "DOUBLE")
    endless = said(
        "CASE WHEN {b} <> 0 THEN {a} / {b} WHEN {b} IS NULL OR {a} IS NULL THEN NULL "
        "WHEN {a} = 0 OR {a} = DOUBLE('NaN') THEN DOUBLE('NaN') "
        "WHEN ({a} > 0) = (CAST({b} AS STRING) = '0.0') THEN DOUBLE('Infinity') ELSE DOUBLE('-Infinity') END",
        a=a, b=b,
    )  # fmt: skip
    return typed(endless, "DOUBLE")


def _never_zero(node: exp.Expression) -> bool:
    node = bare(node)
    if isinstance(node, exp.Neg):
        return _never_zero(node.this)
    if isinstance(node, exp.Literal):
        return not node.is_string and float(node.this) != 0
    return isinstance(node, exp.Nullif) and whole(node.expression) == 0


def divided_whole(node: exp.Expression) -> exp.Expression:
    """DIV of decimals would forget what does not fit 64 bits: without what remains they are divided as they are."""
    a, b = node.this, node.expression
    if family_of(a) is not Family.INTEGER or family_of(b) is not Family.INTEGER:
        raise refuse("// of what may be no whole numbers")
    if is_(a, *LONG) and is_(b, *LONG):
        return said("{a} DIV {b}", a=a, b=b)
    a, b = (said("CAST({x} AS DECIMAL(38, 0))", x=part) for part in (a, b))
    return said("CAST(({a} - {a} % {b}) / {b} AS DECIMAL(38, 0))", a=a, b=b)


def remainder(node: exp.Expression) -> exp.Expression:
    families = {family_of(node.this), family_of(node.expression)}
    if families - {Family.INTEGER, Family.DECIMAL}:
        raise refuse("% of what may be floating-point numbers")
    return node


_COMPARED = (Family.TEXT, Family.BOOLEAN, Family.TIME, Family.INTERVAL)


def compared(node: exp.Expression) -> exp.Expression:
    """Both sides must be of one kind: what one engine converts, the other may convert otherwise."""
    for side, other in (("this", "expression"), ("expression", "this")):
        node.set(side, as_time(node.args[side], node.args[other]))
    left, right = family_of(node.this), family_of(node.expression)
    if left in _NUMBERS and right in _NUMBERS:
        return _matched(node)
    if Family.UNKNOWN not in (left, right) and left is not right and not {left, right} <= set(_TIMES):
        raise refuse(f"`{node.sql(dialect='duckdb')[:60]}`")
    for side, other in (("this", "expression"), ("expression", "this")):
        if kind_of(node.args[side]) == "UUID":
            node.set(other, _uuid(node.args[other]))
    return node


def as_time(node: exp.Expression, other: exp.Expression) -> exp.Expression:
    """A text that is written out beside a time is one; with a time of day, beside a date, engines read it otherwise."""
    text, kind = written(bare(node)), family_of(other)
    if text is None or kind not in _TIMES or (kind is Family.DATE and len(text) > len("2018-04-10")):
        return node
    if not MOMENT.fullmatch(text):
        return node
    name = "DATE" if kind is Family.DATE else "TIMESTAMP"
    return typed(said(f"CAST({{x}} AS {'DATE' if name == 'DATE' else 'TIMESTAMP_NTZ'})", x=node), name)


def _uuid(node: exp.Expression) -> exp.Expression:
    """A UUID is text there, in its usual form."""
    text = written(node)
    if text is None:
        return node
    try:
        return exp.Literal.string(str(uuid.UUID(text)))
    except ValueError:
        raise refuse(f"a comparison of a UUID with '{text[:40]}'") from None


def between(node: exp.Expression) -> exp.Expression:
    for name in ("low", "high"):
        node.set(name, as_time(node.args[name], node.this))
    families = {family_of(node.args[name]) for name in ("this", "low", "high")} - {Family.UNKNOWN}
    if len(families) > 1 and not families <= set(_NUMBERS) and not families <= set(_TIMES):
        raise refuse(f"`{node.sql(dialect='duckdb')[:60]}`")
    if is_float(node.this) or is_float(node.args["low"]) or is_float(node.args["high"]):
        for name in ("this", "low", "high"):
            if not is_(node.args[name], "FLOAT", "DOUBLE"):
                node.set(name, said("CAST({x} AS FLOAT)", x=node.args[name]))
    if kind_of(node.this) == "UUID":
        raise refuse("BETWEEN of UUIDs")
    return node


def member(node: exp.Expression) -> exp.Expression:
    node.set("expressions", [as_time(value, node.this) for value in node.expressions])
    kinds = {family_of(value) for value in node.expressions} | {family_of(node.this)}
    kinds -= {Family.UNKNOWN, Family.NULL} if hasattr(Family, "NULL") else {Family.UNKNOWN}
    if len(kinds) > 1 and not kinds <= set(_NUMBERS) and not kinds <= set(_TIMES):
        raise refuse(f"`{node.sql(dialect='duckdb')[:60]}`")
    if kind_of(node.this) == "UUID":
        node.set("expressions", [_uuid(value) for value in node.expressions])
    if is_float(node.this) and not node.args.get("query"):
        node.set("expressions", [said("CAST({x} AS FLOAT)", x=value) for value in node.expressions])
    return node


def absolute(node: exp.Expression) -> exp.Expression:
    _require_numbers(node, family_of(node.this))
    return node


def sign(node: exp.Expression) -> exp.Expression:
    """That of NaN is 0."""
    made = "CASE WHEN {x} = DOUBLE('NaN') THEN 0 ELSE CAST(SIGN({x}) AS INT) END"
    made = made if family_of(node.this) is Family.DOUBLE else "CAST(SIGN({x}) AS INT)"
    return typed(said(made, x=node.this), "TINYINT")


def root(node: exp.Expression) -> exp.Expression:
    return typed(said("SQRT(CAST({x} AS DOUBLE))", x=node.this), "DOUBLE")


def rounded(node: exp.Expression) -> exp.Expression:
    """Doubles: x·10ⁿ to the nearest whole number, halves away from zero. Decimals are alike in both engines."""
    places = node.args.get("decimals")
    number = 0 if places is None else whole(places)
    if number is None or number < 0:
        raise refuse("round to a number of places that is not written out")
    kind = family_of(node.this)
    if kind is Family.INTEGER:
        same: exp.Expression = node.this
        return same
    if kind is Family.DECIMAL:
        return said(f"ROUND({{x}}, {number})", x=node.this)
    if kind is not Family.DOUBLE or is_float(node.this):
        raise refuse("round of what may be no double")
    power = f"1e{number}"
    return typed(
        said(
            f"CASE WHEN ABS({{x}} * {power}) < 4503599627370496 THEN SIGN({{x}}) * (FLOOR(ABS({{x}} * {power})) + "
            f"CASE WHEN ABS({{x}} * {power}) - FLOOR(ABS({{x}} * {power})) >= 0.5D THEN 1 ELSE 0 END) / {power} "
            "ELSE {x} END",
            x=node.this,
        ),
        "DOUBLE",
    )


def not_a_number(node: exp.Expression) -> exp.Expression:
    """Of NULL it is NULL; Spark's isnan says false."""
    return said("{x} = DOUBLE('NaN')", x=node.this)


def finite(node: exp.Expression) -> exp.Expression:
    (value,) = node.expressions
    if family_of(value) is Family.DOUBLE:
        return typed(said("ABS({x}) < DOUBLE('Infinity')", x=value), "BOOLEAN")  # NaN is above all numbers
    return typed(said("CASE WHEN {x} IS NOT NULL THEN TRUE END", x=value), "BOOLEAN")


def extreme(node: exp.Expression) -> exp.Expression:
    """greatest and least pass over NULL in both engines."""
    parts = [node.this, *node.expressions]
    if any(is_float(part) for part in parts):
        raise refuse("greatest or least of 4-byte floats")
    return node


def rules() -> dict[type[exp.Expression] | str, Rule]:
    comparisons = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ)
    return {
        exp.Literal: literal,
        exp.Neg: absolute,
        exp.Abs: absolute,
        exp.Add: plus_minus,
        exp.Sub: plus_minus,
        exp.Mul: times,
        exp.Div: divided,
        exp.IntDiv: divided_whole,
        exp.Mod: remainder,
        **dict.fromkeys(comparisons, compared),
        exp.Between: between,
        exp.In: member,
        exp.Sign: sign,
        exp.Sqrt: root,
        exp.Round: rounded,
        exp.IsNan: not_a_number,
        "ISFINITE": finite,
        exp.Greatest: extreme,
        exp.Least: extreme,
    }
