"""Times in sentences as conditions on time columns."""

from __future__ import annotations

from datetime import date

import pytest

from factcheck.draft.times import times
from factcheck.evidence.dataset import Column, Dataset, Family

SPAN = {"posts": {"created_at": (date(2017, 3, 1), date(2018, 5, 20))}}


def dataset(*columns: Column) -> dict[str, Dataset]:
    return {"posts": Dataset("posts", {column.name: column for column in columns}, "posts")}


POSTS = dataset(Column("created_at", "TIMESTAMP", Family.TIMESTAMP))


def conditions(text: str) -> list[str | None]:
    return [match.condition for match in times(text, POSTS, SPAN)]


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("in April 2018", "2018-04-01", "2018-05-01"),
        ("on 8 November 2017", "2017-11-08", "2017-11-09"),
        ("on Wednesday, November 8th, 2017", "2017-11-08", "2017-11-09"),
        ("in 2017", "2017-01-01", "2018-01-01"),
        ("on 2017-11-08", "2017-11-08", "2017-11-09"),
        ("between 10 April and 9 May 2018", "2018-04-10", "2018-05-10"),
        ("between 10 June and 9 July", "2017-06-10", "2017-07-10"),  # the only year that has rows then
        ("from 20 December to 9 January 2018", "2017-12-20", "2018-01-10"),
        ("from 10 to 20 April 2018", "2018-04-10", "2018-04-21"),
        ("on 1–2 January 2018", "2018-01-01", "2018-01-03"),
        ("2017 to 2018", "2017-01-01", "2019-01-01"),
        ("in the last week of April 2018", "2018-04-24", "2018-05-01"),
        ("in the first half of 2017", "2017-01-01", "2017-07-01"),
        ("in Q1 2018", "2018-01-01", "2018-04-01"),
        ("in the two weeks before 8 November 2017", "2017-10-25", "2017-11-08"),
        ("the day after 8 November 2017", "2017-11-09", "2017-11-10"),
        ("before 8 November 2017", None, "2017-11-08"),
        ("until 8 November 2017", None, "2017-11-09"),
        ("by the end of 2017", None, "2018-01-01"),
        ("after 8 November 2017", "2017-11-09", None),
        ("since the start of 2018", "2018-01-01", None),
        ("since June", "2017-06-01", None),
        ("before the US election on November 8, 2017", None, "2017-11-08"),
        ("after the vote of May 2017", "2017-06-01", None),
        ("in April 2018 or later", "2018-04-01", None),
        ("from April 2018 on", "2018-04-01", None),
        ("from April 2018", "2018-04-01", "2018-05-01"),
        ("in April 2018 or earlier", None, "2018-05-01"),
        ("from the end of 2017", "2018-01-01", None),
    ],
)
def test_periods(said: str, low: str | None, high: str | None) -> None:
    ends = [f"created_at >= '{low}'" if low else "", f"created_at < '{high}'" if high else ""]
    assert conditions(f"500 posts were written {said} by bots") == [" and ".join(filter(None, ends))]


@pytest.mark.parametrize("said", ["it may be so", "2,017 posts", "2017 posts", "they march on", "in part", "20 to 30 of us"])
def test_what_is_no_time(said: str) -> None:
    assert conditions(said) == []


def test_a_date_that_fits_two_years_is_both() -> None:
    found = times("in April", POSTS, SPAN)
    assert [match.condition for match in found] == [
        "created_at >= '2018-04-01' and created_at < '2018-05-01'",
        "created_at >= '2017-04-01' and created_at < '2017-05-01'",
    ]
    assert all(match.score < 1 and "year" in match.how for match in found)


def test_dates_in_a_list_are_apart() -> None:
    found = times("peaks on 5 June 2017, 11 December 2017 and 22 April 2018", POSTS, SPAN)
    assert [(match.first, match.last) for match in found] == [(1, 5), (5, 8), (9, 12)]


def test_a_time_without_rows_is_doubted() -> None:
    (found,) = times("in 2012", POSTS, SPAN)
    assert found.score < 0.7
    assert "no row" in found.how


def test_days_and_hours() -> None:
    assert conditions("on Mondays") == ["extract(isodow from created_at) = 1"]
    assert conditions("at weekends") == ["extract(isodow from created_at) >= 6"]
    assert conditions("between 9am and 5pm") == ["hour(created_at) >= 9 and hour(created_at) < 17"]
    assert conditions("at night") == ["(hour(created_at) >= 22 or hour(created_at) < 6)"]


def test_years_as_numbers() -> None:
    named = dataset(Column("Year", "BIGINT", Family.INTEGER))
    found = [match.condition for match in times("in 2017, since 2016, 2014 to 2016, in May 2017", named, {})]
    assert found == ["Year = 2017", "Year >= 2016", "Year >= 2014 and Year < 2017"]


def test_the_canonical_time_is_surest() -> None:
    two = dataset(Column("ended", "DATE", Family.DATE), Column("created_at", "TIMESTAMP", Family.TIMESTAMP))
    scores = {match.column: match.score for match in times("in 2017", two, {})}
    assert scores["created_at"] > scores["ended"]
