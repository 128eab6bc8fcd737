"""twarc's JSON lines: flattened tweets, pages of them, users, counts, compliance events, and what is none of these."""

from __future__ import annotations

import datetime
import gzip
from pathlib import Path

import pytest
from ingest.desk import Desk

from factcheck.evidence.dataset import Dataset, Family
from factcheck.evidence.formats.presets import CANONICAL

from .twarc_objects import (
    ANA,
    BEN,
    BIG,
    CUT_OFF,
    ORIGINAL,
    PAGES,
    RETRIEVED,
    RETWEET,
    Json,
    lines,
    page,
    tweet,
    user,
)

SAMPLES = Path(__file__).parent / "twarc_samples"
PUBLISHED = Path(__file__).parents[5] / "shared/data/open/raw-formats/twarc2-jsonl"


def twarc(desk: Desk, *values: Json | str, extra: str = "") -> Dataset:
    desk.write("d.jsonl", lines(*values))
    return desk.load(f"d: {{files: d.jsonl, format: twarc{extra}}}")


def ledger(found: Dataset) -> tuple[int, int, int]:
    assert found.ledger is not None
    return found.ledger.records, found.ledger.loaded, found.ledger.rejected


def codes(found: Dataset) -> list[str]:
    assert found.ledger is not None
    return [notice.code for notice in found.ledger.notes]


def reasons(found: Dataset) -> list[tuple[int | None, str]]:
    assert found.ledger is not None
    return [(reject.line, reject.reason) for reject in found.ledger.rejects]


@pytest.mark.parametrize("name", ["pages.jsonl", "flat.jsonl"])
def test_every_canonical_column(desk: Desk, name: str) -> None:
    desk.write(name, (SAMPLES / name).read_bytes())
    found = desk.load(f"d: {{files: {name}, format: twarc, key: id}}")
    assert ledger(found) == (5, 5, 0)
    assert [column for column in CANONICAL if column not in found.columns] == []
    assert desk.rows(found, "id, author, author_id, text, language, location, country") == [
        (str(BIG), "ana", "71", ORIGINAL["text"], "en", "Córdoba", None),
        (str(BIG + 1), "cem", "73", "Nothing in it", "en", None, None),
        (str(BIG + 2), "ana", "71", CUT_OFF["text"], "en", "Córdoba", None),
        (str(BIG + 3), "ana", "71", "No.\nSecond line", "en", "Córdoba", "Land"),
        (str(BIG + 4), "cem", "73", "Look at é́this", "es", None, None),
    ]
    assert desk.rows(found, "retweet_of, reply_to, quoted, hashtags, mentions") == [
        (str(BIG - 9), None, None, ["vote"], ["dia"]),
        (str(BIG - 8), None, None, [], []),
        (str(BIG - 7), None, None, [], ["gone"]),
        (None, str(BIG - 9), None, [], []),
        (None, None, str(BIG - 8), [], []),
    ]
    # A retweet is not liked: its original is. The picture is known by its short address, as twarc-csv knows it.
    assert desk.rows(found, "likes, retweets, urls", "LIMIT 2") == [
        (0, 4, ["https://news.example.org/long", "pic.twitter.example/x"]),
        (0, 4, []),
    ]
    posted, opened = datetime.datetime(2021, 4, 8, 19, 34, 16), datetime.datetime(2011, 1, 2, 3, 4, 5)
    columns = "created_at, account_created_at, followers, following, platform"
    assert desk.rows(found, columns, "LIMIT 1") == [(posted, opened, 710, 71, "Twitter")]
    assert codes(found) == ["twarc-cut-off"]
    assert found.ledger is not None
    assert found.ledger.notes[0].text.startswith("1 retweet is there with the text cut off")


@pytest.mark.parametrize("name", ["pages.jsonl", "flat.jsonl"])
def test_columns_are_called_as_twarc_csv_calls_them(desk: Desk, name: str) -> None:
    desk.write(name, (SAMPLES / name).read_bytes())
    found = desk.load(f"d: {{files: {name}, format: twarc}}")
    heading = (SAMPLES / "tweets.csv").read_text().splitlines()[0].split(",")
    extra = {*CANONICAL, "raw.text", *(c for c in found.columns if c.startswith("in_reply_to_user."))}
    assert [column for column in found.columns if column not in heading and column not in extra] == []
    columns = (
        'conversation_id, retweeted_username, quoted_user_id, in_reply_to_username, "raw.text", "geo.country_code"'
    )
    assert desk.rows(found, columns, "ORDER BY id LIMIT 1") == [
        (str(BIG), "ben", None, None, "RT @ben: An original that says more…", None)
    ]
    assert desk.rows(found, '"author.verified", "__twarc.retrieved_at"', "LIMIT 1") == [
        (False, datetime.datetime(2021, 5, 2, 10))
    ]
    assert found.columns["public_metrics.like_count"].family is Family.INTEGER
    assert found.columns["likes"].uses == ("public_metrics.like_count",)
    assert found.columns["hashtags"].uses[0].startswith(("entities", "referenced_tweets"))


