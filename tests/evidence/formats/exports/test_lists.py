"""Lists that tools write into one cell, against what Python itself writes and reads."""

from __future__ import annotations

import json
from typing import Any

from ingest.desk import Desk

from .tables import TAGS, TWINT, X_ARCHIVE, first, lost, table
from .test_tags import TWEET as TAGGED
from .test_twint import SUMMER
from .test_x_archive import TWEET as RELEASED

LISTS: list[list[str]] = [
    [],
    ["one"],
    ["a, b", "[c]", "{d}", "'e'", "it's", 'say "x"', "both ' and \""],
    ["back\\slash", "ends in \\", "\\'", "\\x41", "\\u0041", "tab\t", "line\nline"],
    ["café", "日本語", "👩\u200d👩", "soft\xadhyphen", "no\xa0break", "null", "NULL", "", " padded "],
]


def test_python_s_own_text_of_lists_is_read_exactly(desk: Desk) -> None:
    rows = [SUMMER | {"id": str(100 + n), "urls": repr(items)} for n, items in enumerate(LISTS)]
    found = desk.csv(table(TWINT, *rows))
    assert first(desk.rows(found, "urls", "ORDER BY id")) == LISTS
    assert lost(found) == {}


def test_names_that_look_like_keys_are_no_keys(desk: Desk) -> None:
    mentions: list[dict[str, Any]] = [
        {"screen_name": "ben", "name": "'screen_name': 'evil'", "id": "1"},
        {"screen_name": "cem", "name": '}, {"screen_name\': "', "id": "2"},
        {"name": "x", "id": "3", "screen_name": "dia"},
    ]
    found = desk.csv(table(TWINT, SUMMER | {"mentions": repr(mentions)}, SUMMER | {"mentions": repr(mentions[:1])}))
    assert first(desk.rows(found, "mentions")) == [["ben", "cem", "dia"], ["ben"]]


def test_what_python_would_not_write_is_lost(desk: Desk) -> None:
    cells = [
        "['a' 'b']",
        "['a',, 'b']",
        "['a'",
        "'a'",
        "[a]",
        "['a']]",
        "['\\q']",
        "[1]",
        "{'a'}",
        "[{'screen_name': 1}]",
    ]
    rows = [SUMMER | {"id": str(100 + n), "hashtags": cell} for n, cell in enumerate(cells)]
    found = desk.csv(table(TWINT, *rows))
    assert first(desk.rows(found, "hashtags")) == [None] * len(cells)
    assert lost(found) == {"hashtags": len(cells)}


def test_json_is_read_exactly(desk: Desk) -> None:
    texts = [text for items in LISTS for text in items]
    entities = json.dumps({"hashtags": [{"text": text} for text in texts], "urls": [], "user_mentions": []})
    found = desk.csv(table(TAGS, TAGGED | {"entities_str": entities}))
    assert desk.rows(found, "hashtags, urls") == [(texts, [])]


def test_addresses_keep_their_commas(desk: Desk) -> None:
    cell = "[https://a.example/x,y, https://b.example/?q=1,2,3]"
    found = desk.csv(table(X_ARCHIVE, RELEASED | {"urls": cell}))
    assert first(desk.rows(found, "urls")) == [["https://a.example/x,y", "https://b.example/?q=1,2,3"]]
