"""What is known of the objects of Twitter's API: their kinds, their fields, and which canonical columns these make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from factcheck.evidence.formats.presets import TEXT, UTC, Preset, Way, Ways, constant, ident, number, text
from factcheck.evidence.formats.source import SourceColumn

Path = tuple[str, ...]

# The kinds of object that a file can hold, and one of each in words.
ONE = {"tweets": "tweet", "users": "user", "counts": "count", "compliance": "compliance event", "lists": "list"}

_IDS = {"id", "author_id", "conversation_id", "in_reply_to_user_id", "pinned_tweet_id", "place_id", "owner_id"}
_TEXTS = {
    *("text", "lang", "source", "reply_settings", "username", "name", "description", "location", "url"),
    *("country", "country_code", "full_name", "place_type", "profile_image_url", "verified_type", "type", "version"),
    *("action", "reason", "scope", "voting_status", "in_reply_to_username", "retweeted_username", "quoted_username"),
    *("retweeted_user_id", "quoted_user_id"),
}
LISTS = {
    *("annotations", "cashtags", "hashtags", "mentions", "urls", "context_annotations", "media", "media_keys"),
    *("poll_ids", "options", "matching_rules", "bbox", "country_codes", "edit_history_tweet_ids", "referenced_tweets"),
    *("properties", "tags", "variants"),
}
_TIMES = {"created_at", "redacted_at", "retrieved_at", "editable_until", "end_datetime", "start", "end"}
_FLAGS = {"verified", "protected", "possibly_sensitive", "is_edit_eligible", "copyright", "private"}
_NUMBERS = {"edits_remaining", "duration_minutes"}

# Objects whose fields become columns of their own; those that are not listed are found as they occur.
USER_OBJECTS: tuple[Path, ...] = (
    (),
    ("public_metrics",),
    ("entities",),
    ("entities", "description"),
    ("entities", "url"),
    ("withheld",),
)
PLACE_OBJECTS: tuple[Path, ...] = ((), ("geo",))
OBJECTS: tuple[Path, ...] = (
    *USER_OBJECTS,
    *(("geo",), ("geo", "geo"), ("geo", "coordinates"), ("attachments",), ("edit_controls",), ("__twarc",)),
    *(("author", *path) for path in USER_OBJECTS),
    *(("in_reply_to_user", *path) for path in USER_OBJECTS),
)


def is_value(key: str) -> bool:
    """Whether a key of this name is known to hold no object."""
    return key in _IDS | _TEXTS | LISTS | _TIMES | _FLAGS | _NUMBERS or key.endswith("_count")


def is_number(name: str) -> bool:
    """Whether a column of this dotted name is known to hold whole numbers."""
    last = name.rpartition(".")[2]
    return last.endswith("_count") or last in _NUMBERS


def known(column: SourceColumn) -> SourceColumn:
    """The column with what its name says of its values."""
    last = column.name.rpartition(".")[2]
    if last in _IDS | _TEXTS | LISTS:
        return replace(column, stated=TEXT)
    if is_number(column.name):
        return replace(column, within="numbers")
    return replace(column, within="times") if last in _TIMES else column


# The API's one way to write times, 2021-04-08T19:34:16.000Z, in the form that is read fastest.
_PLAINLY = "CASE WHEN strlen({0}) = 24 AND ends_with({0}, '.000Z') THEN left({0}, 19) ELSE {0} END"
RETWEETED = "referenced_tweets.retweeted"
TWITTER = constant("Twitter")


def moment(name: str) -> Ways:
    """A time of the API."""
    return (Way((name,), _PLAINLY, stated=UTC),)


def _listed(field: str, asked: bool) -> Ways:
    """A list: the original's where the tweet is a retweet of one that the file holds, else the tweet's own.

    Where entities were `asked` for, a tweet without any has none; else nobody knows.
    """
    own, original = f"entities.{field}", f"{RETWEETED}.entities.{field}"
    repeated = "coalesce({1}, []::VARCHAR[])" if asked else "{1}"
    sql = f"CASE WHEN {{2}} IS NOT NULL THEN {repeated} ELSE {{0}} END"
    return (Way((own, original, f"{RETWEETED}.text"), sql, type="VARCHAR[]"),)


def _tweets(asked: bool) -> dict[str, Ways]:
    return {
        "id": ident("id"),
        "author": text("author.username"),
        "author_id": ident("author_id"),
        "created_at": moment("created_at"),
        "text": (Way(("text", f"{RETWEETED}.text"), "coalesce({1}, {0})", stated=TEXT),),
        "language": text("lang"),
        "country": text("geo.country"),
        "location": text("author.location"),
        "retweet_of": ident(f"{RETWEETED}.id"),
        "reply_to": ident("referenced_tweets.replied_to.id"),
        "quoted": ident("referenced_tweets.quoted.id"),
        "hashtags": _listed("hashtags.tag", asked),
        "urls": _listed("urls.expanded_url", asked),
        "mentions": _listed("mentions.username", asked),
        "likes": number("public_metrics.like_count"),
        "retweets": number("public_metrics.retweet_count"),
        "followers": number("author.public_metrics.followers_count"),
        "following": number("author.public_metrics.following_count"),
        "account_created_at": moment("author.created_at"),
        "platform": TWITTER,
    }


USERS: Mapping[str, Ways] = {
    "id": ident("id"),
    "author": text("username"),
    "author_id": ident("id"),
    "created_at": (Way(("created_at",), absent=True),),
    "location": text("location"),
    "followers": number("public_metrics.followers_count"),
    "following": number("public_metrics.following_count"),
    "account_created_at": moment("created_at"),
    "platform": TWITTER,
}
COUNTS: Mapping[str, Ways] = {"platform": TWITTER}
COMPLIANCE: Mapping[str, Ways] = {"id": ident("id"), "created_at": moment("created_at"), "platform": TWITTER}
GROUPS: Mapping[str, Ways] = {"id": ident("id"), "created_at": moment("created_at"), "platform": TWITTER}


def ways(kind: str, *, asked: bool) -> Mapping[str, Ways]:
    """The canonical columns of a kind of object; `asked` tells whether the file's tweets came with their entities."""
    others = {"users": USERS, "counts": COUNTS, "compliance": COMPLIANCE, "lists": GROUPS}
    return _tweets(asked) if kind == "tweets" else others[kind]


