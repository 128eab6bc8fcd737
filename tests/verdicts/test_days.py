"""Days that a claim names against periods that were found."""

from __future__ import annotations

import pytest

from factcheck.claims.figures import DateClaim, Quantity, read
from factcheck.measures.measurement import Members
from factcheck.verdicts.days import compare_days
from factcheck.verdicts.verdict import Outcome

FOUR = ["2017-06-05", "2017-12-11", "2018-01-01 to 2018-01-02", "2018-04-22"]


def held(
    claimed: object, certain: str, *, possible: str = "", open_: bool = False, unit: str = "day"
) -> tuple[str, ...]:
    """Outcome, what is lacking and what is left out."""
    figure = read(claimed, Quantity.DATE)
    assert isinstance(figure, DateClaim)
    sure = frozenset(certain.split())
    finding = compare_days(figure, Members(sure, sure | frozenset(possible.split()), None, open_), unit)
    return finding.outcome.value, ", ".join(finding.lacking), ", ".join(finding.surplus)


@pytest.mark.parametrize(
    ("claimed", "certain", "outcome", "lacking", "surplus"),
    [
        (FOUR, "2017-06-05 2017-12-11 2018-01-01 2018-01-02 2018-04-22", "supported", "", ""),
        (FOUR, "2017-06-05 2017-12-11 2018-01-02 2018-04-22", "supported", "", ""),
        (FOUR, "2017-06-05 2017-12-11 2018-04-22", "close", "2018-01-01 to 2018-01-02", ""),
        (FOUR, "2017-06-05 2017-12-11 2018-01-01 2018-04-22 2018-04-23", "close", "", "2018-04-23"),
        (FOUR, "2017-06-05 2018-04-22", "refuted", "2017-12-11, 2018-01-01 to 2018-01-02", ""),
        (["2017-06-05"], "2017-06-06", "refuted", "2017-06-05", "2017-06-06"),
        ("June 2017", "2017-06-05 2017-06-30", "supported", "", ""),
        ("June 2017", "2017-06-05 2017-07-01", "refuted", "", "2017-07-01"),
        ("June 2017", "", "refuted", "June 2017", ""),
        ([], "", "supported", "", ""),
        ([], "2017-06-05", "refuted", "", "2017-06-05"),
        ({"includes": FOUR[:1]}, "2017-06-05 2017-07-01", "supported", "", ""),
        ({"excludes": FOUR[2:3]}, "2018-01-02", "refuted", "", "2018-01-01 to 2018-01-02"),
        ({"excludes": FOUR[2:3]}, "2018-01-03", "supported", "", ""),
        ("after 1 June 2017", "2017-06-02", "supported", "", ""),
        ("before 1 June 2017", "2017-06-02", "refuted", "before 1 June 2017", "2017-06-02"),
    ],
)
def test_an_item_is_one_event(claimed: object, certain: str, outcome: str, lacking: str, surplus: str) -> None:
    assert held(claimed, certain) == (outcome, lacking, surplus)


@pytest.mark.parametrize(
    ("claimed", "found", "unit"),
    [
        (["2018-02-01"], "2018-01-29", "week"),
        (["2018-01-29 to 2018-02-11"], "2018-02-05", "week"),
        (["2018-02-14", "2018-02-15"], "2018-02-12", "week"),
        (["2018-02-14"], "2018-02-01", "month"),
        (["2018-12-31"], "2018-01-01", "year"),
        (["2018-02-14"], "2018-02-14 23:00", "hour"),
    ],
)
def test_a_day_means_the_period_in_which_it_lies(claimed: object, found: str, unit: str) -> None:
    figure = read(claimed, Quantity.DATE)
    assert isinstance(figure, DateClaim)
    assert compare_days(figure, Members(frozenset({found}), frozenset({found})), unit).outcome is Outcome.SUPPORTED


def test_what_may_be_a_peak_settles_nothing() -> None:
    assert held(["2017-06-05"], "", possible="2017-06-05")[0] == "inconclusive"
    assert held(["2017-06-05"], "2017-06-05", possible="2017-06-07")[0] == "inconclusive"
    assert held(["2018-01-01 to 2018-01-02"], "2018-01-01", possible="2018-01-02")[0] == "supported"
    assert held(["2017-06-05"], "2017-06-07", possible="2017-06-05")[0] == "refuted"
    assert held(["2017-06-05"], "", open_=True)[0] == "inconclusive"
    assert held({"excludes": ["2017-06-05"]}, "", possible="2017-06-05")[0] == "inconclusive"
    assert held(FOUR, "2017-06-05 2017-12-11 2018-01-01", possible="2018-04-23")[0] == "inconclusive"
