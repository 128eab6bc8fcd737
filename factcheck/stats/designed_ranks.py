"""Ranks of groups by their (weighted) rows, from rows that were drawn in clusters or carry weights."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Bounds, Note
from factcheck.stats.checks import tail
from factcheck.stats.group_pairs import Comparisons, GroupTotals, against

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

METHOD = "pairwise Korn–Graubard tests, Holm"
FURTHER = 10  # groups behind the N largest that every other one is held against, to settle who is not among them


@dataclass(frozen=True)
class TopCodes:
    """Codes of the groups that are surely among the N largest, and of those that may be."""

    inside: tuple[int, ...]
    unsettled: tuple[int, ...]
    method: str = METHOD


def designed_rank_interval(
    totals: GroupTotals, own: int, level: float = 0.95, ascending: bool = False, others_unseen: bool = True
) -> Bounds:
    """Where the group with the code `own` can rank; as `ranks.rank_interval`, for rows of a design.

    Every other group is compared by the share that it has of its rows and those of `own`: it is greater where the low
    limit of that share (`shares.designed_proportion`, whose variance takes the rows of a unit together) lies above
    one half, each direction at (1 − level)/2 with Holm's correction. The unlabelled rows count against it.
    """
    import numpy as np

    if not 0 <= own < totals.groups:
        raise StatisticsError(f"own must be one of the groups; got own={own} and {totals.groups} groups")
    outside, sums = tail(level), totals.sums()
    others = np.arange(totals.groups + 1) != own
    others[-1] = others_unseen  # the last stands for a group that the sample missed
    greater = settled(against(totals, own, yes="others"), others, int(others.sum()), outside)
    less = settled(against(totals, own, yes="own"), others, int(others.sum()), outside)
    ahead, behind = int(greater[:-1].sum()), int(less[:-1].sum())
    best, worst = (behind, ahead) if ascending else (ahead, behind)
    open_end = others_unseen and (ascending or not less[-1])
    last = math.inf if open_end else totals.groups - worst
    position = 1 + int((sums < sums[own]).sum() if ascending else (sums > sums[own]).sum())
    notes = (Note.UNSEEN_GROUPS,) if open_end else ()
    return Bounds(1 + best, last, METHOD, notes, position, round(float(totals.rows.sum())), level)


def designed_top_n(totals: GroupTotals, n: int, level: float = 0.95, claimed: int = 1) -> TopCodes:
    """Which groups are surely among the `n` largest, and which may be; as `ranks.top_n`, for rows of a design.

    Groups that the sample missed may be among them. To be surely out a group must be behind n of the n + 10 largest.
    """
    import numpy as np

    if n < 1 or claimed < 1:
        raise StatisticsError(f"n and claimed must be at least 1; got n={n}, claimed={claimed}")
    outside, k = tail(level) / claimed, totals.groups
    leaders = np.argsort(-totals.sums(), kind="stable")[: n + FURTHER]
    less = Comparisons.stacked([against(totals, int(leader), yes="own") for leader in leaders])
    others = np.arange(k + 1) != leaders[:, None]
    behind = settled(less, others, k, outside, axis=1)
    # As in a rank, a group that the sample missed has to be behind before anything is surely inside.
    sure = behind[:, -1] & (behind[:, :-1].sum(axis=1) >= k - n)
    inside = frozenset(leaders[sure].tolist())
    out = settled(less, others, k, outside, axis=0)[:, :-1].sum(axis=0) >= n
    unsettled = (code for code in range(k) if not out[code] and code not in inside)
    return TopCodes(tuple(sorted(inside)), tuple(unsettled))


def settled(
    pairs: Comparisons, among: npt.NDArray[np.bool_], tests: int, outside: float, axis: int = 0
) -> npt.NDArray[np.bool_]:
    """Which pairs have a share surely above one half, those along an axis at once (Holm 1979).

    Of `tests` hypotheses those that `among` leaves out are never rejected. The tests depend on the level, so that each
    step tests anew at the level that those rejected so far leave.
    """
    import numpy as np

    open_pairs = among & (pairs.p > 0.5) & (pairs.degrees > 0)
    rejected = np.zeros_like(open_pairs)
    while True:
        levels = outside / np.maximum(tests - rejected.sum(axis=axis, keepdims=True), 1)
        at = np.nonzero(open_pairs & ~rejected)
        each = np.broadcast_to(levels, rejected.shape)[at]
        passed = pairs.chance(at, each) <= each
        if not passed.any():
            return rejected
        rejected[tuple(index[passed] for index in at)] = True
