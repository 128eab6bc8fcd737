"""The path of one run: read → describe → bind → ingest → ask → judge."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.cases.asking import Measured, measure_all
from factcheck.cases.build import BoundCase, build, check_without_data
from factcheck.cases.case import Case, blamed
from factcheck.cases.docket import Docket, Entry, lay_out
from factcheck.cases.judging import assemble, failed, judge, unverifiable
from factcheck.cases.kept import Kept, Read
from factcheck.cases.spelling import absent_values
from factcheck.cases.stated import related, stated
from factcheck.cases.times import with_spans
from factcheck.claims.config import Publisher
from factcheck.errors import EvidenceError, Problem, SpecError
from factcheck.evidence.dataset import Dataset
from factcheck.evidence.examples import NONE, Sample, Wish
from factcheck.evidence.ingest.places import Ground
from factcheck.evidence.prints import Print, Prints
from factcheck.measures.measurement import Note
from factcheck.project import Project, named, selected
from factcheck.verdicts.changes import Change
from factcheck.verdicts.combine import with_variants
from factcheck.verdicts.confidence import Override, Scale
from factcheck.verdicts.consistency import Consistency, consistency
from factcheck.verdicts.ratings import RatingScale, scale_of
from factcheck.verdicts.thresholds import table_with
from factcheck.verdicts.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from factcheck.cases.examples import Rows
    from factcheck.store.cache import Cache

Datasets = Mapping[str, Dataset | EvidenceError]
Bound = dict[Case, BoundCase | EvidenceError]
Progress = Callable[[str], None]


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


@dataclass(frozen=True)
class Plan:
    """A project's selected claims, with everything checked that can be checked without reading rows."""

    project: Project
    dockets: tuple[Docket, ...]
    scale: Scale
    ratings: RatingScale
    warnings: tuple[Problem, ...]
    consistency: Consistency

    @property
    def datasets(self) -> frozenset[str]:
        return frozenset(name for docket in self.dockets for name in docket.needs)


def plan(
    project: Project, select: str | None = None, frames: Mapping[str, object] | None = None, memory: Kept | None = None
) -> Plan:
    """Checks everything that needs no rows; raises SpecError with every problem found.

    Datasets that `memory` has of an earlier run need no second look at their files.
    """
    from factcheck.evidence.ingest import describe_all

    config = project.config
    table, wrong_table = table_with(config.config.confidence, config.key_place)
    ratings, wrong_ratings = scale_of(config.config.rating, config.key_place)
    problems = [*project.problems, *wrong_table, *wrong_ratings]
    claims = selected(project.claims, select)
    if not claims and not _errors(problems):
        problems.append(_none_found(project, select))
    frames = frames or {}
    dockets, wrong = lay_out(claims, {*project.manifests, *project.manifests.broken, *frames})
    problems += wrong
    names = {name for docket in dockets for name in docket.needs}
    known = {} if memory is None else memory.datasets(names - {*frames})
    described, wrong = describe_all(project.manifests, project.root, project.roots, frames, names - known.keys())
    described |= {name: read.dataset for name, read in known.items()}
    problems += wrong
    described |= {name: EvidenceError("its manifest has errors", name) for name in project.manifests.broken - {*frames}}
    bound, wrong = _bind(dockets, described, {*project.manifests, *frames})
    problems += wrong
    others = related(claims, project.claims, described)
    beside, _ = _bind(others, described, {*project.manifests, *frames})
    found = consistency([*stated(dockets, bound), *stated(others, beside, chosen=False)])
    raise_errors([*problems, *found.problems])
    return Plan(project, tuple(dockets), Scale(table), ratings, (*problems, *found.problems), found)


