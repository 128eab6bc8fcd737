"""What benchmarks/drafts takes for right: the same rows and the same figure, however they are written, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.drafts import page, scoring, sentences
from benchmarks.drafts.forms import form
from benchmarks.drafts.scoring import Drafted
from benchmarks.drafts.sentences import FOLDER, SETS, Sentence

RIGHT: dict[str, Any] = {
    "dataset": "posts", "measure": {"share": "country = 'Russia'", "among": "likes > 1"}, "claimed": "two thirds",
}  # fmt: skip
MANIFEST = "datasets: {posts: {files: posts.csv, unit: post, represents: the posts, completeness: complete}}"


def candidate(claimed: str = "two thirds", **measure: str) -> dict[str, Any]:
    return {"dataset": "posts", "measure": measure, "claimed": claimed}


# What is drafted, whether it asks the same of the same rows, and whether it is right as a whole.
CANDIDATES = {
    "as written": (RIGHT, True, True),
    "other words": (candidate(share="country in ('Russia')", among="not likes <= 1"), True, True),
    "where for among": ({**candidate(share="country = 'Russia'"), "where": "likes >= 2"}, True, True),
    "another figure": (candidate("about two thirds", **RIGHT["measure"]), True, False),
    "other digits of the same": (candidate("2 in 3", **RIGHT["measure"]), True, True),
    "all rows": (candidate(share="country = 'Russia'"), False, False),
    "turned round": (candidate(share="likes > 1", among="country = 'Russia'"), False, False),
    "another value": (candidate(share="country = 'Spain'", among="likes > 1"), False, False),
    "a count": (candidate("two", count="rows", that="country = 'Russia' and likes > 1"), False, False),
    "of accounts": (candidate(share="country = 'Russia'", among="likes > 1", of="distinct author"), False, False),
    "no such column": (candidate(share="land = 'Russia'", among="likes > 1"), False, False),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("drafts")
    (root / "claims").mkdir()
    (root / "evidence").mkdir()
    (root / "evidence" / "posts.yaml").write_text(MANIFEST, "utf-8")
    rows = "author,country,likes,Page (name)\na,Russia,5,P\na,Russia,2,P\nb,Spain,3,Q\nc,Spain,1,Q\nc,,1,Q\n"
    (root / "evidence" / "posts.csv").write_text(rows, "utf-8")
    return root


@pytest.fixture(scope="module")
def scored(project: Path) -> dict[str, scoring.Scored]:
    """All candidates at once, each as the second one, behind one that is wrong."""
    wrong = candidate("five", count="rows")
    drafts = [
        (Sentence(name, "share", name, None, (), (RIGHT,), ()), Drafted((wrong, claim)))
        for name, (claim, _, _) in CANDIDATES.items()
    ]
    return {one.sentence.id: one for one in scoring.score(drafts, project)}


@pytest.mark.parametrize("name", CANDIDATES)
def test_what_is_right(scored: dict[str, scoring.Scored], name: str) -> None:
    _, asks_the_same, right = CANDIDATES[name]
    assert scored[name].place_but_figure == (2 if asks_the_same else None)
    assert scored[name].place == (2 if right else None)
    assert scored[name].wrongly_confident
    assert not scored[name].first


@pytest.mark.parametrize(("by", "right"), [('"Page (name)"', True), ("Page (name)", True), ("author", False)])
def test_a_column_is_the_same_with_quotes_and_without(project: Path, by: str, right: bool) -> None:
    accepted, drafted = ({"dataset": "posts", "measure": {"top": 1, "by": one}, "claimed": "Q"} for one in ("Page (name)", by))
    sentence = Sentence("x", "most", "x", None, (), (accepted,), ())
    (one,) = scoring.score([(sentence, Drafted((drafted,)))], project)
    assert one.first == right


def test_refusals_are_right_where_nothing_can_be_checked_and_wrong_where_something_can(project: Path) -> None:
    refused = Drafted((), False, "not checkable", "…")
    some, none = (Sentence("x", "share", "x", None, (), right, why) for right, why in (((RIGHT,), ()), ((), ("unverifiable",))))
    for sentence, drafted, first, wrongly_refused, confident in [
        (some, refused, False, True, False),
        (none, refused, True, False, False),
        (none, Drafted((RIGHT,)), False, False, True),
        (none, Drafted((RIGHT,), alternatives=True), False, False, False),
    ]:
        (one,) = scoring.score([(sentence, drafted)], project)
        assert (one.first, one.wrongly_refused, one.wrongly_confident) == (first, wrongly_refused, confident)
    result = scoring.tally(scoring.score([(some, refused), (none, refused)], project))
    assert (result.whole.first, result.checkable.wrongly_refused, result.uncheckable.first) == (1, 1, 1)


@pytest.mark.parametrize("name", SETS)
def test_sentences_have_claims_that_can_be_compared(name: str) -> None:
    path = FOLDER / SETS[name]
    if not path.exists():
        pytest.skip(f"{path.name} is not there")
    for sentence in sentences.read(path):
        assert sentence.right or sentence.refusals
        for claim in sentence.right:
            assert form(claim).parts or "count" in claim["measure"], sentence.id


def test_the_page_shows_the_results_that_are_kept() -> None:
    text = page.PAGE.read_text(encoding="utf-8")
    shown = text.partition(page.BEGIN)[2].partition(page.END)[0]
    assert shown.strip() == page.tables(json.loads(page.RESULTS.read_text(encoding="utf-8"))).strip()
