"""Words that are figures by themselves: none, most, all, dozens, hundreds or low thousands."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from factcheck.claims.figures.cursor import Cursor
from factcheck.claims.figures.faults import FigureError
from factcheck.claims.figures.quantity import DOMAIN, Quantity
from factcheck.claims.figures.sentences import DIRECTED, read_tail
from factcheck.claims.figures.vocabulary import BANDS, FEWER_WORDS, MORE_WORDS, Lexicon, Phrase, phrases
from factcheck.claims.regions import Interval


@dataclass(frozen=True)
class Word:
    """A word with its region; `exact` when nothing counts as near it."""

    region: Interval
    exact: bool
    reading: str = ""
    one_sided: bool = False


def _percent(low: int, high: int, *, low_open: bool = False, high_open: bool = False) -> Interval:
    return Interval(Fraction(low, 100), Fraction(high, 100), low_open, high_open)


_ZERO: Final = Interval.point(0)
_NONE: Final = phrases("none, no, nobody, nothing, no one, not one, not a single, none at all")
_MOST: Final = Word(_percent(50, 100, low_open=True), exact=True, reading="more than half", one_sided=True)
_MINORITY: Final = Word(_percent(0, 50, high_open=True), exact=True, reading="less than half", one_sided=True)
_VAST: Final = Word(_percent(75, 100), exact=False, one_sided=True)
_NEARLY_ALL: Final = Word(_percent(90, 100), exact=False, one_sided=True)
_NO_SHARE: Final = Word(_ZERO, exact=True, reading="none at all: exactly 0%")
_ALL: Final = Word(_percent(100, 100), exact=True, reading="all of them: exactly 100%")

_SHARES: Final = {
    **dict.fromkeys(_NONE, _NO_SHARE),
    **dict.fromkeys(phrases("all, every, everyone, everybody, the whole, the whole of"), _ALL),
    **dict.fromkeys(
        phrases(
            "most, a majority, the majority, majority, more than half, more than a half, over half, above half, "
            "well over half, well above half, far more than half"
        ),
        _MOST,
    ),
    **dict.fromkeys(
        phrases(
            "a minority, minority, less than half, fewer than half, under half, below half, well under half, "
            "well below half, far less than half, far fewer than half"
        ),
        _MINORITY,
    ),
    **dict.fromkeys(phrases("vast majority, the vast majority, a vast majority, the overwhelming majority"), _VAST),
    **dict.fromkeys(phrases("nearly all, almost all, virtually all, practically all"), _NEARLY_ALL),
}
_NOTHING: Final = dict.fromkeys([*_NONE, ("no", "difference"), ("no", "change")], Word(_ZERO, True, "exactly 0"))
_SIGNS: Final[dict[Phrase, Word]] = {
    ("positive",): Word(Interval(Fraction(0), Fraction(1), low_open=True), True, "above zero", True),
    ("negative",): Word(Interval(Fraction(-1), Fraction(0), high_open=True), True, "below zero", True),
}

_NO_WORDS: Final[Lexicon[Word]] = Lexicon({})
_ZERO_WORDS: Final = Lexicon(_NOTHING)
_WORDS: Final = {
    Quantity.PROPORTION: Lexicon(_SHARES),
    Quantity.CORRELATION: Lexicon(_SIGNS),
    Quantity.COUNT: _ZERO_WORDS,
    Quantity.NUMBER: _ZERO_WORDS,
    Quantity.RATIO: _ZERO_WORDS,
    Quantity.DIFFERENCE: _ZERO_WORDS,
    Quantity.POINTS: _ZERO_WORDS,
    Quantity.DURATION: _ZERO_WORDS,
}


def read_word(cur: Cursor) -> Word | None:
    """The word that is the whole figure, nouns aside; None where the text is none."""
    return _exact_word(cur) or _direction(cur) or _bands(cur)


def _exact_word(cur: Cursor) -> Word | None:
    if cur.word() == "every" and cur.word(1) in ("second", "other"):
        cur.fail_here(f"every {cur.word(1)} one is half of them", ("one in two", "half"))
    table = _WORDS.get(cur.quantity, _NO_WORDS)
    phrase = cur.longest(table)
    if not phrase:
        _refuse_all(cur)
        return None
    cur.at += len(phrase)
    if _clean_tail(cur):
        return table[phrase]
    cur.at = 0
    return None


def _refuse_all(cur: Cursor) -> None:
    if cur.next_in({"all", "every", "everyone"}) and cur.quantity is not Quantity.PROPORTION:
        cur.fail_here("all of how many? Only a share can be all")


def _clean_tail(cur: Cursor) -> bool:
    """True, with the cursor at the end, where only a noun follows."""
    try:
        tail = read_tail(cur)
    except FigureError:
        return False
    return tail.suffix is None


def _direction(cur: Cursor) -> Word | None:
    """A bare `more` or `fewer`, of ratios and differences."""
    if cur.quantity not in DIRECTED or not cur.next_in(MORE_WORDS | FEWER_WORDS):
        return None
    is_more = cur.word() in MORE_WORDS
    cur.at += 1
    cur.take("than")
    if not _clean_tail(cur):
        cur.at = 0
        return None
    same = Fraction(1 if cur.quantity is Quantity.RATIO else 0)
    bottom = DOMAIN[cur.quantity].low
    region = Interval(same, None, low_open=True) if is_more else Interval(bottom, same, high_open=True)
    return Word(
        region, exact=True, reading="more, by any amount" if is_more else "fewer, by any amount", one_sided=True
    )


def _bands(cur: Cursor) -> Word | None:
    """Dozens, low thousands, hundreds or low thousands, tens of thousands."""
    region = _band(cur)
    if region is None:
        return None
    if cur.quantity not in (Quantity.COUNT, Quantity.NUMBER, Quantity.DIFFERENCE):
        cur.fail_here("this word stands for a count")
    if any(cur.take(word) for word in ("or", "to", "-")):
        other = _band(cur)
        if other is None:
            cur.fail_here("another such word should stand here", ("hundreds or low thousands", "dozens"))
        region = region.hull(other)
    read_tail(cur)
    return Word(region, exact=False)


def _band(cur: Cursor) -> Interval | None:
    is_low = cur.word() == "low" and cur.next_in(BANDS, 1)
    word = cur.word(1 if is_low else 0)
    if word not in BANDS:
        return None
    cur.at += 2 if is_low else 1
    low, high = BANDS[word]
    if is_low:
        low, high = low // 2, high // 2
    if cur.word() == "of" and cur.word(1) in {"thousands", "millions", "billions"}:
        size = BANDS[cur.word(1)][0] // 2
        low, high = low * size, high * size
        cur.at += 2
    return Interval(Fraction(low), Fraction(high), high_open=True)
