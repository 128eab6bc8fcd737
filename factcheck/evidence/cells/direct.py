"""The plain query that a person would write for a question: what reports quote, and what the cells must agree with."""

from __future__ import annotations

from factcheck.evidence.asks import (
    Aggregate,
    Ask,
    Distinct,
    Extremes,
    Pattern,
    PerAsk,
    Quantile,
    Question,
    RowsAsk,
    Sum,
    UnitAsk,
)
from factcheck.evidence.cells.nullness import is_null_sql, never_null
from factcheck.evidence.clauses import quoted, sql_of, total_sql, where
from factcheck.evidence.dataset import Dataset, Family
from factcheck.evidence.expressions import Bound


def source(dataset: Dataset) -> str:
    return quoted(dataset.relation)


def direct_sql(question: Question, dataset: Dataset) -> str:
    """One SELECT that gives the same answer as the planner does.

    `aside` and `all_rows` stand beside the figures as subqueries; a quantile is rendered as the engine's own
    interpolated one, which agrees with the answer up to the last digit of a double.
    """
    if isinstance(question, Ask):
        return ask_sql(question, dataset, totals=True)
    if isinstance(question, UnitAsk):
        return unit_sql(question, dataset, totals=True)
    if isinstance(question, PerAsk):
        return f"{per_sql(question, dataset)} ORDER BY low DESC"
    if isinstance(question, RowsAsk):
        return rows_sql(question, dataset)
    if isinstance(question, Pattern):
        raise TypeError("a pattern brings its own query")
    return question.sql


def totals_sql(base: Bound | None, dataset: Dataset) -> list[str]:
    """Select items for the rows of the dataset and for those set aside because `base` is NULL."""
    return [f"(SELECT COUNT(*) FROM {source(dataset)}) AS all_rows", f"({aside_sql(base, dataset)}) AS aside"]


def aside_sql(base: Bound | None, dataset: Dataset) -> str:
    if base is None or never_null(base):
        return "SELECT 0"
    return f"SELECT COUNT(*) FROM {source(dataset)} WHERE {is_null_sql(base)}"


def ask_sql(ask: Ask, dataset: Dataset, *, totals: bool) -> str:
    items = [f"{by.sql} AS by_{i}" for i, by in enumerate(ask.by, 1)]
    items.append("COUNT(*) AS n")
    for i, aggregate in enumerate(ask.aggregates, 1):
        items += [f"{sql} AS {name}_{i}" for name, sql in aggregate_sql(aggregate).items()]
    if totals:
        items += totals_sql(ask.base, dataset)
    keys = ", ".join(str(i + 1) for i in range(len(ask.by)))
    group = f" GROUP BY {keys} ORDER BY {keys}" if ask.by else ""
    return f"SELECT {', '.join(items)} FROM {source(dataset)}{where(sql_of(ask.base))}{group}"


def aggregate_sql(aggregate: Aggregate, condition: str | None = None) -> dict[str, str]:
    """The SQL of each figure of an aggregate, over the rows where `condition` is true."""
    x = aggregate.x.sql if condition is None else f"CASE WHEN {condition} THEN {aggregate.x.sql} END"
    if isinstance(aggregate, Sum):
        return {"sum": total_sql(x, aggregate.x.family), "count": f"COUNT({x})"}
    if isinstance(aggregate, Extremes):
        return {"min": f"MIN({x})", "max": f"MAX({x})", "count": f"COUNT({x})"}
    if isinstance(aggregate, Distinct):
        return {"distinct": f"COUNT(DISTINCT {x})"}
    return {"quantile": quantile_sql(x, aggregate), "count": f"COUNT({x})"}


def quantile_sql(x: str, aggregate: Quantile) -> str:
    # quantile_cont of a DECIMAL rounds to its scale, of a BIGINT it is a DOUBLE anyway.
    number = f"CAST({x} AS DOUBLE)" if aggregate.x.family in (Family.DECIMAL, Family.INTEGER) else x
    return f"QUANTILE_CONT({number}, {float(aggregate.q)!r})"


