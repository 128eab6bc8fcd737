"""Casts, whose rounding and whose reading of texts differ between engines."""

from __future__ import annotations

import re
from datetime import time

from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.dialects.spark_words import bare, is_, is_float, kind_of, refuse, said, typed, written
from factcheck.evidence.engines.dialects.translate import Rule, family_of
from factcheck.evidence.engines.spark_types import kept_type
from factcheck.evidence.engines.types import family

_DECIMAL = re.compile(r"DECIMAL\((\d+), ?(\d+)\)")
_NAMES = {
    "INT128": "HUGEINT", "UINT128": "UHUGEINT", "TEXT": "VARCHAR", "INT": "INTEGER", "REAL": "FLOAT",
    "TIMESTAMPNTZ": "TIMESTAMP",
}  # fmt: skip
_BLANK = r"[\t\n\x0B\f\r ]*"
# A text that both engines read as the same number or time. A text without any digit is neither, but for some words.
_WHOLE = f"^{_BLANK}-?[0-9]{{1,18}}{_BLANK}$"
_PLACES = f"^{_BLANK}-?[0-9]{{1,18}}([.][0-9]{{1,18}})?{_BLANK}$"
_FLOAT = f"^{_BLANK}-?[0-9]{{1,15}}([.][0-9]{{1,15}})?([eE][+-]?[0-9]{{1,2}})?{_BLANK}$"
_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_MOMENT = "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?)?$"
# What is surely neither: it begins with another letter than a number, a time or their few words do, or holds a letter
# that no number holds.
_NEITHER = r"^[\t\n\x0B\f\r ]*(?![-+.0-9eEiInN\t\n\x0B\f\r ])|^[\t\n\x0B\f\r ]*[eE](?![pP])|^[\t\n\x0B\f\r ]*$"
_UNCLEAR = "a text that DuckDB and Spark may read differently stands where a number or a time is wanted"


def target(node: exp.Expression) -> str:
    """The DuckDB type that a cast names."""
    kind = str(node.args["to"].sql(dialect="duckdb")).upper()
    listed = kind.endswith("[]")
    name = kind.removesuffix("[]")
    return _NAMES.get(name, name) + ("[]" if listed else "")


def cast_(node: exp.Expression) -> exp.Expression:
    to, value = target(node), node.this
    tries = isinstance(node, exp.TryCast)
    made = _cast(value, to, "TRY_CAST" if tries else "CAST")
    return typed(made, to)


def _cast(value: exp.Expression, to: str, cast: str) -> exp.Expression:
    kept, source = kept_type(to), family_of(value)
    if to == "TIME":
        return _clock(value)
    if to.endswith("[]"):
        return _listed(value, to, kept)
    if isinstance(bare(value), exp.Null) or kind_of(value) in ("NULL", '"NULL"'):
        return said(f"CAST(NULL AS {kept})")
    wanted = family(to)
    if source is Family.UNKNOWN:
        raise refuse(f"a cast to {to} of a value of unknown type")
    if source is Family.TEXT and wanted is not Family.TEXT:
        return _read(value, to, kept, wanted, cast)
    if wanted is Family.INTEGER:
        return _to_whole(value, kept, source, cast)
    if wanted is Family.DECIMAL:
        return _to_decimal(value, to, kept, source, cast)
    if wanted is Family.TEXT and source in (Family.DOUBLE, Family.LIST, Family.INTERVAL, Family.OTHER):
        raise refuse(f"a cast of {kind_of(value).lower()} to text")
    return said(f"{cast}({{x}} AS {kept})", x=value)


def _to_whole(value: exp.Expression, kept: str, source: Family, cast: str) -> exp.Expression:
    """Doubles go to the nearest, halves to the even one; of decimals halves go away from zero."""
    if source is Family.DOUBLE:
        if kept.startswith("DECIMAL"):
            raise refuse("a cast of a floating-point number to more than 64 bits")
        return said(f"{cast}(RINT(CAST({{x}} AS DOUBLE)) AS {kept})", x=value)
    if source is Family.DECIMAL:
        return said(f"{cast}(ROUND({{x}}, 0) AS {kept})", x=value)
    return said(f"{cast}({{x}} AS {kept})", x=value)


def _to_decimal(value: exp.Expression, to: str, kept: str, source: Family, cast: str) -> exp.Expression:
    if source is not Family.DOUBLE:
        return said(f"{cast}({{x}} AS {kept})", x=value)
    found = _DECIMAL.fullmatch(to)
    if found is None or int(found[1]) > 18 or is_float(value):
        raise refuse(f"a cast of a floating-point number to {to}")
    digits, places = int(found[1]), int(found[2])
    # As DuckDB: x·10^places, a billionth further from zero, to the nearest whole number.
    number = f"RINT({{x}} * 1e{places} + SIGN({{x}}) * 1e-9)"
    unit = "1" if places == 0 else f"0.{'1'.rjust(places, '0')}"
    return said(f"CAST({cast}({cast}({number} AS BIGINT) AS DECIMAL({digits}, 0)) * {unit} AS {kept})", x=value)


