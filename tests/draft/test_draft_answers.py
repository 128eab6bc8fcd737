"""Answers to long questions, ranges, texts told again, words of no weight, and what stays refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from factcheck.draft.dates import dates
from factcheck.draft.drafting import Drafter
from factcheck.draft.opening import drafting
from factcheck.draft.roles import idle
from factcheck.draft.words import words
from factcheck.project import open_evidence

MANIFEST = """
datasets:
  library-survey:
    title: Survey of readers
    files: survey.csv
    unit: respondent
    represents: adults
    completeness: complete
  stories:
    title: Stories of a local paper
    files: stories.csv
    unit: story
    completeness: complete
    columns:
      clicks: {unit: clicks}
"""
LOAN = "How often do you borrow books from a library?"
NOISE = "Is itrude to talk aloud in a reading room?"
FINES = "Is it rude to ask a neighbour to pay fines for late books?"
OFTEN = ["Never", "Every week", "Once a month", "Not at all lately", "Never", "Never"]
RUDE = ['"Yes, very rude"', '"Yes, somewhat rude"', '"No, not rude at all"', '"No, not rude at all"']
AGES = ["18-29", "30-44", "45-60", "> 60"]
TITLES = [
    "Fireman rescues a parrot from the roof of the old town hall in heavy rain",
    "Mayor opens the new bridge across the river after eleven years of building",
    "Bakery burns down twice within one week and nobody knows how it came about",
]


@pytest.fixture(scope="module")
def drafter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drafter]:
    """48 respondents of whom 24 never borrow books, and 30 stories of three titles and 27 that differ."""
    root = tmp_path_factory.mktemp("answers")
    (root / "evidence").mkdir()
    (root / "claims").mkdir()
    (root / "evidence" / "data.yaml").write_text(MANIFEST)
    asked = [f"id,{LOAN},{NOISE},{FINES},Age,comma"]
    for i in range(48):
        asked.append(
            f"r{i},{OFTEN[i % 6]},{RUDE[i % 4]},{RUDE[(i + 1) % 4]},{AGES[i // 12]},{'with' if i % 3 else 'without'}"
        )
    told = ["title,clicks"]
    for i in range(30):
        title = TITLES[i] if i < 3 else f"A story of number {i} that tells of nothing but the weather on day {i} of the year"
        told.append(f"{title},{9000 - 100 * i}")
    (root / "evidence" / "survey.csv").write_text("\n".join(asked) + "\n")
    (root / "evidence" / "stories.csv").write_text("\n".join(told) + "\n")
    with drafting(open_evidence(root)) as opened:
        yield opened


FIRST: list[tuple[str, dict[str, Any]]] = [
    ("Half of the respondents never borrow books from a library.", {"share": f"\"{LOAN}\" = 'Never'"}),
    ("A quarter of those polled call it very rude to talk aloud in a reading room.", {"share": f"\"{NOISE}\" = 'Yes, very rude'"}),
    ("Half of the readers see nothing rude in talking aloud in a reading room.", {"share": f"\"{NOISE}\" = 'No, not rude at all'"}),
    ("Half of those surveyed find it perfectly acceptable to talk aloud in a reading room.", {"share": f"\"{NOISE}\" = 'No, not rude at all'"}),
    ("Among the under-30s, 67% write with the comma.", {"share": "comma = 'with'", "among": "Age = '18-29'"}),
    ("A quarter of the over-60s never borrow books from a library.", {"share": f"\"{LOAN}\" = 'Never'", "among": "Age = '> 60'"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "measure"), FIRST, ids=lambda v: str(v)[:40])
def test_first(drafter: Drafter, sentence: str, measure: dict[str, Any]) -> None:
    assert drafter.draft(sentence).choices[0].claim["measure"] == measure


def test_a_story_is_found_by_what_is_told_of_it(drafter: Drafter) -> None:
    draft = drafter.draft("The fireman who rescued a parrot from the town hall's roof was the story with the most clicks.")
    assert any(choice.claim["claimed"] == TITLES[0] for choice in draft.choices)


@pytest.mark.parametrize("sentence", ["Unemployment stood at 4% in May.", "12 of the dentists won.", "Turnout reached 76 percent."])
def test_nouns_that_no_table_has_are_refused(drafter: Drafter, sentence: str) -> None:
    assert drafter.draft(sentence).choices == ()


def test_turns_of_phrase_deny_nothing() -> None:
    assert idle(words("Most, let us not forget, were late")) == {3, 4}
    assert idle(words("They were not late")) == frozenset()


def test_days_with_a_name_are_dates() -> None:
    assert [said for _, _, said in dates("It began on New Year's Day 2018 and ended on Christmas Eve 2019.")] == [
        "1 January 2018",
        "24 December 2019",
    ]
