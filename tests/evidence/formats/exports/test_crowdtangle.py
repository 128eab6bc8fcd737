"""CrowdTangle's CSV: pages, groups, Instagram."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from ingest.desk import Desk

from .tables import CROWDTANGLE, CROWDTANGLE_INSTAGRAM, canonical, codes, first, lost, table

SHARED = Path(__file__).parents[5] / "shared" / "data" / "open" / "raw-formats"
WEIGHTED = "Total Interactions (weighted  —  Likes 1x Shares 1x Comments 1x )"
POST = {
    "Page Name": "An invented page",
    "User Name": "invented",
    "Facebook Id": "100000000000007",
    "Page Admin Top Country": "FR",
    "Page Created": "2012-03-04 05:06:07",
    "Likes at Posting": "1,000",
    "Followers at Posting": "1,234,567",
    "Post Created": "2021-05-10 09:08:07 EDT",
    "Type": "Link",
    "Total Interactions": "1,505",
    "Likes": "1,500",
    "Comments": "0",
    "Shares": "5",
    "Video Length": "N/A",
    "URL": "https://www.facebook.com/100000000000007/posts/660000000000001",
    "Message": "One",
}


def test_every_canonical_column_of_a_page(desk: Desk) -> None:
    winter = POST | {
        "Post Created": "2021-01-10 09:08:07 EST",
        "Followers at Posting": "N/A",
        "URL": "https://www.facebook.com/permalink.php?story_fbid=660000000000002&id=7",
    }
    found = desk.csv(table(f"{CROWDTANGLE},{WEIGHTED}", POST, winter))
    assert (found.format, lost(found)) == ("crowdtangle", {})
    assert canonical(found) == {
        "id", "author", "author_id", "created_at", "text", "country", "likes", "retweets", "followers",
        "account_created_at", "platform",
    }  # fmt: skip
    assert desk.rows(found, "id, author, author_id, created_at, text, country", "ORDER BY id") == [
        ("660000000000001", "An invented page", "100000000000007", datetime(2021, 5, 10, 13, 8, 7), "One", "FR"),
        ("660000000000002", "An invented page", "100000000000007", datetime(2021, 1, 10, 14, 8, 7), "One", "FR"),
    ]
    assert desk.rows(found, "likes, retweets, followers, account_created_at, platform", "ORDER BY id") == [
        (1500, 5, 1234567, datetime(2012, 3, 4, 5, 6, 7), "Facebook"),
        (1500, 5, None, datetime(2012, 3, 4, 5, 6, 7), "Facebook"),
    ]


def test_a_time_without_a_zone_is_lost_and_that_of_the_page_is_asked_about(desk: Desk) -> None:
    rows = [POST | {"Post Created": f"2021-05-10 09:08:07{zone}"} for zone in ("", " EDT", " XYZ", " CEST", " CST")]
    found = desk.csv(table(CROWDTANGLE, *rows))
    assert first(desk.rows(found, "created_at")) == [
        None, datetime(2021, 5, 10, 13, 8, 7), None, datetime(2021, 5, 10, 7, 8, 7), None,
    ]  # fmt: skip
    assert lost(found) == {"created_at": 3}
    assert "clock-unknown" in codes(found)
    stated = desk.csv(table(CROWDTANGLE, POST), "columns: {account_created_at: {timezone: America/New_York}}")
    assert "clock-unknown" not in codes(stated)
    assert first(desk.rows(stated, "account_created_at")) == [datetime(2012, 3, 4, 10, 6, 7)]


def test_a_group_has_no_authors(desk: Desk) -> None:
    headings = CROWDTANGLE.replace("Page Name", "Group Name")
    row = {("Group Name" if name == "Page Name" else name): value for name, value in POST.items()}
    found = desk.csv(table(headings, row | {"URL": "https://www.facebook.com/groups/55/permalink/660000000000003/"}))
    assert found.format == "crowdtangle"
    assert canonical(found) == {
        "id", "created_at", "text", "country", "likes", "retweets", "account_created_at", "platform",
    }  # fmt: skip
    assert desk.rows(found, "id, platform") == [("660000000000003", "Facebook")]


def test_every_canonical_column_of_instagram(desk: Desk) -> None:
    post = {
        "Account": "Ana", "User Name": "ana_invented", "Followers at Posting": "12,000",
        "Post Created": "2021-05-10 09:08:07 EDT", "Type": "Photo", "Likes": "1,500", "Comments": "3",
        "URL": "https://www.instagram.com/p/CAbc_-1/", "Description": "One",
    }  # fmt: skip
    found = desk.csv(table(CROWDTANGLE_INSTAGRAM, post))
    assert (found.format, codes(found), lost(found)) == ("crowdtangle", ["recognised", "thousands-unread"], {})
    assert canonical(found) == {"id", "author", "created_at", "text", "likes", "followers", "platform"}
    assert desk.rows(found, "id, author, created_at, text, likes, followers, platform") == [
        ("CAbc_-1", "ana_invented", datetime(2021, 5, 10, 13, 8, 7), "One", 1500, 12000, "Instagram")
    ]


@pytest.mark.parametrize(
    ("name", "records"),
    [("crowdtangle_db1_rows_with_genocide.csv", 2203), ("crowdtangle_db2_rows_with_genocide.csv", 382)],
)
def test_published_subsets(desk: Desk, name: str, records: int) -> None:
    """Five columns of real exports (architmeta/crowdtangle-jupyter-nb, CC0 1.0)."""
    if not (SHARED / name).exists():
        pytest.skip("the published CrowdTangle subsets are not on this machine")
    found = desk.csv((SHARED / name).read_bytes())
    assert found.format == "crowdtangle"
    assert found.ledger is not None
    assert (found.ledger.records, found.ledger.loaded, lost(found)) == (records, records, {})
    assert canonical(found) == {"id", "author", "created_at", "text", "retweets", "platform"}
    (times,) = desk.rows(found, "count(created_at), count(CASE WHEN id = URL THEN 1 END)")
    assert times == (records, 0)
