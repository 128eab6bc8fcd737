"""The largest groups in their order, those that the claim names marked; and the same as bars of text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from factcheck.claims.figures import LabelClaim, Quantity, SetClaim
from factcheck.measures.measurement import Bar, Measurement
from factcheck.reports.escape import plain
from factcheck.reports.locale import format_value, integer
from factcheck.reports.words import say
from factcheck.verdicts.verdict import Verdict

_BAR = 28  # columns of the longest bar
_LABEL = 40  # columns of a label


@dataclass(frozen=True)
class Ranking:
    """Bars with their ranks and figures, the labels that the claim names, and what is left out, in sentences."""

    bars: tuple[Bar, ...]
    places: tuple[str, ...]
    values: tuple[str, ...]
    named: frozenset[str]
    below: tuple[str, ...]


def ranking(verdict: Verdict) -> Ranking | None:
    """The ranking of a verdict; of several pieces of evidence only where they look for labels in one ranking."""
    found, shown = verdict.measurement, verdict.checks or (verdict,)
    if found is None or found.quantity not in (Quantity.RANK, Quantity.LABEL, Quantity.SET) or not found.bars:
        return None
    if len({_ranking(one) for one in shown}) > 1:
        return None  # pieces of evidence with rankings of their own
    found, named, places = _merged([(one, one.measurement) for one in shown if one.measurement is not None])
    quantity = Quantity.PROPORTION if "share" in ((verdict.claim.measure or {}).get("of") or {}) else Quantity.NUMBER
    values = tuple(format_value(bar.value, quantity) for bar in found.bars)
    return Ranking(found.bars, tuple(places), values, named, tuple(_below(found, named)))


def ranked(verdict: Verdict) -> str | None:
    """The largest groups as bars of text, those that the claim names marked with an arrow."""
    found = ranking(verdict)
    if found is None:
        return None
    longest = max((abs(bar.value) for bar in found.bars), default=Fraction(0))
    label = min(_LABEL, max(len(plain(bar.label)) for bar in found.bars))
    lines: list[str] = []
    rank, figure = (max(len(text) for text in texts) for texts in (found.places, found.values))
    for bar, value, place in zip(found.bars, found.values, found.places, strict=True):
        mark = "→" if bar.label in found.named else " "
        line = "█" * round(abs(bar.value) / longest * _BAR) if longest else ""
        name = _cut(plain(bar.label), label)
        lines.append(f"{mark} {place:>{rank}}  {name:<{label}}  {line:<{_BAR}}  {value:>{figure}}")
    return "\n".join([*lines, *found.below])


def _ranking(verdict: Verdict) -> str:
    """What is ranked, whoever is looked for in it."""
    measure = {key: value for key, value in (verdict.claim.measure or {}).items() if key != "rank"}
    return str(([dataset.name for dataset in verdict.datasets], verdict.claim.where, measure))


def _merged(parts: list[tuple[Verdict, Measurement]]) -> tuple[Measurement, frozenset[str], list[str]]:
    """One ranking in which several labels were looked for: its bars, the labels, the rank of every bar."""
    named = frozenset[str]().union(*(_named(verdict, found) for verdict, found in parts))
    placed = {
        bar.label: (bar, place)
        for _, found in parts
        for bar, place in zip(found.bars, _places(found), strict=True)
    }
    ordered = sorted(placed.values(), key=lambda pair: int(pair[1]))
    return replace(parts[0][1], bars=tuple(bar for bar, _ in ordered)), named, [place for _, place in ordered]


def _named(verdict: Verdict, found: Measurement) -> frozenset[str]:
    if isinstance(verdict.claimed, (LabelClaim, SetClaim)):
        return frozenset(verdict.claimed.members)
    return frozenset({str(found.facts["label"])}) if "label" in found.facts else frozenset()


def _places(found: Measurement) -> list[str]:
    """The rank of every bar: ties share the better one; a bar that was added behind the largest has its own."""
    ranks: list[str] = []
    for i, bar in enumerate(found.bars):
        if i and bar.value == found.bars[i - 1].value and ranks[-1] != "":
            ranks.append(ranks[-1])
        elif bar.label == found.facts.get("label") and isinstance(found.estimate, Fraction):
            ranks.append(str(int(found.estimate)))
        else:
            ranks.append(str(i + 1))
    return ranks


def _below(found: Measurement, named: frozenset[str]) -> list[str]:
    """What the picture leaves out."""
    groups = found.facts.get("groups")
    hidden = int(groups) - len(found.bars) if groups is not None else 0
    lines = [say("bars-more", n=integer(hidden))] if hidden > 0 else []
    absent = sorted(name for name in named if name not in {bar.label for bar in found.bars})
    return lines + ([say("bars-absent", names=", ".join(plain(name) for name in absent[:5]))] if absent else [])


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
