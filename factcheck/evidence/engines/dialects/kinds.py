"""Types that DuckDB gives where sqlglot's own account of it says something else, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlglot import exp
    from sqlglot.optimizer.annotate_types import TypeAnnotator

Annotator = Callable[["TypeAnnotator", "exp.Expression"], "exp.Expression"]

# Functions that sqlglot does not know, by name.
_NAMED = {
    "EPOCH_US": "BIGINT", "EPOCH": "DOUBLE", "ISFINITE": "BOOLEAN", "FSUM": "DOUBLE", "HASH": "UBIGINT",
    "ENUM_CODE": "UTINYINT", "NFC_NORMALIZE": "VARCHAR", "LIST_POSITION": "INTEGER",
}  # fmt: skip


@cache
def metadata() -> Mapping[Any, Any]:
    """What `annotate_types` goes by: sqlglot's for DuckDB, and the corrections."""
    from sqlglot import exp
    from sqlglot.dialects.duckdb import DuckDB

    corrected: dict[Any, Annotator] = {
        exp.Literal: _literal,
        **dict.fromkeys((exp.Mul, exp.Mod, exp.Coalesce, exp.Greatest, exp.Least, exp.Case), _widest),
        exp.Add: _sum_of_times,
        exp.Sub: _difference,
        exp.Round: _rounded,
        exp.Floor: _rounded,
        exp.Ceil: _rounded,
        exp.Sum: _total,
        exp.TimestampTrunc: _fixed("TIMESTAMP"),
        exp.RegexpExtract: _fixed("VARCHAR"),
        exp.RegexpReplace: _fixed("VARCHAR"),
        exp.RegexpExtractAll: _fixed("VARCHAR[]"),
        exp.ArgMax: _of_this,
        exp.ArgMin: _of_this,
        exp.PercentileCont: _between,
        exp.Median: _between,
        exp.PercentileDisc: _chosen,
        exp.Anonymous: _named,
    }
    return {**DuckDB.EXPRESSION_METADATA, **{kind: {"annotator": found} for kind, found in corrected.items()}}


def _set(self: TypeAnnotator, node: exp.Expression, kind: Any) -> exp.Expression:
    self._set_type(node, _built(kind) if isinstance(kind, str) else kind)
    return node


@cache
def _built(kind: str) -> exp.DataType:
    from sqlglot import exp

    return exp.DataType.build(kind, dialect="duckdb")


def _fixed(kind: str) -> Annotator:
    return lambda self, node: _set(self, node, kind)


def _literal(self: TypeAnnotator, node: Any) -> exp.Expression:
    """1.5 is a decimal, 1e5 a double."""
    shown = str(node.this).lower()
    if not node.args.get("is_string") and "." in shown and "e" not in shown:
        whole, places = shown.split(".")
        return _set(self, node, f"DECIMAL({max(1, len(whole.lstrip('0') + places))},{len(places)})")
    made: exp.Expression = self._annotate_literal(node)
    return made


def _of_this(self: TypeAnnotator, node: exp.Expression) -> exp.Expression:
    return _set(self, node, _type(node.this))


def _type(node: Any) -> Any:
    return getattr(node, "type", None) or "UNKNOWN"


def _is(node: Any, *kinds: str) -> bool:
    kind = getattr(node, "type", None)
    return kind is not None and getattr(kind.this, "name", "") in kinds


_TIMESTAMPS = ("TIMESTAMP", "TIMESTAMPNTZ")


@cache
def _whole() -> tuple[str, ...]:
    from sqlglot import exp

    return tuple(kind.name for kind in exp.DataType.INTEGER_TYPES)


def _sum_of_times(self: TypeAnnotator, node: exp.Expression) -> exp.Expression:
    from sqlglot.dialects.duckdb import DuckDB

    if _is(node.this, "DATE", *_TIMESTAMPS) and _is(node.expression, "INTERVAL"):
        return _set(self, node, "TIMESTAMP")
    return _own(DuckDB, self, node)


def _difference(self: TypeAnnotator, node: exp.Expression) -> exp.Expression:
    from sqlglot.dialects.duckdb import DuckDB

    if _is(node.this, "DATE") and _is(node.expression, "DATE"):
        return _set(self, node, "BIGINT")
    if _is(node.this, "DATE", *_TIMESTAMPS) and _is(node.expression, "DATE", *_TIMESTAMPS):
        return _set(self, node, "INTERVAL")
    if _is(node.this, "DATE", *_TIMESTAMPS) and _is(node.expression, "INTERVAL"):
        return _set(self, node, "TIMESTAMP")
    return _own(DuckDB, self, node)


def _own(dialect: Any, self: TypeAnnotator, node: exp.Expression) -> exp.Expression:
    made: exp.Expression = dialect.EXPRESSION_METADATA[type(node)]["annotator"](self, node)
    return _floating(self, made)


def _widest(self: TypeAnnotator, node: exp.Expression) -> exp.Expression:
    from sqlglot.dialects.duckdb import DuckDB

    return _own(DuckDB, self, node)


def _floating(self: TypeAnnotator, node: exp.Expression) -> exp.Expression:
    """Beside a floating-point number a decimal is one, too."""
    from sqlglot import exp

    if isinstance(node, exp.Case):
        parts = [*(branch.args.get("true") for branch in node.args["ifs"]), node.args.get("default")]
    else:
        parts = [node.this, node.args.get("expression"), *node.args.get("expressions", [])]
    for kind in ("DOUBLE", "FLOAT"):
        if _is(node, "DECIMAL") and any(_is(part, kind) for part in parts):
            return _set(self, node, kind)
    return node


def _rounded(self: TypeAnnotator, node: exp.Expression) -> exp.Expression:
    """A decimal stays one (of another size), a whole number what it is."""
    from sqlglot import exp

    if _is(node.this, "DECIMAL"):
        return _set(self, node, exp.DataType.build("DECIMAL"))
    if _is(node.this, *_whole(), "UNKNOWN"):
        return _set(self, node, _type(node.this))
    return _set(self, node, _type(node.this) if _is(node.this, "FLOAT") else "DOUBLE")


def _total(self: TypeAnnotator, node: exp.Expression) -> exp.Expression:

    if _is(node.this, *_whole()):
        return _set(self, node, "HUGEINT")
    return _set(self, node, "DOUBLE" if _is(node.this, "FLOAT") else _type(node.this))


def _between(self: TypeAnnotator, node: exp.Expression) -> exp.Expression:
    """A quantile that may lie between two values."""

    return _set(self, node, "DOUBLE" if _is(node.this, *_whole()) else _type(node.this))


def _chosen(self: TypeAnnotator, node: exp.Expression) -> exp.Expression:
    from sqlglot import exp

    kind = _type(node.this)
    several = isinstance(node.expression, exp.Array) and isinstance(kind, exp.DataType)
    if not several:
        return _set(self, node, kind)
    return _set(self, node, exp.DataType(this=exp.DType.ARRAY, expressions=[kind.copy()], nested=True))


def _named(self: TypeAnnotator, node: exp.Expression) -> exp.Expression:
    name = str(node.this).upper()
    if name == "LIST_EXTRACT" and (listed := _type(node.expressions[0])) != "UNKNOWN" and listed.expressions:
        return _set(self, node, listed.expressions[0])
    return _set(self, node, _NAMED.get(name, "UNKNOWN"))
