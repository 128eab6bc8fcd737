"""A share, a count and the base that makes one of them the other: 16% of 858 are 133 to 141."""

from __future__ import annotations

from collections.abc import Generator
from fractions import Fraction

from factcheck.claims.figures import Quantity, format_value
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Note
from factcheck.stats.grim import grim
from factcheck.verdicts.consistency.line import Figure, Line
from factcheck.verdicts.consistency.pairs import Pairs, in_order
from factcheck.verdicts.consistency.stated import Concern


def misfits(shares: list[Figure], counts: list[Figure], pairs: Pairs) -> Generator[Concern, None, bool]:
    """Counts that are not the stated share of its base; returns whether any base held the two against each other."""
    based_shares, based_counts = list(filter(_has_base, shares)), list(filter(_has_base, counts))
    if not shares or not counts or not (based_shares or based_counts):
        return False
    yield from _against(based_shares, counts, pairs, to_counts=True)
    yield from _against(based_counts, shares, pairs, to_counts=False)
    return True


def _has_base(figure: Figure) -> bool:
    """Whether what is counted is so many of a stated base; where things are weighted, it is not."""
    return figure.stated.claim.n is not None and figure.stated.claim.weight is None


def _against(based: list[Figure], others: list[Figure], pairs: Pairs, *, to_counts: bool) -> Generator[Concern]:
    """The figures that state a base, each turned into what the others are, and held against those."""
    turned = {
        figure.times(Fraction(n) if to_counts else Fraction(1, n)): figure
        for figure in based
        if (n := figure.stated.claim.n) is not None
    }
    there, here = Line(others), Line(turned)
    for made in turned:
        for other in there.against(made):
            yield _misfit(turned[made], made, other, pairs, to_counts=to_counts, of_base=True)
    for other in others:
        for made in here.against(other):
            yield _misfit(turned[made], made, other, pairs, to_counts=to_counts, of_base=False)


def _misfit(based: Figure, made: Figure, other: Figure, pairs: Pairs, *, to_counts: bool, of_base: bool) -> Concern:
    n, range_ = based.stated.claim.n or 0, _told(made.region, to_counts=to_counts)
    facts = {"n": n, "made": range_, "quantity": pairs.quantity}
    if of_base:
        note = Note("misfit-own-base", facts | {"id": other.stated.source.id, "text": other.text, "own": based.text})
    else:
        note = Note("misfit-other-base", facts | {"id": based.stated.source.id, "text": based.text, "own": other.text})
    first, second = in_order(based, other)
    message = (
        f"{based.stated.name} says {based.text} of {n:,}, which is {range_}, and {other.stated.name} says {other.text} "
        f"for the same quantity ({pairs.quantity})"
    )
    problem = pairs.once(first.stated, second.stated, message, "both cannot be right")
    key = (based if of_base else other).stated.key
    return Concern(pairs.topic, problem, ((key, Note(note.code, note.facts, "consistency")),))


def _told(made: Interval, *, to_counts: bool) -> str:
    """133 to 141; 15.4% to 16.6%."""
    low, high = made.low, made.high
    if to_counts and low is not None and high is not None:
        whole = grim(low, high, 1, low_open=made.low_open, high_open=made.high_open)
        low, high = (Fraction(whole.first), Fraction(whole.last)) if whole.reachable else (low, high)
    quantity = Quantity.COUNT if to_counts else Quantity.PROPORTION
    if low is None or high is None:
        end = high if low is None else low
        return (
            "any number" if end is None else f"{'at most' if low is None else 'at least'} {format_value(end, quantity)}"
        )
    first, last = format_value(low, quantity), format_value(high, quantity)
    return first if first == last else f"{first} to {last}"
