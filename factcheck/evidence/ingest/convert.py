"""From the text of a file to a typed value, as SQL, so that no value changes or vanishes unnoticed.

DuckDB's own casts are too willing for evidence: '1.7' becomes the integer 2, '1e5' becomes 100000, '1_000'
becomes 1000. Each conversion here states exactly which text it accepts; the rest is NULL and counted as lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from factcheck.evidence.engines.names import literal
from factcheck.evidence.ingest.amounts import Marks, before_percent, is_fraction, unmarked
from factcheck.evidence.ingest.normal import nfc

_WHOLE = r"[+-]?\d+(\.0*)?"
_DECIMAL = r"[+-]?(\d+\.?\d*|\.\d+)"
_DOUBLE = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?"
_TRUE = ("true", "t", "yes", "y", "1")
_FALSE = ("false", "f", "no", "n", "0")
_OFFSET = r"(Z|UTC|[+-]\d{2}(:?\d{2})?)$"
_NO_WORDS = "[^A-Za-z]*(T[^A-Za-z]*)?(Z|UTC)?"
DECIMAL_DIGITS = 10  # of a column stated as decimal
_FIRST_YEAR = 1000
_LAST_SECOND = 253_402_300_799  # of the year 9999, counted from 1970


@dataclass(frozen=True)
class Numerals:
    """How numbers are written in a file."""

    thousands: str = ""
    decimal: str = "."


Lost = Callable[[str, str], str]


@dataclass(frozen=True)
class Conversion:
    """`value` is the SQL of the typed value; `lost` makes, from the SQL of the text and of the value, the condition
    that something was there and is not carried over. None where that cannot happen. `sure` makes a cheap condition
    under which it has not happened; where that does not hold, `lost` decides.
    """

    type: str
    value: str
    lost: Lost | None = None
    sure: Lost | None = None


def gone(text: str, value: str) -> str:
    """A value was there, and is not."""
    return f"{text} IS NOT NULL AND {value} IS NULL"


def present(text: str, value: str) -> str:
    """A value is there, or nothing was."""
    return f"({value} IS NOT NULL OR {text} IS NULL)"


def unread(text: str, value: str) -> str:
    """Text was there, not only blanks, and it is no value."""
    return f"{text} IS NOT NULL AND {value} IS NULL AND trim({text}) <> ''"


@dataclass(frozen=True)
class Wanted:
    """What a manifest states of a column's values; `type` is text, integer, decimal, double, boolean, date, …"""

    type: str | None = None
    format: str | None = None
    timezone: str | None = None
    numerals: Numerals = field(default_factory=Numerals)
    marks: Marks = field(default_factory=Marks)


def text(sql: str) -> Conversion:
    return Conversion("VARCHAR", nfc(sql))


def stated(sql: str, wanted: Wanted) -> Conversion:
    """Text read as the type that the manifest states; a blank is no value, other text that does not fit is lost."""
    if wanted.type == "text":
        return text(sql)
    kind, value = _stated_value(sql, wanted)
    return Conversion(kind, value, unread, present)


def _stated_value(sql: str, wanted: Wanted) -> tuple[str, str]:
    if wanted.type == "boolean":
        return "BOOLEAN", _words(sql)
    if wanted.type in ("date", "timestamp", "time"):
        return _time_value(sql, wanted)
    plain = unmarked(sql, wanted.marks)
    kind, value = _number(plain, wanted, 0)
    if wanted.marks.percent != "fraction":
        return kind, value
    _, hundredth = _number(before_percent(plain), wanted, 2)
    return kind, f"CASE WHEN {is_fraction(plain)} THEN {hundredth} {f'ELSE {value} ' if wanted.marks.bare else ''}END"


def _number(sql: str, wanted: Wanted, places: int) -> tuple[str, str]:
    """The type and value of plain digits, divided by ten to the power of `places`; what is no such number is NULL."""
    number = plain_digits(sql, wanted.numerals)
    read = f"{number} || 'e-{places}'" if places else number
    if wanted.type == "integer":
        return "BIGINT", _matching(number, _WHOLE, f"TRY_CAST({number} AS BIGINT)") if not places else "NULL"
    if wanted.type == "decimal":
        kind, digits = f"DECIMAL(38,{DECIMAL_DIGITS})", DECIMAL_DIGITS - places
        short = rf"[+-]?(\d+\.?\d{{0,{digits}}}|\.\d{{1,{digits}}})"
        return kind, _matching(number, short, f"TRY_CAST({read} AS {kind})")
    pattern = _DECIMAL if places else _DOUBLE
    return "DOUBLE", _finite(_matching(number, pattern, f"TRY_CAST({read} AS DOUBLE)"))


def _matching(sql: str, pattern: str, value: str) -> str:
    return f"CASE WHEN regexp_full_match({sql}, '{pattern}') THEN {value} END"


def _finite(value: str) -> str:
    return f"CASE WHEN isfinite({value}) THEN {value} END"


def _words(sql: str) -> str:
    said = f"lower(trim({sql}))"
    listed = [", ".join(map(literal, words)) for words in (_TRUE, _FALSE)]
    return f"CASE WHEN {said} IN ({listed[0]}) THEN true WHEN {said} IN ({listed[1]}) THEN false END"


