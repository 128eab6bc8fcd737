"""Lists, and rows made of them."""

from __future__ import annotations

from itertools import pairwise

from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.engines.dialects import texts
from factcheck.evidence.engines.dialects.spark_words import bare, call, kind_of, refuse, said, whole
from factcheck.evidence.engines.dialects.translate import Rule, family_of
from factcheck.evidence.engines.spark_types import kept_type


def array(node: exp.Expression) -> exp.Expression:
    return node


def taken(node: exp.Expression) -> exp.Expression:
    """LIST_EXTRACT(list, place): counted from 1, from the end if negative; NULL where there is none."""
    listed, place = node.expressions
    return said("TRY_ELEMENT_AT({list}, NULLIF(CAST({place} AS INT), 0))", list=listed, place=place)


def bracket(node: exp.Expression) -> exp.Expression:
    if len(node.expressions) != 1:
        raise refuse(f"`{node.sql(dialect='duckdb')[:60]}`")
    (place,) = node.expressions
    if isinstance(place, exp.Slice):
        return _slice(node.this, place)
    if family_of(node.this) is not Family.LIST or (number := whole(place)) is None:
        raise refuse("a member of a list at a place that is not written out")
    offset = int(node.args.get("offset") or 0)
    return said(f"GET({{list}}, {number - offset})", list=node.this)


def _slice(listed: exp.Expression, place: exp.Expression) -> exp.Expression:
    """list[1:n]"""
    end = place.args.get("expression")
    if whole(place.this) != 1 or end is None or place.args.get("step"):
        raise refuse("a part of a list that does not begin at its first member")
    return said("SLICE({list}, 1, GREATEST(CAST({end} AS INT), 0))", list=listed, end=end)


def series(node: exp.Expression) -> exp.Expression:
    """range(a, b): whole numbers from a to before b."""
    first, end, step = (node.args.get(name) for name in ("start", "end", "step"))
    if step is not None or first is None or end is None or family_of(first) is not Family.INTEGER:
        raise refuse("a series with steps, or of other things than whole numbers")
    last = "{end} - 1" if node.args.get("is_end_exclusive") else "{end}"
    made = f"CASE WHEN {last} >= {{first}} THEN SEQUENCE(CAST({{first}} AS BIGINT), CAST({last} AS BIGINT)) " \
        "ELSE CAST(ARRAY() AS ARRAY<BIGINT>) END"  # fmt: skip
    return said(made, first=first, end=end)


def gathered(node: exp.Expression) -> exp.Expression:
    """LIST(x ORDER BY x), NULLs last."""
    order = node.this
    if not isinstance(order, exp.Order) or len(order.expressions) != 1:
        raise refuse("a list of the values of rows in no order")
    (by,) = order.expressions
    if by.args.get("desc") or by.args.get("nulls_first") or bare(by.this) != bare(order.this):
        raise refuse("a list of values in the order of others")
    kind = kept_type(kind_of(order.this))
    return said(
        "CONCAT(SORT_ARRAY(COLLECT_LIST({x})), "
        f"ARRAY_REPEAT(CAST(NULL AS {kind}), CAST(COUNT(*) - COUNT({{x}}) AS INT)))",
        x=order.this,
    )


def contains(node: exp.Expression) -> exp.Expression:
    """Lists of texts as texts.py has it; of whole numbers there is no other equality."""
    if family_of(node.expression) is Family.INTEGER:
        return said(
            "CASE WHEN {list} IS NULL OR {it} IS NULL THEN NULL ELSE COALESCE(ARRAY_CONTAINS({list}, {it}), FALSE) END",
            list=node.this,
            it=node.expression,
        )
    made: exp.Expression = texts.rules("spark")[exp.ArrayContains](node)
    return made


def sorted_(node: exp.Expression) -> exp.Expression:
    """NULLs come last in DuckDB; texts' functions leave none in a list."""
    if set(node.args) - {"this"} and any(node.args.get(name) for name in set(node.args) - {"this"}):
        raise refuse("list_sort with an order")
    return said("ARRAY_SORT({list})", list=node.this)


def different(node: exp.Expression) -> exp.Expression:
    """Without NULL, as DuckDB's."""
    return said("ARRAY_DISTINCT(ARRAY_COMPACT({list}))", list=node.this)


def select(node: exp.Expression) -> exp.Expression:
    """UNNEST in the SELECT list: several of them in step; a cast of the members is one of the list."""
    made = [(i, item) for i, item in enumerate(node.expressions) if item.find(exp.Explode) is not None]
    if not made:
        return node
    lists = [_of_members(item) for _, item in made]
    names = [item.alias_or_name for _, item in made]
    if len(made) == 1:
        item = made[0][1]
        item.replace(exp.alias_(exp.Explode(this=lists[0]), names[0] or "unnest", quoted=True))
        return node
    if any(after[0] - before[0] != 1 for before, after in pairwise(made)):
        raise refuse("lists unnested in places apart from one another")
    zipped = call("INLINE", call("ARRAYS_ZIP", *lists))
    items = list(node.expressions)
    first, last = made[0][0], made[-1][0]
    together = exp.Aliases(this=zipped, expressions=[exp.to_identifier(name, quoted=True) for name in names])
    node.set("expressions", [*items[:first], together, *items[last + 1 :]])
    return node


def _of_members(item: exp.Expression) -> exp.Expression:
    value = bare(item.this if isinstance(item, exp.Alias) else item)
    if isinstance(value, exp.Explode):
        found: exp.Expression = value.this
        return found
    inner = next((part for part in value.find_all(exp.Explode)), None)
    if inner is None or not isinstance(value, exp.Cast) or bare(value.this) is not inner:
        raise refuse("what is made of the members of a list")
    kind = value.args["to"].sql(dialect="spark")
    return said(f"CAST({{list}} AS ARRAY<{kind}>)", list=inner.this)


def explode(node: exp.Expression) -> exp.Expression:
    """Left to the SELECT that it stands in."""
    parent = node.parent
    while isinstance(parent, (exp.Paren, exp.Alias, exp.Cast)):
        parent = parent.parent
    if not isinstance(parent, exp.Select):
        raise refuse("UNNEST outside of a SELECT list")
    return node


def kept_if(node: exp.Expression) -> exp.Expression:
    return said("FILTER({list}, {test})", list=node.this, test=node.expression)


def rules() -> dict[type[exp.Expression] | str, Rule]:
    return {
        exp.Array: array,
        exp.Bracket: bracket,
        exp.Slice: lambda node: node,
        exp.GenerateSeries: series,
        exp.ArrayAgg: gathered,
        exp.ArrayContains: contains,
        exp.ArraySort: sorted_,
        exp.ArrayDistinct: different,
        exp.ArrayFilter: kept_if,
        exp.Lambda: lambda node: node,
        exp.Explode: explode,
        exp.Select: select,
        "LIST_EXTRACT": taken,
    }

