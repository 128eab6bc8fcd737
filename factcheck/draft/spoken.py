"""Figures as they are spoken, put in words that the reader of claims knows.

'One from ten', 'each fourth', 'fifty-fifty', '300-odd', 'two point four', 'less then 10'.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

_UNITS: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL: Final = "|".join([*_UNITS, "fifteen", *_TENS, "hundred", "thousand"])
_SCALE: Final = r"(?: (?:hundred|thousand|million|billion)\b|[kmKM]\b|bn\b)?"
_SPELT: Final = rf"(?:a )?(?:{_SMALL})(?:[ -](?:{_SMALL}|million))*"
_NUMBER: Final = rf"(?:(?:\d[\d.,]*\d|\d){_SCALE}|{_SPELT}|a dozen)"
_BEFORE: Final = (
    r"(?:(?P<hedge>almost|nearly|about|around|roughly|some|more than|over|fewer than|less than|barely|only|at least|"
    r"just over|just under)\s+)?"
)
_ORDINALS: Final = {
    "second": "two", "third": "three", "fourth": "four", "fifth": "five", "sixth": "six", "seventh": "seven",
    "eighth": "eight", "ninth": "nine", "tenth": "ten", "twelfth": "twelve", "twentieth": "twenty",
    "hundredth": "hundred",
}  # fmt: skip
_DIGIT: Final = rf"(?:zero|{'|'.join(_UNITS[:9])})"
_PERCENT: Final = r"(?P<unit>\s?%| per ?cent\b)?"
_PERIODS: Final = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|months?|years?|times?)\b"
_FROM: Final = re.compile(
    rf"\b{_BEFORE}(?P<top>{_NUMBER}) (?:from|of) (?:every |each )?"
    r"(?P<bottom>ten|twenty|(?:a )?hundred|10|20|100)\b(?! to\b)", re.I
)
_EACH: Final = re.compile(
    rf"\b{_BEFORE}(?:each|every) (?P<nth>{'|'.join(_ORDINALS)})(?! {_PERIODS})(?= [^\W\d])", re.I
)
_OTHER: Final = re.compile(rf"\b(?<!than )every other(?! {_PERIODS})(?= [^\W\d])", re.I)
_HALVES: Final = re.compile(r"\b(?:fifty[ -]fifty|50[-/–]50|half and half|evenly split)\b", re.I)
_ODD: Final = re.compile(
    rf"\b(?:some )?(?P<said>{_NUMBER})(?P<unit>\s?%| per ?cent\b)?"
    r"(?:[ -](?:ish|odd|some|some odd|something|and odd)\b(?P<after>\s?%| per ?cent\b)?|,? give or take\b|"
    r",? or thereabouts\b)(?! \d)", re.I
)
_PLUS: Final = re.compile(rf"\b(?:some )?(?P<said>{_NUMBER})(?:-plus\b|\+(?=\s))", re.I)
_POINT: Final = re.compile(
    rf"\b(?P<whole>zero|{'|'.join(_UNITS)}) point (?P<rest>{_DIGIT}(?: {_DIGIT})*)\b", re.I
)
_PASSED: Final = re.compile(
    r"\b(?:passe[sd]|topp?(?:ed|s)|clear(?:ed|s)|cross(?:ed|es)|exceed(?:ed|s|ing)?|surpass(?:ed|es|ing)?|breach(?:ed|es)|"
    r"br(?:oke|eaks) through) (?:the )?(?:mark of |threshold of |barrier of )?"
    rf"(?P<said>{_NUMBER}){_PERCENT}(?:[ -](?:mark|threshold|barrier)\b)?", re.I
)
_SHORT: Final = re.compile(
    r"\b(?:f[ae]ll(?:s|en)? short of|fail(?:ed|s)? to reach|d(?:id|oes|o) not reach|never reach(?:ed|es)?) "
    rf"(?:the )?(?:mark of )?(?P<said>{_NUMBER}){_PERCENT}", re.I
)
_NUMBERED: Final = re.compile(r"(?<!page )(?<!chapter )(?<!table )(?<!section )\b[Nn]o\. ?(?P<nth>[2-9]|10)\b(?!\d)")
_PLACES: Final = "second third fourth fifth sixth seventh eighth ninth tenth"
_PAIR: Final = re.compile(
    rf"\b{_BEFORE}(?P<top>one|two|three|four|[1-4]) from "
    r"(?P<bottom>three|four|five|six|seven|eight|nine|[3-9])\b(?= [^\W\d])", re.I
)
_THEN: Final = re.compile(rf"\b(?P<more>more|less|fewer|higher|lower) (?:then|as) (?P<said>{_NUMBER}){_PERCENT}", re.I)
_NEAR: Final = re.compile(
    r"\b(?P<side>north of|getting on for|(?:(?:just|a little|a bit) )?(?:shy|short) of|something like) "
    rf"(?P<said>{_NUMBER}){_PERCENT}", re.I
)
_GOOD: Final = re.compile(
    rf"\ba good (?P<said>half|third|quarter|two[ -]thirds|three[ -]quarters|{_NUMBER}){_PERCENT}(?! (?:deal|many|few))",
    re.I,
)
_SHADE: Final = re.compile(
    r"\b(?:a (?:shade|touch|fraction|tad|hair|whisker|smidgen)|marginally|fractionally) "
    r"(?P<side>over|above|more than|under|below|less than|fewer than|short of)"
    rf" (?P<said>(?:an? |one[ -]|two[ -]|three[ -])?(?:half|thirds?|quarters?|fifths?|tenths?)|{_NUMBER}){_PERCENT}",
    re.I,
)
_SIDES: Final = {"north of": "more than", "getting on for": "nearly", "something like": "about"}
_MOST: Final = re.compile(
    r"\b(?:the )?(?:lion['’]?s share|(?:vast |great )?bulk|better part|greater part|larger part|best part|"
    r"(?:overwhelming|great|large|huge|clear|solid) majority)\b(?= of| were| was| went| came)", re.I
)
_NIL: Final = re.compile(
    r"\b(?:nil|nary an?|zilch|not one single|not a single(?: solitary)?(?: one)?|not one(?= of)|"
    r"without (?:a single|any)(?= [^\W\d]))\b"
    r"(?! in | out | from )", re.I
)


def spoken(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a text says a figure in such words, and how it is claimed."""
    for form, claimed in _FORMS:
        for hit in form.finditer(text):
            yield *hit.span(), claimed(hit)


