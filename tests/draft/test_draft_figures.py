"""Where a figure begins and ends in a sentence, and what is none."""

from __future__ import annotations

import pytest

from factcheck.draft.figures import figures
from factcheck.draft.words import words
from factcheck.draft.zones import zones


def found(text: str) -> list[str]:
    return [figure.text for figure in figures(text, words(text)) if not figure.known]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("64% of mentions came from Russia.", ["64%"]),
        ("Fewer than one in ten paintings show it.", ["fewer than one in ten"]),
        ("About one man in six always reclines.", ["about one in six"]),
        ("Two paintings out of three show a lake.", ["two in three"]),
        ("Roughly a quarter are new.", ["roughly a quarter"]),
        ("Some 9,500 accounts and almost 2.3 million posts.", ["some 9,500", "almost 2.3 million"]),
        ("Not a single tweet was sent.", ["none"]),
        ("They did not share any tweets.", ["none"]),
        ("No more than 20 accounts posted.", ["no more than 20"]),
        ("It had three times as many posts.", ["three times as many"]),
        ("Only three of them were new.", ["three"]),
        ("Just under 5% were untrue.", ["just under 5%"]),
        ("The vast majority were in Spanish.", ["vast majority"]),
        ("Every account was new.", ["all"]),
        ("Dogs lead cats by almost ten to one.", ["almost ten times"]),
        ("They won 3:1 in shares.", ["3 times"]),
        ("Not even half of them answered.", ["fewer than half"]),
        ("She did not have more than 900 readers.", ["no more than 900"]),
        ("It was the oldest of seven pages.", []),
        ("A third of 18-29 year olds read it.", ["a third"]),
        ("Half were sent in the first 90 minutes.", ["half"]),
        ("The Top 40 had 12 entries.", ["12"]),
        ("They ran Windows 10.", []),
        ("Seventeen pages, 4.5 per cent, posted.", ["seventeen", "4.5 per cent"]),
        ("Ten times more often than Spain, Russia was named.", ["ten times"]),
        ("It followed 57 more accounts.", ["57"]),
        ("Fifty posts have 100 likes or more.", ["fifty", "100 or more"]),
        ("It tweeted 50 times a month.", ["50 times"]),
        ("That is 7% fewer than the 23.5 million of 2017.", ["7% fewer"]),
        ("Not even one from ten of them answered.", ["fewer than one in ten"]),
        ("Almost each fourth account had less then 10 readers.", ["almost one in four", "less than 10"]),
        ("It is fifty-fifty.", ["half"]),
        ("Some 300-odd posts and a thousand-ish replies came.", ["about 300", "about a thousand"]),
        ("The score is two point four.", ["2.4"]),
        ("It was silent for THREE MONTHS straight.", ["three months"]),
        ("Every other post was new.", ["one in two"]),
        ("Just shy of 300 posts and north of 20 pages were new.", ["nearly 300", "more than 20"]),
        ("Not a single one of them was new.", ["none"]),
        ("75 per cent in the first week were new.", ["75 per cent", "first"]),
        ("The lion's share of posts were new.", ["most"]),
        ("23 accounts, no more, posted.", ["23"]),
    ],
)
def test_figures_with_their_hedges(sentence: str, expected: list[str]) -> None:
    assert found(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "It was posted in April 2018.",
        "On 30 April 2020 at 12:30 it began.",
        "Accounts created before 8 November 2016 or since 2015 posted.",
        "They travel every day.",
        'The words "64% of all" were used.',
        "AJ+ and user007 wrote about Covid-19 with #Mexico2018.",
        "bot_17 and the_page_2 wrote it.",
        "https://example.org/2018/12 has it.",
    ],
)
def test_dates_names_and_quotations_are_no_figures(sentence: str) -> None:
    assert found(sentence) == []


def test_what_is_spoken_of_is_known_and_not_claimed() -> None:
    text = "The 403 paintings show 39 waterfalls."
    assert [(figure.text, figure.known) for figure in figures(text, words(text))] == [("403", True), ("39", False)]


def test_each_figure_has_its_own_part_of_the_sentence() -> None:
    text = "44 percent contain clouds, 9 percent contain the beach and 7 percent contain both"
    spoken = words(text)
    parts = zones(text, spoken, figures(text, spoken))
    told = [" ".join(spoken[at].text for at in part) for part in parts.values()]
    assert told == ["44 percent contain clouds", "9 percent contain the beach", "and 7 percent contain both"]
