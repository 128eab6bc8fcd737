"""Numbers that are part of a condition: 'with more than 1,000 followers', 'an authority of zero'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from factcheck.draft.conditions import column
from factcheck.draft.figures import Figure
from factcheck.draft.match import Match
from factcheck.draft.words import Word, named
from factcheck.evidence.dataset import Dataset

_APART = 3  # words between a number and the column that it is said of
_LEAST = 0.5
_UNSAID = 0.6  # score of a bound of a number that no word speaks of


def thresholds(
    sentence: Sequence[Word], dataset: Dataset, matches: Sequence[Match], figures: Sequence[Figure]
) -> list[Match]:
    """Conditions that figures make with the number columns beside them."""
    columns = [
        match for match in matches
        if match.what == "column" and match.score >= _LEAST and match.column in dataset.columns
        and dataset.columns[match.column].family.is_number and not is_identifier(match.column)
    ]  # fmt: skip
    found: list[Match] = []
    for figure in figures:
        made = [one for match in columns for one in _made(sentence, figure, match)]
        found += made or _amounts(dataset, figure)
    return found


def _amounts(dataset: Dataset, figure: Figure) -> Iterator[Match]:
    """Where no word speaks of a number and one alone has a unit, what a bound says of that: names with 'over 900'."""
    amounts = [name for name, one in dataset.columns.items() if one.family.is_number and one.unit is not None]
    if len(amounts) == 1 and figure.is_bound and figure.positions:
        condition = _condition(column(amounts[0]), figure)
        if condition is not None:
            how = f"'{figure.text}' may say of which rows, by their {amounts[0]}, a number of"
            how = f"{how} {dataset.columns[amounts[0]].unit}"
            yield Match.at(
                sorted(figure.positions), dataset.name, "value", amounts[0], condition=condition, score=_UNSAID, how=how
            )


def is_identifier(column: str) -> bool:
    """Whether a column's name says that its numbers name something and measure nothing."""
    return named(column)[-1:] != () and named(column)[-1].folded in ("id", "ids", "key", "code", "number", "nr")


def _made(sentence: Sequence[Word], figure: Figure, match: Match) -> Iterator[Match]:
    if not figure.positions or not figure.positions.isdisjoint(match.covered):
        return
    between = range(figure.last, match.first) if figure.last <= match.first else range(match.last, figure.first)
    if len(between) > _APART or any(not sentence[at].stop and sentence[at].stem != "year" for at in between):
        return
    condition = _condition(column(str(match.column)), figure)
    if condition is not None:
        positions = sorted({*match.covered, *figure.positions})
        how = f"{match.how}, and '{figure.text}' says of which rows"
        yield Match.at(
            positions, match.dataset, "value", match.column, condition=condition, score=match.score, how=how
        )


def _condition(name: str, figure: Figure) -> str | None:
    """What a figure says of a number: at its very value, on one side of it, or within a range."""
    claimed = figure.number
    if claimed is None:
        return None
    low, high = claimed.region.low, claimed.region.high
    if claimed.one_sided and high is None and low is not None:
        return f"{name} {'>' if claimed.region.low_open else '>='} {_number(low)}"
    if claimed.one_sided and high is not None:
        return f"{name} {'<' if claimed.region.high_open else '<='} {_number(high)}"
    if claimed.figure is not None:
        return f"{name} = {_number(claimed.figure)}"
    if low is not None and low == high:
        return f"{name} = {_number(low)}"
    if low is not None and high is not None:
        return f"{name} between {_number(low)} and {_number(high)}"
    return None


def _number(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"
