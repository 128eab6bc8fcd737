"""The report as Markdown: a page for a dossier, from templates that a project may override.

Whatever a template prints is escaped by `md` unless a filter has made it Markdown already, so that a template
that forgets to escape is still safe. Written as files, a report has its pictures beside it as SVG; as one text it
has them drawn in text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from jinja2.sandbox import ImmutableSandboxedEnvironment

from factcheck.reports import sandbox
from factcheck.reports.dossier import Dossier, File, Options, beside
from factcheck.reports.escape import block, code, image, link, md, prose
from factcheck.reports.pictures.svg import standalone
from factcheck.reports.run import Run
from factcheck.reports.view import ClaimView, PageView, page
from factcheck.verdicts.verdict import Verdict

SUFFIX = ".md"
_PAGE = "report.md.j2"


def text(dossier: Dossier, options: Options) -> str:
    """The report as one text, its pictures drawn in text."""
    return laid_out(page(dossier, options), dossier.run.root)


def files(dossiers: Sequence[Dossier], options: Options) -> list[File]:
    """Each report, and its pictures in a folder of its name."""
    return [file for dossier in dossiers for file in _files(dossier, options)]


def _files(dossier: Dossier, options: Options) -> list[File]:
    view, folder = page(dossier, options), dossier.path
    report = File(beside(dossier, SUFFIX), laid_out(view, dossier.run.root, folder.name))
    drawn = [
        File(folder / picture_file(claim, picture.name), standalone(picture))
        for claim in view.claims
        for picture in claim.pictures
    ]
    return [report, *drawn]


def picture_file(claim: ClaimView, name: str) -> str:
    """The file of a picture: beach-scale.svg."""
    return f"{claim.anchor}-{name}.svg"


def render(
    run: Run, *, title: str | None = None, verdicts: Sequence[Verdict] | None = None, root: Path | None = None
) -> str:
    """A run, or some of its verdicts, as one text; templates in `root`/templates go before factcheck's own."""
    dossier = Dossier(run, tuple(run.verdicts if verdicts is None else verdicts), title or run.title, PurePosixPath())
    return laid_out(page(dossier, Options()), root)


def overview(dossier: Dossier) -> str:
    """The head of the report and the table of claims, for a place where the claims themselves are not."""
    view = page(dossier, Options())
    return tidy(sandbox.rendered(environment(dossier.run.root), "summary.md.j2", page=view))


def laid_out(view: PageView, root: Path | None = None, folder: str | None = None) -> str:
    """The page through its templates; `folder` is where its pictures lie, None for pictures in text."""
    return tidy(sandbox.rendered(environment(root), _PAGE, page=view, folder=folder, picture_file=picture_file))


def environment(root: Path | None = None) -> ImmutableSandboxedEnvironment:
    """Templates whose every value is escaped."""
    filters = {"md": md, "prose": prose, "code": code, "block": block, "link": link, "image": image}
    return sandbox.environment(root, filters=filters, finalize=_finalize)


def _finalize(value: object) -> str:
    return "" if value is None else md(value)


def tidy(text: str) -> str:
    """At most one empty line in a row outside of fenced blocks, no blanks at the ends of lines."""
    lines: list[str] = []
    fence = ""
    for line in text.splitlines():
        mark = re.match("`{3,}", line)
        if mark and not fence:
            fence = mark.group()
        elif fence and line == fence:
            fence = ""
        elif not fence:
            line = line.rstrip()
            if not line and (not lines or not lines[-1]):
                continue
        lines.append(line)
    return "\n".join(lines).rstrip("\n") + "\n"
