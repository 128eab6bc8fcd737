"""4CAT's CSV: a common core, and columns of the source that it was made from.

`timestamp` is UTC for tweets; for other sources it is on the clock of the 4CAT server, and `unix_timestamp` is the
moment itself (`map_item` of each data source). Bluesky has `created_at` with its offset. What 4CAT imported from
CrowdTangle lost its zone on the way, Eastern time having been written as if it were UTC: such a file has no
`created_at`; the CrowdTangle export itself has.

Whom a post repeats, quotes or answers is told by name and yes/no, so `retweet_of`, `quoted` and, but for Telegram,
`reply_to` are absent. The `text` of a retweet is that of
the original. The raw objects (NDJSON) are no 4CAT CSV.
"""

from __future__ import annotations

from factcheck.evidence.formats.exports.crowdtangle import ADMINS
from factcheck.evidence.formats.exports.lists import addresses
from factcheck.evidence.formats.presets import (
    INTEGER,
    TEXT,
    Preset,
    Way,
    absent,
    among,
    constant,
    doubted,
    ident,
    moment,
    number,
    separated,
    text,
    unrepeated,
)

_CORE = frozenset({"id", "thread_id", "author", "body", "timestamp"})
_TWITTER = ("is_retweet", "retweeted_user")
_TIKTOK = ("tiktok_url",)
_TELEGRAM = ("author_forwarded_from_name", "author_username")
_BLUESKY = ("replied_to_post", "repost_count")
_INSTAGRAM = ("num_likes", "num_comments")
_FACEBOOK = ("page_top_country", "page_likes")  # from CrowdTangle
_REDDIT = ("subreddit", "post_flair")

PRESET = Preset(
    "4cat",
    "4CAT export",
    ("csv",),
    (
        _CORE | {"unix_timestamp"},
        _CORE | {"subject"},
        _CORE | {*_BLUESKY},
    ),
    {
        "id": ident("id"),
        "author": text("author_username") + text("author"),
        "author_id": ident("author_id") + among(ident("author"), "author_username") + ident("page_id"),
        "created_at": (
            *absent(*_FACEBOOK),
            *absent("usertags", "mentioned", "thumbnail_url"),  # Instagram from CrowdTangle
            *among(moment("created_at"), *_BLUESKY),
            *among(moment("timestamp"), *_TWITTER),
            *moment("unix_timestamp", format="unix"),
            *moment("timestamp"),
        ),
        "text": unrepeated("body", "is_retweet"),
        "language": (*text("language_guess"), Way(("languages",), "nullif({0}, 'N/A')", stated=TEXT)),
        "country": among(text("location_created"), *_TIKTOK) + doubted(text("page_top_country"), ADMINS),
        "location": text("place_name") + text("location_name"),
        "reply_to": among(ident("reply_to"), *_TELEGRAM),
        "hashtags": separated("hashtags", strip="#", none=True) + among(separated("tags", none=True), *_BLUESKY),
        "urls": addresses("urls", none=True) + among(addresses("links", none=True), *_BLUESKY),
        "mentions": separated("mentions", strip="@", none=True),
        "likes": (
            *number("like_count", "likes", "amount_likes"),
            Way(("num_likes",), "nullif(trim({0}), '-1')", stated=INTEGER),  # hidden by the account
        ),
        "retweets": number("retweet_count", "repost_count", "shares", "amount_shares"),
        "followers": number("author_followers", "page_followers"),
        "account_created_at": among(moment("author_created_at"), *_BLUESKY),
        "platform": among(constant("Twitter"), *_TWITTER)
        + among(constant("TikTok"), *_TIKTOK)
        + among(constant("Telegram"), *_TELEGRAM)
        + among(constant("Bluesky"), *_BLUESKY)
        + among(constant("Instagram"), *_INSTAGRAM)
        + among(constant("Facebook"), *_FACEBOOK)
        + among(constant("Reddit"), *_REDDIT),
    },
)
