"""The evidence of one run, opened: datasets ingested, the engine sealed, questions answered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from factcheck.cases.asking import Answers
from factcheck.cases.kept import Kept
from factcheck.errors import EvidenceError, Problem
from factcheck.evidence.asks import AnyAnswer, Question
from factcheck.evidence.cells import answer
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.names import identifier, literal
from factcheck.evidence.isolation.elsewhere import Elsewhere
from factcheck.evidence.isolation.here import Here
from factcheck.evidence.isolation.reader import Reader
from factcheck.evidence.states import State, state
from factcheck.evidence.steps import Steps

T = TypeVar("T")


class Evidence:
    """Ingested datasets and the engine that holds them."""

    def __init__(
        self,
        engine: Reader | Here | Elsewhere,
        datasets: Mapping[str, Dataset | EvidenceError],
        warnings: Sequence[Problem],
        timeout: float | None,
        kept: Sequence[str] = (),
        memory: Kept | None = None,
        steps: Steps | None = None,
    ) -> None:
        self.engine = engine
        self.datasets = datasets
        self.warnings = list(warnings)
        self.kept = tuple(kept)  # what was written of rejected records
        self.statements = 0
        self._timeout = timeout
        self._memory = memory
        self._steps = steps

    @property
    def gone(self) -> bool:
        """Whether the engine could no longer be asked, so that all is to be asked anew, of one session."""
        return self.engine.gone

    @property
    def crashed(self) -> Mapping[str, str]:
        """Datasets that ended the engine while it was asked, with the reason: all is to be asked anew without them."""
        return self.engine.crashed

    @property
    def known(self) -> dict[str, Dataset]:
        return {name: dataset for name, dataset in self.datasets.items() if isinstance(dataset, Dataset)}

    @property
    def lost(self) -> Collection[str]:
        """Datasets that were kept by an earlier run and can no longer be had: they are to be read anew."""
        return self.engine.lost

    def answer(self, questions: Iterable[Question]) -> Answers:
        """Answers all questions together; a question that fails carries its error."""
        questions, names = list(questions), self.known.keys()
        found: dict[Question, AnyAnswer | EvidenceError] = {}
        if self._memory is not None:
            found.update(self._memory.answers(questions, names))
        asked = [question for question in questions if question not in found]
        if asked:
            answered = answer(self.engine, self.known, asked, timeout=self._timeout, steps=self._steps)
            self.statements += len(answered.statements)
            if self._memory is not None:
                self._memory.keep_answers(answered, names)
            found.update(answered)
        return found

    def _remembered(self, kind: str, dataset: Dataset, asked: object, find: Callable[[], T]) -> T:
        """What was found of a dataset before, or is now."""
        if self._memory is None:
            return find()
        key, told = self._memory.told(kind, dataset, asked)
        if told is None:
            told = (find(),)
            self._memory.tell(kind, key, told[0])
        found: T = told[0]
        return found

    def occurring(self, dataset: Dataset, column: str, values: Sequence[str]) -> frozenset[str]:
        """Which of some values the column holds."""
        return self._remembered(
            "occurring", dataset, (column, list(values)), lambda: self._occurring(dataset, column, values)
        )

    def _occurring(self, dataset: Dataset, column: str, values: Sequence[str]) -> frozenset[str]:
        listed = ", ".join(literal(value) for value in values)
        name = identifier(column)
        sql = f"SELECT DISTINCT {name} FROM {identifier(dataset.relation)} WHERE {name} IN ({listed})"
        return frozenset(str(row[0]) for row in self.engine.look(sql, timeout=self._timeout).rows())

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a SELECT; it is none of the statements that verdicts rest on."""
        return self.engine.look(sql, timeout=self._timeout).rows()

    def looked(self, dataset: Dataset, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a small answer to a SELECT over one dataset, remembered as long as its data are what they are."""
        return self._remembered("looked", dataset, sql, lambda: self.rows(sql))

    def span(self, dataset: Dataset, column: str) -> tuple[date | None, date | None, int]:
        """The first and the last time of a column, and on how many days (of UTC) there is any."""
        return self._remembered("span", dataset, column, lambda: self._span(dataset, column))

    def _span(self, dataset: Dataset, column: str) -> tuple[date | None, date | None, int]:
        name = identifier(column)
        time = f"CASE WHEN isfinite({name}) THEN {name} END"
        sql = (
            f"SELECT min({time}), max({time}), count(DISTINCT CAST({time} AS DATE)) FROM {identifier(dataset.relation)}"
        )
        first, last, days = self.engine.look(sql, timeout=self._timeout).one()
        return first, last, int(days)

    def state(self, dataset: Dataset, columns: Collection[str]) -> State | None:
        """What the rows are now, as far as the columns go; None where the engine cannot tell."""
        try:
            return self._remembered("state", dataset, sorted(columns), lambda: self._state(dataset, columns))
        except EvidenceError:
            return None

    def _state(self, dataset: Dataset, columns: Collection[str]) -> State:
        return state(self.engine, dataset, columns, timeout=self._timeout)

    def commonest(self, dataset: Dataset, column: str, most: int) -> list[str]:
        """The values that most rows have, the first of equals in the order of their text."""
        return self._remembered(
            "commonest", dataset, (column, most), lambda: self._commonest(dataset, column, most)
        )

    def _commonest(self, dataset: Dataset, column: str, most: int) -> list[str]:
        name = identifier(column)
        sql = (
            f"SELECT {name}, COUNT(*) AS n FROM {identifier(dataset.relation)} WHERE {name} IS NOT NULL "
            f"GROUP BY 1 ORDER BY n DESC, 1 LIMIT {most}"
        )
        return [str(row[0]) for row in self.engine.look(sql, timeout=self._timeout).rows()]
