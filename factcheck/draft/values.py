"""Values of text columns that a sentence says: whole, with other endings, in part, misspelt."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from factcheck.draft.alike_values import alike
from factcheck.draft.conditions import contains, equals
from factcheck.draft.joined_values import joined
from factcheck.draft.known import Known
from factcheck.draft.match import Match
from factcheck.draft.sentence import KIN, Found, Sentence, tells
from factcheck.draft.words import Word, fold, general, named, stem, words

_TITLES = 500  # different texts of a column that may be titles still
_CANDIDATES = 3_000  # values of a column that are compared word by word
_FEW = 200  # values of a column in which one word may tell them apart
TOLD, _RETOLD = 3, 0.5  # words of a text that a sentence tells again, and the part of its words that they are
_READ, _TITLE = 2_000_000, 200  # letters of a column that is searched for texts, and of a text
_LEAST, _PART = 0.35, 0.89  # of a value that is said in part
_WHOLE = 0.9
_LETTERS = {"m": "male", "f": "female", "y": "yes", "n": "no", "r": "Republican", "d": "Democrat"}
_MEANINGS = frozenset(stem(fold(meaning)) for meaning in _LETTERS.values())
_BARE = frozenset({"yes", "no", "none", "not", "all", "other", "true", "false", "unknown", "total", "n/a"})
_DEGREES = frozenset({"very", "somewhat", "much", "rather", "quite", "often", "least", "extremely", "really"})
_ADDRESS = re.compile(r"https?://|www\.|/")


def values(sentence: Sentence, dataset: str, known: Known) -> list[Match]:
    """The values of a column that the sentence says, each with its best match."""
    found: dict[str, Match] = {}
    for value, hit, how in _hits(sentence, known):
        name = known.column.name
        match = Match.at(
            hit.positions, dataset, "value", name,
            value=value, condition=equals(name, value), score=hit.score,
            how=f"'{sentence.text(hit.positions)}' {how} '{value}' of {name}",
        )  # fmt: skip
        if value not in found or match.score > found[value].score:
            found[value] = match
    parts = [match for match in found.values() if match.score < _WHOLE]
    whole = [one for match in found.values() for one in (alike(match, known) if match.score >= _WHOLE else (match,))]
    return _longest([*whole, *joined(sentence, parts), *_shared(sentence, dataset, known, found)])


def _shared(sentence: Sentence, dataset: str, known: Known, found: Mapping[str, Match]) -> Iterator[Match]:
    """Words that stand as they are in several values, of which none is said whole: all of these values are meant."""
    taken = {at for match in found.values() if match.score >= _WHOLE for at in match.covered}
    among = [] if known.is_address else candidates(sentence, known)
    own = {word.stem for phrase in known.phrases for word in phrase.words}  # 'account-0007' is no value for 'account'
    having: dict[str, list[str]] = {}
    for value in among:
        for one in {word.stem for word in _parts(value)}.intersection(sentence.stems) if len(value) > 1 else ():
            having.setdefault(one, []).append(value)
    for length in (3, 2, 1):
        for first in range(len(sentence.words) - length + 1):
            run = sentence.words[first : first + length]
            positions = range(first, first + length)
            if taken & {*positions} or not all(map(_shares, run)) or own & {word.stem for word in run}:
                continue
            if length == 1 and _is_common(run[0], known):
                continue
            stems = [word.stem for word in run]
            fewest = min((having.get(one, []) for one in stems), key=len)
            texts = [text for value in fewest if (text := _standing(stems, value)) is not None]
            if not 2 <= len(texts) <= min(len(known.values or ()) / 2, _FEW) or len({fold(text) for text in texts}) > 1:
                continue
            taken |= {*positions}
            name = known.column.name
            yield Match.at(
                positions, dataset, "value", name, value=texts[0], condition=contains(name, texts[0]),
                score=0.55 + 0.05 * length,
                how=f"'{sentence.text(positions)}' stands in {len(texts)} values of {name}",
            )  # fmt: skip


def _is_common(word: Word, known: Known) -> bool:
    """Whether a word is no name while a column has many: 'killed by police' says nothing of a street, Police Plaza."""
    return word.text.islower() and len(known.values or ()) > _FEW


def _shares(word: Word) -> bool:
    return tells(word) and word.folded not in _DEGREES


def _standing(stems: Sequence[str], value: str) -> str | None:
    """The words of a value with these stems, one after another, as they stand in it."""
    parts = _parts(value)
    if len(value) == 1 or not {word.stem for word in parts} >= {*stems}:
        return None
    for first in range(len(parts) - len(stems) + 1):
        run = parts[first : first + len(stems)]
        text = " ".join(word.text for word in run)
        if [word.stem for word in run] == stems and len(text) > 2 and text in value:
            return text
    return None


def titled(sentence: Sentence, dataset: str, known: Known) -> list[Match]:
    """Of a column of many texts those that the sentence tells again: at least three of their rarer words, most of all.

    Of texts that are alike the commonest is meant.
    """
    if not known.values or not known.is_read or len(known.lines) > _READ:
        return []
    told = {word.stem: at for at, word in enumerate(sentence.words) if tells(word) and word.stem not in general()}
    lines: Counter[int] = Counter()
    for start in {one[:3] for one in told if len(one) > 2}:
        lines.update(known.begins.get(start, ()))
    best: tuple[float, str, tuple[int, ...]] | None = None
    for line, count in lines.items():
        if count < TOLD or len(known.values[line]) > _TITLE:
            continue
        value = known.values[line]
        parts = {word.stem for word in _parts(value) if tells(word) and word.stem not in general()}
        at = sorted(told[one] for one in parts & told.keys())
        part = len(at) / len(parts) if parts else 0.0
        if len(at) >= TOLD and part >= _RETOLD and (best is None or (len(at), part) > (len(best[2]), best[0])):
            best = part, value, tuple(at)
    if best is None:
        return []
    part, value, at_ = best
    name = known.column.name
    how = f"'{sentence.text(at_)}' tells again what the value '{value}' of {name} says"
    condition = equals(name, value)
    return [Match.at(at_, dataset, "value", name, value=value, condition=condition, score=0.6 + 0.3 * part, how=how)]


def vocabulary(sentence: Sentence, known: Known) -> set[str]:
    """Stems of the values that have a word like one of the sentence."""
    return {word.stem for value in candidates(sentence, known) for word in _parts(value)}


def candidates(sentence: Sentence, known: Known) -> list[str]:
    """The values with a word that begins like one of the sentence's.

    None of texts that are read: their words are no names of anything.
    """
    if not known.values or (known.is_read and len(known.values) > _TITLES):
        return []
    letters = 2 if len(known.values) <= _FEW else 3
    starts = {form[:letters] for form in sentence.forms if len(form) > 1}
    lines = sorted({line for start in starts for line in known.begins.get(start, ())})
    coded = (value for value in known.values if len(value) == 1) if sentence.forms & _MEANINGS else ()
    return list(dict.fromkeys((*(known.values[line] for line in lines[:_CANDIDATES]), *coded)))


def _hits(sentence: Sentence, known: Known) -> Iterator[tuple[str, Found, str]]:
    """Values with where they are said and how that is put for a reader."""
    whole = dict(_whole(sentence, known))
    yield from ((value, Found(at, 1.0), "is the value") for value, at in whole.items())
    others = {value: _parts(value) for value in candidates(sentence, known) if value not in whole}
    frequency = Counter(stem for parts in others.values() for stem in {word.stem for word in parts})
    for value in whole:
        frequency.update({word.stem for word in _parts(value)})
    for value, parts in others.items():
        figure = len(parts) == 1 and parts[0].folded.isdigit()
        if not parts or figure or _is_bare(value) or _ADDRESS.match(value):
            continue
        if (run := sentence.run(parts)) is not None and not _only_stops(sentence, run.positions):
            yield value, run, "is spelt like the value" if run.misspelt else "is a form of the value"
        elif (part := _in_part(sentence, parts, frequency, known)) is not None:
            yield value, part, "has words of the value"


def _whole(sentence: Sentence, known: Known) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Values whose letters stand in the sentence as they are, however they are spaced."""
    for letters in sorted(sentence.joined.keys() & known.spelt.keys(), key=sentence.joined.__getitem__):
        positions = tuple(range(*sentence.joined[letters]))
        one = known.is_read and len(positions) == 1  # a text of one word is no name that a sentence says
        if len(letters) > 1 and not one and not letters.isdigit() and not _only_stops(sentence, positions):
            yield from ((value, positions) for value in known.spelt[letters] if not _is_bare(value))


