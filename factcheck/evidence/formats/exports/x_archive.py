"""The releases of information operations by Twitter (2018 to 2021): the files of tweets, and those of users.

`tweet_time` is UTC and has no seconds; `account_creation_date` is a day (the releases' README). Accounts with fewer
than 5,000 followers are hashed in the public files: `author` and `author_id` are then the same hash, and the texts
name the hash too. `user_mentions` holds ids or hashes of accounts, not handles, so there is no `mentions`.
An empty cell of a list means that there are none. The `text` of a retweet is that of the original, often cut off.
"""

from __future__ import annotations

from factcheck.evidence.formats.exports.lists import archive_list
from factcheck.evidence.formats.presets import Preset, constant, ident, moment, number, text, unrepeated

PRESET = Preset(
    "x-archive",
    "Twitter release of an information operation",
    ("csv",),
    (
        frozenset({"tweetid", "userid", "user_screen_name", "tweet_text", "tweet_time", "is_retweet"}),
        frozenset({"userid", "user_screen_name", "user_reported_location", "follower_count", "account_creation_date"}),
    ),
    {
        "id": ident("tweetid"),
        "author": text("user_screen_name"),
        "author_id": ident("userid"),
        "created_at": moment("tweet_time"),
        "text": unrepeated("tweet_text", "is_retweet"),
        "language": text("tweet_language"),
        "location": text("user_reported_location"),
        "retweet_of": ident("retweet_tweetid"),
        "reply_to": ident("in_reply_to_tweetid"),
        "quoted": ident("quoted_tweet_tweetid"),
        "hashtags": archive_list("hashtags"),
        "urls": archive_list("urls"),
        "likes": number("like_count"),
        "retweets": number("retweet_count"),
        "followers": number("follower_count"),
        "following": number("following_count"),
        "account_created_at": moment("account_creation_date"),
        "platform": constant("Twitter"),
    },
)
