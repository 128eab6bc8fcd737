"""A join that makes several rows of one is told, where the result claims to have the rows of what it joins."""

from __future__ import annotations

import pytest

from factcheck.evidence.dataset import Dataset

from .desk import Desk
from .test_csv import codes

MANIFEST = """
posts: {files: posts.csv, unit: post, key: id, completeness: complete}
accounts: {files: accounts.csv, unit: account, completeness: complete}
d: {query: "SELECT %s FROM posts p JOIN accounts a USING (author)", unit: %s, completeness: complete%s}
"""


def joined(desk: Desk, accounts: str, select: str = "p.*, a.bio", unit: str = "post", more: str = "") -> Dataset:
    desk.write("posts.csv", "id,author\n1,ana\n2,ben\n3,ben\n")
    desk.write("accounts.csv", f"author,bio\n{accounts}")
    return desk.load(MANIFEST % (select, unit, more))


def test_rows_that_a_join_repeats(desk: Desk) -> None:
    found = joined(desk, "ana,x\nben,y\nben,y\n")
    assert codes(found) == [("repeated-rows", None)]
    assert found.ledger is not None
    assert "key (id) has occurred before: 2." in found.ledger.notes[0].text


@pytest.mark.parametrize(
    ("accounts", "given"),
    [
        ("ana,x\nben,y\n", {}),
        ("ana,x\nben,y\nben,y\n", {"unit": "account"}),  # a row is none of the posts
        ("ana,x\nben,y\nben,y\n", {"more": ", key: id"}),  # counted as duplicates
        ("ana,x\nben,y\nben,y\n", {"select": "DISTINCT p.*, a.bio"}),
        ("ana,x\nben,y\nben,y\n", {"select": "p.author, a.bio"}),  # nothing tells
    ],
)
def test_what_is_no_repetition_is_not_told(desk: Desk, accounts: str, given: dict[str, str]) -> None:
    assert codes(joined(desk, accounts, **given)) == []
