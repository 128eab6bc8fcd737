"""The path of one run: what is kept of an earlier one, else read → describe → bind → ingest → ask → judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.cases.kept import Kept, Read
from factcheck.claims.config import Publisher
from factcheck.errors import Problem
from factcheck.evidence.examples import NONE, Wish
from factcheck.evidence.ingest.places import Ground
from factcheck.evidence.prints import Print, Prints
from factcheck.evidence.states import State
from factcheck.project import Project
from factcheck.verdicts.changes import Change
from factcheck.verdicts.confidence import Override
from factcheck.verdicts.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from factcheck.evaluated import Evaluated
    from factcheck.store.cache import Cache

Progress = Callable[[str], None]
Stating = Callable[[str, Print | None], bool]  # whether the state of a dataset is wanted


@dataclass(frozen=True)
class Run:
    """The verdicts of one run in the order of the claim files, and what a person should be told beside them."""

    verdicts: tuple[Verdict, ...]
    started: datetime
    root: Path
    title: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict)  # of the claim files that have one
    problems: tuple[Problem, ...] = ()  # warnings; errors stop a run before it begins
    statements: int = 0  # SQL statements that the evidence was asked
    changed: tuple[Change, ...] = ()  # since earlier results
    since: datetime | None = None  # when those were made; None where nothing was compared
    thresholds: tuple[Override, ...] = ()  # for confidence, that the project has of its own
    kept: tuple[str, ...] = ()  # what was written of rejected records, a line for each file
    publisher: Publisher | None = None  # of the reports
    names: frozenset[str] = frozenset()  # of the datasets that the claims need
    prints: Mapping[str, Print] = field(default_factory=dict)  # of these datasets, where they were asked for
    states: Mapping[str, State] = field(default_factory=dict)  # of those whose states were asked for
    baseline: str | None = None  # that it was held against, as people know it

    def __getitem__(self, claim: str) -> Verdict:
        """The verdict on a claim by its id; KeyError where there is none."""
        for verdict in self.verdicts:
            if verdict.id == claim:
                return verdict
        raise KeyError(claim)

    def __iter__(self) -> Iterator[Verdict]:
        return iter(self.verdicts)

    def __len__(self) -> int:
        return len(self.verdicts)

    def summary(self) -> dict[str, int]:
        """How many claims had each outcome."""
        return {outcome.value: sum(v.outcome is outcome for v in self.verdicts) for outcome in Outcome}


def check(
    project: Project,
    *,
    select: str | None = None,
    frames: Mapping[str, object] | None = None,
    now: datetime | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    keep_rejects: Path | None = None,
    examples: Wish = NONE,
    cache: Cache | None = None,
    instead: Mapping[str, Read] | None = None,
    fingerprints: bool = False,
    states: Stating = lambda *_: False,
) -> Run:
    """Evaluates the selected claims. A claim whose evidence fails is an error; the others go on.

    Rejected records are written into the folder `keep_rejects`. `examples` says how many rows of each claim a report
    is to show. What `cache` has of an earlier run is not read, asked or computed again. Datasets in `instead` are taken
    as they once were, in the place of those of the project. With `fingerprints` the run knows those of its datasets;
    `states` says of which, each with its fingerprint, it is to know the rows as well.
    """
    prints = Prints(project.manifests, Ground(project.root.resolve(), project.roots), frames or {})
    # Rejected records come from reading, so that whoever wants them must wait for it.
    engine = project.engine.kind if project.engine.far else ""
    memory = Kept(None if keep_rejects else cache, project.manifests, prints, str(project.root), instead or {}, engine)
    key = None if frames else memory.run_key(_spoken(project, select, examples))
    found: Evaluated | None = memory.run(key)

    def stated(name: str) -> bool:
        return states(name, prints.of(name))

    if found is None or any(stated(name) and name not in found.states for name in found.names):
        # Only now, since what measures need takes half a second to import.
        from factcheck.evaluation import Wanted, evaluate

        wanted = Wanted(select, frames, threads, progress, keep_rejects, examples, stated)
        found = evaluate(project, wanted, memory, prints if fingerprints else None)
        if not any(verdict.error for verdict in found.verdicts):
            memory.keep_run(key, found.names, found)
    changing = map(_changing, memory.commit())
    config = project.config.config
    return Run(
        found.verdicts,
        now or datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        project.root,
        config.title,
        found.titles,
        (*found.problems, *changing),
        found.statements,
        thresholds=found.thresholds,
        kept=found.kept,
        publisher=config.publisher,
        names=found.names,
        prints=prints.of_all({*found.names, *_used(found.verdicts)}) if fingerprints else {},
        states={name: state for name, state in found.states.items() if stated(name)},
    )


def _used(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """The datasets whose columns verdicts rest on: those that queries read among them."""
    yield from (name for verdict in verdicts for one in verdict.with_parts() for name, _ in one.used)


def _changing(file: str) -> Problem:
    hint = "the verdicts may rest on part of what it was and part of what it is; check again"
    return Problem(f"{file} changed while it was read", hint=hint, severity="warning")


def _spoken(project: Project, select: str | None, examples: Wish) -> list[object]:
    """All that a run is told: the texts of the specs, what is wrong with them, and what is wanted of them.

    A file of which nothing could be used is in none of the texts, and what is wrong with it stops a run all the same.
    """
    texts = {(claim.node.source.name, claim.node.source.text) for claim in project.claims}
    texts |= {(source.file, source.node.source.text) for source in project.manifests.values()}
    config = project.config.node.source.text if project.config.node is not None else None
    wrong = [problem.render() for problem in project.problems]
    return [config, sorted(texts), wrong, [claim.id for claim in project.claims], select, examples]