def test_pages_and_flattened_tweets_may_be_mixed_and_what_is_neither_is_rejected(desk: Desk) -> None:
    flat = tweet(3, 71, "flat", author=user(71, "ana-as-flattened"))
    found = twarc(
        desk,
        page([tweet(1, 71, "one"), RETWEET], [ANA, BEN, ANA | {"username": "ana-as-it-was-last"}], [ORIGINAL]),
        "",
        flat,
        '{"id": "4", "te',
        "[1]",
        page(tweet(5, 72, "alone"), [BEN]),
        page([tweet(6, 71, "no such user"), None, "x", {"text": "no id"}, ANA]),
        '{"greeting": "hello"}',
    )
    assert ledger(found) == (12, 5, 7)
    assert desk.rows(found, "id, author") == [
        ("1", "ana-as-it-was-last"),
        (str(BIG), "ana-as-it-was-last"),
        ("3", "ana-as-flattened"),
        ("5", "ben"),
        ("6", None),
    ]
    assert reasons(found) == [
        (4, "not valid JSON"),
        (5, "not a JSON object"),
        (7, "not a JSON object"),
        (7, "not a JSON object"),
        (7, "no tweet: it lacks the fields of one"),
        (7, "a user among tweets"),
        (8, "no tweet: it lacks the fields of one"),
    ]


def test_what_pages_tell_besides_their_tweets(desk: Desk) -> None:
    gone = {"title": "Not Found Error", "resource_type": "tweet", "detail": "Could not find tweet with id: [9]."}
    found = twarc(
        desk,
        page([tweet(1, 71, "one")], [ANA], errors=[gone, gone, {"title": "Forbidden", "resource_type": "user"}]),
        {"meta": {"result_count": 0}, "__twarc": RETRIEVED},
        {"errors": [{"title": "operational-disconnect"}]},
    )
    assert ledger(found) == (1, 1, 0)
    assert codes(found) == ["twarc-errors", "twarc-empty-pages"]
    assert found.ledger is not None
    errors, empty = (notice.text for notice in found.ledger.notes)
    assert "4 errors" in errors
    assert "Not Found Error (tweet): 2" in errors
    assert "Forbidden (user): 1" in errors
    assert empty.startswith("2 pages hold no data")


def test_a_tweet_that_is_there_twice_is_kept_and_counted(desk: Desk) -> None:
    one = page([tweet(1, 71, "one")], [ANA])
    desk.write("a.jsonl", lines(one))
    desk.write("b.jsonl", lines(one, tweet(2, 71, "two")))
    found = desk.load('d: {files: "?.jsonl", format: twarc, key: id}')
    assert ledger(found) == (3, 3, 0)
    assert found.ledger is not None
    assert found.ledger.duplicates == 1


def test_lines_are_counted_in_their_own_file(desk: Desk) -> None:
    desk.write("a.jsonl", lines(tweet(1, 71, "a"), "", "{bad"))
    desk.write("b.jsonl.gz", gzip.compress(lines("", tweet(2, 71, "b"), "{worse").encode()))
    found = desk.load('d: {files: ["a.jsonl", "b.jsonl.gz"], format: twarc}')
    assert found.ledger is not None
    assert [(r.file, r.line, r.text) for r in found.ledger.rejects] == [
        ("evidence/a.jsonl", 3, "{bad"),
        ("evidence/b.jsonl.gz", 3, "{worse"),
    ]


