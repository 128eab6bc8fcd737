"""Small tables for what is no matter of a line: sets, compositions, variants, checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from factcheck.claims.figures import (
    CompositionClaim,
    DateClaim,
    NumberClaim,
    Quantity,
    SetClaim,
)
from factcheck.claims.regions import Interval
from factcheck.measures.measurement import Measurement, Members
from factcheck.reports.amounts import found_text, moment, number, part_label, part_quantity, span
from factcheck.reports.headline import short
from factcheck.reports.locale import integer
from factcheck.reports.words import capital, outcome_words, say
from factcheck.verdicts.choices import at, value_words
from factcheck.verdicts.pieces import names
from factcheck.verdicts.variants import all_combinations
from factcheck.verdicts.verdict import Verdict

_PAIR = 2  # sets that a sentence names
_MOST = 30  # lines of a table; a longer one says how many more there are


@dataclass(frozen=True)
class Table:
    """A table in plain text, cell by cell."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def elements(verdict: Verdict) -> Table | None:
    """What a set should hold and what it holds, element by element."""
    found, claimed = verdict.measurement, verdict.claimed
    if found is None or found.quantity is not Quantity.SET or not isinstance(found.region, Members):
        return None
    if isinstance(claimed, SetClaim):
        wanted, mode = claimed.members, claimed.mode
    elif isinstance(claimed, DateClaim):
        wanted, mode = tuple(str(day) for day in claimed.days() or ()), claimed.mode
    else:
        return None
    if set(wanted) | found.region.possible <= {bar.label for bar in found.bars}:
        return None  # the bars show them all
    others = sorted(found.region.possible - set(wanted)) if mode == "equal" else []
    named = [(name, say(f"set-claimed-{mode}")) for name in wanted] + [(name, say("set-unclaimed")) for name in others]
    days = isinstance(claimed, DateClaim)
    rows: list[tuple[str, ...]] = [
        (moment(name) if days else name, told, _membership(name, found.region)) for name, told in named
    ]
    return _table(("Element", "Claimed", "Found"), rows)


def _membership(name: str, region: Members) -> str:
    if name in region.certain:
        return say("set-in")
    if name in region.possible:
        return say("set-tie" if region.tie else "set-perhaps")
    return say("set-perhaps" if region.open else "set-out")


def composition(verdict: Verdict) -> Table | None:
    """Every named group with its claimed and its measured share, and the largest of the others."""
    found, claimed = verdict.measurement, verdict.claimed
    if found is None or not isinstance(found.estimate, Mapping) or not isinstance(claimed, CompositionClaim):
        return None
    quantity = part_quantity(found)
    rows: list[tuple[str, ...]] = []
    for name, part in claimed.parts.items():
        outcome = verdict.finding.parts.get(name)
        told = outcome_words(outcome).word if outcome is not None else ""
        rows.append((part_label(name, found), part.text, _part(found, name, part, quantity), told))
    shares = found.estimate
    hours = "zone" in found.facts  # a picture shows them all
    others = [] if hours else sorted(set(shares) - set(claimed.parts), key=lambda name: (-shares[name], name))
    rows += [(part_label(name, found), "", _part(found, name, None, quantity), "") for name in others[:5]]
    return _table(("Group", "Claimed", "Found", "Verdict"), rows)


def _part(found: Measurement, name: str, claimed: NumberClaim | None, quantity: Quantity) -> str:
    assert isinstance(found.estimate, Mapping)
    value = found.estimate.get(name)
    if value is None:
        return "–"
    told = number(value, quantity, claimed)
    region = found.region.get(name) if isinstance(found.region, Mapping) else None
    if not isinstance(region, Interval) or region.is_point:
        return told
    return f"{told} ({span(region, quantity, claimed)})"


def sets(verdict: Verdict) -> Table | None:
    """Sets that overlap, where they are more than a sentence can name, and what is in all of them."""
    found = verdict.measurement
    sizes: tuple[int, ...] = () if found is None else found.facts.get("sizes", ())
    if found is None or len(sizes) <= _PAIR:
        return None
    rows: list[tuple[str, ...]] = [
        (f"`{value_words(text)}`", integer(n)) for text, n in zip(found.facts["sets"], sizes, strict=True)
    ]
    rows.append((say("table-shared"), integer(found.facts['shared'])))
    return _table((say("table-set"), say("table-members")), rows)


def variants(verdict: Verdict, most: int = _MOST) -> Table | None:
    """Every other defensible choice with what it gives; at most so many lines."""
    if not verdict.variants:
        return None
    rows: list[tuple[str, ...]] = [
        (capital(choice(one, verdict)), found_text(one), short(one)) for one in verdict.variants
    ]
    return _table(("Choice", "Found", "Verdict"), rows, most)


def further_variants(verdict: Verdict) -> Table | None:
    """All of them for the details, where the text before shows none or not all."""
    shown = not same_outcome(verdict) and len(verdict.variants) <= _MOST
    return None if shown else variants(verdict, len(verdict.variants))


def checks(verdict: Verdict) -> Table | None:
    """Every piece of evidence with what it gives."""
    if not verdict.checks:
        return None
    rows: list[tuple[str, ...]] = [
        (str(i), name, found_text(check), short(check), check.confidence or "–")
        for i, (check, name) in enumerate(zip(verdict.checks, names(verdict.checks, quoted=False), strict=True), 1)
    ]
    return _table(("", "Evidence", "Found", "Verdict", "Confidence"), rows)


def choice(variant: Verdict, verdict: Verdict) -> str:
    """The choices of a variant in words; `verdict` is that of the claim as it stands."""
    told = []
    for name, value in variant.params.items():
        others = [one.choices[name] for one in all_combinations(verdict, verdict.variants)]
        told.append(at(name, value, verdict.claim.where, others=others if name == "measure" else ()))
    return ", ".join(told)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]], most: int = _MOST) -> Table:
    if len(rows) <= most:
        return Table(head, tuple(rows))
    rest = say("bars-more", n=integer(len(rows) - most))
    return Table(head, (*rows[:most], (rest, *[""] * (len(head) - 1))))


def same_outcome(verdict: Verdict) -> bool:
    """Whether every variant comes to the verdict of the claim."""
    return all(one.outcome is verdict.outcome for one in verdict.variants)

