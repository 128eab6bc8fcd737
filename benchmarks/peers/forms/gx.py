"""Great Expectations: a suite of expectations over a DataFrame, with conditions on rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.peers.forms.pandas import used
from benchmarks.peers.forms.polars import bare, moment, python
from benchmarks.peers.questions import Condition, Question

_HEAD = """import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from datetime import datetime
from great_expectations.expectations.row_conditions import Column as C

posts = pd.read_parquet("posts.parquet", columns={columns})
context = gx.get_context(mode="ephemeral")
asset = context.data_sources.add_pandas("newsroom").add_dataframe_asset("posts")
batch = asset.add_batch_definition_whole_dataframe("all").get_batch({{"dataframe": posts}})
suite = gx.ExpectationSuite("claims", expectations=[
"""
_TAIL = '])\nresult = batch.validate(suite, result_format="BASIC")\n'


def row_condition(conditions: Iterable[Condition]) -> str:
    return " & ".join(map(_row, conditions))


def _row(one: Condition) -> str:
    column, value = f'C("{one.column}")', one.value
    if one.op in ("null", "given"):
        return f"{column}.is_{'not_' if one.op == 'given' else ''}null()"
    if one.op in ("true", "false"):
        return f"({column} == {one.op.title()})"
    if one.op == "during" and isinstance(value, tuple):
        return f"({column} >= {moment(value[0])}) & ({column} < {moment(value[1])})"
    if one.op == "in" and isinstance(value, tuple):
        return f"{column}.is_in({python(value)})"
    operator = "==" if one.op == "=" else one.op
    return f"({column} {operator} {python(value)})"


def expectation(one: Question) -> str:
    """One expectation; a share can only be expected to be at least something."""
    within = f", min_value={one.low:g}, max_value={one.high:g}"
    if one.kind == "share":
        fact, least = _fact(one.that[0]), f", mostly={one.low:g}"
        return f"{fact}{least}{_condition(one.base)})"
    if one.kind == "count":
        return f"gxe.ExpectTableRowCountToBeBetween({within[2:]}{_condition(one.that)})"
    kind = "Mean" if one.kind == "mean" else "UniqueValueCount"
    return f'gxe.ExpectColumn{kind}ToBeBetween(column="{one.column}"{within}{_condition(one.base)})'


def _condition(conditions: Sequence[Condition]) -> str:
    return f", row_condition={bare(row_condition(conditions))}" if conditions else ""


def _fact(one: Condition) -> str:
    """The expectation of a condition on one column, without its end."""
    column, value = f'(column="{one.column}"', one.value
    if one.op in ("null", "given"):
        return f"gxe.ExpectColumnValuesTo{'NotBeNull' if one.op == 'given' else 'BeNull'}{column}"
    if one.op == "during" and isinstance(value, tuple):
        ends = f"min_value={moment(value[0])}, max_value={moment(value[1])}, strict_max=True"
        return f"gxe.ExpectColumnValuesToBeBetween{column}, {ends}"
    if one.op in ("<", ">="):
        return f"gxe.ExpectColumnValuesToBeBetween{column}, " + (
            f"max_value={value}, strict_max=True" if one.op == "<" else f"min_value={value}"
        )
    return f"gxe.ExpectColumnValuesToBeInSet{column}, value_set={python(values(one))}"


def values(one: Condition) -> tuple[object, ...]:
    """Those that satisfy a condition of equality."""
    if one.op in ("true", "false"):
        return (one.op == "true",)
    return one.value if isinstance(one.value, tuple) else (one.value,)


def suite(questions: Sequence[Question]) -> dict[str, str]:
    lines = [f'    {expectation(one)[:-1]}, notes="{one.id}"),\n' for one in questions]
    return {"expectations.py": "".join((_HEAD.format(columns=used(questions)), *lines, _TAIL))}
