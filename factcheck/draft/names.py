"""Columns and datasets that a sentence speaks of: by their names, titles, synonyms, descriptions, whole questions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from factcheck.draft.about import is_of_persons
from factcheck.draft.conditions import equals
from factcheck.draft.known import UNIT, Known, Phrase, Source, units
from factcheck.draft.match import Match
from factcheck.draft.sentence import Found, Sentence, done, kin, tells
from factcheck.draft.words import Word, general, words
from factcheck.evidence.dataset import Dataset

_LEAST = 0.3
_WHOLE = 0.9  # score from which on all words of a name are said
_QUESTION = 5  # words from which on a name is a question or a sentence
# Words of names that any column may have.
_COMMON = frozenset(
    {"amount", "at", "col", "column", "count", "data", "date", "field", "figure", "flag", "has", "id", "is", "n"}
    | {"name", "num", "number", "size", "text", "time", "total", "type", "url", "value"}
)
_DOERS = ("ers", "ors", "ants", "ents", "ees", "ists", "ians", "eers")
_RECORDS = frozenset({"row", "record", "entri", "observ", "item"})
_TRUST: dict[Source, float] = {
    "name": 1.0, "title": 1.0, "synonym": 1.0, "description": 0.75, "unit": 0.75, "caveat": 0.55,
}  # fmt: skip
_SAID: dict[Source, str] = {
    "name": "is", "title": "is the title of", "synonym": "is a word for", "description": "describes",
    "unit": "is the unit of", "caveat": "is said of",
}  # fmt: skip


class Names:
    """The words for all columns of a dataset, with how many columns have each."""

    def __init__(self, dataset: Dataset, columns: Sequence[Known]) -> None:
        self.dataset = dataset
        self.columns = columns
        self._count = len(columns)
        self._frequency = Counter(
            stem for known in columns for stem in {word.stem for phrase in known.phrases for word in phrase.words}
        )

    @property
    def stems(self) -> set[str]:
        """All stems of names, and of what a row is called."""
        return set(self._frequency) | {word.stem for text, _, _ in units(self.dataset) for word in words(_apart(text))}

    def matches(self, sentence: Sentence) -> list[Match]:
        """The columns and the dataset that the sentence speaks of; columns of 0 and 1 as values, too."""
        found = [*self._rows(sentence)]
        rows = found[0].covered if found and found[0].score >= _WHOLE else frozenset()
        called = self._called(sentence)
        for known in self.columns:
            if (column := self._column(sentence, known)) is not None:
                if column.covered <= rows and column.score < _WHOLE:
                    column = replace(column, score=round(column.score * 0.7, 4))  # 'posts' is rather not post_id
                if column.covered <= called and column.score < _WHOLE:
                    column = replace(column, score=round(column.score * 0.5, 4))  # 'Bob Ross' is not STEVE_ROSS
                found.append(column)
                found += _flagged(known, column)
            found += self._labelled(sentence, known)
        return found

    def _column(self, sentence: Sentence, known: Known) -> Match | None:
        """The best of a column's phrases."""
        best: tuple[Found, Phrase] | None = None
        for phrase in known.phrases:
            found = self._said(sentence, phrase)
            if found is not None and (best is None or found.score > best[0].score):
                best = found, phrase
        if best is None:
            return None
        (found, phrase), name = best, known.column.name
        what = f"the column {name}" if phrase.source == "name" else name
        how = f"'{sentence.text(found.positions)}' {_how(found, phrase, what)}"
        match = Match.at(found.positions, self.dataset.name, "column", name, score=found.score, how=how)
        return replace(match, answers=known.has_answers)

    def _said(self, sentence: Sentence, phrase: Phrase) -> Found | None:
        trust = _TRUST[phrase.source]
        run = sentence.run(phrase.words)
        if run is not None and not all(sentence.words[at].stop for at in run.positions):
            return Found(run.positions, run.score * trust * self._telling(phrase), run.misspelt)
        letters = "".join(word.folded for word in phrase.words)
        if len(letters) > 3 and (place := sentence.joined.get(letters)) is not None:
            return Found(tuple(range(*place)), 0.95 * trust)
        weights = [self._weight(word, len(phrase.words)) for word in phrase.words]
        part = sentence.scattered(phrase.words, weights)
        if part is None or not self._tells(sentence, phrase):
            return None
        positions = tuple(at for at in part.positions if not sentence.words[at].stop)
        long = len(phrase.words) >= _QUESTION
        least = 0.2 if long else 0.4
        # Nobody says a whole question: half of its telling words name it.
        score = min(0.9, 1.4 * part.score) if long else 0.9 * part.score
        return Found(positions, score * trust, part.misspelt) if positions and part.score >= least else None

    def _telling(self, phrase: Phrase) -> float:
        """A name of nothing but common words ('id', 'type') is hardly meant."""
        return 0.6 if all(word.folded in _COMMON for word in phrase.words) else 1.0

    def _tells(self, sentence: Sentence, phrase: Phrase) -> bool:
        """Whether a word is said that not every column has."""
        said = [word for word in phrase.words if sentence.told(word)]
        few = max(1.0, self._count / 4)
        return any(word.folded not in _COMMON and self._frequency[word.stem] <= few for word in said)

    def _weight(self, word: Word, length: int) -> float:
        rarity = math.log((self._count + 1) / (self._frequency[word.stem] or 1)) + 0.2
        short = len(word.folded) < 3  # fb, tw, n
        light = word.stop or ((short or word.folded in _COMMON) and length < _QUESTION)
        return rarity * (0.15 if light else 1.0)

    def _rows(self, sentence: Sentence) -> Iterable[Match]:
        """What a row is called, and the surest of what is said by the dataset's name and title."""
        unit: list[Match] = []
        others: list[Match] = []
        for text, source, trust in units(self.dataset):
            phrase = words(_apart(text))
            found = sentence.run(phrase) or sentence.scattered(phrase, [0.15 if w.stop else 1.0 for w in phrase])
            if found is None or all(sentence.words[at].stop for at in found.positions):
                continue
            positions = tuple(at for at in found.positions if not sentence.words[at].stop)
            found = Found(positions, found.score * trust, found.misspelt)
            if found.score >= _LEAST * trust:
                how = f"'{sentence.text(positions)}' is said in {source}, '{text}'"
                said = unit if source == UNIT else others
                said.append(Match.at(positions, self.dataset.name, "dataset", score=found.score, how=how))
        unit += self._other_words(sentence, unit) if unit else self._persons(sentence)
        others = sorted(others, key=lambda match: -match.score)[:1]
        told = sorted([*unit, *others], key=lambda match: -match.score)
        return [*told, *self._records(sentence)]

    def _other_words(self, sentence: Sentence, unit: Sequence[Match]) -> list[Match]:
        """What a row is called beside its own word: 'the canvases of The Joy of Painting' are paintings both times."""
        stems = {word.stem for word in words(self.dataset.unit or "") if not word.stop}
        same = stems.union(*(kin().get(one, frozenset()) for one in stems))
        taken = {at for match in unit for at in match.covered}
        how = "'{}' is another word for what a row is"
        return [
            Match.at((at,), self.dataset.name, "dataset", score=0.85, how=how.format(word.text))
            for at, word in enumerate(sentence.words)
            if at not in taken and not word.stop and word.stem in same
        ]

    def _called(self, sentence: Sentence) -> frozenset[int]:
        """The words of the dataset's name, where it has several and all are said."""
        name = words(_apart(self.dataset.name))
        run = sentence.run(name) if len(name) > 1 else None
        return frozenset() if run is None else frozenset(run.positions)

    def _persons(self, sentence: Sentence) -> list[Match]:
        """Where rows are people: those named by what columns speak of, as 'travellers' of how they travel."""
        if not is_of_persons(self.dataset):
            return []
        told = {  # 'smokers' are those who answer yes, and not all who were asked
            word.stem
            for known in self.columns if known.yes is not None and not known.is_question
            for phrase in known.phrases if phrase.source == "name" for word in phrase.words
        }  # fmt: skip
        for at, word in enumerate(sentence.words):
            asked = not (self._frequency.keys() - told).isdisjoint({word.stem, *done(word)})
            if asked and tells(word) and word.folded.endswith(_DOERS) and word.stem not in general():
                how = f"'{word.text}' is said of people, as rows are"
                return [Match.at((at,), self.dataset.name, "dataset", score=0.65, how=how)]
        return []

    def _records(self, sentence: Sentence) -> list[Match]:
        """Words for the rows of any dataset."""
        for at, word in enumerate(sentence.words):
            if word.stem in _RECORDS:
                how = f"'{word.text}' is said of the rows of any dataset"
                return [Match.at((at,), self.dataset.name, "dataset", score=0.6, how=how)]
        return []

    def _labelled(self, sentence: Sentence, known: Known) -> Iterable[Match]:
        """Codes whose labels are said, where the column's description tells them."""
        for code, label in known.labels:
            found = sentence.run(words(label))
            if found is None:
                continue
            name = known.column.name
            how = f"'{sentence.text(found.positions)}' is what {code} of {name} means"
            yield Match.at(
                found.positions, self.dataset.name, "value", name,
                value=code, condition=equals(name, code), score=found.score, how=how,
            )  # fmt: skip


def _apart(name: str) -> str:
    """The words of a dataset's name apart: blogs.nodes, fake_news."""
    return name.replace("_", " ").replace(".", " ")


def _how(found: Found, phrase: Phrase, what: str) -> str:
    if found.misspelt:
        return f"is spelt like {what}"
    return f"has words of {what}" if len(found.positions) < len(phrase.words) else f"{_SAID[phrase.source]} {what}"


def _flagged(known: Known, column: Match) -> list[Match]:
    """A column of truth values, or of 0 and 1, that is named: the rows of which it holds are meant."""
    if known.flag is None:
        return []
    value: bool | float = True if known.flag == "boolean" else 1
    holds = "is true or false" if known.flag == "boolean" else "is 1 where it holds, else 0"
    how = f"{column.how}, which {holds}"
    return [replace(column, what="value", value=value, condition=equals(known.column.name, value), how=how)]
