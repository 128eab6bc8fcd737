"""Finding where a condition or a function changes over."""

from __future__ import annotations

from collections.abc import Callable

from factcheck.errors import StatisticsError


def first_whole(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The smallest number in [low, high] for which a condition that stays true once true holds.

    `high` is taken to hold and never tried.
    """
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def last_whole(holds: Callable[[int], bool], low: int, most: int | None = None) -> int:
    """The largest number from `low` (to `most`) for which a condition that stays false once false holds.

    Without `most` the search widens upwards; `low` itself must hold.
    """
    if not holds(low):
        raise StatisticsError(f"the search must start where its condition holds; got {low}")
    step, high = 1, low
    while (most is None or high < most) and holds(high):
        low, high, step = high, high + step, step * 2
        high = high if most is None else min(high, most)
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low


def widened(holds: Callable[[int], bool], start: int, most: int) -> int:
    """`start`, or the next number tried upwards for which the condition holds; `most` is taken to hold."""
    step, at = 1, start
    while at < most and not holds(at):
        at, step = min(most, at + step), step * 2
    return at


def crossing(f: Callable[[float], float], value: float, start: float) -> float:
    """Where a falling function crosses `value`, by bracketing from `start` and bisection to full precision."""
    low = high = start
    step = 1.0
    while f(low) < value:
        low, step = low - step, step * 2
    step = 1.0
    while f(high) > value:
        high, step = high + step, step * 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if f(middle) > value else (low, middle)
    return (low + high) / 2
