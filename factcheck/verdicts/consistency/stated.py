"""What one claim says, as the checks of consistency see it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from factcheck.claims.figures import Claimed, FigureError, Quantity, read
from factcheck.claims.models import Claim
from factcheck.claims.reading import ClaimSource
from factcheck.errors import Place, Problem
from factcheck.evidence.dataset import Dataset
from factcheck.measures import KINDS, named_kind
from factcheck.measures.form import Measure
from factcheck.measures.measurement import Note

Key = tuple[str, int | None]
MOST = 5  # warnings told one by one of what concerns the same thing


@dataclass(frozen=True, eq=False)
class Stated:
    """What a claim or one of its checks states.

    `claimed` and `measure` are None where they were not bound (an unverifiable claim, a dataset that cannot be read).
    `own`: a check with a figure of its own, not its claim's. `chosen`: a verdict on it is asked for.
    """

    source: ClaimSource
    claimed: Claimed | None = None
    measure: Measure | None = None
    datasets: tuple[Dataset, ...] = ()
    own: bool = False
    chosen: bool = True

    @property
    def claim(self) -> Claim:
        return self.source.claim

    @property
    def key(self) -> Key:
        """Where notes go: a figure that several checks share is the claim's."""
        return self.source.id, self.source.index if self.own else None

    @property
    def name(self) -> str:
        check = f"check {self.source.index + 1} of " if self.own and self.source.index is not None else ""
        return f"{check}'{self.source.id}'"

    @property
    def place(self) -> Place:
        return self.source.place("claimed")

    @property
    def kind(self) -> str:
        """The kind of its measure, "" without one."""
        return named_kind(self.claim.measure) if self.claim.measure else ""

    @property
    def speaker(self) -> Hashable:
        """Whoever says it; where no claimant is named, each claim speaks for itself."""
        named = self.claim.claimant
        return (self.source.id,) if named is None else folded(named)

    def quantity(self) -> Quantity | None:
        """What its figure is, where its kind alone tells."""
        form = KINDS.get(self.kind)
        return None if form is None else form.reads

    def read_as(self, quantity: Quantity) -> Claimed | None:
        """Its figure as one of a quantity, None where it cannot be such."""
        claim = self.claim
        measure = claim.measure or {}
        part = Quantity.COUNT if measure.get("as") == "count" else Quantity.PROPORTION
        try:
            return read(claim.claimed, quantity, tolerance=claim.tolerance, near=claim.near, part=part)
        except FigureError:
            return None


@dataclass(frozen=True)
class Concern:
    """A warning on a `topic` ("the quantity 'mentions'"), and the notes that go with it."""

    topic: str
    problem: Problem | None = None
    notes: tuple[tuple[Key, Note], ...] = ()


def folded(text: str) -> str:
    """A name as people take it for the same: whatever its capitals and spaces."""
    return " ".join(text.split()).casefold()


def warning(message: str, place: Place | None, hint: str) -> Problem:
    return Problem(message, place, hint, "warning")
