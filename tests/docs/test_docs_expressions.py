"""The rules that functions.md states for expressions."""

from __future__ import annotations

from pathlib import Path

import manual
import pytest
import yaml

from factcheck.errors import SpecError
from factcheck.pipeline import Run, check
from factcheck.project import open_project

ALLOWED = [
    "country = 'Russia'",
    "country <> 'Russia'",
    "country != 'Russia'",
    "likes < 3 or likes <= 3",
    "likes > 3 and likes >= 3",
    "likes between 1 and 3",
    "country in ('Russia', 'Spain')",
    "country like 'R%'",
    "country ilike 'r%'",
    "country is null",
    "country is not null",
    "country is distinct from 'Russia'",
    "not (likes = 3)",
    "case when likes > 3 then true else false end",
    "likes + 1 - 2 * 3 / 4 > 0",
    "likes // 2 = 1",
    "likes % 2 = 0",
    "author || country = 'anaMexico'",
    "likes::integer = 3",
    "Likes = 3",
    '"likes" = 3',
    "created_at < '2018-05-11'",
    "likes = :few",
    "country in :some",
]
REFUSED = [
    "likes = 'x'",
    "country = 3",
    "(select 1) = 1",
    "read_text('/etc/passwd') = 'x'",
    "likes = 1; drop table posts",
]


def run(condition: str, root: Path) -> Run:
    claim = {
        "id": "a",
        "statement": "A.",
        "dataset": "posts",
        "measure": {"count": "rows", "that": condition},
        "claimed": "1",
        "params": {"few": 3, "some": ["Russia", "Spain"]},
    }
    (root / "claims" / "a.yaml").write_text(yaml.safe_dump({"claims": [claim]}), encoding="utf-8")
    return check(open_project(root, [root / "claims" / "a.yaml"]))


@pytest.mark.parametrize("condition", ALLOWED)
def test_what_an_expression_may_hold(condition: str, tmp_path: Path) -> None:
    (verdict,) = run(condition, manual.scratch(tmp_path, "functions.md"))
    assert verdict.error is None


@pytest.mark.parametrize("condition", REFUSED)
def test_what_it_may_not_hold(condition: str, tmp_path: Path) -> None:
    root = manual.scratch(tmp_path, "functions.md")
    with pytest.raises(SpecError):
        run(condition, root)


def test_a_day_that_ends_at_its_first_moment_is_warned_of(tmp_path: Path) -> None:
    found = run("created_at <= '2018-05-04'", manual.scratch(tmp_path, "functions.md"))
    assert any("first moment" in problem.message for problem in found.problems)
