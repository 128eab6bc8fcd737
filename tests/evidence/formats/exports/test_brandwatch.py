"""Brandwatch's CSV, below its lines on the report."""

from __future__ import annotations

from datetime import datetime

from ingest.desk import Desk

from .tables import BRANDWATCH, PREAMBLE, canonical, codes, first, lost, table

TWEET = {
    "Query Id": "1",
    "Query Name": "An invented query",
    "Date": "2020-05-03 10:11:12.0",
    "Snippet": "One…",
    "Url": "http://twitter.com/ana_invented/statuses/1256000000000000002",
    "Domain": "twitter.com",
    "Sentiment": "neutral",
    "Page Type": "twitter",
    "Language": "en",
    "Country": "France",
    "Author": "ana_invented",
    "Expanded URLs": "https://a.example/x,y, https://b.example",
    "Full Text": "One and the rest",
    "Hashtags": "#uno, #dos",
    "Mentioned Authors": "@ben_invented, @cem",
    "Resource Id": "55500000000000001",
    "Twitter Author ID": "900000000000000007",
    "Twitter Followers": "120",
    "Twitter Following": "80",
    "Twitter Reply to": "http://twitter.com/dia/statuses/1255000000000000004",
    "Twitter Retweet of": "http://twitter.com/ben_invented/statuses/1255000000000000003",
    "Twitter Retweets": "2",
    "Twitter Likes": "3",
}
ARTICLE = {
    "Query Id": "1", "Query Name": "An invented query", "Date": "2020-05-03 10:11:12.0", "Page Type": "news",
    "Url": "https://news.example/1", "Author": "Ana", "Full Text": "An article", "Resource Id": "55500000000000002",
    "Twitter Likes": "0", "Twitter Retweets": "0", "Twitter Followers": "0", "Twitter Following": "0",
}  # fmt: skip


def test_every_canonical_column(desk: Desk) -> None:
    found = desk.csv(PREAMBLE + table(BRANDWATCH, TWEET, ARTICLE))
    assert (found.format, codes(found), lost(found)) == ("brandwatch", ["recognised", "clock-unknown"], {})
    assert found.ledger is not None
    assert (found.ledger.records, found.ledger.loaded) == (2, 2)
    assert canonical(found) == {
        "id", "author", "author_id", "created_at", "text", "language", "country", "retweet_of", "reply_to", "hashtags",
        "urls", "mentions", "likes", "retweets", "followers", "following", "platform",
    }  # fmt: skip
    assert desk.rows(found, "id, author, author_id, created_at, text, language, country", "LIMIT 1") == [
        (
            "1256000000000000002",
            "ana_invented",
            "900000000000000007",
            datetime(2020, 5, 3, 10, 11, 12),
            "One and the rest",
            "en",
            "France",
        )
    ]
    assert desk.rows(found, "retweet_of, reply_to, hashtags, urls, mentions, platform", "LIMIT 1") == [
        (
            "1255000000000000003",
            "1255000000000000004",
            ["uno", "dos"],
            ["https://a.example/x,y", "https://b.example"],
            ["ben_invented", "cem"],
            "twitter",
        )
    ]
    assert desk.rows(found, "id, likes, retweets, followers, following, hashtags, platform") == [
        ("1256000000000000002", 3, 2, 120, 80, ["uno", "dos"], "twitter"),
        ("55500000000000002", None, None, None, None, None, "news"),
    ]


def test_headings_are_found_below_any_few_lines_and_rejects_keep_their_line(desk: Desk) -> None:
    body = table(BRANDWATCH, TWEET, ARTICLE) + "too,few\n"
    for above in ("", '"Report:","x"\n\n', PREAMBLE, PREAMBLE + '"Note:","one, two"\n' * 8):
        found = desk.csv(above + body)
        assert found.format == "brandwatch"
        assert found.ledger is not None
        assert (found.ledger.records, found.ledger.loaded, found.ledger.rejected) == (3, 2, 1)
        assert [reject.line for reject in found.ledger.rejects] == [above.count("\n") + 4]
    assert desk.csv("x,y\n" * 20 + body).format == "csv"


def test_a_stated_skip_and_files_that_differ(desk: Desk) -> None:
    found = desk.csv(PREAMBLE + table(BRANDWATCH, TWEET), "format: brandwatch, read: {skip: 6}")
    assert first(desk.rows(found, "id")) == ["1256000000000000002"]
    desk.write("a.csv", PREAMBLE + table(BRANDWATCH, TWEET))
    desk.write("b.csv", table(BRANDWATCH, TWEET))
    message = desk.fails("d: {files: [a.csv, b.csv]}")
    assert message == (
        "evidence/b.csv has 0 lines above its headings and evidence/a.csv has 6: make a dataset of each, or take the lines out"
    )


def test_the_manifest_says_the_clock_and_what_is_no_time_is_lost(desk: Desk) -> None:
    rows = [TWEET, TWEET | {"Date": "03/05/2020 10:11"}]
    found = desk.csv(PREAMBLE + table(BRANDWATCH, *rows), "columns: {created_at: {timezone: Europe/Paris}}")
    assert first(desk.rows(found, "created_at")) == [datetime(2020, 5, 3, 8, 11, 12), None]
    assert (codes(found), lost(found)) == (["recognised"], {"created_at": 1})


def test_rounded_ids_are_refused(desk: Desk) -> None:
    assert "'author_id' holds" in desk.csv_fails(PREAMBLE + table(BRANDWATCH, TWEET | {"Twitter Author ID": "9E+17"}))
