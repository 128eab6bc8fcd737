"""Where a sentence speaks of a date or a time of day, so that their numbers are not taken for figures."""

from __future__ import annotations

import re
from typing import Final

from factcheck.draft.calendar import MONTH_NAMES, moment
from factcheck.draft.words import words

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?\b"
_YEAR: Final = r"(?:1[6-9]|20)\d\d\b"
_SPAN: Final = r"\s*(?:-|–|—|to|and|until|till|through)\s*"
_LINK: Final = r"(?:in|of|since|before|after|until|till|by|from|during|early|late|mid|mid-|through|throughout)"
_FEAST: Final = (
    r"\b(?:christmas(?: eve| day)?|new year['’]?s (?:eve|day)|boxing day|halloween|valentine['’]?s day|may day)"
)
_FORMS: Final = (
    rf"\b{_YEAR}-\d{{2}}(?:-\d{{2}})?(?:[ t]\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?",
    rf"\b{_DAY}(?:{_SPAN}{_DAY})?(?: of)? {_MONTH}(?:,? {_YEAR})?",
    rf"\b{_MONTH} {_DAY}(?:{_SPAN}{_DAY})?(?:,? {_YEAR})?",
    rf"\b{_MONTH},? (?:of )?{_YEAR}",
    r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b",
    r"\b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?",
    r"\b\d{1,2}\s?[ap]\.?m\b\.?",
    r"\b\d{1,2} o['’]clock\b",
    rf"\b{_LINK} {_YEAR}(?:{_SPAN}{_YEAR})?(?!\s*(?:%|per ?cent))",
    rf"\bbetween {_YEAR} and {_YEAR}",
    rf"{_FEAST},? {_YEAR}",
)
_DATES: Final = re.compile("|".join(f"(?:{form})" for form in _FORMS), re.IGNORECASE)


def spans(text: str) -> list[tuple[int, int]]:
    """The places of dates, years and times of day in a text."""
    return [hit.span() for hit in _DATES.finditer(text)]


def dates(text: str) -> list[tuple[int, int, str]]:
    """The dates that `claimed` may name, each with its place: "in January 2016" is January 2016."""
    lead = re.compile(rf"^{_LINK}\s+", re.IGNORECASE)
    found = []
    for start, end in spans(text):
        said = lead.sub("", text[start:end])
        if re.search(r"\d{4}|\d\s+[a-z]{3}|[a-z]{3,}\.? \d", said, re.IGNORECASE) and ":" not in said:
            found.append((end - len(said), end, _plain(said)))
    return found


def _plain(said: str) -> str:
    """A day that has a name of its own by its date: Christmas Day 2017 is 25 December 2017."""
    day = moment(words(said), 0) if re.match(_FEAST, said, re.IGNORECASE) else None
    if day is None or day.year is None or day.month is None:
        return said
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
