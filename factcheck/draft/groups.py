"""Candidates about groups and sets: a figure of each group, sets that overlap, shares of all groups at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from factcheck.draft.conditions import column
from factcheck.draft.figure import Figure
from factcheck.draft.grammar import listed
from factcheck.draft.joining import Joining
from factcheck.draft.making import Candidate, Drafting, candidate, is_head, joined
from factcheck.draft.match import Match
from factcheck.draft.reading import Reading
from factcheck.evidence.dataset import Family

_SURE = 0.45  # score of a column whose values are the groups
_BASES = 0.75  # prior of shares that are rather those of something else within each group
_ACTORS = frozenset(
    {"account", "account_id", "author", "author_id", "user", "user_id", "handle", "username", "screen_name"}
)
_ALSO = 0.9  # prior of a number of each group where its words do not stand behind the figure
_MEAN = 0.85  # prior of the mean of the sums of groups: the mean of the rows is meant rather
_OTHER = 0.5  # prior of counting rows of groups where the noun behind the figure is not what a row is


def groups(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    """The largest, smallest or mean figure of groups: rows, or a number that the sentence speaks of."""
    if drafting.dataset.counts is not None:
        return  # rows that stand for counts make no groups
    joining = joined(drafting, reading, chosen)
    taken = frozenset(at for match in chosen for at in match.covered)
    keys = _keys(drafting, taken, {match.column for match in chosen}) or _usual(drafting, reading)
    for number in [None, *drafting.columns(number=True, taken=taken)[:2]]:
        head = number is not None and reading.figure is not None and is_head(drafting.sentence, reading, number)
        prior = _rows(drafting, reading) if number is None else 1.0 if head else _ALSO
        prior *= _MEAN if number is not None and reading.take == "mean" else 1.0
        of = {} if number is None else {"of": {"sum": column(str(number.column))}}
        used = [*chosen, *([number] if number is not None else [])]
        for by, more, factor in _by(drafting, reading, keys):
            measure = {"per": by, **of, "take": reading.take, **_time(drafting, by), **_among(joining, chosen)}
            yield candidate(drafting, reading, measure, [*used, *more], joining, prior * factor)


def _rows(drafting: Drafting, reading: Reading) -> float:
    """How surely the figure counts rows: by the noun behind it, or as so many times."""
    figure = reading.figure
    if figure is None or "times" in figure.text:
        return 1.0
    rows = {at for match in drafting.matches if match.what == "dataset" for at in match.covered}
    if [word.folded for word in drafting.sentence[figure.last : figure.last + 2]] in (["of", "them"], ["of", "those"]):
        return 1.0
    behind = range(figure.last, min(len(drafting.sentence), figure.last + 3))
    noun = [at for at in behind if not drafting.sentence[at].stop and at not in reading.covered]
    telling = [at for at in noun if drafting.sentence[at].folded not in listed("light")]
    return 1.0 if not telling or rows & set(noun) else _OTHER


def _by(drafting: Drafting, reading: Reading, keys: Sequence[Match]) -> Iterator[tuple[Any, list[Match], float]]:
    """What makes the groups, and the matches that say so."""
    if not reading.unit:
        yield from ((column(str(key.column)), [key], 1.0) for key in keys)
        return
    if drafting.time() is None:
        return
    yield reading.unit, [], 1.0
    for key in keys[:1]:
        before = drafting.sentence[key.first - 1].folded if key.first else ""
        yield [column(str(key.column)), reading.unit], [key], 1.0 if before in ("no", "any", "one", "each") else 0.85


def _keys(drafting: Drafting, taken: frozenset[int], conditions: set[str | None]) -> list[Match]:
    """Columns of labels that make groups: not the key, of which every row is a group of its own."""
    return [
        match for match in drafting.columns(number=False, taken=taken)
        if match.score >= _SURE and (match.column,) != drafting.dataset.key and match.column not in conditions
        and drafting.dataset.columns[str(match.column)].family in (Family.TEXT, Family.INTEGER)
    ]  # fmt: skip


def _usual(drafting: Drafting, reading: Reading) -> list[Match]:
    """Whoever acts, where each of them is spoken of by what they are alone: 'the bots retweeted nine times apiece'."""
    each = any(drafting.sentence[at].folded in ("each", "apiece", "single", "alone") for at in reading.covered)
    names = [name for name in drafting.dataset.columns if name.lower() in _ACTORS and (name,) != drafting.dataset.key]
    if not each or not names:
        return []
    how = f"each {names[0]} is a group"
    return [Match(0, 0, drafting.dataset.name, "column", names[0], score=0.0, how=how, words=())]


def _time(drafting: Drafting, by: object) -> dict[str, str]:
    name = drafting.time()
    units = ("hour", "day", "week", "month", "year")
    timed = by in units or (isinstance(by, list) and by[-1] in units)
    return {"time": column(name)} if timed and name is not None else {}


def _among(joining: Joining, chosen: Sequence[Match]) -> dict[str, str]:
    return {"among": joining.expression(chosen)} if chosen else {}


def overlaps(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    """'12 accounts shared both stories': members of two sets, each the rows of one value."""
    taken = frozenset(at for match in chosen for at in match.covered)
    shared = {match.column for match in chosen}
    if len(chosen) != 2 or len(shared) != 1:
        return
    joining = joined(drafting, reading, chosen)
    for key in _keys(drafting, taken, shared):
        sets = [joining.expression([match]) for match in chosen]
        measure = {"overlap": sets, "of": column(str(key.column)), "as": reading.take}
        yield candidate(drafting, reading, measure, [*chosen, key], joining)


def compositions(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    """'60% positive, 30% neutral, 10% negative': each share with the value beside it."""
    values = [match for match in chosen if isinstance(match.value, str) and " = " in (match.condition or "")]
    for name in dict.fromkeys(match.column for match in values):
        labels = [match for match in values if match.column == name]
        rest = [match for match in chosen if match not in labels]
        figures = sorted(reading.parts, key=lambda figure: figure.first)
        if len(labels) != len(figures) or len({match.value for match in labels}) != len(labels):
            continue
        labels.sort(key=lambda match: match.first)
        if not _alternate([match.first for match in labels], [figure.first for figure in figures]):
            continue
        joining = joined(drafting, reading, rest)
        claimed = {str(match.value): figure.text for match, figure in zip(labels, figures, strict=True)}
        measure = {"composition": column(str(name)), **_among(joining, rest)}
        prior = _BASES if _are_bases(drafting, labels, figures) else 1.0
        yield candidate(drafting, reading, measure, chosen, joining, prior, claimed)


def _are_bases(drafting: Drafting, labels: Sequence[Match], figures: Sequence[Figure]) -> bool:
    """'60% of men and 40% of women': each share is one of its group, and they are not those of the groups."""
    verbs = listed("auxiliaries") | listed("verbs")
    return all(
        label.first > figure.last
        and drafting.sentence[figure.last].folded in ("of", "among", "amongst")
        and verbs.isdisjoint(word.folded for word in drafting.sentence[figure.last : label.first])
        for label, figure in zip(labels, figures, strict=True)
    )


def _alternate(labels: Sequence[int], figures: Sequence[int]) -> bool:
    """Whether each figure stands with one value, before it or behind it, and none between two that belong together."""
    pairs = [sorted(pair) for pair in zip(labels, figures, strict=True)]
    return all(end < start for (_, end), (start, _) in pairwise(pairs))
