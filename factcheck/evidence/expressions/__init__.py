"""SQL expressions of a claim: parsed against an allow-list, bound to columns and types, re-rendered.

This page is the doorway; what stands behind it imports sqlglot, which a start of the program must not wait for.

Rules that hold for every expression:

* A name is a column (capitals as written, else the only one that differs in capitals), a listed function or a
  `:param`. Text takes single quotes; a name with spaces takes double quotes.
* Both sides of a comparison are of one kind. Text is never compared with a number, a time or a boolean.
* `a / b`, `a // b` and `a % b` are NULL, that is unknown, where b is 0.
* A cast gives NULL where it cannot convert; `casts` counts those. A cast to a whole number rounds halves away from
  zero.
* Times are naive UTC in the columns. Literals, and the calendar parts of a time (its date, year, hour, day), are read
  on the clock of the claim's time zone (default: the column's, else UTC). A time that a clock shows twice is the first.
* NULL follows SQL's three values; in columns with `missing: none` a comparison with nothing is false.
* Texts are compared in Unicode's composed form (NFC).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from factcheck.evidence.dataset import Column
from factcheck.evidence.expressions.bound import Bound, Select, once
from factcheck.evidence.expressions.scope import Expected, ExpressionError, Scope

if TYPE_CHECKING:
    from factcheck.evidence.expressions.bounds import Days, Moments
    from factcheck.evidence.expressions.docs import Doc

__all__ = [
    "Bound",
    "Expected",
    "ExpressionError",
    "Scope",
    "Select",
    "bind",
    "bind_column",
    "bind_select",
    "casts",
    "cautions",
    "conjunction",
    "constant",
    "equals",
    "filled",
    "functions",
    "is_midnight",
    "is_negative",
    "is_null",
    "literals",
    "local_hour",
    "negation",
    "params_used",
    "part_on",
    "seconds_between",
    "time_bounds",
    "time_holes",
    "time_window",
    "truncate",
]


def bind(text: str, scope: Scope, *, expect: Expected = "any") -> Bound:
    """`text` as an expression over the columns of `scope`.

    `expect` says what it must be: a condition, a number, a time, text, exactly a column, or anything. A text that is
    a column's name is that column, whatever characters it holds.

    Raises:
        ExpressionError: with what was found, where, and what would be right.
    """
    from factcheck.evidence.expressions import binding

    return binding.bind(text, scope, expect=expect)


def bind_column(text: str, scope: Scope) -> Bound:
    """The column called `text`, whatever characters its name holds.

    Raises:
        ExpressionError: if there is none, with the near spellings.
    """
    from factcheck.evidence.expressions import binding

    return binding.bind_column(text, scope)


def bind_select(
    text: str,
    datasets: Mapping[str, Mapping[str, Column]],
    *,
    relations: Mapping[str, str] | None = None,
    params: Mapping[str, object] | None = None,
    timezone: str | None = None,
) -> Select:
    """ONE SELECT over datasets, for `query` datasets and the measure `sql`.

    Args:
        datasets: the columns of each dataset that may be named.
        relations: the name of each dataset's table or view in the engine; a dataset's own name where it is not given.

    Raises:
        ExpressionError: for anything but datasets, their columns and the allowed functions.
    """
    from factcheck.evidence.expressions import queries

    return queries.bind_select(text, datasets, relations or {}, params or {}, timezone)


def params_used(text: str) -> tuple[str, ...]:
    """The names of the `:params` in an expression, in order; a text that cannot be read names none."""
    from factcheck.evidence.expressions.scan import scan

    try:
        return scan(text).params
    except ExpressionError:
        return ()


def conjunction(*parts: Bound | None) -> Bound | None:
    """All of the conditions together; None stands for no condition."""
    from factcheck.evidence.expressions import combine

    return combine.conjunction(*parts)


def negation(condition: Bound) -> Bound:
    """True where the condition is false, NULL where it is NULL."""
    from factcheck.evidence.expressions import combine

    return combine.negation(condition)


def is_null(expression: Bound) -> Bound:
    """True where the expression is NULL, never NULL itself."""
    from factcheck.evidence.expressions import combine

    return combine.is_null(expression)


def filled(number: Bound, value: Fraction) -> Bound:
    """The number, or `value` where it is NULL."""
    from factcheck.evidence.expressions import combine

    return combine.filled(number, value)


def truncate(time: Bound, unit: str, timezone: str | None = None) -> Bound:
    """The hour, day, week (from Monday), month or year of a time, for grouping, as the clock of `timezone` shows it.

    A timestamp without zone for hours, else the date of the first day. `timezone` None is the zone that `time` was
    bound with.
    """
    from factcheck.evidence.expressions import combine

    return combine.truncate(time, unit, timezone)


def local_hour(time: Bound, timezone: str | None = None) -> Bound:
    """The hour, 0 to 23, that the clock of `timezone` shows; None is the zone that `time` was bound with."""
    from factcheck.evidence.expressions import combine

    return combine.local_hour(time, timezone)


def seconds_between(start: Bound, end: Bound, timezone: str | None = None) -> Bound:
    """Seconds that pass from one time to another, negative where the second comes first.

    Where either holds dates, the days of the calendar between both, 86,400 seconds each, on the clock of `timezone`
    (None: that of the other time).
    """
    from factcheck.evidence.expressions import combine

    return combine.seconds_between(start, end, timezone)


def part_on(condition: Bound, column: str) -> tuple[Bound | None, bool]:
    """What a condition asks of one column alone, as far as its parts are joined by AND (None: nothing).

    And whether a part asks something of that column together with others.
    """
    from factcheck.evidence.expressions import combine

    return combine.part_on(condition, column)


def is_negative(number: Bound) -> Bound:
    """True where a number is below zero."""
    from factcheck.evidence.expressions import combine

    return combine.is_negative(number)


def is_midnight(time: Bound, timezone: str | None = None) -> Bound:
    """True where the clock of `timezone` shows midnight to the last digit."""
    from factcheck.evidence.expressions import combine

    return combine.is_midnight(time, timezone)


def constant(value: object) -> Bound:
    """A text, number or boolean as an expression. Plain YAML text that looks like a number is one."""
    from factcheck.evidence.expressions import combine

    return combine.constant(value)


def equals(expression: Bound, value: object, scope: Scope | None = None) -> Bound:
    """True where the expression is `value`, read beside it as a literal would be; `scope` tells of `missing: none`."""
    from factcheck.evidence.expressions import combine

    return combine.equals(expression, value, scope)


def casts(expression: Bound) -> list[Bound]:
    """For each cast of a column a condition that is true on the rows whose value it cannot convert."""
    from factcheck.evidence.expressions import combine

    return combine.casts(expression)


def literals(expression: Bound) -> list[tuple[str, str]]:
    """(column, text) for each text that a column is compared with by =, <> or in."""
    from factcheck.evidence.expressions import combine

    return list(once(expression, combine.literals))


def cautions(expression: Bound) -> list[tuple[str, str]]:
    """(code, what) for what is allowed but often not meant.

    `last-day`: `created_at <= '2018-05-09'` leaves out that day after its first moment.
    """
    from factcheck.evidence.expressions import combine

    return list(once(expression, combine.cautions))


def time_bounds(expression: Bound) -> dict[str, Days]:
    """For each column that the condition holds to a time, the first and the last day that it leaves (None: open)."""
    from factcheck.evidence.expressions import bounds

    return dict(once(expression, bounds.time_bounds))


def functions() -> dict[str, Doc]:
    """Every function that an expression may call, with its definition."""
    from factcheck.evidence.expressions.docs import FUNCTIONS

    return dict(FUNCTIONS)


def time_window(expression: Bound) -> dict[str, Moments]:
    """For each column that the condition holds to a time, the moments (naive UTC) between which it leaves rows.

    The first belongs to what is left, the second is where it ends; None is an open end.
    """
    from factcheck.evidence.expressions import bounds

    return bounds.time_window(expression)


def time_holes(expression: Bound, column: str) -> bool:
    """Whether the condition may leave out times of a column between the ends that `time_window` tells."""
    from factcheck.evidence.expressions import bounds

    return bounds.time_holes(expression, column)
