"""How the evidence of one case was collected, and how its doubt is to be drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from factcheck.errors import EvidenceError
from factcheck.evidence.dataset import Dataset


class Mode(StrEnum):
    """Which rule of the calculus draws the region M."""

    EXACT = "exact"  # complete data, or a claim about the rows themselves
    SAMPLE = "sample"  # a random sample that speaks for a population
    PROCESS = "process"  # complete data that speak for the process behind them
    PARTIAL = "partial"  # an unknown part of the population


@dataclass(frozen=True)
class Setting:
    """What a measure has to know beside its answers.

    `fraction` and `population` describe a random sample or a partial collection; `rows` is the size
    of the dataset, so that `unseen` is the number of rows that were not collected; None is unknown.
    """

    mode: Mode
    level: Fraction = Fraction(95, 100)
    missing: Literal["bounds", "ignore", "false"] = "bounds"
    fraction: Fraction | None = None
    population: int | None = None
    rows: int = 0
    min_n: int = 0
    labels: tuple[str, ...] = ()  # the groups that the claim names
    timezone: str = "UTC"
    # The claim speaks of what lies behind the rows, also where they are a sample or a partial collection: what bounds
    # a figure of the population, such as the largest value seen, then bounds nothing.
    process: bool = False
    repeated: int = 0  # of `rows`, those that are there a second time: they leave as many others unseen

    @property
    def no_interval(self) -> str:
        """The code of the note for a figure of which nothing tells how far it lies from the one that is claimed."""
        return "process-open" if self.process else "no-interval"

    @property
    def unseen(self) -> int | None:
        return None if self.population is None else max(0, self.population - self.rows + self.repeated)

    def of_all(self, *, weighted: bool = False) -> Setting:
        """The same, as of complete data where not one row of a known population was left out.

        Weights say that rows of a sample stand for others, so that it is taken for one however large it is.
        """
        whole = self.population is not None and self.population == self.rows - self.repeated
        seen_all = self.mode is Mode.PARTIAL or (self.mode is Mode.SAMPLE and not weighted)
        return replace(self, mode=Mode.EXACT) if seen_all and whole and not self.process else self

    def at(self, level: Fraction) -> Setting:
        return replace(self, level=level)

    def split(self, parts: int = 2) -> Setting:
        """For one of several intervals that must hold together (Bonferroni)."""
        return replace(self, level=1 - (1 - self.level) / parts)


def check_population(name: str, setting: Setting) -> None:
    """Refuses a population smaller than what was collected of it: no bound that rests on it would hold."""
    if setting.mode is Mode.EXACT or setting.population is None or not setting.rows:
        return
    if (rows := setting.rows - setting.repeated) > setting.population:
        message = f"the manifest states a population of {setting.population:,}, and {rows:,} of it were collected; mend"
        raise EvidenceError(f"{message} `population`, or name the `key` if rows occur more than once", name)


def mode_of(dataset: Dataset, about: str) -> Mode:
    """Which rule holds for a claim `about` the population, the rows or the process."""
    if about == "rows" or (dataset.completeness == "complete" and about == "population"):
        return Mode.EXACT
    if about == "process" and dataset.completeness == "complete":
        return Mode.PROCESS
    return Mode.SAMPLE if dataset.completeness == "random sample" else Mode.PARTIAL
