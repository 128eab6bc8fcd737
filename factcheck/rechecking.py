"""Why verdicts changed: old claims evaluated on today's data, and on the data of then where their rows are at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from factcheck import __version__, program
from factcheck.cases.edited import row_changes
from factcheck.cases.kept import Read
from factcheck.claims.meaning import fingerprint, meaning, reading, ruled, rules
from factcheck.claims.reading import ClaimSource
from factcheck.errors import EvidenceError, SpecError
from factcheck.evidence.prints import Print
from factcheck.evidence.states import State
from factcheck.pipeline import Run, Stating
from factcheck.project import Project
from factcheck.reports.results import claim
from factcheck.text.canonical import digest
from factcheck.verdicts.baseline import Baseline, Block, Rested
from factcheck.verdicts.baseline_making import Found, made
from factcheck.verdicts.changes import COMPARED, Because, Change
from factcheck.verdicts.reasons import (
    DataChange,
    EngineChange,
    Figures,
    Reasons,
    RowChanges,
    chain,
    differing,
    entries,
    moved,
    touched,
)  # fmt: skip
from factcheck.verdicts.reasons_data import data_changes
from factcheck.verdicts.verdict import Outcome, Verdict


class OldData(Protocol):
    """Where the rows of datasets are kept as they once were."""

    def earlier(self, name: str, content: str | None, described: str) -> Read | None:
        """The dataset as it was when it had these fingerprints; None where its rows are gone."""
        ...


# Evaluates the claims of a project with these ids, some datasets as they once were.
Check = Callable[[Project, str, Mapping[str, Read]], Run]


@dataclass(frozen=True)
class _Question:
    """A changed claim: what was accepted of it, what it is today, and which factors may have moved it."""

    change: Change
    source: ClaimSource
    was: Block
    now: Block
    methods: str | None  # of the old claim's kinds, today
    factors: frozenset[Because]

    @property
    def old(self) -> ClaimSource | None:
        """The claim as it was accepted; None where it can no longer be read."""
        if "claim" not in self.factors:
            return self.source
        return reading(self.source.id, self.was.spec, self.source.file)


@dataclass(frozen=True)
class _Asked:
    """Figures that are wanted: of which claim, on which datasets of then (the others as they are today)."""

    question: _Question
    source: ClaimSource
    instead: Mapping[str, Read]

    @property
    def key(self) -> str:
        """The same for all that one run can answer."""
        was = self.question.was
        then = [(name, rested.sha256, rested.described) for name, rested in was.data.items() if name in self.instead]
        return digest([was.rules, then])


@dataclass(frozen=True)
class _Answer:
    """What an old claim comes to: its verdict, and the states of the datasets that it was asked of."""

    verdict: Verdict
    states: Mapping[str, State]

    @property
    def figures(self) -> Figures:
        return claim(self.verdict)


def unlike(baseline: Baseline) -> Stating:
    """Of which datasets a run that is held against a baseline is to know the rows: of those that are others now."""
    known: dict[str, set[tuple[str | None, str]]] = {}
    for _, _, block in baseline:
        for name, rested in block.data.items():
            known.setdefault(name, set()).add((rested.sha256, rested.described))

    def wanted(name: str, taken: Print | None) -> bool:
        if name not in known:
            return False
        return taken is None or taken.content is None or known[name] != {(taken.content, taken.described)}

    return wanted


def explained(run: Run, baseline: Baseline, project: Project, check: Check, old: OldData | None = None) -> Run:
    """The run with the reasons of its changes, as far as they are proven.

    check: evaluates old claims, and tells the states of today's datasets that are `unlike` the baseline's; it is called
    once for all of them, and once more for each group that rests on the same data of then. run: with the fingerprints
    of its datasets and the states of those that are `unlike` the baseline's.
    """
    sources = {source.id: source for source in project.claims}
    questions = [one for change in run.changed if (one := _question(change, run, baseline, sources, project))]
    on_new = _answers(project, check, list(_on_new(questions)))
    on_old = _answers(project, check, [] if old is None else list(_on_old(questions, old)))
    rows = _Rows(old)
    found = {
        (id := one.change.id): _reasons(one, on_old.get(id), on_new.get(id), run, baseline, rows) for one in questions
    }
    changed = [
        change if (why := found.get(change.id)) is None else replace(change, because=why.because, reasons=why)
        for change in run.changed
    ]
    return replace(run, changed=tuple(changed))


def _question(
    change: Change, run: Run, baseline: Baseline, sources: Mapping[str, ClaimSource], project: Project
) -> _Question | None:
    was = baseline.block(change.id)
    if was is None or change.now is None:
        return None
    source, verdict = sources[change.id], run[change.id]
    now = _today(verdict, source, run, project)
    methods = _methods(was.method)
    factors = differing(was, now, methods)
    if verdict.outcome is Outcome.ERROR:  # evidence that fails is none of the program's doing, as far as is known
        factors -= {"engine"}
        if not factors:
            return None
    return _Question(change, source, was, now, methods, factors)


def _today(verdict: Verdict, source: ClaimSource, run: Run, project: Project) -> Block:
    """What a baseline would record today."""
    found = Found(run.prints, run.states, rules(project.config.config))
    day, figures = run.started.date(), claim(verdict)
    if verdict.outcome is not Outcome.ERROR and {one.name for one in verdict.datasets} <= run.prints.keys():
        try:
            return made(verdict, figures, source, found, day).block
        except EvidenceError:
            pass
    own = fingerprint(source, found.rules)
    data = {name: _rested(taken) for name, taken in run.prints.items()}
    return Block(figures, day, own, meaning(source), data, __version__, None, found.rules)


def _used(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """The columns that a claim, its checks and its variants rest on, each with its dataset."""
    yield from (used for one in verdict.with_parts() for used in one.used)


def _rested(taken: Print) -> Rested:
    return Rested(taken.content, taken.described, None)


def _methods(recorded: str | None) -> str | None:
    """The methods of the kinds that a block names, as they are today."""
    if recorded is None:
        return None
    kinds = [one.rpartition("-")[0] for one in recorded.split(", ")]
    return ", ".join(f"{kind}-{program.method(kind)}" for kind in kinds)


def _on_new(questions: Iterable[_Question]) -> Iterable[_Asked]:
    """Old claims that are to be evaluated on today's data: where the claim is not all that differs."""
    for one in questions:
        if "claim" in one.factors and len(one.factors) > 1 and (source := one.old) is not None:
            yield _Asked(one, source, {})


