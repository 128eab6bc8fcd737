"""Did you mean …?"""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.text.suggest import damerau_levenshtein, did_you_mean, near

MEANT = [
    ("Rusia", "Russia"),
    ("tolerence", "tolerance"),
    ("contry", "country"),
    ("lenght", "length"),
    ("sahre", "share"),
    ("created", "created_at"),
    ("country_code", "country"),
    ("createdAt", "created_at"),
    ("Created At", "created_at"),
    ("russia", "Russia"),
    ("Mexico", "México"),
    ("Moskva", "Москва"),
    ("Москва", "Moskva"),
    ("Russi\u0430", "Russia"),  # the last letter is Cyrillic
    ("Kasachstan", "Kazakhstan"),
    ("STRASSE", "Straße"),
    ("authr", "author"),
    ("uthor", "author"),
    ("hwere", "where"),
    ("meas", "measure"),
    ("Russia", "Russian Federation"),
]


@pytest.mark.parametrize(("word", "meant"), MEANT)
def test_near_spellings_are_found(word: str, meant: str) -> None:
    assert near(word, ["zebra", meant, "quotient"]) == [meant]


@pytest.mark.parametrize(
    ("word", "candidate"),
    [("mean", "median"), ("2017", "2018"), ("USA", "UGA"), ("no", "on"), ("max", "min"), ("q1", "q2"),
     ("report-2017", "report-2018"), ("xyz", "country"), ("", "a"), ("Russia", "Prussian blue"), ("lean", "mean"),
     ("2017", "2017-18"), ("mea", "measure")],
)  # fmt: skip
def test_no_silly_suggestion(word: str, candidate: str) -> None:
    assert near(word, [candidate]) == []


def test_the_best_comes_first_and_there_are_few() -> None:
    words = ["claims", "claimed", "claimant", "claim", "clam"]
    assert near("claimd", words)[0] in ("claimed", "claims", "claim")
    assert len(near("claimd", words)) <= 3
    assert near("Rusia", ["Prussia", "Russia"])[0] == "Russia"


def test_the_word_itself_is_no_suggestion() -> None:
    assert near("share", ["share"]) == []


def test_the_sentence() -> None:
    assert did_you_mean("tolerence", ["tolerance"]) == "did you mean 'tolerance'?"
    assert did_you_mean("colour", ["color", "colours"]) == "did you mean 'color' or 'colours'?"
    assert did_you_mean("xyz", ["tolerance"]) == ""


@pytest.mark.parametrize(
    ("a", "b", "distance"), [("", "abc", 3), ("ca", "ac", 1), ("kitten", "sitting", 3), ("ca", "abc", 3), ("a", "a", 0)]
)
def test_damerau_levenshtein(a: str, b: str, distance: int) -> None:
    """kitten/sitting is Levenshtein's textbook pair; ca/abc is 3 in the restricted form (2 in the unrestricted one)."""
    assert damerau_levenshtein(a, b) == distance


@given(st.text(max_size=12), st.text(max_size=12))
def test_distance_is_symmetric_and_bounded(a: str, b: str) -> None:
    distance = damerau_levenshtein(a, b)
    assert distance == damerau_levenshtein(b, a)
    assert abs(len(a) - len(b)) <= distance <= max(len(a), len(b))


@given(st.text(max_size=90), st.lists(st.text(max_size=90), max_size=5))
def test_any_text_may_be_asked(word: str, candidates: list[str]) -> None:
    found = near(word, candidates)
    assert set(found) <= set(candidates)


def test_many_values_are_searched_quickly() -> None:
    values = [f"user{i:06d}name" for i in range(20_000)] + ["Russia"]
    started = time.perf_counter()
    assert near("Rusia", values) == ["Russia"]
    assert time.perf_counter() - started < 2
