"""Figures against the base that the claim states: what no whole number of it gives, and counts beyond it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from factcheck.claims.figures import Claimed, CompositionClaim, NumberClaim, Quantity, format_value
from factcheck.evidence.dataset import Family
from factcheck.measures.count import CountDistinct, CountRows
from factcheck.measures.mean import MeanOf
from factcheck.measures.measurement import Note
from factcheck.stats.grim import Numerators, grim
from factcheck.verdicts.consistency.line import honest_region
from factcheck.verdicts.consistency.stated import Concern, Stated, warning

# Kinds whose share is a whole number of things out of a whole number of them; "" is what is not measured.
WHOLE_NUMBERS = ("share", "composition", "hours", "duplicates", "coordination", "cascade", "overlap", "")
MAY_BE_ROUNDED = "leave `n` out if it is rounded, or if things are weighted"


def impossible_bases(stated: Iterable[Stated]) -> Iterator[Concern]:
    """Percentages and means that no whole number over the stated base gives (GRIM), and counts above it."""
    for one in stated:
        if one.claim.n is None or one.claim.claimed is None or not one.chosen:
            continue
        claimed = one.claimed or one.read_as(one.quantity() or Quantity.PROPORTION)
        if isinstance(claimed, NumberClaim):
            yield from _beyond(one, claimed, one.claim.n)
        for label, figure in _granular(one, claimed):
            yield from _unreachable(one, label, figure, one.claim.n)


def _beyond(one: Stated, claimed: NumberClaim, n: int) -> Iterator[Concern]:
    """A count of what the base is made of cannot pass it."""
    if not isinstance(one.measure, (CountRows, CountDistinct)):
        return
    region = honest_region(claimed)
    if region.low is not None and (region.low > n or (region.low == n and region.low_open)):
        message = f"{one.name} counts {claimed.text} out of a base of {n:,}"
        note = Note("count-over-base", {"text": claimed.text, "base": n}, "consistency")
        hint = "there cannot be more than the base holds"
        yield Concern(f"the base of {one.name}", warning(message, one.place, hint), ((one.key, note),))


def _granular(one: Stated, claimed: Claimed | None) -> Iterator[tuple[str, NumberClaim]]:
    """The figures that are whole numbers over the base; the labels of parts with them."""
    of_sum = str((one.claim.measure or {}).get("of", "")).startswith("sum ")
    if one.claim.weight is not None or of_sum:
        return
    if isinstance(claimed, CompositionClaim) and one.kind in WHOLE_NUMBERS:
        parts = claimed.parts.items()
        yield from ((label, part) for label, part in parts if part.quantity is Quantity.PROPORTION)
    elif isinstance(claimed, NumberClaim):
        shares = claimed.quantity is Quantity.PROPORTION and one.kind in WHOLE_NUMBERS
        if shares or (isinstance(one.measure, MeanOf) and _of_integers(one.measure)):
            yield "", claimed


def _of_integers(mean: MeanOf) -> bool:
    """A mean of numbers that the manifest or the file says are whole; before data nothing else tells."""
    numbers = mean.numbers
    return numbers.x.family is Family.INTEGER and numbers.rows.counts is None


def _unreachable(one: Stated, label: str, figure: NumberClaim, n: int) -> Iterator[Concern]:
    low, high = figure.region.low, figure.region.high
    if low is None or high is None:
        return
    found = grim(low, high, n, low_open=figure.region.low_open, high_open=figure.region.high_open)
    if found.reachable:
        return
    said = f"{figure.text} ({label})" if label else figure.text
    share = figure.quantity is Quantity.PROPORTION
    facts = {"text": said, "base": n, **_neighbours(found, figure)}
    note = Note("grim" if share else "grim-mean", facts, "consistency")
    what = "whole number out of" if share else "whole total over"
    message = (
        f"{one.name} says {said}, which no {what} {n:,} gives: "
        f"{facts['below']} would be {facts['lower']}, {facts['above']} {facts['higher']}"
    )
    yield Concern(f"the base of {one.name}", warning(message, one.place, MAY_BE_ROUNDED), ((one.key, note),))


def _neighbours(found: Numerators, figure: NumberClaim) -> dict[str, str]:
    """The nearest whole numbers and what they give, with the digits that tell them from the claimed ends."""
    region = figure.region
    edges = [end for end in (region.low, region.high) if end is not None]
    below, above = (format_value(Fraction(k, found.n), figure.quantity, edges=edges) for k in (found.last, found.first))
    lower, higher = _padded(below, above), _padded(above, below)
    return {"below": f"{found.last:,}", "lower": lower, "above": f"{found.first:,}", "higher": higher}


def _padded(text: str, other: str) -> str:
    """A figure with as many decimals as the other, so that both are read alike: 68.0% beside 67.3%."""
    decimals, wanted = (len(part.rstrip("%").partition(".")[2]) for part in (text, other))
    if decimals >= wanted:
        return text
    number, percent = text.rstrip("%"), "%" if text.endswith("%") else ""
    return f"{number}{'' if '.' in number else '.'}{'0' * (wanted - decimals)}{percent}"
