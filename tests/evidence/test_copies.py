"""Copies of texts: the common form by hand, and likeness held against comparing every pair."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.errors import EvidenceError
from factcheck.evidence.cells import answer
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.duckdb import DuckDB, open_engine
from factcheck.evidence.expressions import Scope, bind
from factcheck.evidence.patterns import likeness
from factcheck.evidence.patterns.copies import Copies, CopiesAnswer
from factcheck.evidence.patterns.wording import bare, spaced, words


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDB]:
    opened = open_engine()
    yield opened
    opened.close()


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def found(engine: DuckDB, texts: list[str | None], similar: Fraction | None = None) -> CopiesAnswer:
    """What the pattern finds in a table of these texts."""
    rows = ", ".join(f"({'NULL' if text is None else literal(text)})" for text in texts)
    engine.execute(
        f"CREATE OR REPLACE TABLE posts AS SELECT CAST(text AS VARCHAR) AS text FROM (VALUES {rows}) v(text)"
    )
    dataset = Dataset("posts", engine.schema("posts"), "posts", completeness="complete")
    question = Copies("posts", bind("text", Scope(dataset.columns, {}, None, "posts")), similar)
    got = answer(engine, {"posts": dataset}, [question])[question]
    if isinstance(got, EvidenceError):
        raise got
    assert isinstance(got, CopiesAnswer)
    assert got.n == len(texts) == got.copies + got.singles + got.empty + got.null
    assert got.null == texts.count(None)
    return got


FORMS = [
    ("Vote  TODAY!\n", "vote today!"),
    ("RT @a_1: Vote", "vote"),
    ("rt @a RT @b: vote", "vote"),
    ("art @home", "art"),
    ("RT if you agree", "rt if you agree"),
    ("＠name hi", "hi"),
    ("hi @name.", "hi ."),
    ("@a @b @c hi", "hi"),
    ("a@b.example", "a@b.example"),
    ("see (https://t.co/x) now", "see ( now"),
    ("HTTP://EXAMPLE.COM/A now", "now"),
    ("now www.example.com", "now"),
    ("http://a http://b x", "x"),
    ("wwww.x", "wwww.x"),
    ("wow\u00a0\u2003wow", "wow wow"),
    ("free\u200bdom", "freedom"),
    ("❤️ #Tag 12", "❤ #tag 12"),
    ("ÄÖ", "äö"),
    ("https://t.co/x @a", ""),
]


@pytest.mark.parametrize(("text", "form"), FORMS)
def test_common_form(engine: DuckDB, text: str, form: str) -> None:
    assert engine.run(f"SELECT {bare(literal(text))}").rows() == [(form,)]


def test_stricter_form_keeps_links_and_mentions(engine: DuckDB) -> None:
    assert engine.run(f"SELECT {spaced(literal(' RT @A:  See HTTPS://t.co/X '))}").rows() == [
        ("rt @a: see https://t.co/x",)
    ]


def test_words(engine: DuckDB) -> None:
    text = "it's #now_1 now_1 naïve 你好 สวั 👍👍 , !"
    got = engine.run(f"SELECT {words(literal(text))}").rows()[0][0]
    # Thai marks are letters of that script in Unicode's scripts, and so stand for themselves.
    assert list(got) == sorted({"it", "s", "now_1", "naïve", "你", "好", "ส", "ว", "ั", "👍"})


def test_no_text_leaves_the_engine_and_stricter_forms_are_counted(engine: DuckDB) -> None:
    got = found(engine, ["Secret words", "secret words", "Secret words", "secret @a words", None, "@a", "other"])
    assert (got.copies, got.singles, got.empty, got.null) == (4, 1, 1, 1)
    assert (got.exact, got.spaced, got.sizes) == (2, 3, ((1, 1), (4, 1)))
    assert "secret" not in repr(got).lower()


def brute(texts: list[str], similar: Fraction) -> int:
    """By the definition, pair by pair. The texts hold plain words, so that their form is known without SQL."""
    forms = [" ".join(text.lower().split()) for text in texts]
    bags = [set(re.findall(r"\w+", form)) for form in forms]
    copies = set()
    for i, j in combinations(range(len(texts)), 2):
        if not forms[i] or not forms[j]:
            continue
        same = forms[i] == forms[j]
        either = bags[i] | bags[j]
        if same or (either and Fraction(len(bags[i] & bags[j]), len(either)) >= similar):
            copies |= {i, j}
    return len(copies)


WORDS = st.lists(st.sampled_from(list("abcdefghijkl")), max_size=12)
SIGNS = st.sampled_from(["!!", "?!", ""])
THRESHOLDS = st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(9, 10), Fraction(1)])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS.map(" ".join) | SIGNS, min_size=1, max_size=14), THRESHOLDS)
def test_likeness_is_what_comparing_every_pair_gives(engine: DuckDB, texts: list[str], similar: Fraction) -> None:
    assert found(engine, list(texts), similar).copies == brute(texts, similar)


def test_likeness_of_texts_from_one_template_and_of_others(engine: DuckDB) -> None:
    """400 texts that differ in one word of eleven, each alike to all; 200 that differ in two of eleven, alike to none."""
    same = "one two three four five six seven eight nine ten"
    template = [f"{same} x{i}" for i in range(400)]
    apart = [f"alpha beta gamma delta epsilon zeta eta theta iota y{i} z{i}" for i in range(200)]
    texts = [*template, *apart, same]
    assert found(engine, list(texts), Fraction(5, 6)).copies == brute(texts, Fraction(5, 6)) == 401
    assert found(engine, list(texts), Fraction(9, 10)).copies == brute(texts, Fraction(9, 10)) == 401
    assert found(engine, list(texts[:-1]), Fraction(9, 10)).copies == 0


def test_too_many_pairs_are_refused_before_they_are_joined(engine: DuckDB, monkeypatch: pytest.MonkeyPatch) -> None:
    """120 texts share one rare word, and of ten others, out of twenty that all texts draw from, half by chance."""
    monkeypatch.setattr(likeness, "MOST_PAIRS", 1000)
    generator = random.Random(4)
    texts = [" ".join(generator.sample([f"w{i}" for i in range(20)], 10)) for _ in range(400)]
    texts[:120] = [f"rare {text}" for text in texts[:120]]
    with pytest.raises(EvidenceError, match="more than 1,000"):
        found(engine, list(texts), Fraction(4, 5))
    monkeypatch.undo()
    assert found(engine, list(texts), Fraction(4, 5)).copies == brute(texts, Fraction(4, 5))


def test_counts_are_those_of_a_plain_counter(engine: DuckDB) -> None:
    texts = ["a", "a", "b", "c", "c", "c"]
    counts = Counter(Counter(texts).values())
    assert found(engine, list(texts)).sizes == tuple(sorted(counts.items()))
