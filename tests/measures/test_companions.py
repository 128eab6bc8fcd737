"""Whoever forgets a companion of a measure is shown how it is written."""

from __future__ import annotations

import pytest

from factcheck.measures import KINDS
from factcheck.text.validate import validate
from factcheck.text.yaml import parse


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_missing_is_shown_by_an_example(kind: str) -> None:
    node, _ = parse("{}", "claim.yaml")
    assert node is not None
    _, problems = validate(KINDS[kind], node, "the measure")
    forgotten = [problem for problem in problems if not problem.message.endswith(f"'{kind}'")]
    assert len(forgotten) == len(problems) - 1
    assert [problem.message for problem in forgotten if not problem.hint.startswith("for example")] == []
