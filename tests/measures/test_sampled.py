"""Every kind has its rule for every way in which rows were drawn: none may take a sample for everything by neglect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from factcheck.measures import KINDS, named_kind

from .cases import CaseSpec, read_cases

CASES = read_cases(Path(__file__).parent / "sampled.yaml")
DRAWN = {"sample", "fraction", "population", "process", "drawn"}


def claims_of(case: CaseSpec) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = yaml.safe_load(case.claims)["claims"]
    return claims


def test_no_kind_lacks_a_row() -> None:
    named = {named_kind(claim["measure"]) for case in CASES for claim in claims_of(case)}
    assert set(KINDS) == named


def test_every_row_says_what_each_way_of_drawing_gives() -> None:
    for case in CASES:
        assert set(case.ids) == DRAWN, case.name
        expected = {name: set(case.expect[name]) & {"low", "high", "outcome", "certain", "estimate", "notes"} for name in DRAWN}
        assert all(expected.values()), case.name


def test_nothing_of_a_sample_is_taken_for_exact() -> None:
    """Where a sample gets a single value, that is a fact about what lies at hand, or a rank surely ahead of all."""
    single = [
        case.name
        for case in CASES
        for name in DRAWN
        if isinstance(low := case.expect[name].get("low"), int | float) and low == case.expect[name].get("high")
    ]
    assert set(single) == {"count of columns", "value", "rank"}
