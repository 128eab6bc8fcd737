"""What is told of how far the work is."""

from __future__ import annotations

from itertools import pairwise

import pytest

from factcheck.evidence.steps import Steps, progress


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("share", "elapsed", "said"),
    [
        (0.0, 0.0, "0% done"),
        (0.5, 1.0, "50% done"),  # too soon to say
        (0.01, 60.0, "1% done"),  # too little to say
        (0.5, 4.0, "50% done, about 10 s left"),
        (0.25, 12.0, "25% done, about 40 s left"),
        (0.34, 61.0, "34% done, about 2 min left"),
        (0.1, 3600.0, "10% done, about 9 h left"),
        (0.999, 3600.0, "99% done, about 10 s left"),
        (1.0, 60.0, "100% done"),
    ],
)
def test_the_time_left_follows_from_the_time_taken(share: float, elapsed: float, said: str) -> None:
    assert progress(share, elapsed) == said


def test_statements_count_by_their_weight_and_the_running_one_by_its_share() -> None:
    told: list[str] = []
    clock = Clock()
    steps = Steps(told.append, clock)
    steps.stage("asking posts")
    steps.expect(3 + 1)
    steps.begin(3)
    clock.now += 30
    steps.within(0.5)
    assert told[-1] == "asking posts: 37% done, about 1 min left"
    clock.now += 30
    steps.end()
    assert told[-1] == "asking posts: 75% done, about 20 s left"
    steps.begin()
    steps.end()
    assert told[-1] == "asking posts: 100% done"


def test_what_is_told_never_goes_back() -> None:
    told: list[str] = []
    steps = Steps(told.append, Clock())
    steps.stage("asking posts")
    steps.expect(2)
    steps.begin()
    steps.within(0.8)
    steps.more(20)  # one question failed, and each is asked by itself
    steps.end()
    steps.begin()
    steps.within(0.1)
    shares = [int(line.split(": ")[1].split("%")[0]) for line in told if "%" in line]
    assert shares
    assert all(a <= b for a, b in pairwise(shares))


def test_of_reading_only_the_running_pass_is_known() -> None:
    told: list[str] = []
    steps = Steps(told.append, Clock())
    steps.stage("reading posts")
    steps.within(0.9)
    steps.end()
    steps.begin()
    steps.within(0.2)
    assert told == [
        "reading posts",
        "reading posts, this pass over the rows: 90% done",
        "reading posts, this pass over the rows: 20% done",
    ]
