"""Numbers that are values, values that begin alike, and comparisons in other words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from factcheck.draft.drafting import Drafter
from factcheck.draft.opening import drafting
from factcheck.draft.telling import told
from factcheck.project import open_evidence

MANIFEST = """
datasets:
  bans:
    title: Bans of players
    files: bans.csv
    unit: ban
    represents: every ban of a player
    completeness: complete
  calls:
    title: Calls for help
    files: calls.csv
    unit: call
    represents: calls to the helpline
    completeness: random sample
    columns:
      cost: {unit: euros}
"""
MATCHES = ["12", "12", "3", "3", "2", "Open", "5", "3"]
AGES = ["18-29", "30-44", "45-60", "> 60"]


@pytest.fixture(scope="module")
def drafter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drafter]:
    """60 bans with their length as text, and a sample of 120 calls: 60 from Leeds, 40 from York, 20 from Hull."""
    root = tmp_path_factory.mktemp("numbers")
    (root / "evidence").mkdir()
    (root / "claims").mkdir()
    (root / "evidence" / "data.yaml").write_text(MANIFEST)
    bans, calls = ["player,club,matches,reason"], ["call_id,city,age_group,cost,caller"]
    for i in range(60):
        why = "Betting" if i < 24 else '"Betting, second case"' if i < 30 else "Violence" if i < 50 else "Doping"
        club = "Rovers" if i < 30 else "Wanderers" if i < 50 else "Athletic"
        bans.append(f"p{i},{club},{MATCHES[i % 8]},{why}")
    for i in range(120):
        city = "Leeds" if i < 60 else "York" if i < 100 else "Hull"
        calls.append(f"k{i},{city},{AGES[i % 4]},{i % 7},user_{i % 9:02d}")
    (root / "evidence" / "bans.csv").write_text("\n".join(bans) + "\n")
    (root / "evidence" / "calls.csv").write_text("\n".join(calls) + "\n")
    with drafting(open_evidence(root)) as opened:
        yield opened


def counted(condition: str) -> dict[str, str]:
    return {"count": "rows", "that": condition}


def against(kind: str, one: str, other: str) -> dict[str, Any]:
    return {kind: counted(one), {"ratio": "to", "difference": "minus"}[kind]: counted(other)}


FIRST: list[tuple[str, dict[str, Any], Any]] = [
    ("One in four bans lasted 12 matches.", {"share": "matches = '12'"}, "one in four"),
    ("A third of the bans of Rovers lasted three matches.",
     {"share": "matches = '3'", "among": "club = 'Rovers'"}, "a third"),
    ("15 bans lasted 12 matches.", counted("matches = '12'"), "15"),
    ("A quarter of the calls came from 18-29 year olds.", {"share": "age_group = '18-29'"}, "a quarter"),
    ("user_05 made 13 calls.", counted("caller = 'user_05'"), "13"),
    ("40% of the bans were for betting.", {"share": "reason = 'Betting'"}, "40%"),
    ("Athletic had the fewest bans.", {"rank": "Athletic", "by": "club", "ascending": True}, "first"),
    ("Athletic did not have the fewest bans.", {"rank": "Athletic", "by": "club", "ascending": True}, "more than 1"),
    ("Hull did not have the most calls.", {"top": 1, "by": "city"}, {"excludes": ["Hull"]}),
    ("Wanderers had the second fewest bans.", {"rank": "Wanderers", "by": "club", "ascending": True}, "second"),
    ("Rovers outnumbered Athletic among the bans.", against("ratio", "club = 'Rovers'", "club = 'Athletic'"), "more"),
    ("Bans of Rovers outnumbered those of Athletic by three to one.",
     against("ratio", "club = 'Rovers'", "club = 'Athletic'"), "three times"),
    ("For every ban of Athletic there were three of Rovers.",
     against("ratio", "club = 'Rovers'", "club = 'Athletic'"), "three"),
    ("Calls from Leeds cost three times as much as calls from Hull.",
     {"ratio": {"sum": "cost", "among": "city = 'Leeds'"}, "to": {"sum": "cost", "among": "city = 'Hull'"}},
     "three times as much"),
    ("For every call from Hull, Leeds had three.", against("ratio", "city = 'Leeds'", "city = 'Hull'"), "three"),
    ("There were three calls from Leeds for every call from Hull.",
     against("ratio", "city = 'Leeds'", "city = 'Hull'"), "three"),
    ("Half of the calls of people aged 18 to 29 came from Leeds.",
     {"share": "city = 'Leeds'", "among": "age_group = '18-29'"}, "half"),
    ("Leeds was the busiest of three cities.", {"top": 1, "by": "city"}, "Leeds"),
    ("Not even 50 calls came from York.", counted("city = 'York'"), "fewer than 50"),
    ("York never had more than 50 calls.", counted("city = 'York'"), "no more than 50"),
    ("All together, the calls cost 350 euros.", {"sum": "cost"}, "350"),
    ("The lowest cost of a call was 0 euros.", {"min": "cost"}, "0"),
    ("In the first 60 minutes, half of the calls came from Leeds.", {"share": "city = 'Leeds'"}, "half"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "measure", "claimed"), FIRST, ids=lambda v: str(v)[:40])
def test_first(drafter: Drafter, sentence: str, measure: dict[str, Any], claimed: Any) -> None:
    first = drafter.draft(sentence).choices[0]
    assert (first.claim["measure"], first.claim["claimed"]) == (measure, claimed)


def test_counts_of_a_sample_of_an_unknown_whole_are_about_its_rows(drafter: Drafter) -> None:
    count, share = (drafter.draft(f"{n} of the calls came from Leeds.").choices[0] for n in ("60", "Half"))
    assert (count.claim.get("about"), share.claim.get("about")) == ("rows", None)
    said = told(drafter.draft("60 of the calls came from Leeds."), 1)
    assert "about the rows collected" in " ".join(said.split())
    assert count.verdict is not None
    assert count.verdict.outcome == "supported"


def test_values_that_begin_alike_are_named_and_offered_together(drafter: Drafter) -> None:
    draft = drafter.draft("40% of the bans were for betting.")
    first, second = draft.choices[:2]
    assert second.claim["measure"] == {"share": "reason in ('Betting', 'Betting, second case')"}
    assert first.weighed is not None
    understood = " ".join(match.how for match in first.weighed.candidate.matches)
    assert "another value begins likewise: 'Betting, second case'" in understood


def test_all_together_is_no_share(drafter: Drafter) -> None:
    for sentence in ("All together, the calls cost 350 euros.", "All calls together cost 350 euros."):
        assert not any("share" in choice.claim["measure"] for choice in drafter.draft(sentence, 10).choices)


@pytest.mark.parametrize("hedged", ["more than 3 matches", "3 matches or more", "at least three matches"])
def test_a_hedged_number_is_no_value(drafter: Drafter, hedged: str) -> None:
    choices = drafter.draft(f"A third of bans were for {hedged}.", 10).choices
    assert choices
    assert not any("matches = '3'" in str(choice.claim["measure"]) for choice in choices)
