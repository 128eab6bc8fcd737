"""Hand-written DuckDB, in three ways: one SELECT with FILTER, a query for each question, one SELECT of COUNT(CASE)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.peers.questions import Condition, Question

Files = dict[str, str]


def condition(one: Condition) -> str:
    """The condition in DuckDB's SQL; NULL where the column is."""
    column, value = one.column, one.value
    if one.op in ("null", "given"):
        return f"{column} IS {'NOT ' if one.op == 'given' else ''}NULL"
    if one.op in ("true", "false"):
        return column if one.op == "true" else f"NOT {column}"
    if one.op == "during" and isinstance(value, tuple):
        return f"{column} >= '{value[0]}' AND {column} < '{value[1]}'"
    if one.op == "in" and isinstance(value, tuple):
        return f"{column} IN ({', '.join(map(literal, value))})"
    return f"{column} {one.op} {literal(value)}"


def literal(value: object) -> str:
    return str(value) if isinstance(value, int) else f"'{value}'"


def all_of(conditions: Iterable[Condition]) -> str:
    return " AND ".join(map(condition, conditions))


def _filter(*conditions: Condition) -> str:
    return f" FILTER (WHERE {all_of(conditions)})" if conditions else ""


def filtered(one: Question) -> str:
    """The figure as an aggregate with FILTER."""
    if one.kind == "share":
        satisfied = f"COUNT(*){_filter(*one.base, *one.that)}"
        return f"{satisfied} / COUNT({all_of(one.that)}){_filter(*one.base)}"
    if one.kind == "count":
        return f"COUNT(*){_filter(*one.that)}"
    if one.kind == "mean":
        return f"AVG({one.column}){_filter(*one.base)}"
    return f"COUNT(DISTINCT {one.column}){_filter(*one.base)}"


def _case(conditions: Sequence[Condition], then: str) -> str:
    return f"CASE WHEN {all_of(conditions)} THEN {then} END" if conditions else then


def cased(one: Question) -> str:
    """The figure as an aggregate of CASE."""
    if one.kind == "share":
        satisfied = f"COUNT({_case((*one.base, *one.that), '1')})"
        return f"{satisfied} / COUNT({_case(one.base, f'({all_of(one.that)})')})"
    if one.kind == "count":
        return f"COUNT({_case(one.that, '1')})"
    if one.kind == "mean":
        return f"AVG({_case(one.base, str(one.column))})"
    return f"COUNT(DISTINCT {_case(one.base, str(one.column))})"


def alone(one: Question) -> str:
    """A query of its own."""
    if one.kind == "count":
        return f"SELECT COUNT(*) AS {one.id} FROM 'posts.parquet' WHERE {all_of(one.that)};"
    where = f" WHERE {all_of(one.base)}" if one.base else ""
    figure = {
        "share": f"COUNT({_case(one.that, '1')}) / COUNT({all_of(one.that)})",
        "mean": f"AVG({one.column})",
        "distinct": f"COUNT(DISTINCT {one.column})",
    }[one.kind]
    return f"SELECT {figure} AS {one.id} FROM 'posts.parquet'{where};"


def _together(figures: Iterable[str]) -> str:
    return "SELECT\n  " + ",\n  ".join(figures) + "\nFROM 'posts.parquet';\n"


def fused(questions: Sequence[Question]) -> Files:
    return {"fused.sql": _together(f"{filtered(one)} AS {one.id}" for one in questions)}


def case(questions: Sequence[Question]) -> Files:
    return {"case.sql": _together(f"{cased(one)} AS {one.id}" for one in questions)}


def where(questions: Sequence[Question]) -> Files:
    return {"where.sql": "\n".join(map(alone, questions)) + "\n"}
