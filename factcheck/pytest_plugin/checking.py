"""Claim files read, and claims evaluated, for pytest: everything in JSON, so that workers can share it."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck import running
from factcheck.errors import EvidenceError, Problem, SpecError
from factcheck.project import Project, open_project
from factcheck.reports.tested import failure, gone, properties
from factcheck.text.files import CONFIG

if TYPE_CHECKING:
    from factcheck.pipeline import Run

_COMMAND = "pytest"  # by this name the history knows its runs


@dataclass(frozen=True)
class Wish:
    """What is wanted beside verdicts: to fail at any difference, to record them, to compare with something else."""

    strict: bool = False
    accept: bool = False
    against: Path | None = None


def read(root: Path, file: str | None, against: Path | None) -> dict[str, Any]:
    """The claims of a project by file, or those of one file elsewhere in it, with everything wrong that needs no rows.

    Gives {"claims": {file: [{"id", "line", "tags"}]}, "problems": {file: [text]}, "general": [text]}; general is what
    stands in no claim file.
    """
    with _lenient():
        project = open_project(root, [] if file is None else [root / file])
        found = [*_wrong(lambda: _plan(project)), *_wrong(lambda: _before(root, against))]
    errors = dict.fromkeys(problem for problem in found if problem.severity == "error")
    claims: dict[str, list[dict[str, Any]]] = {}
    for claim in project.claims:
        claims.setdefault(claim.file, []).append({"id": claim.id, "line": claim.line, "tags": claim.tags})
    problems: dict[str, list[str]] = {}
    for problem in errors:
        problems.setdefault(_claim_file(problem, claims), []).append(problem.render())
    return {"claims": claims, "general": problems.pop("", []), "problems": problems}


def _wrong(action: Any) -> tuple[Problem, ...]:
    try:
        action()
    except SpecError as error:
        return error.problems
    return ()


def _plan(project: Project) -> None:
    from factcheck.cases.kept import Kept
    from factcheck.evaluation import plan
    from factcheck.evidence.ingest.places import Ground
    from factcheck.evidence.prints import Prints

    prints = Prints(project.manifests, Ground(project.root.resolve(), project.roots))
    with running.kept_for(project, True, True) as cache:
        plan(project, memory=Kept(cache, project.manifests, prints, str(project.root)))


def _before(root: Path, against: Path | None) -> None:
    from factcheck.comparing import before

    before(root, against)


def _claim_file(problem: Problem, files: Collection[str]) -> str:
    """The claim file that a problem stands in; the empty text for manifests, the configuration, the whole project."""
    file = "" if problem.place is None else problem.place.file
    return file if file in files or not (file.startswith("evidence/") or file == CONFIG) else ""


def check(root: Path, files: Mapping[str, Any], ids: Collection[str], wish: Wish) -> dict[str, Any]:
    """The verdicts on the claims `ids` of a project, as tests.

    files: what was read of each file that holds one of them. Gives {"claims": {id: {"failure", "facts"}}, "gone",
    "warnings", "recorded": lines for the summary, "problems": {file: text}}, the last where nothing was evaluated, ""
    standing for every other file.
    """
    try:
        with _lenient():
            return _checked(root, files, ids, wish)
    except SpecError as error:
        return _unchecked(_by_file(error.problems, files))
    except (EvidenceError, OSError) as error:
        return _unchecked({"": str(error)})
    except Exception as error:  # noqa: BLE001  # told at every claim, and not tried anew for each
        hint = "Run `factcheck --debug check` for the details, and please report them."
        return _unchecked({"": f"factcheck itself failed: {type(error).__name__}: {error}\n  {hint}"})


def _checked(root: Path, files: Mapping[str, Any], ids: Collection[str], wish: Wish) -> dict[str, Any]:
    known = {claim["id"] for file, read in files.items() for claim in read["claims"].get(file, ())}
    everything = {file for read in files.values() for file in (*read["claims"], *read["problems"])}
    whole = files.keys() == everything and all(file.startswith("claims/") for file in files)
    paths = () if whole else tuple(root / file for file in sorted(files))
    select = None if known <= {*ids} else ",".join(sorted(ids))
    recorded: list[str] = []
    if wish.accept:
        run, recorded = _accepted(root, paths, select, whole)
    else:
        run = running.run(root, paths, select, None, None, True, against=wish.against, baseline=True, record=_COMMAND)
    return {
        "claims": {
            one.id: {"failure": failure(run, one, wish.strict), "facts": properties(run, one)} for one in run.verdicts
        },
        "gone": gone(run),
        "warnings": [problem.render() for problem in run.problems],
        "recorded": recorded,
        "problems": {},
    }


def _accepted(root: Path, paths: tuple[Path, ...], select: str | None, whole: bool) -> tuple[Run, list[str]]:
    """The run beside the baseline that it has made, and what was written."""
    from factcheck.accepting import acceptance, recorded, wanted
    from factcheck.comparing import Before, compared
    from factcheck.verdicts.baseline import FOLDER

    began, project = datetime.now(UTC), running.opened(root, paths)
    before = recorded(root)
    run = running.evaluated(project, select, None, None, True, fingerprints=True, states=lambda *_: True)
    running.remembered(run, project, _COMMAND, began, paths, select, quiet=True)
    lost = wanted(project, before, (), None, whole).gone if select is None else frozenset[str]()
    done = acceptance(run, project, before, lost)
    lines = [_written(root / FOLDER, name) for name in done.write()]
    lines += [f"no longer recorded, for nobody claims it any more: {id}" for id in sorted(lost)]
    after = Before(done.after.earlier, done.after)
    return compared(run, after, project, whole=whole, select=select), lines


def _written(folder: Path, name: str) -> str:
    return f"{'recorded in' if (folder / name).exists() else 'removed'} {folder.name}/{name}"


def _unchecked(problems: Mapping[str, str]) -> dict[str, Any]:
    return {"claims": {}, "gone": [], "warnings": [], "recorded": [], "problems": dict(problems)}


def _by_file(problems: Iterable[Problem], files: Collection[str]) -> dict[str, str]:
    """Errors at the claims of the file they stand in; claims of other files are told of the first."""
    errors = [problem for problem in problems if problem.severity == "error"]
    told: dict[str, list[str]] = {}
    for problem in errors:
        told.setdefault(_claim_file(problem, files), []).append(problem.render())
    found = {file: "\n".join(lines) for file, lines in told.items()}
    return {"": f"Nothing was evaluated: {errors[0].render()}", **found}


@contextmanager
def _lenient() -> Iterator[None]:
    """What libraries warn of is shown by pytest, and under -W error it still costs no verdict."""
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        yield
