"""When can a condition be NULL? Lets the rows set aside be counted without reading what cannot matter."""

from __future__ import annotations

from collections.abc import Callable, Set

from sqlglot import exp

from factcheck.evidence.expressions import Bound
from factcheck.evidence.expressions.bounds import conjuncts

# Nodes that are NULL only if one of their operands is.
_STRICT = (
    exp.And, exp.Or, exp.Not, exp.Paren, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In,
    exp.Like, exp.ILike, exp.Contains, exp.StartsWith, exp.Neg, exp.Lower, exp.Upper, exp.Length,
)  # fmt: skip

_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In)


def columns_that_null(tree: exp.Expression) -> set[str] | None:
    """The columns one of which must be NULL where `tree` is; empty if it never is; None if that is not known."""
    found: set[str] = set()
    waiting: list[exp.Expression] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, exp.Column):
            found.add(node.name)
        elif isinstance(node, exp.Is | exp.NullSafeEQ | exp.NullSafeNEQ) or _constant(node) or _defaulted(node):
            continue
        elif type(node) in _STRICT and not node.args.get("query"):
            waiting += [child for child in node.iter_expressions() if isinstance(child, exp.Expression)]
        else:
            return None
    return found


def _constant(node: exp.Expression) -> bool:
    if type(node) is exp.Cast and isinstance(node.this, exp.Literal):
        return True
    return isinstance(node, exp.Literal | exp.Boolean)


def _defaulted(node: exp.Expression) -> bool:
    return isinstance(node, exp.Coalesce) and any(_constant(child) for child in node.expressions)


def never_null(bound: Bound | None) -> bool:
    return bound is None or columns_that_null(bound.tree) == set()


def split(base: Bound, without_nulls: Callable[[Set[str]], Set[str]]) -> tuple[list[str], list[str], list[str] | None]:
    """A base as parts that are joined by AND: the SQL of those that are never NULL, and of the others.

    Third, the columns of the others if these are true or NULL exactly as those columns have values or not (given that
    none of them is false); None where that does not hold. `without_nulls` picks the columns known to be whole.
    """
    sure, doubtful, by_columns = [], [], True
    columns: set[str] = set()
    parts = [(part, columns_that_null(part)) for part in conjuncts(base.tree)]
    named = {name for _, nulls in parts for name in nulls or ()}
    # Statistics cost as much as a cheap scan: worth it where a part could be left to the engine to skip rows by.
    whole = without_nulls(named) if len(parts) > 1 else set()
    for part, nulls in parts:
        if nulls is not None and nulls <= whole:
            sure.append(part.sql(dialect="duckdb"))
            continue
        doubtful.append(part.sql(dialect="duckdb"))
        by_columns = by_columns and strict(part) is not None
        columns |= (nulls or set()) - whole
    return sure, doubtful, sorted(columns) if by_columns else None


def strict(node: exp.Expression) -> str | None:
    """The column of a comparison with constants, or of a boolean column: it is NULL exactly where the column is."""
    while isinstance(node, exp.Paren | exp.Not):
        node = node.this
    if isinstance(node, exp.Column):
        return node.name
    if type(node) not in _COMPARISONS or not isinstance(node.this, exp.Column) or node.args.get("query"):
        return None
    known = all(_constant(child) for child in node.iter_expressions() if child is not node.this)
    return node.this.name if known else None


def is_null_sql(bound: Bound) -> str:
    """SQL that is true exactly where the condition is NULL, led by column tests that an engine can skip rows by."""
    columns = columns_that_null(bound.tree)
    test = f"({bound.sql}) IS NULL"
    if not columns:
        return test
    names = [exp.to_identifier(name, quoted=True).sql(dialect="duckdb") for name in sorted(columns)]
    tests = " OR ".join(f"{name} IS NULL" for name in names)
    if len(names) == 1 and _all_rest_on_columns(bound.tree):
        return tests
    return f"({tests}) AND {test}"


def _all_rest_on_columns(tree: exp.Expression) -> bool:
    """True where every part that is joined by AND, OR and NOT compares a column, so that all are NULL together."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, exp.And | exp.Or | exp.Not | exp.Paren):
            waiting += [child for child in node.iter_expressions() if isinstance(child, exp.Expression)]
        elif type(node) not in _COMPARISONS or not isinstance(node.this, exp.Column):
            return False
    return True
