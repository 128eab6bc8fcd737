"""What somebody in a hurry writes of times, networks and copies: each mistake is told with its place and what to write."""

from __future__ import annotations

import pytest

from bad_input.desk import Desk

TOGETHER = "coordination: pairs, actor: author, target: country"
DAYS = "rate: {count: rows}, time: created_at"

# What is claimed, the measure, where it goes wrong (the measure is line 6), what is said, what helps.
HURRIED = {
    "time forgotten": ("3", TOGETHER, "6:14", "has no 'time'", "for example time: created_at"),
    "link forgotten": ("3", "cascade: depth", "6:14", "has no 'link'", "for example link: {from: id, to: retweet_of}"),
    "half a link": ("3", "cascade: depth, link: {from: id}", "6:37", "has no 'to'", "for example to: retweet_of"),
    "a column for a link": ("3", "cascade: depth, link: id", "6:37", "expected a mapping", "link: {from: id, to: "),
    "a time without unit": (
        "3", f"{TOGETHER}, time: created_at, within: 60", "6:94", "expected a time with its unit", "write 60 seconds",
    ),
    "text for a time": (
        "3", f"{TOGETHER}, time: author", "6:74", "'time' needs a moment", "give the column a type: and format:",
    ),
    "no direction of a count": ("rising", "count: rows", "5:14", "cannot read 'rising' as a count", "write 2,504"),
    "hours without minutes": ("{9-17: 80%}", "hours: created_at", "6:22", "names '9-17'", '"9:00-17:00"'),
    "one figure for hours": ("80%", "hours: created_at", "5:14", "name the groups", '{"9:00-17:00": about 80%}'),
    "one condition": (
        "3%", "overlap: country = 'x', of: author", "6:24", "expected a list", "overlap: [country = 'Russia', ",
    ),
    "a list of one": ("3%", "overlap: [likes > 1], of: author", "6:24", "at least 2 items, found 1", "overlap: ["),
    "the column as kind": ("3%", "duplicates: author", "6:27", "expected share, found 'author'", "duplicates: share"),
    "another figure": ("3%", "cascade: share, link: {from: id, to: id}", "6:24", "found 'share'", "'secondary_share'?"),
    "a column misspelt": ("3 days", "gap: created", "6:20", "no column 'created'", "did you mean 'created_at'?"),
    "one end of a delay": ("3 days", "delay: created_at", "6:22", "expected a mapping", "delay: {from: replied_to_at, "),
    "text for a moment": ("2018", "first: author", "6:22", "this is text", "'created_at' holds times; otherwise give"),
    "text for the largest": ("9", "max: author", "6:20", "needs a number or a time", "`factcheck data posts` tells why"),
    "text for a number": ("0.5", "correlation: [likes, author]", "6:36", "author is text", "cast(x as double)"),
    "one column alone": ("0.5", "correlation: likes", "6:28", "expected a list", "correlation: [followers, retweets]"),
    "a date for a condition": (
        "3x", f"{DAYS}, during: 2018-05-01, versus: likes > 1", "6:62", "not a condition", "created_at < '2018-06-15'",
    ),
    "a column for a measure": ("3x", "rate: rows, during: likes > 1", "6:21", "expected a mapping", "rate: {count: rows}"),
    "another column for days": (
        "3x", f"{DAYS}, during: likes > 1, versus: created_at > '2018-05-02'", "6:62", "this reads likes", "`among`",
    ),
    "nodes that are not there": ("3", "network: isolated, nodes: post, link: {from: id, to: id}", "6:41", "unknown dataset 'post'", "'posts'?"),
    "ends that are not there": ("3", "network: edges", "6:24", "needs the ends of a link", "`link: {from: …, to: …}`"),
    "ids of two kinds": ("3", "cascade: size, link: {from: id, to: author}", "6:51", "ids of one kind", "type: text of both"),
    "days of a day": ("15 May", "peaks: created_at", "5:14", "the year is missing", "write [2017-06-05, "),
}  # fmt: skip


@pytest.mark.parametrize(("claimed", "measure", "at", "message", "hint"), HURRIED.values(), ids=HURRIED)
def test_mistakes_are_told_with_what_to_write(
    desk: Desk, claimed: str, measure: str, at: str, message: str, hint: str
) -> None:
    said = desk.refused(f"claimed: {claimed}\nmeasure: {{{measure}}}")
    assert f"claims/one.yaml:{at}: " in said, said
    assert message in said
    assert hint in said, said


@pytest.mark.parametrize(("claimed", "warned"), [("about 0", True), ("roughly 0.0", False), ("0", False)])
def test_about_nothing_is_told_to_be_exactly_that(desk: Desk, claimed: str, warned: bool) -> None:
    done = desk.check(f"claimed: {claimed}\nmeasure: {{correlation: [likes, id]}}")
    assert (f"'{claimed}' is read as exactly 0" in done.err) == warned
    assert done.err.count("tolerance: 0.05") == int(warned)
    assert "read as" not in desk.check(f"claimed: {claimed}\ntolerance: 0.1\nmeasure: {{correlation: [likes, id]}}").err
