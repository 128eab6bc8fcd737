"""What twarc-csv makes of twarc's files: the same canonical columns as the JSON itself has."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

import pytest
from ingest.desk import Desk

from factcheck.evidence.dataset import Dataset
from factcheck.evidence.formats.presets import CANONICAL

from .twarc_objects import BIG

SAMPLES = Path(__file__).parent / "twarc_samples"
COLUMNS = ", ".join(CANONICAL)


def as_csv(*rows: dict[str, object]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def twarc_csv(desk: Desk, *rows: dict[str, object]) -> Dataset:
    return desk.csv(as_csv(*rows), "format: twarc-csv")


@pytest.mark.parametrize("json", ["pages.jsonl", "flat.jsonl"])
def test_the_csv_says_what_the_json_says(desk: Desk, json: str) -> None:
    for name in (json, "tweets.csv"):
        desk.write(name, (SAMPLES / name).read_bytes())
    loaded = desk.load_all(f"j: {{files: {json}}}\nc: {{files: tweets.csv}}")
    ours, theirs = loaded.datasets["j"], loaded.datasets["c"]
    assert isinstance(ours, Dataset)
    assert isinstance(theirs, Dataset)
    assert (ours.format, theirs.format) == ("twarc", "twarc-csv")
    rows = desk.rows(theirs, COLUMNS, "ORDER BY id")
    assert len(rows) == 5
    assert desk.rows(ours, COLUMNS, "ORDER BY id") == rows
    assert {c: theirs.columns[c].family for c in CANONICAL} == {c: ours.columns[c].family for c in CANONICAL}


def test_a_retweet_has_its_originals_text_but_not_its_likes_and_does_not_name_whom_it_repeats(desk: Desk) -> None:
    desk.write("tweets.csv", (SAMPLES / "tweets.csv").read_bytes())
    found = desk.load("d: {files: tweets.csv, format: twarc-csv}")
    columns = 'likes, "public_metrics.like_count", mentions, hashtags'
    assert desk.rows(found, columns, "ORDER BY id") == [
        (0, 36, ["dia"], ["vote"]),
        (0, 37, [], []),
        (0, 0, ["gone"], []),
        (48, 48, [], []),
        (49, 49, [], []),
    ]


def test_ids_stay_exact_and_numbers_whole(desk: Desk) -> None:
    row = {"id": BIG, "author_id": "71", "text": "a", "created_at": "2021-04-08T19:34:16.000Z"}
    more = {"public_metrics.like_count": "58.0", "conversation_id": BIG, "author.name": "123"}
    found = twarc_csv(desk, row | more, {"id": BIG + 1, "text": "b"})
    assert desk.rows(found, 'id, likes, "public_metrics.like_count", conversation_id, "author.name"') == [
        (str(BIG), 58, 58, str(BIG), "123"),
        (str(BIG + 1), None, None, None, None),
    ]


def test_ids_that_a_spreadsheet_has_rounded_are_refused(desk: Desk) -> None:
    desk.write("d.csv", as_csv({"id": "1.38024E+18", "author.username": "ana", "text": "a", "created_at": ""}))
    assert "rounded" in desk.fails("d: {files: d.csv, format: twarc-csv}")


def test_line_ends_in_texts_are_line_ends_again(desk: Desk) -> None:
    found = twarc_csv(desk, {"id": "1", "author.username": "ana", "text": r"one\ntwo", "created_at": ""})
    assert desk.rows(found, "text") == [("one\ntwo",)]


def test_lists_of_texts_of_objects_and_none(desk: Desk) -> None:
    base = {"author.username": "ana", "text": "t"}
    found = twarc_csv(
        desk,
        base
        | {"id": "1", "entities.hashtags": r'["#caf\u00e9", "#a, b"]', "entities.urls": '["https://a.example/#x"]'},
        base | {"id": "2", "entities.hashtags": '[{"start": 0, "end": 2, "tag": "x"}]', "entities.urls": ""},
        base | {"id": "3", "entities.hashtags": "", "entities.urls": '["https'},
        base | {"id": "4", "entities.hashtags": '"x"', "entities.urls": "[]"},
    )
    assert desk.rows(found, "hashtags, urls") == [
        (["café", "a, b"], ["https://a.example/#x"]),
        (["x"], []),
        ([], None),
        (None, []),
    ]
    assert found.ledger is not None
    assert found.ledger.lost == {"hashtags": 1, "urls": 1}


def test_where_no_tweet_has_entities_nobody_knows_of_them(desk: Desk) -> None:
    found = twarc_csv(desk, {"id": "1", "author.username": "a", "text": "#vote", "entities.hashtags": ""})
    assert desk.rows(found, "hashtags") == [(None,)]


def test_users(desk: Desk) -> None:
    row = {"id": "71", "created_at": "2011-01-02T03:04:05.000Z", "username": "ana", "location": "Córdoba"}
    counts = {"public_metrics.followers_count": 710, "public_metrics.following_count": 71}
    found = twarc_csv(desk, row | counts | {"public_metrics.tweet_count": 1, "__twarc.retrieved_at": ""})
    columns = "id, author, author_id, location, followers, following, account_created_at, platform"
    opened = datetime.datetime(2011, 1, 2, 3, 4, 5)
    assert desk.rows(found, columns) == [("71", "ana", "71", "Córdoba", 710, 71, opened, "Twitter")]
    assert "created_at" not in found.columns  # it would be read as that of a post
    assert "raw.created_at" in found.columns


def test_counts(desk: Desk) -> None:
    hour = {"start": "2021-10-16T18:00:00.000Z", "end": "2021-10-16T19:00:00.000Z", "tweet_count": 5}
    desk.write("d.csv", as_csv(hour | {"__twarc.retrieved_at": "2021-10-23T18:21:44+00:00"}))
    found = desk.load("d: {files: d.csv, counts: tweet_count}")
    assert found.format == "twarc-csv"
    assert desk.rows(found, '"start", tweet_count') == [(datetime.datetime(2021, 10, 16, 18), 5)]
    desk.write("d.csv", as_csv(hour))
    assert desk.load("d: {files: d.csv, counts: tweet_count}").format == "csv"


def test_the_head_knows_the_columns(desk: Desk) -> None:
    desk.write("tweets.csv", (SAMPLES / "tweets.csv").read_bytes())
    found = desk.load("d: {files: tweets.csv, format: twarc-csv}")
    described = desk.describe("d: {files: tweets.csv, format: twarc-csv}")["d"]
    assert isinstance(described, Dataset)
    assert list(described.columns) == list(found.columns)
