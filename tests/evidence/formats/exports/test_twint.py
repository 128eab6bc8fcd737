"""Twint's CSV."""

from __future__ import annotations

from datetime import datetime

from ingest.desk import Desk

from .tables import TWINT, canonical, codes, first, lost, table

# What Twint 2.1.21 writes on a computer in Berlin, run in summer: the offset of the run is +0200 beside every tweet.
WINTER = {
    "id": "1213000000000000001",
    "conversation_id": "1213000000000000001",
    "created_at": "2020-01-03 10:11:12 CET",
    "date": "2020-01-03",
    "time": "10:11:12",
    "timezone": "+0200",
    "user_id": "900000000000000007",
    "username": "ana_invented",
    "name": "Ana",
    "tweet": "One  https://a.example/x",
    "language": "en",
    "mentions": """[{'screen_name': 'ben_invented', 'name': "Ben's 'name'", 'id': '8'}, {'screen_name': 'cem', 'name': 'x', 'id': '9'}]""",
    "urls": "['https://a.example/x,y', \"https://b.example/o'c\"]",
    "photos": "[]",
    "replies_count": "1",
    "retweets_count": "2",
    "likes_count": "3",
    "hashtags": "['uno', 'dos']",
    "cashtags": "[]",
    "link": "https://twitter.com/ana_invented/status/1213000000000000001",
    "retweet": "False",
    "quote_url": "https://twitter.com/cem/status/1212000000000000009",
    "video": "0",
    "near": "Paris",
    "reply_to": "[{'screen_name': 'dia', 'name': 'Dia', 'id': '10'}]",
}
SUMMER = WINTER | {
    "id": "1256000000000000002",
    "created_at": "2020-05-03 10:11:12 CEST",
    "mentions": "[]",
    "urls": "[]",
    "hashtags": "[]",
    "quote_url": "",
    "retweet": "True",
    "retweet_id": "1255000000000000003",
    "reply_to": "[]",
}


def test_every_canonical_column_of_the_later_version(desk: Desk) -> None:
    found = desk.csv(table(TWINT, WINTER, SUMMER))
    assert (found.format, codes(found), lost(found)) == ("twint", ["recognised"], {})
    assert canonical(found) == {
        "id", "author", "author_id", "created_at", "text", "language", "retweet_of", "quoted", "hashtags", "urls",
        "mentions", "likes", "retweets", "platform",
    }  # fmt: skip
    assert desk.rows(found, "id, author, author_id, created_at, text, language", "ORDER BY created_at") == [
        (
            "1213000000000000001",
            "ana_invented",
            "900000000000000007",
            datetime(2020, 1, 3, 9, 11, 12),
            "One  https://a.example/x",
            "en",
        ),
        (
            "1256000000000000002",
            "ana_invented",
            "900000000000000007",
            datetime(2020, 5, 3, 8, 11, 12),
            "One  https://a.example/x",
            "en",
        ),
    ]
    assert desk.rows(
        found, "retweet_of, quoted, hashtags, urls, mentions, likes, retweets, platform", "ORDER BY created_at"
    ) == [
        (
            None,
            "1212000000000000009",
            ["uno", "dos"],
            ["https://a.example/x,y", "https://b.example/o'c"],
            ["ben_invented", "cem"],
            3,
            2,
            "Twitter",
        ),
        ("1255000000000000003", None, [], [], [], 3, 2, "Twitter"),
    ]


def test_columns_that_bear_a_canonical_name_and_mean_something_else_are_set_aside(desk: Desk) -> None:
    found = desk.csv(table(TWINT, WINTER))
    assert "reply_to" not in found.columns
    assert desk.rows(found, '"raw.reply_to", "raw.created_at"') == [(WINTER["reply_to"], "2020-01-03 10:11:12 CET")]
    assert found.columns["created_at"].uses == ("raw.created_at", "timezone")


def test_milliseconds_of_the_earlier_version(desk: Desk) -> None:
    """1588493472 is 3 May 2020, 08:11:12 UTC; date and time are those of a computer in Berlin."""
    old = SUMMER | {"created_at": "1588493472000", "date": "2020-05-03", "time": "10:11:12", "timezone": "CEST"}
    found = desk.csv(table(TWINT, old, old | {"created_at": "1588493472000.0"}, old | {"created_at": "1.5885e+12"}))
    assert first(desk.rows(found, "created_at", "ORDER BY 1 NULLS LAST")) == [datetime(2020, 5, 3, 8, 11, 12)] * 2 + [
        None
    ]
    assert lost(found) == {"created_at": 1}


