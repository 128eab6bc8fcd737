"""How much more evidence an open claim would take: rows, drawn units, missing answers.

What has to be cleared are the edges of A′, the values that count as close: beyond them a verdict is conclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from factcheck.claims.figures import NumberClaim, Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement
from factcheck.verdicts.verdict import Verdict

_FIGURES = 2  # significant figures of a number of rows
_NARROWING = (
    Quantity.PROPORTION, Quantity.NUMBER, Quantity.COUNT, Quantity.POINTS, Quantity.RATIO, Quantity.DIFFERENCE,
    Quantity.CORRELATION, Quantity.DURATION,
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """From where to which edges: `point` is the estimate, or the worse end of what missing answers leave of it."""

    point: Fraction
    distance: Fraction
    below: bool  # whether the edge lies below the point
    both: bool  # whether there is an edge on either side


def target(verdict: Verdict, found: Measurement, *, strict: bool = False) -> Target | None:
    """What has to be cleared; None where nothing on a line was claimed. A distance of 0: no number of rows will do.

    `strict` asks for the edges of A, within which the claim is true as it stands.
    """
    claimed, p = verdict.claimed, found.estimate
    if found.quantity not in _NARROWING or not isinstance(claimed, NumberClaim) or not isinstance(p, Fraction):
        return None
    region = claimed.region if strict else claimed.near
    ends = _inner_edges(region, found.quantity)
    if not ends:
        return None
    low, high = bounds(verdict, found) or (p, p)
    if any(low <= end <= high for end in ends):
        return Target(p, Fraction(0), below=False, both=False)
    distance, point, below = min(
        (abs(point - end), point, end < point) for end in ends for point in ((low,) if end < low else (high,))
    )
    inside = region.contains(p)
    return Target(point, distance, below, inside and len(ends) > 1)


def _inner_edges(region: Interval, quantity: Quantity) -> list[Fraction]:
    """The ends that a figure can lie beyond."""
    share = quantity is Quantity.PROPORTION
    return [end for end in (region.low, region.high) if end is not None and not (share and end in (0, 1))]


def bounds(verdict: Verdict, found: Measurement) -> tuple[Fraction, Fraction] | None:
    """What missing answers leave of a share of rows, chance set aside; None where none is missing or no rule holds."""
    facts = found.facts
    if not found.missing or verdict.claim.missing != "bounds" or not _counts_rows(found):
        return None
    n, k = Fraction(facts["n"]), Fraction(facts["k"])
    return k / n, (k + found.missing) / n


def _counts_rows(found: Measurement) -> bool:
    """Whether a share is that of k rows among n, each counting alike."""
    whole = {"k", "n", "known"} <= found.facts.keys() and not found.facts.get("weighted")
    return found.quantity is Quantity.PROPORTION and whole and found.facts["n"] - found.facts["known"] == found.missing


def rows(verdict: Verdict, found: Measurement, aim: Target) -> int | None:
    """How many rows it takes altogether, if what was found stands; None where no rule holds, or there are as many."""
    from factcheck.stats.power import rows_by_width, rows_needed

    level, n = float(verdict.claim.level), answered(verdict, found)
    if not aim.distance or n <= 0 or found.method == "no-interval":
        return None
    if found.missing and verdict.claim.missing == "bounds" and not _counts_rows(found):
        return None  # what missing values leave open stays as wide, however many rows there are
    if found.quantity is Quantity.PROPORTION:
        deff = n / found.effective_n if found.effective_n else 1.0
        total = rows_needed(float(aim.point), float(aim.distance), deff, aim.both, level)
    else:
        half = _half(found, aim)
        if half is None:
            return None
        total = rows_by_width(n, float(half), float(aim.distance), aim.both, level)
    assert total is not None  # the distance is not 0
    total = _of_population(verdict, found, total, n)
    return total if total > n else None


def answered(verdict: Verdict, found: Measurement) -> int:
    """The rows that the figure rests on, without those of no known answer where the spec leaves them out."""
    return found.n - (found.missing if verdict.claim.missing == "ignore" else 0)


def _half(found: Measurement, aim: Target) -> Fraction | None:
    """How far M reaches towards the edge; None where it has no end there."""
    assert isinstance(found.region, Interval)
    end = found.region.low if aim.below else found.region.high
    return None if end is None or end == aim.point else abs(aim.point - end)


def _of_population(verdict: Verdict, found: Measurement, total: int, n: int) -> int:
    """In a population of known size fewer do, and never more than there are."""
    from factcheck.stats.power import within_population

    sizes = {dataset.population for dataset in verdict.datasets}
    if len(sizes) != 1 or None in sizes or found.effective_n is not None or verdict.claim.about == "process":
        return total
    population = int(sizes.pop() or 0)
    if population <= n:
        return total
    if found.quantity is not Quantity.PROPORTION:  # its interval knows of the population already
        total = int(total / (1 - n / population))
    return within_population(total, population)


def answers(verdict: Verdict, found: Measurement) -> int | None:
    """How many missing answers would have to be known, if those answer as the others do; None where that is no rule."""
    from factcheck.stats.power import answers_needed

    claimed, p = verdict.claimed, found.estimate
    if bounds(verdict, found) is None or not isinstance(claimed, NumberClaim) or not isinstance(p, Fraction):
        return None
    near = claimed.near
    if near.contains(p):
        low, high = near.low, near.high
    else:
        low, high = (near.high, None) if near.high is not None and p > near.high else (None, near.low)
    ends = (None if end is None or end in (0, 1) else float(end) for end in (low, high))
    if found.missing == found.n:
        return None
    return answers_needed(int(found.facts["k"]), int(found.facts["n"]), found.missing, *ends)


def rounded_up(rows: int) -> int:
    """A number of rows that pretends no precision: 1,237 is told as 1,300."""
    step = int(10 ** max(0, len(str(rows)) - _FIGURES))
    return -(-rows // step) * step
