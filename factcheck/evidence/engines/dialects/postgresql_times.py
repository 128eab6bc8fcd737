"""Dates and times. Timestamps are naive on both sides, and the session there is in UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.dialects.postgresql_words import INFINITY, MINUS_INFINITY, NUMBERS, TIMES, of, refused
from factcheck.evidence.engines.dialects.translate import Rule, family_of

if TYPE_CHECKING:
    from sqlglot import exp

_PARTS = ("second", "minute", "hour", "day", "week", "month", "quarter", "year", "dow", "isodow", "doy")
_SPOKEN = {"dayofweek": "dow", "dayofweekiso": "isodow", "dayofyear": "doy", "weekofyear": "week"}
_TRUNCATIONS = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
_MICROSECONDS = {"second": 1_000_000, "minute": 60_000_000, "hour": 3_600_000_000}
# The year before 1 is 0 here, and −1 there.
_YEAR = "(EXTRACT(YEAR FROM {x}) + CASE WHEN {x} < DATE '0001-01-01' THEN 1 ELSE 0 END)"
_CLOCK = "(CAST(EXTRACT(EPOCH FROM {x}) * 1000000 AS BIGINT))"
# DuckDB's letters as to_char has them; a year of four digits is told apart where it is written.
_FORMATS = {
    "Y": "TO_CHAR({x}, 'YYYY')", "m": "TO_CHAR({x}, 'MM')", "d": "TO_CHAR({x}, 'DD')", "H": "TO_CHAR({x}, 'HH24')",
    "M": "TO_CHAR({x}, 'MI')", "S": "TO_CHAR({x}, 'SS')", "j": "TO_CHAR({x}, 'DDD')", "y": "TO_CHAR({x}, 'YY')",
    "B": "TO_CHAR({x}, 'FMMonth')", "b": "TO_CHAR({x}, 'Mon')", "A": "TO_CHAR({x}, 'FMDay')", "a": "TO_CHAR({x}, 'Dy')",
    "I": "TO_CHAR({x}, 'HH12')", "p": "TO_CHAR({x}, 'AM')", "w": "CAST(CAST(EXTRACT(DOW FROM {x}) AS INTEGER) AS TEXT)",
    "u": "TO_CHAR({x}, 'ID')", "V": "TO_CHAR({x}, 'IW')", "G": "TO_CHAR({x}, 'IYYY')",
}  # fmt: skip


def rules() -> dict[type[exp.Expression] | str, Rule]:
    from sqlglot import exp

    return {
        "EPOCH_US": lambda node: _microseconds(node.expressions[0]),
        "ISFINITE": lambda node: _finite(node.expressions[0]),
        exp.Extract: _part,
        exp.TimestampTrunc: _cut,
        exp.DateTrunc: _cut,
        exp.DateDiff: _difference,
        exp.AtTimeZone: _at_zone,
        exp.Interval: _interval,
        exp.TimeToStr: _shown,
    }


def _time(node: exp.Expression, what: str) -> exp.Expression:
    if family_of(node) not in TIMES:
        raise refused(f"{what} of what may be no date or time")
    return node


def _timestamp(node: exp.Expression) -> exp.Expression:
    return node if family_of(node) is Family.TIMESTAMP else of("CAST({x} AS TIMESTAMP)", "TIMESTAMP", x=node)


def _microseconds(node: exp.Expression) -> exp.Expression:
    return of(_CLOCK, "BIGINT", x=_timestamp(_time(node, "epoch_us")))


def _finite(node: exp.Expression) -> exp.Expression:
    if family_of(node) in TIMES:
        return of("ISFINITE({x})", "BOOLEAN", x=node)
    if family_of(node) in NUMBERS:
        # NaN is larger than infinity there.
        return of(f"({{x}} > {MINUS_INFINITY} AND {{x}} < {INFINITY})", "BOOLEAN", x=node)
    raise refused("isfinite of what may be no number and no time")


def _part(node: exp.Expression) -> exp.Expression:
    unit, x = node.name.lower(), _time(node.expression, "extract")
    unit = _SPOKEN.get(unit, unit)
    if unit not in _PARTS:
        raise refused(f"extract({unit} from …)")
    value = f"EXTRACT({unit.upper()} FROM {{x}})"
    if unit == "second":
        value = f"FLOOR({value})"
    if unit == "year":
        value = _YEAR
    return of(f"CASE WHEN ISFINITE({{x}}) THEN CAST({value} AS BIGINT) END", "BIGINT", x=x)


def _unit(node: exp.Expression) -> str:
    unit = node.args.get("unit")
    return str(unit.name).lower() if unit is not None else ""


def _cut(node: exp.Expression) -> exp.Expression:
    unit = _unit(node)
    if unit not in _TRUNCATIONS:
        raise refused(f"date_trunc('{unit}')")
    made = of(f"DATE_TRUNC('{unit}', {{x}})", "TIMESTAMP", x=_timestamp(_time(node.this, "date_trunc")))
    made.meta["begins"] = unit
    return made


def _difference(node: exp.Expression) -> exp.Expression:
    """How many starts of the unit lie between; of weeks, how many times seven days."""
    unit, end, start = _unit(node), _time(node.this, "date_diff"), _time(node.expression, "date_diff")
    whole = unit == "week" and end.meta.get("begins") == start.meta.get("begins") == "week"
    found = _days_apart(unit) if whole or family_of(end) is family_of(start) is Family.DATE else None
    if found is None:
        found = _moments_apart(unit)
        end, start = _timestamp(end), _timestamp(start)
    return of(f"CASE WHEN ISFINITE({{a}}) AND ISFINITE({{b}}) THEN {found} END", "BIGINT", a=start, b=end)


def _days_apart(unit: str) -> str | None:
    if unit == "day":
        return "CAST({b} - {a} AS BIGINT)"
    return "CAST((CAST({b} AS DATE) - CAST({a} AS DATE)) / 7 AS BIGINT)" if unit == "week" else None


def _moments_apart(unit: str) -> str:
    a, b = _CLOCK.replace("{x}", "{a}"), _CLOCK.replace("{x}", "{b}")
    if unit == "microsecond":
        return f"({b} - {a})"
    if unit in _MICROSECONDS:
        cut = [_CLOCK.replace("{x}", f"DATE_TRUNC('{unit}', {{{side}}})") for side in "ab"]
        return f"(({cut[1]} - {cut[0]}) / {_MICROSECONDS[unit]})"
    if unit == "day":
        return "CAST(CAST({b} AS DATE) - CAST({a} AS DATE) AS BIGINT)"
    years = f"({_YEAR.replace('{x}', '{b}')} - {_YEAR.replace('{x}', '{a}')})"
    if unit == "year":
        return f"CAST({years} AS BIGINT)"
    if unit in ("month", "quarter"):
        part, number = unit.upper(), 12 if unit == "month" else 4
        return f"CAST({years} * {number} + EXTRACT({part} FROM {{b}}) - EXTRACT({part} FROM {{a}}) AS BIGINT)"
    raise refused(f"date_diff('{unit}') of times")


def _at_zone(node: exp.Expression) -> exp.Expression:
    from sqlglot import exp

    if not (isinstance(node.args["zone"], exp.Literal) and node.args["zone"].is_string):
        raise refused("a time zone that is not written out")
    inner = node.this
    while isinstance(inner, exp.Paren):
        inner = inner.this
    # Between the two of a pair there is a time with a zone, which the tree has no type for.
    if not isinstance(inner, exp.AtTimeZone) and family_of(inner) is not Family.TIMESTAMP:
        raise refused("at time zone of what may be no time")
    return node


def _interval(node: exp.Expression) -> exp.Expression:
    from sqlglot import exp

    if not isinstance(node.this, exp.Literal) or _unit(node) not in (*_TRUNCATIONS, "microsecond", "millisecond"):
        raise refused("an interval that is not written out")
    return node


def _shown(node: exp.Expression) -> exp.Expression:
    layout, x = str(node.args["format"].this), _timestamp(_time(node.this, "strftime"))
    pieces, rest = list[str](), ""
    at = 0
    while at < len(layout):
        if layout[at] == "%" and at + 1 < len(layout):
            letter = layout[at + 1]
            if letter != "%" and letter not in _FORMATS:
                raise refused(f"strftime with %{letter}")
            if letter == "%":
                rest += "%"
            else:
                pieces += [_quoted(rest)] * bool(rest) + [_FORMATS[letter]]
                rest = ""
            at += 2
        else:
            rest += layout[at]
            at += 1
    pieces += [_quoted(rest)] * bool(rest)
    shown = " || ".join(pieces) or "''"
    # Years of other than four digits are written differently.
    told = "'PostgreSQL may not write this as DuckDB does: ' || CAST({x} AS TEXT)"
    usual = "{x} >= TIMESTAMP '0001-01-01' AND {x} < TIMESTAMP '10000-01-01'"
    return of(
        f"CASE WHEN {usual} THEN {shown} WHEN {{x}} IS NOT NULL THEN CAST(CAST({told} AS INTEGER) AS TEXT) END "
        'COLLATE "C"',
        "VARCHAR", x=x,
    )  # fmt: skip


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''").replace("{", "{{").replace("}", "}}") + "'"