def test_keys_that_come_late_or_are_unknown_are_columns(desk: Desk) -> None:
    many = [tweet(number, 71, "t") for number in range(3000)]
    late = tweet(3000, 71, "t", note={"deep": {"kind": "new", "size": 7}}, ID="other", flagged=True, tags2=[{"a": 1}])
    found = twarc(desk, *many, late)
    columns = '"note.deep.kind", "note.deep.size", "ID_2", flagged, tags2'
    assert desk.rows(found, columns, "WHERE id = '3000'") == [("new", 7, "other", True, '[{"a":1}]')]
    assert codes(found) == ["repeated-heading"]


def test_misspelt_keys_of_an_author_do_not_stand_in_for_right_ones(desk: Desk) -> None:
    found = twarc(desk, page([tweet(1, 71, "t", ID="of the tweet")], [ANA | {"ID": "of the user"}]))
    assert desk.rows(found, 'author, "ID_2", "author.ID_2"') == [("ana", "of the tweet", "of the user")]


def test_where_an_object_belongs_another_value_is_rejected(desk: Desk) -> None:
    found = twarc(desk, tweet(1, 71, "t", author=ANA), tweet(2, 71, "t", author="ana"), tweet(3, 71, "t", author={}))
    assert ledger(found) == (3, 2, 1)
    assert reasons(found) == [(2, "its 'author' is no object")]


def test_values_that_are_no_numbers_or_times_are_lost_and_counted(desk: Desk) -> None:
    odd = {"like_count": "many", "retweet_count": 1.5, "reply_count": 0, "quote_count": 0}
    found = twarc(desk, tweet(1, 71, "t", public_metrics=odd), tweet(2, 71, "t", created_at="yesterday"))
    assert found.ledger is not None
    assert found.ledger.lost == {"created_at": 1, "likes": 1, "retweets": 1}
    assert desk.rows(found, "likes, retweets") == [(None, None), (2, 4)]


def test_without_entities_nobody_knows_the_hashtags(desk: Desk) -> None:
    found = twarc(desk, {"id": "1", "text": "#vote", "author_id": "71"})
    assert desk.rows(found, "hashtags, urls, mentions") == [(None, None, None)]
    odd = tweet(1, 71, "t", entities={"hashtags": "vote", "mentions": [{"username": "ben"}]})
    found = twarc(desk, odd, tweet(2, 71, "t"))
    assert desk.rows(found, "hashtags, mentions") == [(None, ["ben"]), ([], [])]


def test_what_was_not_asked_for_is_absent_and_what_may_be_empty_is_not(desk: Desk) -> None:
    """The API leaves out an empty place or location, but never the metrics or the language that it was asked for."""
    found = twarc(desk, tweet(1, 71, "t"))
    bare = twarc(desk, {"id": "1", "text": "t", "author_id": "71"})
    assert {"likes", "retweets", "created_at", "language"} <= found.columns.keys()
    unasked = {"author", "created_at", "language", "likes", "retweets", "followers", "following", "account_created_at"}
    assert set(CANONICAL) - bare.columns.keys() == unasked
    assert desk.rows(bare, "country, location, retweet_of") == [(None, None, None)]


def test_users(desk: Desk) -> None:
    found = twarc(desk, page([ANA, user(74, "eva", pinned_tweet_id=str(BIG))]), user(75, "flat"))
    assert ledger(found) == (3, 3, 0)
    columns = "id, author, author_id, followers, following, location, account_created_at, platform"
    opened = datetime.datetime(2011, 1, 2, 3, 4, 5)
    assert desk.rows(found, columns, "LIMIT 1") == [
        ("71", "ana", "71", 710, 71, "Córdoba", opened, "Twitter"),
    ]
    assert desk.rows(found, "pinned_tweet_id", "WHERE id = '74'") == [(str(BIG),)]
    assert "created_at" not in found.columns  # it would be read as that of a post


def test_counts_are_counts(desk: Desk) -> None:
    hour = {"start": "2021-10-16T18:00:00.000Z", "end": "2021-10-16T19:00:00.000Z", "tweet_count": 5}
    later = {"start": "2021-10-16T19:00:00.000Z", "end": "2021-10-16T20:00:00.000Z", "tweet_count": 6}
    pages = {"data": [hour], "meta": {"total_tweet_count": 5}, "__twarc": RETRIEVED}
    found = twarc(desk, pages, later, extra=", counts: tweet_count")
    assert found.counts == "tweet_count"
    start = datetime.datetime(2021, 10, 16, 19)
    assert desk.rows(found, '"start", tweet_count', "ORDER BY 1 DESC LIMIT 1") == [(start, 6)]


