"""`factcheck draft` as it is called."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factcheck.cli import main

SENTENCE = "64% of mentions came from Russia."


@pytest.fixture
def root(small_project: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_project, tmp_path / "project"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["draft", *arguments], catch_exceptions=False)


def test_the_claim_can_be_pasted_and_says_what_was_understood(root: Path) -> None:
    result = run(SENTENCE, "--project", str(root), "--dataset", "mentions")
    assert result.exit_code == 0
    assert "measure: {share: country = 'Russia'}" in result.stdout
    assert "the claim as drafted would be supported" in result.stdout
    assert "'Russia' is the value 'Russia' of country" in result.stdout
    assert "Drafts are proposals" in result.stdout


def test_json_has_the_promised_form(root: Path) -> None:
    told = json.loads(run(SENTENCE, "--project", str(root), "--format", "json").stdout)
    assert (told["sentence"], told["checkable"], told["reason"]) == (SENTENCE, True, None)
    first = told["candidates"][0]
    assert set(first) == {"claim", "words", "plausibility", "estimate", "outcome"}
    assert first["claim"]["measure"] == {"share": "country = 'Russia'"}
    assert (first["claim"]["claimed"], first["estimate"], first["outcome"]) == ("64%", 0.64, "supported")


def test_an_article_tells_what_was_passed_over_and_adds_the_rest(root: Path) -> None:
    article = root / "article.md"
    article.write_text(f"# News\n\n{SENTENCE} The mayor is liked. It was paid by the Kremlin.\n")
    target = root / "claims" / "news.yaml"
    result = run("--article", str(article), "--project", str(root), "--append", str(target))
    assert result.exit_code == 0
    assert "2 of 3 sentences drafted." in result.stdout
    assert "– The mayor is liked." in result.stdout
    assert "no figure" in result.stdout
    check = CliRunner().invoke(main, ["check", "--project", str(root), "--format", "json", "-q", str(target)])
    outcomes = [claim["outcome"] for claim in json.loads(check.stdout)["claims"]]
    assert outcomes == ["supported", "unverifiable"]


def test_a_sentence_without_a_figure_is_said_to_be_so(root: Path) -> None:
    told = json.loads(run("The mayor is popular.", "--project", str(root), "--format", "json").stdout)
    assert (told["checkable"], told["candidates"]) == (False, [])
    assert "no figure" in told["reason"]


def test_data_that_cannot_be_used_are_told(root: Path) -> None:
    manifest = root / "evidence" / "data.yaml"
    lost = "  lost: {files: gone.csv, unit: post, completeness: complete}\n"
    manifest.write_text(manifest.read_text().replace("    completeness: complete\n", "", 1) + lost)
    result = run(SENTENCE, "--project", str(root))
    assert "'lost' is left out, for it cannot be read" in result.stderr
    assert "dataset 'mentions' does not say how complete it is" in " ".join(result.stdout.split())
    assert run(SENTENCE, "--project", str(root), "--dataset", "lost").exit_code == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "give a sentence, or --article FILE"),
        (["x", "--dataset", "mention"], "did you mean 'mentions'?"),
    ],
)
def test_wrong_calls_are_explained(root: Path, arguments: list[str], said: str) -> None:
    result = run(*arguments, "--project", str(root))
    assert result.exit_code == 2
    assert said in result.stderr
