"""Claims that state one quantity must agree with each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from factcheck.claims.figures import (
    Claimed,
    CompositionClaim,
    DateClaim,
    LabelClaim,
    NumberClaim,
    Quantity,
    SetClaim,
    TrendClaim,
)
from factcheck.claims.figures.quantity import NAMES
from factcheck.verdicts.consistency.counts import misfits
from factcheck.verdicts.consistency.line import Figure, figure_of
from factcheck.verdicts.consistency.members import set_clashes
from factcheck.verdicts.consistency.moments import date_figures
from factcheck.verdicts.consistency.pairs import Pairs
from factcheck.verdicts.consistency.stated import Concern, Stated, folded

FIRST_READINGS = (Quantity.COUNT, Quantity.PROPORTION, Quantity.NUMBER, Quantity.DATE, Quantity.TREND)
PLAIN = (Quantity.COUNT, Quantity.NUMBER)  # 922 rows and the 922 that stands in a cell are the same number


@dataclass
class Group:
    """What is said of one quantity: the figures by the form they have, with the claims that say them."""

    name: str
    forms: dict[Quantity, list[tuple[Stated, Claimed]]] = field(default_factory=dict)


def contradictions(stated: Iterable[Stated]) -> Iterator[Concern]:
    """Pairs of figures for one quantity that cannot both be right, or cannot be held against each other."""
    by_name: dict[str, list[Stated]] = {}
    for one in stated:
        if one.claim.quantity is not None and one.claim.claimed is not None:
            by_name.setdefault(folded(one.claim.quantity), []).append(one)
    for several in by_name.values():
        if len(several) > 1:
            yield from _within(_group(several))


def _group(several: list[Stated]) -> Group:
    """What is measured tells the form of its figure; what is not is read as one of the others, if it can be."""
    group = Group(str(several[0].claim.quantity))
    bound = [(one, one.claimed) for one in several if one.claimed is not None]
    known = dict.fromkeys(form_of(claimed) for _, claimed in bound)
    readings = dict(bound)
    for one in several:
        claimed = readings.get(one) or _unmeasured(one, [*known, *FIRST_READINGS])
        if claimed is None:
            continue
        form = Quantity.COUNT if form_of(claimed) in PLAIN else form_of(claimed)
        said = group.forms.setdefault(form, [])
        if not any(other.key == one.key and before == claimed for other, before in said[-1:]):
            said.append((one, claimed))
    return group


def _unmeasured(one: Stated, quantities: Iterable[Quantity]) -> Claimed | None:
    own = one.quantity()
    for quantity in (own,) if own is not None else quantities:
        claimed = one.read_as(quantity)
        if claimed is not None:
            return claimed
    return None


def form_of(claimed: Claimed) -> Quantity:
    if isinstance(claimed, NumberClaim):
        return claimed.quantity
    forms = {
        LabelClaim: Quantity.LABEL,
        SetClaim: Quantity.SET,
        DateClaim: Quantity.DATE,
        TrendClaim: Quantity.TREND,
        CompositionClaim: Quantity.COMPOSITION,
    }
    return forms[type(claimed)]


def _within(group: Group) -> Iterator[Concern]:
    pairs = Pairs(group.name)
    for said in group.forms.values():
        yield from _of_one_form(said, pairs)
    shares, counts = (_figures(group.forms.get(form, [])) for form in (Quantity.PROPORTION, Quantity.COUNT))
    held = yield from misfits(shares, counts, pairs)
    yield from _other_forms(group, pairs, held=held)


def _of_one_form(said: list[tuple[Stated, Claimed]], pairs: Pairs) -> Iterator[Concern]:
    yield from pairs.on_a_line(_figures(said))
    yield from pairs.on_a_line(date_figures(said))
    yield from set_clashes(said, pairs)
    parts: dict[tuple[str, Quantity], list[Figure]] = {}
    for one, claimed in said:
        for label, part in claimed.parts.items() if isinstance(claimed, CompositionClaim) else ():
            figure = figure_of(one, part)
            parts.setdefault((folded(label), part.quantity), []).append(figure.said(f"{part.text} for {label}"))
    for figures in parts.values():
        yield from pairs.on_a_line(figures)


def _figures(said: list[tuple[Stated, Claimed]]) -> list[Figure]:
    """What lies on a line: numbers, and directions as the changes that make them true."""
    found = []
    for one, claimed in said:
        if isinstance(claimed, NumberClaim):
            found.append(figure_of(one, claimed))
        elif isinstance(claimed, TrendClaim):
            found.append(Figure(one, claimed.region, claimed.region, claimed.region, claimed.text))
    return found


def _other_forms(group: Group, pairs: Pairs, *, held: bool) -> Iterator[Concern]:
    """A share and a count of one quantity, say: nothing holds them against each other unless a base is stated."""
    forms = list(group.forms.items())
    for i, (form, said) in enumerate(forms):
        for other_form, others in forms[i + 1 :]:
            both = {form, other_form}
            if held and both == {Quantity.PROPORTION, Quantity.COUNT}:
                continue
            base = "the base of the share as `n`, or " if both == {Quantity.PROPORTION, Quantity.COUNT} else ""
            yield from pairs.other_forms(
                said, others, NAMES[form], NAMES[other_form], f"give {base}each its own `quantity`"
            )
