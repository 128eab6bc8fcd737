"""A post that overlapping exports hold twice is counted twice unless somebody is told."""

from __future__ import annotations

import pytest
from ingest.desk import Desk

from . import tables as t
from . import test_coortweet, test_four_cat, test_twint, test_x_archive
from .tables import table

TWICE = {
    "twint": table(t.TWINT, test_twint.WINTER, test_twint.SUMMER, test_twint.WINTER),
    "4cat": table(t.FOUR_CAT_TWITTER, test_four_cat.TWEET, test_four_cat.TWEET | {"id": "7"}, test_four_cat.TWEET),
    "x-archive": table(
        t.X_ARCHIVE, test_x_archive.TWEET, test_x_archive.TWEET | {"tweetid": "7"}, test_x_archive.TWEET
    ),
}


def duplicates(desk: Desk, data: str, extra: str = "") -> int:
    found = desk.csv(data, extra)
    assert found.ledger is not None
    assert found.ledger.loaded == 3
    return found.ledger.duplicates


@pytest.mark.parametrize("name", TWICE)
def test_rows_of_an_export_are_known_by_their_id(desk: Desk, name: str) -> None:
    assert duplicates(desk, TWICE[name]) == 1


def test_the_manifest_names_another_key_or_none(desk: Desk) -> None:
    assert duplicates(desk, TWICE["twint"], "key: author") == 2
    assert duplicates(desk, TWICE["twint"], "key: []") == 0


def test_a_table_read_plainly_has_no_key_of_its_own(desk: Desk) -> None:
    assert duplicates(desk, TWICE["twint"], "format: csv") == 0


def test_a_share_is_no_post(desk: Desk) -> None:
    share = test_coortweet.SHARE
    assert duplicates(desk, table(t.COORTWEET, share, share, share | {"account_id": "ben"})) == 0


def test_what_the_format_makes_is_not_asked_for_as_text(desk: Desk) -> None:
    """It would come with the mark that tells unread times, as nobody wrote it."""
    desk.write("d.csv", TWICE["twint"])
    desk.load_all("d: {files: d.csv, columns: {created_at: {type: text}}}")
    assert [problem.message for problem in desk.problems] == ["'created_at' is made by the format, and is no text"]
    assert desk.csv(TWICE["twint"], "columns: {said: {from: raw.created_at, type: text}}").columns["said"].type == "VARCHAR"
