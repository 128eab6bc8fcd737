"""Times on a clock: columns hold naive UTC, people mean the clock of the claim's time zone.

The calendar parts of a time (its date, year, hour, the day that it is cut to) are those of the clock that literals are
read on, so that `created_at::date = '2018-04-10'` and `created_at >= '2018-04-10' and created_at < '2018-04-11'` agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions.parse import fail
from factcheck.evidence.expressions.scope import ExpressionError, did_you_mean
from factcheck.evidence.expressions.typed import Typed, cast, operand, text
from factcheck.evidence.expressions.values import time_like, timezone

if TYPE_CHECKING:
    from factcheck.evidence.expressions.binder import Binder

TRUNCATIONS = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
PARTS = (*TRUNCATIONS, "dow", "isodow", "doy")
DIFFERENCES = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
INTERVALS = ("second", "minute", "hour", "day", "week", "month", "year")
_CALENDAR = ("day", "week", "month", "quarter", "year")
FORMATS = frozenset("YmdHMSjyBbAaIpwuVG%")


def to_clock(tree: exp.Expression, zone: str) -> exp.Expression:
    """A naive UTC timestamp as what the clock of `zone` shows."""
    return tree if zone == "UTC" else _shift(tree, "UTC", zone)


def from_clock(tree: exp.Expression, zone: str) -> exp.Expression:
    """What the clock of `zone` shows as a naive UTC timestamp."""
    return tree if zone == "UTC" else _shift(tree, zone, "UTC")


def _shift(tree: exp.Expression, first: str, second: str) -> exp.Expression:
    aware = exp.AtTimeZone(this=operand(tree), zone=text(timezone(first).key))
    return exp.Paren(this=exp.AtTimeZone(this=aware, zone=text(timezone(second).key)))


def on_clock(part: Typed, zone: str) -> exp.Expression:
    """The tree of a time as its clock shows it; a date is on no clock."""
    return part.tree if part.family is Family.DATE else to_clock(moment(part), zone)


def moment(part: Typed) -> exp.Expression:
    """The tree of a time; a column that holds nothing has no type that says so by itself."""
    return cast(part.tree, "TIMESTAMP") if part.unknown else part.tree


def date_as_timestamp(part: Typed, zone: str) -> Typed:
    """A date as the UTC moment at which it begins on the clock of `zone`."""
    return part.make(from_clock(cast(part.tree, "TIMESTAMP"), zone), Family.TIMESTAMP)


def day(part: Typed, zone: str) -> exp.Expression:
    """The date of a time on the clock of `zone`."""
    return part.tree if part.family is Family.DATE else cast(to_clock(part.tree, zone), "DATE")


def require(node: exp.Expression, part: Typed, what: str) -> None:
    if not (part.is_time or part.unknown):
        raise fail(node, f"{what} needs a date or time, not {part.family}", "", "type")


def unit_of(node: exp.Expression, name: str, allowed: tuple[str, ...]) -> str:
    unit = name.lower().rstrip("s") if name.lower() not in allowed else name.lower()
    if unit not in allowed:
        hint = did_you_mean(unit, allowed) or f"one of {', '.join(allowed)}"
        raise fail(node, f"unknown unit '{name}'", hint, "unit")
    return unit


def part_of(binder: Binder, node: exp.Expression, source: exp.Expression, unit: str) -> Typed:
    """A number such as the year or the hour of a time."""
    found = binder.bind(source)
    require(source, found, unit)
    unit = unit_of(node, unit, PARTS)
    if found.family is Family.DATE and unit in ("second", "minute", "hour"):
        raise fail(source, f"a date has no {unit}", code="type")
    tree = exp.Extract(this=exp.Var(this=unit.upper()), expression=on_clock(found, binder.clock(found)))
    return found.make(tree, Family.INTEGER)


def extract(binder: Binder, node: exp.Expression) -> Typed:
    return part_of(binder, node, node.expression, str(node.this.name))


def date_part(binder: Binder, node: exp.Expression) -> Typed:
    """date_part('year', time)"""
    unit, source = node.expressions
    if not (isinstance(unit, exp.Literal) and unit.is_string):
        raise fail(node, "the unit is written as text", "date_part('year', created_at)", "unit")
    return part_of(binder, node, source, str(unit.this))


def single_part(binder: Binder, node: exp.Expression) -> Typed:
    """year(time), month(time), day(time), hour(time)"""
    return part_of(binder, node, node.this, type(node).__name__.lower())


def cut(part: Typed, unit: str, zone: str) -> exp.Expression:
    """The time cut down to its hour, day, … on the clock of `zone`, as that clock shows it (a timestamp)."""
    return exp.TimestampTrunc(this=on_clock(part, zone), unit=exp.Var(this=unit.upper()))


def truncation(binder: Binder, node: exp.Expression) -> Typed:
    """date_trunc('day', time): a date of a date, else the UTC moment at which the local day begins."""
    found = binder.bind(node.this)
    require(node.this, found, "date_trunc")
    zone, unit = binder.clock(found), unit_of(node, node.args["unit"].name, TRUNCATIONS)
    if found.family is Family.DATE:
        if unit not in _CALENDAR:
            raise fail(node, f"a date has no {unit}", code="type")
        return found.make(cast(cut(found, unit, zone), "DATE"), Family.DATE)
    return found.make(from_clock(cut(found, unit, zone), zone), Family.TIMESTAMP)


def difference(binder: Binder, node: exp.Expression) -> Typed:
    """date_diff('day', a, b): how many starts of a day (hour, …) lie between a and b on the clock."""
    unit = unit_of(node, node.args["unit"].name if node.args.get("unit") else "day", DIFFERENCES)
    end, start = binder.bind(node.this), binder.bind(node.expression)
    return between(binder.clock(start, end), unit, start, end)


def between(zone: str, unit: str, start: Typed, end: Typed) -> Typed:
    """date_diff over bound times; texts among them are read as literals."""
    clock = Typed(exp.Null(), Family.TIMESTAMP, zone=zone)
    start, end = (time_like(p.written_time, clock, zone) if p.written_time is not None else p for p in (start, end))
    for part in (start, end):
        if not (part.is_time or part.unknown):
            raise ExpressionError(f"dates or times are needed here, not {part.family}", code="type")
    if unit in _CALENDAR:
        trees = [_day_or_same(part, zone) for part in (end, start)]
    else:
        trees = [moment(date_as_timestamp(p, zone) if p.family is Family.DATE else p) for p in (end, start)]
    tree = exp.DateDiff(this=trees[0], expression=trees[1], unit=exp.Var(this=unit.upper()), date_part_boundary=True)
    return start.make(tree, Family.INTEGER, end)


def _day_or_same(part: Typed, zone: str) -> exp.Expression:
    return moment(part) if part.unknown else day(part, zone)


def shown(binder: Binder, node: exp.Expression) -> Typed:
    """strftime(time, '%Y-%m') with the letters that engines share."""
    found, layout = binder.bind(node.this), node.args["format"]
    require(node.this, found, "strftime")
    if not (isinstance(layout, exp.Literal) and layout.is_string):
        raise fail(node, "the format is written as text", "strftime(created_at, '%Y-%m')", "format")
    source = str(layout.this)
    letters = [b for a, b in zip(source, source[1:] + " ", strict=False) if a == "%"]
    if wrong := [letter for letter in letters if letter not in FORMATS]:
        raise fail(layout, f"unknown format '%{wrong[0]}'", "for instance '%Y-%m-%d %H:%M:%S'", "format")
    tree = exp.TimeToStr(this=on_clock(found, binder.clock(found)), format=text(source))
    return found.make(tree, Family.TEXT)


def interval(_: Binder, node: exp.Expression) -> Typed:
    """interval '7 days', interval 1 hour"""
    amount, unit = node.args.get("this"), node.args.get("unit")
    written = str(amount.this) if isinstance(amount, exp.Literal) else ""
    if not written.isdigit() or len(written) > 6 or unit is None:
        raise ExpressionError("an interval is written interval '7 days'", code="interval")
    name = unit_of(node, str(unit.name), INTERVALS)
    tree = exp.Interval(this=text(str(int(written))), unit=exp.Var(this=name.upper()))
    return Typed(tree, Family.INTERVAL)
