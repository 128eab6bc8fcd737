"""What every measure is made of: its YAML form, the binder that checks it, the context that answers it.

A measure is one file with one `Form`: the pydantic fields are its YAML companions, the docstring is its
page in the manual, `bind` checks every name and type, and the bound measure turns answers into a
`Measurement`. A bound measure simply asks for what it needs, `context.answer(question)`: the first run
collects the questions of all claims, the planner answers them together, the second run measures.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal, Protocol, TypeVar, overload

from pydantic import BaseModel, ConfigDict

from factcheck.claims.figures import Quantity
from factcheck.errors import EvidenceError
from factcheck.evidence.asks import (
    Answer,
    AnyAnswer,
    Ask,
    Pattern,
    PatternAnswer,
    PerAnswer,
    PerAsk,
    Question,
    RowsAnswer,
    RowsAsk,
    SqlAnswer,
    SqlAsk,
    UnitAnswer,
    UnitAsk,
)
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.expressions import Bound, Select
from factcheck.measures.design import Design
from factcheck.measures.measurement import Measurement
from factcheck.measures.setting import Mode, Setting

Expectation = Literal["condition", "number", "time", "text", "any"]
T = TypeVar("T")
P = TypeVar("P", bound=PatternAnswer)


class NotYet(Exception):
    """Questions that have no answer yet; the pipeline collects them and asks all claims' together."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self.questions = questions
        super().__init__(f"{len(questions)} unanswered")


class Context:
    """The answers so far, and how each dataset was collected."""

    def __init__(
        self, answers: Mapping[Question, AnyAnswer | EvidenceError], settings: Callable[[str], Setting]
    ) -> None:
        self._answers = answers
        self._settings = settings

    def setting(self, dataset: str) -> Setting:
        return self._settings(dataset)

    def with_settings(self, change: Callable[[Setting], Setting]) -> Context:
        """The same answers, with every setting changed: another level, say."""
        return Context(self._answers, lambda name: change(self._settings(name)))

    @overload
    def answer(self, question: Ask) -> Answer: ...
    @overload
    def answer(self, question: UnitAsk) -> UnitAnswer: ...
    @overload
    def answer(self, question: PerAsk) -> PerAnswer: ...
    @overload
    def answer(self, question: RowsAsk) -> RowsAnswer: ...
    @overload
    def answer(self, question: SqlAsk) -> SqlAnswer: ...
    @overload
    def answer(self, question: Pattern[P]) -> P: ...
    def answer(self, question: Question) -> AnyAnswer:
        """The answer, or NotYet; an EvidenceError where the question failed."""
        if question not in self._answers:
            raise NotYet((question,))
        answer = self._answers[question]
        if isinstance(answer, EvidenceError):
            raise answer
        return answer

    def together(self, *steps: Callable[[], T]) -> list[T]:
        """Run all steps, so that the open questions of every one are asked in the same pass."""
        results: list[T] = []
        open_questions: list[Question] = []
        for step in steps:
            try:
                results.append(step())
            except NotYet as waiting:
                open_questions.extend(waiting.questions)
        if open_questions:
            raise NotYet(tuple(open_questions))
        return results


class Measure(Protocol):
    """A bound measure: names and types are right, only the answers are missing."""

    @property
    def quantity(self) -> Quantity: ...

    @property
    def unit(self) -> str: ...

    @property
    def dataset(self) -> str: ...

    def measure(self, context: Context) -> Measurement: ...

    def words(self) -> str:
        """What is measured, for a lay reader: "the share of rows where country = 'Russia'"."""
        ...


class Binder(Protocol):
    """Checks what stands in a measure against one dataset and notes every problem where it stands."""

    @property
    def dataset(self) -> Dataset: ...

    @property
    def where(self) -> Bound | None: ...

    @property
    def timezone(self) -> str: ...

    @property
    def period(self) -> str | None:
        """The time that the claim says it speaks of."""
        ...

    @property
    def design(self) -> Design | None:
        """How the rows were drawn, where the claim says that it was not each by itself with the same chance."""
        ...

    @property
    def labels(self) -> tuple[str, ...]:
        """The names for which the claim gives a figure each, as they are written."""
        ...

    def expression(self, text: str, *path: str | int, expect: Expectation = "any") -> Bound: ...

    def column(self, text: str, *path: str | int) -> Bound: ...

    def inner(self, measure: Mapping[str, Any], *path: str | int) -> Measure: ...

    def other(self, name: str, *path: str | int) -> Binder:
        """A binder for another dataset, which the value at `path` names; no `where` holds there."""
        ...

    def select(self, text: str, *path: str | int) -> Select: ...

    def fail(self, message: str, *path: str | int, hint: str = "") -> BindError: ...


class BindError(Exception):
    """Stops the binding of one measure; the problem itself is already noted with its place."""


class Form(BaseModel):
    """The YAML form of a measure. Unknown companions are errors; nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: ClassVar[str]
    reads: ClassVar[Quantity | None] = None  # what is claimed of it, where the kind alone tells
    figures: ClassVar[tuple[str, ...]] = ()  # examples of it, where those of the quantity would mislead
    weighs: ClassVar[bool] = False  # whether it heeds `weight` and `cluster`; where not, they are refused

    def weightless(self, mode: Mode | None) -> str:  # noqa: ARG002  # most kinds weigh whatever they are asked
        """Of what `weight` has no meaning; empty where it has one. `mode` is None for a side of another measure, which
        may have a use for weights where the side alone has none."""
        return ""

    @abstractmethod
    def bind(self, binder: Binder) -> Measure:
        """The measure with every name and type checked; raises BindError once a problem is noted."""
