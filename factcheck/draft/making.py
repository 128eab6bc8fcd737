"""What candidates are made of: one sentence and one dataset, and what is common to all kinds of measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from factcheck.draft.joining import Joining
from factcheck.draft.match import Match
from factcheck.draft.reading import Reading
from factcheck.draft.thresholds import is_identifier
from factcheck.draft.words import Word
from factcheck.evidence.dataset import Dataset

_COLUMNS = 3  # columns that a number may be taken from
_SURE = 0.35
_NEAR = 3  # words between a number and the column that it is said of
_FORCED = 0.75  # prior where values of one column are alternatives that no "or" joins


@dataclass(frozen=True)
class Candidate:
    """A claim that the sentence may make, before its words are weighed and before it is evaluated.

    `matches` are what its words were understood as; `denials` the negations that its conditions heed.
    """

    reading: Reading
    dataset: str
    measure: Mapping[str, Any]
    claimed: Any
    matches: tuple[Match, ...]
    denials: frozenset[int] = frozenset()
    prior: float = 1.0
    about: str | None = None

    @property
    def key(self) -> str:
        """What it asks: equal for candidates that ask the same."""
        return repr((self.dataset, sorted(self.measure.items(), key=str), str(self.claimed)))

    def claim(self, statement: str, name: str) -> dict[str, Any]:
        """The fields of the claim, in the order of the language."""
        told = {"id": name, "statement": statement, "dataset": self.dataset, "measure": dict(self.measure)}
        about = {} if self.about is None else {"about": self.about}
        return {**told, "claimed": self.claimed, **about}


@dataclass
class Drafting:
    """One sentence and one dataset: what candidates are made of."""

    sentence: Sequence[Word]
    dataset: Dataset
    matches: Sequence[Match]
    others: frozenset[int]  # the words of other figures
    zone: range  # the words of the figure's part of the sentence
    flags: frozenset[str] = frozenset()  # columns that are 0 or 1
    stated: frozenset[str] = frozenset()  # columns that have the figure for a value

    def columns(self, *, number: bool, taken: frozenset[int]) -> list[Match]:
        """The columns that the sentence speaks of, numbers or others, surest first."""
        said = [
            match for match in self.matches
            if match.what == "column" and match.column is not None and match.score >= _SURE
            and not match.covered <= taken and self._is_number(match.column) == number
            and not (number and (is_identifier(match.column) or match.column in self.flags))
        ]  # fmt: skip
        return said[:_COLUMNS]

    def _is_number(self, name: str) -> bool:
        known = self.dataset.columns.get(name)
        return known is not None and known.family.is_number

    def amounts(self) -> list[Match]:
        """Number columns whose unit the manifest tells, though no word speaks of them."""
        return [
            Match(0, 0, self.dataset.name, "column", name, score=0.0, how=f"{name} is a number of {one.unit}", words=())
            for name, one in self.dataset.columns.items()
            if one.family.is_number and one.unit is not None
        ][:_COLUMNS]

    def is_single(self, chosen: Sequence[Match]) -> bool:
        """Whether conditions leave one row: they name its key, or there is but one."""
        ledger = self.dataset.ledger
        if ledger is not None and ledger.loaded == 1 and not chosen:
            return True
        return len(self.dataset.key) == 1 and any(
            match.column == self.dataset.key[0] and " = " in (match.condition or "") for match in chosen
        )

    def time(self) -> str | None:
        """The time column that the sentence means: one that it names, else the only or the usual one."""
        times = [name for name, one in self.dataset.columns.items() if one.family.is_time]
        named = [m.column for m in self.matches if m.what in ("column", "time") and m.column in times]
        usual = [name for name in times if name == "created_at"] or times[:1]
        return next(iter([*named, *usual]), None)


def candidate(
    drafting: Drafting,
    reading: Reading,
    measure: Mapping[str, Any],
    matches: Sequence[Match],
    joining: Joining,
    prior: float = 1.0,
    claimed: Any = None,
) -> Candidate:
    said = claimed if claimed is not None else reading.claimed
    prior *= reading.prior * (_FORCED if joining.forced else 1.0)
    about = "rows" if _counts(measure) and _is_unscaled(drafting.dataset) else None
    return Candidate(reading, drafting.dataset.name, measure, said, tuple(matches), joining.denials, prior, about)


def _counts(measure: Mapping[str, Any]) -> bool:
    """Whether it adds rows up: counts and sums, differences of such, and ratios of sums."""
    sides = [side for key in ("difference", "minus", "ratio", "to") if isinstance(side := measure.get(key), Mapping)]
    inner = any("sum" in side if "ratio" in measure else _counts(side) for side in sides)
    return "count" in measure or "sum" in measure or inner


def _is_unscaled(dataset: Dataset) -> bool:
    """Whether it is a sample of which nobody knows how much of the whole it is: its counts say nothing of the whole."""
    sampled = dataset.completeness == "random sample"
    return sampled and dataset.sample_fraction is None and dataset.population is None


def joined(drafting: Drafting, reading: Reading, chosen: Sequence[Match]) -> Joining:
    return Joining(drafting.sentence, reading.covered, chosen)


def that(measure: dict[str, Any], joining: Joining, chosen: Sequence[Match], key: str = "that") -> dict[str, Any]:
    return {**measure, key: joining.expression(chosen)} if chosen else measure


def is_head(sentence: Sequence[Word], reading: Reading, match: Match, between: int = 2) -> bool:
    """Whether the words of a match are the noun that the figure counts, `between` telling words at most before it."""
    figure = reading.figure
    last = figure.last if figure is not None else reading.anchor + 1
    telling = [at for at in range(last, match.first) if at not in reading.covered and not sentence[at].stop]
    inner = figure is not None and match.first in figure.inner
    return inner or (match.first >= last and len(telling) <= between and match.first - last <= 2 * _NEAR)
