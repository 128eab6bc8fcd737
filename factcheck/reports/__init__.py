"""What a run is told as: a module per form, listed here by the name that `--format` takes.

Forms and their helpers import lazily, so that the command line stays quick.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcheck.pipeline import Run
    from factcheck.verdicts.verdict import Verdict

FORMS = {"markdown": ".md"}


def render(run: Run, form: str = "markdown") -> str:
    """The report of a whole run as one text."""
    _known(form)
    from factcheck.reports import markdown

    return markdown.render(run, root=run.root)


def write(run: Run, folder: Path, form: str = "markdown") -> list[Path]:
    """Writes a report for each claim file into `folder`, under the file's own path; the paths written.

    Each is written whole or not at all.
    """
    _known(form)
    from factcheck.reports import markdown
    from factcheck.text.files import write_atomic

    paths = []
    for file, verdicts in _by_file(run).items():
        path = folder / _target(file, FORMS[form])
        write_atomic(path, markdown.render(run, title=_title(run, file), verdicts=verdicts, root=run.root))
        paths.append(path)
    return paths


def _known(form: str) -> None:
    if form not in FORMS:
        raise ValueError(f"no report of the form {form!r}; there is {', '.join(FORMS)}")


def _by_file(run: Run) -> dict[str, list[Verdict]]:
    files: dict[str, list[Verdict]] = {}
    for verdict in run.verdicts:
        files.setdefault(verdict.file, []).append(verdict)
    return files


def _target(file: str, suffix: str) -> Path:
    """claims/uk/bots.yaml becomes uk/bots.md; a file from elsewhere keeps its name only."""
    path = PurePosixPath(file)
    parts = [part for part in path.with_suffix(suffix).parts if part not in ("..", "/", ".")]
    return Path(*(parts[1:] if parts[0] == "claims" and len(parts) > 1 else parts))


def _title(run: Run, file: str) -> str | None:
    """The claim file's own title, else the project's."""
    return run.titles.get(file, run.title)
