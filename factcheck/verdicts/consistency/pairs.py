"""Two claims that do not go together: the warning, and the notes on both."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from factcheck.claims.figures import Claimed, Quantity
from factcheck.errors import Problem
from factcheck.measures.common import plural
from factcheck.measures.measurement import Note
from factcheck.verdicts.consistency.line import Figure, Line, regions_differ
from factcheck.verdicts.consistency.stated import MOST, Concern, Key, Stated, warning

Said = list[tuple[Stated, Claimed]]


@dataclass
class Pairs:
    """The pairs of claims on one quantity that were found already, each of which is warned of once."""

    quantity: str
    seen: set[frozenset[Key]] = field(default_factory=set)

    @property
    def topic(self) -> str:
        return f"the quantity '{self.quantity}'"

    def on_a_line(self, figures: list[Figure]) -> Iterator[Concern]:
        """For each figure the farthest that contradict it, below and above, by the same speaker and by others.

        A figure that nothing contradicts may still differ from others by less than counts as close: a note.
        """
        if len(figures) < 2:
            return
        by_speaker: dict[Hashable, list[Figure]] = {}
        for figure in figures:
            by_speaker.setdefault(figure.speaker, []).append(figure)
        alone = {speaker: Line(own) for speaker, own in by_speaker.items() if len(own) > 1}
        everyone, exact = Line(figures), Line(figures, regions_differ)
        for figure in figures:
            own = alone[figure.speaker].against(figure) if figure.speaker in alone else []
            found = [*own, *everyone.against(figure, but=figure.speaker)]
            for other in found:
                yield self._units(figure, other) or self.contradiction(figure, other)
            for other in [] if found else exact.against(figure)[:1]:
                yield self.difference(figure, other)

    def contradiction(self, one: Figure, other: Figure) -> Concern:
        same = one.speaker == other.speaker
        note = Note("contradicts-oneself" if same else "contradicts", self._facts(other), "consistency")
        return Concern(self.topic, self.problem(one, other), ((one.stated.key, note),))

    def difference(self, one: Figure, other: Figure, *, named: bool = False) -> Concern:
        note = Note("names-differ" if named else "differs-slightly", self._facts(other), "consistency")
        return Concern(self.topic, None, ((one.stated.key, note),))

    def problem(self, one: Figure, other: Figure) -> Problem | None:
        """The warning on a pair, the first time that it is met."""
        first, second = in_order(one, other)
        message = (
            f"{first.stated.name} says {first.text} and {second.stated.name} says {second.text} "
            f"for the same quantity ({self.quantity})"
        )
        return self.once(first.stated, second.stated, message, "both cannot be right")

    def once(self, one: Stated, other: Stated, message: str, hint: str) -> Problem | None:
        pair = frozenset((one.key, other.key))
        if pair in self.seen or not (one.chosen or other.chosen):
            return None
        self.seen.add(pair)
        # Of the rest only their number is told; to find where each stands would take most of the time.
        place = (other if other.chosen else one).place if len(self.seen) <= MOST + 1 else None
        return warning(message, place, hint)

    def other_forms(self, said: Said, others: Said, form: str, other_form: str, hint: str) -> Iterator[Concern]:
        """Figures that cannot be compared at all: a warning on the first of each form, a note on every one."""
        for (mine, _), (theirs, claimed), names in (
            *((entry, others[0], (form, other_form)) for entry in said),
            *((entry, said[0], (other_form, form)) for entry in others),
        ):
            if mine.source.id == theirs.source.id:
                continue
            facts = {"id": theirs.source.id, "text": claimed.text, "quantity": self.quantity, "form": names[1]}
            first = mine is said[0][0] and theirs is others[0][0]
            message = f"{mine.name} states {form}, {theirs.name} {other_form}, for the same quantity ({self.quantity})"
            problem = self.once(mine, theirs, message, f"they cannot be compared: {hint}") if first else None
            yield Concern(self.topic, problem, ((mine.key, Note("other-form", facts, "consistency")),))

    def _units(self, one: Figure, other: Figure) -> Concern | None:
        """Numbers that differ and have different units (thousand votes, votes) may say the same."""
        kinds = {figure.stated.measure.quantity for figure in (one, other) if figure.stated.measure is not None}
        units = {plural(figure.unit) for figure in (one, other) if figure.unit not in ("", "row")}
        if Quantity.NUMBER not in kinds or len(units) < 2:
            return None
        first, second = in_order(one, other)
        message = (
            f"{first.stated.name} is measured in {plural(first.unit)}, {second.stated.name} in {plural(second.unit)}, "
            f"for the same quantity ({self.quantity})"
        )
        problem = self.once(
            first.stated, second.stated, message, "they cannot be compared: give each its own `quantity`"
        )
        facts = {**self._facts(other), "form": plural(other.unit)}
        return Concern(self.topic, problem, ((one.stated.key, Note("other-form", facts, "consistency")),))

    def _facts(self, other: Figure) -> dict[str, str]:
        return {"id": other.stated.source.id, "text": other.text, "quantity": self.quantity}


def in_order(one: Figure, other: Figure) -> tuple[Figure, Figure]:
    """The two as they stand in the claim files, so that a pair is told the same way from either side."""

    def at(figure: Figure) -> tuple[str, int]:
        place = figure.stated.source
        return place.file, place.line

    return (one, other) if at(one) <= at(other) else (other, one)
