"""The explanation of a verdict, compared whole. FACTCHECK_WRITE_EXPECTED=1 writes it anew, to be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from factcheck.reports import explain

from . import gallery
from .build import FakeRun
from .circumstances import two_checks, variants_differ
from .hostile import hostile
from .kinds import shares, top_set

EXPECTED = Path(__file__).parent / "expected" / "explained.txt"
SHOWN = (
    gallery.beach, gallery.mentions_total, gallery.sampled_supported, gallery.state_backed, gallery.failed, top_set,
    shares, two_checks, variants_differ,
)  # fmt: skip


def test_explanations_are_as_they_were_read() -> None:
    found = explain.render(FakeRun(tuple(make() for make in SHOWN)))
    if os.environ.get("FACTCHECK_WRITE_EXPECTED"):
        EXPECTED.write_text(found, encoding="utf-8")
    assert found == EXPECTED.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "part",
    [
        '"9%" is read as what rounds to 9%.',
        "A, the values that make it true: from 8.5% to 9.5%.",
        "A′, the values that still count as close: from 7.6% to 10.4%.",
        "collected by FiveThirtyEight; 403 rows read, 0 rejected",
        "Only rows where `GUEST = 0` are considered.",
        "The estimate is 7.1%.",
        "Sampling: none; complete data",
        "M and A′ have nothing in common, so that the claim is refuted.",
        "Without the condition GUEST = 0: 6.7%, refuted – overstated",
        'SELECT "BEACH" = 1, count(*) FROM "bob-ross" WHERE "GUEST" = 0 GROUP BY 1',
    ],
)
def test_every_step_is_told(part: str) -> None:
    assert part in " ".join(explain.render(FakeRun((gallery.beach(),))).split())


def test_a_sample_names_its_interval_and_its_missing_values() -> None:
    told = explain.render(FakeRun((gallery.sampled_supported(),)))
    assert "Sampling: Wilson score interval (Wilson 1927), at a level of 95%." in told
    assert "Missing: 5 of 1,000 have no known answer" in told


def test_text_cannot_steer_the_terminal() -> None:
    told = explain.render(FakeRun((hostile(),)))
    assert not any(ord(c) < 32 and c != "\n" for c in told)
    assert "\u202e" not in told


def test_nothing_to_explain() -> None:
    assert explain.render(FakeRun(())) == "No claim was checked.\n"
