"""Invented tweets, users and pages in the form of Twitter's API v2."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]
RETRIEVED = {"url": "https://api.example.org/2/tweets/search/all", "version": "2.14.0"}
RETRIEVED["retrieved_at"] = "2021-05-02T10:00:00+00:00"


def user(id: int, username: str, /, **more: Any) -> Json:
    counts = {"followers_count": id * 10, "following_count": id, "tweet_count": 1, "listed_count": 0}
    return {
        "id": str(id),
        "username": username,
        "name": f"The {username}",
        "created_at": "2011-01-02T03:04:05.000Z",
        "verified": False,
        "public_metrics": counts,
        **more,
    }


def tweet(id: int, author: int, text: str, /, **more: Any) -> Json:
    counts = {"retweet_count": 4, "reply_count": 0, "like_count": id % 100, "quote_count": 0}
    return {
        "id": str(id),
        "author_id": str(author),
        "conversation_id": str(id),
        "created_at": "2021-04-08T19:34:16.000Z",
        "text": text,
        "lang": "en",
        "possibly_sensitive": False,
        "public_metrics": counts,
        **more,
    }


def refers(kind: str, id: int) -> list[Json]:
    return [{"type": kind, "id": str(id)}]


def page(data: Any, users: Sequence[Json] = (), tweets: Sequence[Json] = (), **more: Any) -> Json:
    includes = {"users": list(users), "tweets": list(tweets), "places": more.pop("places", [])}
    return {"data": data, "includes": includes, "meta": {"result_count": 1}, "__twarc": RETRIEVED, **more}


def lines(*values: Json | str) -> str:
    """A file of these lines; texts stand as they are."""
    return "".join(f"{value if isinstance(value, str) else json.dumps(value)}\n" for value in values)


# More than fits into a double: rounded to one it ends in …360.
BIG = 1380242611781386245
ANA, BEN, CEM = user(71, "ana", location="Córdoba"), user(72, "ben"), user(73, "cem", location="")
ORIGINAL = tweet(
    BIG - 9,
    72,
    "An original that says more than fits into a retweet of it #vote @dia https://t.example.org/1",
    entities={
        "hashtags": [{"start": 60, "end": 65, "tag": "vote"}],
        "mentions": [{"start": 66, "end": 70, "username": "dia"}],
        "urls": [
            {
                "start": 71,
                "end": 95,
                "url": "https://t.example.org/1",
                "expanded_url": "https://news.example.org/long",
                "display_url": "news.example.org/long",
            },
            {
                "start": 96,
                "end": 99,
                "url": "https://t.example.org/2",
                "expanded_url": "https://twitter.example/ben/status/1/photo/1",
                "display_url": "pic.twitter.example/x",
                "media_key": "3_1",
            },
        ],
    },
)
PLAIN_ORIGINAL = tweet(BIG - 8, 72, "Nothing in it")
NAMES_BEN = {"mentions": [{"start": 3, "end": 7, "username": "ben"}]}
RETWEET = tweet(
    BIG,
    71,
    "RT @ben: An original that says more…",
    public_metrics={"retweet_count": 4, "reply_count": 0, "like_count": 0, "quote_count": 0},
    referenced_tweets=refers("retweeted", BIG - 9),
    entities=NAMES_BEN,
)
PLAIN_RETWEET = tweet(
    BIG + 1,
    73,
    "RT @ben: Nothing in it",
    public_metrics={"retweet_count": 4, "reply_count": 0, "like_count": 0, "quote_count": 0},
    referenced_tweets=refers("retweeted", BIG - 8),
    entities=NAMES_BEN,
)
CUT_OFF = tweet(
    BIG + 2,
    71,
    "RT @gone: What nobody can see any more…",
    public_metrics={"retweet_count": 4, "reply_count": 0, "like_count": 0, "quote_count": 0},
    referenced_tweets=refers("retweeted", BIG - 7),
    entities={"mentions": [{"start": 3, "end": 8, "username": "gone"}]},
)
REPLY = tweet(
    BIG + 3,
    71,
    "No.\nSecond line",
    referenced_tweets=refers("replied_to", BIG - 9),
    in_reply_to_user_id="72",
    geo={"place_id": "p1"},
)
QUOTE = tweet(BIG + 4, 73, "Look at é́this", referenced_tweets=refers("quoted", BIG - 8), lang="es")
PLACE = {"id": "p1", "full_name": "Córdoba, Land", "country": "Land", "country_code": "LD", "place_type": "city"}
TWEETS = (RETWEET, PLAIN_RETWEET, CUT_OFF, REPLY, QUOTE)
PAGES = (
    page([RETWEET, PLAIN_RETWEET], [ANA, BEN, CEM], [ORIGINAL, PLAIN_ORIGINAL]),
    page([CUT_OFF, REPLY, QUOTE], [ANA, BEN, CEM], [ORIGINAL, PLAIN_ORIGINAL], places=[PLACE]),
)
