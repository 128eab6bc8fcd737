"""The archive sheet of TAGS."""

from __future__ import annotations

import json
from datetime import datetime

from ingest.desk import Desk

from .tables import TAGS, canonical, codes, first, lost, table

ENTITIES = {
    "hashtags": [{"text": "uno", "indices": [0, 4]}, {"text": "dos", "indices": [5, 9]}],
    "user_mentions": [{"screen_name": "ben_invented", "name": "Ben", "id_str": "8"}],
    "urls": [{"url": "https://t.example/1", "expanded_url": "https://a.example/x,y"}],
}
# The sheet's clock is an hour ahead of UTC: `time` and `created_at` tell the same moment.
TWEET = {
    "id_str": "991700000000000001",
    "from_user": "ana_invented",
    "text": "One",
    "created_at": "Wed May 02 15:01:02 +0000 2018",
    "time": "02/05/2018 16:01:02",
    "user_lang": "fr",
    "from_user_id_str": "900000000000000007",
    "in_reply_to_status_id_str": "991600000000000002",
    "user_followers_count": "120",
    "user_friends_count": "80",
    "user_location": "An invented town",
    "status_url": "http://twitter.com/ana_invented/statuses/991700000000000001",
    "entities_str": json.dumps(ENTITIES),
}


def test_every_canonical_column(desk: Desk) -> None:
    found = desk.csv(table(TAGS, TWEET, TWEET | {"id_str": "991700000000000003", "in_reply_to_status_id_str": ""}))
    assert (found.format, codes(found), lost(found)) == ("tags", ["recognised", "dates-unread"], {})
    assert canonical(found) == {
        "id", "author", "author_id", "created_at", "text", "location", "reply_to", "hashtags", "urls", "mentions",
        "followers", "following", "platform",
    }  # fmt: skip
    assert desk.rows(found, "id, author, author_id, created_at, text, location, reply_to", "ORDER BY id LIMIT 1") == [
        (
            "991700000000000001",
            "ana_invented",
            "900000000000000007",
            datetime(2018, 5, 2, 15, 1, 2),
            "One",
            "An invented town",
            "991600000000000002",
        )
    ]
    assert desk.rows(found, "hashtags, urls, mentions, followers, following, platform", "ORDER BY id LIMIT 1") == [
        (["uno", "dos"], ["https://a.example/x,y"], ["ben_invented"], 120, 80, "Twitter")
    ]
    assert first(desk.rows(found, "user_lang", "LIMIT 1")) == ["fr"]  # the account's setting: no `language`


def test_the_offset_that_is_written_counts(desk: Desk) -> None:
    found = desk.csv(table(TAGS, TWEET | {"created_at": "Wed May 02 15:01:02 +0200 2018"}, TWEET))
    assert sorted(first(desk.rows(found, "created_at"))) == [
        datetime(2018, 5, 2, 13, 1, 2),
        datetime(2018, 5, 2, 15, 1, 2),
    ]


def test_what_is_no_time_and_no_json_is_lost(desk: Desk) -> None:
    cut = TWEET | {"created_at": "02/05/2018 16:01:02", "entities_str": TWEET["entities_str"][:60]}
    found = desk.csv(table(TAGS, TWEET, cut, TWEET | {"entities_str": ""}))
    assert lost(found) == {"created_at": 1, "hashtags": 1, "urls": 1, "mentions": 1}
    assert first(desk.rows(found, "hashtags")) == [["uno", "dos"], None, None]


def test_ids_ruined_by_the_spreadsheet_are_refused(desk: Desk) -> None:
    message = desk.csv_fails(table(TAGS, TWEET | {"id_str": "1.26426E+18"}, TWEET | {"id_str": "1.26426E+18"}))
    assert "'id' holds identifiers that a spreadsheet has rounded, such as 1.26426E+18 (2 rows)" in message
    assert "different posts or accounts have become one" in message
    message = desk.csv_fails(table(TAGS, TWEET | {"from_user_id_str": "1.19615E+18"}))
    assert "'author_id' holds identifiers that a spreadsheet has rounded" in message
