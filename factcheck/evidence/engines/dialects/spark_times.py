"""Times, which columns there hold as clocks without a zone (TIMESTAMP_NTZ)."""

from __future__ import annotations

from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.dialects.spark_words import bare, refuse, said, typed, written
from factcheck.evidence.engines.dialects.translate import Rule, family_of

_MICROS = {"MICROSECOND": 1, "MILLISECOND": 1_000, "SECOND": 10**6, "MINUTE": 60 * 10**6, "HOUR": 3_600 * 10**6}
_PARTS = {
    "YEAR": "YEAR({x})", "QUARTER": "QUARTER({x})", "MONTH": "MONTH({x})", "DAY": "DAY({x})", "HOUR": "HOUR({x})",
    "MINUTE": "MINUTE({x})", "SECOND": "SECOND({x})", "WEEK": "WEEKOFYEAR({x})", "DOY": "DAYOFYEAR({x})",
    "DOW": "(DAYOFWEEK({x}) - 1)", "ISODOW": "(WEEKDAY({x}) + 1)",
    "DAYOFWEEK": "(DAYOFWEEK({x}) - 1)", "DAYOFWEEKISO": "(WEEKDAY({x}) + 1)", "DAYOFYEAR": "DAYOFYEAR({x})",
}  # fmt: skip
_CUTS = ("SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR")
# The letters of strftime as SQL; what stands between them is put in as it is.
_LETTERS = {
    "Y": "'yyyy'", "m": "'MM'", "d": "'dd'", "H": "'HH'", "M": "'mm'", "S": "'ss'", "j": "'DDD'", "y": "'yy'",
    "B": "'MMMM'", "b": "'MMM'", "A": "'EEEE'", "a": "'EEE'", "I": "'hh'", "p": "'a'",
}  # fmt: skip
_COUNTED = {
    "w": "CAST(DAYOFWEEK({x}) - 1 AS STRING)", "u": "CAST(WEEKDAY({x}) + 1 AS STRING)",
    "V": "LPAD(CAST(WEEKOFYEAR({x}) AS STRING), 2, '0')",
    "G": "LPAD(CAST(EXTRACT(YEAROFWEEK FROM {x}) AS STRING), 4, '0')",
}  # fmt: skip
_DAYS = ("DAY", "WEEK", "MONTH", "QUARTER", "YEAR")


def _unit(node: exp.Expression, name: str = "unit") -> str:
    return str(node.args[name].name).upper()


def _require_time(node: exp.Expression) -> None:
    if family_of(node) not in (Family.DATE, Family.TIMESTAMP):
        raise refuse("a function of times, of what may be no time,")


def micros(node: exp.Expression) -> exp.Expression:
    (value,) = node.expressions
    _require_time(value)
    return typed(_micros(value), "BIGINT")


def _micros(value: exp.Expression) -> exp.Expression:
    return said("UNIX_MICROS(CAST({x} AS TIMESTAMP))", x=value)


def part(node: exp.Expression) -> exp.Expression:
    return _part(node.expression, _unit(node, "this"))


def single(node: exp.Expression) -> exp.Expression:
    return _part(node.this, type(node).__name__.upper())


def _part(value: exp.Expression, unit: str) -> exp.Expression:
    _require_time(value)
    if unit not in _PARTS:
        raise refuse(f"extract({unit.lower()} from …)")
    return typed(said(f"CAST({_PARTS[unit]} AS BIGINT)", x=value), "BIGINT")


def cut(node: exp.Expression) -> exp.Expression:
    _require_time(node.this)
    unit = _unit(node)
    if unit not in _CUTS:
        raise refuse(f"date_trunc('{unit.lower()}', …)")
    made = said(f"CAST(DATE_TRUNC('{unit}', {{x}}) AS TIMESTAMP_NTZ)", x=node.this)
    made.meta["cut"] = unit
    return typed(made, "TIMESTAMP")


def difference(node: exp.Expression) -> exp.Expression:
    """How many starts of a unit lie between two times."""
    end, start, unit = node.this, node.expression, _unit(node)
    for value in (end, start):
        _require_time(value)
    if unit in _MICROS:
        step = _MICROS[unit]
        ends = [_floored(_micros(value), step) for value in (end, start)]
        return typed(said("{a} - {b}", a=ends[0], b=ends[1]), "BIGINT")
    days = all(family_of(value) is Family.DATE or value.meta.get("cut") == "WEEK" for value in (end, start))
    if unit not in _DAYS or (unit == "WEEK" and not days):
        raise refuse(f"date_diff('{unit.lower()}', …)")
    made = {
        "DAY": "DATEDIFF({a}, {b})",
        "WEEK": "DATEDIFF({a}, {b}) DIV 7",  # DuckDB counts whole weeks, not their beginnings
        "MONTH": "(YEAR({a}) - YEAR({b})) * 12 + MONTH({a}) - MONTH({b})",
        "QUARTER": "(YEAR({a}) - YEAR({b})) * 4 + QUARTER({a}) - QUARTER({b})",
        "YEAR": "YEAR({a}) - YEAR({b})",
    }[unit]
    return typed(said(f"CAST({made} AS BIGINT)", a=end, b=start), "BIGINT")


