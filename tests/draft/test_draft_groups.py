"""Who is compared with whom, and of whom a share is: sentences about people that were asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from factcheck.draft.drafting import Drafter
from factcheck.draft.opening import drafting
from factcheck.project import open_evidence

MANIFEST = """
datasets:
  survey: {files: survey.csv, unit: respondent, represents: adults in Britain, completeness: random sample}
"""
WOMEN, MEN, SMOKES = "sex = 'Female'", "sex = 'Male'", "smokes = 'Yes'"


@pytest.fixture(scope="module")
def drafter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drafter]:
    """80 respondents: half of them women, a quarter smoke, half of these want to quit; ages, incomes, parties."""
    root = tmp_path_factory.mktemp("groups")
    for folder in ("evidence", "claims"):
        (root / folder).mkdir()
    (root / "evidence" / "survey.yaml").write_text(MANIFEST)
    rows = ["id,sex,smokes,wants_to_quit,party,satisfaction,income"]
    for i in range(80):
        smokes = i % 4 == 0
        quits = ("Yes" if i % 8 else "No") if smokes else ""
        party = ("Labour", "Conservative", "Green", "Labour", "Refused")[i % 5]
        rows.append(
            f"{i},{'Female' if i < 40 else 'Male'},{'Yes' if smokes else 'No'},{quits},{party},{1 + i % 5},{900 * i}"
        )
    (root / "evidence" / "survey.csv").write_text("\n".join(rows) + "\n")
    with drafting(open_evidence(root)) as opened:
        yield opened


FIRST: list[tuple[str, dict[str, Any]]] = [
    ("Two thirds of women smoke.", {"share": SMOKES, "among": WOMEN}),
    ("One in four men smokes.", {"share": SMOKES, "among": MEN}),
    ("Most smokers want to quit.", {"share": "wants_to_quit = 'Yes'", "among": SMOKES}),
    ("Most of the smokers are women.", {"share": WOMEN, "among": SMOKES}),
    ("Women smoke more than men.", {"ratio": {"share": SMOKES, "among": WOMEN}, "to": {"share": SMOKES, "among": MEN}}),
    ("Labour leads the Conservatives by 3 points.",
     {"difference": {"share": "party = 'Labour'"}, "minus": {"share": "party = 'Conservative'"}}),
    ("The Conservatives trail Labour by 12 points.",
     {"difference": {"share": "party = 'Labour'"}, "minus": {"share": "party = 'Conservative'"}}),
    ("Satisfaction averages 3.8.", {"mean": "satisfaction"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "measure"), FIRST, ids=lambda v: str(v)[:40])
def test_first(drafter: Drafter, sentence: str, measure: dict[str, Any]) -> None:
    assert drafter.draft(sentence).choices[0].claim["measure"] == measure


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in FIRST])
def test_answers_are_never_what_is_counted(drafter: Drafter, sentence: str) -> None:
    assert not any("of" in choice.claim["measure"] for choice in drafter.draft(sentence, 10).choices)


def test_a_number_of_two_groups_is_compared_by_its_mean_before_its_sum(drafter: Drafter) -> None:
    words = {
        next(iter(choice.claim["measure"]["ratio"])): choice.words
        for choice in drafter.draft("Women earn 10% less than men.", 10).choices
        if "ratio" in choice.claim["measure"]
    }
    assert words["mean"] > words["sum"]


def test_the_typical_may_be_the_mean_or_the_median(drafter: Drafter) -> None:
    choices = drafter.draft("The typical adult earns 35,000.").choices
    assert {next(iter(choice.claim["measure"])) for choice in choices[:2]} == {"mean", "median"}


def test_rows_may_be_called_by_two_words(drafter: Drafter) -> None:
    draft = drafter.draft("One in four of the interviewees, people from all parts of Britain, smokes.")
    assert draft.choices[0].claim["measure"] == {"share": SMOKES}
    assert "interviewees" not in draft.unknown
