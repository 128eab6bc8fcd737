"""What the data know of the words of a sentence: columns, values, countries, languages, what a row is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from factcheck.draft import countries, letters, times
from factcheck.draft.answers import answered
from factcheck.draft.conditions import equals
from factcheck.draft.known import Asked, Known, known
from factcheck.draft.match import Match, best_first
from factcheck.draft.names import Names
from factcheck.draft.prefixes import coded, prefixes
from factcheck.draft.sentence import Sentence
from factcheck.draft.texts import texts
from factcheck.draft.values import titled, values, vocabulary
from factcheck.draft.words import Word, named, words
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.names import identifier, literal

if TYPE_CHECKING:
    from factcheck.cases.evidence import Evidence
    from factcheck.project import Project

_PLACES = frozenset({"country", "location", "place", "nation", "nationality", "geo", "region", "origin", "land"})
_LANGUAGES = frozenset({"lang", "language", "languages", "locale"})
_RUN = 6  # words of a value that is looked up in a column of very many
_FOUND = 50  # values that such a look-up may find


class Index:
    """The words of some datasets. The engine is asked once for each dataset, when it is first spoken of."""

    def __init__(self, project: Project, evidence: Evidence, names: Iterable[str]) -> None:
        self._manifests = {name: source.model for name, source in project.manifests.items()}
        self._evidence: Asked = evidence
        self.datasets: Mapping[str, Dataset] = {n: evidence.known[n] for n in names if n in evidence.known}
        self._known: dict[str, tuple[Known, ...]] = {}
        self._prefixes: dict[str, dict[str, tuple[str, str]]] = {}

    @classmethod
    def of(cls, project: Project, evidence: Evidence, names: Iterable[str]) -> Index:
        """The index of the datasets in `names` that could be read."""
        return cls(project, evidence, names)

    def known(self, dataset: str) -> tuple[Known, ...]:
        """The columns of a dataset with their words and values."""
        if dataset not in self._known:
            self._known[dataset] = known(self._evidence, self.datasets[dataset], self._manifests.get(dataset))
        return self._known[dataset]

    def _begins(self, dataset: str) -> dict[str, tuple[str, str]]:
        """By columns of ids: with which words they begin."""
        if dataset not in self._prefixes:
            self._prefixes[dataset] = prefixes(self._evidence, self.datasets[dataset], self.known(dataset))
        return self._prefixes[dataset]

    def matches(self, sentence: Sequence[Word], dataset: str, text: str = "") -> list[Match]:
        """Everything that the sentence's words may mean in a dataset, the surest first.

        Alternatives are kept: the same words may name a column, a value of another one, and what a row is. `text` is
        the sentence itself, whose quotation marks its words do not have.
        """
        sought = Sentence(sentence)
        if not sentence or dataset not in self.datasets:
            return []
        columns = self.known(dataset)
        names = Names(self.datasets[dataset], columns)
        nations = countries.countries(sentence)
        sought.doubt(self._vocabulary(sought, names, columns, nations))
        found = names.matches(sought)
        found += list(answered(sought, columns, found))
        said = [match for one in columns for match in values(sought, dataset, one)]
        said += coded(sought, dataset, self._begins(dataset))
        said += [match for one in columns for match in titled(sought, dataset, one)]
        said += self._looked_up(sought, dataset, columns)
        said += _of_countries(sought, dataset, columns, nations)
        said += _of_languages(sought, dataset, columns)
        found += _told_apart(said, found, {one.column.name for one in columns if one.is_question})
        found += letters.written(sought, dataset, columns, found)
        found += letters.sites(sought, dataset, columns)
        found += texts(text, sought, dataset, list(columns))
        found += times.timed(sentence, self.datasets[dataset], self.spans(sentence, dataset))
        return best_first(_once(found))

    def spans(self, sentence: Sequence[Word], dataset: str) -> dict[str, times.Span]:
        """The first and the last day of each time column; none where the sentence speaks of no date."""
        known = self.datasets[dataset]
        found: dict[str, times.Span] = {}
        for column, _ in times.columns(known) if times.speaks_of_time(sentence) else ():
            if column.family.is_time:
                low, high, _ = self._evidence.span(known, column.name)
                if low is not None and high is not None:
                    found[column.name] = (_day(low), _day(high))
        return found

    def _vocabulary(
        self, sentence: Sentence, names: Names, columns: Sequence[Known], nations: Sequence[countries.Named]
    ) -> set[str]:
        stems = names.stems
        for one in columns:
            stems |= vocabulary(sentence, one)
        return stems | {sentence.words[at].stem for nation in nations for at in range(nation.first, nation.last)}

    def _looked_up(self, sentence: Sentence, dataset: str, columns: Sequence[Known]) -> list[Match]:
        """Values of columns that have too many to be held here: those that the sentence says as they are."""
        many = [one.column.name for one in columns if one.values is None and not one.is_read and not one.is_address]
        runs = _runs(sentence)
        if not many or not runs:
            return []
        listed = ", ".join(literal(run) for run in sorted(runs))
        here = self.datasets[dataset]
        relation = identifier(here.relation)
        parts = [
            f"SELECT {at} AS a, value FROM (SELECT DISTINCT {identifier(name)} AS value FROM {relation} "
            f"WHERE lower({identifier(name)}) IN ({listed}) ORDER BY 1 LIMIT {_FOUND}) AS s{at}"
            for at, name in enumerate(many)
        ]
        found = []
        for at, value in sorted(self._evidence.looked(here, " UNION ALL ".join(parts)), key=str):
            name, meant = many[int(str(at))], str(value)
            positions = runs.get(meant.lower())
            if positions is not None:
                how = f"'{sentence.text(positions)}' is the value '{meant}' of {name}"
                found.append(
                    Match.at(positions, dataset, "value", name, value=meant, condition=equals(name, meant), how=how)
                )
        return found


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _runs(sentence: Sentence) -> dict[str, tuple[int, ...]]:
    """Runs of words as a value may have them, in small letters: with and without the sign of a tag or a name."""
    found: dict[str, tuple[int, ...]] = {}
    for first, word in enumerate(sentence.words):
        if word.stop or word.text[0].isdigit():
            continue
        found.setdefault(f"@{word.folded}", (first,))
        for last in range(first + 1, min(len(sentence.words), first + _RUN) + 1):
            run = sentence.words[first:last]
            positions = tuple(range(first, last))
            found.setdefault(" ".join(one.text for one in run).lower(), positions)
            found.setdefault(" ".join(one.folded for one in run), positions)
    return found


def _of_countries(
    sentence: Sentence, dataset: str, columns: Sequence[Known], nations: Sequence[countries.Named]
) -> Iterator[Match]:
    """Values that name a country which the sentence names, in whatever way either does."""
    if not nations:
        return
    for one in columns:
        coded = _by_country(one)
        for nation in nations:
            for value in coded.get(nation.code, ()):
                positions = tuple(range(nation.first, nation.last))
                how = f"'{sentence.text(positions)}' is {countries.english(nation.code)}, which {one.column.name} calls"
                yield Match.at(
                    positions, dataset, "value", one.column.name, value=value,
                    condition=equals(one.column.name, value), score=nation.score, how=f"{how} '{value}'",
                )  # fmt: skip


def _by_country(one: Known) -> dict[str, list[str]]:
    """The values of a column by the country that they name; none where it is no column of countries.

    It is one where half of its values name one, or where it is called a place: then names count, and codes do not.
    """
    found: dict[str, list[str]] = {}
    listed = (one.values or ())[:2_000]
    called = {word.folded for word in named(one.column.name)}
    if called & _LANGUAGES:
        return found
    naming = 0
    for value in listed:
        if (code := countries.code_of(value)) is not None:
            found.setdefault(code, []).append(value)
            naming += 1
    if naming * 2 >= len(listed):
        return found
    names = {code: [value for value in spelt if len(value) > 3] for code, spelt in found.items()}
    return {code: spelt for code, spelt in names.items() if spelt} if called & _PLACES else {}


def _of_languages(sentence: Sentence, dataset: str, columns: Sequence[Known]) -> Iterator[Match]:
    """Codes of languages in a column of languages: 'in Spanish' is language = 'es'."""
    for one in columns:
        if not one.values or not _LANGUAGES & {word.folded for word in named(one.column.name)}:
            continue
        for position, word in enumerate(sentence.words):
            code = countries.languages().get(word.folded)
            beside = {near.stem for near in sentence.words[max(0, position - 2) : position + 2]}
            sure = word.text[0].isupper() or "languag" in beside
            for value in one.values if code is not None and sure else ():
                if value.lower().split("-")[0] == code:
                    how = f"'{word.text}' is the language that {one.column.name} calls '{value}'"
                    yield Match.at(
                        (position,), dataset, "value", one.column.name, value=value,
                        condition=equals(one.column.name, value), score=0.97, how=how,
                    )  # fmt: skip


def _told_apart(said: Sequence[Match], found: Sequence[Match], questions: Collection[str]) -> Iterator[Match]:
    """Values that several columns have: surer where the sentence speaks of the column, too.

    Some words of a long answer say little where nothing is said of its question.
    """
    columns = {match.column: match for match in found if match.what == "column"}
    shared = Counter((match.covered, str(match.value).casefold()) for match in said)
    longest = [match for match in said if match.score >= 0.9]
    rows = frozenset(at for match in found if match.what == "dataset" and match.score >= 0.9 for at in match.covered)
    for match in said:
        named = columns.get(match.column)
        elsewhere = named.score if named is not None and not named.covered <= match.covered else 0.0
        alone = 1 / shared[match.covered, str(match.value).casefold()]
        factor = 0.7 + 0.3 * max(alone, elsewhere)
        if any(match.covered < other.covered for other in longest):
            factor *= 0.8
        if match.column in questions and match.score < 0.9 and not elsewhere:
            factor *= 0.6
        if match.covered <= rows:
            factor *= 0.8 if match.score >= 0.9 else 0.5  # 'posts' are rather rows than the 'New York Post'
        yield replace(match, score=round(match.score * factor, 4))


def _once(found: Iterable[Match]) -> list[Match]:
    """Each meaning once for the same words, with its best score."""
    best: dict[tuple[object, ...], Match] = {}
    for match in found:
        key = (match.key, match.covered)
        if key not in best or match.score > best[key].score:
            best[key] = match
    return list(best.values())


def matched(index: Index, text: str) -> list[Match]:
    """What a sentence may mean in all datasets of an index, the surest first."""
    spoken = words(text)
    return best_first([match for name in index.datasets for match in index.matches(spoken, name, text)])
