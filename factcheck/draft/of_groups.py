"""Figures of groups: 'the busiest of the accounts sent 1,483 posts', 'each page got 91 shares on average', 'a day'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from factcheck.draft.figure import Figure
from factcheck.draft.grammar import listed
from factcheck.draft.intents import Cue
from factcheck.draft.words import Word

_UNITS = {
    "hour": "hour", "hours": "hour", "hourly": "hour", "day": "day", "days": "day", "daily": "day", "week": "week",
    "weeks": "week", "weekly": "week", "month": "month", "months": "month", "monthly": "month", "year": "year",
    "years": "year", "yearly": "year", "annually": "year",
}  # fmt: skip
_ONE = frozenset({"single", "one", "any"})
_EACH = frozenset({"a", "an", "per", "each", "every"})
_PEAKS = frozenset({"peak", "height", "record", "busiest"})
_NEAR = 4  # words between a figure and 'a day'


@dataclass(frozen=True)
class Grouped:
    """Which figure of the groups is claimed, of which period where they are periods, and the words that say so."""

    take: str
    unit: str
    covered: frozenset[int]
    prior: float


def grouped(figure: Figure, sentence: Sequence[Word], cues: Mapping[str, Sequence[Cue]]) -> Iterator[Grouped]:
    """The ways in which a figure may be one of groups."""
    mean = frozenset(at for cue in cues.get("mean", ()) for at in cue.positions)
    each = frozenset(at for at, word in enumerate(sentence) if _is_each(sentence, at, word.folded))
    named = {at: take for at, take in superlatives(sentence) if at not in figure.positions}
    if (period := _period(figure, sentence)) is not None:
        unit, covered = period
        peak = {at for at, word in enumerate(sentence) if word.folded in _PEAKS}
        alone = {at for at in covered if sentence[at].folded in _ONE}
        tops = set(named) & covered
        take = "mean" if mean else named[min(tops)] if tops else _bound(figure) or ("max" if peak | alone else "mean")
        yield Grouped(take, unit, covered | mean | each & covered | peak, 1.02 if mean or peak or alone else 0.98)
        return
    if mean:
        yield Grouped("mean", "", mean | each, 1.0)
    elif each:
        yield Grouped(_bound(figure) or "mean", "", each | _one(sentence, each), 0.95 if _bound(figure) else 0.85)
    for at, take in named.items():
        if not mean:
            words = {at - 1, at} if at and sentence[at - 1].folded in ("most", "least") else {at}
            yield Grouped(take, "", frozenset(words), 1.0)
    alone = {at for at, word in enumerate(sentence) if word.folded in ("alone", "single") and at < figure.first}
    if alone and not named and not mean:
        one = {at for at in range(figure.first) if sentence[at].folded == "one"}
        yield Grouped("max", "", frozenset(alone | one), 0.95)


def _is_each(sentence: Sequence[Word], at: int, said: str) -> bool:
    """'Each of them', and not 'for every' or 'in each country'."""
    if at + 1 < len(sentence) and sentence[at + 1].folded == "other":
        return False
    return said == "apiece" or (said in ("each", "every") and (at == 0 or sentence[at - 1].folded not in ("for", "in")))


def superlatives(sentence: Sequence[Word]) -> list[tuple[int, str]]:
    """Where 'the busiest', 'most active' stand that name a member of a group, and whether it is the largest."""
    found = []
    if sentence and sentence[0].folded in ("most", "fewest", "least") and _is_headed(sentence):
        found.append((0, "max" if sentence[0].folded == "most" else "min"))
    for at, word in enumerate(sentence):
        before = sentence[at - 1].folded if at else ""
        if before in ("most", "least") and not word.stop and word.folded not in ("likely",):
            if at > 1 and sentence[at - 2].folded in ("the", "its", "their", "even", "his", "her"):
                found.append((at, "min" if before == "least" else "max"))
        elif is_superlative(word.folded):
            found.append((at, "min" if word.folded in listed("smallest") else "max"))
    return found


def _is_headed(sentence: Sequence[Word]) -> bool:
    """'Most likes: 860': what is said of the number behind a sign at the end."""
    last = sentence[-1]
    return len(sentence) > 2 and last.text[0].isdigit() and last.start - sentence[-2].end > 1


def is_superlative(said: str) -> bool:
    """'Busiest', 'best'; not 'forest'."""
    return said in ("best", "worst") or (
        said.endswith("est") and len(said) > 4 and said not in listed("no superlatives") | listed("of times")
    )


def _bound(figure: Figure) -> str | None:
    """What holds for each group: at least so much is their smallest, no more than so much their largest."""
    if not figure.is_bound or (region := figure.region) is None:
        return None
    return "min" if region[1] is None else "max"


def _one(sentence: Sequence[Word], each: frozenset[int]) -> set[int]:
    """'Every one of the accounts'."""
    return {at + 1 for at in each if at + 1 < len(sentence) and sentence[at + 1].folded == "one"}


def _period(figure: Figure, sentence: Sequence[Word]) -> tuple[str, frozenset[int]] | None:
    """The period of 'ten posts a day', 'on its busiest day', 'daily', and its words."""
    tops = {at for at, _ in superlatives(sentence)}
    for at, word in enumerate(sentence):
        unit = _UNITS.get(word.folded)
        if unit is None or at in figure.positions:
            continue
        before = sentence[at - 1].folded if at else ""
        near = 0 <= at - figure.last <= _NEAR + 1
        if word.folded.endswith("ly") and (near or 0 < figure.first - at <= 2):
            return unit, frozenset({at})
        if before in _EACH and (before not in ("a", "an") or (near and at - figure.last >= 1)):
            return unit, frozenset({at - 1, at})
        if before in _ONE and at - 1 not in figure.positions:
            more = {at - 2} if at > 1 and sentence[at - 2].folded in ("a", "in", "any") else set()
            return unit, frozenset({at - 1, at} | more)
        if at - 1 in tops:
            return unit, frozenset({at - 1, at})
    return None
