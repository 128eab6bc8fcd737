"""The CSV that `twarc2 csv` makes of twarc's files: of tweets, users, counts or compliance events.

The tool writes the original's text, entities and metrics into a retweet. The canonical columns undo what would make
them mean something else than in the JSON: a retweet has no likes of its own, and does not name whom it repeats.
"""

from __future__ import annotations

from factcheck.evidence.formats import Exported, csv
from factcheck.evidence.formats.exports.twarc_fields import RETWEETED, TWITTER, moment
from factcheck.evidence.formats.presets import (
    INTEGER,
    LIST,
    TEXT,
    Preset,
    Way,
    Ways,
    absent,
    among,
    ident,
    number,
    text,
)
from factcheck.evidence.formats.source import Job, Source, SourceColumn

_LIKES = "public_metrics.like_count"
_FIELDS = {"hashtags": ("tag", "#"), "mentions": ("username", "@"), "urls": ("expanded_url", "")}


def _listed(name: str, asked: bool) -> Ways:
    """A list written as JSON: of texts, or of objects where entities were not processed. No list at all is lost.

    Where entities were `asked` for, an empty cell says that there are none.
    """
    field, mark = _FIELDS[name]
    plain = f"ltrim(x ->> '$', '{mark}')" if mark else "x ->> '$'"
    item = f"CASE json_type(x) WHEN 'OBJECT' THEN x ->> '$.{field}' ELSE {plain} END"
    items = f"list_transform(from_json({{0}}, '[\"JSON\"]'), lambda x: {item})"
    none = "'[]'::JSON" if asked else "NULL"

    def way(*needs: str, kept: str) -> Way:
        sql = (
            f"CASE WHEN {{0}} IS NULL THEN {none} WHEN json_type(TRY_CAST({{0}} AS JSON)) = 'ARRAY' "
            f"THEN to_json({kept}) ELSE to_json({{0}}) END"
        )
        return Way((f"entities.{name}", *needs), sql, stated=LIST, type="JSON")

    # A retweet of a tweet without entities keeps its own, which name whom it repeats: its text then does not.
    repeated = "{1} IS NOT NULL AND lower(x) = lower({1}) AND NOT contains(lower({2}), '@' || lower(x))"
    if name == "mentions":
        kept = f"list_filter({items}, lambda x: NOT coalesce({repeated}, false))"
        return (way("retweeted_username", "text", kept=kept), way(kept=items))
    return (way(kept=items),)


def _columns(asked: bool) -> dict[str, Ways]:
    return {
        "id": ident("id"),
        "author": text("author.username", "username"),
        "author_id": (*ident("author_id", "author.id"), *among(ident("id"), "username")),
        "created_at": (*absent("username"), *moment("created_at")),
        "text": (Way(("text",), "replace({0}, '\\n', chr(10))", stated=TEXT),),
        "language": text("lang"),
        "country": text("geo.country"),
        "location": text("author.location", "location"),
        "retweet_of": ident(f"{RETWEETED}.id"),
        "reply_to": ident("referenced_tweets.replied_to.id"),
        "quoted": ident("referenced_tweets.quoted.id"),
        **{name: _listed(name, asked) for name in ("hashtags", "urls", "mentions")},
        "likes": (
            Way((_LIKES, f"{RETWEETED}.id"), "CASE WHEN {1} IS NULL THEN {0} ELSE '0' END", stated=INTEGER),
            *number(_LIKES),
        ),
        "retweets": number("public_metrics.retweet_count"),
        "followers": number("author.public_metrics.followers_count", "public_metrics.followers_count"),
        "following": number("author.public_metrics.following_count", "public_metrics.following_count"),
        "account_created_at": (*moment("author.created_at"), *among(moment("created_at"), "username")),
        "platform": TWITTER,
    }


SIGNS = tuple(
    frozenset(sign.split())
    for sign in (
        "id author_id created_at text author.username public_metrics.like_count referenced_tweets.retweeted.id",
        "id text author.username entities.hashtags __twarc.retrieved_at",
        "id username public_metrics.followers_count public_metrics.tweet_count __twarc.retrieved_at",
        "start end tweet_count __twarc.retrieved_at",
        "id text __twarc.retrieved_at",
        "id action created_at redacted_at reason",
    )
)
# Columns that would else be typed by what they happen to hold: of ids and words none is a number, and a whole number
# is one also where the tool writes 58.0, because other rows of its batch lack it.
_WORDS = (
    *("conversation_id", "in_reply_to_user_id", "in_reply_to_username", "retweeted_user_id", "retweeted_username"),
    *("quoted_user_id", "quoted_username", "source", "reply_settings", "withheld.scope", "name", "description"),
    *("pinned_tweet_id", "profile_image_url", "url", "verified_type", "author.id", "author.name", "author.description"),
    *("author.url", "author.pinned_tweet_id", "author.profile_image_url", "author.verified_type"),
    *("author.withheld.scope", "attachments.poll.id", "attachments.poll.voting_status", "geo.id", "geo.name"),
    *("geo.full_name", "geo.place_id", "geo.place_type", "geo.country_code", "geo.coordinates.type", "geo.geo.type"),
    *("__twarc.url", "__twarc.version"),
)
_WHOLE = (
    *("public_metrics.impression_count", "public_metrics.reply_count", "public_metrics.quote_count"),
    *("public_metrics.bookmark_count", "public_metrics.listed_count", "public_metrics.tweet_count"),
    *("author.public_metrics.listed_count", "author.public_metrics.tweet_count", "edit_controls.edits_remaining"),
    *("attachments.poll.duration_minutes", "tweet_count", "member_count", "follower_count"),
)


def _preset(asked: bool) -> Preset:
    raw = {**{name: text(name) for name in _WORDS}, **{name: number(name) for name in _WHOLE}}
    raw |= {name: moment(name) for name in ("start", "end")}
    return Preset("twarc-csv", "twarc-csv file", ("csv",), SIGNS, {**_columns(asked), **raw})


PRESET = _preset(asked=True)


def head(job: Job) -> dict[str, SourceColumn]:
    """The columns by the headings."""
    return _format(job).head(job)


def open(job: Job) -> Source:
    """The table with its canonical columns."""
    return _format(job).open(job)


def _format(job: Job) -> Exported:
    """The tool writes no less columns where entities were not asked for: the first rows have to tell."""
    columns = csv.head(job)
    entities = [column for name, column in columns.items() if name.startswith("entities.")]
    return Exported(_preset(any(value for column in entities for value in column.sample)))
