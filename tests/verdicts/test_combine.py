"""Several pieces of evidence make one verdict: every rule over every triple of outcomes, and what is told of each."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from factcheck.measures.measurement import Note
from factcheck.verdicts.combine import RULES, carrying, combined
from factcheck.verdicts.confidence import Scale, default_table
from factcheck.verdicts.notes import sentence
from factcheck.verdicts.verdict import Finding, Outcome, Verdict
from tests.reports.build import claim, count, note, posts, share, verdict

SCALE = Scale(default_table())
TRIPLES = list(product(Outcome, repeat=3))
S, C, R, OPEN, U, E = Outcome
HOLDS = {S, C}


def piece(
    outcome: Outcome, k: int = 40, dataset: str = "posts", notes: tuple[Note, ...] = (), **fields: Any
) -> Verdict:
    spec = claim("x", "x", **({"measure": {"share": "a"}, "claimed": "40%"} | fields))
    found = verdict(spec, outcome, share(k, 100), datasets=(posts(name=dataset, title=""),), notes=notes)
    level = None if outcome in (U, E) else "high" if not notes else "moderate"
    return replace(found, finding=Finding(outcome), confidence=level)


def whole(rule: str, *checks: Verdict) -> Verdict:
    return combined(checks[0], checks, rule, SCALE)


# The promise of each rule, stated apart from how it is computed.


def test_agree() -> None:
    """Whatever all conclusive pieces say; where they differ, or none concludes, nothing conclusive."""
    for triple in TRIPLES:
        found, said = RULES["agree"](list(triple)), {one for one in triple if one.conclusive}
        assert found.conclusive == (len(said) == 1), triple
        assert not found.conclusive or {found} == said, triple
        assert found is OPEN or len(said) != 2, triple


def test_all() -> None:
    """Refuted if and only if one is; supported if and only if every one is; close if all are that at least."""
    for triple in TRIPLES:
        found = RULES["all"](list(triple))
        assert (found is R) == (R in triple), triple
        assert (found is S) == (set(triple) == {S}), triple
        assert (found is C) == (set(triple) <= HOLDS and C in triple), triple


def test_any() -> None:
    """Supported if and only if one is; refuted if and only if every one is."""
    for triple in TRIPLES:
        found = RULES["any"](list(triple))
        assert (found is S) == (S in triple), triple
        assert (found is C) == (C in triple and S not in triple), triple
        assert (found is R) == (set(triple) == {R}), triple


def test_majority() -> None:
    """What at least two of three say; two that find the claim near at least make it close."""
    for triple in TRIPLES:
        found = RULES["majority"](list(triple))
        assert (found is R) == (triple.count(R) >= 2), triple
        assert (found is S) == (triple.count(S) >= 2), triple
        holding = sum(one in HOLDS for one in triple)
        assert (found is C) == (holding >= 2 and triple.count(S) < 2), triple


@pytest.mark.parametrize("rule", RULES)
def test_an_error_or_an_open_question_decides_nothing(rule: str) -> None:
    """Only where no piece concludes anything is the claim left unverifiable or in error; never in any other case."""
    for triple in TRIPLES:
        found = RULES[rule](list(triple))
        if any(one.conclusive for one in triple):
            assert found not in (U, E), triple
        else:
            assert found is (OPEN if OPEN in triple else U if U in triple else E), triple


@pytest.mark.parametrize("rule", RULES)
def test_the_order_is_no_matter(rule: str) -> None:
    for triple in TRIPLES:
        assert RULES[rule](list(triple)) is RULES[rule](list(reversed(triple))), triple


@pytest.mark.parametrize("rule", RULES)
def test_somebody_carries_the_verdict(rule: str) -> None:
    """A conclusive verdict is carried by pieces that came to it, or by those that close counts together."""
    for triple in TRIPLES:
        found = RULES[rule](list(triple))
        carriers = carrying([piece(one) for one in triple], rule, found)
        assert carriers, triple
        if found.conclusive:
            assert {one.outcome for one in carriers} <= ({found} if found is not C else HOLDS), triple


@pytest.mark.parametrize("rule", RULES)
def test_confidence_falls_with_every_difference(rule: str) -> None:
    """A step where outcomes differ, two where one supports and one refutes; none where nothing was concluded."""
    for triple in TRIPLES:
        found = whole(rule, *map(piece, triple))
        if found.outcome in (U, E):
            assert found.confidence is None, triple
        else:
            steps = 2 if {S, R} <= set(triple) else len(set(triple)) > 1
            assert found.confidence == ("high", "moderate", "low")[steps], triple


def test_more_than_half_of_all_pieces_decide_not_of_those_that_conclude() -> None:
    assert RULES["majority"]([S, S, OPEN, OPEN, OPEN]) is OPEN
    assert RULES["majority"]([S, S, S, OPEN, R]) is S
    assert RULES["majority"]([S, S, R, R]) is OPEN
    assert RULES["majority"]([S]) is S


def test_one_piece_that_is_enough_brings_its_own_charges_only() -> None:
    weak = piece(S, notes=(note("reported-table", "indirectness", -1),))
    sure = piece(S, 41)
    found = whole("any", weak, sure)
    assert found.confidence == "high"
    assert found.measurement == sure.measurement
    assert whole("all", weak, sure).confidence == "moderate"


def test_where_pieces_conflict_the_first_that_concludes_is_shown() -> None:
    found = whole("agree", piece(OPEN, 10), piece(S, 40), piece(R, 70))
    assert found.outcome is OPEN
    assert found.measurement == piece(S, 40).measurement
    assert found.finding == Finding(OPEN)


def test_what_keeps_all_from_holding_is_shown() -> None:
    found = whole("all", piece(S, 40), piece(OPEN, 10))
    assert found.measurement == piece(OPEN, 10).measurement


def inconsistency(*checks: Verdict) -> str:
    (one,) = [note for note in whole("agree", *checks).notes if note.domain == "inconsistency"]
    return sentence(one)


def test_pieces_that_disagree_are_named_by_their_data_with_their_figures() -> None:
    assert inconsistency(piece(S, 40, "survey"), piece(R, 80, "panel")) == (
        "The pieces of evidence contradict each other: 40% by “survey” (supported); 80% by “panel” (refuted)."
    )


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ([{"where": "b = 1"}, {"where": None}], ["where `b = 1`", "without a condition"]),
        (
            [{"measure": {"share": "a"}}, {"measure": {"share": "a", "among": "b"}}],
            ["measured as `share: a`", "measured as `share: a, among: b`"],
        ),
        ([{"params": {"most": "1"}}, {"params": {"most": "2"}}], ["with `most` at 1", "with `most` at 2"]),
        ([{"missing": "ignore"}, {"missing": "false"}], ["unknown answers left out", "unknown answers counted as no"]),
        ([{"claimed": "40%"}, {"claimed": "10%"}], ["held against 40%", "held against 10%"]),
    ],
)
def test_pieces_on_the_same_data_are_named_by_what_differs(fields: list[dict[str, Any]], wanted: list[str]) -> None:
    text = inconsistency(piece(S, 40, **fields[0]), piece(R, 80, **fields[1]))
    for name in wanted:
        assert name in text


def test_two_datasets_of_one_title_are_told_by_their_names() -> None:
    one, other = (
        replace(piece(outcome), datasets=(posts(name=name, title="Posts"),)) for outcome, name in ((S, "a"), (R, "b"))
    )
    assert "by “a” (supported)" in inconsistency(one, other)


def test_a_piece_that_failed_has_no_figure() -> None:
    broken = replace(piece(E, dataset="panel"), measurement=None, error="cut off")
    assert inconsistency(piece(S, dataset="survey"), broken) == (
        "Not every piece of evidence comes to the same: 40% by “survey” (supported); nothing by “panel” (not evaluated)."
    )


def test_what_every_piece_of_evidence_remarks_is_told_once() -> None:
    spec = claim("x", "x", measure={"count": "rows"}, claimed="4")
    shared = note("dataset-caveat", "collection", text="Deleted posts are missing.")
    notes = [note("unknown-rows", "missing data", rows=rows, share=Fraction(1)) for rows in (96_900, 217_000)]
    checks = tuple(
        verdict(spec, Outcome.INCONCLUSIVE, count(4, "post"), notes=(shared, own), used=frozenset({("posts", name)}))
        for own, name in zip(notes, ("a", "b"), strict=True)
    )
    found = combined(checks[0], checks, "agree", SCALE)
    assert [one for one in found.notes if not one.code.startswith("checks-")] == [shared, *notes]
    assert found.used == {("posts", "a"), ("posts", "b")}
