"""What a run is told as: a module per form, listed here by the name that `report --format` takes.

A form is a module that fills `Form`. Forms and what they need import lazily, so that the command line stays quick.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from factcheck.pipeline import Run
    from factcheck.reports.dossier import Dossier, File, Options

FORMS = {
    "markdown": "factcheck.reports.markdown",
    "html": "factcheck.reports.html",
}


class Form(Protocol):
    """What a module of a form has."""

    def text(self, dossier: Dossier, options: Options) -> str:
        """The report as one text, for `--output`; nothing lies beside it."""

    def files(self, dossiers: Sequence[Dossier], options: Options) -> list[File]:
        """The reports of a run as files."""


def render(run: Run, form: str = "markdown", options: Options | None = None) -> str:
    """The report of a whole run as one text."""
    from factcheck.reports.dossier import Options, whole

    options = options or Options()
    return _form(form).text(whole(run, options), options)


def write(run: Run, folder: Path, form: str = "markdown", options: Options | None = None) -> list[Path]:
    """Writes the reports of a run into `folder`, one for each claim file under the file's own path; the paths written.

    Each file is written whole or not at all.
    """
    from factcheck.reports.dossier import Options, dossiers
    from factcheck.text.files import write_atomic

    options = options or Options()
    paths = []
    for file in _form(form).files(dossiers(run, options), options):
        path = folder / file.path
        write_atomic(path, file.content)
        paths.append(path)
    return paths


def _form(name: str) -> Form:
    if name not in FORMS:
        raise ValueError(f"no report of the form {name!r}; there is {', '.join(FORMS)}")
    return cast("Form", import_module(FORMS[name]))
