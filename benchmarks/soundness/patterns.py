"""Answers of simulated rows to questions of how rows lie to one another: pairs of columns, and drawn units."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.soundness.rows import Rows
from factcheck.evidence.asks import Pattern
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.drawn import DrawnAnswer, DrawnTotals, Part
from factcheck.evidence.patterns.pairs import Pairs, PairsAnswer

Floats = npt.NDArray[np.float64]


def pattern_answer(rows: Rows, question: Pattern[Any]) -> Any:
    if isinstance(question, Pairs):
        return _pairs(rows, question)
    if isinstance(question, DrawnTotals):
        return _drawn(rows, question)
    raise NotImplementedError(type(question).__name__)


def _pairs(rows: Rows, question: Pairs) -> PairsAnswer:
    """Every line is one row, and none lacks a value."""
    x, y = (np.asarray(rows.of(bound), dtype=np.float64) for bound in (question.x, question.y))
    codes = tuple(np.unique(values, return_inverse=True)[1].astype(np.int64) for values in (x, y))
    plain = dict.fromkeys(("spearman", "kendall", "pearson"), "")
    return PairsAnswer((), plain, (codes[0], codes[1]), (x - x.mean(), y - y.mean()), 0, len(x))


def _drawn(rows: Rows, question: DrawnTotals) -> DrawnAnswer:
    """Totals by drawn unit; without a cluster every row is one."""
    times = np.asarray(rows.times, dtype=np.float64)
    weights = np.ones(len(times)) if question.weight is None else _floats(rows, question.weight)
    base = np.ones(len(times), dtype=bool) if question.base is None else _is(rows, question.base, True)
    parts = [_part(rows, part, weights) * base for part in question.parts]
    weights = weights * base
    if question.cluster is None:
        size, units, totals, often = weights[base], int(times[base].sum()), [part[base] for part in parts], times[base]
    else:
        units, codes = _codes(rows.of(question.cluster), base)
        size = np.bincount(codes, weights * times, minlength=units)
        totals = [np.bincount(codes, part * times, minlength=units) for part in parts]
        inside = np.bincount(codes, base * times, minlength=units) > 0
        size, totals, often = size[inside], [total[inside] for total in totals], np.ones(int(inside.sum()))
        units = len(often)
    n = int((base * times).sum())
    sums = tuple(float((part * times).sum()) for part in parts)
    zero = int((times * base * (weights == 0)).sum())
    squares = float((weights**2 * times).sum())
    return DrawnAnswer(
        (), size, tuple(totals), often.astype(np.int64), sums, n, units, float((weights * times).sum()), squares,
        zero, 0, rows.size,
    )  # fmt: skip


def _codes(labels: Any, base: npt.NDArray[np.bool_]) -> tuple[int, npt.NDArray[np.int64]]:
    different, codes = np.unique(np.asarray(labels), return_inverse=True)
    return len(different), codes


def _part(rows: Rows, part: Part, weights: Floats) -> Floats:
    """What is totalled, for each line."""
    holds = np.ones(len(weights), dtype=bool)
    if part.that is not None:
        holds = _is(rows, part.that, True if part.when == "true" else None)
    elif part.when == "unknown":
        holds = ~holds
    if part.x is None:
        value = weights * holds
        return value**2 if part.squared == "product" else value
    x = _floats(rows, part.x)
    known = ~np.isnan(x)
    if part.at_most is not None:
        return weights * holds * known * (np.nan_to_num(x) <= part.at_most)
    if part.lacking:
        return weights * holds * ~known
    x = np.nan_to_num(x)
    value = weights * holds * known * (x**2 if part.squared == "x" else x)
    return value**2 if part.squared == "product" else value


def _floats(rows: Rows, bound: Bound) -> Floats:
    return np.array([np.nan if value is None else float(value) for value in rows.of(bound)])


def _is(rows: Rows, bound: Bound, wanted: bool | None) -> npt.NDArray[np.bool_]:
    return np.array([value is wanted for value in rows.of(bound)])
