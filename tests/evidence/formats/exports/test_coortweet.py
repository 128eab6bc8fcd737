"""CooRTweet's table of shares."""

from __future__ import annotations

from datetime import datetime

from ingest.desk import Desk

from .tables import COORTWEET, canonical, codes, lost, table

SHARE = {
    "object_id": "https://a.example/x",
    "account_id": "ana",
    "content_id": "1256000000000000002",
    "timestamp_share": "1588493472",
}


def test_every_canonical_column(desk: Desk) -> None:
    found = desk.csv(table(COORTWEET, SHARE, SHARE | {"account_id": "ben", "timestamp_share": "1588493472.0"}))
    assert (found.format, codes(found), lost(found)) == ("coortweet", ["recognised"], {})
    assert canonical(found) == {"id", "author_id", "created_at"}
    assert desk.rows(found, "id, author_id, created_at, object_id", "ORDER BY author_id") == [
        ("1256000000000000002", "ana", datetime(2020, 5, 3, 8, 11, 12), "https://a.example/x"),
        ("1256000000000000002", "ben", datetime(2020, 5, 3, 8, 11, 12), "https://a.example/x"),
    ]


def test_parquet(desk: Desk) -> None:
    path = desk.root / "evidence" / "d.parquet"
    path.parent.mkdir(parents=True)
    desk.engine.execute(
        "COPY (SELECT 'x' AS object_id, 7 AS account_id, 1256000000000000002 AS content_id, 1588493472.0::DOUBLE AS "
        f"timestamp_share) TO '{path}'"
    )
    found = desk.load("d: {files: d.parquet}")
    assert found.format == "coortweet"
    assert desk.rows(found, "id, author_id, created_at") == [
        ("1256000000000000002", "7", datetime(2020, 5, 3, 8, 11, 12))
    ]


def test_what_is_no_moment_is_lost_and_rounded_ids_are_refused(desk: Desk) -> None:
    assert lost(desk.csv(table(COORTWEET, SHARE, SHARE | {"timestamp_share": "yesterday"}))) == {"created_at": 1}
    assert "'id' holds identifiers" in desk.csv_fails(table(COORTWEET, SHARE | {"content_id": "1.256E+18"}))
