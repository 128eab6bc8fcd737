"""A small project that claims are drafted in: posts with places, times and likes, and a survey."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from factcheck.draft.drafting import Drafter
from factcheck.draft.opening import drafting
from factcheck.project import open_evidence

MANIFEST = """
datasets:
  mentions:
    title: Mentions of the mayor
    files: mentions.csv
    unit: mention
    represents: every public mention of the mayor in 2018
    completeness: complete
    columns:
      created_at: {type: timestamp, timezone: UTC}
      verified: {type: boolean}
  survey:
    title: Survey on pets
    files: survey.csv
    unit: respondent
    represents: adults
    completeness: partial
    columns:
      CAT: {description: has a cat}
      age: {unit: years}
"""
# 100 mentions: 64 from Russia, 20 from Mexico, 16 from Spain; likes 0 to 99; one a day from 1 April.
COUNTRIES = ["Russia"] * 64 + ["Mexico"] * 20 + ["Spain"] * 16
# 50 respondents: 30 have a dog, 20 a cat, 10 of these both.


@pytest.fixture(scope="session")
def small_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("drafts")
    (root / "evidence").mkdir()
    (root / "claims").mkdir()
    (root / "evidence" / "data.yaml").write_text(MANIFEST)
    mentions = ["post_id,country,author,created_at,likes,followers,verified"]
    for i, country in enumerate(COUNTRIES):
        day = f"2018-{4 + i // 30:02d}-{1 + i % 30:02d} 12:00"
        mentions.append(f"p{i},{country},user{i % 25},{day},{i},{100 * i},{str(i % 4 == 0).lower()}")
    (root / "evidence" / "mentions.csv").write_text("\n".join(mentions) + "\n")
    survey = ["CAT,DOG,age,walks"]
    for i in range(50):
        walks = "Every day" if i % 5 == 0 else "Never"
        survey.append(f"{int(i >= 30)},{int(10 <= i < 40)},{20 + i},{walks}")
    (root / "evidence" / "survey.csv").write_text("\n".join(survey) + "\n")
    return root


@pytest.fixture(scope="session")
def drafter(small_project: Path) -> Iterator[Drafter]:
    with drafting(open_evidence(small_project)) as opened:
        yield opened
