"""Pointblank: a plan of steps over a Polars frame, each with the rows it is about as its `pre`.

A step on a mean takes no `pre`, so that the mean of some rows needs a plan of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.peers.forms.gx import values
from benchmarks.peers.forms.pandas import used
from benchmarks.peers.forms.polars import all_of, bare, condition, moment, python
from benchmarks.peers.questions import Condition, Question

_HEAD = """import pointblank as pb
import polars as pl
from datetime import datetime

c = pl.col
posts = pl.read_parquet("posts.parquet", columns={columns})
plans = [
    pb.Validate(posts)
"""
_END = "    .interrogate(collect_extracts=False),\n"


def step(one: Question) -> str:
    """One step; a share's step fails where more rows fail than the claim allows."""
    if one.kind == "share":
        known = "" if one.that[0].op in ("null", "given") else f'c("{one.that[0].column}").is_not_null()'
        fails = f"thresholds=pb.Thresholds(error={1 - one.low:.4g})"
        return f"{_fact(one.that[0])}, pre={_rows(one.base, known)}, {fails}, brief=\"{one.id}\")"
    if one.kind == "count":
        tolerance = f"tol={(one.high - one.low) / 2:.0f}"
        return f'row_count_match({_middle(one):.0f}, {tolerance}, pre={_rows(one.that)}, brief="{one.id}")'
    unique = f'{_rows(one.base)}.select("{one.column}").drop_nulls().unique()'
    return f'row_count_match({_middle(one):.0f}, tol={(one.high - one.low) / 2:.0f}, pre={unique}, brief="{one.id}")'


def mean(one: Question) -> str:
    """A plan of its own."""
    within = f"{_middle(one):.0f}, tol={(one.high - one.low) / 2:.0f}"
    rows = f".filter({bare(all_of(one.base))})" if one.base else ""
    return f'    pb.Validate(posts{rows}).col_avg_eq("{one.column}", {within}, brief="{one.id}").interrogate(),\n'


def _middle(one: Question) -> float:
    return (one.low + one.high) / 2


def _rows(conditions: Sequence[Condition], known: str = "") -> str:
    both = " & ".join(part for part in (all_of(conditions), known) if part)
    return f"lambda t: t.filter({bare(both)})" if both else "lambda t: t"


def _fact(one: Condition) -> str:
    column, value = f'"{one.column}"', one.value
    if one.op in ("null", "given"):
        return f"col_vals_{'not_' if one.op == 'given' else ''}null({column}"
    if one.op == "during" and isinstance(value, tuple):
        return f"col_vals_between({column}, {moment(value[0])}, {moment(value[1])}, inclusive=(True, False)"
    if one.op in ("<", ">="):
        return f"col_vals_{'lt' if one.op == '<' else 'ge'}({column}, {value}"
    if one.op in ("true", "false"):  # no other step takes a column of truth values
        return f"col_vals_expr({condition(one)}"
    return f"col_vals_in_set({column}, {python(values(one))}"


def plan(questions: Sequence[Question]) -> dict[str, str]:
    steps = [f"    .{step(one)}\n" for one in questions if one.kind != "mean"]
    means = [mean(one) for one in questions if one.kind == "mean"]
    return {"checks.py": "".join((_HEAD.format(columns=used(questions)), *steps, _END, *means, "]\n"))}
