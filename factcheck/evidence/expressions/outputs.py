"""The columns that a SELECT gives: their names, what `*` stands for, and new names for them."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from factcheck.evidence.dataset import Column, Family
from factcheck.evidence.expressions.lineage import union
from factcheck.evidence.expressions.parse import fail
from factcheck.evidence.expressions.sources import SourceNames, output

Outputs = list[Column] | None


def own_name(node: exp.Expression) -> str:
    """The name of a column that is given no other: its own, or how it is computed."""
    return node.name if isinstance(node, exp.Column) else node.sql(dialect="duckdb").lower()[:60]


def star_of(node: exp.Expression) -> exp.Star | None:
    inner = node.this if isinstance(node, exp.Column) else node
    return inner if isinstance(inner, exp.Star) else None


def expanded(
    names: SourceNames, node: exp.Expression, star: exp.Star
) -> tuple[list[exp.Expression], list[Column] | None]:
    """`*` as the columns that are known, so that nothing else of a table gets through."""
    if star.args.get("replace") or star.args.get("rename") or star.args.get("ilike"):
        raise fail(node, "after * only exclude may stand", "name the columns", "node")
    owner = node.args.get("table") if isinstance(node, exp.Column) else None
    sources = [s for s in names.sources.values() if owner is None or s.alias.casefold() == owner.name.casefold()]
    if not sources:
        raise fail(node, "'*' has nothing to stand for", "add: from a dataset", "star")
    if any(not source.columns for source in sources):
        return [exp.Star()] if owner is None else [exp.Column(this=exp.Star(), table=owner.copy())], None
    left_out = {part.name.casefold() for part in star.args.get("except_") or []}
    trees, columns, seen = [], [], set[str]()
    for source in sources:
        for column in source.columns.values():
            if column.name.casefold() in left_out or (column.name in names.merged and column.name in seen):
                continue
            seen.add(column.name)
            found = names.typed(source, column)
            trees.append(found.tree)
            columns.append(output(column.name, found))
    return list(trees), columns


def united(node: exp.Expression, left: Outputs, right: Outputs) -> Outputs:
    """The columns of a set operation, which both of its SELECTs have to give."""
    if left is None or right is None:
        return None
    if len(left) != len(right):
        raise fail(node, f"the SELECTs give {len(left)} and {len(right)} columns", "give the same columns", "union")
    for a, b in zip(left, right, strict=True):
        alike = a.family is b.family or (a.family.is_number and b.family.is_number)
        if not alike and Family.UNKNOWN not in (a.family, b.family):
            raise fail(node, f"column '{a.name}' is {a.family} in one SELECT and {b.family} in the other", "", "union")
    return [union(a, b) for a, b in zip(left, right, strict=True)]


def renamed(alias: exp.Expression, outputs: Outputs) -> Outputs:
    """The columns under the names of `AS t(a, b)`."""
    names = [column.name for column in alias.args.get("columns") or []]
    if not names or outputs is None:
        return outputs
    if len(names) > len(outputs):
        raise fail(alias, f"{len(names)} names for {len(outputs)} columns", code="alias")
    fresh = [*names, *(column.name for column in outputs[len(names) :])]
    return [replace(column, name=name) for name, column in zip(fresh, outputs, strict=True)]


def table_alias(alias: exp.Expression) -> exp.Expression:
    columns = [exp.Identifier(this=column.name, quoted=True) for column in alias.args.get("columns") or []]
    return exp.TableAlias(this=exp.Identifier(this=alias.name, quoted=True), columns=columns)