def test_compliance_events(desk: Desk) -> None:
    event = {"id": str(BIG), "action": "delete", "created_at": "2019-09-06T17:25:54.667Z", "reason": "protected"}
    found = twarc(desk, "", event)
    assert desk.rows(found, "id, action, created_at, reason") == [
        (str(BIG), "delete", datetime.datetime(2019, 9, 6, 17, 25, 54, 667000), "protected")
    ]


@pytest.mark.parametrize("data", ["", "{bad\n", "[1]\n", '{"meta": {"result_count": 0}}\n', '{"a": 1}\n'])
def test_files_without_a_single_object(desk: Desk, data: str) -> None:
    desk.write("d.jsonl", data)
    assert "evidence/d.jsonl" in desk.fails("d: {files: d.jsonl, format: twarc}")


@pytest.mark.parametrize("values", [PAGES, (tweet(1, 71, "t", author=ANA),), (page([ANA]),), ("", RETWEET)])
def test_the_head_knows_the_columns(desk: Desk, values: tuple[Json | str, ...]) -> None:
    found = twarc(desk, *values)
    described = desk.describe("d: {files: d.jsonl, format: twarc}")["d"]
    assert isinstance(described, Dataset)
    assert set(described.columns) == set(found.columns)
    for name in CANONICAL:
        if name in found.columns and described.columns[name].family is not Family.UNKNOWN:
            assert described.columns[name].family is found.columns[name].family, name


@pytest.mark.parametrize(
    "values",
    [
        PAGES,
        (tweet(1, 71, "t", author=ANA),),
        (page(tweet(1, 71, "t"), [ANA], matching_rules=[{"id": "1"}]),),
        (page([ANA]),),
        (user(1, "ana"),),
        ({"start": "2021-10-16T18:00:00.000Z", "end": "2021-10-16T19:00:00.000Z", "tweet_count": 5},),
    ],
)
def test_files_are_recognised(desk: Desk, values: tuple[Json, ...]) -> None:
    desk.write("d.jsonl", lines(*values))
    found = desk.load("d: {files: d.jsonl}")
    assert found.format == "twarc"
    assert "recognised" in codes(found)


@pytest.mark.parametrize(
    "value",
    [
        {"id": 1, "text": "t"},
        {"id": 1, "text": "t", "author": {"username": "ana"}},
        {"data": [1], "meta": {"page": 1}},
        {"id": 1, "username": "ana", "created_at": "2020-01-01"},
        {"id": 1, "action": "delete", "created_at": "2020-01-01", "reason": "x"},
    ],
)
def test_other_json_lines_are_not_taken_for_twarc(desk: Desk, value: Json) -> None:
    desk.write("d.jsonl", lines(value))
    assert desk.load("d: {files: d.jsonl}").format == "jsonl"


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published samples of twarc-csv are not there")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("brexit", (100, 100, 0)),
        ("cotweet", (1, 1, 0)),
        ("counts", (169, 169, 0)),
        ("edited", (1, 1, 0)),
        ("flat", (100, 100, 0)),
        ("geo_tweets", (2, 2, 0)),
        ("noflat", (100, 100, 0)),
        ("streaming_output_with_error", (8, 7, 1)),
        ("tweets_compliance", (2, 2, 0)),
        ("two_tweets", (1, 1, 0)),
        ("users", (96, 96, 0)),
        ("withheld", (215, 215, 0)),
    ],
)
def test_published_samples(desk: Desk, name: str, expected: tuple[int, int, int]) -> None:
    desk.write("d.jsonl", (PUBLISHED / f"{name}.jsonl").read_bytes())
    found = desk.load("d: {files: d.jsonl}")
    assert found.format == "twarc"
    assert ledger(found) == expected


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published samples of twarc-csv are not there")
def test_the_same_hundred_tweets_flattened_and_not(desk: Desk) -> None:
    for name in ("flat", "noflat"):
        desk.write(f"{name}.jsonl", (PUBLISHED / f"{name}.jsonl").read_bytes())
    loaded = desk.load_all("flat: {files: flat.jsonl}\nnoflat: {files: noflat.jsonl}")
    flat, pages = loaded.datasets["flat"], loaded.datasets["noflat"]
    assert isinstance(flat, Dataset)
    assert isinstance(pages, Dataset)
    columns = ", ".join(CANONICAL)
    assert desk.rows(flat, columns, "ORDER BY id") == desk.rows(pages, columns, "ORDER BY id")
