"""Runs into the history of their project: what can go wrong there costs no verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from factcheck import __version__, program
from factcheck.claims.meaning import fingerprint, meaning, rules
from factcheck.evidence.prints import Print
from factcheck.pipeline import Run
from factcheck.project import Project
from factcheck.reports.amounts import found_text
from factcheck.reports.escape import plain
from factcheck.reports.results import text, told
from factcheck.reports.run import in_utc
from factcheck.text.files import shown
from factcheck.verdicts.history import FIGURES, NAME, Execution, Program, Record
from factcheck.verdicts.verdict import Verdict

_FORM = "%Y-%m-%dT%H:%M:%SZ"
_EXACT = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True)
class Call:
    """How a run was asked for: by which command, when by the clock, and for what of the project."""

    command: str
    began: datetime
    paths: tuple[Path, ...] = ()
    select: str | None = None


def recorded(run: Run, project: Project, call: Call) -> str | None:
    """Adds a run to the history; what a person should be told of it, None where all is well."""
    import sqlite3

    from factcheck.store import folder
    from factcheck.store.database import Newer, reason
    from factcheck.verdicts.history_writing import add

    try:
        return add(project.root, _execution(run, project, call), records(run, project), program.method)
    except (sqlite3.Error, Newer, OSError) as error:
        why = reason(error, project.root / folder.NAME / NAME)
        return f"this run is not in the history: {folder.NAME}/{NAME} cannot be written: {why}"
    except Exception as fault:  # noqa: BLE001  # a record of the verdicts must not cost the verdicts
        told = f"{type(fault).__name__}: {fault}"
        return f"this run is not in the history, by a fault of factcheck, which please report: {told}"


def records(run: Run, project: Project) -> list[Record]:
    """What a run found of each claim, ready to be stored."""
    sources = {source.id: source for source in project.claims}
    own = rules(project.config.config)
    return [
        _record(verdict, _clean(meaning(sources[verdict.id])), fingerprint(sources[verdict.id], own), _clean(own), run)
        for verdict in run.verdicts
    ]


def _record(verdict: Verdict, spec: dict[str, Any], print: str, own: dict[str, Any], run: Run) -> Record:
    figures = told(verdict, FIGURES)
    names = sorted({dataset.name for one in verdict.with_parts() for dataset in one.datasets})
    data = {text(name): _print(run.prints.get(name)) for name in names}
    found = plain(text(found_text(verdict)))
    return Record(text(verdict.id), text(verdict.file), figures, found, print, spec, own, data, _kinds(verdict))


def _print(taken: Print | None) -> tuple[str | None, str]:
    return (None, "") if taken is None else (taken.content, taken.described)


def _kinds(verdict: Verdict) -> tuple[str, ...]:
    """The kinds of measure of a claim, its checks and variants."""
    return tuple(sorted({one.kind for one in verdict.with_parts() if one.kind is not None}))


def _clean(value: Any) -> Any:
    """The same with texts that can be stored."""
    if isinstance(value, dict):
        return {text(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return text(value) if isinstance(value, str) else value


def _execution(run: Run, project: Project, call: Call) -> Execution:
    computed = Program(program.whole(), __version__, program.code(), program.libraries())
    paths = tuple(text(shown(path.absolute(), project.root)) for path in call.paths)
    select = None if call.select is None else text(call.select)
    finished = datetime.now(UTC)
    return Execution(
        call.command, in_utc(run.started).strftime(_FORM), call.began.strftime(_EXACT), finished.strftime(_EXACT),
        computed, select, paths, not paths and select is None,
    )  # fmt: skip
