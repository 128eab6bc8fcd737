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
    unit, name = found.unit, question.name
    notes = aside_notes(found.where_aside, found.rows, "where") + among_notes(found.aside, int(found.n))
    if found.starts:
        source = "claim" if "claim" in found.window.sources else "collection"
        source = "rows" if found.window.sources == (None, None) or question.whole else source
        facts = {"units": f"{unit}s", "first": spoken(found.starts[0], unit), "last": spoken(found.starts[-1], unit)}
        notes += (Note(f"series-{source}", facts),)
    if found.empty:
        zero = question.inner.kind in ("count", "sum", "distinct")
        code = "empty-periods" if zero else "empty-left-out"
        notes += (Note(code, {"whole": f"{len(found.starts):,} {unit}s", "empty": found.empty}),)
    if found.outside:
        notes += (Note("outside-period", {"rows": int(found.outside)}),)
    if found.timeless.base:
        share = Fraction(found.timeless.base) / (found.n + found.timeless.base)
        code = "timeless-rows" if missing == "bounds" else "null-numbers"
        notes += (Note(code, {"rows": int(found.timeless.base), "share": share, "name": name, "unit": unit}),)
    if found.untimed:
        share = Fraction(found.untimed) / (found.n + found.untimed)
        notes += (Note("null-groups", {"rows": int(found.untimed), "share": share, "name": name}),)
    lost = sum(part.numberless for part in found.parts)
    if lost:
        notes += (Note("null-numbers", {"rows": lost, "share": lost / found.n, "name": question.inner.text}),)
    if found.window.holes:
        notes += (Note("series-holes", {"name": name}, "indirectness", -1),)
    return notes


def spoken(start: datetime, unit: str) -> str:
    return moment_text(start if unit == "hour" else start.date())
