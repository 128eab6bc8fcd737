"""Kills commands at many points and holds what they leave to the promise; the tests try a few of the same points.

    python -m benchmarks.faults [--points 300] [--seed 1]

`check`, `report` (pages and archive), `baseline accept` and `data pin` are killed at every boundary of writing in turn
and at moments drawn at random, with what an earlier run kept and without, together with the processes that read for
them and without those. After each, every file is the old or the new one, databases are whole, pages have their
pictures, and the next run leaves what one leaves that nothing happened to. Exits with 1 where that fails.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.faults.deaths import Desk
from tests.faults.points import Point, drawn


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    reached: dict[tuple[str, bool], set[int]] = {}
    tried: Counter[str] = Counter()
    killed: Counter[str] = Counter()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="factcheck-faults-") as folder:
        desk = Desk(Path(folder))
        for point in drawn(desk, options.points, options.seed):
            tried[point.name] += 1
            try:
                killed[point.name] += _tried(desk, point)
            except AssertionError as error:
                failed += 1
                print(f"FAILED {point}: {error}", flush=True)
            if point.death.boundary is not None:
                reached.setdefault((point.name, point.cold), set()).add(point.death.boundary)
        for name, count in tried.items():
            print(f"{name}: {count} points, {killed[name]} killed in time")
        for (name, cold), numbers in sorted(reached.items()):
            _tell(desk, name, cold, numbers)
        desk.close()
    print(f"{sum(tried.values())} points, {failed} failed, {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


def _tried(desk: Desk, point: Point) -> bool:
    desk.restore(cold=point.cold)
    ended = desk.kill(point.name, point.death, cold=point.cold)
    desk.finish(point.name, cold=point.cold)
    return ended.killed


def _tell(desk: Desk, name: str, cold: bool, numbers: set[int]) -> None:
    """Which boundaries were tried, and what those are that were not."""
    steps = desk.undisturbed(name, cold=cold).ended.boundaries
    print(f"{name}, {'nothing kept' if cold else 'with a cache'}: {len(numbers)} of {len(steps)} boundaries of writing")
    for number, step in enumerate(steps, 1):
        if number not in numbers:
            print(f"    not tried: {number} {step}")


if __name__ == "__main__":
    sys.exit(main())
