"""Evaluating claims: describe → bind → ingest → ask → judge, every error in the specs told before a row is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.cases.asking import Measured, measure_all
from factcheck.cases.build import BoundCase, build, check_without_data
from factcheck.cases.case import Case, blamed
from factcheck.cases.docket import Docket, Entry, lay_out
from factcheck.cases.expressions import Expressions
from factcheck.cases.judging import assemble, failed, judge, unverifiable
from factcheck.cases.kept import Kept
from factcheck.cases.spelling import absent_values
from factcheck.cases.stated import related, stated
from factcheck.cases.times import with_spans
from factcheck.errors import EvidenceError, Problem, SpecError
from factcheck.evaluated import Evaluated
from factcheck.evidence.dataset import Dataset, Reject
from factcheck.evidence.examples import NONE, Sample, Wish
from factcheck.evidence.states import State
from factcheck.measures.measurement import Note
from factcheck.project import Project, named, selected
from factcheck.verdicts.combine import with_variants
from factcheck.verdicts.confidence import Scale
from factcheck.verdicts.consistency import Consistency, consistency
from factcheck.verdicts.ratings import RatingScale, scale_of
from factcheck.verdicts.thresholds import table_with
from factcheck.verdicts.verdict import Verdict

if TYPE_CHECKING:
    from factcheck.cases.evidence import Evidence
    from factcheck.cases.examples import Rows
    from factcheck.evidence.prints import Prints

Datasets = Mapping[str, Dataset | EvidenceError]
Bound = dict[Case, BoundCase | EvidenceError]
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What a run is to do: which claims, on which DataFrames, with how many processors, and what is to be kept.

    Rejected records are written into the folder `keep_rejects`; `examples` says how many rows of each claim a report is
    to show.
    """

    select: str | None = None
    frames: Mapping[str, object] | None = None
    threads: int | None = None
    progress: Progress | None = None
    keep_rejects: Path | None = None
    examples: Wish = NONE
    states: Callable[[str], bool] = lambda _: False  # whether that of a dataset is wanted


@dataclass(frozen=True)
class Plan:
    """A project's selected claims, with everything checked that can be checked without reading rows."""

    project: Project
    dockets: tuple[Docket, ...]
    scale: Scale
    ratings: RatingScale
    warnings: tuple[Problem, ...]
    consistency: Consistency
    expressions: Expressions  # that have been bound, to be bound no more where the columns stay what they are

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
    expressions = Expressions()
    bound, wrong = _bind(dockets, described, {*project.manifests, *frames}, expressions)
    problems += wrong
    others = related(claims, project.claims, described)
    beside, _ = _bind(others, described, {*project.manifests, *frames}, expressions)
    found = consistency([*stated(dockets, bound), *stated(others, beside, chosen=False)])
    raise_errors([*problems, *found.problems])
    warnings = (*problems, *found.problems)
    return Plan(project, tuple(dockets), Scale(table), ratings, warnings, found, expressions)


