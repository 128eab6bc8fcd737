"""The calls that Python users make; `import factcheck` shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factcheck import pipeline
from factcheck.evidence.examples import Wish
from factcheck.project import find_root, open_project

if TYPE_CHECKING:
    import pandas as pd


class Run(pipeline.Run):
    """The verdicts of one run: `run["claim-id"]`, iteration in the order of the files, frames and reports."""

    def to_frame(self) -> pd.DataFrame:
        """One row a claim; proportions are fractions, and an end without bound is missing. Needs pandas."""
        from factcheck.reports.frame import frame

        return frame(self)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:  # noqa: ARG002
        """How a notebook shows it: a table, and the verdicts one by one."""
        from factcheck.reports import notebook

        return notebook.of_run(self)

    def _repr_html_(self) -> str:
        return self._repr_mimebundle_()["text/html"]

    def to_dict(self) -> dict[str, Any]:
        """The object that `factcheck check --format json` prints."""
        from factcheck.reports.results import as_json

        return as_json(self)

    def report(
        self,
        folder: str | Path = "reports/",
        format: str = "markdown",
        *,
        base_url: str | None = None,
        single: str | None = None,
    ) -> list[Path]:
        """Writes a report for each claim file into a folder and returns the paths.

        base_url: where the reports will be published, for addresses in them.
        single: the id of the one claim to report on, on a page of its own.
        Raises ValueError where there is no such form or claim, and says which forms there are.
        """
        from factcheck import reports
        from factcheck.reports.dossier import Options

        return reports.write(self, Path(folder), format, Options(base_url=base_url, single=single))


def check(
    claims: str | Path | Iterable[str | Path] | None = None,
    *,
    project: str | Path | None = None,
    data: Mapping[str, Any] | None = None,
    select: str | None = None,
    now: datetime | None = None,
    rows: int = 0,
    show_accounts: bool = False,
    against: str | Path | None = None,
) -> Run:
    """Evaluates claims and returns a Run.

    claims: a claim file or folder, or several; default the project's `claims/`.
    project: the project folder; default the nearest one upward from the claims or the working directory.
    data: DataFrames by dataset name. A manifest of that name describes the columns; without one the frame counts as
        complete, and a note says so.
    rows: how many rows behind each number its report shows, where the licence of the data allows it.
    show_accounts: leaves names and ids of people in those rows unmasked.
    against: a baseline, its folder, or results (`check --format json`): `run.changed` tells what differs from it.
    Raises SpecError with every problem in the specs.
    """
    paths = _paths(claims)
    root = Path(project).resolve() if project is not None else _root(paths, data)
    opened = open_project(root, [path.absolute() for path in paths], data or ())
    wish = Wish(rows, show_accounts)
    if against is None:
        return Run(**vars(pipeline.check(opened, select=select, frames=data, now=now, examples=wish)))
    from factcheck.comparing import checked, needed

    before = needed(root, Path(against))
    run = checked(opened, before, select=select, frames=data, now=now, examples=wish, whole=not paths)
    return Run(**vars(run))


def _paths(claims: str | Path | Iterable[str | Path] | None) -> list[Path]:
    if claims is None:
        return []
    return [Path(claims)] if isinstance(claims, (str, Path)) else [Path(path) for path in claims]


def _root(paths: list[Path], data: Mapping[str, Any] | None) -> Path:
    """With data in memory a claim file needs no project around it: its folder serves as one."""
    start = paths[0] if paths else Path.cwd()
    folder = start if start.is_dir() else start.parent
    from factcheck.errors import SpecError

    try:
        return find_root(folder)
    except SpecError:
        if data is None:
            raise
        return folder.resolve()
