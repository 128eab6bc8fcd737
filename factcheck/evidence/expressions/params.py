"""`:name` in an expression: a value of the claim's `params`, put into the tree as a literal, never into the text."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from sqlglot import exp

from factcheck.evidence.dataset import Family
from factcheck.evidence.expressions.parse import fail
from factcheck.evidence.expressions.scope import ExpressionError
from factcheck.evidence.expressions.typed import Typed
from factcheck.evidence.expressions.values import number_literal, text_literal

if TYPE_CHECKING:
    from factcheck.evidence.expressions.binder import Binder

# A code such as 010 is no number, as in the columns of a file.
_PLAIN_NUMBER = re.compile(r"-?(?:(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?")


def placeholder(binder: Binder, node: exp.Expression) -> Typed:
    """One value; a list may only stand after `in`."""
    value = lookup(binder, node)
    if isinstance(value, (list, tuple)):
        raise fail(node, f"param '{node.name}' is a list", f"write in :{node.name}", "param")
    return constant(value)


def lookup(binder: Binder, node: exp.Expression) -> object:
    """The value of the param that `node` names; check_params has seen to it that there is one."""
    return binder.values[str(node.this)]


def constant(value: object) -> Typed:
    """A Python value as a literal. Plain YAML text that looks like a number is one; quoted text stays text.

    Raises:
        ExpressionError: for anything but text, numbers, booleans and null.
    """
    if value is None:
        return Typed(exp.Null(), Family.NULL, nulls=True)
    if isinstance(value, bool):
        return Typed(exp.Boolean(this=value), Family.BOOLEAN, literal=value)
    if isinstance(value, (int, float, Fraction)):
        return _signed(_decimal(value))
    if isinstance(value, str):
        plain = type(value).__name__ == "Plain" and _PLAIN_NUMBER.fullmatch(value.strip())
        return _signed(value.strip()) if plain else text_literal(str(value))
    raise ExpressionError(
        f"a {type(value).__name__} cannot be the value of a param", "give a text, a number or a list", code="param"
    )


def _signed(source: str) -> Typed:
    return number_literal(source.lstrip("-"), negative=source.startswith("-"))


def _decimal(value: int | float | Fraction) -> str:
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return str(value.numerator)
        return repr(value.numerator / value.denominator)
    if value != value or value in (float("inf"), float("-inf")):
        raise ExpressionError(f"{value} is not a number that can be written", code="param")
    return repr(value)
