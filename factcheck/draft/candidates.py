"""Complete claims for a sentence: a reading of its figure, and what its words mean in a dataset, put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from factcheck.draft.conditions import column
from factcheck.draft.figures import Figure
from factcheck.draft.joining import Joining
from factcheck.draft.match import Match, best_first
from factcheck.draft.readings import Reading
from factcheck.draft.roles import Roles, roles
from factcheck.draft.selections import selections
from factcheck.draft.thresholds import is_identifier, thresholds
from factcheck.draft.words import Word
from factcheck.evidence.dataset import Dataset

_SELECTIONS = 6  # ways to understand the words of a dataset that are tried
_COLUMNS = 3  # columns that a number may be taken from
_SURE = 0.35
_NEAR = 3  # words between a number and the column that it is said of
NUMBERS = ("sum", "mean", "median", "min", "max")


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

    @property
    def key(self) -> str:
        """What it asks: equal for candidates that ask the same."""
        return repr((self.dataset, sorted(self.measure.items(), key=str), str(self.claimed)))

    def claim(self, statement: str, name: str) -> dict[str, Any]:
        """The fields of the claim, in the order of the language."""
        told = {"id": name, "statement": statement, "dataset": self.dataset, "measure": dict(self.measure)}
        return {**told, "claimed": self.claimed}


@dataclass
class Drafting:
    """One sentence and one dataset: what candidates are made of."""

    sentence: Sequence[Word]
    dataset: Dataset
    matches: Sequence[Match]
    others: frozenset[int]  # the words of other figures
    zone: range  # the words of the figure's part of the sentence
    flags: frozenset[str] = frozenset()  # columns that are 0 or 1
    found: list[Candidate] = field(default_factory=list)

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

    def time(self) -> str | None:
        """The time column that the sentence means: one that it names, else the only or the usual one."""
        times = [name for name, one in self.dataset.columns.items() if one.family.is_time]
        named = [m.column for m in self.matches if m.what in ("column", "time") and m.column in times]
        usual = [name for name in times if name == "created_at"] or times[:1]
        return next(iter([*named, *usual]), None)


def candidates(
    sentence: Sequence[Word],
    dataset: Dataset,
    matches: Sequence[Match],
    reading: Reading,
    figures: Sequence[Figure],
    zone: range,
) -> list[Candidate]:
    """The claims about a dataset that a reading of the sentence may make."""
    others = [figure for figure in figures if figure is not reading.figure]
    flags = frozenset(m.column for m in matches if m.what == "value" and m.column and m.value == 1)
    limits = [one for one in thresholds(sentence, dataset, matches, others) if one.column not in flags]
    words_of = frozenset(at for figure in others for at in figure.positions)
    drafting = Drafting(sentence, dataset, best_first([*matches, *limits]), words_of, zone, flags)
    found: dict[str, Candidate] = {}
    for one in _made(drafting, reading):
        if one.key not in found or one.prior > found[one.key].prior:
            found[one.key] = one
    return list(found.values())


def _made(drafting: Drafting, reading: Reading) -> Iterator[Candidate]:
    makers = {
        "share": _shares, "count": _counts, "distinct": _distinct, "rank": _ranks, "top": _ranks, "ratio": _sides,
        "difference": _sides, "points": _sides, "trend": _trends, "first": _moments, "last": _moments, "gap": _gaps,
    }  # fmt: skip
    maker = makers.get(reading.kind, _numbers)
    taken = reading.covered | drafting.others
    units = frozenset(at for match in drafting.matches if match.what == "dataset" for at in match.covered)
    for selection in selections(drafting.matches, drafting.sentence, taken, _SELECTIONS, drafting.zone, units):
        yield from maker(drafting, reading, list(selection.matches))


def _candidate(
    drafting: Drafting,
    reading: Reading,
    measure: Mapping[str, Any],
    matches: Sequence[Match],
    joining: Joining,
    prior: float = 1.0,
    claimed: Any = None,
) -> Candidate:
    said = claimed if claimed is not None else reading.claimed
    return Candidate(
        reading, drafting.dataset.name, measure, said, tuple(matches), joining.denials, prior * reading.prior
    )


def _joining(drafting: Drafting, reading: Reading, chosen: Sequence[Match]) -> Joining:
    return Joining(drafting.sentence, reading.covered, chosen)


def _shares(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    joining = _joining(drafting, reading, chosen)
    for parted in roles(reading, chosen, drafting.sentence):
        measure: dict[str, Any] = {"share": joining.expression(parted.counted)}
        if parted.base:
            measure["among"] = joining.expression(parted.base)
        yield _candidate(drafting, reading, measure, chosen, joining, parted.prior)
        for number in drafting.columns(number=True, taken=frozenset(at for m in chosen for at in m.covered)):
            summed = {"share": measure["share"], "of": f"sum {column(str(number.column))}"}
            summed |= {"among": measure["among"]} if parted.base else {}
            yield _candidate(drafting, reading, summed, [*chosen, number], joining, parted.prior * 0.97)
        yield from _of_distinct(drafting, reading, parted, chosen, joining)


def _of_distinct(
    drafting: Drafting, reading: Reading, parted: Roles, chosen: Sequence[Match], joining: Joining
) -> Iterator[Candidate]:
    """Shares of accounts where rows are posts: the noun behind the figure is a column."""
    for key in drafting.columns(number=False, taken=frozenset(at for m in chosen for at in m.covered)):
        if not _is_head(drafting.sentence, reading, key) or key.column in {match.column for match in chosen}:
            continue
        measure = {"share": joining.expression(parted.counted), "of": f"distinct {column(str(key.column))}"}
        measure |= {"among": joining.expression(parted.base)} if parted.base else {}
        yield _candidate(drafting, reading, measure, [*chosen, key], joining, parted.prior * 0.97)


def _is_head(sentence: Sequence[Word], reading: Reading, match: Match) -> bool:
    """Whether the words of a match are the noun that the figure counts."""
    figure = reading.figure
    last = figure.last if figure is not None else reading.anchor + 1
    between = [at for at in range(last, match.first) if at not in reading.covered and not sentence[at].stop]
    inner = figure is not None and match.first in figure.inner
    return inner or (match.first >= last and len(between) <= 2 and match.first - last <= 2 * _NEAR)


def _that(measure: dict[str, Any], joining: Joining, chosen: Sequence[Match], key: str = "that") -> dict[str, Any]:
    return {**measure, key: joining.expression(chosen)} if chosen else measure


def _counts(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    joining = _joining(drafting, reading, chosen)
    yield _candidate(drafting, reading, _that({"count": "rows"}, joining, chosen), chosen, joining)


def _distinct(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    joining = _joining(drafting, reading, chosen)
    taken = frozenset(at for match in chosen for at in match.covered)
    for key in drafting.columns(number=False, taken=taken) + drafting.columns(number=True, taken=taken):
        if _is_head(drafting.sentence, reading, key):
            measure = _that({"count": f"distinct {column(str(key.column))}"}, joining, chosen)
            yield _candidate(drafting, reading, measure, [*chosen, key], joining)


def _numbers(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    joining = _joining(drafting, reading, chosen)
    taken = frozenset(at for match in chosen for at in match.covered)
    for number in drafting.columns(number=True, taken=taken):
        measure = _that({reading.kind: column(str(number.column))}, joining, chosen, "among")
        yield _candidate(drafting, reading, measure, [*chosen, number], joining)


def _ranks(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    """The place of a value among those of its column, or that it is the first."""
    labels = [m for m in chosen if m.what == "value" and isinstance(m.value, str) and " = " in (m.condition or "")]
    for label in labels:
        rest = [match for match in chosen if match is not label]
        joining = _joining(drafting, reading, rest)
        by = column(str(label.column))
        taken = frozenset(at for match in chosen for at in match.covered)
        numbers = [m for m in drafting.columns(number=True, taken=taken) if m.column != label.column]
        for number in [None, *numbers]:
            among = {"among": joining.expression(rest)} if rest else {}
            of = {} if number is None else {"of": {"sum": column(str(number.column))}}
            used = [*chosen, *([number] if number is not None else [])]
            if reading.kind == "top":
                yield _candidate(
                    drafting, reading, {"top": 1, "by": by, **of, **among}, used, joining, claimed=label.value
                )
            else:
                yield _candidate(drafting, reading, {"rank": label.value, "by": by, **of, **among}, used, joining)


def _sides(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    """Two sides of a comparison: what stands before 'than', and what behind."""
    split = reading.split
    if split is None:
        return
    joining = _joining(drafting, reading, chosen)
    before = [match for match in chosen if match.first < split]
    after = [match for match in chosen if match.first >= split]
    both = ("ratio", "to") if reading.kind == "ratio" else ("difference", "minus")
    taken = frozenset(at for match in chosen for at in match.covered)
    numbers = drafting.columns(number=True, taken=taken)
    if before and after:
        shared, one, other = _paired(before, after)
        for inner in _inner(reading):
            sides = [_side(inner, joining.expression(side)) for side in (one, other)]
            measure = {both[0]: sides[0], both[1]: sides[1]}
            measure = _with_base(measure, both, joining.expression(shared)) if shared else measure
            yield _candidate(drafting, reading, measure, chosen, joining)
        for number in numbers[:2]:
            for kind, prior in (("sum", 0.95), ("mean", 0.9)):
                sides = [
                    {kind: column(str(number.column)), "among": joining.expression([*shared, *side])}
                    for side in (one, other)
                ]
                measure = {both[0]: sides[0], both[1]: sides[1]}
                yield _candidate(drafting, reading, measure, [*chosen, number], joining, prior)
    yield from _of_columns(drafting, reading, chosen, numbers, both, joining)


def _of_columns(
    drafting: Drafting,
    reading: Reading,
    chosen: list[Match],
    numbers: Sequence[Match],
    both: tuple[str, str],
    joining: Joining,
) -> Iterator[Candidate]:
    """'more likes than retweets': a number of each side."""
    split = reading.split or 0
    pairs = [(a, b) for a in numbers for b in numbers if a.first < split <= b.first and a.column != b.column]
    for one, other in pairs[:1]:
        sides = [_that({"sum": column(str(m.column))}, joining, chosen, "among") for m in (one, other)]
        yield _candidate(
            drafting, reading, {both[0]: sides[0], both[1]: sides[1]}, [*chosen, one, other], joining
        )


def _inner(reading: Reading) -> tuple[str, ...]:
    return {"points": ("share",), "difference": ("count",)}.get(reading.kind, ("count",))


def _side(kind: str, condition: str) -> dict[str, Any]:
    return {"share": condition} if kind == "share" else {"count": "rows", "that": condition}


def _with_base(measure: dict[str, Any], both: tuple[str, str], base: str) -> dict[str, Any]:
    """A condition that holds for both sides."""
    made: dict[str, Any] = {}
    for key in both:
        side = dict(measure[key])
        if "share" in side:
            side["among"] = base
        else:
            side["that"] = f"{side['that']} and {base}"
        made[key] = side
    return made


def _paired(before: list[Match], after: list[Match]) -> tuple[list[Match], list[Match], list[Match]]:
    """What both sides share, and what each says for itself: values of the same column stand against each other."""
    columns = {match.column for match in after}
    one = [match for match in before if match.column in columns] or before[-1:]
    shared = [match for match in before if match not in one]
    return shared, one, after


def _trends(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    name = drafting.time()
    if name is None:
        return
    joining = _joining(drafting, reading, chosen)
    folded = {word.folded for word in drafting.sentence}
    per = next((unit for unit in ("week", "month", "year", "hour") if unit in folded or f"{unit}ly" in folded), "day")
    taken = frozenset(at for match in chosen for at in match.covered)
    for number in [None, *drafting.columns(number=True, taken=taken)[:1]]:
        measure: dict[str, Any] = {"trend": column(name), "per": per}
        measure |= {} if number is None else {"of": {"sum": column(str(number.column))}}
        used = [*chosen, *([number] if number is not None else [])]
        yield _candidate(drafting, reading, _that(measure, joining, chosen, "among"), used, joining)


def _moments(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    """The first or last moment; the date itself is what is claimed, no condition."""
    name = drafting.time()
    if name is None or any(match.what == "time" for match in chosen):
        return
    joining = _joining(drafting, reading, chosen)
    yield _candidate(drafting, reading, _that({reading.kind: column(name)}, joining, chosen), chosen, joining)


def _gaps(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    name = drafting.time()
    if name is not None:
        joining = _joining(drafting, reading, chosen)
        yield _candidate(drafting, reading, _that({"gap": column(name)}, joining, chosen, "among"), chosen, joining)