def needed(kind: str) -> list[str]:
    """The columns that canonical ones are made from."""
    return list(dict.fromkeys(need for found in ways(kind, asked=True).values() for way in found for need in way.needs))


# What the API gives of every object if it was asked for it: where no object has it, nobody asked.
_ALWAYS = frozenset(
    (
        *("created_at", "lang", "username", "author.username", "author.created_at"),
        *("public_metrics.like_count", "public_metrics.retweet_count"),
        *(f"{whose}public_metrics.{what}_count" for whose in ("", "author.") for what in ("followers", "following")),
    )
)


def may_be_left_out(name: str) -> bool:
    """Whether an object without such a value lacks the key: then a file in which no object has it says nothing."""
    return name not in _ALWAYS


SIGNS = tuple(
    frozenset(sign.split())
    for sign in (
        "data includes __twarc",
        "data meta __twarc",
        "data __twarc.retrieved_at",
        "data includes.users",
        "data includes.tweets",
        "data meta.result_count",
        "data meta.total_tweet_count",
        "data.id data.text data.author_id",
        "data.id data.text matching_rules",
        "errors __twarc",
        "id text author.username author.public_metrics.followers_count public_metrics.like_count",
        "id text author_id conversation_id public_metrics.like_count",
        "id text __twarc.retrieved_at",
        "id username public_metrics.followers_count public_metrics.tweet_count",
        "id username __twarc.retrieved_at",
        "start end tweet_count",
        "id action created_at redacted_at reason",
    )
)
PRESET = Preset("twarc", "twarc file of Twitter's API v2", ("jsonl",), SIGNS, _tweets(asked=True))
