"""How the rows of a sample were drawn, where not each by itself with the same chance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from factcheck.evidence.expressions import Bound
from factcheck.evidence.patterns.drawn import DrawnAnswer, DrawnTotals, Part
from factcheck.measures.measurement import Measurement, Note
from factcheck.measures.setting import Mode, Setting

if TYPE_CHECKING:
    from factcheck.evidence.patterns.drawn import Floats
    from factcheck.measures.form import Context
    from factcheck.stats.units import Designed, Units


FEW_DIGITS = 10**6  # what the sums of weights are multiples of, where they are exact
UNEVEN = 0.8  # of the units: below that part, how many equal ones would tell as much is worth a word
OF_NOTE = 0.05  # of a population, from which a sample is worth more than one of a population without end


@dataclass(frozen=True)
class Design:
    """`weight` is the number that each row counts for, `cluster` the unit that was drawn with all its rows.

    At least one of both is there. Weights are taken as they come: only their proportions matter, except to a count or
    a sum, which the `population` scales.
    """

    weight: Bound | None = None
    cluster: Bound | None = None

    def totals(
        self, context: Context, dataset: str, base: Bound | None, *parts: Part, apart: bool = True, figure: str = ""
    ) -> DrawnAnswer:
        """The totals of `parts` in each drawn unit (in all, unless `apart`), over the rows where `base` is true."""
        return context.answer(DrawnTotals(dataset, parts, self.weight, self.cluster, base, apart, figure))

    def units(self, answer: DrawnAnswer, *, without: Floats | None = None, rows: int | None = None) -> Units:
        """The drawn units as the statistics take them; `without` the weight of some rows in each: `rows` stay."""
        from factcheck.stats.units import Units

        size = answer.size if without is None else (answer.size - without).clip(min=0)
        several = answer.n if rows is None else rows
        kish = self.kish(answer.weights, answer.squares, several, answer.n)
        return Units(size, answer.times.astype(float), several, self.cluster is not None, kish)

    def kish(self, weights: float, squares: float, rows: int, of: int) -> float | None:
        """How many rows of equal weight `rows` of `of` tell as much as, whose weights differ as those of all do."""
        if self.weight is None or not squares:
            return None
        return min(weights**2 / squares * rows / of, float(rows))

    def notes(self, answer: DrawnAnswer, setting: Setting) -> tuple[Note, ...]:
        """What an editor has to know of the design, with its figures."""
        notes: tuple[Note, ...] = ()
        chance = setting.mode in (Mode.SAMPLE, Mode.PROCESS)
        if self.weight is not None and answer.squares:
            kish = int(answer.weights**2 / answer.squares) if chance else None
            kish = None if kish is not None and kish >= answer.n else kish  # all count alike
            notes += (Note("weighted", {"weight": self.weight.text, "rows": answer.n, "kish": kish}),)
        if self.weight is not None and answer.zero:
            facts = {"weight": self.weight.text, "rows": answer.zero, "share": Fraction(answer.zero, answer.n)}
            notes += (Note("weight-zero", facts),)
        if self.cluster is not None:
            told = {"rows": answer.n, "units": answer.units, "cluster": self.cluster.text}
            notes += (Note("clustered", told),) if chance else ()
        return notes + self._finite(setting) if chance else notes

    def _finite(self, setting: Setting) -> tuple[Note, ...]:
        """That a good part of the population was drawn makes the figure surer than the interval says."""
        if setting.process or not setting.population or setting.rows <= setting.population * OF_NOTE:
            return ()
        share = Fraction(min(setting.rows, setting.population), setting.population)
        return (Note("finite-ignored", {"share": share, "population": setting.population}),)

    def quotient(self, part: Fraction, whole: Fraction) -> Fraction:
        """A weighted part of a weighted whole.

        Sums of weights with many digits are no longer exact: of their quotient the digits that are certain are read, so
        that a share of exactly three quarters is 75 %.
        """
        exact = self.weight is None or max(part.denominator, whole.denominator) <= FEW_DIGITS
        return part / whole if exact else Fraction(f"{float(part / whole):.14g}")

    def facts(self, answer: DrawnAnswer) -> dict[str, object]:
        """What reports tell of the design beside its notes."""
        weight = None if self.weight is None else self.weight.text
        return {"weighted": weight, "units": answer.units if self.cluster is not None else None}

    def told(self, measured: Measurement, drawn_as: Designed | None) -> Measurement:
        """The measurement with how much the rows told; only of clusters there can be too few for their own spread."""
        if drawn_as is None:
            return measured
        if self.cluster is None:
            return replace(measured, effective_n=drawn_as.effective_n)
        notes = tuple(_of_units(note, self.cluster.text, drawn_as.degrees + 1) for note in measured.notes)
        return replace(measured, effective_n=drawn_as.effective_n, degrees=drawn_as.degrees, notes=notes)


def _of_units(note: Note, cluster: str, effective: float) -> Note:
    """A note on rows as it is true of units: few of them may hold many rows, and uneven ones tell as much as fewer."""
    if note.code == "few-events":
        return replace(note, facts={**note.facts, "cluster": cluster})
    if note.code == "clustered" and effective < UNEVEN * note.facts["units"]:
        return replace(note, facts={**note.facts, "equal": max(1, round(effective))})
    return note
