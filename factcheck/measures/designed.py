"""Shares of rows that were drawn in clusters or carry weights."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from factcheck.claims.figures import Quantity
from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.drawn import DrawnAnswer, Part
from factcheck.measures.common import among_notes, aside_notes, finished, rational
from factcheck.measures.design import Design
from factcheck.measures.form import Context
from factcheck.measures.measurement import Measurement, unmeasurable
from factcheck.measures.rows import Rows, Split
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Drawn, Proportion, drawn
from factcheck.stats.bounds import between

if TYPE_CHECKING:
    from factcheck.stats.designs import Designed


def designed_share(rows: Rows, condition: Bound, design: Design, context: Context) -> Measurement:
    """The share of the rows, each counting for its weight; with clusters or weights its interval is theirs too."""
    setting = rows.setting(context)
    base, parts = rows.base, (Part(condition), Part(condition, when="unknown"))
    split, answer = context.together(
        lambda: rows.split(context, condition), lambda: design.totals(context, rows.dataset.name, base, *parts)
    )
    assert isinstance(split, Split)  # `together` mixes the types of its steps
    assert isinstance(answer, DrawnAnswer)
    settled = _weighed(answer, rows.dataset.name).settled(setting.missing)
    if not settled.n:
        return unmeasurable(Quantity.PROPORTION, "empty-base")
    found, drawn_as = _draw(settled, answer, design, setting)
    notes = aside_notes(split.where_aside, split.rows, "where") + among_notes(int(split.aside), int(split.n))
    measured = finished(
        found,
        quantity=Quantity.PROPORTION,
        unit="proportion",
        n=int(split.n),
        missing=int(split.unknown),
        aside=int(split.aside),
        notes=(*notes, *design.notes(answer)),
        facts={
            "k": split.k,
            "n": split.n,
            "known": Fraction(split.n - split.unknown),
            "weighted": design.weight is not None,
            "units": answer.units if design.cluster is not None else None,
        },
        queries=(split.sql, *answer.queries),
        tally=settled,
    )
    return (
        measured if drawn_as is None else replace(measured, effective_n=drawn_as.effective_n, degrees=drawn_as.degrees)
    )


def total_of(answer: DrawnAnswer, part: int | None, dataset: str) -> Fraction:
    """The whole total of a part (None: of the weights) over all units, read to its fifteen certain digits."""
    values = answer.size if part is None else answer.totals[part]
    return rational(math.fsum((values * answer.times).tolist()), dataset, "a weighted total")


def _weighed(answer: DrawnAnswer, dataset: str) -> Proportion:
    n, k, unknown = (total_of(answer, part, dataset) for part in (None, 0, 1))
    return Proportion(k, n, unknown)


def _draw(settled: Proportion, answer: DrawnAnswer, design: Design, setting: Setting) -> tuple[Drawn, Designed | None]:
    """The region, and what the design makes of a sample; without one it is told as for rows drawn singly."""
    if setting.mode is Mode.EXACT:
        return settled.draw(setting), None
    if setting.mode is Mode.PARTIAL:
        # What the rows not seen would weigh is not known, so that their number bounds nothing.
        return settled.draw(replace(setting, population=None)), None
    from factcheck.stats.designs import designed_proportion

    yes, unknown = answer.totals
    units, level = design.units(answer), float(setting.level)
    if setting.missing == "ignore":
        units = replace(units, size=units.size - unknown)
    lower = designed_proportion(units, yes, level)
    upper = designed_proportion(units, yes + unknown, level) if settled.unknown else lower
    result = drawn(settled.estimate, between(lower.bounds, upper.bounds, None))
    return result, lower
