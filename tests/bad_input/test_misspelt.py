"""Each misspelling is told with its place and the right spelling, and nothing is evaluated."""

from __future__ import annotations

from typing import Any

import pytest

from bad_input.desk import Desk

# The fields of a claim (from line 5 on, after id, statement, dataset and claimed), where it goes wrong, what helps.
SHARE = "claimed: 50%"
MISSPELT = {
    "key": ("measure: {count: rows}\ntolerence: 3", "7:5", "did you mean 'tolerance'?"),
    "kind": ("measure: {shaer: country = 'Russia'}", "6:15", "did you mean 'share'?"),
    "kind of a side": (
        "claimed: 3x\nmeasure: {ratio: {cuont: rows}, to: {count: rows}}", "6:23", "did you mean 'count'?",
    ),
    "companion": (f"{SHARE}\nmeasure: {{share: likes > 1, amnog: likes > 0}}", "6:33", "did you mean 'among'?"),
    "dataset": ("dataset: post\nmeasure: {count: rows}", "5:14", "did you mean 'posts'?"),
    "dataset of a side": (
        "claimed: 3x\nmeasure: {ratio: {count: rows}, to: {count: rows, dataset: pots}}", "6:64", "did you mean 'posts'?",
    ),
    "dataset in sql": ("measure: {sql: SELECT count(*) FROM postss}", "6:41", "did you mean 'posts'?"),
    "column": (f"{SHARE}\nmeasure: {{share: contry = 'Russia'}}", "6:22", "did you mean 'country'?"),
    "column of by": ("claimed: first\nmeasure: {rank: Russia, by: contry}", "6:33", "did you mean 'country'?"),
    "column in where": ("where: lkes > 1\nmeasure: {count: rows}", "6:12", "did you mean 'likes'?"),
    "column in sql": ("measure: {sql: SELECT sum(lieks) FROM posts}", "6:31", "did you mean 'likes'?"),
    "function": (f"{SHARE}\nmeasure: {{share: lowr(country) = 'russia'}}", "6:22", "did you mean 'lower'?"),
    "text without quotes": (f"{SHARE}\nmeasure: {{share: country = Russia}}", "6:32", "text needs single quotes: 'Russia'"),
    "param": ("params: {min: 3}\nmeasure: {count: rows, that: likes > :mn}", "7:42", "params: {mn: …}"),
    "vary": (
        "params: {min: 3}\nvary: {mni: [1]}\nmeasure: {count: rows, that: likes > :min}", "7:17", "did you mean 'min'?",
    ),
    "figure": ("claimed: blub\nmeasure: {count: rows}", "5:14", "write 2,504"),
    "figure without its unit": ("claimed: 64\nmeasure: {share: likes > 1}", "5:14", "write 64%"),
    "about": ("about: row\nmeasure: {count: rows}", "6:12", "did you mean 'rows'?"),
    "missing": ("missing: ignroe\nmeasure: {count: rows}", "6:14", "did you mean 'ignore'?"),
    "time zone": ("timezone: Europe/Moskow\nmeasure: {count: rows}", "6:15", "did you mean 'Europe/Moscow'"),
    "a word of an allowed set": ("measure: {per: day, time: created_at, take: medain}", "6:49", "did you mean 'median'?"),
}  # fmt: skip


@pytest.mark.parametrize("what", MISSPELT)
def test_a_claim(desk: Desk, what: str) -> None:
    text, place, hint = MISSPELT[what]
    said = desk.refused(text)
    assert f"claims/one.yaml:{place}: " in said
    assert hint in said
    assert said.endswith("1 error; nothing was evaluated.\n")


MANIFESTS: dict[str, tuple[dict[str, Any], str]] = {
    "key": ({"file": "posts.csv"}, "did you mean 'files'?"),
    "completeness": ({"files": "posts.csv", "completeness": "complet"}, "did you mean 'complete'?"),
    "column": ({"files": "posts.csv", "columns": {"contry": {"caveat": "x"}}}, "did you mean 'country'?"),
    "type": ({"files": "posts.csv", "columns": {"likes": {"type": "txt"}}}, "did you mean 'text'?"),
    "format": ({"files": "posts.csv", "format": "cvs"}, "did you mean csv?"),
    "key column": ({"files": "posts.csv", "key": "idd"}, "it has id, author, country"),
    "encoding": ({"files": "posts.csv", "read": {"encoding": "latn1"}}, "common ones are utf-8"),
    "counts": ({"files": "posts.csv", "counts": "lkes"}, "did you mean 'likes'?"),
    "counts of text": ({"files": "posts.csv", "counts": "country"}, "needs a column of numbers, and 'country' is text"),
    "expr": ({"files": "posts.csv", "columns": {"z": {"expr": "lkes + 1"}}}, "did you mean 'likes'?"),
    "drop": ({"files": "posts.csv", "drop": "contry = 'x'"}, "did you mean 'country'?"),
}


@pytest.mark.parametrize("what", MANIFESTS)
def test_a_manifest(desk: Desk, what: str) -> None:
    fields, hint = MANIFESTS[what]
    desk.manifest({"completeness": "complete"} | fields)
    said = desk.refused("measure: {count: rows}")
    assert said.startswith("evidence/posts.yaml:1:")
    assert hint in said
    assert "unknown dataset" not in said  # it is known, only wrong


