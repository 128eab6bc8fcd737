"""Brandwatch's CSV of mentions, its headings below some lines on the report ("Report:", "Brand:", …).

`Date` is on the clock that the project was set to, which the columns do not name: without a `timezone` in the
manifest it is read as UTC, and a notice says so. A file mixes platforms, and what it counts for tweets stands in
columns of their own, which are 0 or empty for all else: likes, retweets, followers and following are of tweets only.
Of a tweet the `id` is the number in its URL, which is also how retweets and replies name it; of all else it is
`Resource Id`.
"""

from __future__ import annotations

from dataclasses import replace

from factcheck.evidence.formats.exports.clocks import unknown
from factcheck.evidence.formats.exports.lists import addresses
from factcheck.evidence.formats.presets import INTEGER, TEXT, UNZONED, Preset, Way, Ways, ident, separated, text

_STATUS = r"(?:twitter|x)\.com/.*/status(?:es)?/(\d+)"
_MOMENT = r"\d\d\d\d-\d\d-\d\d \d\d:\d\d(:\d\d(\.\d+)?)?"


def _status(cell: str) -> str:
    return f"nullif(regexp_extract({cell}, '{_STATUS}', 1), '')"


def _pointer(name: str) -> Ways:
    """The tweet that an address names; other text is kept as it is."""
    return (Way((name,), f"coalesce({_status('{0}')}, nullif(trim({{0}}), ''))", stated=TEXT, identifies=True),)


def _of_tweets(*names: str) -> Ways:
    """A number that the file gives for tweets only."""
    sql = "CASE WHEN lower(trim({1})) IN ('twitter', 'x') THEN {0} END"
    return tuple(Way((name, "Page Type"), sql, stated=replace(INTEGER, thousands=",")) for name in names)


def _date() -> Ways:
    sql = f"CASE WHEN regexp_full_match(trim({{0}}), '{_MOMENT}') THEN trim({{0}}) ELSE {unknown('{0}')} END"
    return (Way(("Date",), sql, stated=UNZONED),)


PRESET = Preset(
    "brandwatch",
    "Brandwatch export",
    ("csv",),
    (
        frozenset({"Query Id", "Query Name", "Date", "Url", "Page Type", "Author"}),
        frozenset({"Query Id", "Query Name", "Date", "Url", "Sentiment", "Snippet", "Author"}),
    ),
    {
        "id": (
            Way(("Url", "Resource Id"), f"coalesce({_status('{0}')}, {{1}})", stated=TEXT, identifies=True),
            *ident("Resource Id"),
        ),
        "author": text("Author"),
        "author_id": ident("Twitter Author ID"),
        "created_at": _date(),
        "text": text("Full Text", "Snippet"),
        "language": text("Language"),
        "country": text("Country"),
        "retweet_of": _pointer("Twitter Retweet of"),
        "reply_to": _pointer("Twitter Reply to"),
        "hashtags": separated("Hashtags", strip="#"),
        "urls": addresses("Expanded URLs"),
        "mentions": separated("Mentioned Authors", strip="@"),
        "likes": _of_tweets("Twitter Likes"),
        "retweets": _of_tweets("Twitter Retweets"),
        "followers": _of_tweets("Twitter Followers"),
        "following": _of_tweets("Twitter Following"),
        "platform": text("Page Type"),
    },
    preamble=True,
)
