"""The parts of a whole: together they cannot pass it, and where they are all of it they must make it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from factcheck.claims.figures import CompositionClaim, NumberClaim, Quantity, format_value
from factcheck.claims.regions import Interval
from factcheck.measures.hours import hours_of
from factcheck.measures.measurement import Note
from factcheck.stats.grim import grim
from factcheck.verdicts.consistency.line import honest_region
from factcheck.verdicts.consistency.stated import Concern, Stated, warning

Sum = tuple[Fraction, bool]  # a sum of ends, and whether it is itself left out


@dataclass(frozen=True)
class Total:
    """What the parts add up to, and the whole that they are parts of, as they are told."""

    least: Sum
    most: Sum | None  # None without bound
    whole: Fraction
    told: Quantity

    @property
    def over(self) -> bool:
        least, open_ = self.least
        return least > self.whole or (least == self.whole and open_)

    @property
    def short(self) -> bool:
        return self.most is not None and (self.most[0] < self.whole or (self.most[0] == self.whole and self.most[1]))


def impossible_sums(stated: Iterable[Stated]) -> Iterator[Concern]:
    """Compositions whose parts, at their rounding, pass the whole, or fall short of it where they should be all."""
    for one in stated:
        claimed = _composition(one)
        if claimed is None or not one.chosen:
            continue
        for total in _totals(one, claimed):
            if total.over or (total.short and _is_whole(one)):
                yield _concern(one, claimed, total)
                break


def _composition(one: Stated) -> CompositionClaim | None:
    if one.kind not in ("composition", "hours"):
        return None
    claimed = one.claimed or one.read_as(Quantity.COMPOSITION)
    if not isinstance(claimed, CompositionClaim):
        return None
    if one.kind == "hours":  # hours and spans of them may overlap
        hours = [hour for label in claimed.parts for hour in hours_of(label)]
        return claimed if len(hours) == len(set(hours)) else None
    return claimed


def _is_whole(one: Stated) -> bool:
    return (one.claim.measure or {}).get("whole") in (True, "true")


def _totals(one: Stated, claimed: CompositionClaim) -> Iterator[Total]:
    """The parts against 100%, and as whole numbers against the base that the claim states."""
    parts, n = list(claimed.parts.values()), one.claim.n
    if parts[0].quantity is Quantity.PROPORTION:
        yield _added([part.region for part in parts], Fraction(1), Quantity.PROPORTION)
        if n is not None and one.claim.weight is None:
            yield from _of_base(parts, n)
    elif n is not None:
        yield _added([honest_region(part) for part in parts], Fraction(n), Quantity.COUNT)


def _of_base(parts: list[NumberClaim], n: int) -> Iterator[Total]:
    """Each part is a whole number of n. A part that no whole number gives is told for itself."""
    ends = [(part.region.low or Fraction(0), part.region.high or Fraction(1), part.region) for part in parts]
    counts = [grim(low, high, n, low_open=r.low_open, high_open=r.high_open) for low, high, r in ends]
    if all(count.reachable for count in counts):
        least, most = sum(count.first for count in counts), sum(count.last for count in counts)
        yield Total((Fraction(least), False), (Fraction(most), False), Fraction(n), Quantity.COUNT)


def _added(regions: list[Interval], whole: Fraction, told: Quantity) -> Total:
    lows = [(region.low or Fraction(0), region.low_open) for region in regions]
    least = sum((low for low, _ in lows), Fraction(0)), any(is_open for _, is_open in lows)
    highs = [(region.high, region.high_open) for region in regions if region.high is not None]
    if len(highs) < len(regions):
        return Total(least, None, whole, told)
    most = sum((high for high, _ in highs), Fraction(0)), any(is_open for _, is_open in highs)
    return Total(least, most, whole, told)


def _concern(one: Stated, claimed: CompositionClaim, total: Total) -> Concern:
    end, word = (total.least[0], "least") if total.over or total.most is None else (total.most[0], "most")
    facts = {
        "total": format_value(end, total.told, edges=(total.whole,)),
        "whole": format_value(total.whole, total.told),
    }
    note = Note("sum-over" if total.over else "sum-short", facts, "consistency")
    message = f"the parts that {one.name} names make at {word} {facts['total']} of {facts['whole']} ({claimed.text})"
    hint = "they cannot all be right" if total.over else "with `whole: true` they have to make all of it"
    return Concern(f"the parts of {one.name}", warning(message, one.place, hint), ((one.key, note),))