def test_a_query_dataset(desk: Desk) -> None:
    desk.manifest({"query": "SELECT * FROM pots", "completeness": "complete"}, "made")
    said = desk.refused("dataset: made\nmeasure: {count: rows}")
    assert said.startswith("evidence/made.yaml:1:48: unknown dataset 'pots'")
    assert "did you mean 'posts'?" in said


CONFIGURATIONS = {
    "titel: x": ("1:1", "did you mean 'title'?"),
    "rating: plian": ("1:1", "did you mean 'plain'?"),
    "rating: {labels: {suported: Yes}}": ("1:19", "did you mean 'supported'?"),
    "engine: duckdbb": ("1:9", "did you mean 'duckdb'?"),
    "confidence: {mising: {share: {one: 10%}}}": ("1:14", "did you mean 'missing'?"),
    "confidence: {missing: {shaer: {one: 10%}}}": ("1:24", "did you mean 'share'?"),
    "confidence: {missing: {share: {oen: 10%}}}": ("1:32", "did you mean 'one'?"),
    "confidence: {missing: {share: {one: many}}}": ("1:32", "write 10% or 0.1"),
    "limits: {memory: lots}": ("1:18", "an amount of memory such as 2GB"),
    "limits: {timeout: soon}": ("1:19", "a time such as 60 seconds"),
}


@pytest.mark.parametrize("text", CONFIGURATIONS)
def test_the_configuration(desk: Desk, text: str) -> None:
    place, hint = CONFIGURATIONS[text]
    desk.write("factcheck.yaml", text)
    said = desk.refused("measure: {count: rows}")
    assert f"factcheck.yaml:{place}: " in said
    assert hint in said


OPTIONS = {
    ("--select", "oen*,one"): "no claim matches 'oen*'",
    ("--select", "tga:x"): "did you mean 'tag'?",
    ("--select", "dataset:post"): "did you mean 'posts'?",
    ("--select", "outcome:refutd"): "did you mean 'refuted'?",
    ("--fail-on", "refutd"): "did you mean 'refuted'?",
    ("--format", "jsn"): "'terminal', 'json'",
    ("--now", "21.11.2026"): "write 2026-11-21",
    ("--jobs", "0"): "not in the range",
    ("--project", "nowhere"): "nowhere is not a folder",
    ("claims/two.yaml",): "claims/two.yaml does not exist",
}


@pytest.mark.parametrize("options", OPTIONS)
def test_an_option(desk: Desk, options: tuple[str, ...]) -> None:
    desk.claim("measure: {count: rows}")
    done = desk.run("check", *options)
    assert done.code == 2
    assert OPTIONS[options] in done.err
    assert done.out == ""


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("explain", "oone"), "no claim matches 'oone'"),
        (("data", "postss"), "did you mean 'posts'?"),
        (("data", "pin", "postss"), "did you mean 'posts'?"),
        (("schema", "claim"), "'claims', 'evidence', 'config'"),
        (("chek",), "check"),
    ],
)
def test_a_command(desk: Desk, words: tuple[str, ...], hint: str) -> None:
    desk.claim("measure: {count: rows}")
    done = desk.run(*words)
    assert done.code == 2
    assert hint in done.err


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("claimed: 50%\nmeasure: {share: country = 'Rusia'}", "6:33"),
        ("claimed: 50%\nmeasure: {share: \"country in ('Rusia', 'Mexico')\"}", "6:36"),
        ("where: country = 'Rusia'\nmeasure: {count: rows}", "6:23"),
    ],
)
def test_a_value_of_the_data_is_warned_of(desk: Desk, text: str, place: str) -> None:
    done = desk.check(text)
    assert f"claims/one.yaml:{place}: warning: no row has country = 'Rusia'" in done.err
    assert "did you mean 'Russia'?" in done.err
    (claim,) = done.claims().values()
    assert claim["confidence"] in ("low", None)


@pytest.mark.parametrize(
    "text",
    [
        "claimed: first\nmeasure: {rank: Rusia, by: country}",
        "claimed: {Rusia: 50%}\nmeasure: {composition: country}",
    ],
)
def test_a_label_of_the_data_is_doubted(desk: Desk, text: str) -> None:
    claim = desk.one(text)
    assert "Rusia does not occur in country; there is Russia." in [note["text"] for note in claim["notes"]]
    assert claim["confidence"] == "low"


def test_all_errors_are_told_at_once(desk: Desk) -> None:
    desk.manifest({"files": "posts.csv", "completeness": "complet"})
    desk.write("factcheck.yaml", "titel: x")
    other = desk.claim("claimed: blub\nmeasure: {count: rows}").read_text().replace("id: one", "id: two")
    desk.write("claims/two.yaml", other)
    said = desk.refused("tolerence: 3\nmeasure: {count: rows}")
    for place in ("factcheck.yaml:1:1: ", "evidence/posts.yaml:1:", "claims/one.yaml:6:5: ", "claims/two.yaml:5:14: "):
        assert place in said


def test_a_broken_claim_stands_with_the_figure_of_another_whose_file_is_missing(desk: Desk) -> None:
    desk.manifest({"files": "post.csv", "completeness": "complete"})
    assert "cannot read 'blub' as a count" in desk.refused("claimed: blub\nmeasure: {count: rows}")


def test_two_claims_with_one_id(desk: Desk) -> None:
    first = desk.claim("measure: {count: rows}").read_text()
    desk.write("claims/two.yaml", first)
    said = desk.refused()
    assert "claims/two.yaml:2:9: claim id 'one' is used twice" in said
    assert "it is already at claims/one.yaml:2:9" in said
