"""What rows without a known answer could change: the figure among those known, and both worst cases."""

from __future__ import annotations

from fractions import Fraction

from factcheck.claims.figures import NumberClaim, Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.reports.amounts import end_text
from factcheck.reports.line import Line, Row, axis_over, line
from factcheck.reports.locale import integer
from factcheck.reports.pictures.picture import Picture
from factcheck.reports.pictures.scale import figure, spec
from factcheck.reports.scale import draw
from factcheck.reports.words import capital, say
from factcheck.verdicts.verdict import Verdict


def pictures(verdict: Verdict) -> tuple[Picture, ...]:
    """At most one, where the region is as wide as it is because answers are missing."""
    found, drawn = verdict.measurement, None if verdict.checks else line(verdict)
    if found is None or drawn is None or found.method != "bounds" or not found.missing:
        return ()
    cases = _cases(found, verdict)
    if not cases:
        return ()
    near = verdict.claimed.near if isinstance(verdict.claimed, NumberClaim) else None
    rows = (drawn.rows[0], *cases)
    axis = axis_over([row.region for row in rows], [row.dot for row in rows], found.quantity)
    shown = Line(rows, axis, drawn.quantity)
    told = " ".join(say("picture-scale-row", name=capital(row.name), figure=figure(row)) for row in shown.rows)
    alt = say("picture-missing-told", n=integer(found.n), missing=integer(found.missing), rows=told)
    text = draw(shown.rows, shown.axis, shown.quantity)
    return (Picture("missing", say("picture-missing"), alt, text, lambda: spec(shown, near)),)


def _cases(found: Measurement, verdict: Verdict) -> tuple[Row, ...]:
    """The estimate, and both ends of the region as the worst cases; none where an end is not known."""
    region = found.region
    if not isinstance(region, Interval) or region.is_point or not isinstance(found.estimate, Fraction):
        return ()
    if region.low is None or region.high is None:
        return ()
    least, greatest = _names(found, region)
    named = ((say("picture-known"), found.estimate), (least, region.low), (greatest, region.high))
    return tuple(
        Row(name, Interval.point(value), value, end_text(value, found.quantity, verdict.claimed), "", "")
        for name, value in named
    )


def _names(found: Measurement, region: Interval) -> tuple[str, str]:
    """What the ends mean: of a share or a number of rows, that none or all of those missing would be counted."""
    k, n = found.facts.get("k"), found.facts.get("n")
    if isinstance(k, int | Fraction) and isinstance(n, int | Fraction) and n:
        whole = {Quantity.PROPORTION: Fraction(n), Quantity.COUNT: Fraction(1)}.get(found.quantity)
        if whole and (region.low, region.high) == (k / whole, (k + found.missing) / whole):
            return say("picture-none-of-them"), say("picture-all-of-them")
    return say("picture-least"), say("picture-greatest")
