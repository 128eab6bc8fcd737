"""Which days and moments a condition speaks of: the ends that its comparisons set to a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlglot import exp

from factcheck.evidence.expressions.bound import Bound

Days = tuple[date | None, date | None]  # the first and the last day, None where an end is open
Moments = tuple[datetime | None, datetime | None]  # in naive UTC, the second left out; None where an end is open
T = TypeVar("T", bound=date)
Ends = Callable[[type, tuple[date, date], exp.Expression, ZoneInfo], tuple[T | None, T | None]]
_MOMENT = timedelta(microseconds=1)
_FLIPPED: dict[type, type] = {exp.GTE: exp.LTE, exp.GT: exp.LT, exp.LTE: exp.GTE, exp.LT: exp.GT, exp.EQ: exp.EQ}
_DENIED: dict[type, type[exp.Expression]] = {exp.GTE: exp.LT, exp.GT: exp.LTE, exp.LTE: exp.GT, exp.LT: exp.GTE}


def time_bounds(found: Bound) -> dict[str, Days]:
    """For each column that the condition holds to a time, the first and the last day that it leaves.

    Comparisons, BETWEEN and IN that are joined by AND count, with times, days and years written out; what stands
    under OR does not; NOT turns a comparison round. Days are those of the clock that the condition is read on.
    """
    zone = ZoneInfo(found.zone)
    bounds: dict[str, Days] = {}
    for node in joined_by_and(found.tree):
        for column, days in _atom(node, zone, _days):
            first, last = bounds.get(column, (None, None))
            bounds[column] = (_later(first, days[0]), _earlier(last, days[1]))
    for column, (begin, end) in _months(found.tree).items():
        first, last = bounds[column]
        bounds[column] = (_later(first, begin), _earlier(last, end))
    return bounds


def time_window(found: Bound) -> dict[str, Moments]:
    """As `time_bounds`, to the moment: from when (naive UTC) to before when rows are left."""
    zone = ZoneInfo(found.zone)
    window: dict[str, Moments] = {}
    for node in joined_by_and(found.tree):
        for column, ends in _atom(node, zone, _moments):
            first, last = window.get(column, (None, None))
            window[column] = (_later(first, ends[0]), _earlier(last, ends[1]))
    for column, (begin, end) in _months(found.tree).items():
        first, last = window[column]
        behind = _start(end + timedelta(days=1), zone)
        window[column] = (_later(first, _start(begin, zone)), _earlier(last, behind))
    return window


def time_holes(found: Bound, column: str) -> bool:
    """Whether a condition on the column is no plain end, so that it may leave out times within the window."""
    zone = ZoneInfo(found.zone)
    for node in joined_by_and(found.tree):
        if not any(named.name == column for named in node.find_all(exp.Column)) or _is_not_null(node):
            continue
        if column in _months(found.tree) and (held := _part(node)) is not None and held[1] == "MONTH":
            continue
        several = isinstance(node, exp.In) and len(node.expressions) > 1
        if several or not any(name == column for name, _ in _atom(node, zone, _moments)):
            return True
    return False


def _months(tree: exp.Expression) -> dict[str, tuple[date, date]]:
    """The first and the last day of the month to which a column is held, by its year and its month."""
    parts = [part for node in joined_by_and(tree) if (part := _part(node)) is not None]
    years = {column: value for column, name, value in parts if name == "YEAR" and 1 <= value <= 9998}
    months: dict[str, tuple[date, date]] = {}
    for column, name, value in parts:
        if name == "MONTH" and 1 <= value <= 12 and column in years:
            first = date(years[column], value, 1)
            months[column] = (first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1))
    return months


def _part(node: exp.Expression) -> tuple[str, str, int] | None:
    """The column, the part of its time and the number that this must be: `month(at) = 5`."""
    left, right = (node.this, node.expression) if isinstance(node, exp.EQ) else (None, None)
    if not isinstance(left, exp.Extract) or not isinstance(right, exp.Literal) or not right.name.isdigit():
        return None
    column = _subject(left)
    return None if column is None else (column, left.name.upper(), int(right.name))


def _is_not_null(node: exp.Expression) -> bool:
    inner = node.this if isinstance(node, exp.Not) else None
    while isinstance(inner, exp.Paren):
        inner = inner.this
    return isinstance(inner, exp.Is) and isinstance(inner.expression, exp.Null) and isinstance(inner.this, exp.Column)


def conjuncts(tree: exp.Expression) -> Iterator[exp.Expression]:
    """What stands between the ANDs of a condition, in its order; each is NULL, true or false as it is there."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, exp.Paren):
            waiting.append(node.this)
        elif isinstance(node, exp.And):
            waiting += [node.expression, node.this]
        else:
            yield node


