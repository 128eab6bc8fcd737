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
_EXPONENT = "([eE][-+]?[0-9]+)?"
_ANY = f"^{_BLANK}[-+]?([0-9][0-9_]*([.][0-9_]*)?|[.][0-9][0-9_]*){_EXPONENT}{_BLANK}$"  # DuckDB reads a number
_FEW = f"^{_BLANK}[-+]?0*([0-9]{{1,20}}([.][0-9]{{0,18}})?|[.][0-9]{{1,18}}){_BLANK}$"  # DECIMAL(38, 18) holds it
_SHORT = f"^{_BLANK}[-+]?([0-9]{{1,9}}([.][0-9]{{0,9}})?|[.][0-9]{{1,9}})[eE][-+]?[0-9]{_BLANK}$"
_LONG = f"^{_BLANK}[-+]?0*[1-9][0-9]{{20,}}([.][0-9]*)?{_BLANK}$"  # more than 64 bits
_HUGE = f"^{_BLANK}[-+]?0*[1-9]([0-9]{{39,}}([.][0-9]*)?|[0-9]*([.][0-9]*)?[eE][+]?0*[1-9][0-9]{{2,}}){_BLANK}$"
_WIDE = f"^{_BLANK}[-+]?0*[0-9]{{1,37}}{_BLANK}$"
_BASE = f"^{_BLANK}[-+]?0[xXbB]"
_FLOAT = f"^{_BLANK}[-+]?([0-9]+([.][0-9]*)?|[.][0-9]+){_EXPONENT}{_BLANK}$"
_ENDLESS = f"(?i)^{_BLANK}(-?inf|-?infinity|nan){_BLANK}$"
_TIME = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?"
_DAY = f"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}([ T]{_TIME})?$"
_MAY_BE_DAY = r"(?i)^[-+\s]*[0-9]+[^0-9][0-9]+[^0-9][0-9]+|^\s*[-+]?(epoch|infinity)"
_TRUE, _FALSE = "(?i)^(true|t|1|yes|y)$", "(?i)^(false|f|0|no|n)$"
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
    # As DuckDB: x·10^places to the nearest whole number, halves away from zero.
    size = f"ABS({{x}} * 1e{places})"
    floor = f"(CASE WHEN {size} < 4503599627370496 THEN CAST(FLOOR({size}) AS DOUBLE) ELSE {size} END)"
    number = f"(SIGN({{x}}) * ({floor} + CASE WHEN {size} - {floor} >= 0.5D THEN 1 ELSE 0 END))"
    unit = "1" if places == 0 else f"0.{'1'.rjust(places, '0')}"
    return said(f"CAST({cast}({cast}({number} AS BIGINT) AS DECIMAL({digits}, 0)) * {unit} AS {kept})", x=value)


def _read(value: exp.Expression, to: str, kept: str, wanted: Family, cast: str) -> exp.Expression:
    """A text: read where both engines agree, NULL (or an error) where it is none, and otherwise an error."""
    text = written(bare(value))
    if text is not None and wanted in (Family.DATE, Family.TIMESTAMP) and re.fullmatch(_DAY, text):
        return said(f"CAST({{x}} AS {kept})", x=value)
    if is_(value, "UUID"):
        raise refuse(f"a cast of a UUID to {to}")
    nothing = f"CAST(NULL AS {kept})" if cast == "TRY_CAST" else f"RAISE_ERROR('{_UNCLEAR}')"
    read = _readings(wanted, to, kept, cast, nothing)
    if read is None:
        raise refuse(f"a cast of text to {to}")
    tests = "".join(f" WHEN REGEXP_LIKE({{x}}, {{p{i}}}) THEN {sql}" for i, (_, sql) in enumerate(read))
    patterns = {f"p{i}": exp.Literal.string(pattern) for i, (pattern, _) in enumerate(read)}
    return said(f"CASE WHEN {{x}} IS NULL THEN NULL{tests} ELSE {nothing} END", x=value, **patterns)


def _readings(wanted: Family, to: str, kept: str, cast: str, nothing: str) -> list[tuple[str, str]] | None:
    """What is done with a text of which pattern, in this order; any other is none."""
    decimal, unclear = f"{cast}({{x}} AS DECIMAL(38, 18))", f"RAISE_ERROR('{_UNCLEAR}')"
    if wanted is Family.INTEGER:
        wide = (_WIDE, f"{cast}({{x}} AS {kept})") if kept == "DECIMAL(38,0)" else (_LONG, nothing)
        whole = f"{cast}(ROUND({decimal}, 0) AS {kept})"
        return [wide, (_FEW, whole), (_SHORT, whole), (_HUGE, nothing), (_ANY, unclear), (_BASE, unclear)]
    if wanted is Family.DECIMAL and (found := _DECIMAL.fullmatch(to)) is not None:
        digits, places = int(found[1]), int(found[2])
        long = [(_LONG, nothing)] if digits - places <= 20 else []
        number = f"{cast}({decimal} AS {kept})"
        read = [*long, (_FEW, number), (_SHORT, number), (_HUGE, nothing), (_ANY, unclear)]
        return read if places <= 18 else None
    if wanted is Family.DOUBLE and kept == "DOUBLE":
        number = f"{cast}(TRIM(BOTH FROM {{x}}) AS DOUBLE)"
        return [(_FLOAT, number), (_ENDLESS, number), (_ANY, unclear)]
    if wanted is Family.DATE:
        return [(_DAY, f"{cast}(SUBSTRING({{x}}, 1, 10) AS DATE)"), (_MAY_BE_DAY, unclear)]
    if wanted is Family.TIMESTAMP:
        return [(_DAY, f"{cast}({{x}} AS {kept})"), (_MAY_BE_DAY, unclear)]
    return [(_TRUE, "TRUE"), (_FALSE, "FALSE")] if wanted is Family.BOOLEAN else None


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
