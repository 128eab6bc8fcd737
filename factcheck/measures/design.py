"""How the rows of a sample were drawn, where not each by itself with the same chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.drawn import DrawnAnswer, DrawnTotals, Part
from factcheck.measures.measurement import Note

if TYPE_CHECKING:
    from factcheck.measures.form import Context
    from factcheck.stats.units import Units


@dataclass(frozen=True)
class Design:
    """`weight` is the number that each row counts for, `cluster` the unit that was drawn with all its rows.

    At least one of both is there. Weights are taken as they come: only their proportions matter, except to a count or
    a sum, which the `population` scales.
    """

    weight: Bound | None = None
    cluster: Bound | None = None

    def totals(self, context: Context, dataset: str, base: Bound | None, *parts: Part) -> DrawnAnswer:
        """The totals of `parts` in each drawn unit, over the rows where `base` is true."""
        return context.answer(DrawnTotals(dataset, parts, self.weight, self.cluster, base))

    def units(self, answer: DrawnAnswer) -> Units:
        """The drawn units as the statistics take them."""
        from factcheck.stats.units import Units

        kish = None if self.weight is None or not answer.squares else answer.weights**2 / answer.squares
        return Units(answer.size, answer.times, answer.n, self.cluster is not None, kish)

    def notes(self, answer: DrawnAnswer) -> tuple[Note, ...]:
        """What an editor has to know of the design, with its figures."""
        notes: tuple[Note, ...] = ()
        if self.weight is not None and answer.squares:
            kish = answer.weights**2 / answer.squares
            notes += (Note("weighted", {"weight": self.weight.text, "rows": answer.n, "kish": int(kish)}),)
        if self.cluster is not None:
            notes += (Note("clustered", {"rows": answer.n, "units": answer.units, "cluster": self.cluster.text}),)
        return notes
