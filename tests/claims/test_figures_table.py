"""Every row of the table "What is claimed", from figures.yaml."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from factcheck.claims.figures import FigureError, NumberClaim, Quantity, read
from factcheck.claims.regions import Interval

CASES = yaml.load((Path(__file__).parent / "figures.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
READABLE = [case for case in CASES if "true" in case]
UNREADABLE = [case for case in CASES if "error" in case]


def number(text: str) -> Fraction | None:
    """`63.5%`, `2/17`, `inf`."""
    if text.strip().lstrip("-") == "inf":
        return None
    return Fraction(text.strip().rstrip("%")) / (100 if text.strip().endswith("%") else 1)


def interval(text: str) -> Interval:
    match = re.fullmatch(r"([\[(])([^,]+),([^,]+)([\])])", text)
    assert match, f"{text} is no interval"
    low, high = number(match[2]), number(match[3])
    return Interval(low, high, match[1] == "(" and low is not None, match[4] == ")" and high is not None)


def name(case: dict[str, str]) -> str:
    return f"{case['as']}: {case['written']}"


def test_every_case_says_what_it_expects() -> None:
    assert len(READABLE) + len(UNREADABLE) == len(CASES) > 200


@pytest.mark.parametrize("case", READABLE, ids=name)
def test_what_is_read(case: dict[str, str]) -> None:
    claim = read(case["written"], Quantity(case["as"]))
    assert isinstance(claim, NumberClaim)
    assert claim.region == interval(case["true"])
    assert claim.near.covers(claim.region)
    if "near" in case:
        assert claim.near == interval(case["near"])
    if "reading" in case:
        assert claim.reading == case["reading"]
    assert claim.text == case["written"].strip()


@pytest.mark.parametrize("case", UNREADABLE, ids=name)
def test_what_is_refused(case: dict[str, str]) -> None:
    with pytest.raises(FigureError) as caught:
        read(case["written"], Quantity(case["as"]))
    fault = caught.value
    assert case["written"][fault.offset : fault.offset + fault.length] == case["error"]
    assert fault.examples
    if "offers" in case:
        assert case["offers"] in fault.examples


@pytest.mark.parametrize("case", UNREADABLE, ids=name)
def test_an_error_offers_what_can_be_read(case: dict[str, str]) -> None:
    with pytest.raises(FigureError) as caught:
        read(case["written"], Quantity(case["as"]))
    for example in caught.value.examples:
        claimed = yaml.load(example, Loader=yaml.BaseLoader) if example.startswith("{") else example
        assert isinstance(read(claimed, Quantity(case["as"])), NumberClaim)
