"""The words of a sentence, of a column's name and of a value, in the forms in which they are compared."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Protocol

# Forms that no rule of endings finds.
_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "feet": "foot", "people": "person", "persons": "person",
    "flew": "fly", "flown": "fly", "flight": "fly", "flights": "fly", "flier": "fly", "fliers": "fly", "flyer": "fly",
    "flyers": "fly", "wrote": "write", "written": "write", "sent": "send", "made": "make", "paid": "pay",
    "spent": "spend", "bought": "buy", "sold": "sell", "won": "win", "lost": "lose", "held": "hold", "kept": "keep",
    "left-wing": "left", "media": "medium", "died": "death", "dead": "death", "dies": "death", "die": "death",
    "killed": "kill", "killings": "kill", "killing": "kill", "untrue": "false", "grew": "grow", "grown": "grow",
    "rose": "rise", "risen": "rise", "fell": "fall", "fallen": "fall", "worst": "bad", "best": "good",
    "occurrence": "occur", "vertices": "vertex", "canvases": "canvas", "atlases": "atlas", "aliases": "alias",
    "occurrences": "occur", "robots": "robot", "bots": "bot",
    "got": "get", "gotten": "get", "gave": "give", "given": "give", "took": "take", "taken": "take", "came":
    "come", "went": "go", "gone": "go", "knew": "know", "known": "know", "thought": "think", "told": "tell",
    "felt": "feel", "found": "find", "became": "become", "began": "begin", "begun": "begin", "broke": "break",
    "broken": "break", "brought": "bring", "built": "build", "caught": "catch", "chose": "choose", "chosen":
    "choose", "drew": "draw", "drawn": "draw", "drove": "drive", "driven": "drive", "ate": "eat", "eaten": "eat",
    "fought": "fight", "forgot": "forget", "forgotten": "forget", "hid": "hide", "hidden": "hide", "led": "lead",
    "met": "meet", "ran": "run", "sang": "sing", "sung": "sing", "sat": "sit", "shot": "shoot", "shook": "shake",
    "sank": "sink", "slept": "sleep", "spoke": "speak", "spoken": "speak", "stole": "steal", "stolen": "steal",
    "stood": "stand", "struck": "strike", "swore": "swear", "sworn": "swear", "taught": "teach", "threw": "throw",
    "thrown": "throw", "understood": "understand", "woke": "wake", "woken": "wake", "wore": "wear", "worn": "wear",
    "stuck": "stick", "dealt": "deal", "fled": "flee", "heard": "hear", "meant": "mean", "sought": "seek", "bore":
    "bear", "borne": "bear", "shrank": "shrink", "shrunk": "shrink", "drank": "drink", "drunk": "drink", "laid":
    "lay", "stung": "sting", "swept": "sweep", "swung": "swing", "shown": "show",
}  # fmt: skip
# A tag or a name keeps its sign, an address and a figure are one word, as are "U.S." and "don't".
_WORD = re.compile(
    r"""[#@]\w+
    | (?:[^\W\d_]\.){2,}
    | \w+(?:[-\w]*\.[^\W\d_]{2,})+(?:/[\w./-]*\w)?
    | \d+(?:[.,]\d+)*(?:st|nd|rd|th)?(?![^\W_])
    | [^\W_]+(?:['’_]+[^\W_]+)*""",
    re.VERBOSE,
)
_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_POSSESSIVE = re.compile(r"(?:['’]s|s['’])$")


@dataclass(frozen=True)
class Word:
    """One word of a text: text[start:end] as it stands there, folded (case, accents, signs), and its stem."""

    text: str
    start: int
    end: int
    folded: str
    stem: str
    stop: bool


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


def words(text: str) -> tuple[Word, ...]:
    """The words of a text, in order; a word with a hyphen is several.

    >>> [word.stem for word in words("Russia's mostly-false posts")]
    ['russia', 'most', 'fals', 'post']
    """
    return tuple(_word(found) for found in _WORD.finditer(text))


def named(name: str) -> tuple[Word, ...]:
    """The words of a column's or a dataset's name, which may be written postCreated, POST_CREATED or post-created."""
    return words(_CAMEL.sub(" ", name.replace("_", " ")))


def _word(found: re.Match[str]) -> Word:
    text = found.group()
    folded = fold(text)
    return Word(text, found.start(), found.end(), folded, stem(folded), _is_stop(text, folded))


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing of the data, folded.

    Negations ("no", "not", "never", "without") and quantities ("all", "most", "half") are not among them: they change
    what a sentence says.
    """
    return frozenset((files("factcheck.draft") / "stop_words.txt").read_text("utf-8").split())


@cache
def general() -> frozenset[str]:
    """Stems of words of general English that say little of what data hold: "reckon", "garnered", "remarkable"."""
    lines = (files("factcheck.draft") / "general_words.txt").read_text("utf-8").splitlines()
    listed = (word for line in lines if not line.startswith("#") for word in line.split())
    return frozenset(stem(word) for word in listed)


def _is_stop(text: str, folded: str) -> bool:
    country = folded == "us" and text.isupper()
    return folded in stop_words() and not country


@lru_cache(100_000)
def fold(text: str) -> str:
    """A word without case, accents, possessive, the dots of abbreviations and the sign of a tag or a name."""
    if text[:1] in "#@" and len(text) > 1:
        text = text[1:]
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("’", "'")
    plain = _POSSESSIVE.sub(lambda end: "s" if end.group().startswith("s") else "", plain)
    return plain.replace(".", "") if plain.endswith(".") else plain


@lru_cache(100_000)
def stem(folded: str) -> str:
    """The stem of a folded word by the rules for English (M. F. Porter's Snowball); other scripts stay as they are."""
    folded = _IRREGULAR.get(folded, folded)
    if not folded.isascii() or not folded.isalpha() or len(folded) < 3:
        return folded
    return _stemmers().english.stemWord(folded)


class _Stemmers(threading.local):
    """One for each thread: a stemmer keeps the word that it is at, and two threads would cut each other's."""

    def __init__(self) -> None:
        import snowballstemmer  # type: ignore[import-untyped]  # it has no stubs; here, since it takes 30 ms to import

        self.english: _Stemmer = snowballstemmer.stemmer("english")


@cache
def _stemmers() -> _Stemmers:
    return _Stemmers()


def said(sentence: Iterable[Word]) -> str:
    """Words as they stand in the sentence, for a reader."""
    return " ".join(word.text for word in sentence)
