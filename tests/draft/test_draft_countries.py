"""Countries by whatever they are called."""

from __future__ import annotations

import pytest

from factcheck.draft.countries import code_of, countries, english, languages
from factcheck.draft.words import words


def named(text: str) -> list[str]:
    return [found.code for found in countries(words(text))]


@pytest.mark.parametrize(
    "name",
    ["Russia", "the Russian Federation", "Russians", "Russian", "Rusia", "Russland", "Россия", "RU", "RUS"],
)
def test_russia_has_many_names(name: str) -> None:
    assert named(f"Most of it came from {name}, they say") == ["RU"]


def test_the_longest_name_is_meant() -> None:
    assert named("Bosnia and Herzegovina and South Koreans") == ["BA", "KR"]
    assert named("DR Congo, Papua New Guinea and Guinea") == ["CD", "PG", "GN"]


def test_names_are_joined_by_no_and() -> None:
    found = countries(words("Russia and Ukraine"))
    assert [(one.first, one.last, one.code) for one in found] == [(0, 1, "RU"), (2, 3, "UA")]


def test_small_letters_name_no_country() -> None:
    assert named("a turkey in a jar, and so do us in it") == []
    assert named("SO IT IS IN THE US") == ["US"]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("RU", "RU"), ("rus", "RU"), ("Russian Federation", "RU"), ("Korea, Republic of", "KR"), ("Viet Nam", "VN"),
        ("Côte d’Ivoire", "CI"), ("Alemania", "DE"), ("Russian", None), ("XX", None), ("somewhere", None),
    ],
)  # fmt: skip
def test_values_of_columns(value: str, code: str | None) -> None:
    assert code_of(value) == code


def test_words_for_readers() -> None:
    assert (english("RU"), languages()["spanish"]) == ("Russia", "es")
