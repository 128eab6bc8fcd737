"""What chance would bring: acts on the same target within a short time, if nobody minded anybody.

Two ways of breaking what ties accounts together, each leaving all else as it is. *Moved times*: every act is moved
by up to half an hour to either side, so that targets keep their ups and downs but lose what happens within minutes.
*Exchanged accounts*: the accounts of a target's acts are dealt anew among these acts, so that moments and everybody's
number of acts on each target stay, and only who was beside whom is left to chance. The second is for pairs that must
be together several times: busy hours alone bring two accounts together once, hardly the same two again. Randomisation
tests of this kind: Edgington & Onghena, "Randomization Tests", 4th ed. 2007, ch. 3 (the p-value counts what was
observed among the draws).

Arrays run in step, one entry for each act: whole numbers for accounts and targets, times in microseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from factcheck.errors import StatisticsError

DRAWS = 99
SPREAD = 1_800_000_000  # microseconds to either side: half an hour
SEED = 20_180_510
TAIL = 0.025

Ints = NDArray[np.int64]
Figure = Literal["share", "pairs", "accounts"]


@dataclass(frozen=True)
class Chance:
    """What the draws gave: their median, the middle 95 % of them, and `p`, the part of them and of what was observed
    itself that is at least as large as what was observed."""

    observed: int
    median: float
    low: float
    high: float
    p: float
    draws: int


@dataclass(frozen=True)
class Acts:
    """Acts in the order of target and time. `figure` share counts the acts in a pair's meetings, not their share."""

    actors: Ints
    targets: Ints
    times: Ints
    within: int
    at_least: int = 1
    counting: Literal["targets", "actions"] = "targets"

    def __post_init__(self) -> None:
        if not len(self.actors) == len(self.targets) == len(self.times):
            raise StatisticsError("actors, targets and times must be of one length")
        if self.within < 0 or self.at_least < 1:
            raise StatisticsError(f"no such window or number: within={self.within}, at_least={self.at_least}")

    def pairs_of_acts(self, times: Ints | None = None) -> int:
        """How many pairs of acts on one target lie within the window, those of one account included."""
        order, first = self._sorted(self.times if times is None else times)
        return int((np.arange(len(order)) - first).sum())

    def moved(self, figure: Figure, most: int, draws: int = DRAWS, seed: int = SEED) -> Chance | None:
        """Times moved at random; None where a draw has more than `most` pairs of acts to be listed."""
        random = np.random.default_rng(seed)

        def draw() -> int | None:
            times = self.times + random.integers(-SPREAD, SPREAD, len(self.times), endpoint=True)
            return self._figure(figure, self.actors, times, most)

        return _chance(self._figure(figure, self.actors, self.times, most), draw, draws)

    def exchanged(self, figure: Figure, most: int, draws: int = DRAWS, seed: int = SEED) -> Chance | None:
        """Accounts dealt anew among the acts of each target; None where there are more than `most` pairs of acts."""
        if self.pairs_of_acts() > most:
            return None
        random = np.random.default_rng(seed)
        grouped = np.argsort(self.targets, kind="stable")
        left, right = self._listed(self.times)

        def draw() -> int:
            actors = np.empty_like(self.actors)
            actors[grouped] = self.actors[np.lexsort((random.random(len(self.actors)), self.targets))]
            return self._met(figure, actors, left, right)

        return _chance(self._met(figure, self.actors, left, right), draw, draws)

    def _figure(self, figure: Figure, actors: Ints, times: Ints, most: int) -> int | None:
        if self.at_least == 1 and figure != "pairs":
            return self._nearest(figure, actors, times)
        if self.pairs_of_acts(times) > most:
            return None
        return self._met(figure, actors, *self._listed(times))

    def _nearest(self, figure: Figure, actors: Ints, times: Ints) -> int:
        """Acts (or accounts) with another account's act within the window: the nearest one stands in the next run."""
        order = self._order(times)
        a, g, t = actors[order], self.targets[order], times[order]
        places = np.arange(len(a))
        turns = np.flatnonzero((a[1:] != a[:-1]) | (g[1:] != g[:-1])) + 1
        starts = np.concatenate(([0], turns))[np.searchsorted(turns, places, side="right")]
        ends = np.concatenate((turns, [len(a)]))[np.searchsorted(turns, places, side="right")]
        before, after = np.maximum(starts - 1, 0), np.minimum(ends, len(a) - 1)
        near = (starts > 0) & (g[before] == g) & (t - t[before] <= self.within)
        near |= (ends < len(a)) & (g[after] == g) & (t[after] - t <= self.within)
        return int(near.sum()) if figure == "share" else len(np.unique(a[near]))

    def _order(self, times: Ints) -> Ints:
        """By target, then by time: through one number for both where it fits, which takes a third of the time."""
        first, span = int(times.min(initial=0)), int(np.ptp(times)) + 1 if len(times) else 1
        if span * (int(self.targets.max(initial=0)) + 1) < 2**62 and int(self.targets.min(initial=0)) >= 0:
            return np.argsort(self.targets * span + (times - first)).astype(np.int64)
        return np.lexsort((times, self.targets)).astype(np.int64)

    def _sorted(self, times: Ints) -> tuple[Ints, Ints]:
        """The order by target and time, and for each place in it the first one that is within the window of it."""
        order = self._order(times)
        g, t = self.targets[order], times[order]
        begins = np.concatenate(([0], np.flatnonzero(g[1:] != g[:-1]) + 1)).astype(np.int64)
        own = np.repeat(begins, np.diff(np.concatenate((begins, [len(g)]))))
        # Targets are laid one behind the other, so that one search serves them all; what it finds before one's own
        # target is cut off. A step longer than the window may be any such step.
        steps = np.minimum(np.diff(t, prepend=t[:1]), self.within + 1)
        steps[begins[1:]] = 1
        if float(np.sum(steps, dtype=np.float64)) + self.within > 2**62:
            raise StatisticsError("the times of all targets together span too long for the draws")
        line = np.cumsum(steps)
        return order, np.maximum(own, np.searchsorted(line, line - self.within, side="left"))

    def _listed(self, times: Ints) -> tuple[Ints, Ints]:
        """All pairs of acts on one target within the window."""
        order, first = self._sorted(times)
        count = np.arange(len(order)) - first
        right = np.repeat(np.arange(len(order)), count)
        left = np.arange(len(right)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
        return order[left], order[right]

    def _met(self, figure: Figure, actors: Ints, left: Ints, right: Ints) -> int:
        """The figure from the pairs of acts and who stands behind each act."""
        a, b = actors[left], actors[right]
        different = a != b
        low, high = np.minimum(a, b)[different], np.maximum(a, b)[different]
        size = int(self.actors.max(initial=0)) + 1
        pair = low * size + high
        counted = pair
        if self.counting == "targets" and self.at_least > 1:
            span = int(self.targets.max(initial=0)) + 1
            if float(size) ** 2 * span > 2**63:
                raise StatisticsError("too many accounts and targets for the draws")
            counted = np.unique(pair * span + self.targets[left][different]) // span
        pairs, times = np.unique(counted, return_counts=True)
        pairs = pairs[times >= self.at_least]
        if figure == "pairs":
            return len(pairs)
        if figure == "accounts":
            return len(np.unique(np.concatenate((pairs // size, pairs % size))))
        meeting = np.flatnonzero(different)[np.isin(pair, pairs)]
        return len(np.unique(np.concatenate((left[meeting], right[meeting]))))


def _chance(observed: int | None, draw: Callable[[], int | None], draws: int) -> Chance | None:
    if observed is None:
        return None
    found: list[int] = []
    for _ in range(draws):
        one = draw()
        if one is None:
            return None
        found.append(one)
    low, median, high = (float(end) for end in _quantiles(found))
    p = (1 + sum(one >= observed for one in found)) / (draws + 1)
    return Chance(observed, median, low, high, p, draws)


def _quantiles(found: list[int]) -> NDArray[Any]:
    """The median and the ends of the middle 95 %: values that a draw had, the ends rounded outward."""
    low = np.quantile(found, TAIL, method="lower")
    high = np.quantile(found, 1 - TAIL, method="higher")
    return np.array([low, np.quantile(found, 0.5, method="nearest"), high])
