"""What the other defensible choices do to a verdict, and which of them matters most."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from factcheck.measures.measurement import Note
from factcheck.verdicts.choices import same_choice
from factcheck.verdicts.combine import with_variants
from factcheck.verdicts.confidence import Scale, default_table
from factcheck.verdicts.notes import sentence
from factcheck.verdicts.variants import all_combinations, influences, variants_note
from factcheck.verdicts.verdict import Finding, Outcome, Verdict
from tests.reports.build import claim, count, share, verdict

SCALE = Scale(default_table())
S, C, R, OPEN, U, E = Outcome
LETTERS = {"s": S, "c": C, "r": R, "i": OPEN, "u": U, "e": E}


def made(outcome: Outcome, choices: dict[str, Any], k: int = 50, own: dict[str, Any] | None = None) -> Verdict:
    """A share of k in a hundred under some choices of a claim whose own are `own`."""
    spec = claim("x", "x", measure={"share": "a"}, claimed="50%", params=own or {})
    found = verdict(spec, outcome, share(k, 100))
    found = replace(found, finding=Finding(outcome), params=choices)
    return replace(found, measurement=None, error="broken") if outcome is E else found


def grid(letters: str, names: dict[str, list[int]], figures: list[int] | None = None) -> list[Verdict]:
    """A verdict for every combination, in the order of `product`."""
    rows = list(product(*names.values()))
    assert len(rows) == len(letters)
    own = {name: values[0] for name, values in names.items()}
    ks = figures or [50] * len(rows)
    return [
        made(LETTERS[letter], dict(zip(names, row, strict=True)), k, own)
        for letter, row, k in zip(letters, rows, ks, strict=True)
    ]


def told(verdicts: list[Verdict]) -> Note:
    note = variants_note(verdicts[0], verdicts, SCALE)
    assert note is not None
    return note


def test_the_choice_that_changes_more_pairs_matters_most() -> None:
    """Full factorial of a (2) and b (2): outcomes s, s / r, r. All pairs that differ in a differ, none in b."""
    found = all_combinations(*_with(grid("ssrr", {"a": [0, 1], "b": [0, 1]})))
    assert [(one.name, one.changes) for one in influences(found)] == [("a", 1), ("b", 0)]


def _with(verdicts: list[Verdict]) -> tuple[Verdict, list[Verdict]]:
    return verdicts[0], verdicts


def test_shares_of_pairs_by_hand() -> None:
    """a has three values, b two: s r / s s / r r. In a 3 pairs a row: b=0: s,s,r differ in 2; b=1: r,s,r in 2: 4 of 6.
    In b one pair a row: s-r differs, s-s not, r-r not: 1 of 3."""
    found = all_combinations(*_with(grid("srssrr", {"a": [0, 1, 2], "b": [0, 1]})))
    assert [(one.name, one.changes) for one in influences(found)] == [("a", Fraction(4, 6)), ("b", Fraction(1, 3))]


def test_ties_go_to_what_moves_the_estimate() -> None:
    """s r / r s: a and b both change every pair. b moves 40 points a pair, a 10."""
    verdicts = grid("srrs", {"a": [0, 1], "b": [0, 1]}, [50, 90, 60, 20])
    found = all_combinations(*_with(verdicts))
    first, second = influences(found)
    assert first.changes == second.changes == 1
    # |50 − 60| and |90 − 20| for a: 40 on average; |50 − 90| and |60 − 20| for b: 40. Level, so that the order decides.
    assert (first.name, first.moves, second.moves) == ("a", Fraction(40, 100), Fraction(40, 100))


def test_the_movement_of_every_pair_counts() -> None:
    """One choice of four values 10, 20, 40, 80 of 100: six pairs, 10+30+70+20+60+40 = 230 points, 38⅓ on average."""
    verdicts = grid("ssss", {"a": [0, 1, 2, 3]}, [10, 20, 40, 80])
    (only,) = influences(all_combinations(*_with(verdicts)))
    assert only.moves == Fraction(230, 600)


def test_the_claim_as_written_counts_once() -> None:
    listed = grid("sr", {"a": [0, 1]})
    assert len(all_combinations(listed[0], listed)) == 2
    unlisted = [made(R, {"a": 1}, own={"a": 0})]
    base = made(S, {}, own={"a": 0})
    assert [one.written for one in all_combinations(base, unlisted)] == [True, False]
    note = variants_note(base, unlisted, SCALE)
    assert note is not None
    assert (note.facts["same"], note.facts["combinations"]) == (1, 2)


def test_a_choice_is_known_again_whatever_it_is_written_as() -> None:
    assert same_choice("missing", False, "false")
    assert same_choice("missing", None, "bounds")
    assert same_choice("a", 1, Fraction(1))
    assert not same_choice("a", "1", 1)  # a quoted 1 is a text
    assert same_choice("measure", {"share": "a"}, {"share": "a"})
    assert not same_choice("where", "x = 'a  b'", "x = 'a b'")


def test_it_is_told_in_how_many_the_verdict_stands_and_what_matters() -> None:
    note = told(grid("srsr", {"a": [0, 1], "rate": [3, 4]}))
    assert sentence(note) == (
        "The verdict stands in 2 of 4 combinations of the choices, of which some support the claim and some refute it; "
        "what matters most is `rate`: with 3 it is supported, with 4 refuted."
    )
    assert note.effect == -2


def test_where_nothing_changes_the_verdict_what_moves_the_estimate_is_told() -> None:
    note = told(grid("ssss", {"a": [0, 1], "b": [3, 4]}, [48, 49, 55, 56]))
    assert sentence(note) == (
        "The verdict stands in all 4 combinations of the choices; the estimate moves most with `a`, from 48% to 55%."
    )
    assert note.effect == 0


def test_a_single_choice_is_what_it_depends_on() -> None:
    note = told(grid("srrcs", {"rate": [1, 2, 3, 4, 5]}))
    assert sentence(note).endswith(
        "; it depends on `rate`: with 1 and with 5 it is supported, with 2 and with 3 refuted, with 4 close."
    )


def test_what_failed_or_could_not_be_measured_is_told_and_does_not_agree() -> None:
    note = told(grid("sseu", {"a": [0, 1, 2, 3]}))
    text = sentence(note)
    assert "stands in 2 of 4" in text
    assert "in 1 nothing can be measured" in text
    assert "1 could not be evaluated" in text
    assert note.effect == -1


def test_many_choices_of_one_outcome_are_counted() -> None:
    note = told(grid("s" + "r" * 9, {"a": list(range(10))}))
    assert "with 1, with 2, with 3 and 6 more refuted" in sentence(note)


def test_choices_that_never_change_alone_cannot_be_told_apart() -> None:
    base = made(S, {}, own={"a": 0, "b": 0})
    note = variants_note(base, [made(R, {"a": 1, "b": 1}, own={"a": 0, "b": 0})], SCALE)
    assert note is not None
    assert "cannot be told which matters" in sentence(note)


def test_figures_of_different_kinds_have_no_distance() -> None:
    spec = claim("x", "x", measure={"share": "a"}, claimed="50%")
    base = verdict(spec, S, share(50, 100))
    other = replace(base, measurement=count(40, "post"), params={"measure": {"count": "rows"}})
    (only,) = influences(all_combinations(base, [other]))
    assert only.moves == 0


def test_bounds_speak_for_other_ways_to_treat_missing_values() -> None:
    """An inconclusive claim whose region holds what ignoring them gives is not charged for that as well."""
    spec = claim("x", "x", measure={"share": "a"}, claimed="50%")
    base = replace(verdict(spec, OPEN, share(50, 100)), finding=Finding(OPEN))
    bounds = replace(base, params={"missing": "bounds"})
    ignored = replace(base, finding=Finding(S), params={"missing": "ignore"})
    refuted = replace(base, finding=Finding(R), params={"missing": False})
    note = variants_note(base, [bounds, ignored, refuted], SCALE)
    assert note is not None
    assert (note.effect, note.facts["same"], note.facts["combinations"]) == (0, 1, 3)


def test_a_claim_that_ignores_them_is_charged() -> None:
    spec = claim("x", "x", measure={"share": "a"}, claimed="50%", missing="ignore")
    base = replace(verdict(spec, S, share(50, 100)), finding=Finding(S))
    bounds = replace(base, finding=Finding(OPEN), params={"missing": "bounds"})
    note = variants_note(base, [bounds], SCALE)
    assert note is not None
    assert note.effect == -1


@pytest.mark.parametrize(
    ("letters", "level"),
    [("sss", "high"), ("ssc", "moderate"), ("ssi", "moderate"), ("ssr", "low"), ("ccr", "moderate")],
)
def test_confidence_falls_where_the_verdict_depends_on_a_choice(letters: str, level: str) -> None:
    verdicts = grid(letters, {"a": [0, 1, 2]})
    assert with_variants(verdicts[0], tuple(verdicts), SCALE).confidence == level


def test_a_thousand_choices_are_summed_up_at_once() -> None:
    verdicts = grid("sr" * 500, {"a": list(range(1000))}, [index % 100 for index in range(1000)])
    (only,) = influences(all_combinations(*_with(verdicts)))
    assert only.changes == Fraction(500 * 500, 1000 * 999 // 2)


def test_a_claim_whose_evidence_failed_has_no_note() -> None:
    assert variants_note(made(E, {}), [made(S, {"a": 1})], SCALE) is None
