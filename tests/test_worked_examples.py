"""The worked examples come to what was measured before the engine existed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from factcheck.cli import main

pytestmark = pytest.mark.xdist_group("worked")  # checked once for all

ROOT = Path(__file__).parent.parent
EXPECTED: dict[str, str] = yaml.safe_load((ROOT / "tests/expected/worked-examples.yaml").read_text(encoding="utf-8"))


# What `factcheck init` copies: 167, 322, 215, 27 and 74 paintings of the 381 by Ross, 345 of which show a tree.
FIRST_PROJECT = {
    "clouds": "supported",
    "second-tree": "supported",
    "deciduous": "close overstated",
    "beach": "refuted overstated",
    "both-trees": "close overstated",
    "most-loved": "unverifiable",
}


def results_of(project: Path) -> dict[str, Any]:
    """What one run of the command prints."""
    done = CliRunner().invoke(main, ["check", "--project", str(project), "--format", "json", "--no-color"])
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def check(project: Path) -> dict[str, dict[str, Any]]:
    """A project's results by claim id."""
    return {claim["id"]: claim for claim in results_of(project)["claims"]}


def verdict(claim: dict[str, Any]) -> str:
    return " ".join(part for part in (claim["outcome"], claim["direction"]) if part)


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    return results_of(ROOT)


@pytest.fixture(scope="module")
def claims(results: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {claim["id"]: claim for claim in results["claims"]}


def test_nothing_differs_from_the_accepted_verdicts(results: dict[str, Any]) -> None:
    accepted = [json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "baselines").rglob("*.json")]
    assert sorted(id for one in accepted for id in one["claims"]) == sorted(EXPECTED)
    assert results["changed"] == []


def test_every_example_has_an_expectation(claims: dict[str, dict[str, Any]]) -> None:
    assert sorted(claims) == sorted(EXPECTED)


@pytest.mark.parametrize("claim_id", EXPECTED)
def test_verdict(claims: dict[str, dict[str, Any]], claim_id: str) -> None:
    assert verdict(claims[claim_id]) == EXPECTED[claim_id], claims[claim_id]["error"]


# Figures counted by hand in DuckDB over the published files, and printed by the articles' sources.
@pytest.mark.parametrize(
    ("claim_id", "estimate"),
    [
        ("reclining-always", 137 / 858),
        ("reclining-rude", 352 / 854),
        ("second-tree", 322 / 345),
        ("beach", 27 / 381),
        ("clouds-given-beach", 25 / 27),
        ("deciduous-and-conifer", 74 / 381),
        ("tags", 3221),
        ("tag-vocabulary", 67),
        ("unisex-names-922", 919),
        ("riley-male", 0.507639071226889),
        ("bearers-of-unisex-names", 2887474.0),
        ("top-50-engagement", 22_000_044),
        ("keyword-occurrences-first", 2612),
        ("keyword-occurrences-second", 491),
        ("coordinated-tweets-rows", 35_125),
        ("russian-office-hours", 16_125 / 35_085),
        ("russian-office-hours-against-german-ones", 16_125 / 35_085 - 56_143 / 112_757),
        ("russian-tweets-coordinated", 7_198 / 35_124),
        ("russian-against-german-coordination", (7_198 / 35_124) / (1_253 / 25_106)),
        ("chile-follower-rows", 6064),
        ("les-miserables-pairs", 254),
        ("labour-bots-significantly-more", 21661 / 13819),
        ("retweeters-from-elsewhere", 125 / 697),
        ("low-authority-share", 263 / 697),
        ("cyrillic-names", 121 / 263),
        ("first-retweets-spread", 61 / 210),
        ("same-users-overlap", 7 / 18),
        ("posts-a-day", 968),
        ("retweets-in-nine-days", 5214),
        ("likes-in-nine-days", 4163),
        ("retweets-to-originals", 5325 / 167),
    ],
)
def test_estimate(claims: dict[str, dict[str, Any]], claim_id: str, estimate: float) -> None:
    assert claims[claim_id]["estimate"] == pytest.approx(estimate, rel=1e-6)


def test_verdicts_that_hang_on_a_choice_show_it(claims: dict[str, dict[str, Any]]) -> None:
    """41% needs the base of those who answered; 20% needs the guests' paintings."""
    rude = {variant["outcome"] for variant in claims["reclining-rude"]["variants"]}
    both_trees = {variant["outcome"] for variant in claims["deciduous-and-conifer"]["variants"]}
    assert {"supported", "refuted"} <= rude
    assert both_trees == {"close", "supported"}


def test_a_sure_refutation_hangs_on_no_choice(claims: dict[str, dict[str, Any]]) -> None:
    assert {variant["outcome"] for variant in claims["beach"]["variants"]} == {"refuted"}
    assert claims["beach"]["confidence"] == "high"


def test_two_figures_for_one_quantity_are_told_apart(claims: dict[str, dict[str, Any]]) -> None:
    """4.8 million and 112 million were said of one person in one month; the scans give only lower bounds."""
    total = claims["mentions-total"]
    assert (total["low"], total["high"], total["leaning"]) == (96_900, None, None)


def test_no_invented_row_judges_the_claimant_whom_the_mexican_scans_could_not_confirm(
    claims: dict[str, dict[str, Any]],
) -> None:
    judged = claims_of("Manuel Cossío Ramos")
    assert len(judged) == 5
    assert not [name for claim_id in judged for name in claims[claim_id]["datasets"] if "reconstructed" in name]


def claims_of(claimant: str) -> set[str]:
    """The ids of the claims of the Mexican file whose claimant this is, by default or by name."""
    written = yaml.safe_load((ROOT / "claims/mexico-2018.yaml").read_text(encoding="utf-8"))
    default = written["defaults"]["claimant"]
    return {claim["id"] for claim in written["claims"] if claim.get("claimant", default) == claimant}


def test_a_threshold_that_decides_is_shown(claims: dict[str, dict[str, Any]]) -> None:
    """169, 263 and 304 of 697 accounts score at most 0, 1 and 2."""
    variants = claims["low-authority-share"]["variants"]
    assert [variant["outcome"] for variant in variants] == ["refuted", "supported", "refuted"]


def test_the_project_that_init_copies_shows_each_kind_of_verdict(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["init", str(tmp_path / "own")]).exit_code == 0
    found = {claim_id: verdict(claim) for claim_id, claim in check(tmp_path / "own").items()}
    assert found == FIRST_PROJECT
