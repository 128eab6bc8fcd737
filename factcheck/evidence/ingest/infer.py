"""Which type a column of text has, so that giving it that type loses nothing.

A guess is made from a sample; loading checks it against every row (`Guess.conversion().lost`), and a column
with even one value that does not fit is looked at as a whole (`survey`) and at worst stays text. So '007' keeps
its zeros, ids longer than 64 bits their digits, and a late 'n/a' itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from factcheck.evidence.ingest.convert import Conversion, Numerals, iso_timestamp, plain_digits, text

if TYPE_CHECKING:
    from factcheck.evidence.engines.frame import Engine

Kind = Literal["none", "integer", "decimal", "double", "boolean", "date", "timestamp", "text"]
Range = Literal["all", "numbers", "times", "text"]

_WHOLE = re.compile(r"-?(0|[1-9]\d*)")
_DECIMAL = re.compile(r"-?(?:(0|[1-9]\d*)(?:\.(\d*))?|\.(\d+))")
_DOUBLE = re.compile(r"-?(\d+\.?\d*|\.\d+)[eE][+-]?\d+")
_DATE = re.compile(r"\d{4}([-/])\d{1,2}\1\d{1,2}")
_TIMESTAMP = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)? ?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?"
)
_BIGGEST = 2**63 - 1
_DOUBLE_SHAPE = r"-?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][+-]?\d+)?"
_ENGINE_TYPES = {"integer": "BIGINT", "double": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
_EXACT_DIGITS = 18  # a DECIMAL of up to 18 digits is a 64-bit integer inside


@dataclass(frozen=True)
class Guess:
    """A type for a column; `scale` is the number of decimals of a decimal."""

    kind: Kind
    scale: int = 0
    numerals: Numerals = field(default_factory=Numerals)
    timezone: str | None = None

    def conversion(self, sql: str) -> Conversion:
        """The typed value of the text `sql`; `lost` is true where the text says more or other than the value."""
        if self.kind in ("none", "text"):
            return text(sql)
        kind, value = self._value(sql)
        return Conversion(kind, value, self._lost, self._sure)

    def _number(self, sql: str) -> str:
        return sql if self.numerals == Numerals() else plain_digits(f"trim({sql})", self.numerals)

    def _value(self, sql: str) -> tuple[str, str]:
        if self.kind == "timestamp":
            return "TIMESTAMP", iso_timestamp(sql, self.timezone)
        kind = f"DECIMAL({_EXACT_DIGITS},{self.scale})" if self.kind == "decimal" else _ENGINE_TYPES[self.kind]
        number = self._number(sql) if self.kind in ("integer", "decimal", "double") else sql
        return kind, f"TRY_CAST({number} AS {kind})"

    def _sure(self, sql: str, value: str) -> str:
        """True of nearly every value that says all that its text says, and of no other; cheap."""
        same = f"{value}::VARCHAR = {sql}"
        condition = {
            "integer": same,
            "decimal": f"({same} OR rtrim(rtrim({value}::VARCHAR, '0'), '.') = {sql})" if self.scale else same,
            "double": f"isfinite({value}) AND {same}",
            "boolean": f"{sql} IN ('true', 'false')",
            "date": f"{value} IS NOT NULL AND strlen({sql}) <= 10 AND {sql} < ':'",
            "timestamp": f"{value} IS NOT NULL",
        }[self.kind]
        return f"({condition} OR {sql} IS NULL)"

    def _lost(self, sql: str, value: str) -> str:
        """True where the text says more or other than the value; a blank says nothing."""
        trimmed = f"trim({sql})"
        digits = self._number(sql) if self.numerals != Numerals() else trimmed
        shape = rf"-?((0|[1-9]\d*)(\.\d{{0,{self.scale}}})?|\.\d{{1,{max(1, self.scale)}}})"
        faithful = {
            "integer": f"{value}::VARCHAR = {digits}",
            "decimal": f"{value} IS NOT NULL AND regexp_full_match({digits}, '{shape}')",
            "double": f"isfinite({value}) AND regexp_full_match({digits}, '{_DOUBLE_SHAPE}')",
            "boolean": f"lower({trimmed}) IN ('true', 'false')",
            "date": f"{value} IS NOT NULL AND strlen({trimmed}) <= 10 AND {trimmed} < ':'",
            "timestamp": f"{value} IS NOT NULL",
        }[self.kind]
        return f"CASE WHEN {sql} IS NULL OR {faithful} THEN false ELSE {trimmed} <> '' END"


def guess(values: Iterable[str | None], numerals: Numerals, timezone: str | None, within: Range = "all") -> Guess:
    """The narrowest type that holds every value of a sample; `none` where the sample holds no value."""
    said = [value.strip() for value in values if value is not None and value.strip()]
    if not said:
        return Guess("none", 0, numerals, timezone)
    if within == "text":
        return Guess("text")
    if within != "times" and (number := _number(said, numerals)) is not None:
        return number
    if within == "all" and all(value.lower() in ("true", "false") for value in said):
        return Guess("boolean")
    if within != "numbers":
        if all(map(_DATE.fullmatch, said)):
            return Guess("date")
        if all(map(_TIMESTAMP.fullmatch, said)):
            return Guess("timestamp", timezone=timezone)
    # A few odd values may stand in records that will be rejected: then only the whole column can tell.
    odd = sum(_fits_nothing(value, numerals, within) for value in said)
    return Guess("none", 0, numerals, timezone) if 0 < odd < len(said) / 2 else Guess("text")


def _fits_nothing(value: str, numerals: Numerals, within: Range) -> bool:
    if _starts_with_letter(value):
        return True
    number = within != "times" and looks_numeric(value, numerals)
    time = within != "numbers" and (_DATE.fullmatch(value) or _TIMESTAMP.fullmatch(value))
    return not (number or time)


def _starts_with_letter(value: str) -> bool:
    """No number or time does: the cheapest way to tell most words from them."""
    return value[:1].isalpha()


def _number(said: Sequence[str], numerals: Numerals) -> Guess | None:
    if any(map(_starts_with_letter, said)):
        return None
    plain = [_plain(value, numerals) for value in said]
    if all(map(_WHOLE.fullmatch, plain)):
        return Guess("integer", 0, numerals) if all(abs(int(v)) <= _BIGGEST for v in plain) else Guess("text")
    matches = [_DECIMAL.fullmatch(value) for value in plain]
    found = [match for match in matches if match]
    if len(found) == len(plain):
        whole = max(len(m[1] or "") for m in found)
        scale = max(len(m[2] or m[3] or "") for m in found)
        return Guess("decimal", scale, numerals) if whole + scale <= _EXACT_DIGITS else Guess("double", 0, numerals)
    if all(m or _DOUBLE.fullmatch(v) for m, v in zip(matches, plain, strict=True)):
        return Guess("double", 0, numerals)
    return None


def _plain(value: str, numerals: Numerals) -> str:
    if numerals.thousands and re.fullmatch(
        rf"-?\d{{1,3}}({re.escape(numerals.thousands)}\d{{3}})+({re.escape(numerals.decimal)}\d*)?", value
    ):
        value = value.replace(numerals.thousands, "")
    if numerals.decimal == ".":
        return value
    return "text" if "." in value else value.replace(numerals.decimal, ".")


def looks_numeric(value: str, numerals: Numerals) -> bool:
    return _number([value.strip()], numerals) is not None


def survey(engine: Engine, relation: str, sql: str, numerals: Numerals, timezone: str | None, within: Range) -> Guess:
    """The narrowest type that holds every value of a text column, found by reading all of it; `none` without any."""
    frame = engine.run(f"SELECT {_measurements(sql, numerals)} FROM {relation}")
    values, whole, fits, decimals, scale, digits, doubles, trues, dates, times = frame.one()
    if not values:
        return Guess("none", 0, numerals, timezone)
    tests: list[tuple[bool, Guess]] = []
    if within in ("all", "numbers"):
        tests = [
            (whole == values, Guess("integer", 0, numerals) if fits == values else Guess("text")),
            (decimals == values and digits + scale <= _EXACT_DIGITS, Guess("decimal", scale or 0, numerals)),
            (doubles == values, Guess("double", 0, numerals)),
        ]
    if within == "all":
        tests.append((trues == values, Guess("boolean")))
    if within in ("all", "times"):
        tests += [(dates == values, Guess("date")), (times == values, Guess("timestamp", timezone=timezone))]
    return next((found for fits_all, found in tests if fits_all), Guess("text"))


def _measurements(sql: str, numerals: Numerals) -> str:
    trimmed = f"trim({sql})"
    number = plain_digits(trimmed, numerals)
    integral, decimal = r"-?(0|[1-9]\d*)", r"-?((0|[1-9]\d*)(\.\d*)?|\.\d+)"
    is_decimal = f"regexp_full_match({number}, '{decimal}')"
    point = f"position('.' IN {number})"
    conditions = [
        f"{trimmed} <> ''",
        f"regexp_full_match({number}, '{integral}')",
        f"regexp_full_match({number}, '{integral}') AND TRY_CAST({number} AS BIGINT) IS NOT NULL",
        is_decimal,
    ]
    sizes = [
        f"max(CASE WHEN {is_decimal} AND {point} > 0 THEN length({number}) - {point} ELSE 0 END)",
        f"max(CASE WHEN {is_decimal} THEN length(regexp_extract({number}, '^-?(\\d*)', 1)) ELSE 0 END)",
    ]
    others = [
        f"{is_decimal} OR regexp_full_match({number}, '-?(\\d+\\.?\\d*|\\.\\d+)[eE][+-]?\\d+')"
        f" AND isfinite(TRY_CAST({number} AS DOUBLE))",
        f"lower({trimmed}) IN ('true', 'false')",
        f"{trimmed} < ':' AND strlen({trimmed}) <= 10 AND TRY_CAST({trimmed} AS DATE) IS NOT NULL",
        f"{trimmed} < ':' AND TRY_CAST({trimmed} AS TIMESTAMP) IS NOT NULL",
    ]
    counts = [f"count(CASE WHEN {condition} THEN 1 END)" for condition in conditions]
    return ", ".join([*counts, *sizes, *(f"count(CASE WHEN {condition} THEN 1 END)" for condition in others)])
