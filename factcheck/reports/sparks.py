"""Small pictures of numbers for a terminal: a row of bars."""

from __future__ import annotations

from collections.abc import Sequence

BARS = "▁▂▃▄▅▆▇█"
PLAIN_BARS = ".:-=+*#@"  # for terminals that know no others


def spark(counts: Sequence[int], *, most: int = 62, simple: bool = False) -> str:
    """A bar for each count, blank where it is zero; neighbours are added up where there are more than `most`.

    The smallest count that is not zero has a bar, so that one row in a million is seen.
    """
    bars = PLAIN_BARS if simple else BARS
    counts = merged(counts, most)
    top = max(counts, default=0)
    return "".join(bars[-(-n * len(bars) // top) - 1] if n else " " for n in counts)


def heights(values: Sequence[float | None], *, simple: bool = False) -> str:
    """A bar for each value, the least as low and the greatest as high as bars are; blank where there is no value."""
    bars = PLAIN_BARS if simple else BARS
    known = [value for value in values if value is not None]
    low, high = min(known, default=0), max(known, default=0)
    if low == high:
        return "".join(" " if value is None else bars[len(bars) // 2 - 1] for value in values)
    steps = (None if value is None else round((value - low) / (high - low) * (len(bars) - 1)) for value in values)
    return "".join(" " if step is None else bars[step] for step in steps)


def merged(counts: Sequence[int], most: int) -> list[int]:
    """At most `most` counts, each the sum of as many neighbours."""
    step = -(-len(counts) // most) if most else len(counts)
    return [sum(counts[at : at + step]) for at in range(0, len(counts), max(1, step))]
