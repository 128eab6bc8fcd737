"""The door to the planner: questions in, an answer or an error for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import AnyAnswer, Question
from factcheck.evidence.cells.run import Totals, run_direct
from factcheck.evidence.cells.session import Engine, Session
from factcheck.evidence.dataset import Dataset


class Answers(Mapping[Question, AnyAnswer | EvidenceError]):
    """Every distinct question with its answer, or with the error that kept it from having one.

    `statements` are the SQL texts issued, in order; `plan` tells in words what was merged with what.
    """

    def __init__(self) -> None:
        self._found: dict[Question, AnyAnswer | EvidenceError] = {}
        self._seen: dict[tuple[str, str], list[Any]] = {}
        self.statements: list[str] = []
        self.plan: list[str] = []

    def __getitem__(self, question: Question) -> AnyAnswer | EvidenceError:
        return self._found[question]

    def __iter__(self) -> Iterator[Question]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def put(self, question: Question, found: AnyAnswer | EvidenceError) -> None:
        self._found[question] = found

    def saw(self, dataset: str, column: str, values: list[Any]) -> None:
        self._seen[dataset, column] = values

    def present(self, dataset: str, column: str) -> list[Any] | None:
        """All values of a few-valued column, NULL left out, if the cells happened to see them; else None."""
        return self._seen.get((dataset, column))


def answer(
    engine: Engine, datasets: Mapping[str, Dataset], questions: Iterable[Question], *, timeout: float | None = None
) -> Answers:
    """Answers every distinct question; `timeout` bounds each statement, in seconds."""
    answers = Answers()
    session = Session(engine, timeout)
    totals: dict[str, Totals] = {}
    for question in dict.fromkeys(questions):
        dataset = datasets[question.dataset]
        total = totals.setdefault(dataset.name, Totals(session, dataset))
        try:
            answers.put(question, run_direct(session, total, question))
        except EvidenceError as error:
            answers.put(question, EvidenceError(error.message, dataset.name))
    answers.statements = session.statements
    return answers
