"""Texts read as numbers, dates and truth values, as DuckDB reads them.

A text that both read alike gives its value, and one that DuckDB cannot read NULL. Of those between the two, which
DuckDB reads by habits of its own (`2018/4/9`, `0x1F`, `1_000`), none becomes another value or NULL: they are an error
that shows the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from factcheck.evidence.engines.dialects.postgresql_words import INFINITY, MINUS_INFINITY, NAN, of, refused

if TYPE_CHECKING:
    from sqlglot import exp

_BLANK = r"[ \t\n\v\f\r]*"
_SIMPLE = rf"^{_BLANK}[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{{1,3}})?{_BLANK}$"
_ODD = rf"^{_BLANK}[+-]?(0[xXbB][0-9a-fA-F_]+|[0-9_]*\.?[0-9_]*([eE][+-]?[0-9_]*\.?[0-9_]*)?){_BLANK}$"
_ANY_DIGIT = "[0-9]"
_INFINITE = "^[+]?inf(inity)?$"
_MINUS_INFINITE = "^-inf(inity)?$"
_NO_NUMBER = "^[+-]?nan$"
# Halfway between the largest double and the next power of two, and half the smallest: beyond are infinity and zero.
_TOO_LARGE = str(2**1024 - 2**970)

_DAY = (
    r"(([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])))"
    r"|(([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29))"
)
_CLOCK = r"([ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?)?"
_LAID_OUT_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_LAID_OUT_CLOCK = r"[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
# What could be a time at all begins with a number and a sign after it; or it is one of these words.
_PERHAPS = r"^\s*-?[0-9]+\s*[-/\\ ]\s*[0-9]|^\s*[+-]?(inf|epoch)"
_AFTER = "{x} > '0001' COLLATE \"C\""  # there is no year 0 there
_TOLD = "'PostgreSQL may not read this as DuckDB does: ' || {x}"


def as_number(x: exp.Expression, *, floating: bool) -> exp.Expression:
    """A `numeric`, exact; or, floating, a double."""
    kind = "DOUBLE PRECISION" if floating else "NUMERIC"
    digits = "BTRIM({x}, E' \\t\\n\\v\\f\\r')"
    exact = f"CAST({digits} AS NUMERIC)"
    value = exact
    if floating:
        value = (
            f"CASE WHEN {exact} >= {_TOO_LARGE} THEN {INFINITY} WHEN {exact} <= -{_TOO_LARGE} THEN {MINUS_INFINITY} "
            f"WHEN ABS({exact}) < CAST('1e-307' AS NUMERIC) AND {exact} <> 0 THEN CAST({_TOLD} AS DOUBLE PRECISION) "
            f"ELSE CAST({digits} AS DOUBLE PRECISION) END"
        )
    words = (
        f"WHEN {digits} ~* '{_INFINITE}' THEN {INFINITY} WHEN {digits} ~* '{_MINUS_INFINITE}' THEN {MINUS_INFINITY} "
        f"WHEN {digits} ~* '{_NO_NUMBER}' THEN {NAN} "
        if floating
        else ""
    )
    return of(
        _escaped(f"CASE WHEN {{x}} ~ '{_SIMPLE}' THEN {value} {words}"
        f"WHEN {{x}} ~ '{_ANY_DIGIT}' AND {{x}} ~ '{_ODD}' THEN CAST({_TOLD} AS {kind}) END"),
        x=x,
    )  # fmt: skip


def _escaped(sql: str) -> str:
    """Braces of regular expressions, so that only {x} is a place for a node."""
    return sql.replace("{", "{{").replace("}", "}}").replace("{{x}}", "{x}")


# Letters and marks that Unicode has got since version 14, which servers of today may not know yet.
_NEW = (
    r"\u0897\u0CF3\u0ECE\U000105C0-\U000105FF\U00010D40-\U00010D8F\U00010EC2-\U00010EFF\U00011241\U00011380-\U000113FF"
    r"\U00011F00-\U00011F5F\U00016100-\U0001613F\U00016D40-\U00016D7F\U0001E08F\U0001E4D0-\U0001E4FF\U0001E5D0-\U0001E5FF"
)


def composed(x: exp.Expression) -> exp.Expression:
    """A text whose letters and marks are one character where there is one."""
    return of(
        f"CASE WHEN {{x}} ~ '[{_NEW}]' THEN CAST(CAST({_TOLD} AS INTEGER) AS TEXT) ELSE NORMALIZE({{x}}, NFC) END "
        'COLLATE "C"',
        "VARCHAR", x=x,
    )  # fmt: skip


def as_boolean(x: exp.Expression, tried: bool) -> exp.Expression:
    if not tried:
        raise refused("a cast of a text that may fail")
    return of(
        "CASE WHEN LOWER({x}) IN ('true', 't', '1', 'yes', 'y') THEN TRUE "
        "WHEN LOWER({x}) IN ('false', 'f', '0', 'no', 'n') THEN FALSE END",
        "BOOLEAN", x=x,
    )  # fmt: skip


def as_date(x: exp.Expression) -> exp.Expression:
    return of(
        _escaped(f"CASE WHEN {{x}} ~ '^{_DAY}{_CLOCK}$' AND {_AFTER} THEN CAST(LEFT({{x}}, 10) AS DATE) "
        f"WHEN {{x}} ~ '^{_LAID_OUT_DAY}$' AND {_AFTER} THEN NULL "
        f"WHEN {{x}} ~* '{_PERHAPS}' THEN CAST({_TOLD} AS DATE) END"),
        "DATE", x=x,
    )  # fmt: skip


def as_timestamp(x: exp.Expression) -> exp.Expression:
    return of(
        _escaped(f"CASE WHEN {{x}} ~ '^{_DAY}{_CLOCK}$' AND {_AFTER} THEN CAST({{x}} AS TIMESTAMP) "
        f"WHEN {{x}} ~ '^{_LAID_OUT_DAY}({_LAID_OUT_CLOCK})?$' AND {{x}} !~ '[ T]24:' AND {_AFTER} THEN NULL "
        f"WHEN {{x}} ~* '{_PERHAPS}' THEN CAST({_TOLD} AS TIMESTAMP) END"),
        "TIMESTAMP", x=x,
    )  # fmt: skip
