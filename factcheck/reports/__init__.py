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
    from factcheck.reports.writing import Written

FORMS = {
    "markdown": "factcheck.reports.markdown",
    "html": "factcheck.reports.html",
    "json": "factcheck.reports.json_report",
    "claimreview": "factcheck.reports.claimreview",
    "rocrate": "factcheck.reports.rocrate",
}

# What `check --format` takes, beside the terminal: a module with `render(run)` each.
RESULTS = {
    "json": "factcheck.reports.results",
    "junit": "factcheck.reports.junit",
    "github": "factcheck.reports.github",
    "csv": "factcheck.reports.results_csv",
    "sarif": "factcheck.reports.sarif",
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
    return list(write_all(run, folder, (form,), options).files)


def write_all(run: Run, folder: Path, forms: Sequence[str], options: Options | None = None) -> Written:
    """Writes the reports of a run in several forms; nothing is written before all are made.

    Raises ValueError for a form or a claim that is not there, SpecError where a project's own template is at fault or
    two reports would have one name, OSError where the folder cannot be written to.
    """
    from factcheck.reports.dossier import Options, dossiers
    from factcheck.reports.writing import distinct, written

    options = options or Options()
    modules = [_form(form) for form in forms]
    about = dossiers(run, options)
    distinct(about)
    return written([file for module in modules for file in module.files(about, options)], folder)


def results_as(run: Run, form: str = "json") -> str:
    """The results of a run for other programs."""
    if form not in RESULTS:
        raise ValueError(f"no results of the form {form!r}; there is {', '.join(RESULTS)}")
    text: str = import_module(RESULTS[form]).render(run)
    return text


def _form(name: str) -> Form:
    if name not in FORMS:
        raise ValueError(f"there is no report of the form {name!r}; there is {', '.join(FORMS)}")
    return cast("Form", import_module(FORMS[name]))
