"""The helper functions of the claim language, on texts as they are found."""

from __future__ import annotations

import random
import string
import unicodedata
from typing import Any

import duckdb
import pytest

from factcheck.evidence.expressions import ExpressionError, Scope, bind, functions

FAMILY = "👨‍👩‍👧"


def of(table: duckdb.DuckDBPyConnection, scope: Scope, call: str, texts: list[Any]) -> list[Any]:
    """What `call` gives of each text."""
    sql = bind(call, scope).sql
    table.execute("CREATE OR REPLACE TEMP TABLE one (i INTEGER, text VARCHAR)")
    table.executemany("INSERT INTO one VALUES (?, ?)", list(enumerate(texts)))
    return [row[0] for row in table.execute(f"SELECT {sql} FROM one ORDER BY i").fetchall()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello, world 123", "Latin"),
        ("Привет, как дела?", "Cyrillic"),
        ("Игорь", "Cyrillic"),
        ("Петр Смирнов", "Cyrillic"),
        ("Génesis Vásquez", "Latin"),
        ("e\u0301te\u0301", "Latin"),  # combining accents are no letters
        ("й" + "\u0301" * 9, "Cyrillic"),
        ("今天天气很好", "Han"),
        ("これは日本語です", "Kana"),
        ("カタカナ", "Kana"),
        ("한국어 텍스트", "Hangul"),
        ("مرحبا بالعالم", "Arabic"),
        ("שלום עולם", "Hebrew"),
        ("नमस्ते दुनिया", "Devanagari"),
        ("Καλημέρα", "Greek"),
        ("Բարեւ", "Armenian"),
        ("გამარჯობა", "Georgian"),
        ("বাংলা", "Bengali"),
        ("தமிழ்", "Tamil"),
        ("ภาษาไทย", "Thai"),
        ("ພາສາລາວ", "Other"),
        ("RT @user: Привет всем друзьям", "Cyrillic"),
        ("привет hello", "Cyrillic"),
        ("приве hello", "Mixed"),
        ("aбγ", "Mixed"),
        ("12345 !?", "Common"),
        (f"{FAMILY}🔥🇲🇽", "Common"),
        ("", "Common"),
        (f"{FAMILY} привет {FAMILY}", "Cyrillic"),
        (None, None),
    ],
)
def test_script(table, scope: Scope, text: str | None, expected: str | None) -> None:
    assert of(table, scope, "script(text)", [text]) == [expected]


def test_has_script(table, scope: Scope) -> None:
    texts = ["plain", "plain т", "𝓐 fancy", "ё", "Ѓ", None, "", "🔥", "日", "ｶﾀ", "ひ"]
    assert of(table, scope, "has_script(text, 'Cyrillic')", texts) == [
        False, True, False, True, True, None, False, False, False, False, False,
    ]  # fmt: skip
    assert of(table, scope, "has_script(text, 'han')", ["日", "ひ", "a"]) == [True, False, False]
    assert of(table, scope, "has_script(text, 'Katakana')", ["ｶﾀ", "ひ"]) == [True, False]
    assert of(table, scope, "has_script(text, 'Kana')", ["ｶﾀ", "ひ", "日"]) == [True, True, False]


@pytest.mark.parametrize("name", ["Cyrillic", "Hebrew", "Hangul", "Devanagari", "Thai", "Georgian", "Armenian"])
def test_ranges_agree_with_the_names_of_characters(table, scope: Scope, name: str) -> None:
    """Python's own character names, an independent copy of the Unicode data, tell these scripts apart."""
    letters = [chr(code) for code in range(0x20000) if unicodedata.category(chr(code)).startswith("L")]
    expected = [name.upper() in unicodedata.name(c, "").split() for c in letters]
    sql = bind(f"has_script(text, '{name}')", scope).sql
    rows = table.execute(f"SELECT {sql} FROM (SELECT unnest(?) AS text)", [letters]).fetchall()
    assert [c for c, e, row in zip(letters, expected, rows, strict=True) if e != row[0]] == []


