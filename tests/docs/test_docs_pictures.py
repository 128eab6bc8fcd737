"""The pictures of verdicts are those of today's engine, and what the page says in words is what they show."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import manual
import pytest
import verdict_pictures

PAGE = "how-a-verdict-is-reached.md"


def test_every_picture_is_current() -> None:
    assert [path.name for path, _ in verdict_pictures.stale()] == [], "run `python docs/verdict_pictures.py`"


def test_no_picture_is_left_over() -> None:
    shown = set(re.findall(r"\(verdict-pictures/([\w-]+\.svg)\)", manual.text_of(PAGE)))
    assert shown == {path.name for path in verdict_pictures.TARGET.iterdir()} == set(verdict_pictures.pictures())


@pytest.mark.parametrize("path", sorted(verdict_pictures.TARGET.glob("*.svg")), ids=lambda path: path.stem)
def test_a_picture_is_light_or_dark_and_tells_itself_in_words(path: str) -> None:
    root = ElementTree.parse(path).getroot()
    told = {element.tag.rpartition("}")[2]: element.text or "" for element in root}
    assert "prefers-color-scheme:dark" in told["style"]
    assert told["title"]
    text = ElementTree.tostring(root, encoding="unicode")
    assert not re.search(r'(?:href|src)="|url\(', text)


def test_what_the_page_says_of_the_figures() -> None:
    """Its sentences are written by hand: each figure that they give of a claim is the engine's."""
    found = verdict_pictures.verdicts()
    text = " ".join(manual.text_of(PAGE).split())

    def figure(name: str) -> str:
        return f"{float(100 * found[name].estimate):.1f}%"

    beach = found["beach"].measurement
    assert beach is not None
    assert f"Of the {beach.n} paintings that Ross made himself, {beach.facts['k']} are tagged *beach*. That is" in text
    assert figure("beach") in text
    assert f"in a survey of 1,040 people, {figure('reclining-rude')}".casefold() in text.casefold()
    assert "68.5% hold a hashtag" in text
    assert figure("keyword-hashtag-posts") == "68.5%"
    assert found["reclining-rude"].confidence == "low"
    variants = {variant.outcome.value: variant.estimate for variant in found["reclining-rude"].variants}
    assert [variant.outcome.value for variant in found["reclining-rude"].variants].count("supported") == 2
    assert f"{float(100 * variants['refuted']):.1f}%" == "33.8%"
    assert "one comes close and one refutes it: 33.8%" in text
