"""Nodes that mean the same in every engine that there is a dialect for."""

from __future__ import annotations

from sqlglot import exp

# Clauses, logic and names. What depends on types (/, <, CAST, MIN of a text) or on habits of an engine is not here.
PLAIN: frozenset[type[exp.Expression]] = frozenset({
    exp.Select, exp.From, exp.Join, exp.Where, exp.Group, exp.Having, exp.Subquery, exp.Union, exp.With, exp.CTE,
    exp.Table, exp.TableAlias, exp.Alias, exp.Identifier, exp.Column, exp.Star, exp.Paren, exp.Exists,
    exp.And, exp.Or, exp.Not, exp.Null, exp.Boolean, exp.Is, exp.Case, exp.If, exp.Coalesce, exp.Nullif,
    exp.Count, exp.Limit, exp.Offset, exp.DataType, exp.DataTypeParam,
})  # fmt: skip
