"""Bound expressions made from bound expressions, and what can be read off one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import compare, params, times
from factcheck.evidence.expressions.binder import Binder
from factcheck.evidence.expressions.binding import bound
from factcheck.evidence.expressions.bound import Bound
from factcheck.evidence.expressions.bounds import joined_by_and
from factcheck.evidence.expressions.columns import DatasetNames
from factcheck.evidence.expressions.helpers import hour_on_clock
from factcheck.evidence.expressions.logic import joined
from factcheck.evidence.expressions.scope import ExpressionError, Scope
from factcheck.evidence.expressions.typed import Typed, boolean, cast, negate, number, operand
from factcheck.evidence.expressions.values import timezone as zone_named


def _typed(found: Bound) -> Typed:
    return Typed(
        found.tree.copy(), found.family, found.columns, zone=found.zone if found.family is Family.TIMESTAMP else None
    )


def _bound(found: Typed, text: str, zone: str = "UTC") -> Bound:
    made = bound(found, text)
    return Bound(made.sql, made.family, made.columns, text, made.tree, zone)


def conjunction(*parts: Bound | None) -> Bound | None:
    given = list({part.sql: part for part in parts if part is not None}.values())
    if len(given) < 2:
        return given[0] if given else None
    trees = [part.tree.copy() for part in given]
    text = " and ".join(f"({p.text})" if isinstance(p.tree, exp.Or) else p.text for p in given)
    return _bound(boolean(joined(exp.And, trees), *(_typed(part) for part in given)), text)


def negation(found: Bound) -> Bound:
    return _bound(boolean(negate(found.tree.copy()), _typed(found)), f"not ({found.text})")


def is_null(found: Bound) -> Bound:
    tree = exp.Is(this=operand(found.tree.copy()), expression=exp.Null())
    return _bound(boolean(tree, _typed(found)), f"({found.text}) is null")


def filled(found: Bound, value: Fraction) -> Bound:
    tree = exp.Coalesce(this=found.tree.copy(), expressions=[params.constant(value).tree])
    return _bound(replace(_typed(found), tree=tree), f"{found.text}, or {value} where it is missing")


def truncate(found: Bound, unit: str, timezone: str | None = None) -> Bound:
    part, zone = _typed(found), _zone(found, timezone)
    unit = times.unit_of(exp.Null(), unit, ("hour", "day", "week", "month", "year"))
    _require_time(part)
    if unit == "hour":
        if part.family is Family.DATE:
            raise ExpressionError("a date has no hour", "per: day", code="type")
        return _bound(part.make(times.cut(part, unit, zone), Family.TIMESTAMP), f"{unit} of {found.text}", "UTC")
    tree = times.day(part, zone) if unit == "day" else cast(times.cut(part, unit, zone), "DATE")
    return _bound(part.make(tree, Family.DATE), f"{unit} of {found.text}")


def local_hour(found: Bound, timezone: str | None = None) -> Bound:
    part, zone = _typed(found), _zone(found, timezone)
    _require_time(part)
    return _bound(part.make(hour_on_clock(part, zone), Family.INTEGER), f"hour of {found.text}")


def seconds_between(start: Bound, end: Bound, timezone: str | None = None) -> Bound:
    first, last = _typed(start), _typed(end)
    for part in (first, last):
        _require_time(part)
    text = f"seconds from {start.text} to {end.text}"
    if Family.DATE in (first.family, last.family):
        days = times.between(_zone(end if first.family is Family.DATE else start, timezone), "day", first, last)
        return _bound(days.make(exp.Mul(this=operand(days.tree), expression=number(86_400)), Family.INTEGER), text)
    micros = times.between("UTC", "microsecond", first, last)
    exact = exp.Mul(this=cast(micros.tree, "DECIMAL(20, 0)"), expression=number("0.000001"))
    return _bound(micros.make(exact, Family.DECIMAL), text)


def part_on(found: Bound, column: str) -> tuple[Bound | None, bool]:
    alone, mixed = [], False
    for node in joined_by_and(found.tree):
        names = {named.name for named in node.find_all(exp.Column)}
        if names == {column}:
            alone.append(node.copy())
        mixed = mixed or (column in names and len(names) > 1)
    if not alone:
        return None, mixed
    made = boolean(joined(exp.And, alone), _typed(found))
    return _bound(replace(made, columns=frozenset({column})), found.text), mixed


def is_negative(found: Bound) -> Bound:
    tree = exp.LT(this=operand(found.tree.copy()), expression=number(0))
    return _bound(boolean(tree, _typed(found)), f"({found.text}) < 0")


def is_midnight(found: Bound, timezone: str | None = None) -> Bound:
    part = _typed(found)
    _require_time(part)
    shown = times.to_clock(times.moment(part), _zone(found, timezone))
    day = exp.TimestampTrunc(this=shown.copy(), unit=exp.Var(this="DAY"))
    return _bound(boolean(exp.EQ(this=operand(shown), expression=operand(day)), part), f"{found.text} is midnight")


def _zone(found: Bound, timezone: str | None) -> str:
    return zone_named(timezone or found.zone).key


def _require_time(part: Typed) -> None:
    if not (part.is_time or part.unknown):
        raise ExpressionError(f"a date or time is needed here, and this is {part.family}", code="type")


def constant(value: object) -> Bound:
    found = params.constant(value)
    return _bound(found, str(value))


def equals(found: Bound, value: object, scope: Scope | None = None) -> Bound:
    names = DatasetNames(scope or Scope({}))
    binder = Binder(names, {}, found.zone)
    left, right = compare.reconciled(binder, exp.Null(), _typed(found), params.constant(value))
    same = boolean(exp.EQ(this=operand(left.tree), expression=operand(right.tree)), left, right)
    whole = binder.atom(same) if scope is not None else same
    return _bound(whole, f"{found.text} = {value}")


def casts(found: Bound) -> list[Bound]:
    lost: dict[str, Bound] = {}
    for node in found.tree.find_all(exp.TryCast):
        given = exp.Not(this=exp.Is(this=operand(node.this.copy()), expression=exp.Null()))
        tree = exp.And(this=given, expression=exp.Is(this=node.copy(), expression=exp.Null()))
        names = frozenset(column.name for column in node.find_all(exp.Column))
        shown = f"{node.this.sql(dialect='duckdb')} is not {node.args['to'].sql(dialect='duckdb').lower()}"
        made = _bound(Typed(tree, Family.BOOLEAN, names), shown)
        lost.setdefault(made.sql, made)
    return list(lost.values())


def literals(found: Bound) -> list[tuple[str, str]]:
    pairs: dict[tuple[str, str], None] = {}
    for node in found.tree.walk():
        if isinstance(node, (exp.EQ, exp.NEQ)):
            sides = [(node.this, node.expression), (node.expression, node.this)]
            values = [(a, [b]) for a, b in sides if isinstance(a, exp.Column)]
        elif isinstance(node, exp.In) and isinstance(node.this, exp.Column):
            values = [(node.this, node.expressions)]
        else:
            continue
        pairs.update(
            {
                (a.name, str(b.this)): None
                for a, given in values
                for b in given
                if isinstance(b, exp.Literal) and b.is_string
            }
        )
    return list(pairs)


def cautions(found: Bound) -> list[tuple[str, str]]:
    """('last-day', '2018-05-09') where an upper end that is a bare date leaves out that day after its first moment."""
    seen: dict[tuple[str, str], None] = {}
    for node in found.tree.walk():
        high = node.args.get("high") if isinstance(node, exp.Between) else None
        high = node.expression if isinstance(node, exp.LTE) else high
        high = node.this if isinstance(node, exp.GTE) else high
        if isinstance(high, exp.Cast) and "day" in high.meta:
            seen[("last-day", str(high.meta["day"]))] = None
    return list(seen)
