"""From a sentence to drafts of claims: figures and words read, candidates made, evaluated together, and ordered."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from factcheck.draft.about import About
from factcheck.draft.beside import beside
from factcheck.draft.candidates import candidates
from factcheck.draft.evaluating import evaluated, plausibility
from factcheck.draft.figures import Figure, figures
from factcheck.draft.index import Index
from factcheck.draft.intents import cues, why_unverifiable
from factcheck.draft.making import Candidate
from factcheck.draft.match import Match
from factcheck.draft.ranking import LEAST, MISSED, MISSED_NAMED, Heard, Weighed, is_close, weigh
from factcheck.draft.readings import Reading, readings
from factcheck.draft.words import Word, general, said, words
from factcheck.draft.zones import zones
from factcheck.errors import EvidenceError
from factcheck.verdicts.verdict import Verdict

if TYPE_CHECKING:
    from factcheck.cases.evidence import Evidence
    from factcheck.project import Project

MOST = 40  # candidates of a sentence that are evaluated
_ID_WORDS = 6
_SLOW = frozenset({"coordination", "duplicates", "cascade", "modularity", "communities"})  # they look at pairs of rows
_MOST_SLOW = 3  # of these that are evaluated


@dataclass(frozen=True)
class Choice:
    """A claim that the sentence may make, with what its words cover and what the data say of it."""

    claim: Mapping[str, Any]
    weighed: Weighed | None = None
    verdict: Verdict | None = None

    @property
    def words(self) -> float | None:
        return None if self.weighed is None else self.weighed.words

    @property
    def plausibility(self) -> float | None:
        return None if self.weighed is None else self.weighed.plausibility

    @property
    def score(self) -> float:
        return 0.0 if self.weighed is None else self.weighed.score


@dataclass(frozen=True)
class Draft:
    """What can be drafted from a sentence, best first; where nothing can, `reason` says why.

    A sentence about orders, motives or effects has one choice without a measure, which says so.
    """

    sentence: str
    spoken: tuple[Word, ...]
    choices: tuple[Choice, ...] = ()
    reason: str | None = None
    unknown: tuple[str, ...] = ()  # words that no dataset has
    figures: tuple[Figure, ...] = ()

    @property
    def checkable(self) -> bool:
        return any(choice.weighed is not None for choice in self.choices)

    def missed(self, choice: Choice) -> tuple[str, ...]:
        """The telling words of the sentence, and the negations, that a choice says nothing of."""
        weighed = choice.weighed
        return () if weighed is None else tuple(self.spoken[at].text for at in sorted({*weighed.missed, *weighed.lost}))

    @property
    def close(self) -> tuple[Choice, ...]:
        """The choices besides the first that may as well be meant."""
        weighed = [choice.weighed for choice in self.choices]
        return tuple(
            choice for choice in self.choices[1:]
            if weighed[0] is not None and choice.weighed is not None and is_close(weighed[0], choice.weighed)
        )  # fmt: skip


@dataclass(frozen=True)
class _Sentence:
    """A sentence on its way: what it may claim, and the candidates that were weighed."""

    text: str
    spoken: tuple[Word, ...]
    figures: tuple[Figure, ...]
    readings: tuple[Reading, ...]
    weighed: tuple[Weighed, ...]
    known: frozenset[int]  # words that some dataset knows


class Drafter:
    """Drafts claims for sentences over evidence that is opened once; `unread` are datasets that could not be read."""

    def __init__(self, project: Project, evidence: Evidence, names: Sequence[str]) -> None:
        self._evidence = evidence
        failed = ((name, evidence.datasets.get(name)) for name in names)
        self.unread = {name: error for name, error in failed if isinstance(error, EvidenceError)}
        self._index = Index.of(project, evidence, names)
        self._about = {name: About.of(dataset) for name, dataset in self._index.datasets.items()}

    def draft(self, sentence: str, top: int = 5) -> Draft:
        """The drafts for one sentence."""
        return self.drafts([sentence], top)[0]

    def drafts(self, sentences: Sequence[str], top: int = 5) -> list[Draft]:
        """The drafts for each sentence; all their candidates are evaluated together."""
        read = [self._read(" ".join(text.split())) for text in sentences]
        claims = [
            weighed.candidate.claim(one.text, f"c{i}-{k}")
            for i, one in enumerate(read)
            for k, weighed in enumerate(one.weighed)
        ]
        datasets = dict(self._evidence.known)
        verdicts = iter(evaluated(claims, self._evidence, datasets) if claims else [])
        return [self._draft(one, [next(verdicts) for _ in one.weighed], top) for one in read]

    def _read(self, text: str) -> _Sentence:
        spoken = words(text)
        found = figures(text, spoken)
        may = readings(text, spoken, found, cues(spoken))
        if why_unverifiable(text) is not None or not may:
            return _Sentence(text, spoken, found, tuple(may), (), frozenset())
        matches = {
            name: beside(spoken, name, self._index.matches(spoken, name, text), self._index.known(name))
            for name in self._index.datasets
        }
        known = frozenset(at for listed in matches.values() for match in listed for at in match.covered)
        weighed = self._weighed(text, spoken, found, may, matches)
        return _Sentence(text, spoken, found, tuple(may), tuple(weighed), known)

    def _weighed(
        self,
        text: str,
        spoken: Sequence[Word],
        found: Sequence[Figure],
        may: Sequence[Reading],
        matches: Mapping[str, Sequence[Match]],
    ) -> list[Weighed]:
        """The candidates of all datasets that cover most of the words."""
        rarity = _rarity(spoken, matches, self._about)
        units = frozenset(stem for about in self._about.values() for stem in about.rows)
        heard = {name: Heard.of(spoken, self._about[name], rarity, units) for name in matches}
        part = zones(text, spoken, found)
        parts = [(one, part[one.figure] if one.figure in part else range(len(spoken))) for one in may]
        stated = [figure for figure in found if figure.known or any(one.figure is figure for one in may)]
        weighed = [
            weigh(one, spoken, stated, listed, heard[name], zone)
            for name, listed in matches.items()
            for reading, zone in parts
            for one in candidates(spoken, self._index.datasets[name], listed, reading, found, zone)
        ]
        most = MISSED if len(self._index.datasets) > 1 else MISSED_NAMED
        weighed = [one for one in weighed if one.words >= LEAST and one.unsaid <= most]
        return _few_slow(sorted(weighed, key=lambda one: (-one.words, one.candidate.key)))[:MOST]

    def _draft(self, one: _Sentence, verdicts: Sequence[Verdict | str], top: int) -> Draft:
        reason = why_unverifiable(one.text)
        if reason is not None:
            claim = {"id": name_of(one.text), "statement": one.text, "unverifiable": reason}
            return Draft(one.text, one.spoken, (Choice(claim),), reason, figures=one.figures)
        choices = [
            Choice(_claim(weighed.candidate, one.text), weighed.with_plausibility(plausibility(verdict)), verdict)
            for weighed, verdict in zip(one.weighed, verdicts, strict=True)
            if isinstance(verdict, Verdict)
        ]
        choices.sort(key=lambda choice: (-choice.score, str(choice.claim)))
        choices = _varied(choices)
        told = one.weighed[0].candidate.reading.said if one.weighed else frozenset()
        unknown = tuple(
            word.text for at, word in enumerate(one.spoken)
            if at not in one.known and at not in told and not (word.stop or word.stem in general())
            and not any(at in figure.positions for figure in one.figures)
        )  # fmt: skip
        if not choices:
            wrong = [verdict for verdict in verdicts if isinstance(verdict, str)]
            why = f"What was drafted cannot be evaluated: {wrong[0]}." if wrong else _why(one, unknown)
            return Draft(one.text, one.spoken, (), why, unknown, one.figures)
        return Draft(one.text, one.spoken, tuple(choices[:top]), None, unknown, one.figures)


def _few_slow(ordered: Sequence[Weighed]) -> list[Weighed]:
    """The candidates without those that take long to evaluate, but for the first of them."""
    slow = [one for one in ordered if _is_slow(one.candidate)]
    left_out = {id(one) for one in slow[_MOST_SLOW:]}
    return [one for one in ordered if id(one) not in left_out]


def _is_slow(candidate: Candidate) -> bool:
    return candidate.reading.kind in _SLOW or candidate.reading.take in _SLOW


def _varied(choices: Sequence[Choice]) -> list[Choice]:
    """Choices in their order, but those behind that only say another time what one before them says.

    They are of the same dataset and kind, cover the same words and find the same number, as two columns of which one
    is made from the other do.
    """
    seen: set[object] = set()
    first: list[Choice] = []
    again: list[Choice] = []
    for choice in choices:
        found = None if choice.verdict is None else choice.verdict.estimate
        said = None if choice.weighed is None else (choice.weighed.candidate.reading.kind, choice.weighed.missed)
        key = (choice.claim["dataset"], str(choice.claim.get("claimed")), said, str(found))
        (again if key in seen and found not in (None, 0, 1) else first).append(choice)
        seen.add(key)
    return [*first, *again]


def _why(one: _Sentence, unknown: Sequence[str]) -> str:
    if not one.readings:
        return "The sentence has no figure that could be checked."
    if unknown:
        return f"No dataset has a column, a value or a time for: {', '.join(dict.fromkeys(unknown))}."
    return "No dataset has columns and values that the sentence could be about."


def _claim(candidate: Candidate, text: str) -> dict[str, Any]:
    return candidate.claim(text, name_of(text))


def name_of(text: str) -> str:
    """An id for a claim: the first telling words of its statement."""
    telling = [re.sub(r"[^a-z0-9]+", "-", word.folded).strip("-") for word in words(text) if not word.stop]
    return "-".join([word for word in telling if word][:_ID_WORDS])[:60].strip("-") or "claim"


def _rarity(
    spoken: Sequence[Word], matches: Mapping[str, Sequence[Match]], about: Mapping[str, About]
) -> dict[str, float]:
    """How telling words are: those that few of the datasets know weigh up to twice as much as those that all know."""
    count: Counter[str] = Counter()
    for name, listed in matches.items():
        covered = {spoken[at].stem for match in listed for at in match.covered}
        count.update(covered | (about[name].stems & {word.stem for word in spoken}))
    most = math.log(len(matches) + 1)
    return {
        word.stem: 1.0 + (1 - math.log(count[word.stem] + 1) / most if most else 0.0)
        for word in spoken if count[word.stem]
    }  # fmt: skip


def sentence_of(draft: Draft, positions: Iterable[int]) -> str:
    """Words of a draft's sentence, for a reader."""
    return said(draft.spoken[at] for at in positions)
