"""A sentence as names and values are sought in it: where is this word said, or one like it?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from factcheck.draft.words import Word, stem
from factcheck.text.packaged import packaged

EQUAL, SAME_STEM, MISSPELT, KIN = 1.0, 0.97, 0.8, 0.7
# Words that alone point to nothing: answers and negations, numbers, times.
_WEAK = frozenset(
    {"yes", "no", "none", "not", "never", "neither", "without", "all", "most", "more", "before", "after", "first"}
    | {"last", "new", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "half", "third"}
    | {"quarter", "dozen", "hundred", "thousand", "million", "billion", "per", "cent", "percent"}
)
_DOER = re.compile(r"(\w{3,}?)(?:er|or)s?")
_LONGEST = 14  # words of a value that are joined into one
_SHORTEST = 5  # letters of a word that may be misspelt


@dataclass(frozen=True)
class Found:
    """Where words are said: their positions, and how surely they are these words."""

    positions: tuple[int, ...]
    score: float
    misspelt: bool = False


class Sentence:
    """The words of a sentence, by stem, by family and joined; `unknown` are those that may be misspelt."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = tuple(words)
        self.unknown: tuple[int, ...] = ()
        self._stems: dict[str, list[int]] = defaultdict(list)
        self._kin: dict[str, list[int]] = defaultdict(list)
        for position, word in enumerate(self.words):
            self._stems[word.stem].append(position)
            for other in kin().get(word.stem, frozenset()) | done(word):
                self._kin[other].append(position)
        self.joined = self._join()
        self._typos: dict[str, list[tuple[int, float]]] = {}

    def _join(self) -> dict[str, tuple[int, int]]:
        """Every run of words by its letters alone: 'Lopez Obrador' is lopezobrador."""
        found: dict[str, tuple[int, int]] = {}
        for first in range(len(self.words)):
            text = ""
            for last in range(first, min(len(self.words), first + _LONGEST)):
                text += self.words[last].folded.replace("'", "").replace("_", "")
                found.setdefault(text, (first, last + 1))
        return found

    @property
    def stems(self) -> Collection[str]:
        return self._stems.keys()

    @cached_property
    def forms(self) -> frozenset[str]:
        """What words of values may begin like: those of the sentence that tell anything, their stems and families."""
        telling = [word for word in self.words if not word.stop]
        stems = {word.stem for word in telling}
        return frozenset({word.folded for word in telling} | stems | {o for one in stems for o in kin().get(one, ())})

    def doubt(self, known: Collection[str]) -> None:
        """Takes the words for misspelt that are neither known to the data, nor short, nor a figure."""
        self.unknown = tuple(
            position
            for position, word in enumerate(self.words)
            if not word.stop and len(word.folded) >= _SHORTEST and word.folded.isalpha() and word.stem not in known
        )
        self._typos.clear()

    def at(self, word: Word) -> list[tuple[int, float]]:
        """The positions where a word is said, each with how surely it is that one."""
        if same := self._stems.get(word.stem):
            return [(at, EQUAL if self.words[at].folded == word.folded else SAME_STEM) for at in same]
        if related := self._kin.get(word.stem):
            return [(at, KIN) for at in related]
        if not self.unknown or len(word.folded) < _SHORTEST:
            return []
        if word.folded not in self._typos:
            misspelt = (at for at in self.unknown if alike(self.words[at].folded, word.folded))
            self._typos[word.folded] = [(at, MISSPELT) for at in misspelt]
        return self._typos[word.folded]

    def told(self, word: Word) -> bool:
        """Whether a word is said, and by a word that alone may point to it."""
        return tells(word) and any(tells(self.words[at]) for at, _ in self.at(word))

    def run(self, phrase: Sequence[Word]) -> Found | None:
        """The words of a phrase one after another, as they are or with other endings; the surest place."""
        best: Found | None = None
        for first, surely in self.at(phrase[0]) if phrase else ():
            scores = [surely]
            for offset, word in enumerate(phrase[1:], 1):
                here = [score for at, score in self.at(word) if at == first + offset]
                if not here:
                    break
                scores.append(here[0])
            else:
                score = sum(scores) / len(scores)
                if best is None or score > best.score:
                    best = Found(tuple(range(first, first + len(phrase))), score, MISSPELT in scores)
        return best

    def scattered(self, phrase: Sequence[Word], weights: Sequence[float]) -> Found | None:
        """Words of a phrase wherever they are said; the score is the part of its weight that is said.

        Of several places of a word that one counts that is nearest to the weightiest word.
        """
        places = [self.at(word) for word in phrase]
        said = [i for i, place in enumerate(places) if place]
        if not said:
            return None
        rarest = max(said, key=lambda i: (weights[i], -len(places[i])))
        anchor = places[rarest][0][0]
        taken: dict[int, int] = {}
        got, misspelt = 0.0, False
        for i in sorted(said, key=lambda i: (i != rarest, -weights[i], i)):
            free = [(at, score) for at, score in places[i] if at not in taken]
            if not free:
                continue
            at, score = min(free, key=lambda place: (abs(place[0] - anchor), place[0]))
            taken[at] = i
            got += weights[i] * score
            misspelt = misspelt or score == MISSPELT
        total = sum(weights)
        positions = tuple(sorted(taken))
        apart = positions[-1] - positions[0] + 1 > 3 * len(positions) + 2
        return Found(positions, got / total * (0.85 if apart else 1.0) if total else 0.0, misspelt)

    def text(self, positions: Iterable[int]) -> str:
        """Words as they stand in the sentence; … where some between them are left out."""
        said: list[str] = []
        before: int | None = None
        for position in positions:
            said += ["…"] if before is not None and position != before + 1 else []
            said.append(self.words[position].text)
            before = position
        return " ".join(said)


def done(word: Word) -> frozenset[str]:
    """Of a word for those who do something, the stem of what they do: a painter paints, retweeters retweet."""
    found = _DOER.fullmatch(word.folded)
    return frozenset() if found is None else frozenset({stem(found.group(1)), stem(f"{found.group(1)}e")})


def tells(word: Word) -> bool:
    """Whether a word alone may point to a value or a column."""
    return not word.stop and word.folded not in _WEAK and not word.folded[0].isdigit()


@cache
def kin() -> dict[str, frozenset[str]]:
    """By stem: the stems of the words that mean the same in exports."""
    families = packaged(files("factcheck.draft") / "kin.yaml")
    found: dict[str, set[str]] = defaultdict(set)
    for family in families:
        stems = {stem(word) for word in family}
        for one in stems:
            found[one] |= stems - {one}
    return {one: frozenset(others) for one, others in found.items()}


def alike(said: str, meant: str) -> bool:
    """Whether a word is another with a slip: one letter too many, too few or swapped; a wrong one from six letters
    on; two slips from nine on. The first letter is right, or swapped with the second.
    """
    from rapidfuzz.distance import OSA

    shorter, longer = sorted((len(said), len(meant)))
    if said[0] != meant[0] and said[:2] != meant[1::-1]:
        return False
    allowed = 2 if shorter >= 9 else 1
    slips = OSA.distance(said, meant, score_cutoff=allowed)
    if slips > allowed or (shorter < _SHORTEST and longer < _SHORTEST + 1):
        return False
    return shorter >= 6 or longer > shorter or sorted(said) == sorted(meant)
