"""How a draft fares against the claims that a person accepts, and what a set of drafts comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain, product
from pathlib import Path

from benchmarks.drafts import figures
from benchmarks.drafts.comparing import Comparisons
from benchmarks.drafts.forms import Form, form
from benchmarks.drafts.sentences import Claim, Sentence

MANY = 3  # candidates that a person looks through


@dataclass(frozen=True)
class Drafted:
    """What drafting says of a sentence: claims, best first, and whether another is shown as close to the first.

    `refusal` is "not checkable" or "unverifiable" where it says that there is nothing to be checked.
    """

    candidates: tuple[Claim, ...] = ()
    alternatives: bool = False
    refusal: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Scored:
    """One sentence: `place` of the first right candidate (1 is first), with and without regard to the figure."""

    sentence: Sentence
    drafted: Drafted
    place: int | None
    place_but_figure: int | None

    @property
    def first(self) -> bool:
        return self.place == 1

    @property
    def among_three(self) -> bool:
        return self.place is not None and self.place <= MANY

    @property
    def wrongly_refused(self) -> bool:
        return self.drafted.refusal is not None and not self.first

    @property
    def wrongly_confident(self) -> bool:
        """A wrong claim first, and nothing beside it that tells a reader to look again."""
        return not self.first and self.drafted.refusal is None and not self.drafted.alternatives


@dataclass
class Tally:
    """How many sentences of a kind there are, and how many drafts were right, confident and wrong, or refused."""

    sentences: int = 0
    first: int = 0
    among_three: int = 0
    first_but_figure: int = 0
    wrongly_confident: int = 0
    wrongly_refused: int = 0

    def add(self, scored: Scored) -> None:
        self.sentences += 1
        self.first += scored.first
        self.among_three += scored.among_three
        self.first_but_figure += scored.place_but_figure == 1
        self.wrongly_confident += scored.wrongly_confident
        self.wrongly_refused += scored.wrongly_refused


@dataclass
class Result:
    """A set of sentences: the whole, those that can be checked and those that cannot, and each kind."""

    whole: Tally = field(default_factory=Tally)
    checkable: Tally = field(default_factory=Tally)
    uncheckable: Tally = field(default_factory=Tally)
    kinds: dict[str, Tally] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def tally(scores: Iterable[Scored]) -> Result:
    """Adds up the sentences of a set."""
    result = Result()
    for scored in scores:
        part = result.checkable if scored.sentence.checkable else result.uncheckable
        for one in (result.whole, part, result.kinds.setdefault(scored.sentence.kind, Tally())):
            one.add(scored)
    return result


def score(drafts: Sequence[tuple[Sentence, Drafted]], root: Path) -> list[Scored]:
    """Scores all sentences of a set; conditions are compared on the rows of the project at `root`."""
    comparisons = Comparisons()
    pairs = (product(_forms(drafted.candidates), _forms(sentence.right)) for sentence, drafted in drafts)
    comparisons.ask(chain.from_iterable(pairs), root)
    return [_scored(sentence, drafted, comparisons) for sentence, drafted in drafts]


def _scored(sentence: Sentence, drafted: Drafted, comparisons: Comparisons) -> Scored:
    if drafted.refusal is not None:
        place = 1 if sentence.refusals else None
        return Scored(sentence, drafted, place, place)

    def alike(candidate: Claim) -> list[Claim]:
        """The accepted claims that ask what the candidate asks."""
        if "measure" not in candidate:
            return []
        return [claim for claim in sentence.right if comparisons.same(form(candidate), form(claim))]

    def right(candidate: Claim) -> bool:
        return any(figures.same(candidate, claim) for claim in alike(candidate))

    def right_but_figure(candidate: Claim) -> bool:
        return bool(alike(candidate))

    return Scored(sentence, drafted, _place(drafted, right), _place(drafted, right_but_figure))


def _place(drafted: Drafted, right: Callable[[Claim], bool]) -> int | None:
    return next((place for place, claim in enumerate(drafted.candidates, 1) if right(claim)), None)


def _forms(claims: Iterable[Claim]) -> list[Form]:
    return [form(claim) for claim in claims if "measure" in claim]
