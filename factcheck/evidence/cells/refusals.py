"""What an engine elsewhere cannot do exactly, told before anything is run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Question, SqlAsk
from factcheck.evidence.cells.direct import source
from factcheck.evidence.cells.isolate import about
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.frame import FarEngine
from factcheck.evidence.expressions import Bound


def refusals(engine: FarEngine, dataset: Dataset, questions: Sequence[Question]) -> dict[Question, EvidenceError]:
    """The questions that cannot be asked there, with the reason, which names the expression that is to blame."""
    expressions = {bound.sql: bound for question in questions for bound in _bounds(question)}
    if expressions and engine.refusal(_select(dataset, expressions)) is None:
        blamed: dict[str, EvidenceError] = {}
    else:
        tried = {sql: engine.refusal(_select(dataset, [sql])) for sql in expressions}
        blamed = {sql: about(expressions[sql], error, dataset) for sql, error in tried.items() if error is not None}
    found: dict[Question, EvidenceError] = {}
    for question in questions:
        guilty = next((blamed[bound.sql] for bound in _bounds(question) if bound.sql in blamed), None)
        if guilty is None and isinstance(question, SqlAsk):
            guilty = engine.refusal(question.sql)
        if guilty is not None:
            found[question] = guilty
    return found


def _select(dataset: Dataset, expressions: Iterable[str]) -> str:
    return f"SELECT {', '.join(expressions)} FROM {source(dataset)}"


def _bounds(value: Any) -> Iterator[Bound]:
    """All expressions in a question, however deep they lie."""
    if isinstance(value, Bound):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _bounds(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _bounds(getattr(value, field.name))
