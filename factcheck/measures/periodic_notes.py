"""What an editor has to know of a series: from when to when it runs, what is empty, what belongs to no period."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from factcheck.measures.common import among_notes, aside_notes
from factcheck.measures.measurement import Note
from factcheck.measures.periodic import Periodic, Periods
from factcheck.measures.times import moment_text


def series_notes(found: Periods, question: Periodic, missing: str) -> tuple[Note, ...]:
    """From when to when the series runs, which periods are empty, and what belongs to none."""
    notes = aside_notes(found.where_aside, found.rows, "where") + among_notes(found.aside, int(found.n))
    if found.starts:
        notes += (_extent(found, () if question.whole else found.window.sources),)
    if found.empty:
        facts = {"whole": f"{len(found.starts):,} {found.unit}s", "empty": found.empty}
        zero = question.inner.kind in ("count", "sum", "distinct")
        notes += (Note("empty-periods" if zero else "empty-left-out", facts),)
    if found.outside:
        notes += (Note("outside-period", {"rows": int(found.outside)}),)
    if found.window.holes:
        notes += (Note("series-holes", {"name": question.name}, "indirectness", -1),)
    return notes + _without(found, question, missing)


def _extent(found: Periods, sources: tuple[str | None, ...]) -> Note:
    unit, first, last = found.unit, found.starts[0], found.starts[-1]
    facts = {"units": f"{unit}s", "first": spoken(first, unit), "last": spoken(last, unit)}
    other = "collection" in sources
    return Note("series-claim" if "claim" in sources else "series-collection" if other else "series-rows", facts)


def _without(found: Periods, question: Periodic, missing: str) -> tuple[Note, ...]:
    """Rows without a time, and without a number."""
    notes: tuple[Note, ...] = ()
    if found.timeless.base:
        share = Fraction(found.timeless.base) / (found.n + found.timeless.base)
        facts = {"rows": int(found.timeless.base), "share": share, "name": question.name, "unit": found.unit}
        notes += (Note("timeless-rows" if missing == "bounds" else "null-numbers", facts),)
    if found.untimed:
        share = Fraction(found.untimed) / (found.n + found.untimed)
        notes += (Note("null-groups", {"rows": int(found.untimed), "share": share, "name": question.name}),)
    unitless = sum(part.unitless for part in (*found.parts, found.timeless))
    if unitless and question.inner.x is not None:
        notes += (Note("null-units", {"rows": unitless, "name": question.inner.x.text}),)
    lost = sum(part.numberless for part in (*found.parts, found.timeless))
    if lost:
        share = Fraction(lost) / (found.n + found.timeless.base)
        notes += (Note("null-numbers", {"rows": lost, "share": share, "name": question.inner.text}),)
    return notes


def spoken(start: datetime, unit: str) -> str:
    """A period by its name: `February 2016` is the month, of which 1 February is a day."""
    if unit in ("month", "year"):
        return f"{start:%B %Y}" if unit == "month" else f"{start:%Y}"
    return moment_text(start if unit == "hour" else start.date())
