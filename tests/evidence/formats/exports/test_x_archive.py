"""Twitter's releases of information operations."""

from __future__ import annotations

from datetime import datetime

from ingest.desk import Desk

from .tables import X_ARCHIVE, canonical, codes, first, lost, table

HASH = "0a1b2c3d" * 8
TWEET = {
    "tweetid": "771000000000000001",
    "userid": HASH,
    "user_display_name": HASH,
    "user_screen_name": HASH,
    "user_reported_location": "An invented town",
    "follower_count": "120",
    "following_count": "80",
    "account_creation_date": "2013-12-07",
    "account_language": "en",
    "tweet_language": "ru",
    "tweet_text": f"RT @{HASH}: One",
    "tweet_time": "2016-09-01 12:34",
    "tweet_client_name": "An invented client",
    "in_reply_to_tweetid": "",
    "quoted_tweet_tweetid": "",
    "is_retweet": "True",
    "retweet_userid": HASH,
    "retweet_tweetid": "770000000000000002",
    "latitude": "absent",
    "longitude": "absent",
    "quote_count": "0",
    "reply_count": "1",
    "like_count": "3",
    "retweet_count": "2",
    "hashtags": "[uno, dos]",
    "urls": "[https://a.example/x,y, https://b.example]",
    "user_mentions": f"[{HASH}]",
}


def test_every_canonical_column(desk: Desk) -> None:
    reply = TWEET | {
        "tweetid": "771000000000000003", "is_retweet": "False", "retweet_tweetid": "", "retweet_userid": "",
        "in_reply_to_tweetid": "769000000000000004", "quoted_tweet_tweetid": "769000000000000005", "hashtags": "[]",
        "urls": "",
    }  # fmt: skip
    found = desk.csv(table(X_ARCHIVE, TWEET, reply))
    assert (found.format, codes(found), lost(found)) == ("x-archive", ["recognised"], {})
    assert canonical(found) == {
        "id", "author", "author_id", "created_at", "text", "language", "location", "retweet_of", "reply_to", "quoted",
        "hashtags", "urls", "likes", "retweets", "followers", "following", "account_created_at", "platform",
    }  # fmt: skip
    assert desk.rows(found, "id, author, author_id, created_at, text, language, location", "ORDER BY id LIMIT 1") == [
        ("771000000000000001", HASH, HASH, datetime(2016, 9, 1, 12, 34), "One", "ru", "An invented town")
    ]
    assert desk.rows(found, "retweet_of, reply_to, quoted, hashtags, urls", "ORDER BY id") == [
        ("770000000000000002", None, None, ["uno", "dos"], ["https://a.example/x,y", "https://b.example"]),
        (None, "769000000000000004", "769000000000000005", [], []),
    ]
    assert desk.rows(found, "likes, retweets, followers, following, account_created_at, platform", "LIMIT 1") == [
        (3, 2, 120, 80, datetime(2013, 12, 7), "Twitter")
    ]


def test_lists_of_all_releases(desk: Desk) -> None:
    cells = ["['uno', \"do's\"]", "[uno]", "[]", "", "[uno, dos, ]", "uno", "[uno"]
    rows = [TWEET | {"tweetid": str(100 + n), "hashtags": cell} for n, cell in enumerate(cells)]
    found = desk.csv(table(X_ARCHIVE, *rows))
    assert first(desk.rows(found, "hashtags", "ORDER BY id")) == [
        ["uno", "do's"],
        ["uno"],
        [],
        [],
        ["uno", "dos"],
        None,
        None,
    ]
    assert lost(found) == {"hashtags": 2}


def test_what_does_not_fit_is_lost_and_rounded_ids_are_refused(desk: Desk) -> None:
    odd = TWEET | {"tweet_time": "1 September", "like_count": "many", "account_creation_date": "absent"}
    assert lost(desk.csv(table(X_ARCHIVE, TWEET, odd))) == {"created_at": 1, "likes": 1, "account_created_at": 1}
    assert "'retweet_of' holds identifiers" in desk.csv_fails(table(X_ARCHIVE, TWEET | {"retweet_tweetid": "7.7E+17"}))


def test_without_the_language_of_tweets_there_is_none(desk: Desk) -> None:
    """The first release had no `tweet_language`; that of the account is another thing."""
    row = {name: value for name, value in TWEET.items() if name != "tweet_language"}
    found = desk.csv(table(X_ARCHIVE.replace("tweet_language,", ""), row))
    assert found.format == "x-archive"
    assert "language" not in canonical(found)


def test_the_file_of_users(desk: Desk) -> None:
    """One row an account: no posts, so no `id`, no `created_at`, no `text`."""
    headings = X_ARCHIVE.split(",tweet_language")[0].removeprefix("tweetid,")
    user = {name: value for name, value in TWEET.items() if name in headings.split(",")}
    found = desk.csv(table(headings, user))
    assert found.format == "x-archive"
    assert canonical(found) == {
        "author", "author_id", "location", "followers", "following", "account_created_at", "platform",
    }  # fmt: skip
    assert desk.rows(found, "author, location, followers, following, account_created_at") == [
        (HASH, "An invented town", 120, 80, datetime(2013, 12, 7))
    ]
