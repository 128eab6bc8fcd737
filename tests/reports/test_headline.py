"""How far off a claim is, never told for more than it is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement, Members
from factcheck.reports.headline import floored, headline
from factcheck.verdicts.verdict import Finding, Outcome

from .build import claim, count, share, verdict


def told(claimed: Any, found: Measurement, measure: dict, outcome: Outcome = Outcome.REFUTED, **finding: Any) -> str:
    spec = claim("x", "X.", measure=measure, claimed=claimed)
    return headline(verdict(spec, outcome, found, finding=finding))


SHARE, COUNT = {"share": "a"}, {"count": "rows"}


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        ("0.0141", "Refuted – overstated by at least 1.4 points"),
        ("0.0149", "Refuted – overstated by at least 1.4 points"),
        ("0.1239", "Refuted – overstated by at least 12.3 points"),
        ("0.00077", "Refuted – overstated by at least 0.077 points"),
    ],
)
def test_points_are_rounded_down(gap: str, expected: str) -> None:
    off = {"direction": "overstated", "factor": Fraction(11, 10), "gap": Fraction(gap)}
    assert told("9%", share(1, 20), SHARE, **off) == expected


@pytest.mark.parametrize(
    ("factor", "expected"),
    [
        (Fraction(3, 2), "Refuted – overstated at least 1.5-fold"),
        (Fraction(2999, 100), "Refuted – overstated at least 29-fold"),
        (Fraction(1199), "Refuted – overstated at least 1,100-fold"),
    ],
)
def test_a_factor_is_rounded_down(factor: Fraction, expected: str) -> None:
    assert told("64%", share(1, 50), SHARE, direction="overstated", factor=factor, gap=Fraction(1, 2)) == expected


def test_counts_are_told_in_percent_or_exactly() -> None:
    found = count(3_221)
    off = {"direction": "overstated", "factor": Fraction(3_224, 3_221), "gap": Fraction(3)}
    assert told("3,224", found, COUNT, **off) == "Refuted – overstated by 3"
    off = {"direction": "understated", "factor": Fraction(12, 10), "gap": Fraction(20)}
    assert told("101", count(121), COUNT, **off) == "Refuted – understated by at least 20%"


def test_from_zero_there_is_no_factor() -> None:
    assert told("none", count(3), COUNT, direction="understated", gap=Fraction(3)) == "Refuted – understated by 3"


def test_a_near_miss_is_slight() -> None:
    off = {"direction": "overstated", "factor": Fraction(1001, 1000), "gap": Fraction(1, 2000), "leaning": "against"}
    assert told("57%", share(215, 381), SHARE, Outcome.CLOSE, **off) == "Close – slightly overstated"


def test_a_close_claim_without_direction() -> None:
    assert told("9%", share(9, 100), SHARE, Outcome.CLOSE, leaning="against") == "Close – near, but not as stated"
    agreeing = told("9%", share(9, 100), SHARE, Outcome.CLOSE, leaning="consistent")
    assert agreeing.startswith("Close – the estimate agrees")


def test_opposite_signs() -> None:
    found = Measurement(Quantity.POINTS, Fraction(3, 100), Interval.point(Fraction(3, 100)), n=10)
    measure = {"difference": SHARE, "minus": SHARE}
    assert told("12 points lower", found, measure, gap=Fraction(1, 10)) == "Refuted – it goes the other way"


def test_ranks_are_told_in_places() -> None:
    found = Measurement(Quantity.RANK, Fraction(2), Interval.point(2), "rank", n=10)
    off = {"direction": "overstated", "factor": Fraction(2), "gap": Fraction(1)}
    assert told("first", found, {"rank": "a", "by": "b"}, **off) == "Refuted – overstated by one place"


def test_labels_and_sets() -> None:
    spain = Measurement(Quantity.LABEL, "Spain", Members(frozenset({"Spain"}), frozenset({"Spain"}), 1), n=10)
    assert told("Russia", spain, {"top": 1, "by": "c"}, lacking=("Russia",), surplus=("Spain",)) == (
        "Refuted – the answer is Spain"
    )
    names = frozenset({"a", "b"})
    two = Measurement(Quantity.SET, ("a", "b"), Members(names, names), n=10)
    measure = {"values": "c"}
    assert told(["a", "x", "y"], two, measure, lacking=("x", "y"), surplus=("b",)) == (
        "Refuted – x and y are not among them; b left out"
    )
    assert told(["a"], two, measure, surplus=("b",)) == "Refuted – b left out"
    assert told({"excludes": ["a", "b"]}, two, measure, surplus=("a", "b")) == "Refuted – a and b found after all"


def test_a_supported_claim_needs_no_words_unless_it_is_amply_true() -> None:
    assert told("more than 5", count(600), COUNT, Outcome.SUPPORTED) == "Supported"
    wide = {"wide": True, "factor": Fraction(120)}
    assert told("more than 5", count(600), COUNT, Outcome.SUPPORTED, **wide) == "Supported – by a wide margin"


def test_pieces_of_evidence_that_differ_are_not_given_one_figure() -> None:
    spec = claim("x", "X.", measure=SHARE, claimed="64%")
    one = verdict(spec, Outcome.REFUTED, share(1, 50), finding={"direction": "overstated", "factor": Fraction(9)})
    other = replace(one, finding=Finding(Outcome.REFUTED, "overstated", factor=Fraction(30)))
    assert headline(replace(one, checks=(one, other))) == "Refuted – by both pieces of evidence"
    assert headline(replace(one, checks=(one, one))) == "Refuted – overstated at least 9-fold"


@given(st.fractions(min_value=0, max_value=10**9), st.integers(1, 4))
def test_rounding_down_never_rounds_up(value: Fraction, figures: int) -> None:
    assert 0 <= floored(value, figures) <= value
    if value:
        assert floored(value, figures) >= value * (1 - Fraction(1, 10 ** (figures - 1)))
