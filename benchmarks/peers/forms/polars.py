"""Polars: one lazy SELECT over the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.peers.questions import Condition, Question

_HEAD = """import polars as pl
from datetime import datetime

c = pl.col
posts = pl.scan_parquet("posts.parquet")
found = posts.select(
"""


def condition(one: Condition, frame: str = "c({})") -> str:
    """The condition as an expression of Polars, null where the column is; `frame` says how a column is named."""
    column, value = frame.format(f'"{one.column}"'), one.value
    if one.op in ("null", "given"):
        return f"{column}.is_{'not_' if one.op == 'given' else ''}null()"
    if one.op in ("true", "false"):
        return column if one.op == "true" else f"~{column}"
    if one.op == "during" and isinstance(value, tuple):
        return f"{column}.is_between({moment(value[0])}, {moment(value[1])}, closed='left')".replace("'", '"')
    if one.op == "in" and isinstance(value, tuple):
        return f"{column}.is_in({python(value)})"
    operator = "==" if one.op == "=" else one.op
    return f"({column} {operator} {python(value)})"


def python(value: object) -> str:
    """A value as Python has it, with double quotes."""
    return repr(list(value) if isinstance(value, tuple) else value).replace("'", '"')


def moment(day: object) -> str:
    year, month, of_month = (int(part) for part in str(day).split("-"))
    return f"datetime({year}, {month}, {of_month})"


def all_of(conditions: Iterable[Condition], frame: str = "c({})") -> str:
    return " & ".join(condition(one, frame) for one in conditions)


def bracketed(text: str) -> str:
    """As one thing, of which a method can be called."""
    return text if " & " not in text and not text.startswith("~") else f"({text})"


def bare(text: str) -> str:
    """Without the brackets of a single comparison."""
    return text[1:-1] if text.startswith("(") and " & " not in text else text


def expression(one: Question) -> str:
    rows = f".filter({bare(all_of(one.base))})" if one.base else ""
    if one.kind == "share":
        return f"{bracketed(all_of(one.that))}{rows}.mean()"
    if one.kind == "count":
        return f"{bracketed(all_of(one.that))}.sum()"
    column = f'c("{one.column}"){rows}'
    return f"{column}.mean()" if one.kind == "mean" else f"{column}.drop_nulls().n_unique()"


def _script(questions: Sequence[Question], engine: str) -> str:
    lines = [f"    {one.id}={expression(one)},\n" for one in questions]
    return "".join((_HEAD, *lines, f').collect(engine="{engine}").row(0, named=True)\n'))


def streaming(questions: Sequence[Question]) -> dict[str, str]:
    return {"polars_streaming.py": _script(questions, "streaming")}


def in_memory(questions: Sequence[Question]) -> dict[str, str]:
    return {"polars_in_memory.py": _script(questions, "in-memory")}
