"""What the other defensible choices do to a verdict: in how many it stands, and which choice matters most.

All combinations of `vary`, and the claim as it is written, are looked at once each. Two that differ in one choice
alone show what that choice does, so that a choice matters by the share of such pairs whose outcomes differ. Where two
choices matter alike, or none does, the one that moves the estimate most on average comes first, then the one written
first. Choices that could not be evaluated say nothing of what matters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Any

from factcheck.claims.figures import Quantity
from factcheck.measures.measurement import Note
from factcheck.verdicts.choices import FIELDS, at, factor, phrase, policy, same_choice
from factcheck.verdicts.confidence import Scale
from factcheck.verdicts.figures import figure
from factcheck.verdicts.verdict import Outcome, Verdict

_NAMED = 3  # choices of one outcome that a sentence names
_HARD = {Outcome.SUPPORTED, Outcome.REFUTED}


@dataclass(frozen=True)
class Combination:
    """One choice of everything that varies, and what it gives."""

    choices: Mapping[str, Any]
    verdict: Verdict
    written: bool = False  # the claim as it stands

    def alike(self, other: Combination, but: str) -> bool:
        """Whether both differ in `but` alone."""
        rest = (name for name in self.choices if name != but)
        return not self.chooses(but, other) and all(self.chooses(name, other) for name in rest)

    def chooses(self, name: str, other: Combination) -> bool:
        return same_choice(name, self.choices[name], other.choices[name])


@dataclass(frozen=True)
class Influence:
    """What one choice does: the share of pairs that differ in it alone whose outcomes differ, and how far their
    estimates lie apart on average (0 where they are no numbers of one kind)."""

    name: str
    changes: Fraction
    moves: Fraction


def written(verdict: Verdict, name: str) -> Any:
    """What the claim as it stands chooses of a parameter or field."""
    return getattr(verdict.claim, name) if name in FIELDS else verdict.claim.params.get(name)


def is_written(variant: Verdict, verdict: Verdict) -> bool:
    """Whether a variant is the claim as it stands."""
    return all(same_choice(name, value, written(verdict, name)) for name, value in variant.params.items())


def all_combinations(verdict: Verdict, variants: Sequence[Verdict]) -> tuple[Combination, ...]:
    """Every combination once, the claim as it stands among them: first, unless `vary` lists it."""
    found = tuple(Combination(one.params, one, is_written(one, verdict)) for one in variants)
    if any(one.written for one in found) or not variants:
        return found
    own = {name: written(verdict, name) for name in variants[0].params}
    return (Combination(own, verdict, written=True), *found)


def influences(found: Sequence[Combination]) -> list[Influence]:
    """What each choice does, the most telling first; a choice that never differs alone is left out."""
    known = [one for one in found if one.verdict.outcome is not Outcome.ERROR]
    told = []
    for name in known[0].choices if known else ():
        rows = _rows(known, name)
        pairs = sum(comb(len(row), 2) for row in rows)
        if pairs:
            alike = sum(comb(n, 2) for row in rows for n in Counter(one.verdict.outcome for one in row).values())
            moved = sum((_spread(row) for row in rows), Fraction(0))
            told.append(Influence(name, Fraction(pairs - alike, pairs), moved / pairs))
    return sorted(told, key=lambda one: (-one.changes, -one.moves))


def _rows(found: Sequence[Combination], name: str) -> list[list[Combination]]:
    rows: dict[tuple[int, ...], list[Combination]] = {}
    others = [other for other in found[0].choices if other != name] if found else []
    known: dict[str, list[Any]] = {other: [] for other in others}
    for one in found:
        rows.setdefault(tuple(_number(other, one.choices[other], known[other]) for other in others), []).append(one)
    return list(rows.values())


def _number(name: str, value: Any, known: list[Any]) -> int:
    """Which of the values seen so far this is."""
    for index, other in enumerate(known):
        if same_choice(name, value, other):
            return index
    known.append(value)
    return len(known) - 1


def _spread(row: Sequence[Combination]) -> Fraction:
    """The distances of all pairs of estimates that are numbers of one kind, added up."""
    total = Fraction(0)
    for estimates in _numbers(row):
        values = sorted(value for value, _ in estimates)
        total += sum(((2 * i - len(values) + 1) * value for i, value in enumerate(values)), Fraction(0))
    return total


def _numbers(row: Sequence[Combination]) -> list[list[tuple[Fraction, Verdict]]]:
    """The estimates that are numbers, those of one kind together: a share and a count have no distance."""
    kinds: dict[tuple[Quantity, str], list[tuple[Fraction, Verdict]]] = {}
    for one in row:
        found = one.verdict.measurement
        if found is not None and isinstance(found.estimate, Fraction):
            kinds.setdefault((found.quantity, found.unit), []).append((found.estimate, one.verdict))
    return list(kinds.values())


def variants_note(verdict: Verdict, variants: Sequence[Verdict], scale: Scale) -> Note | None:
    """In how many combinations the verdict stands, and what matters most; None where nothing was evaluated."""
    if verdict.outcome is Outcome.ERROR or not variants:
        return None
    found = all_combinations(verdict, variants)
    if len(found) < 2:
        return None  # `vary` lists the claim's own choice and no other
    outcomes = [one.verdict.outcome for one in found]
    same = sum(outcome is verdict.outcome for outcome in outcomes)
    facts: dict[str, object] = {"same": same, "combinations": len(found), "failed": _failed(verdict, outcomes)}
    if same == len(found):
        facts |= {"every": phrase("both" if len(found) == 2 else "every", n=len(found)), "matters": _moves(found)}
        return Note("variants-agree" if len(variants) > 1 else "variant-agrees", facts, "inconsistency", 0)
    charged = {verdict.outcome, *(one.verdict.outcome for one in found if not _carried(one, found, verdict))}
    hard = charged >= _HARD
    effect = 0 if len(charged) == 1 else scale.at_least("inconsistency", "contradicts" if hard else "differs", 1)
    facts["matters"] = _matters(found)
    return Note("variants-contradict" if hard else "variants-differ", facts, "inconsistency", effect)


def _carried(one: Combination, found: Sequence[Combination], verdict: Verdict) -> bool:
    """Whether the claim's region holds what another way to treat missing values gives: bounds hold them all, and the
    combination that keeps them speaks for it."""
    if verdict.claim.missing != "bounds" or policy(one.choices.get("missing")) == "bounds":
        return False
    return any(policy(other.choices["missing"]) == "bounds" and one.alike(other, "missing") for other in found)


def _failed(verdict: Verdict, outcomes: Sequence[Outcome]) -> str:
    """What came to no verdict: told, and never counted as agreeing."""
    told = ""
    for outcome in (Outcome.UNVERIFIABLE, Outcome.ERROR):
        n = sum(one is outcome for one in outcomes)
        if n and verdict.outcome is not outcome:
            told += phrase(outcome.value, n=n)
    return told


def _matters(found: Sequence[Combination]) -> str:
    """What matters most, with an example in which everything else stays the same."""
    ranked = influences(found)
    if not ranked or not ranked[0].changes:
        return "" if any(one.verdict.outcome is Outcome.ERROR for one in found) else phrase("together")
    name = ranked[0].name
    known = [one for one in found if one.verdict.outcome is not Outcome.ERROR]
    rows = _rows(known, name)
    # The row of the claim itself shows it best, unless nothing changes there.
    row = max(rows, key=lambda row: (_outcomes(row) > 1, any(one.written for one in row), _outcomes(row)))
    code = "matters" if len(found[0].choices) > 1 else "depends"
    return phrase(code, factor=factor(name), outcomes=_told(row, name))


def _outcomes(row: Sequence[Combination]) -> int:
    return len({one.verdict.outcome for one in row})


def _told(row: Sequence[Combination], name: str) -> str:
    """With 0.0148 it is refuted, with 0.015 supported."""
    by_outcome: dict[Outcome, list[str]] = {}
    usual = next((one.choices[name] for one in row if one.written), None) if name == "where" else None
    every = [one.choices[name] for one in row]
    for one in row:
        told_at = at(name, one.choices[name], usual, brief=True, others=every)
        by_outcome.setdefault(one.verdict.outcome, []).append(told_at)
    told: list[str] = []
    for outcome, choices in by_outcome.items():
        more = [phrase("and-more", n=len(choices) - _NAMED)] if len(choices) > _NAMED else []
        shown = choices if not more else choices[:_NAMED]
        listed = ", ".join(shown) + f" {more[0]}" if more else _joined(shown)
        code = "next-outcome" if told else "one-outcome"
        told.append(phrase(code, choices=listed, outcome=phrase(f"is-{outcome.value}")))
    return ", ".join(told)


def _joined(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _moves(found: Sequence[Combination]) -> str:
    """Where nothing changes the verdict: what moves the estimate most, and how far."""
    ranked = influences(found)
    if not ranked or not ranked[0].moves:
        return ""
    name = ranked[0].name
    groups = [sorted(group, key=lambda pair: pair[0]) for row in _rows(found, name) for group in _numbers(row)]
    widest = max(groups, key=lambda group: group[-1][0] - group[0][0])
    return phrase("moves", factor=factor(name), low=figure(widest[0][1]), high=figure(widest[-1][1]))
