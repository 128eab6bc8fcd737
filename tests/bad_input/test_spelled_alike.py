"""A claim that goes by one of several spellings of a label is told so, and loses confidence; one that heeds all is not."""

from __future__ import annotations

from bad_input.desk import Desk

MEASURES = {
    "named": ("{share: country = 'Russia'}", "moderate"),
    "ranked": ("{top: 1, by: country}", "moderate"),
    "different": ("{count: distinct country}", "moderate"),
    "folded": ("{share: lower(country) = 'russia'}", "high"),
    "another": ("{share: country = 'Mexico'}", "high"),
}
CLAIMED = {"ranked": "Mexico", "different": 3}


def test_what_goes_by_one_spelling_loses_confidence(desk: Desk) -> None:
    rows = ["Russia"] * 6 + ["russia"] * 5 + ["Mexico"] * 9
    desk.write("evidence/posts.csv", "id,country\n" + "".join(f"{i},{row}\n" for i, row in enumerate(rows)))
    claims = "".join(
        f'  - {{id: {id}, statement: x., dataset: posts, measure: {measure}, claimed: {CLAIMED.get(id, "45%")}}}\n'
        for id, (measure, _) in MEASURES.items()
    )
    desk.write("claims/one.yaml", f"claims:\n{claims}")
    found = desk.check().claims()
    assert {id: claim["confidence"] for id, claim in found.items()} == {id: one for id, (_, one) in MEASURES.items()}
    told = {id for id, claim in found.items() if any("capitals or blanks" in note["text"] for note in claim["notes"])}
    assert told == {"named", "ranked", "different"}


def test_a_blank_that_is_trimmed_away_costs_nothing(desk: Desk) -> None:
    rows = ["Russia"] * 6 + ["Russia "] * 5 + ["Mexico"] * 9
    desk.write("evidence/posts.csv", "id,country\n" + "".join(f"{i},{row}\n" for i, row in enumerate(rows)))
    claims = "".join(
        f"  - {{id: {id}, statement: x., dataset: posts, measure: {{share: {condition} = 'Russia'}}, claimed: 55%}}\n"
        for id, condition in (("trimmed", "trim(country)"), ("written", "country"))
    )
    desk.write("claims/one.yaml", f"claims:\n{claims}")
    found = {id: claim["confidence"] for id, claim in desk.check().claims().items()}
    assert found == {"trimmed": "high", "written": "moderate"}
