"""Numbers, texts and times as they are written, and as they are rendered.

A number keeps its exact value. DuckDB reads `1e3` as a floating-point number and would compare identifiers of 64 bits
through it (9007199254740992e0 = 9007199254740993), so an exponent is written out wherever it can be.
A time is checked here, in Python: DuckDB drops the offset of `TIMESTAMP '…+02'`, and binds '2018-13-01' silently.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions.scope import ExpressionError, did_you_mean
from factcheck.evidence.expressions.typed import Typed, cast, number, text

MAX_DIGITS = 38  # of DECIMAL and HUGEINT
MAX_EXPONENT = 308
_EXACT_DIGITS = 15  # DuckDB turns a decimal of up to 15 digits into the nearest double

_NUMBER = re.compile(r"(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?")
_TIME = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?"
)  # fmt: skip


def number_literal(source: str, *, negative: bool = False) -> Typed:
    """A number by its source text, such as `1.5` or `2e6`."""
    match = _NUMBER.fullmatch(source)
    if match is None or not (match[1] or match[2]):
        raise ExpressionError(f"'{source}' is not a number", code="number")
    exponent = int(match[3] or 0)
    if abs(exponent) > MAX_EXPONENT or len(source) > 400:
        raise ExpressionError(f"'{source}' is too large or too small a number", code="number")
    digits, places = match[1] + (match[2] or ""), len(match[2] or "") - exponent
    value = Fraction(int(digits)) / Fraction(10) ** places
    sign = -1 if negative else 1
    shown = _plain(int(digits) * (10 ** max(0, -places)), max(0, places), keep=not match[3])
    family = Family.DECIMAL if "." in shown else Family.INTEGER
    return Typed(number("-" + shown if negative else shown), family, literal=sign * value)


def _plain(digits: int, places: int, *, keep: bool) -> str:
    """digits · 10^−places without an exponent; trailing zeros of a decimal stay only where they were written."""
    if places == 0:
        return str(digits)
    padded = str(digits).rjust(places + 1, "0")
    whole, part = padded[:-places], padded[-places:]
    part = part if keep else part.rstrip("0")
    return f"{whole}.{part}" if part else whole


def fitted(literal: Typed, other: Typed) -> Typed:
    """The number literal written so that comparing it with `other` is exact.

    Raises:
        ExpressionError: if the literal has more digits than a comparison of integers or decimals can hold.
    """
    if not isinstance(literal.literal, Fraction):
        return literal
    shown = _shown(literal.tree)
    digits = shown.replace(".", "")
    significant = digits.strip("0")
    if other.family is Family.DOUBLE:
        if other.single or (len(significant) <= _EXACT_DIGITS and len(digits) <= _EXACT_DIGITS + 4):
            return literal
        return literal.with_tree(_double(literal.literal))
    places = len(shown.partition(".")[2])
    if len(digits) > MAX_DIGITS or (other.family is Family.INTEGER and places > MAX_DIGITS // 2 - 1):
        raise ExpressionError("this number has too many digits", f"at most {MAX_DIGITS}", code="number")
    return literal


def _shown(tree: exp.Expression) -> str:
    """The digits of a number literal, without its sign."""
    return str(tree.this.this if isinstance(tree, exp.Neg) else tree.this)


def _double(value: Fraction) -> exp.Expression:
    try:
        nearest = float(value)
    except OverflowError:
        raise ExpressionError("this number is too large", code="number") from None
    shown = f"{nearest!r}" if "e" in repr(nearest) else f"{nearest!r}e0"
    return number(shown)


def text_literal(value: str) -> Typed:
    """A text, in the composed Unicode form that ingest gives to columns."""
    if "\0" in value:
        raise ExpressionError("a text with a character that cannot be printed", code="character")
    composed = unicodedata.normalize("NFC", value)
    return Typed(text(composed), Family.TEXT, literal=composed)


def read_time(value: str) -> tuple[datetime, bool, bool]:
    """A date or a date with a time of day; whether it has a time, and whether it has an offset (then it is in UTC).

    Raises:
        ExpressionError: if it is no date of the calendar, or not written YYYY-MM-DD [HH:MM[:SS[.ffffff]] [offset]].
    """
    match = _TIME.fullmatch(value.strip())
    if match is None:
        raise ExpressionError(
            f"'{value}' is not a date or time", "write it '2018-04-10' or '2018-04-10 18:30'", code="time"
        )
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    micro = int((match[7] or "0").ljust(6, "0"))
    try:
        moment = datetime(year, month, day, hour, minute, second, micro)
        if match[8] is None:
            return moment, match[4] is not None, False
        shown = match[8] if match[8] == "Z" or len(match[8]) > 3 else match[8] + ":00"
        aware = datetime.fromisoformat(f"{moment.isoformat()}{shown}")
        return aware.astimezone(UTC).replace(tzinfo=None), True, True
    except (ValueError, OverflowError) as error:
        raise ExpressionError(f"'{value}' is not a time that exists: {error}", code="time") from None


def to_utc(moment: datetime, zone: str) -> datetime:
    """A moment on the clock of `zone` as naive UTC; an hour that occurs twice is its first occurrence."""
    if zone == "UTC":
        return moment
    try:
        return moment.replace(tzinfo=timezone(zone)).astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        raise ExpressionError("this time is too early or too late", code="time") from None


def timezone(name: str) -> ZoneInfo:
    """The time zone called `name`, such as Europe/London.

    Raises:
        ExpressionError: if there is none, with the near spellings.
    """
    zones = _zones()
    if name not in zones:
        hint = did_you_mean(name, sorted(zones)) or "time zones are named like 'Europe/London', or 'UTC'"
        raise ExpressionError(f"unknown time zone '{name}'", hint, code="timezone")
    return ZoneInfo(name)


@cache
def _zones() -> frozenset[str]:
    """The names of all time zones; listing them reads a folder, which each of a thousand claims would pay for."""
    from zoneinfo import available_timezones

    return frozenset(available_timezones())


def date_literal(day: date) -> Typed:
    return Typed(cast(text(day.isoformat()), "DATE"), Family.DATE)


def timestamp_literal(moment: datetime, zone: str | None) -> Typed:
    """A moment in naive UTC; `zone` is the clock that it was read on."""
    shown = moment.isoformat(sep=" ", timespec="microseconds" if moment.microsecond else "seconds")
    return Typed(cast(text(shown), "TIMESTAMP"), Family.TIMESTAMP, zone=zone)


def time_like(value: str, other: Typed, zone: str) -> Typed:
    """A date or time as it was written, as a value of the time `other`, read on the clock of `zone`."""
    moment, has_time, has_offset = read_time(value)
    if other.family is Family.DATE:
        if has_offset or (has_time and moment.time() != datetime.min.time()):
            raise ExpressionError(
                f"'{value}' has a time of day, but this column holds dates", f"write '{moment.date()}'", code="time"
            )
        return replace(date_literal(moment.date()), moment=value)
    utc = moment if has_offset else to_utc(moment, zone)
    return replace(timestamp_literal(utc, zone), moment=value)
