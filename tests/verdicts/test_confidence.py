"""Every threshold of the confidence table, on both sides of it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from factcheck.claims.figures import Quantity
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement, Note
from factcheck.verdicts.confidence import Scale, confidence, default_table, imprecision, missing
from factcheck.verdicts.thresholds import KINDS, table_with
from factcheck.verdicts.verdict import Outcome

SCALE = Scale(default_table())


def sampled(quantity: Quantity, estimate: str, low: str, high: str, n: int = 1000, **fields: Any) -> Measurement:
    region = Interval(Fraction(low), Fraction(high))
    return Measurement(quantity, Fraction(estimate), region, n=n, sampled=True, **fields)


def effect(found: Measurement, outcome: Outcome = Outcome.SUPPORTED, at_99: Outcome | None = None) -> int:
    notes = imprecision(SCALE, outcome, found, at_99)
    assert all(note.domain == "imprecision" for note in notes)
    return min((note.effect for note in notes), default=0)


@pytest.mark.parametrize(("n", "wanted"), [(29, -2), (30, -1), (99, -1), (100, 0)])
def test_rows(n: int, wanted: int) -> None:
    assert effect(sampled(Quantity.PROPORTION, "0.5", "0.45", "0.55", n)) == wanted


@pytest.mark.parametrize(("n", "wanted"), [(29.5, -2), (30, -1), (99.9, -1), (100, 0)])
def test_effective_rows_stand_in_for_rows(n: float, wanted: int) -> None:
    assert effect(sampled(Quantity.PROPORTION, "0.5", "0.45", "0.55", effective_n=n)) == wanted


@pytest.mark.parametrize(("degrees", "wanted"), [(7.9, -1), (8, 0)])
def test_degrees_of_freedom(degrees: float, wanted: int) -> None:
    assert effect(sampled(Quantity.PROPORTION, "0.5", "0.45", "0.55", degrees=degrees)) == wanted


@pytest.mark.parametrize(("high", "wanted"), [("0.6999", 0), ("0.7", -2), ("0.8", -2)])
def test_thirty_points(high: str, wanted: int) -> None:
    assert effect(sampled(Quantity.PROPORTION, "0.5", "0.4", high)) == wanted


@pytest.mark.parametrize(("high", "wanted"), [("230", 0), ("230.1", -2)])
def test_a_hundred_and_thirty_percent_of_the_estimate(high: str, wanted: int) -> None:
    assert effect(sampled(Quantity.COUNT, "100", "100", high)) == wanted


def test_the_estimate_of_a_negative_number_is_taken_by_its_size() -> None:
    assert effect(sampled(Quantity.NUMBER, "-100", "-231", "-100")) == -2
    assert effect(sampled(Quantity.NUMBER, "-100", "-200", "-100")) == 0


def test_the_outcome_changes_at_99_percent() -> None:
    found = sampled(Quantity.PROPORTION, "0.5", "0.45", "0.55")
    assert effect(found, at_99=Outcome.CLOSE) == -1
    assert effect(found, at_99=Outcome.SUPPORTED) == 0


def test_an_inconclusive_verdict_is_not_charged_for_imprecision() -> None:
    assert not imprecision(SCALE, Outcome.INCONCLUSIVE, sampled(Quantity.PROPORTION, "0.5", "0.1", "0.9", 5), None)


def test_complete_data_are_not_charged_for_imprecision() -> None:
    found = Measurement(Quantity.PROPORTION, Fraction(1, 2), Interval(Fraction(0), Fraction(1)), n=2)
    assert not imprecision(SCALE, Outcome.SUPPORTED, found, None)


@pytest.mark.parametrize(("hidden", "wanted"), [(5, 0), (6, -1), (20, -1), (21, -2)])
@pytest.mark.parametrize("policy", ["ignore", "false"])
def test_rows_ignored_or_counted_as_false(hidden: int, wanted: int, policy: str) -> None:
    found = Measurement(Quantity.PROPORTION, Fraction(1, 2), n=100, missing=hidden)
    assert min(note.effect for note in missing(SCALE, found, policy)) == wanted


@pytest.mark.parametrize(("aside", "wanted"), [(5, 0), (6, -1), (20, -1), (21, -2)])
def test_rows_set_aside_by_among(aside: int, wanted: int) -> None:
    found = Measurement(Quantity.PROPORTION, Fraction(1, 2), n=100 - aside, aside=aside)
    assert min(note.effect for note in missing(SCALE, found, "bounds")) == wanted


def test_rows_that_the_region_carries_are_not_charged() -> None:
    found = Measurement(Quantity.PROPORTION, Fraction(1, 2), n=100, missing=50)
    assert not missing(SCALE, found, "bounds")


def note(domain: str | None, step: int) -> Note:
    return Note("x", {}, domain, step)


@pytest.mark.parametrize(
    ("notes", "level"),
    [
        ([], "high"),
        ([note("collection", 0), note(None, 0)], "high"),
        ([note("coverage", -1)], "moderate"),
        ([note("coverage", -2)], "low"),
        ([note("coverage", -1), note("coverage", -1)], "moderate"),
        ([note("coverage", -1), note("collection", -1)], "low"),
        ([note("coverage", -1), note("coverage", -2)], "low"),
        ([note("coverage", -2), note("collection", -2), note("imprecision", -2)], "low"),
    ],
)
def test_a_domain_counts_once_by_its_largest(notes: list[Note], level: str) -> None:
    assert confidence(Outcome.SUPPORTED, notes) == level


@pytest.mark.parametrize("outcome", [Outcome.UNVERIFIABLE, Outcome.ERROR])
def test_where_nothing_was_concluded_there_is_none(outcome: Outcome) -> None:
    assert confidence(outcome, [note("coverage", -1)]) is None


def test_the_table_is_the_one_of_the_calculus() -> None:
    """verdict-calculus.md, "Confidence": the thresholds by domain. A project may find more concerns of its own."""
    calculus = {
        "imprecision": {
            "effective_n": {"one": 100, "two": 30},
            "degrees": {"one": 8},
            "share_width": {"two": 0.3},
            "relative_width": {"two": 1.3},
            "level": {"one": 0.99},
        },
        "missing": {"share": {"one": 0.05, "two": 0.2}},
        "indirectness": {"caveat": {"one": 1}, "reported": {"one": 1}, "synthetic": {"two": 1}, "own": {"two": 1}},
        "inconsistency": {"differs": {"one": 1}, "contradicts": {"two": 1}},
        "coverage": {"covered": {"one": 0.95, "two": 0.75}, "late_days": {"one": 30}},
        "collection": {"faults": {"one": 0.01, "two": 0.05}, "changed": {"one": 1}, "partial_rows": {"one": 1}},
    }
    for domain, concerns in calculus.items():
        assert concerns.items() <= default_table()[domain].items()
    assert calculus.keys() == default_table().keys()


def test_a_project_changes_one_threshold_and_keeps_the_others() -> None:
    table, problems = table_with({"missing": {"share": {"one": "10%"}}})
    assert not problems
    assert table["missing"]["share"] == {"one": pytest.approx(0.1), "two": 0.2}
    assert table["coverage"] == default_table()["coverage"]


@pytest.mark.parametrize(
    "overrides",
    [
        {"mising": {"share": {"one": 0.1}}},
        {"missing": {"shares": {"one": 0.1}}},
        {"missing": {"share": {"three": 0.1}}},
        {"missing": {"share": {"one": "much"}}},
        {"missing": 5},
    ],
)
def test_what_is_not_in_the_table_is_a_problem(overrides: dict[str, Any]) -> None:
    table, problems = table_with(overrides)
    assert len(problems) == 1
    assert table == default_table()


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"missing": {"share": {"one": "-1%"}}}, "expected a share from 0% to 100%, found '-1%'"),
        ({"missing": {"share": {"one": "10"}}}, "expected a share from 0% to 100%, found '10'"),
        ({"coverage": {"covered": {"one": "120%"}}}, "expected a share from 0% to 100%, found '120%'"),
        ({"imprecision": {"level": {"one": "100%"}}}, "expected a level between 0% and 100%"),
        ({"imprecision": {"level": {"two": "99.9%"}}}, "unknown entry 'imprecision: level: two'"),
        ({"imprecision": {"effective_n": {"one": "-5"}}}, "expected a number from 0, found '-5'"),
        ({"imprecision": {"effective_n": {"one": "50%"}}}, "expected a number from 0, found '50%'"),
        ({"indirectness": {"caveat": {"one": "2"}}}, "expected 1 (it lowers confidence) or never, found '2'"),
        ({"missing": {"share": {"one": "30%"}}}, "two steps must take more than one"),
        ({"missing": {"share": {"two": "5%"}}}, "two steps must take more than one"),
        ({"imprecision": {"effective_n": {"two": "100"}}}, "`two` (100) must lie below `one` (100)"),
        ({"coverage": {"covered": {"one": "70%"}}}, "`two` (0.75) must lie below `one` (0.7)"),
        ({"missing": {"share": {"one": "inf"}}}, "expected a number, found 'inf'"),
    ],
)
def test_thresholds_that_cannot_be_meant_are_refused(overrides: dict[str, Any], message: str) -> None:
    table, problems = table_with(overrides)
    assert len(problems) == 1
    assert message in problems[0].message
    assert table == default_table()


def test_a_step_may_be_left_out() -> None:
    table, problems = table_with({"missing": {"share": {"one": "never"}}, "indirectness": {"caveat": {"one": "never"}}})
    assert not problems
    found = Measurement(Quantity.PROPORTION, Fraction(1, 2), n=100, missing=10)
    assert missing(Scale(table), found, "ignore")[0].effect == 0
    assert Scale(table).at_least("indirectness", "caveat", 1) == 0


def test_a_switch_may_cost_two_steps() -> None:
    table, problems = table_with({"indirectness": {"caveat": {"two": "1"}}})
    assert not problems
    assert Scale(table).at_least("indirectness", "caveat", 1) == -2


def test_every_threshold_that_is_no_switch_is_in_the_table() -> None:
    assert all(key in default_table()[domain] for domain, key in KINDS)
    others = [(d, k) for d, keys in default_table().items() for k in keys if (d, k) not in KINDS]
    assert all(set(default_table()[domain][key].values()) == {1} for domain, key in others)


def test_thresholds_are_exact() -> None:
    """15 of 100 are not more than 15 %, though 0.15 as a binary fraction lies below."""
    table, _ = table_with({"missing": {"share": {"one": "15%"}}})
    assert Scale(table).above("missing", "share", Fraction(15, 100)) == 0
    assert Scale(table).above("missing", "share", Fraction(1501, 10000)) == -1


def test_what_a_project_has_changed_is_known() -> None:
    assert Scale(default_table()).overrides == ()
    table, _ = table_with({"missing": {"share": {"one": "10%"}}, "collection": {"changed": {"one": "never"}}})
    found = [(one.domain, one.key, one.step, one.usual, one.own) for one in Scale(table).overrides]
    assert found == [("missing", "share", "one", 0.05, 0.1), ("collection", "changed", "one", 1, None)]


def test_the_level_at_which_an_outcome_must_be_the_same() -> None:
    assert Scale(default_table()).strict == Fraction(99, 100)
    table, _ = table_with({"imprecision": {"level": {"one": "never"}}})
    assert Scale(table).strict is None


def test_the_widest_part_of_a_composition_counts() -> None:
    region = {"a": Interval(Fraction(1, 10), Fraction(2, 10)), "b": Interval(Fraction(3, 10), Fraction(6, 10))}
    found = Measurement(
        Quantity.COMPOSITION, {"a": Fraction(1, 7), "b": Fraction(1, 2)}, region, "proportion", n=500, sampled=True
    )
    assert [(one.code, one.effect) for one in imprecision(SCALE, Outcome.SUPPORTED, found, None)] == [("wide-share", -2)]
