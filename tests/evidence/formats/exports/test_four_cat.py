"""4CAT's CSV, by data source."""

from __future__ import annotations

from datetime import datetime

from ingest.desk import Desk

from .tables import (
    FOUR_CAT_BLUESKY,
    FOUR_CAT_CROWDTANGLE,
    FOUR_CAT_INSTAGRAM,
    FOUR_CAT_TELEGRAM,
    FOUR_CAT_TIKTOK,
    FOUR_CAT_TWITTER,
    canonical,
    first,
    lost,
    table,
)

# A server in Amsterdam, in summer two hours ahead: where 4CAT writes its own clock, the two columns disagree.
# 1588493472 is 3 May 2020, 08:11:12 UTC.
MOMENT = datetime(2020, 5, 3, 8, 11, 12)
TWEET = {
    "id": "1256000000000000002",
    "thread_id": "1256000000000000002",
    "timestamp": "2020-05-03 08:11:12",
    "unix_timestamp": "1588486272",
    "body": "RT @ben_invented: One",
    "author": "ana_invented",
    "author_fullname": "Ana",
    "author_id": "900000000000000007",
    "language_guess": "en",
    "retweet_count": "2",
    "reply_count": "1",
    "like_count": "3",
    "quote_count": "0",
    "is_retweet": "yes",
    "retweeted_user": "ben_invented",
    "is_quote_tweet": "no",
    "is_reply": "no",
    "hashtags": "uno,dos",
    "urls": "https://a.example/x,y,https://b.example",
    "mentions": "ben_invented,cem",
    "place_name": "An invented town",
}


def test_twitter(desk: Desk) -> None:
    """The text of the time is Twitter's own, in UTC; the number is off by the server's clock."""
    plain = TWEET | {"id": "1256000000000000003", "hashtags": "", "urls": "", "mentions": "", "is_retweet": "no"}
    found = desk.csv(table(FOUR_CAT_TWITTER, TWEET, plain))
    assert (found.format, lost(found)) == ("4cat", {})
    assert canonical(found) == {
        "id", "author", "author_id", "created_at", "text", "language", "location", "hashtags", "urls", "mentions",
        "likes", "retweets", "platform",
    }  # fmt: skip
    assert desk.rows(found, "id, author, author_id, created_at, text, language, location", "ORDER BY id LIMIT 1") == [
        (
            "1256000000000000002",
            "ana_invented",
            "900000000000000007",
            MOMENT,
            "One",
            "en",
            "An invented town",
        )
    ]
    assert desk.rows(found, "hashtags, urls, mentions, likes, retweets, platform, is_retweet", "ORDER BY id") == [
        (
            ["uno", "dos"],
            ["https://a.example/x,y", "https://b.example"],
            ["ben_invented", "cem"],
            3,
            2,
            "Twitter",
            "yes",
        ),
        ([], [], [], 3, 2, "Twitter", "no"),
    ]


def test_the_text_of_a_retweet_is_that_of_the_original(desk: Desk) -> None:
    """What is no retweet keeps what its author typed; older files have a blank where newer ones have a colon."""
    rows = [
        TWEET | {"id": "1", "body": "RT @ben_invented: One: RT @cem: two", "is_retweet": "yes"},
        TWEET | {"id": "2", "body": "RT @ben_invented One", "is_retweet": "yes"},
        TWEET | {"id": "3", "body": "RT @ben_invented: One", "is_retweet": "no"},
    ]
    found = desk.csv(table(FOUR_CAT_TWITTER, *rows))
    assert desk.rows(found, "text, body", "ORDER BY id") == [
        ("One: RT @cem: two", "RT @ben_invented: One: RT @cem: two"),
        ("One", "RT @ben_invented One"),
        ("RT @ben_invented: One", "RT @ben_invented: One"),
    ]


def test_tiktok(desk: Desk) -> None:
    video = {
        "id": "7000000000000000001", "thread_id": "7000000000000000001", "author": "ana_invented",
        "author_followers": "120", "body": "One #uno", "timestamp": "2020-05-03 10:11:12", "unix_timestamp": "1588493472",
        "tiktok_url": "https://tiktok.example/1", "likes": "3", "comments": "1", "shares": "2", "plays": "40",
        "hashtags": "uno", "location_created": "FR",
    }  # fmt: skip
    found = desk.csv(table(FOUR_CAT_TIKTOK, video))
    assert canonical(found) == {
        "id", "author", "created_at", "text", "country", "hashtags", "likes", "retweets", "followers", "platform",
    }  # fmt: skip
    assert desk.rows(found, "created_at, country, hashtags, likes, retweets, followers, platform") == [
        (MOMENT, "FR", ["uno"], 3, 2, 120, "TikTok")
    ]


def test_telegram(desk: Desk) -> None:
    """The moment is the number; `author` is a number too, the handle stands beside it."""
    message = {
        "id": "41", "thread_id": "channel", "chat": "channel", "author": "700", "author_username": "ana_invented",
        "body": "One", "reply_to": "40", "views": "9", "timestamp": "2020-05-03 10:11:12",
        "unix_timestamp": "1588493472", "author_forwarded_from_name": "",
    }  # fmt: skip
    found = desk.csv(table(FOUR_CAT_TELEGRAM, message, message | {"id": "42", "reply_to": ""}))
    assert canonical(found) == {"id", "author", "author_id", "created_at", "text", "reply_to", "platform"}
    assert desk.rows(found, "author, author_id, created_at, reply_to, platform", "ORDER BY id") == [
        ("ana_invented", "700", MOMENT, "40", "Telegram"),
        ("ana_invented", "700", MOMENT, None, "Telegram"),
    ]
    assert found.columns["author_id"].uses == ("raw.author", "author_username")


