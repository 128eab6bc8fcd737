"""Function calls: each function's arguments and what it gives. What is not here cannot be called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions import helpers, times
from factcheck.evidence.expressions.docs import FUNCTIONS
from factcheck.evidence.expressions.parse import fail
from factcheck.evidence.expressions.regex_write import portable
from factcheck.evidence.expressions.scope import ExpressionError
from factcheck.evidence.expressions.typed import Typed, call, number, operand, text

if TYPE_CHECKING:
    from factcheck.evidence.expressions.binder import Binder, Handler

_TEXT, _INTEGER, _BOOLEAN = Family.TEXT, Family.INTEGER, Family.BOOLEAN

_AGGREGATE = "an aggregate belongs to the measure: count:, sum:, mean:, …, or to a query"
_FILE = "files are named in a manifest, under evidence/"
_NOW = "it changes from run to run: write the date"
INSTEAD = {
    **dict.fromkeys(
        ("count", "sum", "avg", "mean", "median", "min", "max", "stddev", "string_agg", "list", "any_value"), _AGGREGATE
    ),
    **dict.fromkeys(
        ("read_csv", "read_csv_auto", "read_text", "read_blob", "read_parquet", "parquet_scan", "glob"), _FILE
    ),
    **dict.fromkeys(("read_json", "read_json_auto", "sniff_csv", "parquet_metadata"), _FILE),
    **dict.fromkeys(("now", "today", "current_timestamp", "get_current_timestamp", "current_date", "age"), _NOW),
    **dict.fromkeys(("random", "uuid", "gen_random_uuid", "setseed"), "it gives another answer in every run"),
    **dict.fromkeys(("pow", "power"), "write x * x"),
    **dict.fromkeys(
        ("timezone", "to_timestamp", "strptime"), "give the column a format: and timezone: in the manifest"
    ),
    "regexp_replace": "use replace, split_part or regexp_extract",
}


@dataclass(frozen=True)
class Simple:
    """A function whose arguments are of one family each; the names are sqlglot's."""

    name: str
    arguments: dict[str, Family]
    gives: Family


SIMPLE: dict[type, Simple] = {
    exp.Lower: Simple("lower", {"this": _TEXT}, _TEXT),
    exp.Upper: Simple("upper", {"this": _TEXT}, _TEXT),
    exp.StartsWith: Simple("starts_with", {"this": _TEXT, "expression": _TEXT}, _BOOLEAN),
    exp.EndsWith: Simple("ends_with", {"this": _TEXT, "expression": _TEXT}, _BOOLEAN),
    exp.Replace: Simple("replace", {"this": _TEXT, "expression": _TEXT, "replacement": _TEXT}, _TEXT),
    exp.SplitPart: Simple("split_part", {"this": _TEXT, "delimiter": _TEXT, "part_index": _INTEGER}, _TEXT),
    exp.Substring: Simple("substring", {"this": _TEXT, "start": _INTEGER, "length": _INTEGER}, _TEXT),
}


def simple(binder: Binder, node: exp.Expression) -> Typed:
    spec = SIMPLE[type(node)]
    given = [(node.args[name], family) for name, family in spec.arguments.items() if node.args.get(name) is not None]
    parts = [_argument(binder, source, spec.name, family) for source, family in given]
    made = parts[0].make(call(spec.name, *(part.tree for part in parts)), spec.gives, *parts[1:])
    return binder.atom(made) if spec.gives is _BOOLEAN else made


def _argument(binder: Binder, source: exp.Expression, name: str, *families: Family) -> Typed:
    found = binder.bind(source)
    if found.family not in (*families, Family.UNKNOWN, Family.NULL):
        wanted = "text" if families[0] is _TEXT else "a whole number" if families[0] is _INTEGER else f"a {families[0]}"
        hint = "make text of it: cast(x as varchar)" if families[0] is _TEXT else ""
        raise fail(source, f"{name} needs {wanted} here, not {found.family}", hint, "type")
    return found


def length(binder: Binder, node: exp.Expression) -> Typed:
    """Of a text in characters, of a list in members."""
    found = _argument(binder, node.this, "length", _TEXT, Family.LIST)
    return found.make(call("length", found.tree), _INTEGER)


def trim(binder: Binder, node: exp.Expression) -> Typed:
    found = _argument(binder, node.this, "trim", _TEXT)
    extra = node.args.get("expression")
    chars = _argument(binder, extra, "trim", _TEXT) if extra is not None else None
    tree = exp.Trim(this=found.tree, position=node.args.get("position"), expression=chars.tree if chars else None)
    return found.make(tree, _TEXT, *([chars] if chars else []))


def concat(binder: Binder, node: exp.Expression) -> Typed:
    """concat leaves NULLs out; || gives NULL where one is."""
    parts = [_argument(binder, part, "concat", _TEXT) for part in node.expressions]
    return parts[0].make(call("concat", *(part.tree for part in parts)), _TEXT, *parts[1:])


