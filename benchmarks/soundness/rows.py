"""Simulated rows, and the answers that they give to what a measure asks.

An engine would answer the same questions from a table; here the rows lie in memory, alike ones together with how many
they are. Only what the investigations ask is understood: columns as they are, and the day of a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlglot import exp

from factcheck.evidence.asks import (
    Aggregate,
    Answer,
    AnyAnswer,
    Ask,
    Distinct,
    Extremes,
    Pattern,
    Quantile,
    Question,
    Sum,
)
from factcheck.evidence.expressions import Bound


@dataclass(frozen=True)
class Rows:
    """Rows by column; `times` says how many rows each line stands for."""

    columns: Mapping[str, Sequence[Any]]
    times: Sequence[int]

    @property
    def size(self) -> int:
        return sum(self.times)

    def key(self) -> object:
        """The same for rows that cannot be told apart."""
        return tuple(self.times), tuple(map(tuple, self.columns.values()))

    def spelled_out(self) -> dict[str, list[Any]]:
        """A line for every row, as a DataFrame has them."""
        return {
            name: [value for value, times in zip(values, self.times, strict=True) for _ in range(times)]
            for name, values in self.columns.items()
        }

    def of(self, bound: Bound) -> Sequence[Any]:
        """The value of an expression on every line."""
        if bound.text.startswith("day of "):
            (name,) = bound.columns
            return [None if moment is None else moment.date() for moment in self.columns[name]]
        return self._value(bound.tree)

    def _value(self, tree: exp.Expression) -> Sequence[Any]:
        """Columns, and what is put together of conditions, with SQL's three truth values."""
        if isinstance(tree, exp.Column):
            return self.columns[tree.name]
        if isinstance(tree, exp.Paren):
            return self._value(tree.this)
        if isinstance(tree, exp.Not):
            return [None if value is None else not value for value in self._value(tree.this)]
        if isinstance(tree, exp.Is) and isinstance(tree.expression, exp.Null):
            return [value is None for value in self._value(tree.this)]
        if isinstance(tree, (exp.And, exp.Or)):
            decisive = isinstance(tree, exp.Or)
            pairs = zip(self._value(tree.this), self._value(tree.expression), strict=True)
            return [decisive if decisive in pair else None if None in pair else not decisive for pair in pairs]
        raise NotImplementedError(tree.sql())


def answers(rows: Mapping[str, Rows], questions: Sequence[Question]) -> dict[Question, AnyAnswer]:
    return {question: _answer(rows[question.dataset], question) for question in questions}


def _answer(rows: Rows, question: Question) -> AnyAnswer:
    if isinstance(question, Pattern):
        from benchmarks.soundness.patterns import pattern_answer

        found: AnyAnswer = pattern_answer(rows, question)
        return found
    if not isinstance(question, Ask):
        raise NotImplementedError(type(question).__name__)
    base = [True] * len(rows.times) if question.base is None else rows.of(question.base)
    unknown = sum(times for holds, times in zip(base, rows.times, strict=True) if holds is None)
    inside = [i for i, holds in enumerate(base) if holds is True and rows.times[i]]
    keys = [rows.of(bound) for bound in question.by]
    lines: dict[tuple[Any, ...], list[int]] = {}
    for i in inside:
        lines.setdefault(tuple(key[i] for key in keys), []).append(i)
    if not question.by:
        lines = {(): inside}
    by = list(lines)
    n = [sum(rows.times[i] for i in at) for at in lines.values()]
    values = [_aggregate(rows, part, list(lines.values())) for part in question.aggregates]
    return Answer(by, n, values, unknown, rows.size, "")


def _aggregate(rows: Rows, part: Aggregate, lines: list[list[int]]) -> dict[str, list[Any]]:
    column = rows.of(part.x)
    found: dict[str, list[Any]] = {}
    for at in lines:
        known = [(column[i], rows.times[i]) for i in at if column[i] is not None]
        for name, value in _figures(part, known).items():
            found.setdefault(name, []).append(value)
    return found


def _figures(part: Aggregate, known: list[tuple[Any, int]]) -> dict[str, Any]:
    count = sum(times for _, times in known)
    if isinstance(part, Sum):
        return {"sum": sum(value * times for value, times in known) if known else None, "count": count}
    if isinstance(part, Extremes):
        values = [value for value, _ in known]
        return {"min": min(values, default=None), "max": max(values, default=None), "count": count}
    if isinstance(part, Distinct):
        return {"distinct": len({value for value, _ in known})}
    assert isinstance(part, Quantile)
    return {"quantile": _quantile(known, count, part.q), "count": count}


def _quantile(known: list[tuple[Any, int]], count: int, q: Fraction) -> Fraction | None:
    """Between the neighbours of position (count − 1)·q, as R's type 7 has it."""
    if not count:
        return None
    position = (count - 1) * q
    below = position.numerator // position.denominator
    ordered, passed, found = sorted(known), 0, []
    for rank in (below, min(below + 1, count - 1)):
        passed = 0
        for value, times in ordered:
            passed += times
            if rank < passed:
                found.append(Fraction(value))
                break
    return found[0] + (found[1] - found[0]) * (position - below)
