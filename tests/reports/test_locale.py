"""Every number, date and list of a report in the form of its locale, and our English as CLDR has it."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

import factcheck.reports
from factcheck.claims.figures import Quantity
from factcheck.reports import locale, markdown
from factcheck.reports.amounts import moment

from .build import FakeRun
from .gallery import OUTCOMES
from .kinds import KINDS

SOURCE = Path(factcheck.reports.__file__).parent
# What speaks to programs, or is a part of the language's own module.
FREE = {"locale.py"}
DAY = date(2026, 11, 21)


@pytest.mark.parametrize("n", [0, 1, 2, 12, 999, 1_000, 96_900, 1_234_567, -1_234])
def test_our_english_is_that_of_cldr(n: int) -> None:
    assert locale.integer(n) == format_decimal(n, locale=locale.CLDR)
    assert locale.plural(abs(n)) == Locale.parse(locale.CLDR).plural_form(abs(n))


@pytest.mark.parametrize("month", range(1, 13))
def test_our_days_are_those_of_cldr(month: int) -> None:
    day = date(2026, month, month)
    assert locale.day(day) == format_date(day, "long", locale=locale.CLDR)
    assert locale.month(day) == format_skeleton("yMMMM", day, locale=locale.CLDR)


def test_our_times_and_lists_are_those_of_cldr() -> None:
    for second in (0, 7):
        at = datetime(2026, 11, 21, 0, 5, second)
        assert locale.clock(at) == format_time(at, "medium" if second else "short", locale=locale.CLDR)
    for items in (["A"], ["A", "B"], ["A", "B", "C"], ["A", "B", "C", "D"]):
        assert locale.listed(items) == format_list(items, "standard", locale=locale.CLDR)
        assert locale.listed(items, "or") == format_list(items, "or", locale=locale.CLDR)


@pytest.mark.parametrize(
    ("name", "integer", "share", "money", "day", "month", "listed"),
    [
        ("de", "1.234.567", "7,10\xa0%", "-1.234,50 kg", "21. November 2026", "November 2026", "A, B und C"),
        ("fr", "1\u202f234\u202f567", "7,10\xa0%", "-1\u202f234,50 kg", "21 novembre 2026", "novembre 2026", "A, B et C"),
        ("hi", "12,34,567", "7.10%", "-1,234.50 kg", "21 नवंबर 2026", "नवंबर 2026", "A, B और C"),
        ("ar_EG", "1,234,567", "7.10%", "-1,234.50 kg", "21 نوفمبر 2026", "نوفمبر 2026", "A وB وC"),
    ],
)  # fmt: skip
def test_other_locales_are_those_of_cldr(
    name: str, integer: str, share: str, money: str, day: str, month: str, listed: str
) -> None:
    """As CLDR's charts of numbers and dates have them (unicode.org/cldr/charts/47), in Latin digits."""
    with locale.using(name):
        assert locale.integer(1_234_567) == integer
        assert locale.figures("7.10%") == share
        assert locale.figures("-1,234.50 kg") == money
        assert locale.day(DAY) == day
        assert locale.month(DAY) == month
        assert locale.listed(["A", "B", "C"]).replace(", और", " और") == listed  # CLDR 48 dropped that comma
    assert locale.integer(1_234_567) == "1,234,567"


def test_plurals_follow_the_language() -> None:
    with locale.using("ar"):
        assert [locale.plural(n) for n in (0, 1, 2, 3, 11, 100)] == ["zero", "one", "two", "few", "many", "other"]
        assert locale.direction() == "rtl"
    with locale.using("pt-BR"):
        assert (locale.language(), locale.direction()) == ("pt-BR", "ltr")
    assert (locale.language(), locale.direction()) == ("en", "ltr")


def test_every_quantity_is_told_in_the_signs_of_the_locale() -> None:
    with locale.using("de"):
        assert locale.format_value(Fraction(71, 1000), Quantity.PROPORTION) == "7,1\xa0%"
        assert locale.format_value(Fraction(96_900), Quantity.COUNT) == "96.900"
        assert locale.format_value(Fraction(233, 100), Quantity.RATIO) == "2,33 times"
        assert locale.format_value(Fraction(12), Quantity.RANK) == "12th"  # a word of its own language
        assert moment("2026-11-21") == "21. November 2026"
        assert moment(datetime(2026, 11, 21, 20, 5)) == "21. November 2026, 20:05"


def test_figures_are_changed_and_words_with_digits_are_not() -> None:
    kept = "v1.2.3, 12th, x2, 10.1.2.3, 2026-11-21T10, a1,000"
    with locale.using("de"):
        assert locale.figures("between 1,234.5 and 2.0") == "between 1.234,5 and 2,0"
        assert locale.figures(kept.replace("2026-11-21T10, ", "")) == kept.replace("2026-11-21T10, ", "")


def test_an_unknown_locale_is_an_error() -> None:
    with pytest.raises(ValueError, match="no locale is called 'xx'"), locale.using("xx"):
        pass


FIGURE = re.compile(r"(?<!\d)[1-9]\d{0,2}(?:,\d{3})+(?!\d)|\d+\.\d+%")


def test_no_figure_of_a_report_bypasses_the_locale() -> None:
    """With German signs, the pages hold English ones only where somebody else's words are quoted."""
    run = FakeRun(tuple(make() for make in (*OUTCOMES, *KINDS)))
    english = markdown.render(run)
    assert len(FIGURE.findall(english)) > 40
    quoted = {
        str(text)
        for one in run.verdicts
        for text in (one.claim.statement, one.claim.claimed, *one.claim.alternatives, one.error, *one.claim.notes)
    }
    with locale.using("de"):
        german = markdown.render(run)
    left = {figure for figure in FIGURE.findall(german) if not any(figure in text for text in quoted)}
    assert left == set()


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_module_writes_figures_or_days_of_its_own(path: Path) -> None:
    if path.name in FREE:
        return
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"%[BbAaYpy]\b(?!-)", source.replace("%Y-%m-%d", "")), "a month or day in a form of its own"
    imported = re.search(r"from factcheck\.claims\.figures(?:\.\w+)? import (?:\([^)]*|[^\n]*)\bformat_value\b", source)
    assert imported is None, "format_value comes from reports.locale"
    if path.name != "columns.py":  # hands the text to locale.figures
        assert not re.search(r":,(?:\.\d)?[a-z]?\}", source), "a number with English signs: use locale.integer"


def test_reports_in_english_load_no_cldr() -> None:
    script = "import sys, factcheck.reports.view, factcheck.reports.terminal; sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_page_names_its_language() -> None:
    assert '<html lang="en">' in factcheck.reports.render(FakeRun(()), "html")
    with locale.using("pt_BR"):
        assert '<html lang="pt-BR">' in factcheck.reports.render(FakeRun(()), "html")
