"""Twint's CSV of tweets, comma- or tab-separated.

`date` and `time` are on the clock of the computer that ran Twint. So is `created_at` of later versions
("2020-01-03 10:11:12 CET", the zone that held when the tweet was posted); earlier ones wrote milliseconds since 1970.
`timezone` is the zone while Twint was running: in summer it says +0200 beside a winter's tweet, an hour off. It is
therefore used only where its clock never changes, or to tell which of several clocks a name like IST stands for
(twint/tweet.py, versions 2.1.0 to 2.1.21).

`near` and `geo` repeat what was searched for, and `reply_to` names accounts: the posts answered are not in the file.
The `text` of a retweet is that of the original, which Twitter may have cut off; Twint sets a blank before addresses.
"""

from __future__ import annotations

from factcheck.evidence.formats.exports.clocks import in_utc, steady, unknown
from factcheck.evidence.formats.exports.lists import python_list
from factcheck.evidence.formats.presets import (
    TEXT,
    UTC,
    Preset,
    Way,
    Ways,
    absent,
    constant,
    ident,
    number,
    text,
    unrepeated,
)

_MOMENT = r"^(\d\d\d\d-\d\d-\d\d \d\d:\d\d:\d\d)(?: +(.+))?$"
_CORE = frozenset({"conversation_id", "username", "tweet", "replies_count", "retweets_count", "likes_count"})


def _created(noted: str | None) -> str:
    """SQL for both forms of `created_at`; `noted` is SQL of the zone while Twint ran."""
    local, zone = (f"nullif(regexp_extract(trim({{0}}), '{_MOMENT}', {part}), '')" for part in (1, 2))
    milliseconds = r"regexp_full_match(trim({0}), '\d\d\d\d\d\d\d\d\d\d\d\d\d?(\.0+)?')"
    epoch = "CAST(make_timestamp(CAST(TRY_CAST(trim({0}) AS DECIMAL(20,3)) * 1000 AS BIGINT)) AS VARCHAR)"
    told = in_utc(local, zone, f"trim({noted})" if noted else None)
    return f"CASE WHEN {milliseconds} THEN {epoch} ELSE coalesce({told}, {unknown('{0}')}) END"


def _clocked() -> Ways:
    local = "trim({0}) || ' ' || trim({1})"
    sql = in_utc(f"({local})", f"({steady('trim({2})')})")
    return (Way(("date", "time", "timezone"), sql, stated=UTC),)


def _status(name: str) -> Way:
    """The number at the end of a tweet's address; Twint writes 0 where the quoted tweet was deleted."""
    sql = r"nullif(regexp_extract({0}, '/status(?:es)?/(\d+)', 1), '')"
    known = f"CASE WHEN trim({{0}}) NOT IN ('', '0') THEN coalesce({sql}, {{0}}) END"
    return Way((name,), known, stated=TEXT, identifies=True)


PRESET = Preset(
    "twint",
    "Twint export",
    ("csv",),
    (_CORE, _CORE | {"timezone", "retweet", "quote_url", "near", "geo", "user_rt_id", "retweet_id", "trans_src"}),
    {
        "id": ident("id"),
        "author": text("username"),
        "author_id": ident("user_id"),
        "created_at": (
            Way(("created_at", "timezone"), _created("{1}"), stated=UTC),
            Way(("created_at",), _created(None), stated=UTC),
            *_clocked(),
        ),
        "text": unrepeated("tweet", "retweet"),
        "language": text("language"),
        "retweet_of": ident("retweet_id"),
        "reply_to": absent("reply_to"),
        "quoted": (_status("quote_url"),),
        "hashtags": python_list("hashtags", strip="#"),
        "urls": python_list("urls"),
        "mentions": python_list("mentions", key="screen_name", strip="@"),
        "likes": number("likes_count"),
        "retweets": number("retweets_count"),
        "platform": constant("Twitter"),
    },
)
