"""All cases' questions, asked together: each round asks what is still open, until every case can be measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from factcheck.cases.build import BoundCase
from factcheck.cases.kept import Kept
from factcheck.errors import EvidenceError, StatisticsError
from factcheck.evidence.asks import AnyAnswer, Question
from factcheck.measures.form import Context, NotYet
from factcheck.measures.measurement import Measurement

ROUNDS = 8  # a measure asks at most twice; the limit only keeps a faulty one from asking for ever
STRICT = Fraction(99, 100)

Answers = Mapping[Question, AnyAnswer | EvidenceError]
Answerer = Callable[[Iterable[Question]], Answers]


@dataclass(frozen=True)
class Measured:
    """What a case came to: a measurement (of a sample also at a stricter level), or the error that stopped it."""

    found: Measurement | None = None
    at_99: Measurement | None = None
    error: str | None = None


def measure_all(
    cases: Iterable[BoundCase], answerer: Answerer, strict: Fraction | None = STRICT, memory: Kept | None = None
) -> list[Measured]:
    """Measures every case; a case whose evidence fails is an error and spoils no other.

    `strict` is the level at which a sample is measured once more; None for not at all. What `memory` has of an earlier
    run is not measured again.
    """
    cases = list(cases)
    answers: dict[Question, AnyAnswer | EvidenceError] = {}
    done: dict[int, Measured] = {} if memory is None else memory.measured(cases, strict)
    before = set(done)
    for _ in range(ROUNDS):
        open_questions: dict[Question, None] = {}
        for index, case in enumerate(cases):
            if index in done:
                continue
            try:
                done[index] = _measure(case, answers, strict)
            except NotYet as waiting:
                open_questions.update(dict.fromkeys(waiting.questions))
        if not open_questions:
            break
        answers.update(answerer(open_questions))
    if memory is not None:
        for index in done.keys() - before:
            memory.keep_measured(cases[index], strict, done[index])
    return [done.get(index, Measured(error="the measure did not come to an end")) for index in range(len(cases))]


def _measure(case: BoundCase, answers: Answers, strict: Fraction | None) -> Measured:
    context = Context(answers, case.setting)
    try:
        if not case.sampled or strict is None:
            return Measured(case.measure.measure(context))
        level = strict
        stricter = context.with_settings(lambda setting: setting.at(max(level, setting.level)))
        found, at_99 = context.together(lambda: case.measure.measure(context), lambda: case.measure.measure(stricter))
        return Measured(found, at_99)
    except EvidenceError as error:
        return Measured(error=str(error))
    except StatisticsError as error:
        return Measured(error=f"the statistic could not be computed: {error}")
    except NotYet:
        raise
    except Exception as fault:  # noqa: BLE001  # it must not cost the verdicts on all other claims
        told = f"{type(fault).__name__}: {fault}"
        return Measured(error=f"measuring it failed by a fault of factcheck, which please report: {told}")
