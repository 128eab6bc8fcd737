"""Forms of statements: figures of groups, bounds, superlatives, comparisons and trends that are said without a number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from factcheck.draft.drafting import Drafter
from factcheck.draft.opening import drafting
from factcheck.project import open_evidence

MANIFEST = """
datasets:
  posts:
    title: Posts of five accounts
    files: posts.csv
    unit: post
    represents: every post of five accounts
    completeness: complete
    columns:
      posted_at: {type: timestamp, timezone: UTC}
"""
# 30 posts: Ana 10, Ben 8, Cleo 6, Dora 4, Emil 2; 20 retweets and 10 originals; 9, 7, 6, 5 and 3 a day; likes 0 to 29.
ACCOUNTS = {"Ana": 10, "Ben": 8, "Cleo": 6, "Dora": 4, "Emil": 2}
DAYS = [9, 7, 6, 5, 3]


@pytest.fixture(scope="module")
def drafter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drafter]:
    root = tmp_path_factory.mktemp("forms")
    (root / "evidence").mkdir()
    (root / "claims").mkdir()
    (root / "evidence" / "data.yaml").write_text(MANIFEST)
    who = [name for name, count in ACCOUNTS.items() for _ in range(count)]
    days = [day for day, count in enumerate(DAYS, 1) for _ in range(count)]
    rows = ["account,kind,posted_at,likes"]
    for i, name in enumerate(who):
        kind = "original" if i % 3 == 0 else "retweet"
        rows.append(f"{name},{kind},2018-05-{days[(7 * i) % 30]:02d} 12:00,{i}")
    (root / "evidence" / "posts.csv").write_text("\n".join(rows) + "\n")
    with drafting(open_evidence(root)) as opened:
        yield opened


def counted(condition: str) -> dict[str, str]:
    return {"count": "rows", "that": condition}


def against(one: str, other: str) -> dict[str, Any]:
    return {"ratio": counted(one), "to": counted(other)}


BY_KIND = against("kind = 'retweet'", "kind = 'original'")
LAST = {"rank": "Emil", "by": "account", "ascending": True}
A_DAY = {"per": "day", "take": "mean", "time": "posted_at"}

FIRST: list[tuple[str, dict[str, Any], Any]] = [
    ("The busiest of the five accounts sent 10 posts.", {"per": "account", "take": "max"}, "10"),
    ("The quietest of the five accounts sent two posts.", {"per": "account", "take": "min"}, "two"),
    ("On average, each account sent six posts.", {"per": "account", "take": "mean"}, "six"),
    ("The five accounts averaged six posts.", {"per": "account", "take": "mean"}, "six"),
    ("Each account sent at least two posts.", {"per": "account", "take": "min"}, "at least two"),
    ("No account sent more than 10 posts.", {"per": "account", "take": "max"}, "no more than 10"),
    ("The accounts sent six posts a day.", A_DAY, "six"),
    ("On the busiest day, nine posts were sent.", {**A_DAY, "take": "max"}, "nine"),
    ("No post got more than 29 likes.", counted("likes > 29"), "none"),
    ("Not even the most popular post got more than 29 likes.", {"max": "likes"}, "no more than 29"),
    ("Five posts got more than 24 likes.", counted("likes > 24"), "five"),
    ("Ten posts got 20 likes or more.", counted("likes >= 20"), "ten"),
    ("Posts got 14 likes each.", {"mean": "likes"}, "14"),
    ("Emil posted least.", LAST, "first"),
    ("Emil brought up the rear among the accounts.", LAST, "first"),
    ("No account sent fewer posts than Emil.", LAST, "first"),
    ("Dora was second to last among the accounts.", {**LAST, "rank": "Dora"}, "second"),
    ("Ben was the runner-up among the accounts.", {"rank": "Ben", "by": "account"}, "second"),
    ("No other account sent more posts than Ana.", {"top": 1, "by": "account"}, "Ana"),
    ("Retweets outweighed originals by two to one.", BY_KIND, "two times"),
    ("The ratio of retweets to originals was two to one.", BY_KIND, "two times"),
    ("Retweets were ahead of originals.", BY_KIND, "more"),
    ("Originals lagged behind retweets.", against("kind = 'original'", "kind = 'retweet'"), "fewer"),
    ("Ana posted more often than Ben.", against("account = 'Ana'", "account = 'Ben'"), "more"),
    ("Ana out-posted Ben by 25 percent.", against("account = 'Ana'", "account = 'Ben'"), "25 percent more"),
    ("Retweets were two times more frequent than originals.", BY_KIND, "two times"),
    ("Posts dried up from day to day.", {"trend": "posted_at", "per": "day"}, "falling"),
    ("Day by day, there were fewer posts.", {"trend": "posted_at", "per": "day"}, "falling"),
    ("Retweets became ever rarer.", {"trend": "posted_at", "per": "day", "among": "kind = 'retweet'"}, "falling"),
    ("Almost each third post was an original.", {"share": "kind = 'original'"}, "almost one in three"),
    ("The lion's share of the posts were retweets.", {"share": "kind = 'retweet'"}, "most"),
    ("The account Ana sent 10 more posts.", counted("account = 'Ana'"), "10"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "measure", "claimed"), FIRST, ids=lambda v: str(v)[:40])
def test_first(drafter: Drafter, sentence: str, measure: dict[str, Any], claimed: Any) -> None:
    first = drafter.draft(sentence).choices[0]
    assert (first.claim["measure"], first.claim["claimed"]) == (measure, claimed)


@pytest.mark.parametrize(
    "sentence",
    [
        "The busiest of the six airports handled 1,483 flights.",
        "Exports dried up.",
        "Gold outperformed silver.",
        "The typical nurse earns 60 pounds a day.",
        "Rents became ever higher.",
    ],
)
def test_what_no_data_hold_is_drafted_in_no_form(drafter: Drafter, sentence: str) -> None:
    assert drafter.draft(sentence).choices == ()


def test_what_none_passes_is_the_largest_too(drafter: Drafter) -> None:
    choices = drafter.draft("No post got more than 29 likes.").choices
    said = [(choice.claim["measure"], choice.claim["claimed"]) for choice in choices]
    assert ({"max": "likes"}, "no more than 29") in said


def test_a_place_among_all_stands_before_one_among_those_that_are_named(drafter: Drafter) -> None:
    places = [choice.claim["measure"] for choice in drafter.draft("Behind Ana and Ben, Cleo came third.", 10).choices]
    whole = {"rank": "Cleo", "by": "account"}
    assert whole in places
    assert places.index(whole) < next((i for i, one in enumerate(places) if one.get("rank") != "Cleo"), len(places))
