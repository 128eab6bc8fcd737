"""Accepting today's verdicts: what the baseline would say, and which of its claims would say something else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from factcheck.claims.meaning import rules
from factcheck.comparing import Before, beside, errors, gone, matched
from factcheck.errors import Problem, SpecError
from factcheck.pipeline import Run
from factcheck.project import Project
from factcheck.reports.results import claim
from factcheck.text.suggest import did_you_mean
from factcheck.verdicts.baseline import FOLDER, Baseline
from factcheck.verdicts.baseline_making import Found, made, renewed
from factcheck.verdicts.baseline_reading import read_folder
from factcheck.verdicts.baseline_writing import write
from factcheck.verdicts.verdict import Outcome


@dataclass(frozen=True)
class Wanted:
    """The claims that are to be accepted, as a selection, and those that are to leave the baseline.

    select: None for all that were read; `some` is False where none of those that were named is a claim any more.
    """

    select: str | None
    gone: frozenset[str]
    some: bool = True


@dataclass(frozen=True)
class Acceptance:
    """What accepting would do. run: with what has changed since the verdicts of `before`."""

    run: Run
    before: Baseline
    after: Baseline

    @property
    def failed(self) -> tuple[str, ...]:
        """The claims that could not be evaluated: what is recorded of them stays."""
        return tuple(verdict.id for verdict in self.run.verdicts if verdict.outcome is Outcome.ERROR)

    @property
    def rewritten(self) -> tuple[str, ...]:
        """The claims whose block becomes another one, in the order of their ids."""
        pairs = ((id, self.before.block(id), block) for _, id, block in self.after)
        return tuple(sorted(id for id, was, now in pairs if was is not None and was != now))

    @property
    def moved(self) -> tuple[str, ...]:
        """The claims that are to be recorded in another file than before."""
        return tuple(sorted(id for home, id, _ in self.after if self.before.home(id) not in (None, home)))

    @property
    def recordable(self) -> Run:
        """The run without the claims that could not be evaluated."""
        failed = {*self.failed}
        return replace(
            self.run,
            verdicts=tuple(one for one in self.run.verdicts if one.id not in failed),
            changed=tuple(one for one in self.run.changed if one.id not in failed),
        )

    @property
    def replaces(self) -> bool:
        """Whether anything that is recorded would become another or be lost."""
        return bool(self.rewritten or {id for _, id, _ in self.before} - {id for _, id, _ in self.after})

    def write(self) -> list[str]:
        """Writes what is new, and returns the names of the files.

        Raises SpecError where the baseline is no longer the one that was read: somebody may have accepted another
        verdict meanwhile. Raises OSError where a file cannot be written.
        """
        if recorded(self.run.root).files != self.before.files:
            raise SpecError(Problem(f"{FOLDER}/ has changed since it was read", hint="run the command again"))
        return write(self.before, self.after, self.run.root / FOLDER)


def recorded(root: Path) -> Baseline:
    """The project's baseline; an empty one where it has none."""
    folder = root / FOLDER
    return read_folder(folder, root) if folder.is_dir() else Baseline({})


def wanted(project: Project, baseline: Baseline, terms: Collection[str], select: str | None, whole: bool) -> Wanted:
    """What ids, globs and a selection name among the claims and, of those that are gone, in the baseline."""
    lost = gone(baseline, project, whole=whole)
    if not terms and select is None:
        return Wanted(None, lost, bool(project.claims or errors(project.problems) or not lost))
    if errors(project.problems):  # a claim that is wrong must not pass for one that is gone
        raise SpecError(project.problems)
    known = [claim.id for claim in project.claims]
    let_go = {term: found for term in terms if ":" not in term and (found := matched(lost, [term]))}
    left = [term for term in terms if term not in let_go or matched(known, [term])]
    for term in left:
        _named(project, baseline, term)
    chosen = [*left, *([select] if select is not None else [])]
    return Wanted(",".join(chosen) or None, frozenset().union(*let_go.values()), bool(chosen))


def _named(project: Project, baseline: Baseline, term: str) -> None:
    """Refuses a term that names no claim, and suggests one of those that it may name."""
    if ":" in term or matched((claim.id for claim in project.claims), [term]):
        return
    near = did_you_mean(term, [*(claim.id for claim in project.claims), *(id for _, id, _ in baseline)])
    if not near and Path(term).is_dir():
        near = f"for the folder, write {term}/"
    raise SpecError(Problem(f"no claim matches '{term}'", hint=near))


def acceptance(run: Run, project: Project, before: Baseline, lost: Collection[str]) -> Acceptance:
    """What the baseline would be with the verdicts of a run and without the claims that are lost.

    run: with the fingerprints and the states of its datasets; it may have been held against the baseline already.
    Raises EvidenceError where a dataset has lost its fingerprint.
    """
    sources = {claim.id: claim for claim in project.claims}
    found = Found(run.prints, run.states, rules(project.config.config))
    today = {
        verdict.id: made(verdict, claim(verdict), sources[verdict.id], found, run.started.date())
        for verdict in run.verdicts
        if verdict.outcome is not Outcome.ERROR
    }
    held = run if run.baseline is not None else beside(run, Before(before.earlier, before), lost)
    return Acceptance(held, before, renewed(before, today, lost))
