"""The rank of a group by its number of rows, and the groups with the most, from a random sample."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, SupportsIndex, TypeVar

from factcheck.errors import StatisticsError
from factcheck.stats.bounds import Bounds, Note
from factcheck.stats.checks import tail, whole
from factcheck.stats.search import first_whole

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Label = TypeVar("Label", bound=Hashable)

METHOD = "pairwise binomial tests, Holm"


@dataclass(frozen=True)
class TopGroups:
    """Groups that are surely among the N largest, surely not, or open; in the order they were given."""

    inside: tuple[Hashable, ...]
    outside: tuple[Hashable, ...]
    unsettled: tuple[Hashable, ...]
    method: str = METHOD


@dataclass(frozen=True)
class _Sizes:
    """How many groups have each number of rows: `values` ascending and different, `groups` in step."""

    values: npt.NDArray[np.int64]
    groups: npt.NDArray[np.int64]
    listed: int
    absent: bool  # one more group of 0 rows stands for those that the sample missed
    unlabelled: int

    @property
    def tests(self) -> int:
        """Comparisons of one group with all others."""
        return self.listed + self.absent - 1


def rank_interval(
    counts: Mapping[Label, int],
    label: Label,
    level: float = 0.95,
    ascending: bool = False,
    unlabelled: SupportsIndex = 0,
    others_unseen: bool = False,
) -> Bounds:
    """Where the group `label` can rank, given how many sampled rows each group has.

    A claimed group that the sample lacks stands in `counts` with 0. Rank 1 is the largest (`ascending`:
    the smallest); ties share the better rank. Every other group is compared by the exact binomial
    test of one half, each direction at (1 − level)/2 with Holm's correction: rank ∈ [1 + #greater,
    K − #less] (Mogstad, Romano, Shaikh & Wilhelm 2024, Review of Economic Studies 91). `unlabelled`
    rows may belong to any one group; a group counts as greater or less only if they cannot change it.

    The population may hold groups that the sample missed, and K does not count them. Where the group
    is not surely ahead of one with no rows, the note `unseen_groups` says so; with `others_unseen` the
    worst rank is then unbounded, as it always is for the smallest first.
    """
    if label not in counts:
        raise StatisticsError(f"label must be one of the groups; got label={label!r} and {len(counts)} groups")
    given = _checked(counts)
    own, outside, rest = int(given[list(counts).index(label)]), tail(level), whole("unlabelled", unlabelled)
    open_ended = _ranks(_sizes(given, True, rest), own, outside, ascending)
    best, worst = open_ended if others_unseen else _ranks(_sizes(given, False, rest), own, outside, ascending)
    ahead = int((given < own).sum() if ascending else (given > own).sum())
    notes = () if math.isfinite(open_ended[1]) else (Note.UNSEEN_GROUPS,)
    return Bounds(best, worst, METHOD, notes, 1 + ahead, int(given.sum()), level)


def top_n(
    counts: Mapping[Label, int],
    n: SupportsIndex,
    level: float = 0.95,
    claimed: SupportsIndex = 1,
    unlabelled: SupportsIndex = 0,
    others_unseen: bool = False,
) -> TopGroups:
    """Which groups are surely among the `n` with the most rows in the population, and which surely not.

    By `rank_interval` for every group at once: inside where the worst rank is at most n, outside where
    the best is beyond. A verdict that rests on several groups passes their number as `claimed`: each
    group is then judged at (1 − level)/2/claimed, so that one wrongly settled group among them stays as
    rare as for a single one.
    """
    given, rest = _checked(counts), whole("unlabelled", unlabelled)
    sizes, places = _sizes(given, others_unseen, rest), whole("n", n, 1)
    outside = tail(level) / whole("claimed", claimed, 1)

    # Both stay true as the rows of the group grow, so that two searches settle all groups.
    inside_from = _threshold(given, lambda own: _ranks(sizes, own, outside, False)[1] <= places)
    open_from = _threshold(given, lambda own: _ranks(sizes, own, outside, False)[0] <= places)
    pairs = list(zip(counts, given.tolist(), strict=True))
    return TopGroups(
        tuple(label for label, rows in pairs if rows >= inside_from),
        tuple(label for label, rows in pairs if rows < open_from),
        tuple(label for label, rows in pairs if open_from <= rows < inside_from),
    )


def _checked(counts: Mapping[Label, int]) -> npt.NDArray[np.int64]:
    import numpy as np

    if not counts:
        raise StatisticsError("counts must hold at least one group; got counts={}")
    for label, rows in counts.items():
        whole(f"counts[{label!r}]", rows)
    return np.fromiter(counts.values(), dtype=np.int64, count=len(counts))


def _sizes(given: npt.NDArray[np.int64], absent: bool, unlabelled: int) -> _Sizes:
    import numpy as np

    values, groups = np.unique(np.append(given, 0) if absent else given, return_counts=True)
    return _Sizes(values, groups, len(given), absent, unlabelled)


def _ranks(sizes: _Sizes, own: int, outside: float, ascending: bool) -> tuple[int, float]:
    """Best and worst rank of a group of `own` rows, which is one of `sizes`."""
    greater, less = _greater(sizes, own, outside), _less(sizes, own, outside)
    # The absent group has the fewest rows of all, so it is behind as soon as any group is; it is no group to count.
    absent_behind = sizes.absent and less > 0
    less -= absent_behind
    if ascending:
        return 1 + less, math.inf if sizes.absent else sizes.listed - greater
    return 1 + greater, math.inf if sizes.absent and not absent_behind else sizes.listed - less


def _greater(sizes: _Sizes, own: int, outside: float) -> int:
    """How many other groups surely have more of the population than one of `own` rows and all unlabelled ones."""
    import numpy as np
    from scipy.special import betainc

    own += sizes.unlabelled
    more = sizes.values > own
    # P(at least c of own + c fall on the other group, by halves); the largest group is the surest.
    p = np.asarray(betainc(sizes.values[more], own + 1, 0.5), dtype=np.float64)[::-1]
    return _holm(p, sizes.groups[more][::-1], sizes.tests, outside)


def _less(sizes: _Sizes, own: int, outside: float) -> int:
    """How many other groups, the absent one included, surely have less, even with all unlabelled rows."""
    import numpy as np
    from scipy.special import betainc

    values = sizes.values + sizes.unlabelled
    fewer = values < own
    p = np.asarray(betainc(own, values[fewer] + 1, 0.5), dtype=np.float64)
    return _holm(p, sizes.groups[fewer], sizes.tests, outside)


def _holm(p: npt.NDArray[np.float64], groups: npt.NDArray[np.int64], tests: int, outside: float) -> int:
    """How many of `tests` hypotheses Holm (1979, Scand. J. Statist. 6) rejects.

    `p` ascending, each for as many hypotheses as `groups` says; hypotheses left out have larger p and
    are never rejected (a group with no more rows than its rival has p ≥ ½). Of equal p the first
    meets the strictest threshold, so a block is rejected whole or not at all.
    """
    import numpy as np

    before = np.cumsum(groups) - groups
    passed = p <= outside / (tests - before)
    return int(groups[: len(passed) if passed.all() else int(passed.argmin())].sum())


def _threshold(given: npt.NDArray[np.int64], holds: Callable[[int], bool]) -> float:
    """The smallest of the given numbers of rows for which a condition that stays true upwards holds; inf if none."""
    import numpy as np

    values = np.unique(given)
    at = first_whole(lambda i: holds(int(values[i])), 0, len(values))
    return float(values[at]) if at < len(values) else math.inf
