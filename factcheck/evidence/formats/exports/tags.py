"""TAGS, Martin Hawksey's archive of tweets in a Google sheet.

`created_at` is Twitter's own text with its offset ("Wed May 02 15:01:02 +0000 2018"). `time` is the same moment on
the clock of the sheet's owner, which the file does not name, and is not used. `user_lang` is the language of the
account's settings, not that of the tweet. A retweet is told by its text alone ("RT @…"), which is left so.
"""

from __future__ import annotations

from factcheck.evidence.formats.exports.lists import json_texts
from factcheck.evidence.formats.presets import Preset, constant, ident, moment, number, text

_TWITTER = "%a %b %d %H:%M:%S %z %Y"

PRESET = Preset(
    "tags",
    "TAGS archive",
    ("csv",),
    (
        frozenset({"id_str", "from_user", "text", "created_at", "from_user_id_str", "entities_str"}),
        frozenset({"id_str", "from_user", "text", "created_at", "time", "status_url"}),
    ),
    {
        "id": ident("id_str"),
        "author": text("from_user"),
        "author_id": ident("from_user_id_str"),
        "created_at": moment("created_at", format=_TWITTER),
        "text": text("text"),
        "location": text("user_location"),
        "reply_to": ident("in_reply_to_status_id_str"),
        "hashtags": json_texts("entities_str", "$.hashtags[*].text"),
        "urls": json_texts("entities_str", "$.urls[*].expanded_url"),
        "mentions": json_texts("entities_str", "$.user_mentions[*].screen_name"),
        "likes": number("favorite_count"),
        "retweets": number("retweet_count"),
        "followers": number("user_followers_count"),
        "following": number("user_friends_count"),
        "account_created_at": moment("user_created_at", format=_TWITTER),
        "platform": constant("Twitter"),
    },
)
