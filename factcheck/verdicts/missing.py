"""How much of a verdict hangs on missing values: whether it survives both extremes, and what each would make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from factcheck.claims.figures import Claimed, NumberClaim, Quantity, format_value
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement, Note
from factcheck.measures.setting import Setting
from factcheck.measures.tallies import Count, Proportion
from factcheck.verdicts.compare import compare
from factcheck.verdicts.verdict import Finding, Outcome

DOMAIN = "missing data"
# What a measure itself says of missing values.
TOLD = {"null-numbers", "null-labels", "unknown-rows", "unknown-members", "timeless-rows"}
# What leaves a figure of a sample without an end, whether or not numbers are missing.
BOUNDLESS = {"few-rows", "long-tail", "no-variation", "no-order-statistic", "few-clusters", "few-units", "process-open"}
BOUNDLESS |= {"no-interval"}
UNTOLD = (Quantity.DATE, Quantity.TREND)  # of which no end is told as a figure

Ends = tuple[Measurement, Measurement]
Settings = Callable[[], Setting]


def missing_notes(
    found: Measurement, finding: Finding, claimed: Claimed, policy: str, setting: Settings, noun: str | None = None
) -> list[Note]:
    """The notes on rows that M holds every answer of; none where there are none, or where the claim settles them.

    `setting` gives that of the measure's own dataset, which a sample needs; `noun` is what is missing where rows stand
    for many.
    """
    if not found.missing or policy != "bounds" or not found.n:
        return []
    notes: list[Note] = []
    if not {note.code for note in found.notes} & TOLD:
        facts = {"rows": found.missing, "share": Fraction(found.missing, found.n)} | ({"noun": noun} if noun else {})
        notes.append(Note("unknown-rows", facts, DOMAIN))
    if finding.outcome.conclusive:
        return [*notes, Note("unknown-survives", {}, DOMAIN)]
    return [*notes, *_extremes(found, claimed, setting)]


def _extremes(found: Measurement, claimed: Claimed, setting: Settings) -> list[Note]:
    """What the figure and the verdict would be at either end of what is missing, where an open verdict hangs on it."""
    region = found.region
    if not isinstance(region, Interval) or found.quantity in UNTOLD:
        return []
    if None in (region.low, region.high) and (found.method == "bounds" or _open_by_missing(found)):
        sides = {(True, False): "lower end", (False, True): "upper end", (True, True): "end on either side"}
        return [Note("unknown-open", {"end": sides[region.low is None, region.high is None]}, DOMAIN)]
    ends = _drawn_ends(found, setting) if found.sampled else _point_ends(found, region)
    if ends is None:
        return []
    first, last = (compare(claimed, end).outcome for end in ends)
    told = _figure(claimed, found.quantity)
    facts = {
        "none": told(ends[0]), "all": told(ends[1]), "first": first.value, "last": last.value,
        "alone": "the sample" if first is last is Outcome.INCONCLUSIVE else "",
        "either": first.value if first is last is not Outcome.INCONCLUSIVE else "",
    }  # fmt: skip
    counted = isinstance(found.tally, (Proportion, Count))
    return [Note("unknown-ends" if counted else "unknown-between", facts, DOMAIN)]


def _open_by_missing(found: Measurement) -> bool:
    """Whether a figure of a sample has no end for the missing values alone, since chance would leave it one."""
    by_chance = {note.code for note in found.notes} & BOUNDLESS
    return found.sampled and not by_chance and found.quantity in (Quantity.NUMBER, Quantity.DURATION)


def _point_ends(found: Measurement, region: Interval) -> Ends | None:
    """Complete data: each end of M is the figure of some answer."""
    if found.method != "bounds" or region.low is None or region.high is None or region.is_point:
        return None
    low, high = (replace(found, estimate=end, region=Interval.point(end)) for end in (region.low, region.high))
    return low, high


def _drawn_ends(found: Measurement, setting: Settings) -> Ends | None:
    """A sample: the interval as if none of the unknown rows counted, and as if all did."""
    tally = found.tally
    if not isinstance(tally, (Proportion, Count)) or not tally.unknown or found.effective_n is not None:
        return None
    drawn_by = setting()
    if drawn_by.population is not None and not drawn_by.rows:  # a table of counts, whose sum only its measure knows
        return None
    none, every = (replace(tally, k=k, unknown=0).draw(drawn_by) for k in (tally.k, tally.k + tally.unknown))
    low, high = (replace(found, estimate=drawn.estimate, region=drawn.region) for drawn in (none, every))
    return low, high


def _figure(claimed: Claimed, quantity: Quantity) -> Callable[[Measurement], str]:
    """An end in words, printed with enough digits to lie visibly on its side of the figure claimed."""
    region = claimed.region if isinstance(claimed, NumberClaim) else Interval(None, None)
    edges = [edge for edge in (region.low, region.high) if edge is not None]

    def told(end: Measurement) -> str:
        return format_value(end.estimate, quantity, edges=edges) if isinstance(end.estimate, Fraction) else "unknown"

    return told
