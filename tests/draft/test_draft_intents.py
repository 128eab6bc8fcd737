"""Sentences about orders, motives and effects, and those that only sound like them."""

from __future__ import annotations

import pytest

from factcheck.draft.intents import cues, why_unverifiable
from factcheck.draft.words import words


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The bots were paid by the Kremlin.", "Attribution"),
        ("Russia was behind the campaign.", "Attribution"),
        ("The posts were coordinated by a troll factory.", "Attribution"),
        ("A firm in St Petersburg runs the network.", "Attribution"),
        ("The Russian state ran the bots.", "Attribution"),
        ("The account works for the intelligence agency.", "Attribution"),
        ("They posted in order to influence the vote.", "wanted"),
        ("The posts were meant to deceive voters.", "wanted"),
        ("They tried to manipulate public opinion.", "wanted"),
        ("The bots swung the election.", "brought about"),
        ("The posts convinced many voters.", "brought about"),
    ],
)
def test_what_no_data_can_answer(sentence: str, reason: str) -> None:
    assert reason in (why_unverifiable(sentence) or "")


@pytest.mark.parametrize(
    "sentence",
    [
        "64% of mentions came from Russia.",
        "22 of the paintings were made by guests.",
        "Behind the tweets of 2021 stand some 9,500 accounts.",
        "The accounts were created by 25 April.",
        "39% of the posts were shared by verified accounts.",
        "The network has 2,504 accounts.",
        "Half of the ads were paid for in roubles.",
        "The government has 20 accounts.",
        "Half of the posts were made by people under 30.",
        "Russia is responsible for 64% of the mentions.",
        "Most tweets were written by bots.",
    ],
)
def test_what_data_may_answer(sentence: str) -> None:
    assert why_unverifiable(sentence) is None


def test_cues_are_found_by_whole_words() -> None:
    found = cues(words("On average, a meaningful post grew."))
    assert [(cue.first, cue.last) for cue in found["mean"]] == [(0, 2)]
    assert "rising" in found
    assert "median" not in found
