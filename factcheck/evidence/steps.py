"""How far the work is, told as one line: what is being done, the share done, and about how much time is left."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

_SOON = 2.0  # seconds before anything is said of the time left
_FEW = 0.02  # the share done below which nothing can be said of it

Tell = Callable[[str], None]


class Steps:
    """Statements that are done and to come, each with a weight: a pass over the rows weighs more than a grouping.

    `expect` begins an estimate, `more` corrects it, `begin` and `end` stand around each statement, and `within` is the
    share of the running one that the engine reports, from 0 to 1. What is told never goes back within an estimate.
    """

    def __init__(self, tell: Tell, clock: Callable[[], float] = time.monotonic) -> None:
        self._tell = tell
        self._clock = clock
        self.stage("")

    def stage(self, what: str) -> None:
        """Something else is done from now on; nothing is known of how much of it there is."""
        self._what = what
        self._known = False
        self._anew()
        if what:
            self._tell(what)

    def _anew(self) -> None:
        self._done, self._ahead, self._weight, self._within, self._shown = 0.0, 0.0, 1.0, 0.0, 0.0
        self._start = self._clock()

    def expect(self, ahead: float) -> None:
        """So much is to come, from now on."""
        self._anew()
        self._ahead, self._known = ahead, True

    def more(self, ahead: float) -> None:
        """What is still to come is another amount than was thought; what is done stays done."""
        self._ahead, self._known = ahead, True

    def begin(self, weight: float = 1.0) -> None:
        if not self._known:
            self._anew()
        self._weight, self._within = weight, 0.0

    def within(self, share: float) -> None:
        if not self._known and share < self._within:
            self._anew()  # another pass of the same stage
        self._within = share
        self._say()

    def end(self) -> None:
        if self._known:
            self._done, self._ahead = self._done + self._weight, max(0.0, self._ahead - self._weight)
            self._within = 0.0
            self._say()

    def _say(self) -> None:
        whole = self._done + max(self._ahead, self._weight if self._within else 0.0)
        share = (self._done + self._within * self._weight) / whole if whole else 0.0
        self._shown = max(self._shown, min(share, 1.0))
        pass_ = "" if self._known else ", this pass over the rows"
        self._tell(f"{self._what}{pass_}: {progress(self._shown, self._clock() - self._start)}")


def progress(share: float, elapsed: float) -> str:
    """`34% done, about 2 min left`, from the share done and the seconds that it took."""
    done = f"{math.floor(100 * share)}% done"
    if elapsed < _SOON or share < _FEW or share >= 1:
        return done
    return f"{done}, about {_words(elapsed * (1 - share) / share)} left"


def _words(seconds: float) -> str:
    """Rounded up, since nobody is glad of an estimate that was too short."""
    if seconds < 50:
        return f"{max(1, math.ceil(seconds / 10)) * 10} s"
    if seconds < 90 * 60:
        return f"{math.ceil(seconds / 60)} min"
    return f"{math.ceil(seconds / 3600)} h"
