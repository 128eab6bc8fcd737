"""Finding the guilty: which axis keeps a pass from running, and which words of a question an error is about."""

from __future__ import annotations

from factcheck.errors import EvidenceError
from factcheck.evidence.asks import Ask, PerAsk, Question, RowsAsk, UnitAsk
from factcheck.evidence.cells.axes import Axis
from factcheck.evidence.cells.direct import source
from factcheck.evidence.cells.session import Session
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.expressions import Bound

_SHOWN = 80  # characters of an expression that an error repeats


def fails(session: Session, relation: str, sql: str) -> EvidenceError | None:
    """What goes wrong when an expression is evaluated on every row of a relation; None if nothing does."""
    try:
        session.run(f"SELECT COUNT({sql}) FROM {relation}")
    except EvidenceError as error:
        return error
    return None


def guilty(session: Session, relation: str, axes: list[Axis]) -> set[str]:
    """The names of the axes whose code cannot be computed. Together first: most often only a few are to blame."""
    if not axes:
        return set()
    together = ", ".join(f"COUNT({axis.sql})" for axis in axes)
    try:
        session.run(f"SELECT {together} FROM {relation}")
    except EvidenceError:
        if len(axes) == 1:
            return {axes[0].name}
        half = len(axes) // 2
        return guilty(session, relation, axes[:half]) | guilty(session, relation, axes[half:])
    return set()


def explain(session: Session, dataset: Dataset, question: Question, error: EvidenceError) -> EvidenceError:
    """The error with the words of the question that it is about, where they can be told."""
    for part in () if session.out_of_time else _parts(question):
        cause = fails(session, source(dataset), part.sql)
        if cause is not None:
            return about(part, cause, dataset)
    return EvidenceError(error.message, dataset.name)


def about(part: Bound, cause: EvidenceError, dataset: Dataset) -> EvidenceError:
    """An error with the words of the expression that it is about."""
    shown = part.text if len(part.text) <= _SHOWN else part.text[: _SHOWN - 1] + "…"
    return EvidenceError(f"cannot evaluate `{shown}`: {cause.message}", dataset.name)


def _parts(question: Question) -> list[Bound]:
    if isinstance(question, Ask):
        return [b for b in (question.base, *question.by, *(a.x for a in question.aggregates)) if b is not None]
    if isinstance(question, UnitAsk):
        return [b for b in (question.base, question.that, question.unit) if b is not None]
    if isinstance(question, PerAsk):
        return [b for b in (question.base, question.that, *question.groups, question.x) if b is not None]
    return [b for b in (question.base, question.x) if b is not None] if isinstance(question, RowsAsk) else []
