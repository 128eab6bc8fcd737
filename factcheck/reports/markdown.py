"""The report as Markdown: a page for a dossier, from templates that a project may override.

Whatever a template prints is escaped by `md` unless a filter has made it Markdown already, so that a template
that forgets to escape is still safe. Templates run in a sandbox and see texts only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from factcheck.errors import Place, Problem, SpecError
from factcheck.reports.escape import block, code, link, md, prose
from factcheck.reports.run import Run
from factcheck.reports.view import PageView, page
from factcheck.reports.words import say
from factcheck.verdicts.verdict import Verdict

SUFFIX = ".md"
TEMPLATES = "templates"  # a project's own, beside its claims
_PAGE = "report.md.j2"


def render(
    run: Run, *, title: str | None = None, verdicts: Sequence[Verdict] | None = None, root: Path | None = None
) -> str:
    """The report of a run, or of some of its verdicts; templates in `root`/templates go before factcheck's own."""
    return laid_out(page(run, title, verdicts), root)


def laid_out(view: PageView, root: Path | None = None) -> str:
    """The page through its templates; a fault in a project's own template is told with its place."""
    try:
        text = environment(root).get_template(_PAGE).render(page=view)
    except TemplateSyntaxError as fault:
        raise SpecError(_fault(fault, fault.lineno, fault.filename or fault.name)) from fault
    except (TemplateError, SecurityError) as fault:
        raise SpecError(_fault(fault, *_spot(fault))) from fault
    return tidy(text)


def environment(root: Path | None = None) -> ImmutableSandboxedEnvironment:
    """Templates in a sandbox, every value escaped, a missing name an error."""
    env = ImmutableSandboxedEnvironment(
        loader=_loader(root),
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    env.filters |= {"md": md, "prose": prose, "code": code, "block": block, "link": link}
    env.globals = {"words": say}
    return env


def _loader(root: Path | None) -> BaseLoader:
    shipped = PackageLoader("factcheck.reports", "templates")
    own = None if root is None else root / TEMPLATES
    if own is None or not own.is_dir():
        return shipped
    return ChoiceLoader([FileSystemLoader(own), shipped])


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


def _fault(fault: Exception, line: int, file: str | None) -> Problem:
    return Problem(f"this template cannot be used: {fault}", Place(file or _PAGE, line, 1))


def _spot(fault: Exception) -> tuple[int, str | None]:
    """Where in a template a fault arose, from the innermost frame of a template."""
    spot: tuple[int, str | None] = (1, None)
    trace = fault.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(".j2"):
            spot = (trace.tb_lineno, name)
        trace = trace.tb_next
    return spot
