"""Candidates that count: shares, numbers of rows and of different values, sums and averages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from factcheck.draft.conditions import column
from factcheck.draft.joining import Joining
from factcheck.draft.making import Candidate, Drafting, candidate, is_head, joined, that
from factcheck.draft.match import Match
from factcheck.draft.reading import Reading
from factcheck.draft.roles import Roles, roles

_KEY = 0.6  # score of a column that is counted in place of rows
_VALUE = 0.7  # prior of counting the values of a column that has the number itself for one: 'lasted 16 games'
_UNSAID = 0.95  # prior of a share of an amount that no word speaks of
_CERTAIN, _OF_COLUMN = 0.9, 0.85  # score of a column that is counted, and the prior of counting its rows
_COUNTED = 0.7  # prior of a sum where the noun behind the figure is what a row is
_LIMIT = 0.6  # prior of a share of a number that the sentence limits: '18 to 29 years'
_SINGLE = 1.04  # prior of the value of a single row, against its sum


def shares(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    joining = joined(drafting, reading, chosen)
    limited = {match.column for match in drafting.matches if match.what == "value"}
    for parted in roles(reading, chosen, drafting.sentence):
        measure: dict[str, Any] = {"share": joining.expression(parted.counted)}
        if parted.base:
            measure["among"] = joining.expression(parted.base)
        yield candidate(drafting, reading, measure, chosen, joining, parted.prior)
        for number in _summed(drafting, chosen):
            summed = {"share": measure["share"], "of": f"sum {column(str(number.column))}"}
            summed |= {"among": measure["among"]} if parted.base else {}
            counted = 1.03 if is_head(drafting.sentence, reading, number) else 0.75
            counted = _LIMIT if number.column in limited else _UNSAID if not number.covered else counted
            yield candidate(drafting, reading, summed, [*chosen, number], joining, parted.prior * counted)
        yield from _of_distinct(drafting, reading, parted, chosen, joining)


def _summed(drafting: Drafting, chosen: Sequence[Match]) -> list[Match]:
    """The numbers of which a share may be; where rows are parts of a whole that no word speaks of, their amounts."""
    numbers = drafting.columns(number=True, taken=frozenset(at for m in chosen for at in m.covered))
    rows = any(match.what == "dataset" for match in drafting.matches)
    return numbers or ([] if rows or drafting.dataset.key else drafting.amounts())


def _of_distinct(
    drafting: Drafting, reading: Reading, parted: Roles, chosen: Sequence[Match], joining: Joining
) -> Iterator[Candidate]:
    """Shares of accounts where rows are posts: the noun behind the figure is a column."""
    for key in drafting.columns(number=False, taken=frozenset(at for m in chosen for at in m.covered)):
        rows = any(m.what == "dataset" and key.covered <= m.covered for m in drafting.matches)
        used = key.column in {match.column for match in chosen} or (key.column,) == drafting.dataset.key
        if used or rows or key.answers or key.score < _KEY or not is_head(drafting.sentence, reading, key, 1):
            continue
        measure = {"share": joining.expression(parted.counted), "of": f"distinct {column(str(key.column))}"}
        measure |= {"among": joining.expression(parted.base)} if parted.base else {}
        yield candidate(drafting, reading, measure, [*chosen, key], joining, parted.prior * 0.97)


def counts(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    if not chosen and reading.claimed == "none":
        return  # of no rows at all it is said of which
    joining = joined(drafting, reading, chosen)
    prior = _OF_COLUMN if _counts_column(drafting, reading, chosen) else 1.0
    yield candidate(drafting, reading, that({"count": "rows"}, joining, chosen), chosen, joining, prior)


def _counts_column(drafting: Drafting, reading: Reading, chosen: Sequence[Match]) -> bool:
    """Whether the noun behind the figure is a column of labels, and not what a row is: 'fifty names' of entries."""
    rows = {at for match in drafting.matches if match.what == "dataset" for at in match.covered}
    return reading.figure is not None and any(
        key.score >= _CERTAIN and is_head(drafting.sentence, reading, key, 1) and key.covered.isdisjoint(rows)
        and (key.column,) != drafting.dataset.key
        for key in drafting.columns(number=False, taken=frozenset(at for match in chosen for at in match.covered))
    )  # fmt: skip


def columns(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    if not chosen:
        yield candidate(drafting, reading, {"count": "columns"}, chosen, joined(drafting, reading, chosen))


def distinct(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    joining = joined(drafting, reading, chosen)
    taken = frozenset(at for match in chosen for at in match.covered)
    keys = drafting.columns(number=False, taken=taken)
    for key in keys + (drafting.columns(number=True, taken=taken) if reading.how else []):
        rows = any(m.what == "dataset" and key.covered <= m.covered for m in drafting.matches)
        if is_head(drafting.sentence, reading, key) and not (rows and not reading.how):
            measure = that({"count": f"distinct {column(str(key.column))}"}, joining, chosen)
            prior = _VALUE if key.column in drafting.stated and not reading.how else 1.0
            yield candidate(drafting, reading, measure, [*chosen, key], joining, prior)


def numbers(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    joining = joined(drafting, reading, chosen)
    taken = frozenset(at for match in chosen for at in match.covered)
    for number in drafting.columns(number=True, taken=taken):
        measure = that({reading.kind: column(str(number.column))}, joining, chosen, "among")
        prior = _COUNTED if reading.kind == "sum" and _counts_rows(drafting, reading, number) else 1.0
        yield candidate(drafting, reading, measure, [*chosen, number], joining, prior)
        if reading.kind == "sum" and drafting.is_single(chosen):
            alone = that({"value": column(str(number.column))}, joining, chosen, "among")
            yield candidate(drafting, reading, alone, [*chosen, number], joining, _SINGLE * prior)


def _counts_rows(drafting: Drafting, reading: Reading, number: Match) -> bool:
    """Whether the noun behind the figure is what a row is: 'five stories with a million shares' are no sum."""
    if reading.how or reading.figure is None or is_head(drafting.sentence, reading, number):
        return False
    behind = {reading.figure.last, reading.figure.last + 1}
    return any(match.what == "dataset" and match.covered & behind for match in drafting.matches)
