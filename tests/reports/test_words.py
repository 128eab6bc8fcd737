"""Every sentence and every method that a report may need has its words."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
import yaml

import factcheck
from factcheck.measures.measurement import Measurement
from factcheck.reports.nouns import a, behind_figures, plural, things
from factcheck.reports.words import (
    counted,
    domain_word,
    knows_method,
    listed,
    method_words,
    outcome_words,
    say,
    sentences,
)
from factcheck.verdicts.verdict import Outcome

ROOT = Path(factcheck.__file__).parent
SOURCES = [path for path in sorted((ROOT / "reports").rglob("*.*")) if path.suffix in (".py", ".j2")]
REPORTS = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
# Codes put together from parts: the beginnings, with what may follow.
FAMILIES = (
    "compare-", "leaning-", "overstated-", "understated-", "part-missing-", "remark-", "region-",
    "set-claimed-", "settle-", "stand-for-", "count-", "bound-count-", "ratio-found", "difference-found",
    "slightly-", "threshold-", "definition-", "overlap-", "correlation-", "network-most-", "network-side-",
    "review-", "changed-", "sarif-", "examples-", "hidden-", "crate-", "picture-network-",
    "why-", "correction-", "history-because-", "history-column-", "history-factor-", "history-key-",
)  # fmt: skip
# What else is called `method` or stands where one may: settings of statistics, ends of quantiles, claims' companions.
NO_METHODS = {
    "exact", "sample", "low", "high", "utf-8", "asymptotic", "higher", "lower", "nearest", "spearman", "pearson", "kendall",
}  # fmt: skip


def method_codes() -> set[str]:
    """Every method named in the measures and statistics, as text in their source."""
    found = {"complete", Measurement.__dataclass_fields__["method"].default}
    for path in [*(ROOT / "measures").glob("*.py"), *(ROOT / "stats").glob("*.py")]:
        source = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'\bmethod\s*(?:==|=|:\s*str\s*=)\s*"([^"{]+)"', source))
        found |= set(re.findall(r'method=[^,\n]*?"([^"{]+)" if', source))
        found |= set(re.findall(r'Bounds\([^"\n]*"([^"{]+)"', source))
        found |= set(re.findall(r'^METHOD\b[^=]*= "([^"{]+)"', source, re.M))
        found |= set(re.findall(r'\b(?:region|members|bounds|draw\w*|Drawn)\b[^"\n]*, "([a-z-]+)"', source))
    return found - NO_METHODS


def test_every_method_has_words() -> None:
    codes = method_codes()
    assert {"complete", "bounds", "partial", "Wilson", "Clopper–Pearson", "bonferroni", "bootstrap-t"} <= codes
    assert [code for code in sorted(codes) if not knows_method(code)] == []


def test_methods_are_told_with_their_source() -> None:
    assert method_words("Wilson") == "Wilson score interval (Wilson 1927)"
    assert method_words("Clopper–Pearson; Wilson").count(";") == 1
    assert method_words("Clopper–Pearson, Bonferroni over the named groups") == method_words("Clopper–Pearson")
    assert method_words("a method of tomorrow") == "a method of tomorrow"


def test_entries_of_methods_are_whole() -> None:
    """A comma in an unquoted name would part the entry."""
    words = yaml.safe_load((ROOT / "reports" / "words.yaml").read_text(encoding="utf-8"))
    for entry in words["methods"].values():
        assert set(entry) <= {"name", "source"}
        assert all(isinstance(text, str) for text in entry.values())


def test_every_outcome_has_a_word_and_a_symbol_of_its_own() -> None:
    words = [outcome_words(outcome) for outcome in Outcome]
    for name in ("word", "symbol", "plain"):
        assert len({getattr(one, name) for one in words}) == len(Outcome)
    assert all(one.plain.isascii() for one in words)


def used_codes() -> set[str]:
    """Every code that stands as a text in the reports' own source."""
    return set(re.findall(r"""["']([a-z]+(?:-[a-z]+)*)["']""", REPORTS))


def test_every_sentence_that_is_asked_for_exists() -> None:
    asked = set(re.findall(r"""(?:say|words)\(\s*["']([a-z-]+)["']""", REPORTS))
    assert len(asked) > 60
    assert sorted(asked - set(sentences())) == []


def test_no_sentence_is_left_over() -> None:
    spare = {code for code in sentences() if code not in used_codes() and not code.startswith(FAMILIES)}
    assert spare == set()


@pytest.mark.parametrize("code", sorted(sentences()))
def test_every_sentence_can_be_filled_in(code: str) -> None:
    names = {name for _, name, _, _ in string.Formatter().parse(sentences()[code]) if name}
    told = say(code, **dict.fromkeys(names, "thing"))
    assert "{" not in told
    assert told == told.strip()
    assert told.count("`") % 2 == 0
    with pytest.raises(KeyError):
        say(code) if names else say("no-such-sentence")


@pytest.mark.parametrize(
    ("unit", "one", "many"),
    [
        ("post", "1 post", "2,504 posts"),
        ("reply", "1 reply", "2,504 replies"),
        ("day", "1 day", "2,504 days"),
        ("person", "1 person", "2,504 people"),
        ("impressions", "1 impression", "2,504 impressions"),
        ("painting, one an episode", "1 painting", "2,504 paintings"),
        ("painting and tag", "1 pair of painting and tag", "2,504 pairs of painting and tag"),
        ("hundredth of the mentions", "1 hundredth of the mentions", "2,504 hundredths of the mentions"),
        (None, "1 row", "2,504 rows"),
        ("", "1 row", "2,504 rows"),
    ],
)
def test_units_are_counted(unit: str | None, one: str, many: str) -> None:
    assert (things(1, unit), things(2_504, unit)) == (one, many)


@pytest.mark.parametrize(
    ("unit", "shown"), [("kg", "kg"), ("EUR", "EUR"), ("likes", "likes"), ("minute", ""), ("", ""), ("KG", "")]
)
def test_units_behind_figures(unit: str, shown: str) -> None:
    assert behind_figures(unit) == shown


def test_a_unit_given_in_the_plural_is_one_in_the_singular() -> None:
    assert (a("posts"), a("accounts"), a("series"), a("address")) == ("a post", "an account", "a series", "an address")


def test_articles_and_lists() -> None:
    nouns = ("account", "post", "hour", "user", "unit")
    assert [a(noun) for noun in nouns] == ["an account", "a post", "an hour", "a user", "a unit"]
    assert plural("series") == "series"
    assert [listed([]), listed(["a"]), listed(["a", "b"])] == ["", "a", "a and b"]
    assert listed(["a", "b", "c"], "or") == "a, b or c"
    assert (counted(0), counted(3, capital=True), counted(12)) == ("no", "Three", "12")


def test_a_domain_that_is_not_known_is_still_told() -> None:
    assert (domain_word("missing data"), domain_word("weather")) == ("Missing data", "Weather")
