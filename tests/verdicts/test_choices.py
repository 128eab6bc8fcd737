"""Choices in words: short enough to be read, and never so short that two of them read alike."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

from factcheck.verdicts.choices import at, same_choice

_LONG = {"coordination": "share", "actor": "account_id", "target": "object_id", "time": "created_at"}


def _told(*measures: dict[str, Any], brief: bool = False) -> list[str]:
    return [at("measure", one, brief=brief, others=measures) for one in measures]


def test_long_measures_are_told_by_what_differs() -> None:
    near, far = ({**_LONG, "within": span, "at_least": 2} for span in ("60 seconds", "10 minutes"))
    assert _told(near, far) == ["with `within: 60 seconds`", "with `within: 10 minutes`"]
    assert _told(near, far, brief=True) == _told(near, far)


def test_what_only_one_of_them_has_is_told_of_the_other_as_missing() -> None:
    plain, kept = _LONG, {**_LONG, "repeats": "keep", "loops": "keep"}
    assert _told(plain, kept) == ["without `repeats` and without `loops`", "with `repeats: keep, loops: keep`"]


def test_short_measures_and_other_statistics_are_told_whole() -> None:
    short, long = {"share": "a = 1"}, {"share": "a = 1", "among": "a long condition on many columns of the same table"}
    assert _told(short, long)[0] == "when it is measured as `share: a = 1`"
    other = {**_LONG, "coordination": "accounts"}
    assert all("coordination: " in told for told in _told(_LONG, other))


def test_no_two_choices_read_alike() -> None:
    spans, least, more = (None, "60 seconds", "1 hour"), (None, 1, 2), (None, "time_bin")
    measures = []
    for span, n, bins in product(spans, least, more):
        chosen = {"within": span, "at_least": n, "counting": bins}
        measures.append({**_LONG, **{key: value for key, value in chosen.items() if value is not None}})
    for some in (measures, measures[::2], measures[:3]):
        told = _told(*some)
        for (one, first), (other, second) in combinations(zip(some, told, strict=True), 2):
            assert (first == second) is same_choice("measure", one, other)