def plain_digits(sql: str, numerals: Numerals) -> str:
    """'1.234,5' as '1234.5' under those numerals; thousands that do not stand in threes make it no number."""
    if numerals == Numerals():
        return sql
    mark = _escaped(numerals.decimal)
    result = sql
    if numerals.thousands:
        sep = _escaped(numerals.thousands)
        grouped = rf"[+-]?\d{{1,3}}({sep}\d{{3}})+({mark}\d*)?"
        result = (
            f"CASE WHEN regexp_full_match({sql}, {literal(grouped)}) "
            f"THEN replace({sql}, {literal(numerals.thousands)}, '') ELSE {sql} END"
        )
    if numerals.decimal != ".":
        result = (
            f"CASE WHEN contains({result}, '.') THEN NULL ELSE replace({result}, {literal(numerals.decimal)}, '.') END"
        )
    return result


def _escaped(separator: str) -> str:
    return "".join(f"\\x{{{ord(c):X}}}" for c in separator)


def _time_value(sql: str, wanted: Wanted) -> tuple[str, str]:
    if wanted.type == "time":
        return "TIME", f"CASE WHEN {sql} < ':' THEN TRY_CAST(trim({sql}) AS TIME) END"
    if wanted.format in ("unix", "unix_ms"):
        return _timestamp_or_date(wanted, _epoch(f"TRY_CAST(trim({sql}) AS DECIMAL(38,6))", wanted.format))
    if wanted.format is not None:
        parsed = _written_out(f"try_strptime(trim({sql}), {literal(wanted.format)})", wanted.format)
        if "%Z" in wanted.format:  # words for zones are not read: CST may be Chicago or Shanghai
            parsed = f"CASE WHEN regexp_matches({sql}, '(UTC|GMT|Z)') THEN {parsed} END"
        if "%z" in wanted.format or "%Z" in wanted.format:
            return _timestamp_or_date(wanted, f"CAST({parsed} AS TIMESTAMP)")
        return _timestamp_or_date(wanted, local_to_utc(parsed, wanted))
    if wanted.type == "date":
        return "DATE", f"CASE WHEN {sql} < ':' THEN TRY_CAST(trim({sql}) AS DATE) END"
    return "TIMESTAMP", iso_timestamp(sql, wanted.timezone)


def _written_out(parsed: str, format: str) -> str:
    """The time, unless its year is written with fewer digits than `%Y` asks for: the engine takes 18 for 18 AD."""
    return f"CASE WHEN year({parsed}) >= {_FIRST_YEAR} THEN {parsed} END" if "%Y" in format else parsed


def _timestamp_or_date(wanted: Wanted, value: str) -> tuple[str, str]:
    return ("DATE", f"CAST({value} AS DATE)") if wanted.type == "date" else ("TIMESTAMP", value)


def _epoch(number: str, unit: str) -> str:
    factor = 1_000_000 if unit == "unix" else 1_000
    most = _LAST_SECOND * (1_000_000 // factor)  # beyond it milliseconds were taken for seconds
    return f"CASE WHEN abs({number}) <= {most} THEN make_timestamp(CAST({number} * {factor} AS BIGINT)) END"


def from_number(sql: str, wanted: Wanted) -> Conversion:
    """A number column as times: seconds (`format: unix`) or milliseconds (`unix_ms`) since 1970."""
    kind, value = _timestamp_or_date(wanted, _epoch(f"TRY_CAST({sql} AS DECIMAL(38,6))", str(wanted.format)))
    return Conversion(kind, value, gone, present)


def iso_timestamp(sql: str, timezone: str | None) -> str:
    """ISO 8601 text as naive UTC; an offset written in the text counts, otherwise the column's timezone."""
    # `2018-05-10 12:00:00` holds no offset, and is read four times faster than text that may hold one.
    plain = f"strlen({sql}) = 19 AND substr({sql}, 17, 1) = ':'"
    local = local_to_utc(f"TRY_CAST({sql} AS TIMESTAMP)", Wanted(timezone=timezone))
    utc = f"CAST(TRY_CAST(trim({sql}) AS TIMESTAMPTZ) AS TIMESTAMP)"
    if timezone not in (None, "UTC"):
        utc = f"CASE WHEN regexp_matches(trim({sql}), '\\d:\\d.*{_OFFSET}') THEN {utc} ELSE {local} END"
    # What begins with a letter ('infinity', 'epoch') is no time that anybody wrote down; and words for zones are not
    # read: CST is a clock in Chicago for the engine, and may be one in Shanghai.
    readable = f"regexp_full_match(trim({sql}), '{_NO_WORDS}')"
    return f"CASE WHEN {sql} >= ':' THEN NULL WHEN {plain} THEN {local} WHEN {readable} THEN {utc} END"


def local_to_utc(sql: str, wanted: Wanted) -> str:
    """A naive local TIMESTAMP as naive UTC."""
    if wanted.type == "date" or wanted.timezone in (None, "UTC"):
        return sql
    return f"({sql}) AT TIME ZONE {literal(wanted.timezone or 'UTC')} AT TIME ZONE 'UTC'"
