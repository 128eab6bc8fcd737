"""Meltwater's CSV, older and newer headings."""

from __future__ import annotations

from datetime import datetime

from ingest.desk import Desk

from .tables import MELTWATER, MELTWATER_LATER, canonical, codes, first, lost, table

TWEET = {
    "Date": "10-May-2018 03:15PM",
    "URL": "http://twitter.com/ana_invented/statuses/994500000000000001",
    "Hit Sentence": "One",
    "Source": "Twitter",
    "Influencer": "@ana_invented",
    "Country": "Mexico",
    "Language": "Spanish",
    "Reach": "120",
    "Sentiment": "Neutral",
    "Input Name": "An invented search",
    "Tweet Id": '"994500000000000001"',
    "Twitter Id": '"900000000000000007"',
    "Twitter Followers": "1,200",
    "Twitter Following": "80",
    "Alternate Date Format": "10-May-18",
    "Time": "3:15 PM",
}


def test_every_canonical_column_of_the_older_headings(desk: Desk) -> None:
    found = desk.csv(table(MELTWATER, TWEET))
    assert (found.format, codes(found), lost(found)) == ("meltwater", ["recognised", "thousands-unread", "clock-unknown"], {})
    assert canonical(found) == {
        "id", "author", "author_id", "created_at", "text", "language", "country", "followers", "following", "platform",
    }  # fmt: skip
    assert desk.rows(found, "id, author, author_id, created_at, text, language, country") == [
        (
            "994500000000000001",
            "ana_invented",
            "900000000000000007",
            datetime(2018, 5, 10, 15, 15),
            "One",
            "Spanish",
            "Mexico",
        )
    ]
    assert desk.rows(found, "followers, following, platform") == [(1200, 80, "Twitter")]


def test_utf_16_with_tabs(desk: Desk) -> None:
    found = desk.csv(table(MELTWATER, TWEET | {"Hit Sentence": "¿Uno?"}, delimiter="\t").encode("utf-16"))
    assert found.format == "meltwater"
    assert desk.rows(found, "created_at, text") == [(datetime(2018, 5, 10, 15, 15), "¿Uno?")]


def test_the_clock_is_the_account_s_and_the_manifest_says_which(desk: Desk) -> None:
    found = desk.csv(table(MELTWATER, TWEET), "columns: {created_at: {timezone: America/Mexico_City}}")
    assert codes(found) == ["recognised", "thousands-unread"]  # of Twitter Followers, as it stands in the file
    assert first(desk.rows(found, "created_at")) == [datetime(2018, 5, 10, 20, 15)]  # five hours behind in summer


def test_dates_in_every_form(desk: Desk) -> None:
    """Day and month are never guessed: 05/10/2018 is lost."""
    headings = MELTWATER.replace(",Alternate Date Format,Time", "")
    row = {name: value for name, value in TWEET.items() if name not in ("Alternate Date Format", "Time")}
    cells = ["10-May-2018 03:15PM", "10-May-2018 03:15 AM", "2018-05-10 15:15:00", "05/10/2018 03:15 PM", ""]
    found = desk.csv(table(headings, *(row | {"Date": cell, "URL": str(n)} for n, cell in enumerate(cells))))
    assert first(desk.rows(found, "created_at", "ORDER BY URL")) == [
        datetime(2018, 5, 10, 15, 15), datetime(2018, 5, 10, 3, 15), datetime(2018, 5, 10, 15, 15), None, None,
    ]  # fmt: skip
    assert lost(found) == {"created_at": 1}


def test_every_canonical_column_of_the_later_headings(desk: Desk) -> None:
    post = {
        "Date": "10-May-2024", "Time": "03:15 PM", "Document ID": "x1", "Source Name": "X", "Author Name": "Ana",
        "Author Handle": "@ana_invented", "Hit Sentence": "One", "Hashtags": "#uno; #dos",
        "Links": "https://a.example/x", "Country": "Mexico", "Language": "es", "Reach": "120", "Sentiment": "Neutral",
        "Input Name": "An invented search", "Likes": "1,003", "Reposts": "2",
    }  # fmt: skip
    found = desk.csv(table(MELTWATER_LATER, post, post | {"Date": "10-May-24", "Time": "15:15"}))
    assert (found.format, lost(found)) == ("meltwater", {})
    assert canonical(found) == {
        "author", "created_at", "text", "language", "country", "hashtags", "urls", "likes", "retweets", "platform",
    }  # fmt: skip
    row = ("ana_invented", datetime(2024, 5, 10, 15, 15), "One", ["uno", "dos"], ["https://a.example/x"], 1003, 2, "X")
    assert desk.rows(found, "author, created_at, text, hashtags, urls, likes, retweets, platform") == [row, row]


def test_rounded_ids_are_refused(desk: Desk) -> None:
    assert "such as 9.945E+17" in desk.csv_fails(table(MELTWATER, TWEET | {"Tweet Id": "9.945E+17"}))


def test_a_year_of_two_digits_is_of_this_century_with_its_time_beside_it_too(desk: Desk) -> None:
    tweet = {name: value for name, value in TWEET.items() if name not in ("Alternate Date Format", "Time")}
    headings = ",".join(name for name in MELTWATER.split(",") if name in tweet)
    found = desk.csv(table(headings, tweet | {"Date": "10-May-18 03:15PM"}))
    assert first(desk.rows(found, "created_at")) == [datetime(2018, 5, 10, 15, 15)]
