"""The claim that comes first for a sentence, and what is said where there is none."""

from __future__ import annotations

from typing import Any

import pytest

from factcheck.draft.drafting import Drafter

APRIL = "created_at >= '2018-04-01' and created_at < '2018-05-01'"

FIRST: list[tuple[str, dict[str, Any], str]] = [
    ("64% of mentions came from Russia.", {"share": "country = 'Russia'"}, "64%"),
    ("Nearly two thirds of the mentions are Russian.", {"share": "country = 'Russia'"}, "nearly two thirds"),
    ("One mention in five came from Mexico.", {"share": "country = 'Mexico'"}, "one in five"),
    ("Most mentions of the mayor came from Russia.", {"share": "country = 'Russia'"}, "most"),
    ("Of the respondents with a cat, half have a dog.", {"share": "DOG = 1", "among": "CAT = 1"}, "half"),
    ("A third of the respondents with a dog also have a cat.", {"share": "CAT = 1", "among": "DOG = 1"}, "a third"),
    ("In April 2018, all mentions came from Russia.", {"share": "country = 'Russia'", "among": APRIL}, "all"),
    ("20 of the mentions came from Mexico.", {"count": "rows", "that": "country = 'Mexico'"}, "20"),
    ("Ten respondents have a cat but no dog.", {"count": "rows", "that": "CAT = 1 and DOG = 0"}, "ten"),
    ("Not a single mention came from Spain.", {"count": "rows", "that": "country = 'Spain'"}, "none"),
    ("The mentions came from three different countries.", {"count": "distinct country"}, "three"),
    ("The mentions were written by 25 authors.", {"count": "distinct author"}, "25"),
    ("Mentions got 49.5 likes on average.", {"mean": "likes"}, "49.5"),
    ("The median mention from Mexico got 73 likes.", {"median": "likes", "among": "country = 'Mexico'"}, "73"),
    ("All mentions together drew 4,950 likes.", {"sum": "likes"}, "4,950"),
    ("Mexico ranked second among the countries of mentions.", {"rank": "Mexico", "by": "country"}, "second"),
    ("There were more mentions from Russia than from Spain.",
     {"ratio": {"count": "rows", "that": "country = 'Russia'"}, "to": {"count": "rows", "that": "country = 'Spain'"}}, "more"),
    ("Russia had four times as many mentions as Spain.",
     {"ratio": {"count": "rows", "that": "country = 'Russia'"}, "to": {"count": "rows", "that": "country = 'Spain'"}}, "four times as many"),
    ("39 mentions have more than 6,000 followers.", {"count": "rows", "that": "followers > 6000"}, "39"),
    ("A quarter of the mentions came from verified accounts.", {"share": "verified"}, "a quarter"),
    ("Mentions of the mayor fell from week to week.", {"trend": "created_at", "per": "week"}, "falling"),
    ("The first mention from Spain dates from June 2018.", {"first": "created_at", "that": "country = 'Spain'"}, "June 2018"),
    ("Half of the 55-64 year olds have a dog.", {"share": "DOG = 1", "among": "age between 55 and 64"}, "half"),
    ("Half of the respondents aged 55 to 64 have a dog.",
     {"share": "DOG = 1", "among": "age between 55 and 64"}, "half"),
    ("Half of the respondents older than 49 have a dog.", {"share": "DOG = 1", "among": "age > 49"}, "half"),
    ("Half of the respondents aged 50 or over have a dog.", {"share": "DOG = 1", "among": "age >= 50"}, "half"),
    ("A third of the respondents aged 25 and under have a dog.", {"share": "DOG = 1", "among": "age <= 25"}, "a third"),
    ("20% of the respondents walk every day.", {"share": "walks = 'Every day'"}, "20%"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "measure", "claimed"), FIRST, ids=lambda v: str(v)[:40])
def test_first(drafter: Drafter, sentence: str, measure: dict[str, Any], claimed: str) -> None:
    first = drafter.draft(sentence).choices[0]
    assert (first.claim["measure"], first.claim["claimed"]) == (measure, claimed)
    assert first.claim["statement"] == sentence


def test_a_draft_knows_what_the_data_say_and_both_scores(drafter: Drafter) -> None:
    first = drafter.draft("64% of mentions came from Russia.").choices[0]
    assert first.verdict is not None
    assert first.verdict.estimate == pytest.approx(0.64)
    assert first.verdict.outcome == "supported"
    assert first.words is not None
    assert first.words > 0.85
    assert first.plausibility is not None
    assert first.plausibility > 0.9


def test_an_implausible_figure_lowers_only_plausibility(drafter: Drafter) -> None:
    true, false = (drafter.draft(f"{n}% of mentions came from Russia.").choices[0] for n in (64, 12))
    assert true.claim["measure"] == false.claim["measure"]
    assert true.words == false.words
    assert (false.plausibility or 0) < 0.2


def test_candidates_of_several_sentences_are_evaluated_together(drafter: Drafter) -> None:
    both = drafter.drafts(["64% of mentions came from Russia.", "20 of the mentions came from Mexico."])
    assert [draft.choices[0].claim["claimed"] for draft in both] == ["64%", "20"]


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The mayor is popular.", "no figure"),
        ("Turnout in the election was 68%.", "Turnout, election"),
        ("9% of dentists recommend a toothpaste.", "dentists, recommend, toothpaste"),
    ],
)
def test_what_cannot_be_checked_is_said_with_the_words(drafter: Drafter, sentence: str, reason: str) -> None:
    draft = drafter.draft(sentence)
    assert not draft.checkable
    assert draft.choices == ()
    assert reason in (draft.reason or "")


def test_orders_are_unverifiable(drafter: Drafter) -> None:
    draft = drafter.draft("64% of the mentions were paid by the Kremlin.")
    assert not draft.checkable
    assert "Attribution" in draft.choices[0].claim["unverifiable"]


def test_a_negation_that_no_condition_heeds_is_named(drafter: Drafter) -> None:
    draft = drafter.draft("64% of mentions from Russia were not deleted.")
    weighed = draft.choices[0].weighed
    assert weighed is not None
    assert [draft.spoken[at].text for at in weighed.lost] == ["not"]
    assert "deleted" in [draft.spoken[at].text for at in weighed.missed]


def test_close_candidates_are_told_apart_from_the_rest(drafter: Drafter) -> None:
    draft = drafter.draft("64% of mentions came from Russia.")
    assert draft.close == ()
    spoken = drafter.draft("Half of the respondents have a cat or walk.", 10)
    assert all(choice.score >= 0.8 * spoken.choices[0].score for choice in spoken.close)