def pipes(binder: Binder, node: exp.Expression) -> Typed:
    left, right = (_argument(binder, part, "||", _TEXT) for part in (node.this, node.expression))
    return left.make(exp.DPipe(this=operand(left.tree), expression=operand(right.tree), safe=True), _TEXT, right)


def contains(binder: Binder, node: exp.Expression) -> Typed:
    """contains(text, 'part'); of a list, as list_contains."""
    found = _argument(binder, node.this, "contains", _TEXT, Family.LIST)
    if found.family is Family.LIST:
        return _member(binder, node, found)
    part = _argument(binder, node.expression, "contains", _TEXT)
    return binder.atom(found.make(call("contains", found.tree, part.tree), _BOOLEAN, part))


def list_contains(binder: Binder, node: exp.Expression) -> Typed:
    found = binder.bind(node.this)
    if found.family not in (Family.LIST, Family.UNKNOWN):
        raise fail(
            node.this, f"list_contains needs a list, not {found.family}", "for text, contains(text, 'part')", "type"
        )
    return _member(binder, node, found)


def _member(binder: Binder, node: exp.Expression, found: Typed) -> Typed:
    member = binder.bind(node.expression)
    return binder.atom(found.make(call("list_contains", found.tree, member.tree), _BOOLEAN, member))


def regexp_matches(binder: Binder, node: exp.Expression) -> Typed:
    """regexp_matches(text, 'regex'[, 'i']), regexp_full_match(text, 'regex')"""
    found = _argument(binder, node.this, "a regular expression", _TEXT)
    full = isinstance(node, exp.RegexpFullMatch)
    flags = _written(binder, node.args.get("flag") or node.args.get("options"), node)
    if flags not in ("", "i"):
        raise fail(node, f"unknown flag '{flags}'", "only 'i', for capital and small letters alike", "regex")
    pattern = portable(
        _written(binder, node.expression, node), ignore_case=flags == "i", use="full" if full else "match"
    )
    kind = exp.RegexpFullMatch if full else exp.RegexpLike
    return binder.atom(found.make(kind(this=found.tree, expression=text(pattern.text)), _BOOLEAN))


def regexp_extract(binder: Binder, node: exp.Expression) -> Typed:
    """regexp_extract(text, 'regex', group): the empty text where nothing is found."""
    found = _argument(binder, node.this, "regexp_extract", _TEXT)
    if any(node.args.get(name) for name in ("position", "occurrence", "parameters")):
        raise fail(node, "regexp_extract takes a text, a regular expression and the number of a group", code="regex")
    group = node.args.get("group")
    chosen = int(group.this) if isinstance(group, exp.Literal) and str(group.this).isdigit() else 0
    source = _written(binder, node.expression, node)
    pattern = portable(source, use="extract" if chosen else "full")
    if chosen > pattern.groups:
        raise fail(node, f"the regular expression has no group {chosen}", "groups are counted by their '('", "regex")
    return found.make(call("regexp_extract", found.tree, text(pattern.text), number(chosen)), _TEXT)


def _written(binder: Binder, source: exp.Expression | None, node: exp.Expression) -> str:
    if source is None:
        return ""
    found = binder.bind(source)
    if not isinstance(found.literal, str):
        raise fail(node, "a regular expression must be written out", "in single quotes, or as a param", "literal")
    return found.literal


def named(binder: Binder, node: exp.Expression) -> Typed:
    """Functions that sqlglot does not know: the helpers, and date_part."""
    name = str(node.this).lower()
    doc = FUNCTIONS.get(name)
    if doc is None:
        raise ExpressionError(f"unknown function '{node.this}'", code="unknown-function")
    if name == "date_part":
        if len(node.expressions) != 2:
            raise fail(node, "date_part takes 2 arguments", doc.form, "arguments")
        return times.date_part(binder, node)
    wanted = len(helpers.HELPERS[name].arguments)
    if len(node.expressions) != wanted:
        raise fail(
            node,
            f"{name} takes {wanted} argument{'s' * (wanted != 1)}, not {len(node.expressions)}",
            doc.form,
            "arguments",
        )
    return helpers.expand(binder, node, name)


HANDLERS: dict[type, Handler] = {
    **dict.fromkeys(SIMPLE, simple),
    exp.Length: length,
    exp.Trim: trim,
    exp.Concat: concat,
    exp.DPipe: pipes,
    exp.Contains: contains,
    exp.ArrayContains: list_contains,
    exp.RegexpLike: regexp_matches,
    exp.RegexpFullMatch: regexp_matches,
    exp.RegexpExtract: regexp_extract,
    exp.Year: times.single_part,
    exp.Month: times.single_part,
    exp.Day: times.single_part,
    exp.Hour: times.single_part,
    exp.Extract: times.extract,
    exp.TimestampTrunc: times.truncation,
    exp.DateDiff: times.difference,
    exp.TimeToStr: times.shown,
    exp.Interval: times.interval,
    exp.Anonymous: named,
}
