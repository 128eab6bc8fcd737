"""Casts. What a cast of a column cannot convert becomes NULL and can be counted (`losses`), never an error half-way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import times
from factcheck.evidence.expressions.parse import fail
from factcheck.evidence.expressions.typed import Typed, call, cast, try_cast
from factcheck.evidence.expressions.values import number_literal, time_like

if TYPE_CHECKING:
    from factcheck.evidence.expressions.binder import Binder, Handler

_TYPES = {
    "TINYINT": ("TINYINT", Family.INTEGER),
    "SMALLINT": ("SMALLINT", Family.INTEGER),
    "INT": ("INTEGER", Family.INTEGER),
    "BIGINT": ("BIGINT", Family.INTEGER),
    "INT128": ("HUGEINT", Family.INTEGER),
    "FLOAT": ("DOUBLE", Family.DOUBLE),  # 4 bytes would make 0.1 another number than the 0.1 beside it
    "DOUBLE": ("DOUBLE", Family.DOUBLE),
    "DECIMAL": ("DECIMAL", Family.DECIMAL),
    "TEXT": ("VARCHAR", Family.TEXT),
    "VARCHAR": ("VARCHAR", Family.TEXT),
    "DATE": ("DATE", Family.DATE),
    "TIMESTAMP": ("TIMESTAMP", Family.TIMESTAMP),
    "TIMESTAMPNTZ": ("TIMESTAMP", Family.TIMESTAMP),
    "BOOLEAN": ("BOOLEAN", Family.BOOLEAN),
}
_NAMES = "integer, bigint, double, decimal(p, s), varchar, date, timestamp, boolean"


def cast_(binder: Binder, node: exp.Expression) -> Typed:
    """CAST, TRY_CAST and ::, all the same here."""
    if any(node.args.get(name) for name in ("format", "action", "default")):
        raise fail(node, "a cast takes no format here", "give the column a format: in the manifest", "cast")
    source, family = _target(node)
    found = binder.bind(node.this)
    if found.literal is not None:
        return _literal(binder, node, found, source, family)
    if found.family is Family.NULL:
        return found.make(cast(found.tree, source), family)
    return _column(binder, node, found, source, family)


def _target(node: exp.Expression) -> tuple[str, Family]:
    kind = node.args["to"]
    name = kind.this.value if isinstance(kind, exp.DataType) and hasattr(kind.this, "value") else ""
    if name not in _TYPES or (kind.expressions and name not in ("DECIMAL", "TEXT", "VARCHAR")):
        raise fail(node, f"cannot cast to '{kind.sql(dialect='duckdb').lower()}'", f"one of {_NAMES}", "cast")
    source, family = _TYPES[name]
    if name != "DECIMAL":
        return source, family
    digits = [
        int(p.this.this) for p in kind.expressions if isinstance(p.this, exp.Literal) and str(p.this.this).isdigit()
    ]
    if len(digits) != 2 or not 1 <= digits[0] <= 38 or digits[1] > digits[0]:
        raise fail(node, "a decimal is written decimal(digits, places)", "for instance decimal(18, 2)", "cast")
    return f"DECIMAL({digits[0]}, {digits[1]})", family


def _literal(binder: Binder, node: exp.Expression, found: Typed, source: str, family: Family) -> Typed:
    """A literal is converted here, so that a wrong one is an error with its place."""
    if found.family is family and not (found.is_number_literal and source.startswith("DECIMAL")):
        return found
    if isinstance(found.literal, str):
        if family in (Family.DATE, Family.TIMESTAMP):
            return replace(time_like(found.literal, Typed(exp.Null(), family), binder.clock()), zone=None)
        if family in (Family.INTEGER, Family.DECIMAL, Family.DOUBLE):
            bare = found.literal.strip()
            return number_literal(bare.lstrip("-"), negative=bare.startswith("-"))
        if found.literal.lower() in ("true", "false"):
            value = found.literal.lower() == "true"
            return Typed(exp.Boolean(this=value), Family.BOOLEAN, literal=value)
        raise fail(node, f"'{found.literal}' is not {family}", code="cast")
    if family in (Family.DATE, Family.TIMESTAMP):
        raise fail(node, f"a {found.family} is no time", "write date '2018-04-10'", "cast")
    return found.make(cast(found.tree, source), family)


def _column(binder: Binder, node: exp.Expression, found: Typed, source: str, family: Family) -> Typed:
    _check_pair(node, found.family, family)
    zone = binder.clock(found)
    if found.family is Family.TIMESTAMP and family is Family.DATE:
        return found.make(times.day(found, zone), family)
    if found.family is Family.DATE and family is Family.TIMESTAMP:
        return times.date_as_timestamp(found, zone)
    if found.family is family and family in (Family.TEXT, Family.BOOLEAN, Family.DATE, Family.TIMESTAMP):
        return found
    if family is Family.TEXT:
        return found.make(cast(times.on_clock(found, zone) if found.is_time else found.tree, source), family)
    if found.family is Family.BOOLEAN or (family is Family.BOOLEAN and found.is_number):
        return found.make(cast(found.tree, source), family)
    tree = (
        call("round", found.tree)
        if family is Family.INTEGER and found.family in (Family.DECIMAL, Family.DOUBLE)
        else found.tree
    )
    made = found.make(try_cast(tree, source), family, nulls=True)
    if family is Family.TIMESTAMP and found.family is Family.TEXT:
        return made.with_tree(times.from_clock(made.tree, zone))
    return made


def _check_pair(node: exp.Expression, before: Family, after: Family) -> None:
    numbers = (Family.INTEGER, Family.DECIMAL, Family.DOUBLE)
    allowed = (
        before in (Family.UNKNOWN, Family.TEXT)
        or after is Family.TEXT
        or before is after
        or (before in (*numbers, Family.BOOLEAN) and after in (*numbers, Family.BOOLEAN))
        or (before in (Family.DATE, Family.TIMESTAMP) and after in (Family.DATE, Family.TIMESTAMP))
    )
    if not allowed or (before in (Family.LIST, Family.OTHER) and after is not Family.TEXT):
        raise fail(node, f"cannot cast {before} to {after}", "", "cast")


HANDLERS: dict[type, Handler] = {exp.Cast: cast_, exp.TryCast: cast_}
