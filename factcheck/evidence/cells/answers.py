"""The door to the planner: questions in, an answer or an error for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import AnyAnswer, Ask, Pattern, Question
from factcheck.evidence.cells.alone import answer_simple
from factcheck.evidence.cells.companions import companion, complete
from factcheck.evidence.cells.isolate import explain
from factcheck.evidence.cells.patterns import Conversation
from factcheck.evidence.cells.refusals import refusals
from factcheck.evidence.cells.run import Totals, run_direct
from factcheck.evidence.cells.sampling import stretches
from factcheck.evidence.cells.session import Session
from factcheck.evidence.cells.together import Limits, answer_together
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.frame import Engine, FarEngine
from factcheck.evidence.steps import Steps

_OF_A_PATTERN = 3  # statements, more or less


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
    engine: Engine,
    datasets: Mapping[str, Dataset],
    questions: Iterable[Question],
    *,
    timeout: float | None = None,
    sample: Callable[[Dataset], str] | None = None,
    limits: Limits | None = None,
    steps: Steps | None = None,
) -> Answers:
    """Answers every distinct question; `timeout` bounds each statement, in seconds, and `steps` hears how far it is.

    `sample` gives the SELECT of a few thousand rows of a dataset, from which the planner guesses which columns have
    few values; without it, stretches of rows are read from start to end.
    """
    answers = Answers()
    session = Session(engine, timeout, steps)
    totals = {name: Totals(session, dataset) for name, dataset in datasets.items()}
    by_dataset: dict[str, list[Question]] = {}
    for question in dict.fromkeys(questions):
        by_dataset.setdefault(question.dataset, []).append(question)
    for name, mine in by_dataset.items():
        if isinstance(engine, FarEngine):
            refused = refusals(engine, datasets[name], mine)
            for question, error in refused.items():
                answers.put(question, error)
            mine = [question for question in mine if question not in refused]
        patterns = [question for question in mine if isinstance(question, Pattern)]
        others: list[Question] = [question for question in mine if not isinstance(question, Pattern)]
        session.steps.stage(f"asking {name}")
        session.later = _OF_A_PATTERN * len(patterns)
        _answer_dataset(session, totals[name], others, answers, sample, limits or Limits())
        session.later = 0.0
        _answer_patterns(Conversation(session, totals), patterns, answers)
    answers.statements = session.statements
    return answers


def _answer_dataset(
    session: Session,
    totals: Totals,
    questions: list[Question],
    answers: Answers,
    sample: Callable[[Dataset], str] | None,
    limits: Limits,
) -> None:
    left = questions
    if len(questions) > limits.alone:
        left = _together(session, totals, questions, answers, sample, limits)
    session.expect(len([question for question in left if question not in answers]))
    for ask, found in answer_simple(session, totals, left).items():
        answers.plan.append(f"{totals.dataset.name}: a question with those of its base")
        answers.put(ask, found)
    for question in left:
        if question in answers:
            continue
        answers.plan.append(f"{totals.dataset.name}: a question by its own query")
        try:
            answers.put(question, run_direct(session, totals, question))
        except EvidenceError as error:
            answers.put(question, explain(session, totals.dataset, question, error))


def _answer_patterns(asking: Conversation, patterns: list[Pattern[Any]], answers: Answers) -> None:
    """Each by its own queries: what rows are to one another is lost once they are counted."""
    hosts = [one for one in patterns if any(one.serves(other) for other in patterns)]
    waiting = list(dict.fromkeys([*hosts, *patterns]))
    for i, pattern in enumerate(waiting):
        asking.expect(_OF_A_PATTERN * (len(waiting) - i))
        known = next((answers[host] for host in hosts if host in answers and host.serves(pattern)), None)
        if known is not None and not isinstance(known, EvidenceError):
            answers.plan.append(f"{pattern.dataset}: a pattern with the queries of another")
            answers.put(pattern, known)
            continue
        answers.plan.append(f"{pattern.dataset}: a pattern by its own queries")
        try:
            answers.put(pattern, pattern.found(asking))
        except EvidenceError as error:
            answers.put(pattern, EvidenceError(error.message, error.dataset or pattern.dataset))
        except (ArithmeticError, LookupError, TypeError, ValueError) as fault:
            told = f"asking it failed by a fault of factcheck, which please report: {type(fault).__name__}: {fault}"
            answers.put(pattern, EvidenceError(told, pattern.dataset))


def _together(
    session: Session,
    totals: Totals,
    questions: list[Question],
    answers: Answers,
    sample: Callable[[Dataset], str] | None,
    limits: Limits,
) -> list[Question]:
    """Answers what cells can answer; returns the questions that are left."""
    dataset = totals.dataset
    parts = {question: part for question in questions if (part := companion(question)) is not None}
    asks = [question for question in questions if isinstance(question, Ask) and question not in parts]
    every = list(dict.fromkeys([*asks, *parts.values()]))
    if len(every) <= limits.alone:
        return questions
    try:
        select = sample(dataset) if sample is not None else stretches(dataset, totals.rows, far=session.far)
        done = answer_together(session, totals, every, select, limits)
    except EvidenceError:
        return questions
    for ask in asks:
        if ask in done.answers:
            answers.put(ask, done.answers[ask])
    for column, values in done.present.items():
        answers.saw(dataset.name, column, values)
    answers.plan += done.story
    ready = {question: done.answers[part] for question, part in parts.items() if part in done.answers}
    try:
        for question, found in complete(session, totals, ready).items():
            answers.put(question, found)
    except EvidenceError as error:
        answers.plan.append(f"{dataset.name}: distinct values and quantiles one by one, since {error.message}")
    return [question for question in questions if question not in answers]