def unit_sql(ask: UnitAsk, dataset: Dataset, *, totals: bool) -> str:
    that, unknown = ("TRUE", "FALSE") if ask.that is None else (ask.that.sql, is_null_sql(ask.that))
    units = (
        f"SELECT {ask.unit.sql} AS unit, COUNT(*) AS n, COUNT(CASE WHEN {that} THEN 1 END) AS t, "
        f"COUNT(CASE WHEN {unknown} THEN 1 END) AS u FROM {source(dataset)}{where(sql_of(ask.base))} GROUP BY 1"
    )
    yes, open_ = unit_rule("any" if ask.that is None else ask.rule)
    items = [
        "COUNT(unit) AS units",
        f"COUNT(CASE WHEN unit IS NOT NULL AND {yes} THEN 1 END) AS yes",
        f"COUNT(CASE WHEN unit IS NOT NULL AND {open_} THEN 1 END) AS unknown",
        "COALESCE(SUM(n), 0) AS n",
        "COALESCE(SUM(CASE WHEN unit IS NULL THEN n END), 0) AS null_units",
    ]
    if totals:
        items += totals_sql(ask.base, dataset)
    return f"SELECT {', '.join(items)} FROM ({units}) AS units"


def unit_rule(rule: str) -> tuple[str, str]:
    """When a unit with n rows, t of them true and u NULL, is `yes`, and when its NULLs leave it open."""
    if rule == "any":
        return "t > 0", "t = 0 AND u > 0"
    if rule == "all":
        return "t = n", "t < n AND t + u = n"
    return "2 * t > n", "2 * t <= n AND 2 * (t + u) > n"


def per_sql(ask: PerAsk, dataset: Dataset) -> str:
    """A row per group: its labels g1, g2, …, then low and high (and what they are divided by)."""
    labels = [f"{group.sql} AS g{i}" for i, group in enumerate(ask.groups, 1)]
    items = labels + [f"{sql} AS {name}" for name, sql in per_values(ask).items()]
    present = [f"{group.sql} IS NOT NULL" for group in ask.groups]
    keys = ", ".join(str(i + 1) for i in range(len(ask.groups)))
    return f"SELECT {', '.join(items)} FROM {source(dataset)}{where(sql_of(ask.base), *present)} GROUP BY {keys}"


def per_values(ask: PerAsk) -> dict[str, str]:
    if ask.value in ("count", "share"):
        that = "TRUE" if ask.that is None else ask.that.sql
        high = "TRUE" if ask.that is None else f"({that}) IS NOT FALSE"
        values = {"low": f"COUNT(CASE WHEN {that} THEN 1 END)", "high": f"COUNT(CASE WHEN {high} THEN 1 END)"}
        if ask.value == "count":
            return values
        size = "COUNT(*)"
        return {name: f"{sql} / {size}" for name, sql in values.items()} | {
            "true_rows": values["low"], "open_rows": values["high"], "size": size,
        }  # fmt: skip
    return _value_of_x(ask)


def _value_of_x(ask: PerAsk) -> dict[str, str]:
    if ask.x is None:
        raise ValueError(f"a PerAsk for {ask.value} needs x")
    x = ask.x.sql if ask.that is None else f"CASE WHEN {ask.that.sql} THEN {ask.x.sql} END"
    if ask.value == "mean":
        total = total_sql(x, ask.x.family)
        return {"low": f"{total} / NULLIF(COUNT({x}), 0)", "total": total, "size": f"COUNT({x})"}
    if ask.value == "sum":
        return {"low": total_sql(x, ask.x.family)}
    return {"low": f"COUNT(DISTINCT {x})" if ask.value == "distinct" else f"{ask.value.upper()}({x})"}


def rows_sql(ask: RowsAsk, dataset: Dataset) -> str:
    """The commonest values first; ties by value."""
    present = f"{ask.x.sql} IS NOT NULL"
    return (
        f"SELECT {ask.x.sql} AS value, COUNT(*) AS n FROM {source(dataset)}{where(sql_of(ask.base), present)} "
        f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {ask.limit}"
    )