def check(
    project: Project,
    *,
    select: str | None = None,
    frames: Mapping[str, object] | None = None,
    now: datetime | None = None,
    threads: int | None = None,
    progress: Progress = lambda _: None,
    keep_rejects: Path | None = None,
    examples: Wish = NONE,
    cache: Cache | None = None,
    instead: Mapping[str, Read] | None = None,
    fingerprints: bool = False,
) -> Run:
    """Evaluates the selected claims. A claim whose evidence fails is an error; the others go on.

    Rejected records are written into the folder `keep_rejects`. `examples` says how many rows of each claim a report
    is to show. What `cache` has of an earlier run is not read, asked or computed again. Datasets in `instead` are taken
    as they once were, in the place of those of the project. With `fingerprints` the run
    knows those of its datasets.
    """
    started = now or datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    prints = Prints(project.manifests, Ground(project.root.resolve(), project.roots), frames or {})
    # Rejected records come from reading, so that whoever wants them must wait for it.
    kept = cache if keep_rejects is None else None
    memory = Kept(kept, project.manifests, prints, str(project.root), instead or {})
    key = None if frames else memory.run_key(_spoken(project, select, examples))
    before: Run | None = memory.run(key)
    if before is not None:
        memory.commit()
        return replace(before, started=started, prints=prints.of_all(before.names) if fingerprints else {})
    run = _evaluated(project, select, frames or {}, started, threads, progress, keep_rejects, examples, memory,
                     prints if fingerprints else None)  # fmt: skip
    if not any(verdict.error for verdict in run.verdicts):
        memory.keep_run(key, run.names, run)
    run = replace(run, problems=(*run.problems, *map(_changing, memory.commit())))
    return replace(run, prints=prints.of_all(run.names)) if fingerprints else run


def _changing(file: str) -> Problem:
    hint = "the verdicts may rest on part of what it was and part of what it is; check again"
    return Problem(f"{file} changed while it was read", hint=hint, severity="warning")


def _spoken(project: Project, select: str | None, examples: Wish) -> list[object]:
    """All that a run is told: the texts of the specs, and what is wanted of them."""
    texts = {claim.node.source.name: claim.node.source.text for claim in project.claims}
    texts |= {source.file: source.node.source.text for source in project.manifests.values()}
    config = project.config.node.source.text if project.config.node is not None else None
    return [config, texts, [claim.id for claim in project.claims], select, examples]


def _evaluated(
    project: Project,
    select: str | None,
    frames: Mapping[str, object],
    started: datetime,
    threads: int | None,
    progress: Progress,
    keep_rejects: Path | None,
    examples: Wish,
    memory: Kept,
    prints: Prints | None,
) -> Run:
    from factcheck.cases.evidence import opened
    from factcheck.evidence.isolation.nursery import nursery

    if not frames:
        nursery()  # starts beside us while the claims are read
    planned = plan(project, select, frames, memory)
    if prints is not None:
        prints.of_all(planned.datasets)  # before their rows are read: a file that is edited meanwhile was another one
    config = project.config.config
    failed: dict[str, str] = {}
    lost: set[str] = set()
    while True:
        with opened(
            project, planned.datasets, frames, threads, progress,
            keep_rejects=keep_rejects, failed=failed, memory=memory, without=lost,
        ) as evidence:  # fmt: skip
            bound, problems = _bind(planned.dockets, evidence.datasets, {*project.manifests, *frames})
            raise_errors(problems)
            progress("asking")
            cases = [case for case in bound.values() if isinstance(case, BoundCase)]
            measured = measure_all(cases, evidence.answer, planned.scale.strict, memory)
            spelling, spelled = absent_values(cases, evidence, evidence.known)
            timed = with_spans(cases, evidence)
            statements, kept, crashed = evidence.statements, evidence.kept, evidence.crashed
            warnings = [*planned.warnings, *evidence.warnings, *problems, *spelling]
            gone = set(evidence.lost) - lost
            shown = {} if crashed.keys() - failed.keys() or gone else _examples(planned, bound, evidence, examples)
            gone |= set(evidence.lost) - lost
        if not crashed.keys() - failed.keys() and not gone:
            break
        if before := sorted(gone & memory.instead.keys()):
            raise EvidenceError("its earlier rows are no longer at hand", before[0])
        lost |= gone  # what was kept of them is gone: read them anew
        failed |= crashed  # a file that ends the engine costs its own claims, no others: ask those anew
    found = {
        case.case: (case, result, spelled.get(index, ()))
        for index, (case, result) in enumerate(zip(timed, measured, strict=True))
    }
    verdicts = tuple(_docket(docket, bound, found, planned, shown) for docket in planned.dockets)
    verdicts = _chosen(planned.dockets, verdicts, select)
    titles = {docket.source.file: docket.source.title for docket in planned.dockets if docket.source.title}
    told = tuple(dict.fromkeys(warnings))
    own = planned.scale.overrides
    return Run(
        verdicts, started, project.root, config.title, titles, told, statements,
        thresholds=own, kept=kept, publisher=config.publisher, names=planned.datasets,
    )  # fmt: skip