def test_matches_words_of_every_script(table, scope: Scope) -> None:
    texts = ["чёрный кот", "скот", "кот!", "#кот", "котик", "кот\u0301", None, "Кот"]
    assert of(table, scope, r"matches(text, '\bкот\b')", texts) == [True, False, True, True, False, False, None, False]
    assert of(table, scope, r"matches(text, '(?i)\bкот\b')", ["Кот", "КОТ", "скот"]) == [True, True, False]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.rt.com/news/1?x=a.b#c", "rt.com"),
        ("http://Example.ORG", "example.org"),
        ("https://t.co/abc", "t.co"),
        ("https://user:pass@news.example.co.uk:8080/x", "news.example.co.uk"),
        ("//cdn.example.com/x", "cdn.example.com"),
        ("example.com/path", "example.com"),
        ("www.example.com", "example.com"),
        ("https://www.com/", "www.com"),
        ("https://example.com.", "example.com"),
        ("https://пример.рф/путь", "пример.рф"),
        ("https://xn--e1afmkfd.xn--p1ai/", "xn--e1afmkfd.xn--p1ai"),
        ("  https://example.com/ ", "example.com"),
        ("https://evil.com@good.com/", "good.com"),
        ("https://good.com/@evil.com", "good.com"),
        ("https://192.168.0.1/x", "192.168.0.1"),
        ("https://localhost/x", None),
        ("mailto:a@example.com", None),
        ("not a url", None),
        ("", None),
        (None, None),
    ],
)
def test_domain(table, scope: Scope, url: str | None, expected: str | None) -> None:
    assert of(table, scope, "domain(text)", [url]) == [expected]


TAGGED = [
    ("Vota #VivaMORENA hoy", ["#vivamorena"]),
    ("#a #b, (#c)! #d.", ["#a", "#b", "#c", "#d"]),
    ("#a#b", ["#a"]),
    ("x#a", []),
    ("&#39; it&#x27;s", []),
    ("#2018 #2018election #1", ["#2018election"]),
    ("#YoVoyConLopezObrador\n#MuereElPri", ["#yovoyconlopezobrador", "#muereelpri"]),
    ("#выборы2018 🔥#привет", ["#выборы2018", "#привет"]),
    ("＃タグ", ["#タグ"]),
    ("#हिन्दी", ["#हिन्दी"]),
    ("#cafe\u0301", ["#cafe\u0301"]),
    ("# nothing", []),
    ("##a", []),
    ("https://example.com/#frag", ["#frag"]),
    ("", []),
    (None, None),
]


@pytest.mark.parametrize(("text", "expected"), TAGGED)
def test_hashtags(table, scope: Scope, text: str | None, expected: list[str] | None) -> None:
    assert of(table, scope, "hashtags(text)", [text]) == [expected]


@pytest.mark.parametrize(
    "tag", ["#a", "#b", "#vivamorena", "#VivaMorena", "#viva", "#выборы2018", "#2018election", "#タグ", "хэш", "#हिन्दी"]
)
def test_has_hashtag_is_membership(table, scope: Scope, tag: str) -> None:
    texts = [text for text, _ in TAGGED]
    name = "#" + tag.lstrip("#").lower()
    expected = [None if tags is None else name in tags for _, tags in TAGGED]
    assert of(table, scope, f"has_hashtag(text, '{tag}')", texts) == expected
    assert of(table, scope, f"list_contains(hashtags(text), '{name}')", texts) == expected


def test_has_hashtag_takes_no_pattern(scope: Scope) -> None:
    for tag in ("#a.*", "#", "#a b", "#a|b", "#a)"):
        with pytest.raises(ExpressionError) as caught:
            bind(f"has_hashtag(text, '{tag}')", scope)
        assert caught.value.code == "hashtag"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RT @WK3pTx9NDRLhGMs: hola @user_1!", ["@wk3ptx9ndrlhgms", "@user_1"]),
        ("mail me@example.com or .@user", []),
        ("(@a) @b,@c", ["@a", "@b", "@c"]),
        ("https://example.com/@name", []),
        ("@@x", []),
        ("＠wide", ["@wide"]),
        ("@игорь", []),
        ("🔥@fire", ["@fire"]),
        ("", []),
        (None, None),
    ],
)
def test_mentions(table, scope: Scope, text: str | None, expected: list[str] | None) -> None:
    assert of(table, scope, "mentions(text)", [text]) == [expected]


