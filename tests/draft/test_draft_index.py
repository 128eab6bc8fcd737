"""What the data know of a sentence's words, over a small project that the engine reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from factcheck.cases.opening import opened
from factcheck.draft.index import Index
from factcheck.draft.match import Match, apart
from factcheck.draft.words import words
from factcheck.evidence.expressions import Scope, bind
from factcheck.project import open_evidence

MANIFEST = """
datasets:
  posts:
    title: Posts of partisan pages
    files: posts.csv
    unit: post
    key: id
    columns:
      created_at: {type: timestamp}
      shares: {synonyms: [retweets]}
      stance: {description: "0 liberal, 1 conservative"}
  survey:
    files: survey.csv
    unit: respondent
  accounts:
    files: accounts.csv
    unit: account
"""
RATINGS = ["mostly true", "mostly false", "mixture of true and false", "no factual content"]
COUNTRIES = ["Russia", "United States", "Mexico", "Côte d’Ivoire"]
PAGES = ["Right Wing News", "Eagle Rising", "LopezObrador"]
LANGUAGES = ["es", "en", "ru", "es"]
PARTIES = ["Strong Democrat", "Lean Democrat", "Republican", "Two-party voter"]
NAMES = ["Georgia", "Ann", "Mary", "Bob"]
LAST = 12_000


def _posts() -> Iterator[str]:
    yield "id,created_at,Rating,country,page_name,language,verified,HAS_LINK,stance,shares,text,Post Type,link_url"
    for i in range(40):
        text = f"A long enough text number {i} with the tag #VivaMORENA and many words so that it is read and is no label"
        yield (
            f"{i},2018-04-{1 + i % 28:02d} 10:00,{RATINGS[i % 4]},{COUNTRIES[i % 4]},{PAGES[i % 3]},{LANGUAGES[i % 4]},"
            f"{str(i % 2 == 0).lower()},{i % 2},{i % 2},{i * 7},{text},{'video' if i % 2 else 'link'},"
            f"https://www.example{i}.org/a"
        )


def _survey() -> Iterator[str]:
    yield "How often do you fly?,Is it rude to recline your seat on a plane?,Is it rude to bring a baby on a plane?,Age,sex,party,first_name"
    rude = ['"No, not rude at all"', '"Yes, somewhat rude"', '"Yes, very rude"']
    often = ["Never", "Once in a while", "About half the time"]
    for i in range(30):
        yield f"{often[i % 3]},{rude[i // 3 % 3]},{rude[i // 2 % 3]},{['18-29', '30-44'][i % 2]},{'MF'[i % 2]},{PARTIES[i % 4]},{NAMES[i % 4]}"


def _accounts() -> Iterator[str]:
    yield "handle,cc"
    yield from (f"@user_{i},{['RU', 'US', 'MX'][i % 3]}" for i in range(LAST + 1))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    root = tmp_path_factory.mktemp("draft")
    (root / "evidence").mkdir()
    (root / "evidence" / "data.yaml").write_text(MANIFEST, encoding="utf-8")
    for name, rows in (("posts", _posts()), ("survey", _survey()), ("accounts", _accounts())):
        (root / "evidence" / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    project = open_evidence(Path(root))
    names = list(project.manifests)
    with opened(project, names, {}) as evidence:
        yield Index.of(project, evidence, names)


def found(index: Index, dataset: str, text: str) -> list[Match]:
    matches = index.matches(words(text), dataset, text)
    scope = Scope(index.datasets[dataset].columns)
    for match in matches:
        assert 0 < match.score <= 1
        assert match.covered
        if match.condition is not None:
            bind(match.condition, scope, expect="condition")  # every condition is one that the language takes
    return matches


def conditions(matches: list[Match], least: float = 0.6) -> set[str]:
    return {match.condition for match in matches if match.condition is not None and match.score >= least}


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        ("13% were rated mostly false", "Rating = 'mostly false'"),
        ("posts with a mixture of true and false", "Rating = 'mixture of true and false'"),
        ("posts with a mixure of true and false", "Rating = 'mixture of true and false'"),
        ("Right Wing News had a median of 91", "page_name = 'Right Wing News'"),
        ("the page of Lopez Obrador", "page_name = 'LopezObrador'"),
        ("64% came from Russia", "country = 'Russia'"),
        ("64% came from Rusia", "country = 'Russia'"),
        ("Russian accounts wrote it", "country = 'Russia'"),
        ("half of them are American", "country = 'United States'"),
        ("12 posts from the US", "country = 'United States'"),
        ("none are from the Ivory Coast", "country = 'Côte d’Ivoire'"),
        ("most posts are in Spanish", "language = 'es'"),
        ("half of the posts are by verified accounts", "verified"),
        ("half of the posts have a link", "HAS_LINK = 1"),
        ("20 posts are conservative", "stance = 1"),
        ("half of them are videos", "\"Post Type\" = 'video'"),
        ("#VivaMORENA was used in 40 posts", "has_hashtag(text, '#VivaMORENA')"),
        ("40 posts say “many words”", "text ilike '%many words%'"),
        ("3 posts link to example7.org", "domain(link_url) = 'example7.org'"),
        ("most page names are Cyrillic", "script(page_name) = 'Cyrillic'"),
        ("7 posts in April", "created_at >= '2018-04-01' and created_at < '2018-05-01'"),
    ],
)
def test_what_posts_are_meant(index: Index, said: str, condition: str) -> None:
    assert condition in conditions(found(index, "posts", said))


def test_the_longest_value_wins_and_parts_of_it_are_kept_behind(index: Index) -> None:
    matches = found(index, "posts", "Either a mixture of true and false or mostly false")
    ratings = [match for match in matches if match.column == "Rating" and match.what == "value"]
    assert [match.value for match in ratings] == ["mixture of true and false", "mostly false"]
    assert [match.value for match in apart(ratings)] == ["mixture of true and false", "mostly false"]


def test_what_a_row_is_and_columns_by_name_and_synonym(index: Index) -> None:
    matches = found(index, "posts", "Posts had 91 retweets on average, by rating")
    assert any(match.what == "dataset" for match in matches)
    assert {match.column for match in matches if match.what == "column" and match.score > 0.9} == {"shares", "Rating"}


def test_nothing_is_read_into_other_words(index: Index) -> None:
    assert conditions(found(index, "posts", "The weather in the valley was lovely, 30% warmer than usual"), 0.4) == set()


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        ("30% fly once in a while", "\"How often do you fly?\" = 'Once in a while'"),
        ("14% do about half the time", "\"How often do you fly?\" = 'About half the time'"),
        ("a third of women agree", "sex = 'F'"),
        ("people aged 18–29", "Age = '18-29'"),
        ("most lean Democrats", "party = 'Lean Democrat'"),
        ("most Democrats", "party ilike '%Democrat%'"),
        ("41% think it rude to recline the seat", "\"Is it rude to recline your seat on a plane?\" like 'Yes%'"),
    ],
)
def test_what_respondents_are_meant(index: Index, said: str, condition: str) -> None:
    assert condition in conditions(found(index, "survey", said), 0.5)


def test_of_questions_with_the_same_answers_the_one_spoken_of_is_surest(index: Index) -> None:
    matches = found(index, "survey", "41% find it very or somewhat rude to recline your seat")
    values = [match for match in matches if match.what == "value" and match.value in ("Yes, very rude", "Yes, somewhat rude")]
    assert {match.value for match in values[:2]} == {"Yes, somewhat rude", "Yes, very rude"}
    assert {match.column for match in values[:2]} == {"Is it rude to recline your seat on a plane?"}


def test_two_values_may_share_a_word(index: Index) -> None:
    matches = found(index, "survey", "41% find it very or somewhat rude to recline your seat")
    both = next(match for match in matches if " or " in str(match.value))
    name = '"Is it rude to recline your seat on a plane?"'
    assert both.condition == f"{name} in ('Yes, very rude', 'Yes, somewhat rude')"
    assert both.score > max(match.score for match in matches if match.value in ("Yes, very rude", "Yes, somewhat rude"))


def test_a_figure_alone_is_no_value(index: Index) -> None:
    assert conditions(found(index, "survey", "30% of them, or 18 in 60"), 0.0) == set()


@pytest.mark.parametrize("said", ["two of them", "no, not one", "half of all", "most"])
def test_numbers_and_answers_alone_are_no_values(index: Index, said: str) -> None:
    assert conditions(found(index, "survey", said), 0.0) == set()


def test_values_of_columns_with_very_many_are_asked_for(index: Index) -> None:
    handle = next(one for one in index.known("accounts") if one.column.name == "handle")
    assert handle.values is None
    assert f"handle = '@user_{LAST}'" in conditions(found(index, "accounts", f"@user_{LAST} posted most"))
    assert "handle = '@user_7'" in conditions(found(index, "accounts", "user_7 posted most"))


def test_codes_of_countries(index: Index) -> None:
    assert conditions(found(index, "accounts", "4,000 accounts are Mexican")) == {"cc = 'MX'"}


def test_people_called_like_a_country_are_none(index: Index) -> None:
    assert conditions(found(index, "survey", "Most of the Georgians agree"), 0.0) == set()
    assert "first_name = 'Georgia'" in conditions(found(index, "survey", "Georgia agrees"))


def test_a_sentence_without_words(index: Index) -> None:
    assert found(index, "posts", "…") == []
    assert index.matches(words("Posts"), "no such dataset") == []