def evaluate(project: Project, wanted: Wanted, memory: Kept, prints: Prints | None = None) -> Evaluated:
    """Evaluates the selected claims. A claim whose evidence fails is an error; the others go on.

    What `memory` has of an earlier run is not read, asked or computed again. `prints` takes the fingerprints of the
    datasets before their rows are read.
    """
    from factcheck.cases.opening import opened
    from factcheck.evidence.isolation.nursery import nursery

    frames = wanted.frames or {}
    if not frames:
        nursery()  # starts beside us while the claims are read
    planned = plan(project, wanted.select, frames, memory)
    if prints is not None:
        prints.of_all(planned.datasets)  # before their rows are read: a file that is edited meanwhile was another one
    failed: dict[str, str] = {}
    lost: set[str] = set()
    again = False
    while True:
        with opened(
            project, planned.datasets, frames, wanted.threads, wanted.progress,
            keep_rejects=wanted.keep_rejects, failed=failed, memory=memory, without=lost,
        ) as evidence:  # fmt: skip
            names = {*project.manifests, *frames}
            bound, problems = _bind(planned.dockets, evidence.datasets, names, planned.expressions)
            raise_errors(problems)
            cases = [case for case in bound.values() if isinstance(case, BoundCase)]
            measured = measure_all(cases, evidence.answer, planned.scale.strict, memory)
            spelling, spelled = absent_values(cases, evidence, evidence.known)
            timed = with_spans(cases, evidence)
            statements, kept, crashed = evidence.statements, evidence.kept, evidence.crashed
            unread = [_unread(dataset) for _, dataset in sorted(evidence.known.items())]
            warnings = [*planned.warnings, *evidence.warnings, *problems, *spelling, *unread]
            gone = set(evidence.lost) - lost
            whole = not gone and not crashed.keys() - failed.keys() and not evidence.gone
            shown = _examples(planned, bound, evidence, wanted.examples) if whole else {}
            states = _states(planned, cases, evidence, wanted.states) if whole else {}
            crashed = evidence.crashed
            gone |= set(evidence.lost) - lost
            left = evidence.gone
        if left and not again:
            again = True  # once: what was answered before may not agree with what a new session says
            if wanted.progress is not None:
                wanted.progress("the connection was lost: asking everything anew")
            continue
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
    verdicts = _chosen(planned.dockets, verdicts, wanted.select)
    titles = {docket.source.file: docket.source.title for docket in planned.dockets if docket.source.title}
    told = tuple(dict.fromkeys(problem for problem in warnings if problem is not None))
    return Evaluated(verdicts, titles, told, statements, planned.scale.overrides, kept, planned.datasets, states)


def _unread(dataset: Dataset) -> Problem | None:
    """Records that are not counted are told even where they are too few to cost confidence."""
    ledger = dataset.ledger
    if ledger is None or not ledger.rejected:
        return None
    one = ledger.rejected == 1
    message = f"{ledger.rejected:,} of {ledger.records:,} records of dataset '{dataset.name}' could not be read"
    hint = "" if not ledger.rejects else f"the first: {_reject(ledger.rejects[0])}"
    return Problem(f"{message} and {'is' if one else 'are'} not counted", dataset.place, hint, "warning")


def _reject(reject: Reject) -> str:
    line = "" if reject.line is None else f", line {reject.line}"
    return f"{reject.file}{line}: {reject.reason}"


def _bind(
    dockets: Iterable[Docket], datasets: Datasets, names: Collection[str], expressions: Expressions
) -> tuple[Bound, list[Problem]]:
    """Binds every case; one whose dataset cannot be read carries the reason instead. `names` are all the datasets."""
    known = {name: dataset for name, dataset in datasets.items() if isinstance(dataset, Dataset)}
    bound: Bound = {}
    problems: dict[Problem, None] = {}
    for docket in dockets:
        broken = [error for name in sorted(docket.needs) if isinstance(error := datasets.get(name), EvidenceError)]
        for case in docket.cases():
            own = datasets.get(str(case.claim.dataset))
            if isinstance(own, EvidenceError) or (broken and not isinstance(own, Dataset)):
                bound[case] = own if isinstance(own, EvidenceError) else broken[0]
                problems.update(dict.fromkeys(check_without_data(case)))
                continue
            built, wrong = build(case, known, names, expressions)
            wrong = blamed(case, wrong, problems)
            if built is not None:
                bound[case] = built
            elif broken:
                bound[case] = broken[0]
                continue
            problems.update(dict.fromkeys(wrong))
    return bound, list(problems)


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


def _states(
    planned: Plan, cases: Iterable[BoundCase], evidence: Evidence, wanted: Callable[[str], bool]
) -> dict[str, State]:
    """What the rows of the datasets are now, as far as the columns go that claims, checks and variants used."""
    used: dict[str, set[str]] = {name: set() for name in sorted(planned.datasets) if wanted(name)}
    for name, column in (pair for case in cases for pair in case.used):
        if name in used:
            used[name].add(column)
    known = evidence.known
    found = {name: evidence.state(known[name], columns) for name, columns in used.items() if name in known}
    return {name: state for name, state in found.items() if state is not None}


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
