"""Shares and counts of rows that were drawn in clusters or carry weights."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.evidence.expressions import Bound, conjunction, is_null
from factcheck.evidence.patterns.drawn import DrawnAnswer, Part
from factcheck.measures.common import among_notes, aside_notes, finished, rational
from factcheck.measures.design import Design
from factcheck.measures.form import Context
from factcheck.measures.measurement import Measurement, Note, unmeasurable
from factcheck.measures.rows import Rows, Split
from factcheck.measures.setting import Mode, Setting
from factcheck.measures.tallies import Count, Drawn, Proportion, drawn, times
from factcheck.stats.bounds import Bounds, between

if TYPE_CHECKING:
    from factcheck.evidence.patterns.drawn import Floats
    from factcheck.stats.units import Designed

VANISHING = Fraction(1, 10**9)
SHARE = {
    "bounds": "counted / (weights - unknown)",
    "ignore": "counted / (weights - unknown)",
    "false": "counted / weights",
}


def designed_share(rows: Rows, condition: Bound, design: Design, context: Context) -> Measurement:
    """The share of the rows, each counting for its weight; with clusters or weights its interval is theirs too."""
    setting = rows.setting(context)
    parts = Part(condition, name="counted"), Part(condition, when="unknown", name="unknown")
    split, answer = context.together(
        lambda: rows.split(context, condition),
        lambda: design.totals(
            context, rows.dataset.name, rows.base, *parts, apart=draws(setting), figure=_figure(design, setting)
        ),
    )
    assert isinstance(split, Split)  # `together` mixes the types of its steps
    assert isinstance(answer, DrawnAnswer)
    settled = _weighed(answer, rows.dataset.name).settled(setting.missing)
    if not split.n or not settled.n:
        return nothing(Quantity.PROPORTION, answer, design)
    found, drawn_as = _draw(settled, answer, design, setting, int(split.n - split.unknown))
    notes = aside_notes(split.where_aside, split.rows, "where") + among_notes(int(split.aside), int(split.n))
    weights: dict[str, tuple[Fraction, Fraction]] = {}
    if design.weight is not None:
        weights["weights"] = Fraction(settled.k), Fraction(settled.n - settled.unknown)
    if weights and setting.mode is Mode.PARTIAL:
        weights["collected"] = Fraction(settled.k) / settled.n, Fraction(settled.k + settled.unknown) / settled.n
    measured = finished(
        found,
        quantity=Quantity.PROPORTION,
        unit="proportion",
        n=int(split.n),
        missing=int(split.unknown),
        aside=int(split.aside),
        notes=(*notes, *design.notes(answer, setting)),
        facts={
            "k": split.k,
            "n": split.n,
            "known": Fraction(split.n - split.unknown),
            **weights,
            **design.facts(answer),
        },
        queries=answer.queries if design.weight is not None else (split.sql, *answer.queries),
        tally=settled,
    )
    return design.told(measured, drawn_as)


def _figure(design: Design, setting: Setting) -> str:
    of = "weights" if design.weight is not None else "n"
    return SHARE[setting.missing].replace("weights", of)


def draws(setting: Setting) -> bool:
    """Whether chance has a part in the region, so that the drawn units are needed one by one."""
    return setting.mode in (Mode.SAMPLE, Mode.PROCESS)


def nothing(quantity: Quantity, answer: DrawnAnswer, design: Design) -> Measurement:
    """Why there is no figure: no row at all, or none that counts for anything."""
    if answer.n and not answer.weights and design.weight is not None:
        return unmeasurable(quantity, "no-weight", weight=design.weight.text, rows=answer.n)
    return unmeasurable(quantity, "empty-base")


def _weighed(answer: DrawnAnswer, dataset: str) -> Proportion:
    n, k, unknown = (rational(total, dataset, "a total") for total in (answer.weights, *answer.sums))
    return Proportion(k, n, unknown)


def _draw(
    settled: Proportion, answer: DrawnAnswer, design: Design, setting: Setting, rows_known: int
) -> tuple[Drawn, Designed | None]:
    """The region, and what the design makes of a sample; without one it is told as for rows drawn singly."""
    known = Fraction(settled.n - settled.unknown)
    estimate = design.quotient(Fraction(settled.k), known) if known else None
    if setting.mode is Mode.EXACT:
        ends = settled.k, settled.k + settled.unknown
        low, high = (design.quotient(Fraction(k), Fraction(settled.n)) for k in ends)
        return Drawn(estimate, Interval(low, high), "bounds" if settled.unknown else "complete"), None
    if setting.mode is Mode.PARTIAL:
        # What the rows not seen would weigh is not known, so that their number bounds nothing.
        return replace(settled.draw(replace(setting, population=None)), estimate=estimate), None
    left = rows_known if setting.missing == "ignore" else None
    bounds, lower = _sampled(answer, design, setting, known=left, open_=bool(settled.unknown))
    return drawn(estimate, bounds), lower


def _sampled(
    answer: DrawnAnswer, design: Design, setting: Setting, *, known: int | None = None, open_: bool
) -> tuple[Bounds, Designed]:
    """The interval of the first part over all, the second one being unknown; `open_`: it may count or not, `known`: it
    is left out, and these rows stay."""
    from factcheck.stats.shares import designed_proportion

    yes, unknown = answer.totals
    level = float(setting.level)
    units = design.units(answer) if known is None else design.units(answer, without=unknown, rows=known)
    lower = designed_proportion(units, yes, level)
    upper = designed_proportion(units, yes + unknown, level) if open_ else lower
    return between(lower.bounds, upper.bounds, None), lower


def designed_count(rows: Rows, condition: Bound | None, design: Design, context: Context, unit: str) -> Measurement:
    """How many rows of the population satisfy the condition.

    The share of all rows drawn (those outside the claim's conditions were drawn too) is scaled to the population;
    clusters that were drawn with a known chance each are added up (Horvitz & Thompson 1952). Weights tell how rows
    stand to one another only, so that without the population there is nothing to scale.
    """
    setting = context.setting(rows.dataset.name)
    if why := unscalable(design, setting, Quantity.COUNT):
        return why
    true = conjunction(rows.base, condition)
    open_ = None if condition is None else conjunction(rows.base, is_null(condition))
    parts = Part(true, name="counted"), Part(open_, when="true" if open_ is not None else "unknown", name="unknown")
    figure = f"{setting.population} * counted / {'n' if design.weight is None else 'weights'}"
    split, answer = context.together(
        lambda: rows.split(context, condition),
        lambda: design.totals(
            context, rows.dataset.name, None, *parts, figure=figure if setting.population is not None else ""
        ),
    )
    assert isinstance(split, Split)  # `together` mixes the types of its steps
    assert isinstance(answer, DrawnAnswer)
    if not answer.weights:
        return nothing(Quantity.COUNT, answer, design)
    count = Count(split.k, split.unknown, blind=0 < split.n == split.unknown).settled(setting.missing)
    found, drawn_as = _counted(count, answer, design, setting, rows.dataset.name)
    measured = finished(
        found,
        quantity=Quantity.COUNT,
        unit=unit,
        n=int(split.n),
        missing=int(split.unknown),
        notes=(*aside_notes(split.where_aside, split.rows, "where"), *design.notes(answer, setting)),
        facts={"k": split.k, "n": split.n, **design.facts(answer)},
        queries=answer.queries,
        tally=count,
    )
    return design.told(measured, drawn_as)


def unscalable(design: Design, setting: Setting, quantity: Quantity) -> Measurement | None:
    """Why the design tells no number of rows, and no sum; None where it does."""
    if design.weight is not None and not draws(setting):
        return unmeasurable(quantity, "weight-needs-sample")
    if design.weight is not None and setting.population is None:
        return unmeasurable(quantity, "weight-needs-population")
    if setting.mode is Mode.SAMPLE and setting.population is None and setting.fraction is None:
        return unmeasurable(quantity, "count-needs-fraction" if quantity is Quantity.COUNT else "sum-needs-fraction")
    return None


def _counted(
    count: Count, answer: DrawnAnswer, design: Design, setting: Setting, dataset: str
) -> tuple[Drawn, Designed | None]:
    open_ = bool(count.unknown)
    if setting.population is None:
        return _added_up(count, answer, design, setting, open_=open_), None
    whole = max(setting.population, answer.n)
    bounds, drawn_as = _sampled(answer, design, setting, open_=open_)
    k, n = (rational(total, dataset, "a total") for total in (answer.sums[0], answer.weights))
    found = drawn(None if count.blind else Fraction(round(design.quotient(k, n) * whole)), bounds)
    return replace(found, region=within_seen(times(found.region, Fraction(whole)), count, answer.n, whole)), drawn_as


def within_seen(region: Interval, count: Count, n: int, whole: int) -> Interval:
    """The region without numbers that the rows drawn rule out: they belong to the population themselves."""
    least, most = Fraction(count.k), Fraction(whole - n + int(count.k + count.unknown))
    assert region.low is not None  # the ends of a share are finite
    assert region.high is not None
    low, high = Fraction(math.floor(region.low)), Fraction(math.ceil(region.high))  # what is counted is whole
    return Interval(min(max(low, least), most), min(max(high, least), most))


def _added_up(count: Count, answer: DrawnAnswer, design: Design, setting: Setting, *, open_: bool) -> Drawn:
    yes, unknown = answer.totals
    lower = added_up(yes, answer, setting)
    upper = added_up(yes + unknown, answer, setting) if open_ else lower
    fraction = Fraction(1) if setting.fraction is None else setting.fraction
    return of_few(drawn(None if count.blind else Fraction(count.k) / fraction, between(lower, upper, None)), design)


def added_up(totals: Floats, answer: DrawnAnswer, setting: Setting) -> Bounds:
    """The interval of the whole behind the totals of clusters, each drawn with the same known chance.

    A process has no end: what was seen is a vanishing part of it, and the whole is told for as much of it as was
    drawn from.
    """
    from factcheck.stats.total import scaled_total

    fraction = Fraction(1) if setting.fraction is None else setting.fraction
    chance = VANISHING if setting.process else fraction
    bounds = scaled_total(totals, answer.times, chance, float(setting.level))
    scale, seen = float(chance / fraction), float((totals * answer.times).sum())
    low, high = bounds.low, bounds.high
    if setting.process:  # what was seen bounds no process: where it alone is left of an end, that end is zero
        low, high = 0.0 if 0 < low <= seen else low, 0.0 if seen <= high < 0 else high
    return replace(bounds, low=low * scale, high=high * scale)


def of_few(found: Drawn, design: Design) -> Drawn:
    """Where too few clusters were drawn, it is these of which there are too few, not rows."""
    assert design.cluster is not None
    cluster, few = design.cluster.text, ("few-rows", "no-variation", "long-tail")
    notes = tuple(
        Note("few-units", {**note.facts, "cluster": cluster}) if note.code in few else note for note in found.notes
    )
    return replace(found, notes=notes)
