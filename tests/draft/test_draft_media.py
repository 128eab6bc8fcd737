"""Claims about networks and about what accounts did: links, spikes, acts together, copies, answers, chains, shares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from factcheck.draft import telling
from factcheck.draft.drafting import Drafter
from factcheck.draft.figures import figures
from factcheck.draft.intents import cues
from factcheck.draft.opening import drafting
from factcheck.draft.readings import readings
from factcheck.draft.words import words
from factcheck.project import open_evidence

MANIFEST = """
datasets:
  town-followers:
    title: Which accounts of a town followed which
    files: followers.csv
    format: edges
    unit: account
    represents: every link among the accounts
    completeness: complete
  retweets:
    title: Retweets of the mayor's post
    files: retweets.csv
    unit: retweet
    represents: every retweet
    key: retweet
    completeness: complete
    columns:
      posted_at: {type: timestamp, timezone: UTC}
      retweeted_at: {type: timestamp, timezone: UTC}
  statements:
    title: Statements on the bridge
    files: statements.csv
    unit: statement
    represents: every statement on the bridge
    completeness: complete
    columns:
      created_at: {type: timestamp, timezone: UTC}
"""
LISTED = {"nodes": "town-followers.nodes"}
BRIDGE = {"peaks": "created_at", "per": "day"}
DELAY = {"delay": {"from": "posted_at", "to": "retweeted_at"}}
LINK = {"link": {"from": "retweet", "to": "parent"}}

FIRST: list[tuple[str, dict[str, Any], Any]] = [
    ("A third of all follows that would be possible among the accounts of the town exist.",
     {"network": "density"}, "a third"),
    ("Half of the town's accounts that are followed follow back.", {"network": "reciprocity"}, "half"),
    ("Two thirds of the follows in the town are mutual.", {"network": "reciprocity"}, "two thirds"),
    ("The best connected account of the town has six links.", {"network": "max_degree"}, "six"),
    ("Accounts of the town have four links on average.", {"network": "mean_degree"}, "four"),
    ("On average an account of the town follows two others.", {"network": "mean_degree", "by": "out"}, "two"),
    ("The most followed account of the town has four followers.", {"network": "max_degree", "by": "in"}, "four"),
    ("No account of the town has more than seven links.", {"network": "max_degree"}, "no more than seven"),
    ("None of the accounts of the town is isolated.", {"network": "isolated", **LISTED}, "none"),
    ("The accounts of the town hang together in a single component.", {"network": "components", **LISTED}, "one"),
    ("Statements on the bridge shot up on 9 March 2020 and again on 20 March.", BRIDGE,
     {"includes": ["2020-03-09", "2020-03-20"]}),
    ("There was no spike of statements on the bridge on 12 March 2020.", BRIDGE, {"excludes": ["2020-03-12"]}),
    ("Half of the statements on the bridge are copies.", {"duplicates": "share", "text": "text"}, "half"),
    ("Half of the retweets came within a minute of another account's retweet of the same tweet.",
     {"coordination": "share", "actor": "account", "target": "parent", "time": "posted_at", "within": "60 seconds"}, "half"),
    ("The slowest retweet took two days.", {**DELAY, "take": "max"}, "two days"),
    ("The retweets came within an hour on average.", {**DELAY, "take": "mean"}, "at most an hour"),
    ("A quarter of the retweets were retweeted in turn.", {"cascade": "secondary_share", **LINK}, "a quarter"),
    ("Of the statements, 40% are from farmers and 60% from builders.",
     {"composition": "group"}, {"farmers": "40%", "builders": "60%"}),
    ("Farmers wrote 40% of the statements, against 60% from builders.",
     {"composition": "group"}, {"farmers": "40%", "builders": "60%"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drafter]:
    """Seven accounts of which each follows the next two; 24 retweets in a chain; statements with two busy days."""
    root = tmp_path_factory.mktemp("town")
    (root / "evidence").mkdir()
    (root / "evidence" / "data.yaml").write_text(MANIFEST)
    links = [f"a{i},a{(i + step) % 7}" for i in range(7) for step in (1, 2)]
    (root / "evidence" / "followers.csv").write_text("\n".join(["source,target", *links, "a1,a0"]) + "\n")
    retweets = ["retweet,parent,account,posted_at,retweeted_at"]
    for i in range(24):
        parent = "post" if i % 4 else f"r{i - 1}" if i else "post"
        retweets.append(f"r{i},{parent},user{i},2020-03-01 12:{i:02d},2020-03-0{1 + i // 12} 14:{i:02d}")
    (root / "evidence" / "retweets.csv").write_text("\n".join(retweets) + "\n")
    statements = ["text,group,created_at"]
    for day in range(1, 31):
        for i in range(40 if day in (9, 20) else 4):
            group = "farmers" if i % 5 < 2 else "builders"
            statements.append(f"The bridge is {'closed' if i % 2 else f'open {day} {i}'},{group},2020-03-{day:02d} 10:00")
    (root / "evidence" / "statements.csv").write_text("\n".join(statements) + "\n")
    with drafting(open_evidence(root)) as opened:
        yield opened


@pytest.mark.parametrize(("sentence", "measure", "claimed"), FIRST, ids=lambda v: str(v)[:40])
def test_first(town: Drafter, sentence: str, measure: dict[str, Any], claimed: Any) -> None:
    first = town.draft(sentence).choices[0]
    assert (first.claim["measure"], first.claim["claimed"]) == (measure, claimed)


def test_shares_of_groups_are_no_shares_of_one_whole(town: Drafter) -> None:
    draft = town.draft("20% of the farmers and 30% of the builders want a bridge.")
    assert all("composition" not in choice.claim["measure"] for choice in draft.choices[:1])


@pytest.mark.parametrize(
    "sentence",
    ["Unemployment peaked on 9 March 2020.", "Half of the exam papers were word for word identical.",
     "A third of the trains arrived within ten minutes of one another.", "The slowest train took two hours."],
)  # fmt: skip
def test_what_no_dataset_is_about_is_not_drafted(town: Drafter, sentence: str) -> None:
    assert not town.draft(sentence).choices


def test_what_nodes_without_links_may_change_is_offered_too(town: Drafter) -> None:
    choices = town.draft("Accounts of the town have four links on average.").choices
    assert {"network": "mean_degree", **LISTED} in [choice.claim["measure"] for choice in choices[:2]]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Statements on the bridge shot up on 9 March 2020.", "is claimed as 2020-03-09;"),
        ("There was no spike of statements on the bridge on 12 March 2020.", "is claimed as not 2020-03-12;"),
        ("Of the statements, 40% are from farmers and 60% from builders.", "is claimed as farmers 40%, builders 60%;"),
    ],
)
def test_what_is_claimed_is_told(town: Drafter, sentence: str, told: str) -> None:
    assert told in " ".join(telling.told(town.draft(sentence), 1).split())


def test_words_that_tell_the_kind_are_not_unknown(town: Drafter) -> None:
    assert "mutual" not in town.draft("Two thirds of the follows in the town are mutual.").unknown


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("12 accounts shared it within the second week.", "coordination"),
        ("They were posted within a minute.", "coordination"),
        ("Half of the posts of the first two days came from the other accounts.", "coordination"),
        ("Half of the posts were written by others.", "coordination"),
        ("Half of the posts came from Russia.", "duplicates"),
        ("Half of the posts came from Russia.", "network"),
        ("Posts rose in June.", "peaks"),
    ],
)
def test_what_no_word_speaks_of_is_not_read(sentence: str, kind: str) -> None:
    spoken = words(sentence)
    found = readings(sentence, spoken, figures(sentence, spoken), cues(spoken))
    assert kind not in [one.kind for one in found]


def test_one_another_is_no_figure() -> None:
    sentence = "12 pairs of accounts posted the same link within ten seconds of one another."
    assert [figure.text for figure in figures(sentence, words(sentence))] == ["12", "ten seconds"]
