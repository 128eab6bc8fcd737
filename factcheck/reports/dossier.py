"""What one report is about, and what its reader asked for."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from factcheck.errors import Problem, SpecError
from factcheck.reports.escape import address as web_address
from factcheck.reports.escape import plain
from factcheck.reports.run import Run
from factcheck.text.files import SUFFIXES
from factcheck.text.suggest import did_you_mean
from factcheck.verdicts.verdict import Verdict

if TYPE_CHECKING:
    from factcheck.reports.history import Story


@dataclass(frozen=True)
class Options:
    """What a person may ask of a report.

    base_url: where the reports will be published, as in https://example.org/checks/, for addresses in them.
    single: the id of the one claim that the report is to be about.
    history: the past verdicts of claims by their ids, where they are to be told.
    """

    base_url: str | None = None
    single: str | None = None
    history: Mapping[str, Story] = field(default_factory=dict)

    def address(self, path: PurePosixPath) -> str | None:
        """Where a file of the reports will be published; None without `base_url`.

        Raises SpecError where `base_url` is no web address.
        """
        if self.base_url is None:
            return None
        base = web_address(self.base_url)
        if base is None or "?" in base or "#" in base:
            hint = "write one such as https://example.org/checks/"
            raise SpecError(Problem(f"'{plain(self.base_url)}' is no web address of reports", hint=hint))
        return f"{base.rstrip('/')}/{quote(os.fsencode(path))}"


@dataclass(frozen=True)
class Dossier:
    """The verdicts of one report: those of a claim file, of one claim, or of the whole run.

    `path` is where the report lies in its folder, without the suffix: uk/bots for claims/uk/bots.yaml. `alone` says
    that it is the page of a single claim, which needs no overview.
    """

    run: Run
    verdicts: tuple[Verdict, ...]
    title: str | None
    path: PurePosixPath
    alone: bool = False


@dataclass(frozen=True)
class File:
    """A file of a report, `path` being relative to the folder of reports."""

    path: PurePosixPath
    content: str | bytes


def whole(run: Run, options: Options) -> Dossier:
    """The whole run as one report."""
    chosen = _chosen(run, options)
    title = run.title
    return Dossier(run, chosen, title, PurePosixPath(options.single or "report"), options.single is not None)


def dossiers(run: Run, options: Options) -> tuple[Dossier, ...]:
    """A report for each claim file; with `single` one for that claim, beside the report of its file."""
    if options.single is not None:
        return tuple(
            Dossier(run, (verdict,), None, _own_page(run.root, verdict), alone=True)
            for verdict in _chosen(run, options)
        )
    files: dict[str, list[Verdict]] = {}
    for verdict in run.verdicts:
        files.setdefault(verdict.file, []).append(verdict)
    return tuple(
        Dossier(run, tuple(verdicts), run.titles.get(file, run.title), target(file)) for file, verdicts in files.items()
    )


def _chosen(run: Run, options: Options) -> tuple[Verdict, ...]:
    """The verdicts that a report is to be about; ValueError where the claim asked for is not among them."""
    if options.single is not None and all(one.id != options.single for one in run.verdicts):
        known = [one.id for one in run.verdicts]
        raise ValueError(f"no claim is called {options.single!r} {did_you_mean(options.single, known)}".rstrip())
    return tuple(one for one in run.verdicts if options.single in (None, one.id))


def target(file: str) -> PurePosixPath:
    """claims/uk/bots.yaml becomes uk/bots; a file from elsewhere keeps its name only."""
    path = PurePosixPath(file)
    parts = [part for part in path.with_suffix("").parts if part not in ("..", "/", ".")]
    return PurePosixPath(*(parts[1:] if parts[0] == "claims" and len(parts) > 1 else parts))


def _own_page(root: Path, verdict: Verdict) -> PurePosixPath:
    """Where a claim's own page lies; one step deeper where a claim file of that name has its report there."""
    path = target(verdict.file).parent / verdict.id
    folder = (root / verdict.file).parent
    while any((folder / f"{verdict.id}{suffix}").exists() for suffix in SUFFIXES):
        path, folder = path / verdict.id, folder / verdict.id
    return path


def beside(dossier: Dossier, suffix: str) -> PurePosixPath:
    """The report's own file."""
    return dossier.path.with_name(dossier.path.name + suffix)


def shown(dossiers: Sequence[Dossier]) -> tuple[Verdict, ...]:
    """The verdicts of several reports in their order."""
    return tuple(verdict for dossier in dossiers for verdict in dossier.verdicts)
