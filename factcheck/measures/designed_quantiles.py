"""Quantiles of rows that were drawn in clusters or carry weights."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.evidence.patterns.drawn_values import DrawnValues, DrawnValuesAnswer
from factcheck.measures.common import finished, rational
from factcheck.measures.design import Design
from factcheck.measures.designed import draws, nothing
from factcheck.measures.form import Context
from factcheck.measures.measurement import Measurement
from factcheck.measures.numbers import Found, Numbers
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Drawn, drawn

if TYPE_CHECKING:
    from factcheck.stats.units import Designed


def designed_quantile_of(
    numbers: Numbers, q: Fraction, found: Found, plain: Fraction, design: Design, context: Context, quantity: Quantity
) -> Measurement:
    """The quantile of the rows, each counting for its weight; `plain` is that of the rows as they are, which stands
    where there are clusters only."""
    setting = context.setting(numbers.dataset)
    cluster = design.cluster if draws(setting) else None
    answer = context.answer(
        DrawnValues(numbers.dataset, numbers.x, design.weight, cluster, numbers.rows.base)
    )
    if not (answer.weights * answer.times[answer.unit]).sum():
        return nothing(quantity, replace(answer.drawn, weights=0.0), design)
    estimate = plain if design.weight is None else _at(answer, q, numbers)
    assert estimate is not None  # some number has weight
    bounds = setting.missing == "bounds" and not numbers.rows.none_when_missing(numbers.x)
    region, drawn_as = _draw(answer, q, estimate, numbers, design, setting, found.total.n, bounds=bounds)
    measured = finished(
        region,
        quantity=quantity,
        unit=numbers.unit,
        n=found.total.n + found.total.missing,
        missing=found.total.missing,
        aside=found.aside,
        notes=(*found.notes(numbers.name), *design.notes(answer.drawn, setting)),
        facts={"n": found.total.n, "plain": plain, **design.facts(answer.drawn)},
        queries=answer.queries,
    )
    return design.told(measured, drawn_as)


def _at(
    answer: DrawnValuesAnswer, q: Fraction, numbers: Numbers, missing: float = 0.0, end: float = 0.0
) -> Fraction | None:
    """The weighted quantile, a weight of `missing` standing at one end; None where that is without bound."""
    import numpy as np

    from factcheck.stats.weighted_quantile import weighted_quantile

    weights = answer.weights * answer.times[answer.unit]
    value = weighted_quantile(np.append(answer.values, end), np.append(weights, missing), q)
    return None if math.isinf(value) else rational(value, numbers.dataset, numbers.name)


def _draw(
    answer: DrawnValuesAnswer, q: Fraction, estimate: Fraction, numbers: Numbers, design: Design, setting: Setting,
    known: int, *, bounds: bool,
) -> tuple[Drawn, Designed | None]:  # fmt: skip
    low, high = numbers.range
    if setting.mode is Mode.PARTIAL:
        return Drawn(estimate, Interval(low, high), "partial"), None
    missing = float((answer.missing * answer.times).sum()) if bounds else 0.0
    ends = -math.inf if low is None else float(low), math.inf if high is None else float(high)
    if setting.mode is Mode.EXACT:
        if not missing:
            return Drawn(estimate, Interval.point(estimate)), None
        region = Interval(_at(answer, q, numbers, missing, ends[0]), _at(answer, q, numbers, missing, ends[1]))
        return Drawn(estimate, region, "bounds"), None
    return _sampled(answer, q, estimate, design, setting, ends, known, bounds=bounds)


def _sampled(
    answer: DrawnValuesAnswer, q: Fraction, estimate: Fraction, design: Design, setting: Setting,
    ends: tuple[float, float], known: int, *, bounds: bool,
) -> tuple[Drawn, Designed]:  # fmt: skip
    from factcheck.stats.units import Units
    from factcheck.stats.weighted_quantile import designed_quantile

    sizes = answer.size if bounds else (answer.size - answer.missing).clip(min=0)
    whole = answer.drawn
    rows = whole.n if bounds else known
    kish = design.kish(whole.weights, whole.squares, rows, whole.n)
    units = Units(sizes, answer.times.astype(float), rows, design.cluster is not None, kish)
    level = float(setting.level)
    how = designed_quantile(units, answer.unit, answer.values, answer.weights, q, level, *ends)
    return drawn(estimate, how.bounds), how


