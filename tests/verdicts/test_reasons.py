"""The chain from an accepted verdict to today's: what is a reason, what is proven, and what stays open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from factcheck.evidence.states import ColumnState
from factcheck.evidence.states import State as Rows
from factcheck.verdicts.baseline import FIGURES, Block, Column, Recorded, Rested, State
from factcheck.verdicts.changes import Because
from factcheck.verdicts.reasons import (
    CHAIN,
    Entry,
    Group,
    Reasons,
    chain,
    differing,
    entries,
    moved,
)  # fmt: skip
from factcheck.verdicts.reasons_data import data_changes

A, B, C = "a" * 64, "b" * 64, "c" * 64


def figures(estimate: float, outcome: str = "refuted", **more: Any) -> dict[str, Any]:
    return {**dict.fromkeys(FIGURES), "outcome": outcome, "estimate": estimate, "low": estimate, "high": estimate, **more}


def why(
    was: float, now: float, factors: set[Because], on_old: float | None = None, on_new: float | None = None
) -> Reasons:
    on = [None if one is None else figures(one) for one in (on_old, on_new)]
    first, last = figures(was), figures(now)
    causes, stretches = chain(first, last, factors, on_old=on[0], on_new=on[1])
    return Reasons(causes, stretches, net=moved(first, last))


@pytest.mark.parametrize("factor", CHAIN)
def test_what_alone_differs_is_the_reason(factor: Because) -> None:
    found = why(1, 2, {factor})
    assert [(cause.factor, cause.proof) for cause in found.causes] == [(factor, "elimination")]
    assert (found.because, found.open) == (factor, ())


def test_where_nothing_differs_it_is_the_program() -> None:
    assert why(1, 2, set()).because == "engine"


def test_the_old_claim_on_todays_data_parts_the_claim_from_the_data() -> None:
    assert [cause.factor for cause in why(1, 3, {"claim", "data"}, on_new=1).causes] == ["claim"]
    assert [cause.factor for cause in why(1, 3, {"claim", "data"}, on_new=3).causes] == ["data"]
    both = why(1, 3, {"claim", "data"}, on_new=2)
    steps = [(cause.factor, cause.before["estimate"], cause.after["estimate"], cause.proof) for cause in both.causes]
    assert steps == [("data", 1, 2, "re-evaluation"), ("claim", 2, 3, "re-evaluation")]


def test_effects_that_cancel_are_both_told() -> None:
    found = why(1, 1, {"claim", "data"}, on_new=5)
    assert [cause.factor for cause in found.causes] == ["data", "claim"]


def test_the_old_claim_on_the_old_data_parts_the_data_from_the_program() -> None:
    assert why(1, 2, {"data", "engine"}, on_old=1).because == "data"
    assert why(1, 2, {"data", "engine"}, on_old=2).because == "engine"
    assert [cause.factor for cause in why(1, 3, {"data", "engine"}, on_old=2).causes] == ["engine", "data"]


def test_without_the_old_rows_the_data_and_the_program_stay_open() -> None:
    found = why(1, 2, {"data", "engine"})
    assert (found.causes, found.because) == ((), None)
    assert [stretch.factors for stretch in found.open] == [("engine", "data")]


def test_what_is_proven_beside_what_is_open_is_told() -> None:
    found = why(1, 3, {"claim", "data", "engine"}, on_new=2)
    assert [cause.factor for cause in found.causes] == ["claim"]
    assert [stretch.factors for stretch in found.open] == [("engine", "data")]
    assert found.because is None  # either may have moved as much
    assert why(1, 3, {"claim", "data", "engine"}, on_new=1).because == "claim"
    assert why(1, 2, {"claim", "data", "engine"}).open[0].factors == ("engine", "data", "claim")


def test_a_program_that_has_changed_in_secret_is_found_out() -> None:
    """The version is the same, but the old claim on the old data is not what it was."""
    assert why(1, 2, {"claim", "data"}, on_old=2, on_new=2).because == "engine"


def test_what_moved_the_verdict_is_told_before_what_moved_a_figure() -> None:
    first, middle, last = figures(1), figures(2, "supported"), figures(3, "supported", confidence="low")
    causes, _ = chain(first, last, {"claim", "data"}, on_old=None, on_new=middle)
    assert Reasons(causes, net=moved(first, last)).because == "data"
    middle = figures(2)
    causes, _ = chain(first, last, {"claim", "data"}, on_old=None, on_new=middle)
    assert Reasons(causes, net=moved(first, last)).because == "claim"


def test_every_cause_is_one_of_a_step_that_moved_something() -> None:
    """Over all chains of three values: the steps lead from the first to the last without a gap or a stray factor."""
    values: list[float | None] = [None, 1, 2, 3]
    for on_old, on_new, now in product(values, values, [1.0, 2.0, 3.0]):
        for size in range(8):
            factors: set[Because] = {factor for i, factor in enumerate(CHAIN) if size >> i & 1}
            found = why(1, now, factors, on_old, on_new)
            steps = [*found.causes, *found.open]
            assert all(step.before["estimate"] != step.after["estimate"] for step in steps)
            if now != 1:
                assert steps
            for factor in CHAIN:
                assert sum(cause.factor == factor for cause in found.causes) <= 1


def block(**said: Any) -> Block:
    rested = Rested(A, A, A)
    found = Block(figures(1), date(2026, 1, 1), A, {"claimed": "9%", "measure": {"share": "x"}}, {"t": rested}, "1", "share-1")
    return replace(found, **said)


def test_a_factor_differs_where_its_fingerprint_does() -> None:
    was = block()
    assert differing(was, was, "share-1") == frozenset()
    assert differing(was, block(spec={**was.spec, "where": "y"}), "share-1") == {"claim"}
    assert differing(was, block(rules={"rating": "five-point"}), "share-1") == {"claim"}
    assert differing(was, block(version="2"), "share-1") == {"engine"}
    assert differing(was, was, "share-2") == {"engine"}
    assert differing(was, block(data={"t": Rested(B, A, B)}), "share-1") == {"data"}
    assert differing(was, block(data={"t": Rested(A, B, A)}), "share-1") == {"data"}
    assert differing(was, block(data={}), "share-1") == {"data"}  # its files are gone


def test_another_measure_is_no_other_program() -> None:
    """The method of the kind that was measured then is what counts."""
    now = block(spec={"measure": {"count": "rows"}}, method="count-7")
    assert differing(block(), now, "share-1") == {"claim"}


def test_columns_that_were_not_used_move_no_figure_but_may_move_confidence() -> None:
    now = block(data={"t": Rested(B, A, A)}, figures=figures(2), version="2")
    assert differing(block(), now, "share-1") == {"engine"}
    assert differing(block(), replace(now, figures=figures(2, confidence="low")), "share-1") == {"engine", "data"}
    assert differing(block(), replace(now, version="1"), "share-1") == {"engine", "data"}  # the same columns, another estimate
    low = figures(1, confidence="low")
    assert differing(block(), replace(now, version="1", figures=low), "share-1") == {"data"}  # nothing else is left


def test_a_table_of_a_server_is_known_by_its_columns() -> None:
    was = block(data={"t": Rested(None, A, A)})
    assert differing(was, was, "share-1") == frozenset()
    assert differing(was, block(data={"t": Rested(None, A, B)}), "share-1") == {"data"}
    assert differing(was, block(data={"t": Rested(None, A, None)}), "share-1") == {"data"}


def test_keys_of_the_claim_that_differ_are_named() -> None:
    was = block(spec={"measure": {"share": "x", "of": "y"}, "where": "GUEST = 0"})
    now = block(spec={"measure": {"share": "z", "of": "y"}}, rules={"rating": "five-point"})
    assert entries(was, now) == (
        Entry("measure.share", "x", "z"), Entry("where", "GUEST = 0", None), Entry("rules.rating", None, "five-point")
    )  # fmt: skip
    assert entries(was, block(spec={**was.spec, "measure": {"count": "rows"}}))[0].key == "measure"


def test_what_a_dataset_was_and_is() -> None:
    then = State(A, A, 10, {"r": Column(A, {"true": 6, "false": 3}), "s": Column(A), "u": Column(A)})
    today = Rows(11, {"r": ColumnState(B, {"true": 3, "false": 7, "mixed": 1}), "s": ColumnState(A), "u": ColumnState(B)})
    now = block(data={"t": Rested(B, A, B)})
    used = {("t", "r"), ("t", "s"), ("other", "u")}
    (found,) = data_changes(block(), now, Recorded({}, {"t": (then,)}), used, {"t": today})
    assert (found.content, found.described, found.rows, found.untouched) == (True, False, (10, 11), ("s",))
    (column,) = found.touched
    assert column.groups == (
        Group("false", 3, 7), Group("true", 6, 3), Group("mixed", 0, 1), Group(None, 1, 0)
    )  # fmt: skip


def test_of_a_dataset_without_a_state_only_what_differs_is_told() -> None:
    (found,) = data_changes(block(), block(data={"t": Rested(A, B, A)}), Recorded(), set(), {})
    assert (found.content, found.described, found.rows) == (False, True, (None, None))
    assert data_changes(block(), block(), Recorded(), set(), {}) == ()


def test_confidence_alone_may_have_moved_with_the_pins() -> None:
    """Whether a file is as it was pinned is in no fingerprint: the program must not be blamed for it."""
    was = {"outcome": "supported", "confidence": "low", "estimate": 1}
    causes, stretches = chain(was, {**was, "confidence": "high"}, (), on_old=None, on_new=None)
    assert not causes
    assert [stretch.factors for stretch in stretches] == [("engine", "data")]
    causes, _ = chain(was, {**was, "estimate": 2}, (), on_old=None, on_new=None)
    assert [cause.factor for cause in causes] == ["engine"]
