"""The points at which commands are killed: boundaries of writing, each once before any comes again, and moments."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.faults import projects
from tests.faults.commands import Death
from tests.faults.deaths import Desk


@dataclass(frozen=True)
class Point:
    """A command, with what an earlier run kept or without, and when it is killed."""

    name: str
    cold: bool
    death: Death


def drawn(desk: Desk, count: int, seed: int) -> Iterator[Point]:
    """Points of all commands in turn, a third of them at moments drawn uniformly from the command's own duration.

    Every other one spares the readers. With few points only one of both ways to begin is taken for each command.
    """
    chance = random.Random(seed)
    names = list(projects.COMMANDS)
    waiting: dict[tuple[str, bool], list[int]] = {}
    for number in range(count):
        turn, name = divmod(number, len(names))[0], names[number % len(names)]
        cold = (number if count < 100 else turn) % 2 == 0
        undisturbed = desk.undisturbed(name, cold=cold).ended
        if turn % 3 == 2:
            yield Point(name, cold, Death(seconds=chance.uniform(0, undisturbed.seconds), whole=chance.random() < 0.5))
            continue
        left = waiting.setdefault((name, cold), [])
        if not left:
            left += range(1, len(undisturbed.boundaries) + 1)
            chance.shuffle(left)
        yield Point(name, cold, Death(boundary=left.pop(), whole=chance.random() < 0.5))