def test_bluesky(desk: Desk) -> None:
    post = {
        "id": "at://did:plc:invented/app.bsky.feed.post/1", "thread_id": "at://did:plc:invented/app.bsky.feed.post/1",
        "created_at": "2020-05-03T10:11:12+02:00", "author": "ana.example", "author_id": "did:plc:invented",
        "body": "One", "tags": "uno,dos", "like_count": "3", "repost_count": "2", "replied_to_post": "",
        "mentions": "ben.example", "links": "https://a.example/x,y", "languages": "en,de",
        "author_created_at": "2019-01-02T03:04:05+00:00", "timestamp": "1588493472.0",
    }  # fmt: skip
    found = desk.csv(table(FOUR_CAT_BLUESKY, post, post | {"languages": "N/A", "tags": ""}))
    assert canonical(found) == {
        "id", "author", "author_id", "created_at", "text", "language", "hashtags", "urls", "mentions", "likes",
        "retweets", "account_created_at", "platform",
    }  # fmt: skip
    assert desk.rows(
        found, "created_at, language, hashtags, urls, mentions, likes, retweets, account_created_at, platform"
    ) == [
        (
            MOMENT,
            "en,de",
            ["uno", "dos"],
            ["https://a.example/x,y"],
            ["ben.example"],
            3,
            2,
            datetime(2019, 1, 2, 3, 4, 5),
            "Bluesky",
        ),
        (MOMENT, None, [], ["https://a.example/x,y"], ["ben.example"], 3, 2, datetime(2019, 1, 2, 3, 4, 5), "Bluesky"),
    ]


def test_instagram(desk: Desk) -> None:
    """-1 likes are those that the account hides."""
    post = {
        "id": "Cabc", "thread_id": "Cabc", "body": "One #uno", "author": "ana_invented", "author_fullname": "Ana",
        "timestamp": "2020-05-03 10:11:12", "unix_timestamp": "1588493472", "hashtags": "uno", "num_likes": "3",
        "num_comments": "1", "location_name": "An invented town",
    }  # fmt: skip
    found = desk.csv(table(FOUR_CAT_INSTAGRAM, post, post | {"id": "Cabd", "num_likes": "-1"}))
    assert canonical(found) == {"id", "author", "created_at", "text", "location", "hashtags", "likes", "platform"}
    assert desk.rows(found, "created_at, likes, location, platform", "ORDER BY id") == [
        (MOMENT, 3, "An invented town", "Instagram"),
        (MOMENT, None, "An invented town", "Instagram"),
    ]
    assert lost(found) == {}


def test_imported_from_crowdtangle(desk: Desk) -> None:
    """The import took the zone off: 4:11:12 Eastern stands there as if it were UTC, so there is no `created_at`."""
    post = {
        "id": "660000000000001", "thread_id": "660000000000001", "body": "One #uno", "author": "ana_invented",
        "timestamp": "2020-05-03 04:11:12", "unix_timestamp": "1588479072", "page_name": "Ana", "page_likes": "100",
        "page_top_country": "FR", "page_id": "100000000000007", "page_followers": "120", "likes": "3", "shares": "2",
        "hashtags": "uno",
    }  # fmt: skip
    found = desk.csv(table(FOUR_CAT_CROWDTANGLE, post))
    assert canonical(found) == {
        "id", "author", "author_id", "text", "country", "hashtags", "likes", "retweets", "followers", "platform",
    }  # fmt: skip
    assert desk.rows(found, "author_id, country, likes, retweets, followers, platform") == [
        ("100000000000007", "FR", 3, 2, 120, "Facebook")
    ]


def test_other_sources_have_the_core(desk: Desk) -> None:
    headings = "id,thread_id,timestamp,unix_timestamp,body,subject,author,post_flair,subreddit,score"
    post = {
        "id": "abc",
        "thread_id": "abc",
        "timestamp": "2020-05-03 10:11:12",
        "unix_timestamp": "1588493472",
        "author": "ana",
        "body": "One",
    }
    found = desk.csv(table(headings, post | {"subreddit": "invented", "score": "5"}))
    assert canonical(found) == {"id", "author", "created_at", "text", "platform"}
    assert desk.rows(found, "id, author, created_at, text, platform") == [("abc", "ana", MOMENT, "One", "Reddit")]
    del post["unix_timestamp"]
    plain = desk.csv(table("id,thread_id,author,body,timestamp,subject", post))
    assert canonical(plain) == {"id", "author", "created_at", "text"}
    assert first(desk.rows(plain, "created_at")) == [datetime(2020, 5, 3, 10, 11, 12)]


def test_rounded_ids_are_refused(desk: Desk) -> None:
    assert "such as 1.256E+18" in desk.csv_fails(table(FOUR_CAT_TWITTER, TWEET | {"id": "1.256E+18"}))