CLOCKS: list[tuple[str, str, datetime | None]] = [
    ("2020-05-03 10:11:12 UTC", "+0000", datetime(2020, 5, 3, 10, 11, 12)),
    ("2020-05-03 10:11:12 EDT", "-0400", datetime(2020, 5, 3, 14, 11, 12)),
    ("2020-05-03 23:11:12 PDT", "-0700", datetime(2020, 5, 4, 6, 11, 12)),
    ("2020-05-03 10:11:12 -03", "-0300", datetime(2020, 5, 3, 13, 11, 12)),
    ("2020-05-03 10:11:12 +0545", "+0545", datetime(2020, 5, 3, 4, 26, 12)),
    ("2020-05-03 10:11:12 India Standard Time", "+0530", datetime(2020, 5, 3, 4, 41, 12)),
    ("2020-05-03 10:11:12 W. Europe Daylight Time", "+0200", datetime(2020, 5, 3, 8, 11, 12)),
    # Three clocks are called IST, three CST, two CDT and PST: the offset while Twint ran tells which.
    ("2020-05-03 10:11:12 IST", "+0530", datetime(2020, 5, 3, 4, 41, 12)),
    ("2020-01-03 10:11:12 IST", "+0300", datetime(2020, 1, 3, 8, 11, 12)),
    ("2020-05-03 10:11:12 IST", "+0000", datetime(2020, 5, 3, 9, 11, 12)),
    ("2020-01-03 10:11:12 CST", "-0600", datetime(2020, 1, 3, 16, 11, 12)),
    ("2020-01-03 10:11:12 CST", "+0800", datetime(2020, 1, 3, 2, 11, 12)),
    ("2020-05-03 10:11:12 CDT", "-0600", datetime(2020, 5, 3, 15, 11, 12)),
    ("2020-01-03 10:11:12 PST", "-0700", datetime(2020, 1, 3, 18, 11, 12)),
    # Moscow was four hours ahead from March 2011 to October 2014, under the same name.
    ("2020-05-03 10:11:12 MSK", "+0300", datetime(2020, 5, 3, 7, 11, 12)),
    ("2012-05-03 10:11:12 MSK", "+0300", datetime(2012, 5, 3, 6, 11, 12)),
    ("2010-01-03 10:11:12 MSK", "+0300", datetime(2010, 1, 3, 7, 11, 12)),
    # Chicago in summer or Havana in winter; nobody's clock; an hour that occurred twice; no zone; no time.
    ("2020-01-03 10:11:12 CST", "-0500", None),
    ("2020-05-03 10:11:12 CDT", "-0500", None),
    ("2020-05-03 10:11:12 IST", "", None),
    ("2020-05-03 10:11:12 XYZ", "+0200", None),
    ("2020-05-03 10:11:12 America/New_York", "-0400", None),
    ("2014-10-26 01:30:00 MSK", "+0300", None),
    ("2020-05-03 10:11:12", "+0200", None),
    ("2020-13-03 10:11:12 CET", "+0100", None),
    ("yesterday", "+0200", None),
]


def test_clocks_are_known_or_the_time_is_lost(desk: Desk) -> None:
    rows = [
        SUMMER | {"id": str(100 + n), "created_at": written, "timezone": timezone}
        for n, (written, timezone, _) in enumerate(CLOCKS)
    ]
    found = desk.csv(table(TWINT, *rows))
    read = zip((written for written, _, _ in CLOCKS), first(desk.rows(found, "created_at", "ORDER BY id")), strict=True)
    assert list(read) == [(written, utc) for written, _, utc in CLOCKS]
    assert lost(found) == {"created_at": sum(utc is None for _, _, utc in CLOCKS)}


STEADY: list[tuple[str, datetime | None]] = [
    ("UTC", datetime(2020, 5, 3, 10, 11, 12)),
    ("JST", datetime(2020, 5, 3, 1, 11, 12)),
    ("+0530", datetime(2020, 5, 3, 4, 41, 12)),
    # Noted while Twint ran, perhaps in the other half of the year: an hour off for half of the tweets.
    ("CEST", None),
    ("+0200", None),
    ("", None),
]


def test_without_created_at_the_zone_of_the_run_holds_only_where_clocks_never_change(desk: Desk) -> None:
    bare = {name: value for name, value in SUMMER.items() if name != "created_at"} | {"date": "2020-05-03"}
    rows = [bare | {"id": str(100 + n), "timezone": zone} for n, (zone, _) in enumerate(STEADY)]
    found = desk.csv(table(TWINT.replace("created_at,", ""), *rows))
    assert first(desk.rows(found, "created_at", "ORDER BY id")) == [utc for _, utc in STEADY]
    assert lost(found) == {"created_at": sum(utc is None for _, utc in STEADY)}


def test_separated_by_tabs(desk: Desk) -> None:
    found = desk.csv(table(TWINT, WINTER, SUMMER, delimiter="\t"))
    assert found.format == "twint"
    assert first(desk.rows(found, "mentions", "ORDER BY created_at")) == [["ben_invented", "cem"], []]


def test_lists_that_are_none_are_lost(desk: Desk) -> None:
    rows = [SUMMER | {"hashtags": cell, "mentions": "['ben', '@cem']"} for cell in ("['a', 'b'", "a, b", "", "['#c']")]
    found = desk.csv(table(TWINT, *rows))
    assert desk.rows(found, "hashtags, mentions") == [
        (None, ["ben", "cem"]),
        (None, ["ben", "cem"]),
        (None, ["ben", "cem"]),
        (["c"], ["ben", "cem"]),
    ]
    assert lost(found) == {"hashtags": 2}


def test_a_deleted_quoted_tweet_is_written_as_0(desk: Desk) -> None:
    found = desk.csv(table(TWINT, SUMMER | {"quote_url": "0"}, WINTER))
    assert first(desk.rows(found, "quoted", "ORDER BY created_at")) == ["1212000000000000009", None]


def test_rounded_ids_are_refused(desk: Desk) -> None:
    message = desk.csv_fails(table(TWINT, WINTER | {"id": "1.21E+18"}, SUMMER))
    assert "'id' holds identifiers that a spreadsheet has rounded, such as 1.21E+18 (1 row)" in message


def test_the_manifest_may_say_what_the_file_does_not(desk: Desk) -> None:
    havana = """columns: {created_at: {from: raw.created_at, format: "%Y-%m-%d %H:%M:%S CST", timezone: America/Havana}}"""
    found = desk.csv(table(TWINT, WINTER | {"created_at": "2020-01-03 10:11:12 CST", "timezone": "-0500"}), havana)
    assert first(desk.rows(found, "created_at")) == [datetime(2020, 1, 3, 15, 11, 12)]