def _bind(dockets: Iterable[Docket], datasets: Datasets, names: Collection[str]) -> tuple[Bound, list[Problem]]:
    """Binds every case; one whose dataset cannot be read carries the reason instead. `names` are all the datasets."""
    known = {name: dataset for name, dataset in datasets.items() if isinstance(dataset, Dataset)}
    bound: Bound = {}
    problems: list[Problem] = []
    for docket in dockets:
        broken = [error for name in sorted(docket.needs) if isinstance(error := datasets.get(name), EvidenceError)]
        for case in docket.cases():
            own = datasets.get(str(case.claim.dataset))
            if isinstance(own, EvidenceError) or (broken and not isinstance(own, Dataset)):
                bound[case] = own if isinstance(own, EvidenceError) else broken[0]
                problems += check_without_data(case)
                continue
            built, wrong = build(case, known, names)
            wrong = blamed(case, wrong, problems)
            if built is not None:
                bound[case] = built
                problems += wrong
            elif broken:
                bound[case] = broken[0]
            else:
                problems += wrong
    return bound, list(dict.fromkeys(problems))


def _docket(
    docket: Docket,
    bound: Bound,
    found: Mapping[Case, tuple[BoundCase, Measured, tuple[Note, ...]]],
    planned: Plan,
    shown: Mapping[Case, tuple[Sample, ...]],
) -> Verdict:
    """The verdict on a claim: its cases judged, its checks combined, its variants beside it."""

    def one(case: Case) -> Verdict:
        contradicted = planned.consistency.of(docket.source.id, case.source.index)
        if case.claim.unverifiable is not None:
            return unverifiable(case, contradicted)
        built = bound[case]
        if isinstance(built, EvidenceError):
            return failed(case, str(built))
        ready, measured, spelled = found[case]
        verdict = judge(ready, measured, planned.scale, (*spelled, *contradicted))
        return replace(verdict, examples=shown.get(case, ())) if verdict.error is None else verdict

    def entry(entry: Entry) -> Verdict:
        verdict = one(entry.case)
        variants = tuple(one(variant) for variant in entry.variants)
        return with_variants(verdict, variants, planned.scale) if variants else verdict

    parts = tuple(entry(item) for item in docket.entries)
    return assemble(docket, parts, planned.scale, planned.ratings)


def _examples(planned: Plan, bound: Bound, evidence: Rows, wish: Wish) -> dict[Case, tuple[Sample, ...]]:
    """Rows behind the numbers of the claims and their checks, not of variants."""
    if not wish.most:
        return {}
    from factcheck.cases.examples import examples

    own = [bound.get(entry.case) for docket in planned.dockets for entry in docket.entries]
    return examples([case for case in own if isinstance(case, BoundCase)], evidence, wish)


def _chosen(dockets: Iterable[Docket], verdicts: Iterable[Verdict], select: str | None) -> tuple[Verdict, ...]:
    """What `--select` leaves once the outcomes are known: claims that a term names, or that have an outcome named."""
    terms = [term.strip() for term in (select or "").split(",")]
    wanted = {term.removeprefix("outcome:") for term in terms if term.startswith("outcome:")}
    pairs = list(zip(dockets, verdicts, strict=True))
    if not wanted:
        return tuple(verdict for _, verdict in pairs)
    return tuple(v for docket, v in pairs if v.outcome.value in wanted or named(docket.source, select or ""))


def _none_found(project: Project, select: str | None) -> Problem:
    from factcheck.text.suggest import did_you_mean

    if select and project.claims:
        hint = did_you_mean(select, [claim.id for claim in project.claims])
        return Problem(f"no claim matches '{select}'", hint=hint)
    return Problem("there are no claims to check", hint="add a claim file to claims/, or begin with `factcheck init`")


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]


def raise_errors(problems: Iterable[Problem]) -> None:
    """Stops a run that has errors in its specs; the warnings are told with them."""
    problems = list(dict.fromkeys(problems))
    if _errors(problems):
        raise SpecError(problems)