def _is_bare(value: str) -> bool:
    """'No' and 'Other' are words of every sentence; as answers they are found by their question."""
    return value.strip().lower() in _BARE


def _only_stops(sentence: Sentence, positions: Sequence[int]) -> bool:
    return all(sentence.words[position].stop for position in positions)


@lru_cache(50_000)
def _parts(value: str) -> tuple[Word, ...]:
    single = _LETTERS.get(value.strip().lower())
    return words(single) if single else named(value) if " " not in value else words(value)


def _in_part(
    sentence: Sentence, parts: Sequence[Word], frequency: Counter[str], known: Known
) -> Found | None:
    """Some words of a value, if they tell it from the others."""
    if not any(map(sentence.told, parts)):
        return None
    count = len(known.values or ())
    weights = [_weight(word, frequency, known) for word in parts]
    found = sentence.scattered(parts, weights)
    positions = tuple(at for at in found.positions if not sentence.words[at].stop) if found is not None else ()
    if found is None or not positions:
        return None
    said = {word.stem for word in parts if sentence.told(word)}
    if all(word.folded in _DEGREES for word in parts if word.stem in said):
        return None
    rarest = min((frequency[stem] for stem in said), default=count + 1)
    if len(said) < (2 if known.is_read else 1) or rarest > max(1, count / 2):
        return None  # words that most values have tell nothing
    score = 0.9 * found.score
    if len(said) == 1 < len(parts) and all(_is_common(sentence.words[at], known) for at in positions):
        return None
    surely = any(score > KIN for word in parts for _, score in sentence.at(word))
    if not surely and len(said) == 1 < len(parts):
        return Found(positions, _LEAST, found.misspelt)  # a word that only means the same as one of several
    if rarest == 1 and count <= _FEW:
        score = max(score, 0.3 + 0.5 * found.score)
    elif rarest == 1 and len(said) > 1:
        score = max(score, 0.25 + 0.5 * found.score)
    return Found(positions, min(score, _PART), found.misspelt) if score >= _LEAST else None


def _weight(word: Word, frequency: Counter[str], known: Known) -> float:
    """Rare words of a column weigh more than those that all its values have."""
    count = len(known.values or ())
    having = frequency[word.stem] if count > _FEW else max(frequency[word.stem], known.lines.count(word.folded))
    rarity = math.log((count + 1) / min(count, having or 1)) + 0.1
    return rarity * (0.25 if word.stop else 1.0)


def _longest(found: list[Match]) -> list[Match]:
    """Without values of which some words are said that belong to other values said whole."""
    whole = [match for match in found if match.score >= _WHOLE]
    taken = frozenset(position for match in whole for position in match.covered)
    kept = []
    for match in found:
        within = any(match.covered < other.covered for other in whole)
        if match.score < _WHOLE and match.covered <= taken:
            continue
        kept.append(replace(match, score=round(match.score * 0.6, 4)) if within else match)
    return kept
