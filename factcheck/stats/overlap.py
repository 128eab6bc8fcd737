"""How far sets coincide when it is not known of some things whether they belong: worst-case bounds.

A tally tells, for every combination of memberships (True, False, None for not known; one for each set), how many
things have it. What is unknown of one thing is taken to say nothing of another, so that each may turn out either way.

Every share here adds things up as pairs (in all sets, in the base): a thing counts (1, 1), (0, 1) or (0, 0), and the
share is the sum of the first over the sum of the second. Of a thing that is not settled several pairs are attainable.
Given the pairs of all others, a sum of I over B with I ≤ B:

* (0, 1) gives I/(B+1), the least of all three, since I/(B+1) ≤ I/B ≤ (I+1)/(B+1);
* (1, 1) gives (I+1)/(B+1), the most.

So whatever the others do, the least share takes (0, 1) where it is attainable, then (0, 0), then (1, 1); the largest
takes (1, 1), then (0, 0), then (0, 1). Where the choice leaves nothing in the base there is no share, and the next
best one decides: with no (0, 1) attainable at all the share is 1 as soon as there is one, with no (1, 1) it is 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from factcheck.errors import StatisticsError
from factcheck.stats.checks import whole

Memberships = tuple[bool | None, ...]
Tally = Mapping[Memberships, int]
Base = Literal["any", "first"]
Pair = tuple[int, int]

_LEAST: tuple[Pair, ...] = ((0, 1), (0, 0), (1, 1))
_MOST: tuple[Pair, ...] = ((1, 1), (0, 0), (0, 1))


@dataclass(frozen=True)
class Overlap:
    """`low` and `high` bound the figure; `estimate` is that of the memberships that are known (None: of an empty base).

    `base` is how many things may be in the base, `unsettled` how many of those could turn the figure.
    """

    estimate: Fraction | None
    low: Fraction
    high: Fraction
    base: int
    unsettled: int


def overlap_share(tally: Tally, base: Base) -> Overlap | None:
    """What share of the things in the base is in all sets; None where nothing can be in the base.

    base: `any` (the union; the share is Jaccard's index, Jaccard 1901) or `first` (the first set).
    """
    checked(tally)
    options = {memberships: attainable(memberships, base) for memberships in tally}
    inside = {m: n for m, n in tally.items() if options[m] != ((0, 0),) and n}
    if not inside:
        return None
    shared = sum(n for m, n in inside.items() if all(m))
    known = sum(n for m, n in inside.items() if True in _counted(m, base))
    low, high = _extreme(inside, options, _LEAST), _extreme(inside, options, _MOST)
    can_be_all = any((1, 1) in options[m] for m in inside)
    size = sum(inside.values())
    return Overlap(
        Fraction(shared, known) if known else None,
        Fraction(1 if can_be_all else 0) if low is None else low,
        Fraction(0) if high is None else high,
        size,
        sum(n for m, n in inside.items() if len(options[m]) > 1),
    )


def overlap_count(tally: Tally) -> Overlap | None:
    """How many things are in all sets; None where nothing can be in any."""
    checked(tally)
    possible = sum(n for memberships, n in tally.items() if False not in memberships)
    certain = sum(n for memberships, n in tally.items() if all(memberships))
    base = sum(n for memberships, n in tally.items() if any(member is not False for member in memberships))
    estimate = Fraction(certain)
    return Overlap(estimate, estimate, Fraction(possible), base, possible - certain) if base else None


def attainable(memberships: Memberships, base: Base) -> tuple[Pair, ...]:
    """The pairs (in all sets, in the base) that a thing with these memberships can come to."""
    can_be_all = False not in memberships
    counted = _counted(memberships, base)
    certain, possible = True in counted, any(member is not False for member in counted)
    # Beside one that holds, another must be able to fail: in the union any two, in the first set one of the others.
    others = memberships if base == "any" else memberships[1:]
    can_lack = possible and any(member is not True for member in others)
    return (
        *(((0, 0),) if not certain else ()),
        *(((0, 1),) if can_lack else ()),
        *(((1, 1),) if can_be_all else ()),
    )


def known_only(tally: Tally) -> dict[Memberships, int]:
    """The tally of the memberships that are known: what is not known makes no member."""
    kept: dict[Memberships, int] = {}
    for memberships, n in tally.items():
        known = tuple(member is True for member in memberships)
        kept[known] = kept.get(known, 0) + n
    return kept


def checked(tally: Tally) -> None:
    """Refuses a tally of fewer than two sets, of sets that differ in number, or of less than none."""
    lengths = {len(memberships) for memberships in tally}
    if len(lengths) > 1 or lengths & {0, 1}:
        raise StatisticsError(f"every thing needs its memberships in the same two or more sets; got {sorted(lengths)}")
    for memberships, n in tally.items():
        whole(f"tally[{memberships}]", n)


def _counted(memberships: Memberships, base: Base) -> Memberships:
    """The memberships that put a thing into the base."""
    return memberships if base == "any" else memberships[:1]


def _extreme(
    inside: Tally, options: Mapping[Memberships, tuple[Pair, ...]], preferred: tuple[Pair, ...]
) -> Fraction | None:
    chosen = [(next(pair for pair in preferred if pair in options[m]), n) for m, n in inside.items()]
    whole = sum(pair[1] * n for pair, n in chosen)
    return Fraction(sum(pair[0] * n for pair, n in chosen), whole) if whole else None
