"""The words of sentences and names, and how they are compared."""

from __future__ import annotations

from threading import Thread

import pytest

from factcheck.draft.sentence import Sentence, alike
from factcheck.draft.words import named, stem, stop_words, words


def stems(text: str) -> list[str]:
    return [word.stem for word in words(text)]


def test_words_keep_their_places() -> None:
    text = "Russia’s 2,504 posts in the U.S. weren't #VivaMORENA, 39.7% of abcnews.com.co."
    found = words(text)
    assert [text[word.start : word.end] for word in found] == [word.text for word in found]
    assert [word.folded for word in found] == [
        "russia", "2,504", "posts", "in", "the", "us", "weren't", "vivamorena", "39.7", "of", "abcnews.com.co",
    ]  # fmt: skip


def test_accents_and_case_are_no_differences() -> None:
    assert [word.folded for word in words("Renovación NACIONAL Łódź ЁЛКА")] == ["renovacion", "nacional", "łodz", "елка"]


def test_endings_are_no_differences() -> None:
    assert stems("mountains recline reclining reclines") == ["mountain", "reclin", "reclin", "reclin"]
    assert stems("flown women children") == stems("fly woman child")


def test_negations_and_quantities_are_no_filling() -> None:
    said = {word.folded for word in words("not no never none without all most half the of in") if not word.stop}
    assert said == {"not", "no", "never", "none", "without", "all", "most", "half"}
    assert not {"not", "no", "all", "more", "less", "most"} & stop_words()


def test_the_country_is_not_the_pronoun() -> None:
    assert [word.stop for word in words("the US and us")] == [True, False, True, True]


@pytest.mark.parametrize("name", ["postCreatedAt", "POST_CREATED_AT", "post-created at"])
def test_names_of_columns_are_words(name: str) -> None:
    assert [word.folded for word in named(name)] == ["post", "created", "at"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [("rusia", "russia"), ("ukriane", "ukraine"), ("mixure", "mixture"), ("conservitives", "conservatives")],
)
def test_slips_are_forgiven(said: str, meant: str) -> None:
    assert alike(said, meant)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("russia", "prussia"), ("house", "mouse"), ("plane", "plate"), ("iran", "iraq"), ("austria", "australia")],
)
def test_other_words_are_other_words(said: str, meant: str) -> None:
    assert not alike(said, meant)


def test_a_word_that_the_data_know_is_not_misspelt() -> None:
    sentence = Sentence(words("posts from Rusia"))
    (target,) = words("Russia")
    sentence.doubt({"post", "rusia"})
    assert sentence.at(target) == []
    sentence.doubt({"post"})
    assert [at for at, _ in sentence.at(target)] == [2]


def test_words_in_a_row_are_surer_than_scattered_ones() -> None:
    phrase = words("mixture of true and false")
    row = Sentence(words("it was a mixture of true and false")).run(phrase)
    assert row is not None
    assert (row.positions, row.score) == ((3, 4, 5, 6, 7), 1.0)
    apart = Sentence(words("false, if not a mixture")).scattered(phrase, [1.0, 0.1, 1.0, 0.1, 1.0])
    assert apart is not None
    assert apart.positions == (0, 4)
    assert apart.score < 0.7


def test_threads_do_not_cut_the_words_of_one_another() -> None:
    made = [f"{start}{middle}{end}" for start in ("con", "un", "re") for middle in ("nect", "relat", "hop") for end in
            ("ions", "ing", "ational", "fulness", "edly", "izers", "ies", "ously")]  # fmt: skip
    stem.cache_clear()
    alone = [stem(word) for word in made]
    stem.cache_clear()
    found: dict[int, list[str]] = {}

    def work(number: int) -> None:
        found[number] = [stem.__wrapped__(word) for word in made * 20]

    threads = [Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(found[number] == alone * 20 for number in range(4))
