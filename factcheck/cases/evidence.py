"""The evidence of one run, opened: datasets ingested, the engine sealed, questions answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from factcheck.cases.asking import Answers
from factcheck.errors import EvidenceError, Problem, SpecError
from factcheck.evidence.asks import Question
from factcheck.evidence.cells import answer
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.engines.names import identifier, literal
from factcheck.evidence.ingest.places import Ground
from factcheck.evidence.isolation.here import Here
from factcheck.evidence.isolation.order import Order
from factcheck.evidence.isolation.reader import Reader
from factcheck.project import Project


class Evidence:
    """Ingested datasets and the engine that holds them."""

    def __init__(
        self,
        engine: Reader | Here,
        datasets: Mapping[str, Dataset | EvidenceError],
        warnings: Sequence[Problem],
        timeout: float | None,
        kept: Sequence[str] = (),
    ) -> None:
        self.engine = engine
        self.datasets = datasets
        self.warnings = list(warnings)
        self.kept = tuple(kept)  # what was written of rejected records
        self.statements = 0
        self._timeout = timeout

    @property
    def crashed(self) -> Mapping[str, str]:
        """Datasets that ended the engine while it was asked, with the reason: all is to be asked anew without them."""
        return self.engine.crashed

    @property
    def known(self) -> dict[str, Dataset]:
        return {name: dataset for name, dataset in self.datasets.items() if isinstance(dataset, Dataset)}

    def answer(self, questions: Iterable[Question]) -> Answers:
        """Answers all questions together; a question that fails carries its error."""
        answered = answer(self.engine, self.known, questions, timeout=self._timeout)
        self.statements += len(answered.statements)
        return answered

    def occurring(self, dataset: Dataset, column: str, values: Sequence[str]) -> frozenset[str]:
        """Which of some values the column holds."""
        listed = ", ".join(literal(value) for value in values)
        name = identifier(column)
        sql = f"SELECT DISTINCT {name} FROM {identifier(dataset.relation)} WHERE {name} IN ({listed})"
        return frozenset(str(row[0]) for row in self.engine.run(sql, timeout=self._timeout).rows())

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a SELECT; it is none of the statements that verdicts rest on."""
        return self.engine.run(sql, timeout=self._timeout).rows()

    def span(self, dataset: Dataset, column: str) -> tuple[date | None, date | None, int]:
        """The first and the last time of a column, and on how many days (of UTC) there is any."""
        name = identifier(column)
        time = f"CASE WHEN isfinite({name}) THEN {name} END"
        sql = (
            f"SELECT min({time}), max({time}), count(DISTINCT CAST({time} AS DATE)) FROM {identifier(dataset.relation)}"
        )
        first, last, days = self.engine.run(sql, timeout=self._timeout).one()
        return first, last, int(days)

    def commonest(self, dataset: Dataset, column: str, most: int) -> list[str]:
        name = identifier(column)
        sql = (
            f"SELECT {name}, COUNT(*) AS n FROM {identifier(dataset.relation)} WHERE {name} IS NOT NULL "
            f"GROUP BY 1 ORDER BY n DESC, 1 LIMIT {most}"
        )
        return [str(row[0]) for row in self.engine.run(sql, timeout=self._timeout).rows()]


@contextmanager
def opened(
    project: Project,
    names: Iterable[str],
    frames: Mapping[str, object],
    threads: int | None = None,
    progress: Callable[[str], None] = lambda _: None,
    *,
    keep_rejects: Path | None = None,
    failed: Mapping[str, str] | None = None,
) -> Iterator[Evidence]:
    """Ingests the named datasets once, seals the engine, and closes it afterwards.

    Files are read in a process of their own, which they may crash; DataFrames alone are read here. `keep_rejects` is
    the folder that rejected records are written into; `failed` are datasets that are known to fail, with the reason.
    """
    limits, wanted = project.config.config.limits, set(names)
    place = Here if frames and wanted <= set(frames) else Reader
    order = Order(
        project.manifests,
        Ground(project.root.resolve(), project.roots),
        frames,
        failed or {},
        memory=limits.memory,
        threads=threads,
        reading=limits.reading,
        keep_rejects=keep_rejects.absolute() if keep_rejects is not None else None,  # its folder may be another
    )
    engine = place(order)
    try:
        progress("reading the evidence")
        loaded = engine.load_all(wanted)
        wrong = [problem for problem in loaded.problems if problem.severity == "error"]
        if wrong:
            raise SpecError(loaded.problems)
        engine.seal(loaded.paths)
        kept = [line.replace(str(keep_rejects.absolute()), str(keep_rejects)) for line in loaded.kept if keep_rejects]
        yield Evidence(engine, loaded.datasets, loaded.problems, limits.timeout, kept)
    finally:
        engine.close()