def _hedged(hit: re.Match[str], said: str) -> str:
    hedge = (hit["hedge"] or "").lower()
    return said if hedge in ("", "barely", "only") else f"{hedge} {said}"


def _in(hit: re.Match[str]) -> str:
    return _hedged(hit, f"{hit['top']} in {hit['bottom']}".lower())


def _with_unit(before: str, hit: re.Match[str]) -> str:
    return f"{before} {hit['said']}{hit['unit'] or ''}".lower()


def _about(hit: re.Match[str]) -> str:
    return f"about {hit['said']}{hit['unit'] or hit['after'] or ''}".lower()


def _decimal(hit: re.Match[str]) -> str:
    names = ["zero", *_UNITS]
    digits = "".join(str(names.index(one)) for one in hit["rest"].lower().split())
    return f"{names.index(hit['whole'].lower())}.{digits}"


def _good(hit: re.Match[str]) -> str:
    fraction = f"a {hit['said']}" if hit["said"].lower() in ("third", "quarter") else hit["said"]
    return f"more than {fraction}{hit['unit'] or ''}".lower()


def _shade(hit: re.Match[str]) -> str:
    return _with_unit("just over" if hit["side"].lower() in ("over", "above", "more than") else "just under", hit)


def _most(hit: re.Match[str]) -> str:
    return "vast majority" if hit.group().lower().startswith(("overwhelming", "great maj")) else "most"


# Each form with how it is claimed; of two that begin and end alike the first holds.
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]] = (
    (_FROM, _in),
    (_EACH, lambda hit: _hedged(hit, f"one in {_ORDINALS[hit['nth'].lower()]}")),
    (_OTHER, lambda _: "one in two"),
    (_HALVES, lambda _: "half"),
    (_ODD, _about),
    (_PLUS, lambda hit: f"more than {hit['said'].lower()}"),
    (_POINT, _decimal),
    (_PAIR, _in),
    (_PASSED, lambda hit: _with_unit("more than", hit)),
    (_SHORT, lambda hit: _with_unit("fewer than", hit)),
    (_NUMBERED, lambda hit: _PLACES.split()[int(hit["nth"]) - 2]),
    (_THEN, lambda hit: _with_unit(f"{hit['more']} than", hit)),
    (_NEAR, lambda hit: _with_unit(_SIDES.get(hit["side"].lower(), "nearly"), hit)),
    (_GOOD, _good),
    (_SHADE, _shade),
    (_MOST, _most),
    (_NIL, lambda _: "none"),
)
