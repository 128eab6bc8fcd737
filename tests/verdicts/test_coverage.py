"""Time and platforms: what is covered, what is not, and when a gap means nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from factcheck.claims.models import Claim
from factcheck.evidence.dataset import Collected, Dataset
from factcheck.verdicts.calendar import open_text, span_text
from factcheck.verdicts.confidence import Scale, default_table
from factcheck.verdicts.coverage import Span, coverage
from factcheck.verdicts.notes import sentence

SCALE = Scale(default_table())
APRIL, MAY = date(2018, 4, 10), date(2018, 5, 9)


def told(dataset: Dataset, spoken: Any = (), span: Span | None = None, **claim: Any) -> list[tuple[str, int]]:
    made = Claim.model_validate({"id": "c", "statement": "x", "measure": {"count": "rows"}, "claimed": "1", **claim})
    spans = {dataset.name: span} if span is not None else {}
    notes = coverage(SCALE, made, [dataset], {dataset.name: list(spoken)}, spans)
    assert all(note.domain == "coverage" for note in notes)
    return [(sentence(note), note.effect) for note in notes]


def collected(**fields: str) -> Dataset:
    return Dataset("d", {}, "d", collected=Collected(**fields))


def test_the_days_that_the_rows_do_not_hold() -> None:
    """Every day of three weeks has rows: a week without is more than chance."""
    span = Span("created_at", APRIL, date(2018, 5, 2), 23)
    assert told(collected(), [(APRIL, MAY)], span) == [
        (
            "The claim speaks of 10 April to 9 May 2018; by created_at, the rows end on 2 May 2018. "
            "Not covered: 7 days of 30.",
            -1,
        )
    ]
    assert told(collected(), [(APRIL, date(2018, 5, 2))], span) == []
    assert told(collected(), [(date(2018, 4, 3), date(2018, 5, 2))], span)[0][0].endswith(
        "by created_at, the rows begin on 10 April 2018. Not covered: 7 days of 30."
    )


def test_what_the_manifest_states_comes_before_the_rows() -> None:
    stated = collected(from_="2018-04-12", to="2018-05-09")
    span = Span("created_at", date(2018, 4, 20), date(2018, 5, 1), 12)
    assert told(stated, [(APRIL, MAY)], span) == [
        (
            "The claim speaks of 10 April to 9 May 2018; the collection begins on 12 April 2018. "
            "Not covered: 2 days of 30.",
            -1,
        )
    ]


def test_a_column_of_another_time_is_not_held_against_the_collection() -> None:
    """Accounts that were collected in May were made in the years before."""
    stated = collected(from_="2018-04-10", to="2018-05-09")
    accounts = Span("joined", date(2009, 1, 1), date(2018, 5, 1), 3000)
    assert told(stated, [(date(2016, 1, 1), date(2018, 12, 31))], accounts) == []


def test_open_ends_have_no_share() -> None:
    span = Span("day", APRIL, MAY, 30)
    assert told(collected(), [(date(2018, 1, 1), None)], span) == [
        ("The claim speaks of the time from 1 January 2018 on; the data begin on 10 April 2018, 99 days later.", 0)
    ]
    assert told(collected(), [(None, date(2018, 6, 1))], span) == [
        ("The claim speaks of the time up to 1 June 2018; the data end on 9 May 2018, 23 days earlier.", 0)
    ]
    assert told(collected(), [(APRIL, None)], span) == []


def test_a_time_after_the_data_is_not_covered_at_all() -> None:
    span = Span("day", APRIL, MAY, 30)
    assert told(collected(), [(date(2018, 6, 1), date(2018, 6, 30))], span) == [
        ("The claim speaks of June 2018; by day, the rows end on 9 May 2018. Not covered: 30 days of 30.", -2)
    ]


@pytest.mark.parametrize(
    ("days", "gap", "wanted"),
    [
        (30, 1, False),  # 30 of 30 days: (1 − 30/31)^1 = 3.2 %
        (30, 2, True),  # 0.1 %
        (15, 6, False),  # every other day: (1 − 15/31)^6 = 1.9 %
        (15, 7, True),  # 0.97 %
        (1, 100, False),  # (1 − 1/31)^100 = 3.8 %
        (30, 0, False),
    ],
)
def test_gaps_that_rows_so_frequent_leave_now_and_then(days: int, gap: int, wanted: bool) -> None:
    assert Span("day", APRIL, MAY, days).tells(gap) is wanted


def test_collected_after_the_last_day_or_the_claim() -> None:
    late = collected(date="2018-06-12", to="2018-05-09")
    assert told(late) == [
        (
            "The collection was made on 12 June 2018, 34 days after the last day that it covers (9 May 2018); "
            "what was removed in between is missing from it.",
            -1,
        )
    ]
    assert told(collected(date="2018-05-28"), appearance={"date": "2018-05-27"}) == [
        (
            "The collection was made on 28 May 2018, 1 day after the claim (27 May 2018); "
            "what was removed in between is missing from it.",
            0,
        )
    ]
    assert told(collected(date="2018-05-20"), appearance={"date": "2018-05-27"}) == []
    assert told(collected(date="2018-05-20")) == []


def test_collected_before_the_time_was_over() -> None:
    assert told(collected(date="2018-05-06"), period="2018-04-10 to 2018-05-09") == [
        (
            "The collection was made on 6 May 2018, 3 days before the end of the period claimed (30 days); "
            "what came later is missing from it.",
            -1,
        )
    ]


def test_a_query_over_two_collections_is_late_where_one_of_them_is() -> None:
    early, late = collected(date="2018-05-09"), Dataset("e", {}, "e", collected=Collected(date="2018-07-01"))
    both = Dataset("q", {}, "q", reads=("d", "e"), made_from=(early, late))
    assert [effect for _, effect in told(both, period="2018-04-10 to 2018-05-09")] == [-1]


def test_claimed_before_the_data_begin() -> None:
    span = Span("day", APRIL, MAY, 30)
    assert told(collected(), span=span, appearance={"date": "2018-04-01"}) == [
        (
            "The claim was made on 1 April 2018, 9 days before the data begin (10 April 2018): "
            "what it was based on may not be among them.",
            0,
        )
    ]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (APRIL, MAY, "10 April to 9 May 2018"),
        (MAY, MAY, "9 May 2018"),
        (date(2018, 5, 1), date(2018, 5, 31), "May 2018"),
        (date(2018, 5, 2), date(2018, 5, 31), "2 to 31 May 2018"),
        (date(2018, 1, 1), date(2018, 12, 31), "2018"),
        (date(2016, 1, 1), date(2018, 12, 31), "2016 to 2018"),
        (date(2017, 12, 30), date(2018, 1, 2), "30 December 2017 to 2 January 2018"),
    ],
)
def test_a_span_in_words(first: date, last: date, words: str) -> None:
    assert span_text(first, last) == words


def test_an_open_span_in_words() -> None:
    assert open_text(APRIL, None) == "the time from 10 April 2018 on"
    assert open_text(None, MAY) == "the time up to 9 May 2018"