def test_digits_at_end(table, scope: Scope) -> None:
    names = ["Samexample82550950", "partidodeejemplo", "abcd140399", "a1b", "2018", "", "x٣", None, "love2reading"]
    assert of(table, scope, "digits_at_end(text)", names) == [8, 0, 6, 0, 4, 0, 0, None, 0]


@pytest.mark.parametrize(
    ("handle", "expected"),
    [
        # made like those of the investigations: generated
        ("7RqxvbnzHLtwe09", True), ("WK3pTx9NDRLhGMs", True), ("WK3pTx9NDRLhGM", True), ("@WK3pTx9NDRLhGMs", True),
        # made like those of the investigations: chosen, or a name with a number behind it
        ("partidodeejemplo", False), ("Samexample82550950", False), ("abcd140399", False), ("someone252", False),
        ("love2reading", False),
        # names as people make them
        ("JohnSmith1985", False), ("DonaldTrump2016", False), ("JoeBidenFan2020", False), ("iPhone4Repair2020", False),
        ("4everYoungGirl99", False), ("2ndAmendmentGuy", False), ("the_real_deal_1", False), ("Latin4Trump2016", False),
        ("", False), ("Игорь12345678А", False), (None, None),
    ],
)  # fmt: skip
def test_is_random_handle(table, scope: Scope, handle: str | None, expected: bool | None) -> None:
    assert of(table, scope, "is_random_handle(text)", [handle]) == [expected]


def test_share_of_random_names_that_are_found_is_as_documented(table, scope: Scope) -> None:
    rng = random.Random(1)
    names = ["".join(rng.choices(string.ascii_letters + string.digits, k=15)) for _ in range(4_000)]
    share = sum(of(table, scope, "is_random_handle(text)", names)) / len(names)
    assert f"about {round(share * 100)} in 100" in functions()["is_random_handle"].text


def test_every_helper_of_the_claim_language_is_documented() -> None:
    helpers = {name for name, doc in functions().items() if doc.helper}
    assert helpers == {
        "script", "has_script", "matches", "domain", "hashtags", "mentions", "has_hashtag", "local_hour",
        "days_between",
        "digits_at_end", "is_random_handle",
    }  # fmt: skip
    assert all(len(doc.text) > 60 for name, doc in functions().items() if name in helpers)


CALLS = {
    "extract": "extract(year from created_at)", "date_part": "date_part('year', created_at)",
    "cast": "cast(text as double)",
    "try_cast": "try_cast(text as double)", "if": "if(verified, 1, 2)", "strftime": "strftime(created_at, '%Y')",
    "date_trunc": "date_trunc('day', created_at)", "date_diff": "date_diff('day', created_at, created_at)",
    "datediff": "datediff('day', created_at, created_at)", "nullif": "nullif(text, 'a')", "isnan": "isnan(score)",
    "substring": "substring(text, 1, 2)", "substr": "substr(text, 1, 2)", "replace": "replace(text, 'a', 'b')",
    "split_part": "split_part(text, ' ', 1)", "list_contains": "list_contains(tags, 'a')", "abs": "abs(score)",
    "array_contains": "array_contains(tags, 'a')", "regexp_extract": "regexp_extract(text, '(a)', 1)",
    "round": "round(score, 1)",
    "local_hour": "local_hour(created_at, 'UTC')", "days_between": "days_between(created_at, created_at)",
    "has_script": "has_script(text, 'Latin')", "greatest": "greatest(followers, 1)", "least": "least(followers, 1)",
    **{name: f"{name}(created_at)" for name in ("year", "month", "day", "hour")},
    **{name: f"{name}(text, 'a')" for name in (
        "matches", "contains", "starts_with", "ends_with", "regexp_matches", "regexp_full_match", "coalesce", "ifnull",
        "concat", "has_hashtag")},
}  # fmt: skip


@pytest.mark.parametrize("name", functions())
def test_every_documented_function_runs_and_gives_what_is_said(values, scope: Scope, name: str) -> None:
    bound = bind(CALLS.get(name, f"{name}(text)"), scope)
    assert len(values(bound)) == 6
    said = {"number": bound.family.is_number, "time": bound.family.is_time, "same": True}
    assert said.get(functions()[name].gives, bound.family.value == functions()[name].gives)