def joined_by_and(tree: exp.Expression) -> Iterator[exp.Expression]:
    """The conditions that all have to hold."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, exp.Paren) or (isinstance(node, exp.Coalesce) and len(node.expressions) == 1):
            waiting.append(node.this)  # COALESCE(…, FALSE): NULL means that there is none
        elif isinstance(node, exp.And):
            waiting += [node.expression, node.this]
        elif isinstance(node, exp.Not) and (parts := _denied(node.this)):
            waiting += parts
        else:
            yield node


def _denied(node: exp.Expression) -> list[exp.Expression]:
    """What has to hold where a condition does not; nothing where that is no comparison, nor several joined by OR."""
    while isinstance(node, exp.Paren):
        node = node.this
    if isinstance(node, exp.Not):
        return [node.this]
    if isinstance(node, exp.Or):
        return [exp.Not(this=exp.Paren(this=side)) for side in (node.expression.copy(), node.this.copy())]
    denied = _DENIED.get(type(node))
    return [] if denied is None else [denied(this=node.this.copy(), expression=node.expression.copy())]


def _atom(node: exp.Expression, zone: ZoneInfo, ends: Ends[T]) -> Iterator[tuple[str, tuple[T | None, T | None]]]:
    if isinstance(node, exp.Between):
        yield from _compared(exp.GTE, node.this, node.args["low"], zone, ends)
        yield from _compared(exp.LTE, node.this, node.args["high"], zone, ends)
    elif isinstance(node, exp.In) and node.expressions:
        known = [value for value in node.expressions if _day(value, zone) is not None]
        if len(known) == len(node.expressions):
            ordered = sorted(known, key=lambda value: str(_written(value, "TIMESTAMP", "TIMESTAMPNTZ", "DATE")))
            yield from _compared(exp.GTE, node.this, ordered[0], zone, ends)
            yield from _compared(exp.LTE, node.this, ordered[-1], zone, ends)
    elif type(node) in _FLIPPED:
        yield from _compared(type(node), node.this, node.expression, zone, ends)
        yield from _compared(_FLIPPED[type(node)], node.expression, node.this, zone, ends)


def _compared(
    kind: type, left: exp.Expression, right: exp.Expression, zone: ZoneInfo, ends: Ends[T]
) -> Iterator[tuple[str, tuple[T | None, T | None]]]:
    """`left` compared with a time, a day or a year that is written out on the right."""
    column, span = _subject(left), _span(left, right, zone)
    if column is not None and span is not None:
        yield column, ends(kind, span, right, zone)


def _days(kind: type, span: tuple[date, date], right: exp.Expression, zone: ZoneInfo) -> Days:
    first, last = span
    if kind in (exp.GTE, exp.EQ):
        return first, last if kind is exp.EQ else None
    if kind is exp.GT:
        return first if _is_moment(right) else last + timedelta(days=1), None
    before = _moment(right)
    if kind is exp.LTE:
        return None, last
    return None, first - timedelta(days=1) if before is None else _local(before - _MOMENT, zone)


def _moments(kind: type, span: tuple[date, date], right: exp.Expression, zone: ZoneInfo) -> Moments:
    moment = _moment(right)
    first = _start(span[0], zone) if moment is None else moment
    after = _start(span[1] + timedelta(days=1), zone) if moment is None else moment
    if kind in (exp.GTE, exp.EQ):
        return first, after if kind is exp.EQ else None
    if kind is exp.GT:
        return after, None
    return (None, after) if kind is exp.LTE else (None, first)


def _start(day: date, zone: ZoneInfo) -> datetime:
    """The moment (naive UTC) at which a day begins on the clock."""
    midnight = datetime(day.year, day.month, day.day)
    try:
        return midnight.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
    except OverflowError:  # the first and the last day of the calendar
        return midnight


def _span(left: exp.Expression, right: exp.Expression, zone: ZoneInfo) -> tuple[date, date] | None:
    """The first and the last day of what is written: a day or moment, or a year."""
    if isinstance(left, exp.Extract):
        written = right.name if isinstance(right, exp.Literal) and not right.is_string else ""
        year = int(written) if written.isdigit() and left.name.upper() == "YEAR" else 0
        return (date(year, 1, 1), date(year, 12, 31)) if 1 <= year <= 9998 else None
    day = _day(right, zone)
    return None if day is None or not date.min < day < date.max else (day, day)


def _subject(node: exp.Expression) -> str | None:
    """The column that is compared: itself, its date or its year on a clock."""
    if isinstance(node, exp.Extract):
        node = node.expression
    elif isinstance(node, (exp.Cast, exp.TryCast)) and node.to.this is exp.DataType.Type.DATE:
        node = node.this
    while isinstance(node, (exp.Paren, exp.AtTimeZone)):
        node = node.this
    return node.name if isinstance(node, exp.Column) else None


def _is_moment(node: exp.Expression) -> bool:
    return _moment(node) is not None


def _moment(node: exp.Expression) -> datetime | None:
    """A time that is written out, in UTC."""
    text = _written(node, "TIMESTAMP", "TIMESTAMPNTZ")
    return datetime.fromisoformat(text) if text is not None else None


def _day(node: exp.Expression, zone: ZoneInfo) -> date | None:
    moment, text = _moment(node), _written(node, "DATE")
    if moment is not None:
        return _local(moment, zone)
    return date.fromisoformat(text) if text is not None else None


def _written(node: exp.Expression, *kinds: str) -> str | None:
    cast = isinstance(node, exp.Cast) and node.to.this.name in kinds and isinstance(node.this, exp.Literal)
    return str(node.this.this) if cast else None


def _local(moment: datetime, zone: ZoneInfo) -> date:
    return moment.replace(tzinfo=UTC).astimezone(zone).date()


def _later(one: T | None, other: T | None) -> T | None:
    return max(one, other) if one is not None and other is not None else one or other


def _earlier(one: T | None, other: T | None) -> T | None:
    return min(one, other) if one is not None and other is not None else one or other
