"""An expression on its way to being bound: a new tree, with the kind of value that it has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from sqlglot import exp

from factcheck.evidence.dataset import Column, Family

NUMBERS = frozenset({Family.INTEGER, Family.DECIMAL, Family.DOUBLE})
TIMES = frozenset({Family.DATE, Family.TIMESTAMP})


@dataclass(frozen=True)
class Typed:
    """A tree made anew from what was written.

    `nulls` is true where the value can be NULL although no column in it is: a division by zero, a cast
    that fails, a CASE without ELSE. `zone` is the clock for reading times. `literal` holds what a literal
    says: text, or a number with its exact value.
    """

    tree: exp.Expression
    family: Family
    columns: frozenset[str] = frozenset()
    nulls: bool = False
    zone: str | None = None
    literal: str | Fraction | bool | None = None
    moment: str | None = None  # a time literal as it was written, to be read again on the clock of a column beside it
    single: bool = False  # a 4-byte float, which compares with 0.1 as 4 bytes
    unchanged: Column | None = None  # in a SELECT: the column that this is, as it stands

    @property
    def is_number(self) -> bool:
        return self.family in NUMBERS

    @property
    def is_time(self) -> bool:
        return self.family in TIMES

    @property
    def is_text_literal(self) -> bool:
        return isinstance(self.literal, str)

    @property
    def written_time(self) -> str | None:
        """What a text or time literal says."""
        return self.literal if isinstance(self.literal, str) else self.moment

    @property
    def is_number_literal(self) -> bool:
        return isinstance(self.literal, Fraction)

    @property
    def unknown(self) -> bool:
        return self.family is Family.UNKNOWN

    def make(self, tree: exp.Expression, family: Family, *others: Typed, nulls: bool = False) -> Typed:
        """A value computed from this one and `others`."""
        parts = (self, *others)
        return Typed(
            tree,
            family,
            frozenset().union(*(part.columns for part in parts)),
            nulls or any(part.nulls for part in parts),
            zone_of(*parts),
        )

    def with_tree(self, tree: exp.Expression) -> Typed:
        return replace(self, tree=tree, unchanged=None)


def article(family: Family) -> str:
    return "an" if family.value[0] in "aeiou" else "a"


def zone_of(*parts: Typed) -> str | None:
    """The clock of the first part that has one of its own."""
    return next((part.zone for part in parts if part.zone is not None), None)


def boolean(tree: exp.Expression, *parts: Typed, nulls: bool = False) -> Typed:
    """A condition over `parts`."""
    if not parts:
        return Typed(tree, Family.BOOLEAN)
    return parts[0].make(tree, Family.BOOLEAN, *parts[1:], nulls=nulls)


def operand(tree: exp.Expression) -> exp.Expression:
    """`tree` as the operand of an arithmetic or comparison operator, in parentheses unless it needs none."""
    return tree if _atomic(tree) else exp.Paren(this=tree)


def _atomic(tree: exp.Expression) -> bool:
    """True for what binds tighter than any operator: names, literals, and what is rendered as a function or CASE."""
    if isinstance(tree, exp.Func):
        return not isinstance(tree, exp.Connector)
    if isinstance(tree, exp.Neg):
        return isinstance(tree.this, exp.Literal)
    return isinstance(tree, (exp.Column, exp.Literal, exp.Paren, exp.Null, exp.Boolean, exp.Interval, exp.Subquery))


def junction_operand(tree: exp.Expression, kind: type[exp.And | exp.Or]) -> exp.Expression:
    """`tree` as one side of AND or OR: parentheses only around the other of the two."""
    other = exp.Or if kind is exp.And else exp.And
    return exp.Paren(this=tree) if isinstance(tree, other) else tree


def negate(tree: exp.Expression) -> exp.Expression:
    """NOT tree, with parentheses unless it needs none."""
    plain = isinstance(tree, exp.Is) or _atomic(tree)
    return exp.Not(this=tree if plain else exp.Paren(this=tree))


def column(name: str) -> exp.Column:
    return exp.Column(this=exp.Identifier(this=name, quoted=True))


def text(value: str) -> exp.Literal:
    return exp.Literal(this=value, is_string=True)


def number(value: int | str) -> exp.Expression:
    """A number literal; a negative one is a sign before a literal, as a parser would read it."""
    digits = str(value)
    if digits.startswith("-"):
        return exp.Neg(this=exp.Literal(this=digits[1:], is_string=False))
    return exp.Literal(this=digits, is_string=False)


def cast(tree: exp.Expression, kind: str) -> exp.Expression:
    return exp.Cast(this=tree, to=exp.DataType.build(kind, dialect="duckdb"))


def try_cast(tree: exp.Expression, kind: str) -> exp.Expression:
    return exp.TryCast(this=tree, to=exp.DataType.build(kind, dialect="duckdb"), safe=True)


def call(name: str, *args: exp.Expression) -> exp.Expression:
    """A function call by the node that sqlglot would parse it to, so that other dialects can be emitted."""
    made = exp.func(name, *args, dialect="duckdb")
    if not isinstance(made, exp.Expression):
        raise TypeError(f"{name} is no function of sqlglot")
    return made
