"""Candidates that compare: places among groups, and two sides of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from factcheck.draft.about import is_of_persons
from factcheck.draft.conditions import column
from factcheck.draft.joining import Joining
from factcheck.draft.making import Candidate, Drafting, candidate, joined, that
from factcheck.draft.match import Match
from factcheck.draft.reading import Reading

_OTHER = 0.8  # prior of the place of a value that does not stand nearest before it
_WITHIN = 0.75  # prior of a place among the values that a sentence names
_OF_PERSONS = (("mean", 0.95), ("sum", 0.85))  # priors of comparing a number of two groups
_OF_ROWS = (("sum", 0.95), ("mean", 0.9))
_UNIQUE = 0.6  # prior of ranking by rows what every row has but once


def ranks(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    """The place of a value among those of its column, or that it is the first."""
    labels = [m for m in chosen if m.what == "value" and isinstance(m.value, str) and " = " in (m.condition or "")]
    for label, rest, certain in _labelled(labels, chosen, reading):
        joining = joined(drafting, reading, rest)
        by = column(str(label.column))
        taken = frozenset(at for match in chosen for at in match.covered)
        numbers = [m for m in drafting.columns(number=True, taken=taken) if m.column != label.column]
        unique = drafting.dataset.key == (label.column,)
        if not numbers and unique:
            numbers = drafting.amounts()
        for number in [None, *numbers]:
            prior = certain * (_UNIQUE if unique and number is None else 1.0)
            among = {"among": joining.expression(rest)} if rest else {}
            of = {} if number is None else {"of": {"sum": column(str(number.column))}}
            used = [*chosen, *([number] if number is not None else [])]
            if reading.kind == "top":
                said = {"excludes": [label.value]} if reading.turned else label.value
                yield candidate(drafting, reading, {"top": 1, "by": by, **of, **among}, used, joining, prior, said)
            else:
                upward = {"ascending": True} if reading.kind == "bottom" else {}
                placed = {"rank": label.value, "by": by, **of, **among, **upward}
                yield candidate(drafting, reading, placed, used, joining, prior)


def _labelled(
    labels: Sequence[Match], chosen: Sequence[Match], reading: Reading
) -> Iterator[tuple[Match, list[Match], float]]:
    """Whose place is said, and the conditions beside it: another value of its column is none, but stands beside it."""
    nearest = max((label for label in labels if label.first < reading.anchor), key=lambda m: m.first, default=None)
    for label in labels:
        others = [match for match in chosen if match is not label]
        rest = [match for match in others if match.column != label.column]
        subject = 1.0 if len(labels) == 1 or label is nearest or nearest is None else _OTHER
        yield label, rest, subject
        if len(rest) < len(others):
            yield label, others, subject * _WITHIN


def sides(drafting: Drafting, reading: Reading, chosen: list[Match]) -> Iterator[Candidate]:
    """Two sides of a comparison: what stands before 'than', and what behind."""
    split = reading.split
    if split is None:
        return
    joining = joined(drafting, reading, chosen)
    before = [match for match in chosen if match.first < split]
    after = [match for match in chosen if match.first >= split]
    before, after = (after, before) if reading.turned else (before, after)
    both = ("ratio", "to") if reading.kind == "ratio" else ("difference", "minus")
    taken = frozenset(at for match in chosen for at in match.covered)
    numbers = drafting.columns(number=True, taken=taken)
    if before and after:
        shared, one, other = _paired(before, after)
        for inner in _inner(reading):
            sides = [_side(inner, joining.expression(side)) for side in (one, other)]
            measure = {both[0]: sides[0], both[1]: sides[1]}
            measure = _with_base(measure, both, joining.expression(shared)) if shared else measure
            yield candidate(drafting, reading, measure, chosen, joining)
        yield from _within(drafting, reading, chosen, both, joining)
        for number in numbers[:2]:
            for kind, prior in _OF_PERSONS if is_of_persons(drafting.dataset) else _OF_ROWS:
                sides = [
                    {kind: column(str(number.column)), "among": joining.expression([*shared, *side])}
                    for side in (one, other)
                ]
                measure = {both[0]: sides[0], both[1]: sides[1]}
                yield candidate(drafting, reading, measure, [*chosen, number], joining, prior)
    yield from _of_columns(drafting, reading, chosen, numbers, both, joining)


def _within(
    drafting: Drafting, reading: Reading, chosen: list[Match], both: tuple[str, str], joining: Joining
) -> Iterator[Candidate]:
    """'Women smoke more than men': what is said of both groups as a share of each.

    Of persons that were asked this is what is meant, since nobody says how many of each group were asked.
    """
    split = reading.split or 0
    shared, one, other = _paired([m for m in chosen if m.first < split], [m for m in chosen if m.first >= split])
    said = [match for match in shared if match.what != "time"]
    groups = {match.column for match in (*one, *other)}
    if (reading.kind == "difference" and reading.figure is not None) or not said or len(groups) != 1:
        return
    one, other = (other, one) if reading.turned else (one, other)
    times = [match for match in shared if match.what == "time"]
    sides = [{"share": joining.expression(said), "among": joining.expression([*times, *side])} for side in (one, other)]
    prior = 1.05 if is_of_persons(drafting.dataset) else 0.8
    yield candidate(drafting, reading, {both[0]: sides[0], both[1]: sides[1]}, chosen, joining, prior)


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
        sides = [that({"sum": column(str(m.column))}, joining, chosen, "among") for m in (one, other)]
        yield candidate(
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
    columns = {match.column for match in after} & {match.column for match in before}
    one = [match for match in before if match.column in columns] or before[-1:]
    other = [match for match in after if match.column in columns] or after
    shared = [match for match in (*before, *after) if match not in one and match not in other]
    return shared, one, other
