"""Published claims about data that may not be copied here come to what was counted by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import yaml

import factcheck

from .published import PROJECT, needs_data

EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((PROJECT / "expected.yaml").read_text(encoding="utf-8"))

pytestmark = [needs_data, pytest.mark.xdist_group("published")]  # checked once for all


@pytest.fixture(scope="module")
def claims() -> dict[str, dict[str, Any]]:
    """The results by claim id."""
    run = factcheck.check(project=PROJECT, now=datetime(2026, 11, 21))
    return {claim["id"]: claim for claim in run.to_dict()["claims"]}


def test_every_claim_has_an_expectation(claims: dict[str, dict[str, Any]]) -> None:
    assert sorted(claims) == sorted(EXPECTED)


@pytest.mark.parametrize("claim_id", EXPECTED)
def test_verdict(claims: dict[str, dict[str, Any]], claim_id: str) -> None:
    claim, expected = claims[claim_id], EXPECTED[claim_id]
    assert " ".join(part for part in (claim["outcome"], claim["direction"]) if part) == expected["verdict"], claim
    if "found" in expected:
        assert claim["estimate"] == pytest.approx(expected["found"], rel=1e-5)


def test_two_published_corrections_change_what_is_said_of_the_right_wing_pages(
    claims: dict[str, dict[str, Any]],
) -> None:
    """86, 83 and 82 posts in the three tables; the claim was made of the first."""
    by_table = {v["params"]["dataset"]: (v["estimate"], v["outcome"]) for v in claims["b1-mostly-false"]["variants"]}
    assert by_table == {
        "pages-first": (86, "supported"),
        "pages-corrected-once": (83, "close"),
        "pages-corrected-twice": (82, "close"),
    }
    assert "inconsistency" in {note["domain"] for note in claims["b1-mostly-false"]["notes"]}


def test_what_was_spent_hangs_on_the_rate_of_exchange(claims: dict[str, dict[str, Any]]) -> None:
    """55.9%, 49.8%, 48.4% and 47.8% of 3,498 advertisements; with the 19 lost ones 55.6 to 56.2%, and so on."""
    half = {float(v["params"]["rate"]): v["outcome"] for v in claims["f5-under-three-dollars"]["variants"]}
    assert half == {0.0148: "refuted", 0.015: "supported", 0.016: "close", 0.017: "close"}
    paid = {float(v["params"]["rate"]): v["outcome"] for v in claims["f7-paid"]["variants"]}
    assert paid == {0.016: "close", 0.017: "supported", 0.018: "supported"}
    assert {v["outcome"] for v in claims["f6-at-least-99"]["variants"]} == {"supported"}


def test_what_was_lost_in_parsing_leaves_room(claims: dict[str, dict[str, Any]]) -> None:
    """911 of 3,498 were never shown; the 19 that were lost may have been shown or not."""
    never = claims["f4-never-shown"]
    assert never["low"] == pytest.approx(911 / 3517)
    assert never["high"] == pytest.approx(930 / 3517)
    impressions = claims["f2-impressions"]  # ended before the election, and made before it, of 40,285,461
    assert impressions["low"] == pytest.approx(5_003_046 / 40_285_461)
    assert impressions["high"] == pytest.approx((20_021_259 + 1_426) / 40_285_461)
    released = claims["f1-released"]
    assert (released["low"], released["high"], released["leaning"]) == (3498, None, None)


def test_shares_that_are_not_known_are_not_taken_for_zero(claims: dict[str, dict[str, Any]]) -> None:
    """One of 142 mostly true posts has no number; as a zero it would make the median 87."""
    assert claims["b6-true-median"]["estimate"] == 91
    assert any("1 " in note["text"] and "missing" in note["text"] for note in claims["b6-true-median"]["notes"])
