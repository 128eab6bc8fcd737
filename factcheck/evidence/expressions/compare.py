"""Comparisons, BETWEEN, IN and LIKE: what may be compared with what, and how literals are read beside a column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import params, times
from factcheck.evidence.expressions.parse import fail
from factcheck.evidence.expressions.scope import ExpressionError
from factcheck.evidence.expressions.typed import Typed, article, boolean, cast, negate, operand, text
from factcheck.evidence.expressions.values import fitted, read_time, time_like

if TYPE_CHECKING:
    from factcheck.evidence.expressions.binder import Binder, Handler

MAX_LIST = 5_000
ORDERED = (Family.TEXT, Family.INTERVAL, Family.TIME)
_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ)
_DATE_LIKE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(\D.*)?|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})(\D.*)?")
_NUMBER_LIKE = re.compile(r"[-+]?\d[\d.,' ]*%?")
_PREDICATES = (*_COMPARISONS, exp.Is, exp.In, exp.Between, exp.Like, exp.ILike, exp.Escape, exp.Not, exp.And, exp.Or)


def plain_operand(node: exp.Expression) -> None:
    """Refuses `a = b = c`, `a = b is null`, `a = not b`: engines disagree on what they mean."""
    if isinstance(node, _PREDICATES):
        raise fail(node, "two comparisons in a row", "put one of them in parentheses", "chain")


def comparison(binder: Binder, node: exp.Expression) -> Typed:
    plain_operand(node.this)
    plain_operand(node.expression)
    left, right = reconciled(binder, node, binder.bind(node.this), binder.bind(node.expression))
    _ordered(node, left, right)
    kind = type(node)
    if kind in (exp.NullSafeEQ, exp.NullSafeNEQ):
        return boolean(_binary(kind, left, right), left, right)
    if kind is exp.NEQ and binder.names.none_when_missing(left.columns | right.columns):
        same = binder.atom(boolean(_binary(exp.EQ, left, right), left, right))
        return boolean(negate(same.tree), same)
    return binder.atom(boolean(_binary(kind, left, right), left, right))


def _binary(kind: type[exp.Expression], left: Typed, right: Typed) -> exp.Expression:
    return kind(this=operand(left.tree), expression=operand(right.tree))


def _ordered(node: exp.Expression, left: Typed, right: Typed) -> None:
    if not isinstance(node, (exp.GT, exp.GTE, exp.LT, exp.LTE)):
        return
    if Family.BOOLEAN in (left.family, right.family):
        raise fail(node, "true and false have no order", "write = true", "type")
    _as_text(node, left, right)


def _as_text(node: exp.Expression, *parts: Typed) -> None:
    """Refuses to ask which texts of a column come before a date or a number.

    In text '03/04/2021' comes before '2021-01-01' and '9' behind '1000': the answer would be wrong in silence.
    """
    if not any(part.family is Family.TEXT and isinstance(part.tree, exp.Column) for part in parts):
        return
    for literal in (part.literal.strip() for part in parts if isinstance(part.literal, str)):
        if _DATE_LIKE.fullmatch(literal):
            hint = "state type: date in the manifest, and the format in which they are written"
            raise fail(node, "the column holds text, which has no order of dates", hint, "type")
        if _NUMBER_LIKE.fullmatch(literal):
            hint = "state type: integer or decimal in the manifest; for codes of figures, write cast(x as integer)"
            raise fail(node, "the column holds text, which has no order of numbers", hint, "type")


def reconciled(binder: Binder, node: exp.Expression, left: Typed, right: Typed) -> tuple[Typed, Typed]:
    """The two sides in one kind of value, so that no engine has to convert either.

    Raises:
        ExpressionError: if they are of different kinds, with what was probably meant.
    """
    if Family.NULL in (left.family, right.family):
        raise fail(node, "nothing is equal to null, larger or smaller", "write is null, or is not null", "null")
    if left.is_time and right.written_time is not None:
        return left, _timed(right, left, binder, node)
    if right.is_time and left.written_time is not None:
        return _timed(left, right, binder, node), right
    if left.is_number and right.is_number:
        return _fitted(left, right, node), _fitted(right, left, node)
    if left.is_time and right.is_time:
        return _same_times(left, right, binder.clock(left, right))
    if left.family is Family.TIME and right.is_text_literal:
        return left, _clock_time(right)
    if left.unknown or right.unknown:
        return left, right
    if left.family is right.family and left.family in (*ORDERED, Family.BOOLEAN):
        return left, right
    raise _mismatch(node, left, right)


def _timed(literal: Typed, other: Typed, binder: Binder, node: exp.Expression) -> Typed:
    spot = node.expression if isinstance(node.args.get("expression"), exp.Literal) else node
    try:
        found = time_like(str(literal.written_time), other, binder.clock(other))
    except ExpressionError as error:
        raise fail(spot, error.message, error.hint, error.code) from None
    if found.family is Family.TIMESTAMP and not read_time(str(literal.written_time))[1]:
        found.tree.meta["day"] = str(literal.written_time)
    return found


def _clock_time(literal: Typed) -> Typed:
    moment, _, _ = read_time(f"2000-01-01 {literal.literal}")
    return Typed(cast(text(moment.time().isoformat()), "TIME"), Family.TIME)


def _fitted(literal: Typed, other: Typed, node: exp.Expression) -> Typed:
    try:
        return fitted(literal, other)
    except ExpressionError as error:
        raise fail(node, error.message, error.hint, error.code) from None


def _same_times(left: Typed, right: Typed, zone: str) -> tuple[Typed, Typed]:
    if left.family is right.family:
        return left, right
    if left.family is Family.DATE:
        return times.date_as_timestamp(left, zone), right
    return left, times.date_as_timestamp(right, zone)


def _mismatch(node: exp.Expression, left: Typed, right: Typed) -> ExpressionError:
    kinds = " with ".join("text" if f is Family.TEXT else f"{article(f)} {f}" for f in (left.family, right.family))
    return fail(node, f"{kinds} cannot be compared", _mismatch_hint(node, left, right), "type")


def _mismatch_hint(node: exp.Expression, left: Typed, right: Typed) -> str:
    literal, other = (right, left) if right.literal is not None else (left, right)
    shown = literal.tree.sql(dialect="duckdb")
    if Family.LIST in (left.family, right.family):
        return "write list_contains(list, 'x')"
    if literal.is_number_literal and other.family is Family.TEXT:
        if isinstance(node, (exp.EQ, exp.NEQ, exp.In)):
            return f"the column holds text: write '{shown}'"
        # In text, '9' is larger than '10': quotes around the number would make a wrong answer of an error.
        return "the column holds text, which has no order of numbers: state type: integer or double in the manifest"
    if literal.is_text_literal and other.is_number:
        bare = str(literal.literal)
        return f"take the quotes off: {bare}" if bare.replace(".", "", 1).isdigit() else "the column holds numbers"
    if other.family is Family.BOOLEAN:
        return "write = true or = false"
    if literal.is_number_literal and other.is_time:
        return "a date is written '2018-04-10'; for a year alone, year(created_at) = 2018"
    if (left.is_time or right.is_time) and (day := _bare_day(node)):
        return f"a date needs single quotes: '{day}'"  # without them it is a subtraction: 2018 - 4 - 10
    return "bring them to one kind with cast(x as …)"


def _bare_day(node: exp.Expression) -> str:
    """2016-11-08 of `publish_date > 2016-11-08`; empty where no such subtraction stands there."""
    found = re.search(r"\b(\d{4}) - (\d{1,2}) - (\d{1,2})\b", node.sql(dialect="duckdb"))
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else ""


def between(binder: Binder, node: exp.Expression) -> Typed:
    if node.args.get("symmetric"):
        raise fail(node, "between symmetric cannot be used here", "write the smaller value first", "node")
    subject, low, high = (binder.bind(node.args[name]) for name in ("this", "low", "high"))
    plain_operand(node.this)
    first, low = reconciled(binder, _side(node, "low"), subject, low)
    second, high = reconciled(binder, _side(node, "high"), subject, high)
    if Family.BOOLEAN in (first.family, low.family, high.family):
        raise fail(node, "true and false have no order", "write = true", "type")
    _as_text(node, first, low, high)
    if first.tree == second.tree:
        tree: exp.Expression = exp.Between(this=operand(first.tree), low=operand(low.tree), high=operand(high.tree))
    else:  # a date beside a date and a time: each end is compared in its own kind
        tree = exp.And(this=_binary(exp.GTE, first, low), expression=_binary(exp.LTE, second, high))
    return binder.atom(boolean(tree, subject, low, high))


def _side(node: exp.Expression, name: str) -> exp.Expression:
    """An error about one end of BETWEEN points at that end."""
    return exp.GTE(this=exp.Null(), expression=node.args[name].copy())


def in_(binder: Binder, node: exp.Expression) -> Typed:
    """IN a list of values, which may come from a param. NULL in it is an error: every other answer would be unknown."""
    if any(node.args.get(name) for name in ("query", "unnest", "is_global")):
        raise fail(node, "a subquery cannot stand in an expression", "make a dataset with query:", "node")
    plain_operand(node.this)
    subject = binder.bind(node.this)
    values = [_member(binder, node, subject, value) for value in _members(binder, node)]
    if not values:
        raise fail(node, "the list is empty", "give at least one value", "list")
    if len(values) > MAX_LIST:
        raise fail(node, f"the list has {len(values):,} values", f"at most {MAX_LIST:,}", "length")
    trees = list({value.tree.sql(dialect="duckdb"): value.tree for value in values}.values())
    return binder.atom(boolean(exp.In(this=operand(subject.tree), expressions=trees), subject, *values))


def _members(binder: Binder, node: exp.Expression) -> list[Typed]:
    written = [node.args["field"]] if node.args.get("field") else node.expressions
    members: list[Typed] = []
    for item in written:
        if isinstance(item, exp.Placeholder):
            value = params.lookup(binder, item)
            members += [params.constant(v) for v in (value if isinstance(value, (list, tuple)) else [value])]
        elif node.args.get("field"):
            raise fail(item, "after in stands a list", "write in ('a', 'b')", "list")
        else:
            members.append(binder.bind(item))
    return members


def _member(binder: Binder, node: exp.Expression, subject: Typed, value: Typed) -> Typed:
    if value.family is Family.NULL:
        raise fail(node, "null in a list matches nothing", "add: or … is null", "null")
    same, found = reconciled(binder, node, subject, value)
    if same.tree != subject.tree:
        raise fail(node, "dates and times cannot be mixed in a list", "write each as '2018-04-10'", "type")
    return found


def like(binder: Binder, node: exp.Expression, escape: str | None = None) -> Typed:
    """LIKE and ILIKE; NOT LIKE is the same node with a mark."""
    plain_operand(node.this)
    subject, pattern = binder.bind(node.this), binder.bind(node.expression)
    for part, source in ((subject, node.this), (pattern, node.expression)):
        if part.family not in (Family.TEXT, Family.UNKNOWN):
            raise fail(source, f"like needs text, not {part.family}", "for a number, write = or between", "type")
    tree: exp.Expression = type(node)(this=operand(subject.tree), expression=operand(pattern.tree))
    if escape is not None:
        _check_escapes(node, pattern, escape)
        tree = exp.Escape(this=tree, expression=text(escape))
    found = binder.atom(boolean(tree, subject, pattern))
    return boolean(negate(found.tree), found) if node.args.get("negate") else found


def escaped(binder: Binder, node: exp.Expression) -> Typed:
    inner, mark = node.this, node.expression
    if not isinstance(inner, (exp.Like, exp.ILike)) or not (
        isinstance(mark, exp.Literal) and mark.is_string and len(mark.this) == 1
    ):
        raise fail(node, "escape needs like before it and one character after it", "like '100!%' escape '!'", "escape")
    return like(binder, inner, str(mark.this))


def _check_escapes(node: exp.Expression, pattern: Typed, escape: str) -> None:
    if not pattern.is_text_literal:
        raise fail(node, "escape needs a pattern that is written out", code="escape")
    rest = str(pattern.literal)
    while escape in rest:
        after = rest[rest.index(escape) + 1 :]
        if after[:1] not in ("%", "_", escape) or not after:
            raise fail(node, f"'{escape}' escapes nothing here", f"after it stands %, _ or {escape}", "escape")
        rest = after[1:]


def equal(left: Typed, value: Typed, binder: Binder) -> Typed:
    """left = value, for values that a claim names outside of an expression."""
    node = exp.EQ(this=exp.Null(), expression=exp.Null())
    left, value = reconciled(binder, node, left, value)
    return binder.atom(boolean(_binary(exp.EQ, left, value), left, value))


HANDLERS: dict[type, Handler] = {
    **dict.fromkeys(_COMPARISONS, comparison),
    exp.Between: between,
    exp.In: in_,
    exp.Like: like,
    exp.ILike: like,
    exp.Escape: escaped,
}