def _floored(micros: exp.Expression, step: int) -> exp.Expression:
    """Whole steps since 1970, downward before it."""
    return micros if step == 1 else said(f"({{x}} - PMOD({{x}}, {step})) DIV {step}", x=micros)


def zoned(node: exp.Expression) -> exp.Expression:
    """x AT TIME ZONE a AT TIME ZONE b: what the clock of b shows when that of a shows x."""
    if _is_outer(node):
        inner = bare(node.this)
        zones = written(inner.args["zone"]), written(node.args["zone"])
        if None in zones or family_of(inner.this) not in (Family.TIMESTAMP, Family.DATE):
            raise refuse("a time zone that is not written out")
        return typed(_shifted(inner.this, str(zones[0]), str(zones[1])), "TIMESTAMP")
    outer = node.parent
    while isinstance(outer, exp.Paren):
        outer = outer.parent
    if not isinstance(outer, exp.AtTimeZone):
        raise refuse("times with a time zone")
    return node


def _is_outer(node: exp.Expression) -> bool:
    return isinstance(bare(node.this), exp.AtTimeZone)


def _shifted(value: exp.Expression, first: str, second: str) -> exp.Expression:
    value = said("CAST({x} AS TIMESTAMP_NTZ)", x=value) if family_of(value) is Family.DATE else value
    parts = {"x": value, "a": exp.Literal.string(first), "b": exp.Literal.string(second)}
    if first == "UTC":
        return said("CONVERT_TIMEZONE({a}, {b}, {x})", **parts)
    # An hour that a clock shows twice is its second time in DuckDB, and its first in Spark.
    later = "CONVERT_TIMEZONE({a}, {b}, {x} + INTERVAL '1' DAY) - INTERVAL '1' DAY"
    if second != "UTC":
        raise refuse(f"a change from the clock of {first} to that of {second}")
    return said(
        f"CASE WHEN CONVERT_TIMEZONE('UTC', {{a}}, {later}) = {{x}} THEN {later} "
        "ELSE CONVERT_TIMEZONE({a}, {b}, {x}) END",
        **parts,
    )


def interval(node: exp.Expression) -> exp.Expression:
    unit = _unit(node)
    if unit not in ("SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "YEAR") or node.this is None:
        raise refuse(f"`{node.sql(dialect='duckdb')[:60]}`")
    return node


def shown(node: exp.Expression) -> exp.Expression:
    """strftime, letter by letter."""
    _require_time(node.this)
    layout = written(node.args["format"])
    if layout is None:
        raise refuse("strftime with a format that is not written out")
    parts: list[exp.Expression] = []
    at = 0
    while at < len(layout):
        mark = layout[at]
        if mark == "%" and at + 1 < len(layout):
            parts.append(_letter(node.this, layout[at + 1]))
            at += 2
        else:
            parts.append(exp.Literal.string(mark))
            at += 1
    joined = exp.Anonymous(this="CONCAT", expressions=parts or [exp.Literal.string("")])
    return typed(said("CASE WHEN {x} IS NOT NULL THEN {t} END", x=node.this, t=joined), "VARCHAR")


def _letter(value: exp.Expression, letter: str) -> exp.Expression:
    if letter == "%":
        return exp.Literal.string("%")
    if letter in _COUNTED:
        return said(_COUNTED[letter], x=value)
    if letter not in _LETTERS:
        raise refuse(f"strftime with %{letter}")
    moment = said("CAST({x} AS TIMESTAMP)", x=value)
    return exp.Anonymous(this="DATE_FORMAT", expressions=[moment, exp.Literal.string(_LETTERS[letter].strip("'"))])


def rules() -> dict[type[exp.Expression] | str, Rule]:
    return {
        "EPOCH_US": micros,
        exp.Extract: part,
        **dict.fromkeys((exp.Year, exp.Month, exp.Day, exp.Hour, exp.Quarter), single),
        exp.TimestampTrunc: cut,
        exp.DateTrunc: cut,
        exp.DateDiff: difference,
        exp.AtTimeZone: zoned,
        exp.Interval: interval,
        exp.TimeToStr: shown,
        exp.Var: lambda node: node,
    }
