"""How many rows would settle a claim."""

from __future__ import annotations

import math

from factcheck.errors import StatisticsError

_SIZE, _POWER, _POWER_BOTH = 1.96, 0.84, 1.28  # normal quantiles of 97.5 %, 80 % and 90 %, as reports print them


def rows_needed(p: float, d: float, deff: float = 1.0, between_two_edges: bool = False) -> int | None:
    """Rows of a random sample that would clear an edge at distance `d` with a chance of four in five.

    p is the share as now estimated, d the distance (as a fraction, its sign ignored) to the edge that
    the 95 % interval must clear, deff how many times the variance exceeds that of rows drawn singly.
    n = (1.96 + 0.84)² p(1 − p) deff/d²; between two edges, d to the nearer, (1.96 + 1.28)². Never
    fewer than with not one row counting, 0.025^(1/n) = 1 − d: near 0 and 1 the formula alone would
    promise an answer from a handful of rows. None where d = 0: no number of rows settles this.
    """
    if not 0 <= p <= 1:
        raise StatisticsError(f"p must lie between 0 and 1; got p={p}")
    if not abs(d) <= 1:
        raise StatisticsError(f"d must lie between -1 and 1; got d={d}")
    if not (math.isfinite(deff) and deff > 0):
        raise StatisticsError(f"deff must be above 0; got deff={deff}")
    distance = abs(d)
    if distance == 0:
        return None
    quantiles = _SIZE + (_POWER_BOTH if between_two_edges else _POWER)
    normal = quantiles**2 * p * (1 - p) / distance**2
    none_counting = math.log(0.025) / math.log1p(-distance) if distance < 1 else 1.0
    # Rounded first: 7.84 · 0.25 / 0.05² is 784 rows, and not 785 for an error in the sixteenth digit.
    return math.ceil(round(max(normal, none_counting) * deff, 6))