def _on_old(questions: Iterable[_Question], old: OldData) -> Iterable[_Asked]:
    """Old claims that are to be evaluated on the data of then: where both the data and the program differ."""
    for one in questions:
        if not {"data", "engine"} <= one.factors:
            continue
        known = (one.was.version, one.was.method) != (one.now.version, one.methods)  # that the program is another
        changed = moved(one.was.figures, one.now.figures) if known else COMPARED
        found = {
            name: old.earlier(name, rested.sha256, rested.described)
            for name, rested in one.was.data.items()
            if touched(rested, one.now.data.get(name), changed)
        }
        whole = {name: read for name, read in found.items() if read is not None}
        if len(whole) == len(found) and (source := one.old) is not None:
            yield _Asked(one, source, whole)


def _answers(project: Project, check: Check, asked: Sequence[_Asked]) -> dict[str, _Answer]:
    """The answers of what could be evaluated, by the claim."""
    groups: dict[str, list[_Asked]] = {}
    for one in asked:
        groups.setdefault(one.key, []).append(one)
    return {id: answer for group in groups.values() for id, answer in _evaluated(project, check, group).items()}


def _evaluated(project: Project, check: Check, group: Sequence[_Asked]) -> dict[str, _Answer]:
    """The answers of one run; where a claim of it is none any more, those of runs of their own."""
    config = ruled(project.config, group[0].question.was.rules)
    if config is None:
        return {}
    old = {one.source.id: one.source for one in group}
    claims = tuple(old.get(source.id, source) for source in project.claims)
    try:
        run = check(replace(project, config=config, claims=claims), ",".join(old), group[0].instead)
    except (SpecError, EvidenceError):
        alone = [_evaluated(project, check, [one]) for one in group] if len(group) > 1 else []
        return {id: answer for found in alone for id, answer in found.items()}
    answers = (_Answer(one, run.states) for one in run.verdicts if one.outcome is not Outcome.ERROR and one.id in old)
    return {answer.verdict.id: answer for answer in answers}


class _Rows:
    """What became of the rows of datasets, where those of then are kept; each is looked at once."""

    def __init__(self, old: OldData | None) -> None:
        self._old = old
        self._known: dict[object, RowChanges | None] = {}

    def changes(self, change: DataChange, one: _Question) -> RowChanges | None:
        was, now = one.was.data[change.dataset], one.now.data[change.dataset]
        names = tuple(column.name for column in change.touched)
        key = (change.dataset, was.sha256, was.described, names)
        if self._old is None or not change.content or not names:
            return None
        if key not in self._known:
            then = self._old.earlier(change.dataset, was.sha256, was.described)
            today = None if then is None else self._old.earlier(change.dataset, now.sha256, now.described)
            tellable = [column.name for column in change.touched if column.groups]
            self._known[key] = (
                None if then is None or today is None else row_changes(then, today, names, tellable)
            )
        return self._known[key]


def _reasons(
    one: _Question, on_old: _Answer | None, on_new: _Answer | None, run: Run, baseline: Baseline, rows: _Rows
) -> Reasons:
    causes, stretches = chain(
        one.was.figures, one.now.figures, one.factors,
        on_old=None if on_old is None else on_old.figures, on_new=None if on_new is None else on_new.figures,
    )  # fmt: skip
    engine = None
    if (one.was.version, one.was.method) != (one.now.version, one.methods):
        engine = EngineChange((one.was.version, one.now.version), (one.was.method, one.methods))
    home = baseline.home(one.change.id)
    assert home is not None  # its block was found
    used, states = _rows_of(one, on_new, run)
    data = tuple(
        replace(change, changes=rows.changes(change, one))
        for change in data_changes(one.was, one.now, baseline.files[home], used, states)
    )
    net = moved(one.was.figures, one.now.figures)
    return Reasons(causes, stretches, entries(one.was, one.now), data, engine, net)


def _rows_of(
    one: _Question, on_new: _Answer | None, run: Run
) -> tuple[frozenset[tuple[str, str]], Mapping[str, State]]:
    """The columns that the old claim rests on, with their states today: it is the old claim that data moved.

    None where the claim is another and the old one could not be evaluated.
    """
    if on_new is not None:
        return frozenset(_used(on_new.verdict)), on_new.states
    return frozenset() if "claim" in one.factors else frozenset(_used(run[one.change.id])), run.states
