"""What is said of a dataset as a whole: which words of a sentence are about it, and what its rows are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.draft.sentence import kin
from factcheck.draft.words import Word, stem, words
from factcheck.evidence.dataset import Dataset

RUN = 4  # words in a row that a sentence has of what is said of a dataset
_PART = 3  # letters of a name within another
_SURVEYS = frozenset(map(stem, ("survey", "poll", "questionnaire", "interview", "sample", "study", "pollster")))


def is_of_persons(dataset: Dataset) -> bool:
    """Whether rows are persons that were asked, drawn or registered, and not what they did."""
    persons = kin().get("person", frozenset()) | {"person"}
    return any(word.stem in persons for word in words(dataset.unit or ""))


@dataclass(frozen=True)
class About:
    """What is said of a dataset: the stems of its name, title, description and origin, and of what its rows are."""

    stems: frozenset[str]
    rows: frozenset[str] = frozenset()
    single: bool = False  # it is about one thing
    topics: frozenset[str] = frozenset()  # the stems of whole questions that its columns are
    runs: frozenset[tuple[str, ...]] = frozenset()  # words that follow one another in it
    name: tuple[str, ...] = ()  # the words of its name, which may be made of several: milesguo

    @classmethod
    def of(cls, dataset: Dataset) -> About:
        unit = {word.stem for word in words(dataset.unit or "") if not word.stop}
        single = dataset.ledger is not None and dataset.ledger.loaded == 1
        rows = unit | {other for one in unit for other in kin().get(one, ())}
        told = (
            dataset.name, dataset.title, dataset.represents, dataset.unit, dataset.source_title, dataset.collected.by,
            *dataset.collected.platforms,
        )  # fmt: skip
        apart = [re.sub(r"[-.]", " ", text) for text in told if text]
        texts = [tuple(word.folded for word in words(text)) for text in apart]
        runs = frozenset(text[at : at + RUN] for text in texts for at in range(len(text) - RUN + 1))
        stems = frozenset(word.stem for text in apart for word in words(text))
        asked = (words(name) for name in dataset.columns if name.count(" ") >= RUN)
        topics = frozenset(word.stem for text in asked for word in text if not word.stop)
        return cls(stems, frozenset(rows), single, topics, runs, texts[0])

    def tells(self, sentence: Sequence[Word]) -> frozenset[int]:
        """The words that are said of it; of a survey also other words for one, of 'milesguo' 'Miles Guo', too."""
        stems = self.stems | (_SURVEYS if self.stems & _SURVEYS else frozenset())
        found = {
            at for at, word in enumerate(sentence)
            if word.stem in stems or (word.text[0].isupper() and not stems.isdisjoint(kin().get(word.stem, ())))
        }  # fmt: skip
        for at in range(len(sentence) - 1):
            if sentence[at].folded + sentence[at + 1].folded in self.stems:
                found |= {at, at + 1}
        return frozenset(found | {at for at, word in enumerate(sentence) if at and self._names(word)})

    def _names(self, word: Word) -> bool:
        """Whether a name ends a word of its name: 'Guo' of 'milesguo'."""
        if len(word.folded) < _PART or not word.text[0].isupper():
            return False
        return any(one.endswith(word.folded) and len(one) >= len(word.folded) + _PART for one in self.name)

    def quotes(self, sentence: Sequence[Word]) -> frozenset[int]:
        """The words that stand in a row as they stand in what is said of it: 'tweets that speak of one party'."""
        said = tuple(word.folded for word in sentence)
        found: set[int] = set()
        for at in range(len(said) - RUN + 1):
            run = range(at, at + RUN)
            if said[at : at + RUN] in self.runs and sum(not sentence[i].stop for i in run) > 1:
                found |= set(run)
        return frozenset(found)