def _read(value: exp.Expression, to: str, kept: str, wanted: Family, cast: str) -> exp.Expression:
    """A text: read where both engines agree, NULL (or an error) where it is none, and otherwise an error."""
    text = written(bare(value))
    if text is not None and wanted in (Family.DATE, Family.TIMESTAMP) and re.fullmatch(_MOMENT, text):
        return said(f"CAST({{x}} AS {kept})", x=value)
    made = {
        Family.INTEGER: (_PLACES, f"{cast}(ROUND(CAST(TRIM({{x}}) AS DECIMAL(38, 18)), 0) AS {kept})"),
        Family.DECIMAL: (_PLACES, f"{cast}(CAST(TRIM({{x}}) AS DECIMAL(38, 18)) AS {kept})"),
        Family.DOUBLE: (_FLOAT, f"{cast}(TRIM({{x}}) AS {kept})"),
        Family.DATE: (_DAY, f"{cast}({{x}} AS {kept})"),
        Family.TIMESTAMP: (_MOMENT, f"{cast}({{x}} AS {kept})"),
    }.get(wanted)
    if made is None:
        return _truth(value, kept, cast)
    if is_(value, "UUID"):
        raise refuse(f"a cast of a UUID to {to}")
    pattern, read = made
    nothing = "CAST(NULL AS {kept})" if cast == "TRY_CAST" else f"RAISE_ERROR('{_UNCLEAR}')"
    return said(
        f"CASE WHEN {{x}} IS NULL THEN NULL WHEN REGEXP_LIKE({{x}}, {{pattern}}) THEN {read} "
        f"WHEN REGEXP_LIKE({{x}}, {{other}}) THEN {nothing.replace('{kept}', kept)} "
        f"ELSE RAISE_ERROR('{_UNCLEAR}') END",
        x=value,
        pattern=exp.Literal.string(pattern),
        other=exp.Literal.string(_NEITHER),
    )


def _truth(value: exp.Expression, kept: str, cast: str) -> exp.Expression:
    if kept != "BOOLEAN":
        raise refuse(f"a cast of text to {kept.lower()}")
    nothing = "CAST(NULL AS BOOLEAN)" if cast == "TRY_CAST" else f"RAISE_ERROR('{_UNCLEAR}')"
    return said(
        "CASE WHEN {x} IS NULL THEN NULL WHEN {x} IN ('true', 'True', 'TRUE', 't', '1') THEN TRUE "
        "WHEN {x} IN ('false', 'False', 'FALSE', 'f', '0') THEN FALSE "
        f"WHEN CHAR_LENGTH({{x}}) > 8 THEN {nothing} ELSE RAISE_ERROR('{_UNCLEAR}') END",
        x=value,
    )


def _clock(value: exp.Expression) -> exp.Expression:
    """Times of day are texts there, as DuckDB writes them."""
    text = written(bare(value))
    if text is None:
        if kind_of(value) == "TIME":
            return value
        raise refuse("a cast to time")
    shown = time.fromisoformat(text).isoformat()
    return exp.Literal.string(shown.rstrip("0") if "." in shown else shown)


def _listed(value: exp.Expression, to: str, kept: str) -> exp.Expression:
    """A list that is written out, as one text of Spark's that is read once, whatever its length."""
    text = written(bare(value))
    if text is not None:
        inner = text.strip().removeprefix("[").removesuffix("]")
        if kept not in ("ARRAY<INT>", "ARRAY<BIGINT>", "ARRAY<SMALLINT>") or not re.fullmatch(r"[-0-9, ]*", inner):
            raise refuse(f"a cast of a text to {to}")
        return said("FROM_JSON({x}, {kind})", x=exp.Literal.string(f"[{inner}]"), kind=exp.Literal.string(kept.lower()))
    if isinstance(bare(value), exp.Array) and all(isinstance(v, exp.Literal) for v in bare(value).expressions):
        shown = ",".join(str(v.this) for v in bare(value).expressions)
        if kept in ("ARRAY<INT>", "ARRAY<BIGINT>", "ARRAY<SMALLINT>") and re.fullmatch(r"[0-9,]*", shown):
            return said(
                "FROM_JSON({x}, {kind})", x=exp.Literal.string(f"[{shown}]"), kind=exp.Literal.string(kept.lower())
            )
    if kind_of(value) not in (to, ""):
        raise refuse(f"a cast of {kind_of(value).lower()} to {to.lower()}")
    return said(f"CAST({{x}} AS {kept})", x=value)


def rules() -> dict[type[exp.Expression] | str, Rule]:
    return {exp.Cast: cast_, exp.TryCast: cast_}
