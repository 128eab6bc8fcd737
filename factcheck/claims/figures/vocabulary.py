"""The words of figures, as data: hedges, number words, units, directions and exact words.

A phrase is the tuple of its tokens (scan.py), in lower case; the longest phrase wins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from fractions import Fraction
from typing import Final, Generic, TypeVar

Phrase = tuple[str, ...]
V = TypeVar("V")


class Lexicon(Generic[V]):
    """Phrases with a value each, found by their first word."""

    def __init__(self, meanings: Mapping[Phrase, V]) -> None:
        self._meanings = dict(meanings)
        self._by_first: dict[str, list[Phrase]] = {}
        for phrase in sorted(self._meanings, key=len, reverse=True):
            self._by_first.setdefault(phrase[0], []).append(phrase)

    def __getitem__(self, phrase: Phrase) -> V:
        return self._meanings[phrase]

    def starting(self, word: str) -> Sequence[Phrase]:
        """The phrases that begin with this word, the longest first."""
        return self._by_first.get(word, ())


class Hedge(Enum):
    """What the words around a number do to it."""

    PLAIN = "plain"
    EXACTLY = "exactly"
    ABOUT = "about"
    NEARLY = "nearly"
    JUST_OVER = "just over"
    MORE = "more than"
    AT_LEAST = "at least"
    LESS = "less than"
    AT_MOST = "at most"
    UP_TO = "up to"

    @property
    def is_low(self) -> bool:
        return self in (Hedge.MORE, Hedge.AT_LEAST)

    @property
    def is_high(self) -> bool:
        return self in (Hedge.LESS, Hedge.AT_MOST)

    @property
    def one_sided(self) -> bool:
        return self.is_low or self.is_high


def words(text: str) -> list[str]:
    """`one two` as its words."""
    return text.split()


def phrases(text: str) -> list[Phrase]:
    """`more than, over` as phrases."""
    return [tuple(part.split()) for part in text.split(",")]


_HEDGES: Final = {
    Hedge.PLAIN: "only, just, a total of, the, a mere",
    Hedge.EXACTLY: "exactly, precisely",
    Hedge.ABOUT: "about, around, roughly, some, approximately, approx . , approx, circa, ca ., ca, c ., "
    "close to, ~, an estimated, in the region of, in the order of, on the order of",
    Hedge.NEARLY: "nearly, almost, just under, just below, just short of, slightly less than, slightly fewer than, "
    "slightly under, slightly below, a little under, a little less than, not quite, close on",
    Hedge.JUST_OVER: "just over, just above, just more than, slightly more than, slightly over, slightly above, "
    "a little over, a little more than, a bit more than, a bit over",
    Hedge.MORE: "more than, over, above, exceeding, upwards of, upward of, in excess of, greater than, higher than, "
    "larger than, well over, well above, far more than, >",
    Hedge.AT_LEAST: "at least, no less than, no fewer than, not less than, not fewer than, a minimum of, "
    "minimum of, minimum, not under, not below, >=, ≥",
    Hedge.LESS: "less than, under, below, fewer than, lower than, smaller than, well under, well below, "
    "far less than, far fewer than, <",
    Hedge.AT_MOST: "at most, no more than, not more than, not over, not above, a maximum of, maximum of, maximum, "
    "<=, ≤",
    Hedge.UP_TO: "up to, as many as, as much as, as high as",
}
ABOUT: Final = tuple(" ".join(phrase) for phrase in phrases(_HEDGES[Hedge.ABOUT]))
HEDGES: Final = Lexicon({phrase: hedge for hedge, text in _HEDGES.items() for phrase in phrases(text)})

_SUFFIXES: Final = {
    Hedge.AT_LEAST: "or more, or over, or above, or higher, or greater, or longer, and more, and over, and above, "
    "plus, +, minimum, at least, at the least",
    Hedge.AT_MOST: "or fewer, or less, or under, or below, or lower, or shorter, and under, and below, "
    "and less, and fewer, maximum, max, at most, at the most",
    Hedge.ABOUT: "or so, or thereabouts, approximately, approx, approx .",
}
SUFFIXES: Final = Lexicon({phrase: hedge for hedge, text in _SUFFIXES.items() for phrase in phrases(text)})

MORE_WORDS: Final = frozenset(words("more higher greater larger bigger up longer"))
FEWER_WORDS: Final = frozenset(words("fewer less lower smaller down shorter"))

UNITS: Final = {
    word: i
    for i, word in enumerate(
        words(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
} | {"nought": 0}
TENS: Final = {
    word: 10 * i for i, word in enumerate(words("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
} | {"fourty": 40}
HUNDRED: Final = frozenset({"hundred", "hundreds"})
SCALES: Final = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "lakh": 10**5,
    "crore": 10**7,
    "thousands": 10**3,
    "millions": 10**6,
    "billions": 10**9,
    "trillions": 10**12,
    "mn": 10**6,
    "bln": 10**9,
    "trn": 10**12,
    "mln": 10**6,
    "bn": 10**9,
    "tn": 10**12,
}
GLUED_SCALES: Final = {"k": 10**3, "m": 10**6, "b": 10**9}  # 5k; but `5 m` may be metres
DOZEN: Final = frozenset({"dozen"})

_SINGULAR: Final = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "twelfth": 12, "twentieth": 20, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
DENOMINATORS: Final = {**_SINGULAR, **{f"{word}s": n for word, n in _SINGULAR.items() if n > 2}, "halves": 2}

ORDINALS: Final = {
    word: i
    for i, word in enumerate(
        words(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        1,
    )
} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100}

TIMES_WORDS: Final = {
    "twice": 2, "thrice": 3, "double": 2, "doubled": 2, "doubling": 2, "triple": 3, "tripled": 3, "treble": 3,
    "trebled": 3, "quadruple": 4, "quadrupled": 4,
}  # fmt: skip

_PERCENT: Final = phrases("%, percent, per cent, pc, pct, p . c .")
_POINTS: Final = phrases(
    "percentage points, percentage point, percent points, percent point, per cent points, per cent point, "
    "% points, % point, % - points, % - point, pp, pps, ppt, ppts, p . p ."
)
_TIMES: Final = phrases("times, time, fold, x")


class Unit(Enum):
    """What stands behind a number."""

    NONE = "none"
    PERCENT = "percent"
    POINTS = "points"
    TIMES = "times"
    TIME = "time"


_ALWAYS: Final = {**dict.fromkeys(_PERCENT, Unit.PERCENT), **dict.fromkeys(_POINTS, Unit.POINTS)}
_BARE_POINTS: Final = dict.fromkeys(phrases("points, point, pts"), Unit.POINTS)
UNITS_OF_SHARES: Final = Lexicon({**_ALWAYS, **_BARE_POINTS, ("x",): Unit.TIMES, ("fold",): Unit.TIMES})
UNITS_OF_RATIOS: Final = Lexicon({**_ALWAYS, **_BARE_POINTS, **dict.fromkeys(_TIMES, Unit.TIMES)})
# Elsewhere points and times are nouns: `12 points` scored, `5,000 times`; but 3x stays what it is.
UNITS_OF_NUMBERS: Final = Lexicon({**_ALWAYS, ("x",): Unit.TIMES, ("fold",): Unit.TIMES})
PERCENT: Final = Lexicon(dict.fromkeys(_PERCENT, Unit.PERCENT))

_DAY: Final = 86_400
YEAR: Final = Fraction(3_652_425 * _DAY, 10_000)  # the mean Gregorian year of 365.2425 days
MONTH: Final = YEAR / 12
_LENGTHS: Final[dict[str, Fraction]] = {
    "second seconds sec secs s": Fraction(1),
    "minute minutes min mins": Fraction(60),
    "hour hours hr hrs h": Fraction(3_600),
    "day days d": Fraction(_DAY),
    "week weeks wk wks": Fraction(7 * _DAY),
    "fortnight fortnights": Fraction(14 * _DAY),
    "month months": MONTH,
    "year years yr yrs": YEAR,
}
SECONDS: Final = {word: length for names, length in _LENGTHS.items() for word in names.split()}

BANDS: Final = {
    "dozens": (24, 100),
    "tens": (20, 100),
    "hundreds": (200, 1_000),
    "thousands": (2_000, 10_000),
    "millions": (2_000_000, 10_000_000),
    "billions": (2_000_000_000, 10_000_000_000),
}

# Words that change what a figure says; left over behind it they are an error, never a noun.
TELLING: Final = frozenset(
    {
        *UNITS, *TENS, *HUNDRED, *SCALES, *DENOMINATORS, *TIMES_WORDS, *BANDS, *MORE_WORDS, *FEWER_WORDS,
        "dozen", "percent", "percentage", "cent", "pc", "pct", "pp", "ppt", "fold", "k", "m", "mm", "b", "t", "x",
        "not", "no", "none", "never", "nor", "neither", "all", "most", "least", "than", "plus", "minus", "max",
        "maximum", "minimum", "nearly", "almost", "roughly", "approximately", "approx", "circa", "exactly",
        "precisely", "exceeding", "again", "majority", "minority", "some", "many", "few", "several", "couple",
        "best", "worst", "tops", "ish", "shy", "give",
        "but", "except", "excepting", "without", "besides", "apart", "excluding", "save",
    }
) - {"one", "second", "seconds", "up", "down"}  # fmt: skip
# Directly behind a number these make another number of it, or none at all: six figures, 20 odd, 112 mil.
MISLEADING: Final = frozenset(
    words("mil mill mio mrd bil bill thou grand tsd score gross figure figures digit digits odd something")
)
# Such words misspelt would pass for nouns: `3 thousnd` must not be read as three.
LOOKALIKES: Final = ("hundred", "thousand", "million", "billion", "trillion", "percent", "percentage", "dozen")
CONNECTORS: Final = frozenset(
    words("and or to of than the a an in per from between by over under above below about around with at for if")
)
