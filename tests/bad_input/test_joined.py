"""A post that a join counts twice costs the verdict its confidence."""

from __future__ import annotations

import json

from bad_input.desk import Desk


def test_a_join_that_repeats_rows_lowers_confidence(desk: Desk) -> None:
    desk.write("evidence/accounts.csv", "author,bio\nann,x\nbob,y\nbob,y\n")
    joined = "select p.*, a.bio from posts p left join accounts a on a.author = p.author"
    datasets = {
        "posts": {"files": "posts.csv", "unit": "post", "key": "id", "completeness": "complete"},
        "accounts": {"files": "accounts.csv", "unit": "account", "completeness": "complete"},
        "joined": {"query": joined, "unit": "post", "completeness": "complete"},
    }
    desk.write("evidence/posts.yaml", json.dumps({"datasets": datasets}))
    found = desk.one("dataset: joined\nclaimed: 5\nmeasure: {count: rows}")
    assert (found["estimate"], found["confidence"]) == (5, "low")
    assert [note["effect"] for note in found["notes"] if "The join repeats rows" in note["text"]] == [-2]
