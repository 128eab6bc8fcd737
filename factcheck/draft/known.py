"""What is known of the columns of a dataset before any sentence is read: words for them, and their values."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal, Protocol

from factcheck.draft.words import Word, named, stop_words, words
from factcheck.evidence.dataset import Column, Dataset, Family
from factcheck.evidence.engines.names import identifier
from factcheck.evidence.manifest_models import ColumnSpec, DatasetManifest

MOST = 20_000  # different values of a column that are looked through; of more, the sentence's own words are asked for
_SAMPLE = 20_000  # rows that tell whether a column has many different values
_NAMED = 150  # letters of a value that a sentence may say whole
_QUESTION = 5  # words from which on a name is a question or a sentence
_LONG = 60  # letters of a text that is read, not a label
_LABELLED = re.compile(r"(?<![\w.])(\d+)\s*(?:=|:|is|are|means|stands for|for|–|-)?\s+([^\W\d][^,;.\d]*)")
_WORD_BEGINS = re.compile(r"^|[\W_]")
_NO_LETTERS = re.compile(r"[\W_]+")
_YES = re.compile(r"(?i)(yes|no|y|n|true|false|t|f|with|without|for|against|agree|disagree|support|oppose)\b")
_AGREE = frozenset({"yes", "y", "true", "t", "with", "for", "agree", "support"})

TEXTS = frozenset({"text", "message", "body", "content", "tweet", "full_text", "description", "caption", "title"})
_ADDRESSES = frozenset({"url", "urls", "link", "links", "uri", "href", "path", "file"})
UNIT = "what a row is"
Source = Literal["name", "title", "synonym", "description", "unit", "caveat"]


class Asked(Protocol):
    """What can be asked of evidence: rows of a SELECT, the commonest values of a column, its first and last time."""

    def looked(self, dataset: Dataset, sql: str) -> list[tuple[Any, ...]]: ...

    def commonest(self, dataset: Dataset, column: str, most: int) -> list[str]: ...

    def span(self, dataset: Dataset, column: str) -> tuple[date | None, date | None, int]: ...


@dataclass(frozen=True)
class Phrase:
    """Words that name a column, and where they stand."""

    words: tuple[Word, ...]
    text: str
    source: Source


@dataclass(frozen=True)
class Known:
    """A column, the words for it, and its values.

    `values` are the different values of a text column, the commonest first; None where there are too many.
    `flag` says what a number column of 0 and 1, or one of truth values, is; `labels` what codes mean.
    """

    column: Column
    phrases: tuple[Phrase, ...]
    values: tuple[str, ...] | None = ()
    flag: Literal["boolean", "number"] | None = None
    labels: tuple[tuple[int, str], ...] = ()
    is_read: bool = False  # a text that is read: posts, messages, titles
    is_address: bool = False  # links and paths
    lines: str = field(default="", repr=False)  # the values folded, one a line, to be searched at once
    spelt: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)  # values by their letters alone

    @cached_property
    def begins(self) -> Mapping[str, tuple[int, ...]]:
        """By the first two and the first three letters of a word: the numbers of the values that have one like it."""
        found: dict[str, dict[int, None]] = defaultdict(dict)
        for line, text in enumerate(self.lines.split("\n")):
            for begun in _WORD_BEGINS.finditer(text):
                at = begun.end()
                found[text[at : at + 2]][line] = None
                found[text[at : at + 3]][line] = None
        return {start: tuple(lines) for start, lines in found.items()}

    @property
    def is_question(self) -> bool:
        """Whether the column is called by a whole question or sentence."""
        return any(len(phrase.words) >= _QUESTION for phrase in self.phrases if phrase.source == "name")

    @property
    def has_answers(self) -> bool:
        """Whether its values say something of the rows, as answers do, and are no things that can be counted."""
        return self.flag is not None or self.is_question or bool(self._starts)

    @cached_property
    def yes(self) -> str | None:
        """Of a question that is answered with yes or no: how the answers begin that say yes."""
        return next((start for start in self._starts if start.lower() in _AGREE), None)

    @cached_property
    def no(self) -> str | None:
        """How the answers begin that say no."""
        return next((start for start in self._starts if start.lower() not in _AGREE), None)

    @cached_property
    def _starts(self) -> tuple[str, ...]:
        """How the answers begin, where each says yes or no."""
        values = self.values or ()
        starts = [found.group(1) for value in values if (found := _YES.match(value))]
        return tuple(sorted(set(starts))) if 2 <= len(values) <= 12 and len(values) == len(starts) else ()


def known(evidence: Asked, dataset: Dataset, manifest: DatasetManifest | None) -> tuple[Known, ...]:
    """Asks the dataset for the values of its text columns and for its columns of 0 and 1."""
    specs = manifest.columns if manifest is not None else {}
    columns = list(dataset.columns.values())
    many, lengths = _sizes(evidence, dataset, [c for c in columns if c.family is Family.TEXT])
    flags = _flags(evidence, dataset, [c for c in columns if c.family.is_number])
    found = [
        _known(evidence, dataset, column, specs.get(column.name), many, lengths.get(column.name, 0.0), flags)
        for column in columns
    ]
    return tuple(unglued(found))


def unglued(columns: Sequence[Known]) -> Iterator[Known]:
    """Columns with the words of their names apart that lack a space: 'Is itrude to move' beside 'is it rude to ask'."""
    told = {word.folded for one in columns for phrase in one.phrases for word in phrase.words if not word.stop}
    short = tuple(word for word in stop_words() if len(word) < 4)
    for one in columns:
        phrases = tuple(
            replace(phrase, words=tuple(_apart(word, short, told) for word in phrase.words)) for phrase in one.phrases
        )
        yield replace(one, phrases=phrases)


def _apart(word: Word, short: Sequence[str], told: Collection[str]) -> Word:
    """Of a word that is two, the second; the first says nothing."""
    rest = _rest(word.folded, short, told)
    return word if rest is None else words(rest)[0]


def _rest(folded: str, short: Sequence[str], told: Collection[str]) -> str | None:
    """The word that follows a short one in a word which no other column has."""
    rests = (folded.removeprefix(start) for start in short if folded.startswith(start))
    return next((rest for rest in rests if len(rest) > 3 and rest in told and not folded.endswith("s")), None)


def _known(
    evidence: Asked,
    dataset: Dataset,
    column: Column,
    spec: ColumnSpec | None,
    many: frozenset[str],
    length: float,
    flags: frozenset[str],
) -> Known:
    flag: Literal["boolean", "number"] | None = "boolean" if column.family is Family.BOOLEAN else None
    flag = "number" if column.name in flags else flag
    labels = _labels(spec.description) if spec is not None and column.family.is_number else ()
    values: tuple[str, ...] | None = ()
    if column.family is Family.TEXT:
        found = None if column.name in many else evidence.commonest(dataset, column.name, MOST + 1)
        values = tuple(found) if found is not None and len(found) <= MOST else None
    rows = dataset.ledger.loaded if dataset.ledger is not None else 0
    repeated = values is not None and len(values) * 3 <= rows  # as long answers of a survey are
    folded = [folded_line(value) for value in values or ()]
    is_text = column.family is Family.TEXT
    is_address = is_text and bool({word.folded for word in named(column.name)} & _ADDRESSES)
    long = length > _LONG or column.name.lower() in TEXTS
    is_read = is_text and long and not repeated and not is_address
    return Known(
        column, _phrases(column, spec), values, flag, labels, is_read, is_address,
        "\n".join(folded), _spelt(values or (), folded),
    )  # fmt: skip


def _sizes(
    evidence: Asked, dataset: Dataset, columns: Sequence[Column]
) -> tuple[frozenset[str], dict[str, float]]:
    """Which columns differ in most of the first rows, and how long texts are on average."""
    if not columns:
        return frozenset(), {}
    names = [identifier(column.name) for column in columns]
    asked = ", ".join(f"count(DISTINCT {name}), CAST(avg(length({name})) AS DOUBLE)" for name in names)
    first = f"SELECT {', '.join(names)} FROM {identifier(dataset.relation)} LIMIT {_SAMPLE}"
    (row,) = evidence.looked(dataset, f"SELECT {asked} FROM ({first}) AS s")
    numbers = [float(str(value)) if value is not None else 0.0 for value in row]
    different, lengths = numbers[::2], numbers[1::2]
    many = {column.name for column, n in zip(columns, different, strict=True) if n > _SAMPLE / 2}
    return frozenset(many), {column.name: n for column, n in zip(columns, lengths, strict=True)}


def _flags(evidence: Asked, dataset: Dataset, columns: Sequence[Column]) -> frozenset[str]:
    """Number columns that hold nothing but 0 and 1, and both or at least the one."""
    if not columns:
        return frozenset()
    names = [identifier(column.name) for column in columns]
    asked = ", ".join(
        f"count(CASE WHEN {name} <> 0 AND {name} <> 1 THEN 1 END), count(CASE WHEN {name} = 1 THEN 1 END)"
        for name in names
    )
    (row,) = evidence.looked(dataset, f"SELECT {asked} FROM {identifier(dataset.relation)}")
    counts = [int(str(value)) for value in row]
    pairs = zip(columns, counts[::2], counts[1::2], strict=True)
    return frozenset(column.name for column, others, ones in pairs if others == 0 and ones > 0)


def _phrases(column: Column, spec: ColumnSpec | None) -> tuple[Phrase, ...]:
    told: list[tuple[Source, str]] = [("name", column.name)]
    if spec is not None:
        told += [("name", origin) for origin in spec.from_ or ()]
        told += [("title", spec.title)] if spec.title else []
        told += [("description", spec.description)] if spec.description else []
    told += [("synonym", synonym) for synonym in column.synonyms]
    told += [("unit", column.unit)] if column.unit else []
    told += [("caveat", column.caveat)] if column.caveat else []
    found: dict[tuple[str, ...], Phrase] = {}
    for source, text in told:
        parts = named(text) if source == "name" and " " not in text.strip() else words(text)
        if parts:
            found.setdefault(tuple(word.folded for word in parts), Phrase(parts, text, source))
    return tuple(found.values())


def _labels(description: str | None) -> tuple[tuple[int, str], ...]:
    """What codes mean, where a description says it: '0 liberal, 1 conservative'."""
    found = [(int(code), label.strip()) for code, label in _LABELLED.findall(description or "")]
    return tuple(found) if len(found) > 1 and len({code for code, _ in found}) == len(found) else ()


def folded_line(value: str) -> str:
    """A value as one line, without accents and case."""
    if not value.isascii():
        value = "".join(c for c in unicodedata.normalize("NFKD", value.casefold()) if not unicodedata.combining(c))
    return " ".join(value.lower().split())


def _spelt(values: Sequence[str], folded: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Values by their letters alone, however they are spaced; long texts are no names that a sentence says."""
    found: dict[str, tuple[str, ...]] = {}
    for value, line in zip(values, folded, strict=True):
        if len(line) <= _NAMED:
            letters = _NO_LETTERS.sub("", line.replace("'s ", " ").replace("’s ", " "))
            found[letters] = (*found.get(letters, ()), value)
    return found


def units(dataset: Dataset) -> Iterable[tuple[str, str, float]]:
    """What a row may be called, where it is said, and how surely that is meant."""
    if dataset.unit:
        yield dataset.unit, UNIT, 1.0
    yield dataset.name, "the dataset's name", 0.85
    if dataset.title:
        yield dataset.title, "the dataset's title", 0.75
    if dataset.represents:
        yield dataset.represents, "what the dataset represents", 0.6
