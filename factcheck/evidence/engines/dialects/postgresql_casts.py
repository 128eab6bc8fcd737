"""Casts. A TRY_CAST is a CASE that asks first, since a cast that fails ends the whole statement there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.dialects.postgresql_numbers import away_from_zero
from factcheck.evidence.engines.dialects.postgresql_reading import as_boolean, as_date, as_number, as_timestamp
from factcheck.evidence.engines.dialects.postgresql_words import (
    INFINITY,
    MINUS_INFINITY,
    NAN,
    NUMBERS,
    TIMES,
    double,
    is_float,
    of,
    refused,
)
from factcheck.evidence.engines.dialects.translate import Rule, duckdb_type, family_of, is_kind
from factcheck.evidence.engines.postgresql_types import kept_type, shown_time
from factcheck.evidence.engines.types import family

if TYPE_CHECKING:
    from sqlglot import exp

_BITS = {
    "TINYINT": (-(2**7), 2**7), "UTINYINT": (0, 2**8), "SMALLINT": (-(2**15), 2**15), "USMALLINT": (0, 2**16),
    "INTEGER": (-(2**31), 2**31), "UINTEGER": (0, 2**32), "BIGINT": (-(2**63), 2**63), "UBIGINT": (0, 2**64),
    "HUGEINT": (-(2**127), 2**127), "UHUGEINT": (0, 2**128),
}  # fmt: skip
_DECIMAL = re.compile(r"DECIMAL\((\d+), ?(\d+)\)")
_LIST = re.compile(r"\[[-\d\s,]*\]")


def rules() -> dict[type[exp.Expression] | str, Rule]:
    from sqlglot import exp

    return {exp.Cast: _cast, exp.TryCast: _cast}


def _cast(node: exp.Expression) -> exp.Expression:
    from sqlglot import exp

    kind: exp.DataType = node.args["to"]
    made = _made(node.this, duckdb_type(kind), isinstance(node, exp.TryCast))
    made.type = kind.copy()
    return made


def _made(x: exp.Expression, target: str, tried: bool) -> exp.Expression:
    source, wanted = family_of(x), family(target)
    if wanted is Family.LIST:
        return _list(x, target)
    if _is_nothing(x):
        return of(f"CAST({{x}} AS {kept_type(target)})", x=x)
    if source is Family.TEXT and wanted not in (Family.TEXT, Family.TIME):
        return _read(x, target, wanted, tried)
    if wanted is Family.INTEGER:
        return _whole(x, source, target, tried)
    if wanted is Family.DOUBLE:
        return _double(x, source, target)
    if wanted is Family.DECIMAL:
        return _decimal(x, source, target, tried)
    if wanted is Family.TEXT:
        return _text(x, source)
    if wanted is Family.BOOLEAN and source in (*NUMBERS, Family.BOOLEAN):
        return x if source is Family.BOOLEAN else of("({x} <> 0)", x=x)
    if wanted in TIMES and source in TIMES:
        return of(f"CAST({{x}} AS {kept_type(target)})", x=x)
    raise refused(f"a cast to {target}")


def _is_nothing(x: exp.Expression) -> bool:
    """Whether it can only be NULL."""
    return is_kind(x, "NULL")


def _read(x: exp.Expression, target: str, wanted: Family, tried: bool) -> exp.Expression:
    from sqlglot import exp

    if isinstance(x, exp.Literal) and wanted in (*TIMES, Family.INTEGER, Family.DOUBLE):
        return of(f"CAST({{x}} AS {kept_type(target)})", x=x)
    if wanted is Family.BOOLEAN:
        return as_boolean(x, tried)
    if not tried:
        raise refused("a cast of a text that may fail")
    if wanted is Family.DATE:
        return as_date(x)
    if wanted is Family.TIMESTAMP and target == "TIMESTAMP":
        return as_timestamp(x)
    if wanted in NUMBERS:
        number = as_number(x, floating=wanted is Family.DOUBLE)
        if wanted is Family.DOUBLE:
            return number
        number.type = exp.DataType.build("DECIMAL")
        make = _whole if wanted is Family.INTEGER else _decimal
        return make(number, Family.DECIMAL, target, True)
    raise refused(f"a cast of a text to {target}")


def _whole(x: exp.Expression, source: Family, target: str, tried: bool) -> exp.Expression:
    kept = kept_type(target)
    if source is Family.BOOLEAN:
        return of(f"CAST(CAST({{x}} AS INTEGER) AS {kept})", x=x)
    if source not in NUMBERS:
        raise refused("a cast to a whole number")
    low, high = _BITS[target]
    if source is Family.DOUBLE:
        if kept == "numeric":
            raise refused(f"a cast of a floating-point number to {target}")
        # Both round to the nearest even number; the bounds are held against before.
        test = f"{{x}} >= {double(low)} AND {{x}} < {double(high)}"
        return of(f"CASE WHEN {test} THEN CAST({{x}} AS {kept}) END" if tried else f"CAST({{x}} AS {kept})", x=x)
    rounded = of("ROUND({x}, 0)", x=x) if source is Family.DECIMAL else x
    if not tried:
        return of(f"CAST({{x}} AS {kept})", x=rounded)
    return of(f"CASE WHEN {{x}} >= {low} AND {{x}} < {high} THEN CAST({{x}} AS {kept}) END", x=rounded)


def _double(x: exp.Expression, source: Family, target: str) -> exp.Expression:
    kept = kept_type(target)
    if source is Family.BOOLEAN:
        return of(f"CAST(CAST({{x}} AS INTEGER) AS {kept})", x=x)
    if source not in NUMBERS or (target == "FLOAT" and not is_float(x)):
        raise refused(f"a cast to {target}")
    return of(f"CAST({{x}} AS {kept})", x=x)


def _decimal(x: exp.Expression, source: Family, target: str, tried: bool) -> exp.Expression:
    found = _DECIMAL.fullmatch(target)
    if found is None or source not in (*NUMBERS, Family.BOOLEAN):
        raise refused(f"a cast to {target}")
    kept, scale, most = kept_type(target), int(found[2]), 10 ** (int(found[1]) - int(found[2]))
    if source is Family.BOOLEAN:
        return of(f"CAST(CAST({{x}} AS INTEGER) AS {kept})", x=x)
    if source is not Family.DOUBLE:
        rounded = of(f"ROUND({{x}}, {scale})", x=x) if source is Family.DECIMAL else x
        test = f"{{r}} > -{most} AND {{r}} < {most}"
        return of(f"CASE WHEN {test} THEN CAST({{r}} AS {kept}) END" if tried else f"CAST({{r}} AS {kept})", r=rounded)
    if not tried:
        raise refused("a cast of a floating-point number to a decimal that may fail")
    return _decimal_of_double(x, kept, scale, most)


def _decimal_of_double(x: exp.Expression, kept: str, scale: int, most: int) -> exp.Expression:
    """DuckDB multiplies as floating-point numbers before it rounds."""
    scaled = away_from_zero(of(f"({{x}} * CAST('1e{scale}' AS DOUBLE PRECISION))", "DOUBLE", x=x))
    # As far as 64 bits hold the product; what lies beyond is an error, and no other number.
    limit = min(most * 10**scale, 2**63)
    beyond = most * 10**scale
    fits = f"{{s}} > CAST('-{limit}' AS DOUBLE PRECISION) AND {{s}} < CAST('{limit}' AS DOUBLE PRECISION)"
    odd = "CAST(CAST('more digits than PostgreSQL makes exactly of ' || CAST({x} AS TEXT) AS INTEGER) AS NUMERIC)"
    return of(
        f"CASE WHEN {{x}} > -{2 * most} AND {{x}} < {2 * most} THEN CASE "
        f"WHEN {fits} THEN CAST(CAST({{s}} AS BIGINT) / CAST('1e{scale}' AS NUMERIC) AS {kept}) "
        f"WHEN {'TRUE' if beyond > limit else 'FALSE'} THEN {odd} END END",
        x=x, s=scaled,
    )  # fmt: skip


def _text(x: exp.Expression, source: Family) -> exp.Expression:
    if source is Family.TEXT:
        return x
    if source is Family.DOUBLE:
        return _shown_double(x)
    if source is Family.DECIMAL and not _has_all_places(x):
        raise refused("a decimal as text whose number of places is not known")
    if source in TIMES:
        return of(f'{shown_time("{x}")} COLLATE "C"', x=x)
    if source in (Family.INTEGER, Family.DECIMAL, Family.BOOLEAN, Family.TIME):
        return of('CAST({x} AS TEXT) COLLATE "C"', x=x)
    raise refused("a cast to text of what may be a list or an interval")


def _has_all_places(x: exp.Expression) -> bool:
    """Whether a decimal has as many places there as its type has here: one of a column or of a cast, or their sum."""
    from sqlglot import exp

    while isinstance(x, (exp.Paren, exp.Sum, exp.Min, exp.Max, exp.Neg, exp.Abs)):
        x = x.this
    return isinstance(x, exp.Column) or (isinstance(x, exp.Cast) and bool(x.to.expressions))


def _shown_double(x: exp.Expression) -> exp.Expression:
    """The shortest digits that say the number; both know them, and set the point and the exponent differently."""
    written_out = f"ABS({{x}}) < {double('1e16')} AND (ABS({{x}}) >= {double('1e-4')} OR {{x}} = 0)"
    digits = "CAST(CAST(CAST({x} AS TEXT) AS NUMERIC) AS TEXT)"
    return of(
        f"CASE WHEN {{x}} = {NAN} THEN 'nan' WHEN {{x}} = {INFINITY} THEN 'inf' "
        f"WHEN {{x}} = {MINUS_INFINITY} THEN '-inf' "
        f"WHEN {written_out} THEN CASE WHEN {{x}} = TRUNC({{x}}) THEN {digits} || '.0' ELSE {digits} END "
        'ELSE CAST({x} AS TEXT) END COLLATE "C"',
        x=x,
    )  # fmt: skip


def _list(x: exp.Expression, target: str) -> exp.Expression:
    from sqlglot import exp

    if isinstance(x, exp.Literal) and _LIST.fullmatch(str(x.this)):
        return of(f"CAST('{{{{{str(x.this)[1:-1]}}}}}' AS {kept_type(target)})")
    if isinstance(x, exp.Array) or (x.type is not None and duckdb_type(x.type) == target):
        return of(f"CAST({{x}} AS {kept_type(target)})", x=x)
    raise refused("a cast to a list")
